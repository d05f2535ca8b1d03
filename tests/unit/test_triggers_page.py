"""The page on triggers says what the server does."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest

from jams.database import credentials, jobs, triggers
from jams.mailboxes.mails import Head, facts_of
from jams.objects.definitions import Job
from jams.objects.errors import NotSupported
from jams.objects.parts import ParamDef
from jams.objects.patch import patch_of
from jams.objects.trigger_parts import Fired, TriggerEventType, Watched
from jams.objects.triggers import Trigger, TriggerEvent
from jams.registry.known_settings import SETTINGS
from jams.registry.triggers import TYPES
from jams.scheduler.triggers import advancing, arming, defining, machine
from tests.support.engine import element
from tests.support.field import Field, field
from tests.support.schedule import USER
from webclient.commands import load_commands
from webclient.options import command_parser

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "triggers.md").read_text("utf-8")
COMMANDS = load_commands()
DOCUMENTS = [json.loads(text) for text in re.findall(r"^    (\{.*?^    \]?\}\]?\}?)$", PAGE, re.M | re.S)]


@pytest.fixture
def w(place: Path | str) -> Iterator[Field]:
    with field(place, "2027-03-08 09:00") as made:
        made.folder("\\Sales")
        yield made


@pytest.mark.parametrize("line", re.findall(r"^    jamswebclient (.+)$", PAGE, re.MULTILINE))
def test_every_command_line_on_the_page_can_be_parsed(line: str) -> None:
    word, _, rest = line.partition(" ")
    known = {o for a in command_parser(COMMANDS[word], COMMANDS).actions for o in a.option_strings}
    assert set(re.findall(r"(?<!\S)--[a-z-]+", rest)) <= known
    # There the option is the name that it is given, which no path can be.
    assert not (word == "change-job" and "--name" in rest)


def test_its_documents_are_taken_and_obeyed(w: Field) -> None:
    assert len(DOCUMENTS) == 3
    kind = [ParamDef(param_name="Kind")]
    w.write(lambda c: credentials.put(c, "Orders", user_name="u", secret="sealed", by=USER))
    w.job("\\Sales\\Orders")
    id = w.job("\\Sales\\Price", parameters=kind)
    for document in DOCUMENTS:
        if "triggerName" in document:
            made = msgspec.convert(document, Trigger)
            w.write(lambda c, made=made: defining.create(c, made, w.now, user=USER))
        else:
            patch = msgspec.convert(document, patch_of(Job))
            w.write(lambda c, patch=patch: jobs.change(c, patch, id=id, user=USER))
            assert not w.read(lambda c: jobs.get(c, id)).not_obeyed
    assert not w.read(lambda c: triggers.get(c, 1)).not_obeyed


def _rows(heading: str) -> list[str]:
    part = PAGE.partition(heading)[2].partition("\n\n")[0]
    return [line.split("|")[1] for line in part.splitlines() if line.startswith("| `")]


def test_what_it_lists_is_all_that_there_is() -> None:
    named = {name for row in _rows("| element |") for name in re.findall(r"`(\w+)`", row)}
    assert named == set(arming.TYPES)
    assert all(f"`{each.value}`" in PAGE for each in TriggerEventType)
    assert all(f"`{each.name}`" in PAGE for each in SETTINGS if each.name in ("IMAPServer", "IMAPInterval"))
    (mail,) = [each for each in TYPES if each.name == "EmailTrigger"]
    assert all(f"`{each.name}`" in PAGE or f'"{each.name}"' in PAGE for each in mail.properties)
    assert f"{['', 'one', 'two', 'three', 'four', 'five'][advancing.MOST_FIRINGS]} times" in PAGE


def test_the_symbols_that_it_lists_are_all_that_there_are() -> None:
    named = {name for row in _rows("| `JAMS.Trigger.` |") for name in re.findall(r"`(\w+)`", row)}
    head = Head(1, datetime.now(UTC), "", "", "", "")
    own = {"Name", "QualifiedName", "ID", "Reason", "Time", "TimeUTC"}
    of_events = {
        "FileName",
        *machine.variable_facts(_watched(), ""),
        "JobName",
        "SetupName",
        "Entry",
        "Severity",
    }
    assert named == own | of_events | facts_of(head, "", "").keys()
    assert {"id", "name", "path", "reason", "time", "facts"} == set(Fired.__struct_fields__)


def _watched() -> Watched:
    return Watched(kind=TriggerEventType.VARIABLE, name="V")


def test_a_file_on_another_agent_is_refused(w: Field) -> None:
    trigger = element("FileTrigger", FileName="/data/x", Agent="Localhost")
    with pytest.raises(NotSupported, match="server's own machine alone"):
        w.job("\\Sales\\There", "true", trigger)


@pytest.mark.parametrize("path", ["in/x", "/in/*/x"])
def test_a_file_for_which_nobody_would_look_is_refused_of_a_trigger_too(w: Field, path: str) -> None:
    event = TriggerEvent(event_type=TriggerEventType.FILE, file_name=path)
    made = Trigger(trigger_name="T", parent_folder_name="\\Sales", events=[event])
    with pytest.raises(NotSupported):
        w.write(lambda c: defining.create(c, made, w.now, user=USER))
