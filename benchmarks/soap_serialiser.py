"""A list of 100 entries as XML: our compiled writer against spyne's own serialiser, on the same objects."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from typing import Any

from lxml import etree

from benchmarks.report import Row
from jams.objects.enums import EntryState
from jams.objects.parts import ParamValue, PropertyValue
from jams.objects.schedule import Entry
from jams.operations import CATALOGUE
from jams.wire.soap.names import TYPES, TYPES_PREFIX, service_namespace
from webservices.soap.schemas import Nowhere
from webservices.soap.services import Services
from webservices.soap.writer import Writer
from webservices.waiting import Waits

ENTRIES = 100
ROUNDS = 7
TARGET = 5.0


def entries(count: int = ENTRIES) -> list[Entry]:
    """Entries as the monitor shows them while jobs run."""
    now = datetime.now(UTC)
    return [
        Entry(
            jams_entry=number,
            ron=number,
            job_name=f"Load{number}",
            display_name=f"Load{number}",
            name=f"\\Sales\\Load{number}",
            current_state=EntryState.EXECUTING,
            job_id=number,
            parent_folder_id=2,
            folder_name="\\Sales",
            method_name="Command",
            submitted_by="operator",
            scheduled_time_utc=now,
            start_time_utc=now,
            log_filename=f"/var/lib/jams/logs/Load{number}.log",
            process_id=4000 + number,
            agent_name="local",
            parameters=(ParamValue(param_name="day", value="today"),),
            properties=(PropertyValue(property_name="RetryCount", current_value=0),),
        )
        for number in range(1, count + 1)
    ]


class Both:
    """The same answer by either serialiser, from the objects to the bytes."""

    def __init__(self, found: list[Entry]) -> None:
        from spyne import Application
        from spyne.protocol.soap import Soap11

        services = Services(Waits(Nowhere(), 1), CATALOGUE)
        self._protocol = spyne_protocol()
        Application(services.classes, "urn:jams:v1", in_protocol=Soap11(), out_protocol=self._protocol)
        family = next(cls for cls in services.classes if cls.__name__ == "Entry")
        self._type = family.public_methods["Find"].out_message
        self._namespace = service_namespace("Entry")
        self._answer = self._type()
        self._answer.result = found
        self._writer = Writer()

    def spyne(self) -> bytes:
        """By spyne."""
        body = self._body()
        self._protocol.to_parent(None, self._type, self._answer, body, self._namespace)
        return etree.tostring(body)

    def compiled(self) -> bytes:
        """By the compiled writer."""
        body = self._body()
        self._writer(self._type, f"{{{self._namespace}}}{self._type.get_type_name()}")(body, self._answer)
        return etree.tostring(body)

    def _body(self) -> etree._Element:
        return etree.Element("Body", nsmap={TYPES_PREFIX: TYPES, "entry": self._namespace})


def spyne_protocol() -> Any:
    """The protocol of spyne, taught only to read our enumerations and values of any kind."""
    from spyne.protocol.soap import Soap11

    from jams.wire.soap.text import write_mixed
    from webservices.soap.types import MixedText

    class Plain(Soap11):  # type: ignore[misc]
        def __init__(self) -> None:
            super().__init__()
            self._to_unicode_handlers[MixedText] = lambda cls, value: write_mixed(value)

        def enum_to_parent(self, ctx: Any, cls: Any, inst: Any, *rest: Any, **named: Any) -> None:
            self.modelbase_to_parent(ctx, cls, inst.value, *rest, **named)

    return Plain()


def best(work: Callable[[], object], rounds: int = ROUNDS) -> float:
    """Milliseconds of processor time of the quickest round."""
    times = []
    for _ in range(rounds):
        gc.collect()
        begun = time.process_time()
        work()
        times.append(time.process_time() - begun)
    return min(times) * 1000


def rows() -> Iterable[Row]:
    """Measure."""
    both = Both(entries())
    if both.spyne() != both.compiled():
        raise AssertionError("the two serialisers differ")
    ours, theirs = best(both.compiled), best(both.spyne)
    yield Row(f"SOAP list of {ENTRIES} entries, spyne's serialiser", theirs, "ms CPU")
    yield Row(f"SOAP list of {ENTRIES} entries, compiled", ours, "ms CPU", theirs, "spyne's serialiser")
    yield Row("SOAP list, times quicker than spyne", theirs / ours, "x", None, "", TARGET, "higher")
