"""Tells people and programs what the outbox says: mail, web hooks, and the words of both.

Nothing here decides who is told: that stands in the outbox, which is written with what happens.
"""
