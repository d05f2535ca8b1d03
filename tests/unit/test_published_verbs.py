"""Every published verb for setups, triggers, menus, methods and elements is an operation, at every door."""

from __future__ import annotations

import re
from typing import NamedTuple

import pytest

from jams.operations import CATALOGUE
from jams.operations.catalogue import Operation


class Verb(NamedTuple):
    """A line of the published list: verb, address below ``/api``, and the parameters in its query."""

    verb: str
    path: str
    query: tuple[str, ...] = ()


PUBLISHED = [
    # Setups, of version 6.
    Verb("GET", "/setup"),
    Verb("GET", "/setup", ("name",)),
    # Triggers: of jobs and of folders.
    Verb("PUT", "/job/7/triggers/reset", ("triggerName",)),
    Verb("PUT", "/folder/7/triggers/reset", ("triggerName",)),
    # Menus, and the menu from which people submit.
    Verb("GET", "/menu"),
    Verb("GET", "/menu/7"),
    Verb("POST", "/menu"),
    Verb("PUT", "/menu"),
    Verb("DELETE", "/menu/7"),
    Verb("DELETE", "/menu", ("name",)),
    Verb("GET", "/menu/7/permissions/Change"),
    Verb("GET", "/SubmitMenu"),
    Verb("GET", "/SubmitMenu/Folder/7"),
    Verb("GET", "/SubmitMenu/Folder", ("name",)),
    # Methods.
    Verb("GET", "/method"),
    Verb("GET", "/method/7"),
    Verb("POST", "/method"),
    Verb("PUT", "/method"),
    Verb("DELETE", "/method/7"),
    Verb("DELETE", "/method", ("name",)),
    Verb("GET", "/method/7/references"),
    Verb("GET", "/method/7/permissions/Change"),
    Verb("GET", "/method/access/Change", ("methodId", "methodName")),
    # Forms of elements, and what may be said of them.
    Verb("GET", "/element/Task"),
    Verb("GET", "/element/properties/FileTrigger"),
    Verb("GET", "/element/ofKind/Trigger"),
    Verb("GET", "/propertydefinition/Element"),
    Verb("GET", "/propertydefinition/FolderOrJob"),
]

OWN = [
    # What triggers and setups are here beside that: documents of their own.
    Verb("GET", "/trigger"),
    Verb("GET", "/trigger/7"),
    Verb("GET", "/trigger/folder/7"),
    Verb("POST", "/trigger"),
    Verb("PUT", "/trigger"),
    Verb("DELETE", "/trigger/7"),
    Verb("PUT", "/trigger/7/reset"),
    Verb("GET", "/setup/7"),
    Verb("GET", "/setup/folder/7"),
    Verb("POST", "/setup"),
    Verb("PUT", "/setup"),
    Verb("DELETE", "/setup/7"),
]


def answering(wanted: Verb) -> list[Operation]:
    """The operations that answer it, with all the parameters that it may have."""
    found = []
    for operation in CATALOGUE:
        known = {item.wire for item in operation.inputs} | {
            name for names in operation.aliases.values() for name in names
        }
        for route in operation.routes:
            address = re.sub(r"\\\{\w+\\\}", "[^/]+", re.escape(route.path))
            if (
                route.verb == wanted.verb
                and re.fullmatch(address, wanted.path)
                and known.issuperset(wanted.query)
            ):
                found.append(operation)
                break
    return found


@pytest.mark.parametrize("wanted", [*PUBLISHED, *OWN], ids=lambda verb: f"{verb.verb} {verb.path}")
def test_a_published_verb_is_an_operation_at_every_door(wanted: Verb) -> None:
    found = answering(wanted)
    assert found, f"nothing answers {wanted}"
    for operation in found:
        assert operation.service and operation.cmdlet and operation.command, operation.name


def test_the_list_could_miss_something() -> None:
    assert not answering(Verb("GET", "/setup/7/nothing")) and not answering(Verb("PATCH", "/SubmitMenu"))
    assert not answering(Verb("GET", "/menu", ("setupName",)))
