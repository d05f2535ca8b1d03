"""What can be wrong with a date specification, a time, a zone or a calendar.

Three names are kept from the product's own routine for evaluating a date (semantics 3.1): INVPERIOD,
INVSCHDATE and DATESNSU. They are the ``code`` of their classes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from jams.objects.errors import InvalidArgument


class DateError(InvalidArgument):
    """Root of the errors of the date language; no text raises anything else.

    Attributes:
        text: the specification as written, where one is known.
        position: 0-based index into ``text`` of the character the error is about.
        expected: what could have stood at ``position``, in the words of the language.
        suggestion: the nearest text that would have been right, or a nearest name.
    """

    code = "InvalidDate"

    def __init__(
        self,
        message: str,
        *,
        target: object = None,
        member: str | None = None,
        text: str | None = None,
        position: int | None = None,
        expected: Sequence[str] = (),
        suggestion: str | None = None,
    ) -> None:
        super().__init__(message, target=target, member=member)
        self.text = text
        self.position = position
        self.expected = tuple(expected)
        self.suggestion = suggestion

    @property
    def details(self) -> Mapping[str, str]:
        """``text``, ``position``, ``expected`` (its parts between ``; ``) and ``suggestion``, where known."""
        known = {
            "text": self.text,
            "position": self.position,
            "expected": "; ".join(self.expected) or None,
            "suggestion": self.suggestion,
        }
        return {name: str(value) for name, value in known.items() if value is not None}

    def restore(self, details: Mapping[str, str]) -> None:
        """Take the details of a document that this error was made from."""
        self.text = details.get("text")
        self.position = int(details["position"]) if "position" in details else None
        self.expected = tuple(filter(None, details.get("expected", "").split("; ")))
        self.suggestion = details.get("suggestion")


class UnreadableDate(DateError):
    """The text is not a sentence of the language, or is longer than it may be."""

    code = "UnreadableDate"


class InvalidPeriod(DateError):
    """The text names a period that does not exist, such as a date type that is not continuous."""

    code = "INVPERIOD"


class InvalidScheduleDate(DateError):
    """The text names no day: a 31st of April, a fifth Monday that is not there, an unknown name."""

    code = "INVSCHDATE"


class DatesNotDefined(DateError):
    """The date type lacks a date before or after the day for which it was asked."""

    code = "DATESNSU"


class InvalidTime(InvalidArgument):
    """A text that is no time of day, or no span of time."""

    code = "InvalidTime"


class UnknownTimeZone(InvalidArgument):
    """A name that the time-zone database does not have."""

    code = "UnknownTimeZone"


class InvalidSchedule(InvalidArgument):
    """A schedule whose parts do not fit together."""

    code = "InvalidSchedule"


class InvalidCalendar(InvalidArgument):
    """Date types or dates that contradict each other."""

    code = "InvalidCalendar"


class UnreadableCalendar(InvalidArgument):
    """An iCalendar or CSV text, or a country and year, from which no dates can be taken.

    ``line`` is the 1-based line of a CSV text at fault, where one is.
    """

    code = "UnreadableCalendar"

    def __init__(
        self, message: str, *, target: object = None, member: str | None = None, line: int | None = None
    ) -> None:
        super().__init__(message, target=target, member=member)
        self.line = line

    @property
    def details(self) -> Mapping[str, str]:
        """``line``, where known."""
        return {} if self.line is None else {"line": str(self.line)}

    def restore(self, details: Mapping[str, str]) -> None:
        """Take the details of a document that this error was made from."""
        self.line = int(details["line"]) if "line" in details else None
