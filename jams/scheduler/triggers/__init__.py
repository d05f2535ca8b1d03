"""Triggers: what has happened lets some advance, and those that are complete fire (semantics 2.11)."""
