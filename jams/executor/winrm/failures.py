"""What can go wrong with a host, and how it is said."""

from __future__ import annotations


class Refused(Exception):
    """The host cannot be reached or does not take the work; nothing has run."""


class Lost(Exception):
    """The connection to work that had begun is gone for good."""


class Unanswerable(Exception):
    """The script asks a person for something."""


def reason(error: BaseException) -> str:
    """What is at the bottom of an error of the network, in the words of whoever noticed it."""
    seen: set[int] = set()
    while id(error) not in seen:
        seen.add(id(error))
        inner = [getattr(error, "reason", None), *error.args, error.__cause__]
        error = next((each for each in inner if isinstance(each, BaseException)), error)
    told = getattr(error, "verify_message", None) or getattr(error, "strerror", None) or str(error)
    return str(told).strip().rstrip(".") or type(error).__name__
