from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest
from msgspec.structs import replace
from sqlalchemy import Connection, event, inspect

from jams.database import (
    built_calendars,
    calendar_dates,
    calendar_imports,
    calendars,
    date_types,
    definition_stamps,
    folders,
    named_times,
    schema,
    sqlite,
    stored_settings,
)
from jams.database.date_type_records import find_calendar, find_type
from jams.dates import Calendar as Built
from jams.dates import CalendarReading, DateDefinition, InvalidCalendar, WorkdayFlag, evaluate
from jams.objects.base import Duration
from jams.objects.calendars import (
    Calendar,
    Date,
    DateChange,
    DateType,
    DateTypeLink,
    ImportAction,
    NamedTime,
    SpecificType,
    WorkDay,
)
from jams.objects.errors import (
    AlreadyExists,
    CalendarNotFound,
    Conflict,
    DateNotFound,
    DateTypeNotFound,
    InUse,
    InvalidArgument,
    InvalidName,
    JAMSError,
    NamedTimeNotFound,
)
from jams.objects.parts import PropertyValue
from jams.objects.patch import patch_of, stated
from tests.support.schedule import USER, Desk, desk

CHRISTMAS = Date(start_date=date(2017, 12, 25), specific_type="Christmas", work_day=WorkDay.FALSE)


def calendar(d: Desk, name: str, **members: object) -> Calendar:
    document = Calendar(calendar_name=name, **members)  # type: ignore[arg-type]
    return d.write(lambda c: calendars.create(c, document, user=USER))


def kind(d: Desk, name: str, *dates: Date | str, **members: object) -> int:
    given = [each if isinstance(each, Date) else Date(start_date=date.fromisoformat(each)) for each in dates]
    document = DateType(date_type_type=name, dates=given, **members)  # type: ignore[arg-type]
    made = d.write(lambda c: date_types.create(c, document, user=USER))
    assert made.date_type_id is not None
    return made.date_type_id


def get(d: Desk, id: int) -> DateType:
    return d.read(lambda c: date_types.get(c, id))


def built(d: Desk, name: str | None = None) -> Built:
    return d.read(lambda c: built_calendars.built(c, definition_stamps.stamp(c), find_calendar(c, name=name)))


def days(d: Desk, name: str, of: str | None = None) -> list[str]:
    found = built(d, of)
    date_type = found.find_type(name)
    assert date_type is not None
    return [str(each.date) for each in found.dates_of(date_type)]


def test_older_databases_get_a_default_calendar(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as older:
        migrations = tmp_path / "older"
        shutil.copytree(schema._MIGRATIONS, migrations)
        for file in (migrations / "versions").glob("r*.py"):
            if not file.name.startswith("r0001_"):
                file.unlink()
        older.setattr(schema, "_MIGRATIONS", migrations)
        engine = sqlite.writing_engine(tmp_path / "jams.db", {})
        assert schema.upgrade(engine) == "0001"
        assert "calendar" not in inspect(engine).get_table_names()
        with engine.begin() as c:
            c.exec_driver_sql(
                "INSERT INTO folder (parent_id, name, name_key, path, path_key, version, changed,"
                r" changed_by, document) VALUES (1, 'Sales', 'sales', '\Sales', '\sales', 41,"
                " '2026-01-01 00:00:00.000000', 'ann', '{}')"
            )
        engine.dispose()
    with desk(tmp_path / "jams.db") as d:
        assert d.database.schema_version == schema.known_versions()[-1] != "0001"
        assert [each.calendar_name for each in d.read(calendars.all_calendars)] == ["Default"]
        assert d.read(lambda c: folders.get(c, folders.find(c, name=r"\Sales"))).version == 41
        d.folder(r"\Later")
        assert d.read(lambda c: folders.get(c, folders.find(c, name=r"\Later"))).version == 42
        assert d.read(lambda c: stored_settings.text(c, "DateOrder")) == "MonthFirst"
        assert built(d).settings.work_week.days == (True,) * 5 + (False,) * 2


def test_calendars_come_back_as_given(d: Desk) -> None:
    made = calendar(d, "Bank", description="Of banks.", color_name="Blue")
    assert made.calendar_id is not None
    assert d.read(lambda c: calendars.get(c, find_calendar(c, name=" BANK "))) == made
    changed = Calendar(calendar_id=made.calendar_id, calendar_name="Banks")
    assert d.write(lambda c: calendars.change(c, stated(changed), user=USER)).calendar_name == "Banks"
    assert d.write(lambda c: calendars.delete(c, find_calendar(c, name="banks"))) == "Banks"
    with pytest.raises(CalendarNotFound):
        d.read(lambda c: find_calendar(c, name="Banks"))


@pytest.mark.parametrize(
    ("document", "error"),
    [
        (Calendar(calendar_name="default"), AlreadyExists),
        (Calendar(calendar_name="a/b"), InvalidName),
    ],
)
def test_calendars_that_cannot_be(d: Desk, document: Calendar, error: type[JAMSError]) -> None:
    with pytest.raises(error):
        d.write(lambda c: calendars.create(c, document, user=USER))
    assert len(d.read(calendars.all_calendars)) == 1


def test_the_default_calendar_stays(d: Desk) -> None:
    with pytest.raises(Conflict):
        d.write(lambda c: calendars.delete(c, 1))
    with pytest.raises(Conflict):
        renamed = Calendar(calendar_id=1, calendar_name="Other")
        d.write(lambda c: calendars.change(c, stated(renamed), user=USER))
    described = Calendar(calendar_name="DEFAULT", description="Ours.")
    assert d.write(lambda c: calendars.change(c, stated(described), user=USER)).description == "Ours."


@pytest.mark.parametrize(
    "value", ["bank", {"calendarID": 2}, {"calendarID": 0, "calendarName": "BANK"}, {"calendarName": "Bank"}]
)
def test_a_calendar_that_a_job_names_stays(d: Desk, value: object) -> None:
    calendar(d, "Bank")
    named = PropertyValue(property_name="calendar", current_value=value)  # type: ignore[arg-type]
    d.job(
        r"\Other", lenient=True, properties=[PropertyValue(property_name="Calendar", current_value="Default")]
    )
    d.job(r"\Load", lenient=True, properties=[named])
    with pytest.raises(InUse, match=r"job \\Load"):
        d.write(lambda c: calendars.delete(c, 2))


def test_date_types_come_back_as_given(d: Desk) -> None:
    specific = [
        SpecificType(sequence=9, specific_type="Easter"),
        SpecificType(sequence=2, specific_type="Christmas"),
    ]
    id = kind(d, "Holiday", CHRISTMAS, "2017-01-02", description="Free.", specific_types=specific)
    found = get(d, id)
    assert (found.calendar_name, found.description, found.continuous) == ("Default", "Free.", False)
    assert [(s.sequence, s.specific_type) for s in found.specific_types] == [(1, "Christmas"), (2, "Easter")]
    assert found.dates is not None
    assert [(each.start_date.year, each.specific_type) for each in found.dates] == [
        (2017, None),
        (2017, "Christmas"),
    ]
    assert d.read(lambda c: find_type(c, name="HOLIDAY")) == id


def test_a_change_without_dates_leaves_them(d: Desk) -> None:
    id = kind(d, "Holiday", "2017-01-02")
    document = DateType(date_type_id=id, date_type_type="Feast", description="Other.")
    d.write(lambda c: date_types.change(c, stated(document), user=USER))
    assert days(d, "Feast") == ["2017-01-02"]
    none = patch_of(DateType)(date_type_type="Feast", dates=[])
    d.write(lambda c: date_types.change(c, none, user=USER))
    assert days(d, "Feast") == []


@pytest.mark.parametrize(
    ("document", "error"),
    [
        (DateType(date_type_type="HOLIDAY"), AlreadyExists),
        (DateType(date_type_type="x|y"), InvalidName),
        (DateType(date_type_type="X", calendar_name="Nowhere"), CalendarNotFound),
        (DateType(date_type_type="X", dates=[CHRISTMAS]), InvalidCalendar),
        (
            DateType(
                date_type_type="X", specific_types=[SpecificType(specific_type=name) for name in ("a", "A")]
            ),
            InvalidArgument,
        ),
        (
            DateType(date_type_type="X", dates=[Date(start_date=date(2017, 1, 1))] * 2),
            AlreadyExists,
        ),
        (
            DateType(date_type_type="X", date_type_links=[DateTypeLink(date_type_type="Nothing")]),
            DateTypeNotFound,
        ),
        (DateType(date_type_type="X", date_type_links=[DateTypeLink()]), InvalidArgument),
        (
            DateType(
                date_type_type="X", continuous=True, date_type_links=[DateTypeLink(date_type_type="Holiday")]
            ),
            InvalidArgument,
        ),
    ],
)
def test_date_types_that_cannot_be(d: Desk, document: DateType, error: type[JAMSError]) -> None:
    kind(d, "Holiday")
    with pytest.raises(error):
        d.write(lambda c: date_types.create(c, document, user=USER))
    assert [each.date_type_type for each in d.read(lambda c: date_types.in_calendar(c, None))] == ["Holiday"]


def test_one_name_in_two_calendars(d: Desk) -> None:
    calendar(d, "Bank")
    kind(d, "Holiday", "2017-01-02")
    other = kind(d, "Holiday", "2017-05-01", calendar_name="Bank")
    with pytest.raises(Conflict, match="Bank, Default"):
        d.read(lambda c: find_type(c, name="holiday"))
    assert d.read(lambda c: find_type(c, name="holiday", calendar_id=2)) == other
    assert (days(d, "Holiday"), days(d, "Holiday", "Bank")) == (["2017-01-02"], ["2017-05-01"])


def test_included_dates_count(d: Desk) -> None:
    calendar(d, "Bank")
    inner = kind(d, "Inner", "2017-05-01")
    middle = kind(d, "Middle", "2017-01-02", date_type_links=[DateTypeLink(date_type_id=inner)])
    outer = DateTypeLink(date_type_type="Middle", calendar_name="Default")
    kind(d, "Outer", "2017-12-25", calendar_name="Bank", date_type_links=[outer])
    assert days(d, "Outer", "Bank") == ["2017-01-02", "2017-05-01", "2017-12-25"]
    for id in (inner, middle):
        with pytest.raises(InUse):
            d.write(lambda c, id=id: date_types.delete(c, id))  # type: ignore[misc]
    circle = DateType(
        date_type_id=inner, date_type_type="Inner", date_type_links=[DateTypeLink(date_type_id=middle)]
    )
    with pytest.raises(InvalidArgument, match="itself"):
        d.write(lambda c: date_types.change(c, stated(circle), user=USER))
    periods = DateType(date_type_id=inner, date_type_type="Inner", continuous=True)
    with pytest.raises(InvalidArgument, match="both"):
        d.write(lambda c: date_types.change(c, stated(periods), user=USER))
    d.write(lambda c: calendars.delete(c, 2))
    d.write(lambda c: date_types.delete(c, middle))
    assert d.write(lambda c: date_types.delete(c, inner)) == "Inner"


def test_a_calendar_whose_date_types_are_included_elsewhere_stays(d: Desk) -> None:
    calendar(d, "Bank")
    inner = kind(d, "Inner", calendar_name="Bank")
    kind(d, "Outer", date_type_links=[DateTypeLink(date_type_id=inner)])
    with pytest.raises(InUse, match="Outer includes Inner"):
        d.write(lambda c: calendars.delete(c, 2))


def test_what_a_change_would_break_elsewhere_is_refused(d: Desk) -> None:
    inner = kind(d, "Inner", specific_types=[SpecificType(specific_type="Christmas")])
    kind(d, "Outer", CHRISTMAS, date_type_links=[DateTypeLink(date_type_id=inner)])
    with pytest.raises(InvalidCalendar, match="Christmas"):
        bare = patch_of(DateType)(date_type_id=inner, specific_types=[])
        d.write(lambda c: date_types.change(c, bare, user=USER))
    assert len(get(d, inner).specific_types) == 1


def test_dates_of_a_type(d: Desk) -> None:
    id = kind(d, "Holiday", CHRISTMAS, specific_types=[SpecificType(specific_type="Christmas")])
    plain = Date(start_date=date(2017, 12, 25), description="Also.")
    d.write(lambda c: calendar_dates.add(c, id, "Holiday", plain))
    with pytest.raises(AlreadyExists):
        d.write(lambda c: calendar_dates.add(c, id, "Holiday", plain))
    with pytest.raises(DateNotFound):
        d.write(lambda c: calendar_dates.change(c, id, "Holiday", DateChange(start_date=date(2017, 12, 26))))
    with pytest.raises(Conflict):
        easter = DateChange(start_date=date(2017, 12, 25), specific_type="Easter")
        d.write(lambda c: calendar_dates.change(c, id, "Holiday", easter))
    with pytest.raises(DateNotFound):
        d.write(lambda c: calendar_dates.delete(c, id, "Holiday", date(2017, 12, 25), "Easter"))
    assert d.write(lambda c: calendar_dates.delete(c, id, "Holiday", date(2017, 12, 25), "CHRISTMAS")) == 1
    named = DateChange(start_date=CHRISTMAS.start_date, specific_type="Christmas", work_day=WorkDay.FALSE)
    d.write(lambda c: calendar_dates.change(c, id, "Holiday", named))
    found = get(d, id).dates
    assert found is not None
    assert [(each.specific_type, each.work_day) for each in found] == [("Christmas", WorkDay.FALSE)]


def test_built_calendars_are_kept_until_a_definition_changes(d: Desk) -> None:
    id = kind(d, "Holiday", "2017-01-02", "2018-01-01")
    before = built(d)
    assert built(d) is before
    assert evaluate("HOLIDAY", date(2017, 3, 1), before) == date(2018, 1, 1)

    def work(c: Connection) -> None:
        name = date_types.touch(c, id, user=USER)
        calendar_dates.add(c, id, name, Date(start_date=date(2017, 5, 1)))

    version = get(d, id).version
    d.write(work)
    assert (get(d, id).version or 0) > (version or 0)
    assert evaluate("HOLIDAY", date(2017, 3, 1), built(d)) == date(2017, 5, 1)


def test_a_change_that_fails_is_not_seen(d: Desk) -> None:
    id = kind(d, "Holiday", "2017-01-02")

    def work(c: object) -> None:
        calendar_dates.add(c, id, "Holiday", CHRISTMAS)  # type: ignore[arg-type]
        built_calendars.check(c, [id])  # type: ignore[arg-type]

    with pytest.raises(InvalidCalendar):
        d.write(work)
    assert days(d, "Holiday") == ["2017-01-02"]


def found(day: str, description: str = "", source: str = "test:1", **members: object) -> DateDefinition:
    return DateDefinition(
        date_type="Holiday",
        date=date.fromisoformat(day),
        description=description,
        workday=WorkdayFlag.FALSE,
        source=source,
        **members,  # type: ignore[arg-type]
    )


ELSEWHERE = calendar_imports.Origin("nothing of it is there", lambda day: True)


def imported(d: Desk, *dates: DateDefinition) -> list[ImportAction]:
    def work(c: object) -> list[ImportAction]:
        planned = calendar_imports.plan(c, 1, CalendarReading(dates), ELSEWHERE)  # type: ignore[arg-type]
        calendar_imports.carry_out(c, planned, user=USER)  # type: ignore[arg-type]
        return [row.action for row in planned.rows]

    return d.write(work)


def test_imports_keep_what_people_entered(d: Desk) -> None:
    id = kind(d, "HOLIDAY", Date(start_date=date(2017, 1, 2), description="Ours."))
    add, change, same, keep, _ = ImportAction
    first = [found("2017-01-02", "Theirs."), found("2017-05-01", "Labour"), found("2017-12-25", "Day")]
    assert imported(d, *first) == [keep, add, add]
    assert imported(d, *first) == [keep, same, same]
    later = [found("2017-05-01", "Labour Day", "test:2"), found("2018-05-01", "Labour Day")]
    assert imported(d, *later) == [change, add]
    dates = get(d, id).dates
    assert dates is not None
    assert [(each.description, each.source) for each in dates] == [
        ("Ours.", None),
        ("Labour Day", "test:2"),
        ("Day", "test:1"),
        ("Labour Day", "test:1"),
    ]


def test_a_newer_version_takes_away_what_it_has_no_longer(d: Desk) -> None:
    """What people have entered or changed stays, as does what another text has brought."""
    add, _, _, _, remove = ImportAction
    first = [
        found("2017-05-01", "Labour", "ours:a"),
        found("2017-06-05", "Whit", "ours:b"),
        found("2017-12-25", "Day", "ours:c"),
        found("2018-01-01", "Year", "ours:d"),
    ]
    assert imported(d, *first, found("2017-08-15", "Other", "theirs:a")) == [add] * 5
    id = d.read(lambda c: date_types.in_calendar(c, 1))[0].date_type_id
    assert id is not None
    work_day = DateChange(start_date=date(2017, 12, 25), work_day=WorkDay.TRUE)
    d.write(lambda c: calendar_dates.change(c, id, "HOLIDAY", work_day))

    def again(name: str, *dates: DateDefinition, certain: bool = False) -> list[ImportAction]:
        origin = calendar_imports.Origin(name, lambda day: day.year == 2017, ("HOLIDAY",), certain)

        def work(c: Connection) -> list[ImportAction]:
            planned = calendar_imports.plan(c, 1, CalendarReading(dates), origin)
            calendar_imports.carry_out(c, planned, user=USER)
            return [row.action for row in planned.rows]

        return d.write(work)

    assert again("ours", found("2017-07-07", "Something else", "ours:x")) == [add], "another text"
    moved = found("2017-05-02", "Labour", "ours:a")
    assert again("ours", moved) == [add, remove, remove, remove]
    left = [(each.start_date.isoformat(), each.source) for each in get(d, id).dates or []]
    assert left == [
        ("2017-05-02", "ours:a"),
        ("2017-08-15", "theirs:a"),
        ("2017-12-25", None),
        ("2018-01-01", "ours:d"),
    ]
    assert again("ours", certain=True) == [remove]
    assert again("their", certain=True) == []


def test_imports_make_what_is_missing(d: Desk) -> None:
    both = [found("2017-12-25", "One"), found("2017-12-25", "Two"), found("2017-12-25", "One")]
    assert imported(d, *both, found("2017-04-16", specific_type="Easter")) == [ImportAction.ADD] * 2
    assert imported(d, found("2018-04-01", specific_type="Whitsun")) == [ImportAction.ADD]
    made = get(d, d.read(lambda c: find_type(c, name="Holiday")))
    assert [each.specific_type for each in made.specific_types] == ["Easter", "Whitsun"]
    assert made.dates is not None
    assert made.dates[1].description == "One; Two"


def test_an_import_that_contradicts_changes_nothing(d: Desk) -> None:
    kind(d, "Holiday", "2017-01-02", continuous=True)
    with pytest.raises(InvalidCalendar):
        imported(d, found("2017-02-01"), found("2017-01-02", specific_type="Easter"))
    assert days(d, "Holiday") == ["2017-01-02"]


def named(name: str, start: int, end: int, **members: object) -> NamedTime:
    return NamedTime(
        time_name=name,
        start_time=Duration(total_seconds=start),
        end_time=Duration(total_seconds=end),
        **members,  # type: ignore[arg-type]
    )


def test_named_times(d: Desk) -> None:
    made = d.write(lambda c: named_times.create(c, named("Night", 79200, 86400), user=USER))
    assert (made.start_time.total_seconds, made.end_time.total_seconds, made.enabled) == (79200, 0, True)
    assert made.time_id is not None
    id = made.time_id
    assert d.write(lambda c: named_times.set_enabled(c, id, enabled=False, user=USER)) == "Night"
    changed = d.write(lambda c: named_times.change(c, stated(named("NIGHT", 1, 2, enabled=False)), user=USER))
    assert (changed.time_name, changed.enabled, changed.time_id) == ("NIGHT", False, id)
    for bad, error in [
        (named("night", 1, 2), AlreadyExists),
        (named("Day", -1, 2), InvalidArgument),
        (named("Day", 1, 86401), InvalidArgument),
        (named("a|b", 1, 2), InvalidName),
    ]:
        with pytest.raises(error):
            d.write(lambda c, bad=bad: named_times.create(c, bad, user=USER))  # type: ignore[misc]
    assert d.write(lambda c: named_times.delete(c, id)) == "NIGHT"
    with pytest.raises(NamedTimeNotFound):
        d.read(lambda c: named_times.find(c, name="Night"))


def test_importing_many_date_types_asks_the_database_no_more_often(d: Desk) -> None:
    """What an import writes is a fixed number of statements: it was quadratic and held the only writer."""

    def statements(types: int) -> int:
        dates = [
            replace(found("2017-01-02", specific_type=f"S{number}"), date_type=f"T{types}-{number}")
            for number in range(types)
        ]
        planned = d.read(lambda c: calendar_imports.plan(c, 1, CalendarReading(tuple(dates)), ELSEWHERE))
        counted: list[str] = []

        def work(c: Connection) -> None:
            event.listen(c, "before_cursor_execute", lambda *given: counted.append(given[2]))
            calendar_imports.carry_out(c, planned, user=USER)

        d.write(work)
        assert len(d.read(lambda c: date_types.in_calendar(c, 1))) >= types
        return len(counted)

    assert statements(600) == statements(2)


def test_a_calendar_holds_so_much_and_no_more(d: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(calendar_dates, "MOST_DATES", 3)
    monkeypatch.setattr(built_calendars, "MOST_DATES", 7)
    monkeypatch.setattr(built_calendars, "MOST_TYPES", 4)
    monkeypatch.setattr(date_types, "MOST_SPECIFIC_TYPES", 2)
    three = [f"2017-01-{day:02d}" for day in (1, 2, 3)]
    first = kind(d, "First", *three)
    with pytest.raises(InvalidArgument, match="at most 3 dates"):
        kind(d, "Second", *three, "2017-01-04")
    with pytest.raises(InvalidCalendar, match="at most 3 dates"):
        imported(d, *(replace(found(day), date_type="FIRST") for day in ("2018-01-01", "2018-01-02")))
    kind(d, "Second", date_type_links=[DateTypeLink(date_type_id=first)])
    with pytest.raises(InvalidCalendar, match="The date type Third has at most 3"):
        kind(d, "Third", "2017-01-04", date_type_links=[DateTypeLink(date_type_id=first)])
    with pytest.raises(InvalidCalendar, match="at most 4 date types and 7 dates"):
        kind(d, "Third", "2017-01-04", "2017-01-05")
    with pytest.raises(InvalidArgument, match="at most 2 specific types"):
        kind(d, "Fourth", specific_types=[SpecificType(specific_type=name) for name in "abc"])
    assert days(d, "First") == three


def test_a_long_chain_of_date_types_is_refused(d: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(built_calendars, "MOST_INCLUDED", 3)
    inner = kind(d, "T0")
    for number in (1, 2):
        inner = kind(d, f"T{number}", date_type_links=[DateTypeLink(date_type_id=inner)])
    with pytest.raises(InvalidCalendar, match="T3 has at most"):
        kind(d, "T3", date_type_links=[DateTypeLink(date_type_id=inner)])
