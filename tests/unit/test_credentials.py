"""Stored credentials: whose they are, who may use them, what of them is told, and to whom."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from jams.database import credentials as rows
from jams.objects.alerts import Alert
from jams.objects.credentials import Credential, KeyType
from jams.objects.definitions import Folder, Job
from jams.objects.enums import ObjectType
from jams.objects.errors import (
    AccessDenied,
    CredentialNotFound,
    InUse,
    InvalidArgument,
    JAMSError,
    NotSupported,
)
from jams.objects.parts import ACE, ACL, PropertyValue
from jams.objects.patch import patch_of
from jams.objects.schedule import SubmitInfo
from jams.objects.settings import Setting
from jams.security import keypairs
from jams.security.access import ALL_RIGHTS
from jams.security.rights import (
    AlertDefinitions,
    CredentialDefinitions,
    FolderDefinitions,
    JobDefinitions,
    Monitor,
    ServerAccess,
)
from tests.support.town import Town, town

pytestmark = pytest.mark.unit

SECRET = "marker-of-a-secret"
DEVELOPER = (
    *JobDefinitions,
    *FolderDefinitions,
    *Monitor,
    *CredentialDefinitions,
    *AlertDefinitions,
    ServerAccess.EXECUTE,
)


@pytest.fixture
def t(tmp_path: Path) -> Iterator[Town]:
    with town(tmp_path) as made:
        made.admit("boss", ALL_RIGHTS)
        made.admit("dev", DEVELOPER)
        made.admit("other", DEVELOPER)
        yield made


def given(*lines: tuple[str, list[str]]) -> ACL:
    return ACL(generic_acl=[ACE(identifier=who, access_list=rights) for who, rights in lines])


def make(t: Town, caller: str = "dev", **members: Any) -> None:
    said = {"credential_name": "c", "logon_user_name": "loader", "password": SECRET, **members}
    t.call("create_credential", caller, credential=Credential(**said))


def change(t: Town, caller: str, **members: Any) -> None:
    t.call("change_credential", caller, name="c", credential=patch_of(Credential)(**members))


def show(t: Town, caller: str = "dev") -> Credential:
    found: Credential = t.call("get_credential", caller, name="c")
    return found


def opened(t: Town, name: str = "c") -> Any:
    return t.desk.read(lambda c: t.services.credentials.logon(c, name))


def opens(t: Town, name: str = "c") -> tuple[str, str]:
    """The password, and the fingerprint of the private key."""
    found = opened(t, name)
    return found.password, keypairs.imported(found.private_key).fingerprint


def job(name: str, member: str = "ConnectionCredential", method: str = "HTTP") -> Job:
    uses = [PropertyValue(property_name=member, current_value="c")]
    return Job(job_name=name, method_name=method, source="GET https://h.example/", properties=uses)


def test_its_secrets_are_told_nobody(t: Town) -> None:
    keys = keypairs.generated(KeyType.ED25519)
    make(t, key_file_content=keys.private)
    shown = [show(t), t.call("list_credentials", "boss"), t.call("find_revisions", "boss")]
    shown += [
        t.call("get_revision", "boss", object_type=ObjectType.CREDENTIAL, name="c", version=show(t).version)
    ]
    told = repr(shown)
    assert SECRET not in told and "PRIVATE" not in told and keys.fingerprint in told
    assert show(t).public_key == f"{keys.public} c" and show(t).password_changed_utc is not None
    assert opens(t) == (SECRET, keys.fingerprint)
    lines = t.desk.read(lambda c: c.exec_driver_sql("SELECT * FROM credential").all())
    assert SECRET not in repr(lines) and "PRIVATE KEY" not in repr(lines)


def test_what_a_change_leaves_out_stays_and_an_empty_text_takes_away(t: Town) -> None:
    keys = keypairs.generated(KeyType.ED25519)
    make(t, key_file_content=keys.private)
    change(t, "dev", description="d", password=None, key_file_content=None)
    assert opens(t) == (SECRET, keys.fingerprint)
    change(t, "dev", password="")
    assert opens(t) == ("", keys.fingerprint)
    assert show(t).password_changed_utc is None
    change(t, "dev", key_file_content="")
    assert opened(t).private_key is None and show(t).fingerprint is None and show(t).key_length == 0


def test_the_secrets_go_with_it_when_it_gets_another_name(t: Town) -> None:
    keys = keypairs.generated(KeyType.ED25519)
    make(t, key_file_content=keys.private)
    change(t, "dev", credential_name="Else")
    assert opens(t, "else") == (SECRET, keys.fingerprint)
    with pytest.raises(CredentialNotFound):
        opened(t)


def test_new_keys_take_the_place_of_the_old_ones_and_only_the_public_one_is_shown(t: Town) -> None:
    make(t)
    first = t.call("generate_credential_keys", "dev", name="c", key_type=KeyType.ECDSA, key_length=384)
    second = t.call("generate_credential_keys", "dev", name="c", key_type=KeyType.ED25519)
    assert first.fingerprint != second.fingerprint == show(t).fingerprint
    assert (first.key_length, second.key_type, second.password) == (384, KeyType.ED25519, None)
    assert keypairs.imported(opened(t).private_key).fingerprint == second.fingerprint
    assert opened(t).password == SECRET


def test_keys_are_made_only_where_they_are_taken(t: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    """The longest take a processor for many seconds, which nobody shall cost the server for nothing."""
    make(t)

    def made(*_: Any) -> Any:
        raise AssertionError("keys were made")

    monkeypatch.setattr(keypairs, "generated", made)
    with pytest.raises(CredentialNotFound):
        t.call("generate_credential_keys", "dev", name="none", key_type=KeyType.RSA, key_length=8192)
    with pytest.raises(AccessDenied):
        t.call("generate_credential_keys", "other", name="c", key_type=KeyType.RSA, key_length=8192)
    with pytest.raises(InvalidArgument):
        t.call("generate_credential_keys", "dev", name="c", key_type=KeyType.RSA, key_length=256)


def test_one_without_a_list_is_its_owners(t: Town) -> None:
    make(t)
    assert show(t, "other").owner == "dev"
    folder = Folder(folder_name="F", properties=job("j").properties)
    for refused in (
        lambda: change(t, "other", description="mine"),
        lambda: t.call("generate_credential_keys", "other", name="c", key_type=KeyType.ED25519),
        lambda: t.call("delete_credential", "other", name="c"),
        lambda: t.call("create_job", "other", job=job("j")),
        lambda: t.call("create_folder", "other", folder=folder),
    ):
        with pytest.raises(AccessDenied, match="dev owns it"):
            refused()
    t.call("create_job", "dev", job=job("j"))
    change(t, "boss", description="looked after")
    assert show(t).owner == "dev" and show(t).description == "looked after"


def test_its_own_list_decides_who_may_use_it(t: Town) -> None:
    make(t, "boss", acl=given(("boss", ["Inquire"]), ("dev", ["Inquire", "Submit"])))
    t.call("create_job", "dev", job=job("j"))
    with pytest.raises(AccessDenied, match="its access list does not give that"):
        change(t, "dev", description="d")
    with pytest.raises(CredentialNotFound):
        show(t, "other")
    with pytest.raises(CredentialNotFound):
        t.call("create_job", "other", job=job("k"))
    assert t.call("list_credentials", "other") == []
    number = t.call("submit_job", "other", name="j").jams_entry
    assert number, "who may submit a job need not have a right on what it logs on by"
    with pytest.raises(JAMSError):
        uses = [PropertyValue(property_name="ConnectionCredential", current_value="c")]
        t.call("submit", "other", submit_info=SubmitInfo(name="j", properties=uses))


def test_a_password_is_got_by_a_line_alone_and_the_trail_says_so(t: Town) -> None:
    make(t)
    with pytest.raises(AccessDenied, match="GetPassword"):
        t.call("get_credential_password", "dev", name="c")
    change(t, "boss", acl=given(("dev", ["Inquire", "GetPassword"]), ("*", ["Inquire", "Submit"])))
    with pytest.raises(AccessDenied, match="GetPassword"):
        t.call("get_credential_password", "other", name="c")
    assert t.call("get_credential_password", "dev", name="c").password == SECRET
    trail = t.call("get_audit_trail", "boss")
    told = [
        each.message for each in trail if each.operation == "get_credential_password" and not each.refusal
    ]
    assert told == ["dev got the password of c."]
    assert SECRET not in repr(trail)


def test_a_password_that_is_none_is_not_got(t: Town) -> None:
    make(t, "boss", password=None, acl=given(("boss", ["Inquire", "GetPassword"])))
    with pytest.raises(InvalidArgument, match="has no password"):
        t.call("get_credential_password", "boss", name="c")


def test_only_who_administers_accounts_names_one_of_this_machine(t: Town) -> None:
    make(t, logon_user_name="daemon")
    assert not show(t).local_account
    with pytest.raises(NotSupported, match="no password is asked for"):
        t.call("create_job", "dev", job=job("j", "ExecuteAs", "Command"))
    change(t, "boss", logon_user_name="nobody")
    assert show(t).local_account
    t.call("create_job", "dev", job=job("j", "ExecuteAs", "Command"))
    number = t.call("submit_job", "dev", name="j").jams_entry
    assert t.executing(number) and t.runner.requests[-1].execute_as == "nobody"


def test_a_run_does_not_take_an_account_that_was_changed_under_it(t: Town) -> None:
    make(t)
    change(t, "boss", logon_user_name="nobody")
    t.call("create_job", "dev", job=job("j", "ExecuteAs", "Command"))
    change(t, "dev", logon_user_name="daemon")
    number = t.call("submit_job", "boss", name="j").jams_entry
    t.over(number)
    assert "no password is asked for" in repr(t.call("get_entry", "boss", id=number))
    assert all(each.execute_as is None for each in t.runner.requests)


def test_the_trail_tells_who_used_it_when_and_for_what(t: Town) -> None:
    make(t)
    t.call("create_job", "dev", job=job("j"))
    number = t.call("submit_job", "other", name="j").jams_entry
    assert t.executing(number)
    trail = t.call("get_audit_trail", "boss", object_type="Credential")
    (use,) = [each for each in trail if each.operation == "use_credential"]
    run = f"Run {t.call('get_entry', 'boss', id=number).ron} of entry {number} (\\j)"
    assert (use.user_name, use.target, use.door) == ("other", "c", "Scheduler")
    assert use.message == f"{run} uses the credential c, the account loader."
    assert SECRET not in repr(trail)


def test_what_uses_it_holds_it(t: Town) -> None:
    make(t)
    t.call("create_alert", "dev", alert=Alert(alert_name="a", credential_name="c"))
    t.call("change_setting", "boss", name="SMTPCredential", setting=patch_of(Setting)(value="C"))
    found = t.call("list_credential_references", "boss", name="c")
    assert [(each.type, each.referring_name) for each in found] == [
        ("Alert", "a"),
        ("Setting", "SMTPCredential"),
    ]
    with pytest.raises(InUse, match="alert a"):
        t.call("delete_credential", "dev", name="c")
    t.call("delete_alert", "dev", name="a")
    with pytest.raises(InUse, match="setting SMTPCredential"):
        t.call("delete_credential", "dev", name="c")
    t.call("change_setting", "boss", name="SMTPCredential", setting=patch_of(Setting)(value=""))
    t.call("delete_credential", "dev", name="c")
    assert t.desk.read(rows.all_credentials) == []


@pytest.mark.parametrize(
    ("members", "member"),
    [
        ({"password": "a\nb"}, "password"),
        ({"password": "x" * 1025}, "password"),
        ({"logon_user_name": "a\tb"}, "logonUserName"),
        ({"key_file_content": "none"}, "keyFileContent"),
        ({"key_file_password": "x"}, "keyFilePassword"),
    ],
)
def test_what_cannot_be_a_credential_is_refused_and_changes_nothing(
    t: Town, members: dict[str, Any], member: str
) -> None:
    with pytest.raises(InvalidArgument) as raised:
        make(t, **members)
    assert raised.value.member == member and t.call("list_credentials", "boss") == []
