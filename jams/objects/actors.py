"""Who is named in the audit trail for what nobody has asked for."""

from __future__ import annotations

ENGINE = "JAMS"
"""Makes entries, lets them go on and repeats them."""

SCHEDULER = "the scheduler"
"""Ends what runs too long or has missed its window, and lets the members of setups go."""

CLOSED_WINDOW = f"{SCHEDULER}, as its window has closed"
"""The same, where the reason for it has to stand in the end of the run."""

NOBODY = (ENGINE, SCHEDULER)
