"""As whom work runs: who may say it in a definition or a submission, what it comes to, what is refused."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from jams.database import batch_group, credentials, entries
from jams.objects.definitions import Folder, Job
from jams.objects.enums import InheritedFromType
from jams.objects.errors import AccessDenied, CredentialNotFound, NotSupported
from jams.objects.parts import PropertyValue
from jams.objects.patch import patch_of
from jams.objects.schedule import SubmitInfo
from jams.objects.settings import Setting
from jams.objects.setups import Setup, SetupJob
from jams.objects.system_groups import groups_of
from jams.security.access import ALL_RIGHTS
from jams.security.rights import AccessControl, Configuration, FolderDefinitions, JobDefinitions, Monitor
from tests.support.eventually import eventually
from tests.support.schedule import ended
from tests.support.town import Town, town

pytestmark = pytest.mark.unit

DEVELOPER = (*JobDefinitions, *FolderDefinitions, *Monitor)


def own(name: str, value: Any) -> PropertyValue:
    return PropertyValue(property_name=name, current_value=value)


AS_SVC = [own("ExecuteAs", "svc")]


@pytest.fixture
def t(tmp_path: Path) -> Iterator[Town]:
    with town(tmp_path) as made:
        made.admit("boss", ALL_RIGHTS)
        made.admit("developer", DEVELOPER)
        made.admit("owner", DEVELOPER)
        made.desk.write(lambda c: credentials.put(c, "svc", user_name="daemon", secret="s", by="owner"))
        made.desk.job("\\plain")
        yield made


def asked(t: Town, number: int) -> str | None:
    """The account that the run of an entry was to take."""
    t.executing(number)
    found: str | None = t.runner.requests[-1].execute_as
    return found


def submitted(t: Town, caller: str = "boss", **members: Any) -> int:
    number: int = t.call("submit", caller, submit_info=SubmitInfo(**members)).jams_entry
    return number


@pytest.mark.parametrize("caller", ["boss", "owner"])
def test_a_run_takes_the_account_of_the_jobs_credential(t: Town, caller: str) -> None:
    t.call("create_job", caller, job=Job(job_name="j", properties=AS_SVC))
    number = submitted(t, "developer", name="j")
    assert asked(t, number) == "daemon"
    assert t.call("get_entry", "boss", id=number).execute_as == "svc"
    t.scheduler.run_ended(ended(t.executing(number)))
    t.over(number)
    assert t.call("find_history", "boss", name="j")[0].execute_as == "svc"


def test_it_comes_down_from_the_folder_and_shows_its_origin(t: Town) -> None:
    t.call("create_folder", "owner", folder=Folder(folder_name="F", properties=AS_SVC))
    t.call("create_job", "owner", job=Job(job_name="j", parent_folder_name="\\F"))
    shown = t.call("get_job", "boss", name="\\F\\j")
    found = next(each for each in shown.properties if each.property_name == "ExecuteAs")
    assert found.inherited_from_type is InheritedFromType.FOLDER and found.inherited_from_name == "\\F"
    assert asked(t, submitted(t, name="\\F\\j")) == "daemon"


def test_a_submission_names_another(t: Town) -> None:
    assert asked(t, submitted(t, "owner", name="plain", properties=AS_SVC)) == "daemon"
    number = t.call("submit_job", "owner", name="plain", user_name="svc").jams_entry
    assert asked(t, number) == "daemon"
    assert asked(t, submitted(t, name="plain")) is None


def test_a_member_takes_what_its_setup_says_of_it(t: Town) -> None:
    setup = Setup(setup_name="s", jobs=[SetupJob(job_name="\\plain", credential_name="svc")])
    with pytest.raises(AccessDenied):
        t.call("create_setup", "developer", setup=setup)
    t.call("create_setup", "owner", setup=setup)
    assert t.call("get_setup", "boss", name="\\s").jobs[0].credential_name == "svc"
    submitted(t, name="\\s")
    assert _member(t) == "daemon"


def test_a_member_without_an_account_takes_that_of_its_setup(t: Town) -> None:
    setup = Setup(setup_name="s", jobs=[SetupJob(job_name="\\plain")], properties=AS_SVC)
    t.call("create_setup", "owner", setup=setup)
    submitted(t, name="\\s")
    assert _member(t) == "daemon"


def _member(t: Town) -> str | None:
    eventually(lambda: bool(t.runner.requests))
    found: str | None = t.runner.requests[-1].execute_as
    return found


@pytest.mark.parametrize(
    ("operation", "document"),
    [
        ("create_job", {"job": Job(job_name="j", properties=AS_SVC)}),
        ("change_job", {"job": Job(job_name="plain", properties=AS_SVC)}),
        ("create_folder", {"folder": Folder(folder_name="F", properties=AS_SVC)}),
        ("change_folder", {"folder": Folder(folder_name="\\", folder_id=1, properties=AS_SVC)}),
        ("create_setup", {"setup": Setup(setup_name="s", properties=AS_SVC)}),
        ("submit", {"submit_info": SubmitInfo(name="plain", properties=AS_SVC)}),
        ("submit_job", {"name": "plain", "user_name": "svc"}),
    ],
)
def test_who_lacks_the_right_to_a_credential_lets_nothing_run_so(
    t: Town, operation: str, document: dict[str, Any]
) -> None:
    with pytest.raises(AccessDenied) as refused:
        t.call(operation, "developer", **document)
    assert (refused.value.target, refused.value.member) == ("svc", "ExecuteAs")
    assert "right Submit" in refused.value.message
    assert t.call("find_entries", "boss") == []
    t.admit("developer", (*DEVELOPER, AccessControl.CHANGE))
    t.call(operation, "developer", **document)


def test_nobody_puts_his_source_under_an_account_of_others(t: Town) -> None:
    """Neither by changing a job that has it, nor by making or moving one where it comes down."""
    t.call("create_folder", "owner", folder=Folder(folder_name="F", properties=AS_SVC))
    t.call("create_job", "owner", job=Job(job_name="j", properties=AS_SVC, source="true"))
    t.call("create_job", "developer", job=Job(job_name="mine", source="cat secret"))
    for operation, document in (
        ("change_job", {"name": "\\j", "job": {"source": "cat secret"}}),
        ("create_job", {"job": Job(job_name="mine", parent_folder_name="\\F", source="cat secret")}),
        ("change_job", {"name": "\\mine", "job": {"parentFolderName": "\\F"}}),
    ):
        with pytest.raises(AccessDenied):
            t.call(operation, "developer", **document)
    assert t.call("get_job", "boss", name="\\j").source == "true"
    t.call("change_job", "developer", name="\\mine", job={"description": "mine"})


def refusing(t: Town) -> Town:
    services = replace(t.services, account_refusal=lambda name: f"There is no account {name} here.")
    return replace(t, dispatcher=type(t.dispatcher)(services), services=services)


@pytest.mark.parametrize(
    ("operation", "document"),
    [
        ("create_job", {"job": Job(job_name="j", properties=AS_SVC)}),
        ("create_folder", {"folder": Folder(folder_name="F", properties=AS_SVC)}),
        ("submit", {"submit_info": SubmitInfo(name="plain", properties=AS_SVC)}),
    ],
)
def test_what_cannot_be_obeyed_here_is_refused_and_changes_nothing(
    t: Town, operation: str, document: dict[str, Any]
) -> None:
    with pytest.raises(NotSupported, match=r"ExecuteAs svc cannot be obeyed\. There is no account"):
        refusing(t).call(operation, "boss", **document)
    assert [each.job_name for each in t.call("find_jobs", "boss")] == ["plain"]
    assert t.call("find_entries", "boss") == []


def test_a_job_that_stood_can_be_changed_although_its_account_is_gone(t: Town) -> None:
    t.call("create_job", "boss", job=Job(job_name="j", properties=AS_SVC))
    refusing(t).call("change_job", "boss", name="\\j", job={"description": "x"})
    assert t.call("get_job", "boss", name="\\j").description == "x"


def test_a_credential_that_is_gone_starts_nothing(t: Town) -> None:
    number = submitted(t, name="plain", hold=True, properties=AS_SVC)
    t.desk.write(lambda c: credentials.delete(c, "svc"))
    t.call("release_entry", "boss", id=number)
    t.over(number)
    assert "no credential svc" in t.desk.read(lambda c: entries.get(c, number)).final_status
    with pytest.raises(CredentialNotFound):
        submitted(t, name="plain", properties=AS_SVC)


def _batch_group(t: Town, group: str, caller: str = "boss") -> None:
    t.call("change_setting", caller, name="BatchGroup", setting=patch_of(Setting)(value=group))


def test_only_members_of_the_batch_group_are_taken(t: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    members = {"daemon": ["daemon", "batch"]}
    monkeypatch.setattr(batch_group, "groups_of", lambda user: members.get(user, []))
    _batch_group(t, "batch")
    t.call("create_job", "owner", job=Job(job_name="j", properties=AS_SVC))
    assert asked(t, submitted(t, name="j")) == "daemon"
    held = submitted(t, name="j", hold=True)
    _batch_group(t, "others")
    with pytest.raises(NotSupported, match="daemon is not in the group others, which BatchGroup names"):
        t.call("create_job", "owner", job=Job(job_name="k", properties=AS_SVC))
    started = len(t.runner.requests)
    t.call("release_entry", "boss", id=held)
    t.over(held)
    entry = t.desk.entry(held)
    assert "cannot take the account" in (entry.final_status or "") and len(t.runner.requests) == started
    _batch_group(t, "")
    t.call("create_job", "owner", job=Job(job_name="k", properties=AS_SVC))
    assert asked(t, submitted(t, name="k")) == "daemon"


def test_a_batch_group_that_the_machine_does_not_have_is_told(t: Town) -> None:
    there = pytest.importorskip("grp").getgrgid(os.getgid()).gr_name
    for group, told in ((there, False), ("", False), ("never-made", True), ("a\nb", True)):
        patch = patch_of(Setting)(value=group)
        message = t.call("change_setting", "boss", name="BatchGroup", setting=patch)
        assert ("Note: The machine of the server has no group" in message) is told, group


def test_who_may_set_settings_alone_names_no_batch_group(t: Town) -> None:
    t.admit("clerk", [*Configuration])
    with pytest.raises(AccessDenied, match=r"AccessControl\.Change"):
        _batch_group(t, "batch", "clerk")
    assert t.call("get_setting", "boss", name="BatchGroup").value == ""


def test_groups_are_those_of_the_machine() -> None:
    pwd, grp = pytest.importorskip("pwd"), pytest.importorskip("grp")
    me = pwd.getpwuid(os.getuid())
    assert grp.getgrgid(me.pw_gid).gr_name in groups_of(me.pw_name)
    assert groups_of("nobody here is called so") == groups_of("a\0b") == []
