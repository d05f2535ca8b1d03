"""Migrations of the schema; a file ``rNNNN_what.py`` in ``versions`` for each version."""
