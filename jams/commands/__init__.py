"""The interpreter ``jams`` and its companions."""
