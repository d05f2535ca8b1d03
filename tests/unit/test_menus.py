"""Menus, and what the submit menu shows of them (semantics 2.13, web services 1.7)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import update

from jams.database import folders, menus, submit_menus, tables
from jams.database.sight import EVERYTHING, Sight
from jams.objects.errors import (
    AlreadyExists,
    FolderNotFound,
    InvalidArgument,
    InvalidName,
    MenuNotFound,
)
from jams.objects.menus import Menu, MenuDetail, SubmitMenuItem, SubmitMenuType
from jams.objects.patch import patch_of
from tests.support.containers import member, setup
from tests.support.engine import World, values, world

MENU, FOLDER, JOB, SETUP = SubmitMenuType


@pytest.fixture
def w(place: Path | str) -> Iterator[World]:
    with world(place) as made:
        made.folder("\\Sales")
        made.folder("\\Sales\\Old")
        made.folder("\\Ops")
        for name in ("\\Sales\\Load", "\\Sales\\Loot", "\\Sales\\Send", "\\Ops\\Tidy", "\\Alone"):
            made.job(name)
        made.job("\\Sales\\Off", properties=values(Enabled=False))
        setup(made, "\\Sales\\Lots", member("\\Sales\\Load", 10))
        yield made


def make(w: World, name: str, *lines: dict[str, Any]) -> Menu:
    menu = Menu(menu_name=name, menu_details=[MenuDetail(**line) for line in lines])
    return w.write(lambda c: menus.create(c, menu, user="bob"))


def shown(items: list[SubmitMenuItem]) -> list[tuple[SubmitMenuType, str]]:
    return [(each.menu_type, each.menu_name) for each in items]


def top(w: World, sight: Sight = EVERYTHING) -> list[tuple[SubmitMenuType, str]]:
    return shown(w.read(lambda c: submit_menus.top(c, sight)))


def within(
    w: World, kind: SubmitMenuType, name: str, sight: Sight = EVERYTHING
) -> list[tuple[SubmitMenuType, str]]:
    return shown(w.read(lambda c: submit_menus.within(c, kind, None, name, sight)))


def limited(w: World, *names: str) -> Sight:
    numbers = w.read(lambda c: [folders.find(c, name=name) for name in names])
    return Sight(within=frozenset(numbers))


def test_without_menus_folders_are_shown_and_what_can_be_submitted_in_them(w: World) -> None:
    assert top(w) == [(FOLDER, "\\Ops"), (FOLDER, "\\Sales"), (JOB, "\\Alone")]
    assert within(w, FOLDER, "\\Sales") == [
        (FOLDER, "\\Sales\\Old"),
        (JOB, "\\Sales\\Load"),
        (JOB, "\\Sales\\Loot"),
        (SETUP, "\\Sales\\Lots"),
        (JOB, "\\Sales\\Send"),
    ]


def test_each_line_of_a_menu_adds_what_matches_in_its_order_and_nothing_twice(w: World) -> None:
    make(
        w,
        "Daily",
        {"folder_name": "\\Sales", "include_jobs": True, "selection_criteria": "s*", "sequence": 2},
        {"folder_name": "\\Sales", "include_jobs": True, "selection_criteria": "Lo*t*", "sequence": 1},
        {"folder_name": "\\Sales", "include_jobs": True, "include_setups": False, "sequence": 3},
        {"folder_name": "\\", "include_folders": True, "selection_criteria": "O*", "sequence": 4},
    )
    assert within(w, MENU, "daily") == [
        (JOB, "\\Sales\\Loot"),
        (SETUP, "\\Sales\\Lots"),
        (JOB, "\\Sales\\Send"),
        (JOB, "\\Sales\\Load"),
        (FOLDER, "\\Ops"),
    ]


def test_setups_alone(w: World) -> None:
    make(w, "Setups", {"folder_name": "\\Sales", "include_setups": True})
    assert within(w, MENU, "Setups") == [(SETUP, "\\Sales\\Lots")]


def test_menus_that_another_one_shows_are_not_shown_first(w: World) -> None:
    make(w, "Main", {"include_menus": True, "selection_criteria": "Sub*"})
    make(w, "Sub 1", {"folder_name": "\\Ops", "include_jobs": True})
    make(w, "Sub 2", {"include_jobs": True})
    assert top(w) == [(MENU, "Main")]
    assert within(w, MENU, "Main") == [(MENU, "Sub 1"), (MENU, "Sub 2")]
    assert within(w, MENU, "Sub 2") == [(JOB, "\\Alone")]


def test_menus_that_show_each_other_are_all_shown(w: World) -> None:
    make(w, "A", {"include_menus": True})
    make(w, "B", {"include_menus": True})
    assert top(w) == [(MENU, "A"), (MENU, "B")]


def test_who_is_limited_to_folders_is_shown_nothing_else(w: World) -> None:
    sight = limited(w, "\\Sales\\Old", "\\Ops")
    assert top(w, sight) == [(FOLDER, "\\Ops"), (FOLDER, "\\Sales\\Old")]
    make(w, "All", {"include_jobs": True}, {"folder_name": "\\Ops", "include_jobs": True})
    make(w, "Folders", {"include_folders": True})
    assert within(w, MENU, "All", sight) == [(JOB, "\\Ops\\Tidy")]
    assert within(w, MENU, "Folders", sight) == [(FOLDER, "\\Ops")]
    assert within(w, FOLDER, "\\Sales", sight) == [(FOLDER, "\\Sales\\Old")]


def test_jobs_and_setups_hold_nothing(w: World) -> None:
    for kind in (JOB, SETUP):
        with pytest.raises(InvalidArgument):
            within(w, kind, "\\Alone")
    with pytest.raises(MenuNotFound):
        within(w, MENU, "None")
    with pytest.raises(FolderNotFound):
        within(w, FOLDER, "\\None")


def test_what_is_disabled_above_is_not_shown(w: World) -> None:
    w.folder("\\Shut", properties=values(Enabled=False))
    w.job("\\Shut\\j")
    assert within(w, FOLDER, "\\Shut") == []


@pytest.mark.parametrize(
    ("line", "error"),
    [
        ({"folder_name": "\\None", "include_jobs": True}, FolderNotFound),
        ({"folder_id": 999, "include_jobs": True}, FolderNotFound),
        ({"folder_name": "\\Sales"}, InvalidArgument),
    ],
)
def test_a_line_that_shows_nothing_is_refused(w: World, line: dict[str, Any], error: type[Exception]) -> None:
    with pytest.raises(error):
        make(w, "M", line)
    assert w.read(menus.all_menus) == []


def test_names_are_borne_once_and_can_be_changed(w: World) -> None:
    with pytest.raises(InvalidName):
        make(w, "a\\b")
    made = make(w, "M", {"include_jobs": True})
    with pytest.raises(AlreadyExists):
        make(w, "m")
    change = patch_of(Menu)(menu_name="N", description="d")
    changed = w.write(lambda c: menus.change(c, change, id=made.menu_id, user="bob"))
    assert (changed.menu_name, changed.description) == ("N", "d")
    assert len(changed.menu_details) == 1 and changed.menu_details[0].folder_name == "\\"
    assert w.write(lambda c: menus.delete(c, made.menu_id or 0)) == "N"


def test_a_folder_that_is_gone_is_told_and_shows_nothing(w: World) -> None:
    made = make(w, "M", {"folder_name": "\\Sales\\Old", "include_jobs": True}, {"include_jobs": True})
    w.write(lambda c: folders.delete(c, folders.find(c, name="\\Sales\\Old")))
    again = w.read(lambda c: menus.get(c, made.menu_id or 0))
    assert again.menu_details[0].folder_name is None and "line 1" in again.not_obeyed[0]
    assert within(w, MENU, "M") == [(JOB, "\\Alone")]
    change = patch_of(Menu)(menu_details=again.menu_details)
    w.write(lambda c: menus.change(c, change, id=made.menu_id, user="bob"))


def test_a_menu_that_cannot_be_read_is_shown_empty(w: World) -> None:
    made = make(w, "M", {"include_jobs": True})
    w.write(lambda c: c.execute(update(tables.menu).values(document="{")))
    shown_then = w.read(lambda c: menus.get(c, made.menu_id or 0))
    assert shown_then.damage is not None and within(w, MENU, "M") == []
    assert top(w) == [(MENU, "M")]
