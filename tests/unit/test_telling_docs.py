"""The page on telling people says what the server does."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from jams.database import outbox
from jams.objects.enums import Severity
from jams.objects.tellings import Facts, Happened
from jams.registry import JOB_PROPERTIES
from jams.registry.events import HAPPENINGS
from jams.scheduler.telling_rules import CLASSES
from jams.telling import templates
from tests.support.engine import values, world
from webclient.commands import load_commands
from webclient.options import command_parser

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "telling.md").read_text("utf-8")
COMMANDS = load_commands()
FACTS = Facts(
    happened=Happened.ENDED,
    time=datetime(2027, 3, 1, 6, tzinfo=UTC),
    entry=7,
    ron=9,
    job="Load",
    folder="\\Sales",
    name="Load",
    message="It has ended.",
    severity=Severity.ERROR,
    completion=datetime(2027, 3, 1, 6, tzinfo=UTC),
)


@pytest.mark.parametrize("line", re.findall(r"^    jamswebclient (.+)$", PAGE, re.MULTILINE))
def test_every_command_line_on_the_page_can_be_parsed(line: str) -> None:
    word, _, rest = line.partition(" ")
    known = {o for a in command_parser(COMMANDS[word], COMMANDS).actions for o in a.option_strings}
    assert set(re.findall(r"(?<!\S)--[a-z-]+", rest)) <= known
    # There the option is the name that it is given, which no path can be.
    assert not (word == "change-job" and "--name" in rest)


def test_the_properties_values_filters_and_switches_that_it_names_are_all_that_there_are() -> None:
    for name in re.findall(r"^\| `(\w+)`", PAGE, re.MULTILINE):
        assert JOB_PROPERTIES.get(name) is not None, name
    text = PAGE.partition("Values are ")[2].partition(":\n")[0]
    named = set(re.findall(r"`(\w+)`", text))
    assert named == {*templates.values_of(FACTS, "s"), *templates.FILTERS} - {"d", "e"}
    assert all(f"`{each.value}`" in PAGE for each in CLASSES.values())
    switches = {each.name for each in HAPPENINGS if each.name.startswith("Entry")}
    assert all(f"`{name}`" in PAGE for name in switches)


def test_its_templates_say_what_it_says() -> None:
    (subject,) = re.findall(r"^    (\{\{ severity.*)$", PAGE, re.MULTILINE)
    values_ = templates.values_of(FACTS, "s")
    assert templates.render(subject, values_, html=False) == "ERROR: \\Sales\\Load has ended at 06:00"
    (body,) = re.findall(r"`(\{\"text\".*?\})`", PAGE)
    assert json.loads(templates.render(body, values_, html=False)) == {"text": "It has ended."}


def test_its_first_example_tells_ann(place: Path | str) -> None:
    (text,) = re.findall(r"echo '(.*)' > ann.json", PAGE)
    (said,) = json.loads(text)["properties"]
    with world(place) as w:
        w.folder("\\Sales")
        w.job("\\Sales\\Load", properties=values(**{said["propertyName"]: said["currentValue"]}))
        w.exits["Load"] = [1]
        number = w.submit("\\Sales\\Load")
        w.after(minutes=5)
        (item,) = w.read(lambda c: outbox.find(c, entry=number))
        assert item.recipients == ["ann@example.org"]
