"""Who may see only his own entries sees nothing of another's, by whatever operation."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, get_args

import msgspec
import pytest

from jams.database import history
from jams.objects.errors import EntryNotFound, HistoryNotFound, InUse, JAMSError
from jams.objects.events import Events
from jams.objects.log_parts import LogPart
from jams.objects.parts import Element, ParamDef, PropertyValue
from jams.objects.schedule import Entry, EntryAudit, History, HistoryPage
from jams.operations import CATALOGUE, Operation
from jams.security.access import ALL_RIGHTS
from jams.security.rights import AccessControl, HistoryInquiry, JobDefinitions, Monitor, ServerAccess
from tests.support.schedule import ended
from tests.support.town import Town, town

MARK = "secret-of-the-boss"
CALLERS = {
    "ann": ALL_RIGHTS - {Monitor.SEE_ALL, AccessControl.INQUIRE},
    "bob": {Monitor.SEE_OWN, HistoryInquiry.EXECUTE, ServerAccess.INQUIRE},
    "cid": {HistoryInquiry.EXECUTE, JobDefinitions.INQUIRE},
}
"""The audit trail tells of everybody, to whoever may look at access control."""
FAR_AHEAD = datetime(2999, 1, 1, tzinfo=UTC)
VARYING = re.compile(
    rb'"(\w+(UTC|Time)|todaysDate|logFilename|jobCount|delay)":("[^"]*"|[\d.]+|null)|at \d[\d:.T+-]+'
    rb'|"value":"\d{4}-\d\d-\d\dT[^"]*"'
)


"""What differs from run to run, and how much an agent has to do, which its own right lets see."""


@dataclass
class World:
    """A town where ``ann`` has entries that have ended, run and wait, and ``boss`` too unless he is away."""

    town: Town
    job: int
    secret: int

    def live(self, account: str, job: str, text: str) -> list[int]:
        """Let an account have three entries and a record in the history."""
        t = self.town
        told = {"name": job, "note": text, "override_name": text, "parameters": {"p": text}}
        numbers = [
            t.call("submit_job", account, hold=hold, **told).jams_entry for hold in (False, False, True)
        ]
        tokens = [t.executing(number) for number in numbers[:2]]
        t.scheduler.run_ended(ended(tokens[0]))
        t.over(numbers[0])
        t.call("reschedule_entry", account, id=numbers[2], hold_time=FAR_AHEAD, held=True, comment=text)
        return numbers


@pytest.fixture(scope="module")
def worlds(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[World, World]]:
    """Two that differ in nothing but what the boss has there."""
    with ExitStack() as stack:
        made = []
        for name in ("with", "without"):
            t = stack.enter_context(town(tmp_path_factory.mktemp(name)))
            t.admit("boss")
            for caller, rights in CALLERS.items():
                t.admit(caller, rights)
            parameters = [ParamDef(param_name="p")]
            world = World(
                t, t.desk.job("\\j", parameters=parameters), t.desk.job("\\secret", parameters=parameters)
            )
            assert world.live("ann", "j", "mine") == [1, 2, 3]
            made.append(world)
        assert made[0].live("boss", "secret", MARK) == [4, 5, 6]
        yield made[0], made[1]


def told_of(operation: Operation) -> bool:
    """Whether an operation tells of entries or of the history."""
    kinds = {Entry, EntryAudit, Events, History, HistoryPage, LogPart}
    return bool(kinds & {operation.result, *get_args(operation.result)})


def of_entries(operation: Operation) -> bool:
    """Whether it is done to an entry."""
    offer = operation.offers.get("id")
    return offer is not None and offer.operation == "find_entries"


def inputs_for(operation: Operation, world: World) -> Iterator[dict[str, Any]]:
    """Calls with every combination of values that fit the inputs."""
    fitting: dict[str, list[Any]] = {
        "job_id": [world.secret, world.job],
        "submitted_by": [None, "boss", "BOSS", "ann", ""],
        "name": [None, "secret", "\\secret", "*"],
        "job_name": [None, "*", "secret"],
        "folder": [None, "\\"],
        "folder_name": [None, "\\"],
        "filter": [None, "JobName ne 'x'", "SubmittedBy eq 'boss' or Note ne 'x'"],
        "order_by": [None, "SubmittedBy desc"],
        "search_recursively": [True],
        "limit": [None, 1, 1000],
        "top": [None, 1],
        "skip": [None, 1],
        "count": [True],
        "param_name": ["p"],
        "param_value": ["x"],
        "job_status": ["x"],
        "timeout": [0.0],
        "tail": [None, 10],
        "preview": [False, True],
        "exact": [False, True],
        "id": [4, 5, 6] if of_entries(operation) else [None, 1, 2, world.secret],
        "qualified_name": [None, "\\"],
        "recursive": [True],
    }  # fmt: skip
    if operation.name == "get_forecast":
        fitting["timeout"] = [60.0]
    if operation.name == "get_entry_parameter":
        fitting["name"] = ["p"]
    if operation.result is Events:
        fitting |= {"name": [None, ["secret"], ["*"]], "after": ["0"], "entry": [None, [4, 5, 6]]}
    chosen = [(item.name, fitting[item.name]) for item in operation.inputs if item.name in fitting]
    needed = {item.name for item in operation.inputs if item.required}
    for values in itertools.product(*(values for _, values in chosen)):
        found = {name: value for (name, _), value in zip(chosen, values, strict=True) if value is not None}
        if needed <= found.keys():
            yield found


def _told(answer: Any) -> Any:
    """An answer without what lies in the nature of things: events are numbered, and gathered, for all."""
    if not isinstance(answer, Events):
        return answer
    return sorted({(each.kind.value, each.action.value, each.object_id, each.name) for each in answer.items})


def answer(world: World, operation: Operation, caller: str, inputs: dict[str, Any]) -> bytes:
    """The answer as a caller gets it, or the refusal, without what differs from run to run."""
    try:
        said = msgspec.json.encode(_told(world.town.call(operation.name, caller, **inputs)))
    except JAMSError as error:
        said = msgspec.json.encode(error.document())
    return VARYING.sub(b"", said)


LOOKS = [o for o in CATALOGUE if of_entries(o) or told_of(o) or not o.changes]


@pytest.mark.timeout(240)  # A forecast is a process of its own, and each caller asks for many.
@pytest.mark.parametrize("operation", LOOKS, ids=lambda operation: operation.name)
def test_it_makes_no_difference_what_another_has_there(
    worlds: tuple[World, World], operation: Operation
) -> None:
    calls = list(inputs_for(operation, worlds[0]))
    assert calls or not (told_of(operation) or of_entries(operation)), "say above which inputs fit"
    for caller, inputs in itertools.product(CALLERS, calls):
        with_boss, without = (answer(world, operation, caller, inputs) for world in worlds)
        assert with_boss == without, (caller, inputs)
        assert MARK.encode() not in with_boss


def test_the_walk_comes_by_what_it_looks_for(worlds: tuple[World, World]) -> None:
    seen = {
        o.name
        for o in LOOKS
        if not o.changes
        for inputs in inputs_for(o, worlds[0])
        if answer(worlds[0], o, "boss", inputs) != answer(worlds[1], o, "boss", inputs)
    }
    assert seen >= {o.name for o in CATALOGUE if told_of(o)} | {"get_server_status"}


def test_his_own_are_seen(worlds: tuple[World, World]) -> None:
    t = worlds[0].town
    assert [e.jams_entry for e in t.call("find_entries", "ann")] == [1, 2, 3]
    page = t.call("search_history", "ann", filter="JobName ne 'x'")
    assert (page.count, [r.jams_entry for r in page.items]) == (1, [1])
    (record,) = t.call("find_history", "ann")
    log = t.call("get_history_log", "ann", job_id=record.job_id, id=record.history_id)
    assert log.text == "output of j\n"
    status = t.call("get_server_status", "ann")
    assert (status.entries_waiting, status.entries_executing) == (1, 1)
    assert t.call("search_history", "boss").count == 2


def test_what_is_in_use_by_anothers_entry_is_said_without_its_number(worlds: tuple[World, World]) -> None:
    t = worlds[0].town
    with pytest.raises(InUse) as refused:
        t.call("delete_job", "ann", name="secret")
    assert refused.value.message.startswith("An entry of job \\secret has not ended")
    with pytest.raises(InUse) as refused:
        t.call("delete_job", "ann", name="j")
    assert refused.value.message.startswith("Entries 2, 3 of job \\j have not ended")
    with pytest.raises(InUse) as refused:
        t.call("delete_job", "boss", name="secret")
    assert refused.value.message.startswith("Entries 5, 6 of job \\secret have not ended")


def test_why_an_entry_waits_tells_nothing_of_anothers_entries(tmp_path: Path, place: Path | str) -> None:
    depends = Element(
        element_name="After",
        element_type_name="JobDependency",
        properties=[PropertyValue(property_name="DependsOnJob", current_value="\\first")],
    )
    with town(tmp_path, place) as t:
        t.admit("boss")
        t.admit("ann", ALL_RIGHTS - {Monitor.SEE_ALL})
        t.desk.job("\\first")
        t.desk.job("\\after", elements=[depends])
        own = t.call("submit_job", "ann", name="after").jams_entry

        def told(who: str) -> list[str]:
            trail = t.call("get_entry_audit", who, id=own)
            return [
                *(wait.message for wait in t.call("get_entry_waits", who, id=own)),
                *(f"{line.message} {line.details}" for line in trail),
            ]

        alone = told("ann")
        number = t.call("submit_job", "boss", name="first").jams_entry
        token = t.executing(number)
        assert told("ann") == alone
        assert f"(entry {number}" in told("boss")[0]
        t.scheduler.run_ended(ended(token))
        t.executing(own)
        assert f"(entry {number})" in " ".join(told("boss"))
        assert f"entry {number}" not in " ".join(told("ann"))


def test_the_definition_is_shown_in_entries_and_history_to_who_may_look_at_definitions(
    tmp_path: Path,
) -> None:
    secret = "from the definition"
    with town(tmp_path) as t:
        see = {Monitor.EXECUTE, Monitor.SEE_ALL, HistoryInquiry.EXECUTE}
        t.admit("looker", {*see, JobDefinitions.INQUIRE})
        t.admit("operator", see)
        t.desk.job("\\k")
        t.desk.job(
            "\\j",
            source=secret,
            parameters=[ParamDef(param_name="p", default_value=secret, hide=True), ParamDef(param_name="q")],
            elements=[Element(element_name=secret, element_type_name="Documentation")],
            source_elements=[
                Element(
                    element_name=secret,
                    element_type_name="SubmitJobTask",
                    properties=[PropertyValue(property_name="SubmitJob", current_value="\\k")],
                )
            ],
            lenient=True,
        )
        number = t.call("submit_job", "operator", name="j", parameters={"q": "open"}).jams_entry
        t.scheduler.run_ended(ended(t.executing(number)))
        t.over(number)
        (record,) = t.desk.read(lambda c: history.find(c))
        for operation, inputs in (
            ("get_entry", {"id": number}),
            ("wait_for_entry", {"id": number}),
            ("find_entries", {}),
            ("get_entry_parameters", {"id": number}),
            ("get_entry_parameter", {"id": number, "name": "P"}),
            ("find_history", {}),
            ("search_history", {}),
            ("find_job_history", {"name": "j"}),
            ("get_history", {"job_id": record.job_id, "id": record.history_id}),
        ):
            shown = msgspec.json.encode(t.call(operation, "looker", **inputs))
            assert secret.encode() in shown, operation
            closed = msgspec.json.encode(t.call(operation, "operator", **inputs))
            assert secret.encode() not in closed, operation
            assert b'"p"' in closed and (operation == "get_entry_parameter" or b'"open"' in closed), operation


def test_an_entry_that_may_not_be_seen_is_not_there(worlds: tuple[World, World]) -> None:
    t = worlds[0].town
    for operation in ("get_entry", "hold_entry", "cancel_entry", "wait_for_entry", "get_entry_log"):
        with pytest.raises(EntryNotFound):
            t.call(operation, "ann", id=4)
    with pytest.raises(HistoryNotFound):
        t.call("get_history_log", "ann", job_id=worlds[0].secret, id=2)
