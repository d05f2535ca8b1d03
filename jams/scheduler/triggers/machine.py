"""What happens to the events of a trigger, and when it fires: pure functions of what is known of it.

An end of a job is an event once, until the trigger is reset. Variables and files are events for as long as
they are as they should be, so that a trigger of several events sees what is true when the last one comes. It
fires when something comes, and not because everything is as it was when it fired last.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from jams.objects.enums import DataType, Severity
from jams.objects.needs import VariableNeed
from jams.objects.trigger_parts import NewsKind, TriggerEventType, Watched

from ..waits.variables import holds


@dataclass
class Event:
    """An event of a trigger: since when it is there, in words by what, and as facts by name."""

    id: int
    watched: Watched
    met: bool = False
    since: datetime | None = None
    told: str | None = None
    facts: Mapping[str, str] = field(default_factory=dict)
    changed: bool = False
    """Whether anything of this is other than it is stored."""

    def is_there(self, since: datetime, told: str, facts: Mapping[str, str]) -> None:
        """It has come; what was there before is what it stays."""
        self.changed = True
        if not self.met:
            self.met, self.since = True, since
        self.told, self.facts = told, facts

    def is_gone(self) -> None:
        """It is not there, or not any more."""
        self.changed = self.changed or self.met
        self.met, self.since, self.told, self.facts = False, None, None, {}


@dataclass
class Armed:
    """A trigger that waits for its events.

    Attributes:
        enabled: whether it does anything.
        fired: whether it has fired and waits to be reset.
        reset: whether this has reset it.
    """

    enabled: bool
    fired: bool
    events: Sequence[Event]
    reset: bool = field(default=False, init=False)

    @property
    def complete(self) -> bool:
        """Whether all its events are there."""
        return bool(self.events) and all(event.met for event in self.events)

    def begin_anew(self) -> None:
        """Forget what has happened; what is true of a variable stays so."""
        self.fired, self.reset = False, True
        for event in self.events:
            if event.watched.kind is not TriggerEventType.VARIABLE or event.watched.value is None:
                event.is_gone()
            event.changed = True


@dataclass(frozen=True)
class News:
    """Something that has happened to an event.

    Attributes:
        event: the number of the event.
        kind: what sort of thing it is.
        time: when.
        number: the entry that has ended.
        severity: how it has ended.
        present: whether the file is there.
        text: the value of the variable, what file it is, or what mail.
        data_type: of the variable; None: it is not there any more.
        facts: what is known of the mail, by name.
    """

    event: int
    kind: NewsKind
    time: datetime
    number: int | None = None
    severity: Severity | None = None
    present: bool | None = None
    text: str | None = None
    data_type: DataType | None = None
    facts: Mapping[str, str] = field(default_factory=dict)


def hear(armed: Armed, news: News) -> bool:
    """Take something to the knowledge of a trigger; whether it is to fire for that."""
    if news.kind is NewsKind.OVER:
        if armed.fired:
            armed.begin_anew()
        return False
    event = next((each for each in armed.events if each.id == news.event), None)
    if event is None:
        return False
    if news.kind is NewsKind.SET:
        came = _set(event, news)
    elif not armed.enabled or armed.fired:
        return False
    elif news.kind is NewsKind.ENDED:
        came = _ended(event, news)
    elif news.kind is NewsKind.FILE:
        came = _seen(event, news)
    else:
        event.is_there(news.time, f"mail {news.text}", news.facts)
        came = True
    return came and armed.enabled and not armed.fired and armed.complete


def _ended(event: Event, news: News) -> bool:
    assert news.severity is not None
    watched = event.watched
    if not watched.best.rank <= news.severity.rank <= watched.worst.rank:
        return False
    what = "setup" if watched.kind is TriggerEventType.SETUP else "job"
    told = f"{what} {watched.name} ended {news.severity.value} at {_moment(news.time)} (entry {news.number})"
    facts = {"Severity": news.severity.value, "Entry": str(news.number)}
    event.is_there(news.time, told, {"SetupName" if what == "setup" else "JobName": watched.name, **facts})
    return True


def _set(event: Event, news: News) -> bool:
    told = met_by(event.watched, news.data_type, news.text)
    if told is None:
        event.is_gone()
        return False
    event.is_there(news.time, told, variable_facts(event.watched, news.text))
    return True


def variable_facts(watched: Watched, value: str | None) -> dict[str, str]:
    """What is known of a variable that meets an event."""
    return {"VariableName": watched.name, "Value": value or ""}


def met_by(watched: Watched, kind: DataType | None, value: str | None) -> str | None:
    """What is said of a variable that has the value which an event asks for; None if it has not."""
    if kind is None:
        return None
    if watched.value is not None:
        need = VariableNeed(
            variable_id=watched.id, name=watched.name, operator=watched.operator, value=watched.value
        )
        try:
            if not holds(need, kind, value):
                return None
        except ValueError:
            return None
    return f"variable {watched.name} is {(value or '')[:80]!r}"


def _seen(event: Event, news: News) -> bool:
    if not news.present:
        event.is_gone()
        return False
    path = news.text or event.watched.name
    event.is_there(news.time, f"file {path} is there", {"FileName": path})
    return True


def _moment(time: datetime) -> str:
    return f"{time:%Y-%m-%d %H:%M:%S} UTC"
