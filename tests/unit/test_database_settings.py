from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import update

from jams.database import definition_stamps, happenings, schedule_triggers, schema, stored_settings, tables
from jams.database.built_calendars import date_settings
from jams.objects.errors import (
    AlreadyExists,
    ConfigurationInvalid,
    Conflict,
    InvalidArgument,
    InvalidName,
    JAMSError,
    MissingArgument,
    NotSupported,
    PreconditionFailed,
    SettingNotFound,
    VersionConflict,
)
from jams.objects.patch import patch_of, stated
from jams.objects.preconditions import Precondition
from jams.objects.settings import Setting, SettingType
from jams.registry.known_settings import SETTINGS, KnownSetting, known_setting
from jams.registry.setting_values import kept, read
from tests.support.schedule import USER, Desk

KNOWN = [pytest.param(each, id=each.name) for each in SETTINGS]


def get(d: Desk, name: str) -> Setting:
    return d.read(lambda c: stored_settings.get(c, name))


def put(d: Desk, name: str, value: str) -> Setting:
    return d.write(lambda c: stored_settings.put(c, name, value, user=USER))


def change(d: Desk, condition: Precondition | None = None, **members: Any) -> Setting:
    patch = patch_of(Setting)(**members)
    more = {} if condition is None else {"condition": condition}
    return d.write(lambda c: stored_settings.change(c, patch, user=USER, **more))


def create(d: Desk, name: str = "Ours", **members: Any) -> Setting:
    return d.write(lambda c: stored_settings.create(c, Setting(name=name, **members), user=USER))


@pytest.mark.parametrize("each", KNOWN)
def test_a_default_is_a_value_that_the_setting_holds(each: KnownSetting) -> None:
    assert read(each.name, each.data_type, each.default, each) is not None or not each.default
    assert kept(each.name, each.data_type, each.default, each) == each.default
    assert each.description.endswith(".") and (not each.unsupported or each.unsupported.endswith("."))
    assert known_setting(f" {each.name.upper()} ") is each


def test_a_setting_has_its_default_until_it_is_set(d: Desk) -> None:
    before = get(d, "schedulEadvance")
    assert (before.name, before.value, before.version, before.last_changed_by) == (
        "ScheduleAdvance", "1.00:00", None, None,
    )  # fmt: skip
    assert d.read(lambda c: stored_settings.span(c, "ScheduleAdvance")) == timedelta(days=1)
    d.write(lambda c: happenings.forget(c, [each.id for each in happenings.take(c)]))
    after = put(d, "scheduleadvance", " 2.12:00 ")
    assert (after.value, after.default_value, after.last_changed_by) == ("2.12:00", "1.00:00", USER)
    assert after.last_change_utc is not None and after.version is not None
    assert d.read(lambda c: stored_settings.span(c, "ScheduleAdvance")) == timedelta(days=2, hours=12)
    assert [each.topic for each in d.read(happenings.take)] == ["setting:ScheduleAdvance"]
    again = change(d, name="ScheduleAdvance", value=None)
    assert again.value == "1.00:00"


def test_what_is_set_counts_at_once(d: Desk) -> None:
    assert d.read(date_settings).work_week.saturday is False
    put(d, "Work_SAT", "TRUE")
    assert get(d, "Work_SAT").value == "True"
    assert d.read(date_settings).work_week.saturday is True


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("KeepCompleted", "soon"),
        ("KeepCompleted", "-1"),
        ("KeepCompleted", ""),
        ("KeepCompleted", "9999.00:00"),
        ("ScheduleInterval", "00:00"),
        ("ScheduleAdvance", "00:00:59"),
        ("ScheduleMaxDowntime", "1.5"),
        ("ScheduleMaxDowntime", "-1"),
        ("ScheduleMaxDowntime", "٣"),
        ("ScheduleMaxDowntime", "1_0"),
        ("ScheduleMaxDowntime", "9" * 30),
        ("ScheduleMaxDownAction", "explode"),
        ("Work_MON", "yes"),
        ("Work_MON", ""),
        ("TimeZone", "Mars/Base"),
        ("DateOrder", "YearFirst"),
        ("ContactName", "a\0b"),
    ],
)
def test_what_cannot_be_read_is_refused(d: Desk, name: str, value: str) -> None:
    before = get(d, name)
    with pytest.raises(InvalidArgument) as raised:
        put(d, name, value)
    assert name in raised.value.message and raised.value.member == "value"
    assert get(d, name) == before


def test_words_are_brought_to_their_usual_form(d: Desk) -> None:
    for name, given, value in (
        ("ScheduleMaxDownAction", " RESET", "reset"),
        ("TimeZone", " Europe/Berlin ", "Europe/Berlin"),
        ("TimeZone", " ", ""),
        ("ScheduleMaxDowntime", " +7", "+7"),
        ("ContactName", " Ada ", " Ada "),
        ("KeepCompleted", "0.00:00:05", "00:00:05"),
    ):
        assert put(d, name, given).value == value


def test_what_is_not_obeyed_keeps_its_default(d: Desk) -> None:
    for name, value in (("AgentXCommand", "x"), ("TempLocation", "/tmp"), ("TimeStampLogFormat", "{0}")):
        before = get(d, name)
        assert before.unsupported
        with pytest.raises(NotSupported, match=name):
            put(d, name, value)
        assert get(d, name) == before
        assert put(d, name, before.default_value).value == before.default_value


def test_what_the_server_sets_is_shown_and_not_set(d: Desk) -> None:
    assert get(d, "DBVERSION").value == schema.known_versions()[-1]
    until = datetime(2027, 1, 2, 3, 4, tzinfo=UTC)
    d.write(lambda c: schedule_triggers.set_clock(c, planned_until=until))
    assert get(d, "ScheduledUntil").value == until.isoformat()
    for name, value in (("ScheduledUntil", "2030-01-01T00:00:00Z"), ("DBVERSION", "9999")):
        assert get(d, name).read_only
        with pytest.raises(Conflict):
            put(d, name, value)
    assert change(d, name="DBVERSION", value=get(d, "DBVERSION").value).read_only, "as it was got"


def test_users_add_settings_of_their_own(d: Desk) -> None:
    made = create(d, data_type=SettingType.DATE, value="2026-12-31", description="When.")
    assert made == get(d, " OURS ")
    assert (made.own, made.value, made.description, made.default_value) == (True, "2026-12-31", "When.", "")
    assert change(d, name="ours", description="Why.").value == "2026-12-31"
    assert change(d, name="Ours", value=None).value is None
    with pytest.raises(InvalidArgument):
        put(d, "Ours", "2026-02-30")
    with pytest.raises(InvalidArgument, match="type"):
        change(d, name="Ours", data_type=SettingType.TEXT)
    assert d.write(lambda c: stored_settings.delete(c, "OURS")) == "Ours"
    with pytest.raises(SettingNotFound):
        get(d, "Ours")


def test_what_users_cannot_add_changes_nothing(d: Desk) -> None:
    create(d)
    count = len(d.read(stored_settings.all_settings))
    wrong: list[tuple[dict[str, Any], type[JAMSError]]] = [
        ({"name": "ours"}, AlreadyExists),
        ({"name": "TIMEZONE"}, AlreadyExists),
        ({"name": "a/b"}, InvalidName),
        ({"name": "New", "data_type": SettingType.CHOICE, "value": "x"}, InvalidArgument),
        ({"name": "New", "data_type": SettingType.INTEGER, "value": "x"}, InvalidArgument),
    ]
    for members, error in wrong:
        with pytest.raises(error):
            create(d, **members)
    assert len(d.read(stored_settings.all_settings)) == count
    for name in ("KeepCompleted", "ScheduleAdvance"):
        with pytest.raises(Conflict):
            d.write(lambda c, name=name: stored_settings.delete(c, name))


def test_the_description_of_the_servers_own_stays(d: Desk) -> None:
    before = get(d, "KeepCompleted")
    assert change(d, name="KeepCompleted", description="x").description == before.description


def test_nobody_overwrites_what_he_has_not_seen(d: Desk) -> None:
    before = put(d, "KeepCompleted", "2.00:00")
    put(d, "KeepCompleted", "3.00:00")
    with pytest.raises(VersionConflict):
        d.write(lambda c: stored_settings.change(c, stated(before), user=USER))
    with pytest.raises(PreconditionFailed):
        change(d, Precondition(versions=frozenset({1})), name="ScheduleAdvance", value="2.00:00")
    create(d)
    with pytest.raises(VersionConflict):
        d.write(lambda c: stored_settings.delete(c, "Ours", Precondition(versions=frozenset({1}))))
    assert get(d, "KeepCompleted").value == "3.00:00" and get(d, "ScheduleAdvance").version is None


def test_which_setting_is_meant_must_be_said(d: Desk) -> None:
    with pytest.raises(MissingArgument):
        change(d, value="1")
    with pytest.raises(SettingNotFound, match="Did you mean KeepCompleted"):
        put(d, "KeepComplete", "1.00:00")
    renaming = patch_of(Setting)(name="Other", value="2.00:00")
    with pytest.raises(InvalidArgument, match="renamed"):
        d.write(lambda c: stored_settings.change(c, renaming, name="KeepCompleted", user=USER))


def test_all_are_listed_by_name(d: Desk) -> None:
    create(d, "another")
    found = d.read(stored_settings.all_settings)
    names = [each.name for each in found]
    assert names == sorted(names, key=str.lower)
    assert {each.name for each in SETTINGS} | {"another"} == set(names)
    assert [each.name for each in found if each.own] == ["another"]


def test_what_somebody_wrote_into_the_database_is_shown_and_replaced(d: Desk) -> None:
    def work(c: Any) -> None:
        definition_stamps.changed(c)
        c.execute(update(tables.setting).where(tables.setting.c.name == "KeepCompleted").values(value="soon"))

    d.write(work)
    shown = get(d, "KeepCompleted")
    assert shown.value == "soon" and "span of time" in (shown.damage or "")
    with pytest.raises(ConfigurationInvalid):
        d.read(lambda c: stored_settings.span(c, "KeepCompleted"))
    assert put(d, "KeepCompleted", "1.00:00").damage is None
    with pytest.raises(ConfigurationInvalid):
        d.read(lambda c: stored_settings.text(c, "Nothing"))
