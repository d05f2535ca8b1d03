"""Sources of entries that are started: what their references mean, and what nobody gets to see by them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from jams.database import entries, stored_settings, variables
from jams.objects.definitions import Variable
from jams.objects.enums import DataType
from jams.objects.errors import InvalidArgument
from jams.objects.parts import ParamDef, PropertyValue
from jams.scheduler import preparing
from jams.scheduler.remotes import no_logon
from jams.scheduler.sources.macros import Macros
from jams.scheduler.starts import Start
from tests.support.schedule import USER, Desk, desk

pytestmark = pytest.mark.unit


@pytest.fixture
def d(place: Path | str) -> Iterator[Desk]:
    with desk(place) as made:
        yield made


def variable(d: Desk, path: str, value: str, kind: DataType = DataType.TEXT) -> None:
    above, _, name = path.rpartition("\\")
    document = Variable(variable_name=name, parent_folder_name=above or "\\", data_type=kind, value=value)
    d.write(lambda c: variables.create(c, document, user=USER))


def started(d: Desk, number: int) -> Start:
    return Start("t", d.read(lambda c: entries.row(c, number)), 1)


def prepared(d: Desk, number: int, macros: Macros | None = None) -> preparing.Prepared:
    start = started(d, number)
    return preparing.prepare(start, d.database.read, logon_of=no_logon, macros=macros or Macros())


def run(
    d: Desk, source: str, *, macros: Macros | None = None, given: dict[str, Any] | None = None, **job: Any
) -> str:
    """What the runner is asked to run for a job of a source."""
    d.job("\\Sales\\J", source, method_name="Parsed", **job)
    number = d.submit("\\Sales\\J", parameters=given or {})
    return prepared(d, number, macros).request.source


def test_a_parameter_wins_over_a_variable_and_a_path_is_the_variable(d: Desk) -> None:
    d.folder("\\Sales")
    variable(d, "\\Day", "root")
    variable(d, "\\Sales\\Day", "sales")
    day = [ParamDef(param_name="day", default_value="mine")]
    source = "<<DAY>> <<\\Sales\\Day>> <<\\Day>> <<\\No>>"
    assert run(d, source, parameters=day) == "mine sales root <<\\No>>"


def test_the_variable_of_the_nearest_folder_counts(d: Desk) -> None:
    d.folder("\\Sales")
    d.folder("\\Sales\\Deep")
    variable(d, "\\Day", "root")
    variable(d, "\\Only", "here")
    variable(d, "\\Sales\\Day", "sales")
    variable(d, "\\Sales\\Deep\\Day", "deep")
    assert run(d, "<<Day>> <<Only>> <<Deep\\Day>>") == "sales here deep"


def test_values_are_written_in_their_formats(d: Desk) -> None:
    d.folder("\\Sales")
    variable(d, "\\Count", "7", DataType.INTEGER)
    day = [
        ParamDef(
            param_name="day", data_type=DataType.DATE, default_value="2026-03-07", default_format="MM/dd/yy"
        )
    ]
    assert run(d, '<<day>> <<day("yyyyMMdd")>> <<Count("D3")>>', parameters=day) == "03/07/26 20260307 007"


def test_a_format_that_a_value_does_not_have_keeps_the_entry_from_running(d: Desk) -> None:
    d.folder("\\Sales")
    day = [ParamDef(param_name="day", data_type=DataType.DATE, default_value="2026-03-07")]
    with pytest.raises(InvalidArgument, match="QQ"):
        run(d, '<<day("QQ")>>', parameters=day)


def test_symbols_tell_of_the_entry_and_its_job(d: Desk) -> None:
    d.folder("\\Sales")
    source = "|".join(
        f"<<JAMS.{name}>>"
        for name in (
            "Job.Name",
            "job.PARENTFOLDER.QUALIFIEDNAME",
            "Job.Description",
            "JobName",
            "ParentFolderName",
            "SubmittedBy",
            "Message.TryAgain",
            "Message.CancelJobError",
            "Job.RecoveryInstructions",
        )
    )
    properties = [PropertyValue(property_name="RecoveryInstructions", current_value="call")]
    said = run(d, source, description="Loads.", properties=properties)
    assert said == f"J|\\Sales|Loads.|J|\\Sales|{USER}|75|83|call"


def test_what_is_not_set_stays_as_it_stands_and_is_told(d: Desk) -> None:
    d.folder("\\Sales")
    source = '<<JAMS.Job.LastSuccess("MM/dd/yy")>> <<JAMS.Setup.Name>> <<JAMS.Notify.JobName>> <<Nobody>>'
    d.job("\\Sales\\J", source, method_name="Parsed")
    number = d.submit("\\Sales\\J")
    found = prepared(d, number)
    assert found.request.source == source
    assert found.left == tuple(source.replace('") ', '")#').replace(">> ", ">>#").split("#"))
    d.write(lambda c: preparing.tell(c, started(d, number), found))
    told = d.read(lambda c: entries.audit_trail(c, number))[-1]
    assert "<<Nobody>>" in told.message


def test_the_time_of_a_last_success_is_written(d: Desk) -> None:
    from sqlalchemy import update

    from jams.database import tables

    d.folder("\\Sales")
    when = datetime(2026, 3, 7, 12, tzinfo=UTC)
    id = d.job("\\Sales\\J", '<<JAMS.Job.LastSuccessUTC("yyyy-MM-dd HH:mm")>>', method_name="Parsed")
    d.write(lambda c: c.execute(update(tables.job).where(tables.job.c.id == id).values(last_success=when)))
    assert prepared(d, d.submit("\\Sales\\J")).request.source == "2026-03-07 12:00"


def test_what_a_submitter_writes_is_data(d: Desk) -> None:
    d.folder("\\Sales")
    d.folder("\\Secret")
    variable(d, "\\Secret\\Key", "hunter2")
    free = [ParamDef(param_name="free")]
    given = {"free": "<<\\Secret\\Key>> <<JAMS.Job.Name>>"}
    assert run(d, "echo '<<free>>'", parameters=free, given=given) == f"echo '{given['free']}'"


def test_a_source_that_is_not_parsed_runs_as_it_is(d: Desk) -> None:
    d.job("\\J", "<<JAMS.Job.Name>>")
    assert prepared(d, d.submit("\\J")).request.source == "<<JAMS.Job.Name>>"


def test_the_text_of_the_entry_stays_the_one_that_was_written(d: Desk) -> None:
    variable(d, "\\Key", "hunter2")
    d.job("\\J", "login <<Key>>", method_name="Parsed")
    number = d.submit("\\J")
    assert prepared(d, number).request.source == "login hunter2"
    assert "hunter2" not in repr(d.entry(number))


def macro_file(folder: Path, name: str, **texts: str) -> None:
    lines = "".join(f'<Macro name="{each}">{text}</Macro>' for each, text in texts.items())
    (folder / name).write_text(f"<Macros>{lines}</Macros>")


def test_macros_come_from_the_folders_file_the_settings_and_the_delivered_one(
    d: Desk, tmp_path: Path
) -> None:
    folder = tmp_path / "macros"
    folder.mkdir()
    macro_file(folder, "BaseMacros.xml", head="base", foot="base foot", base="&lt;&lt;JAMS.Job.Name&gt;&gt;")
    macro_file(folder, "site.xml", head="site", foot="site foot")
    macro_file(folder, "sales.xml", head="sales")
    d.write(lambda c: stored_settings.put(c, "DefaultMacroFile", "site.xml", user=USER))
    d.folder("\\Sales", properties=[PropertyValue(property_name="MacroFile", current_value="sales.xml")])
    source = "<<HEAD>> <<foot>> <<base>> <<none>>"
    macros = Macros(folder)
    assert run(d, source, macros=macros) == "sales site foot J <<none>>"
    macro_file(folder, "sales.xml", head="a longer one")
    assert prepared(d, d.submit("\\Sales\\J"), macros).request.source.startswith("a longer one ")


@pytest.mark.parametrize("name", ["../passwd", "/etc/passwd", "none.xml", "..", "broken.xml"])
def test_a_macro_file_that_cannot_be_had_keeps_the_entry_from_running(
    d: Desk, tmp_path: Path, name: str
) -> None:
    (tmp_path / "broken.xml").write_text("root:x:0:0")
    d.folder("\\Sales", properties=[PropertyValue(property_name="MacroFile", current_value=name)])
    with pytest.raises(InvalidArgument, match="macro file") as caught:
        run(d, "<<x>>", macros=Macros(tmp_path))
    assert "root" not in caught.value.message


def test_a_macro_that_calls_itself_keeps_the_entry_from_running(d: Desk, tmp_path: Path) -> None:
    macro_file(tmp_path, "BaseMacros.xml", a="&lt;&lt;a&gt;&gt;")
    d.folder("\\Sales")
    with pytest.raises(InvalidArgument, match="calls itself"):
        run(d, "<<a>>", macros=Macros(tmp_path))
