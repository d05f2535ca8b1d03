"""Whether the caller may do something to an object: what the access lists of the areas give him."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from jams.objects.enums import ObjectType
from jams.objects.errors import InvalidArgument, JobNotFound
from jams.security.rights import FolderDefinitions, JobDefinitions, Monitor, ServerAccess
from tests.support.rest_script import Script
from tests.support.town import Town, town


@pytest.fixture(scope="module")
def t(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    with town(tmp_path_factory.mktemp("permissions")) as made:
        made.admit("ann")
        some = {JobDefinitions.INQUIRE, JobDefinitions.CHANGE, Monitor.EXECUTE, FolderDefinitions.INQUIRE}
        made.admit("bob", {ServerAccess.EXECUTE, *some})
        made.desk.job("\\j")
        yield made


def may(t: Town, who: str, kind: ObjectType, id: int, access: str) -> bool:
    told: bool = t.call("check_permission", who, object_type=kind, id=id, access=access)
    return told


def test_it_is_what_the_areas_give(t: Town) -> None:
    for access in ("Inquire", "change", "SUBMIT", "Delete", "Abort", "Monitor", "Manage"):
        assert may(t, "ann", ObjectType.JOB, 1, access)
        assert may(t, "bob", ObjectType.JOB, 1, access) == (access in ("Inquire", "change", "SUBMIT"))
    for access in ("InquireJobs", "ChangeJobs", "Submit"):
        assert may(t, "bob", ObjectType.FOLDER, 1, access)
    for access in ("AddJobs", "DeleteJobs", "Change", "Control"):
        assert not may(t, "bob", ObjectType.FOLDER, 1, access)


def test_who_may_not_look_is_not_told_what_there_is(t: Town) -> None:
    for id in (1, 999):
        assert may(t, "bob", ObjectType.AGENT, id, "Change") is False
    with pytest.raises(JobNotFound):
        may(t, "bob", ObjectType.JOB, 999, "Inquire")


def test_what_nobody_can_do_is_refused(t: Town) -> None:
    with pytest.raises(InvalidArgument, match="Inquire"):
        may(t, "ann", ObjectType.JOB, 1, "Paint")


def test_it_stands_at_the_published_addresses(t: Town) -> None:
    script = Script(t, "bob")
    assert script.done("GET", "/job/1/permissions/Change") is True
    assert script.done("GET", "/Folder/1/Permissions/addjobs") is False
    assert script.ask("GET", "/cow/1/permissions/Change")[0] == 422
    assert script.ask("GET", "/job/1/nothing/Change")[0] == 404
