"""Setups and sequences: entries whose run is that of their members (semantics 2.3).

``machine`` decides what may be let go, from the plan and from how far the members are; ``making`` makes the
members' entries, ``running`` carries out what was decided, turn by turn; ``operating`` is what people do to
the whole and to parts of it, ``explaining`` why something of it waits.
"""
