"""Whoever lacks Control gains no right and no secret by accounts, groups, tokens, credentials, variables."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import msgspec
import pytest

from jams.database import accounts as account_rows
from jams.objects.credentials import Credential
from jams.objects.definitions import Job, Variable
from jams.objects.enums import ObjectType
from jams.objects.errors import JAMSError
from jams.objects.patch import patch_of
from jams.operations import CATALOGUE
from jams.operations.arguments import checked_arguments
from jams.security.accounts import Accounts
from jams.security.caller import Credentials
from jams.security.one_time_codes import OneTimeCodes
from jams.security.rights import AreaRight
from jams.security.vault import Vault
from jams.server.dispatch import Dispatcher
from tests.support.town import Town, town

pytestmark = pytest.mark.unit

MARK = "Mark-77c3b1f0"
GROUPS = ("Administrators", "Developers", "Submitters")
LINE = {"identifier": "ann", "accessList": ["Change", "Control", "Inquire"]}
ACL = {
    "genericACL": [{**LINE, "accessList": ["Inquire", "Change", "Decrypt", "Submit", "GetPassword"]}, LINE]
}
OBJECTS = {
    ObjectType.VARIABLE: ("Inquire", "Change", "Control", "Delete", "Decrypt"),
    ObjectType.CREDENTIAL: ("Inquire", "Change", "Control", "Delete", "Submit", "GetPassword"),
}


@dataclass
class Court:
    """A town whose accounts are real ones: who they are, and what they may do, stands in the database."""

    town: Town
    accounts: Accounts
    dispatcher: Dispatcher
    known: dict[str, Credentials]
    said: list[str] = field(default_factory=list)

    def call(self, operation: str, who: str | Credentials, **inputs: Any) -> Any:
        found = CATALOGUE[operation]
        given = checked_arguments(found, found.gather(inputs)) if found.patches else found.gather(inputs)
        shown = who if isinstance(who, Credentials) else self.known[who]
        try:
            answer = self.dispatcher.call(found, given, credentials=shown)
        except JAMSError as error:
            if who != "boss":
                self.said.append(error.message)
            raise
        if who != "boss":
            self.said.append(msgspec.json.encode(answer).decode())
        return answer

    def may(self, who: str | Credentials) -> set[Any]:
        """All that somebody may do: rights in areas, groups, and what he may do to the objects of others."""
        shown = who if isinstance(who, Credentials) else self.known[who]
        caller = self.accounts.authenticate(shown, "test")
        found: set[Any] = {*caller.rights, *caller.groups, ("passes", caller.passes)}
        for kind, rights in OBJECTS.items():
            for right in rights:
                try:
                    if self.call("check_permission", who, object_type=kind, id=1, access=right):
                        found.add((kind, right))
                except JAMSError:
                    continue
        return found


@pytest.fixture
def court(tmp_path: Path) -> Iterator[Court]:
    with town(tmp_path) as t:
        accounts = Accounts(t.desk.database, codes=OneTimeCodes(Vault(tmp_path / "secret.key")))
        services = replace(t.services, accounts=accounts)
        for name, group in (("boss", "Administrators"), ("ann", "Developers"), ("eve", "Submitters")):
            t.desk.write(lambda c, name=name, group=group: account_rows.create(c, name, groups=[group]))
        known = {name: accounts.vouch(name) for name in ("boss", "ann", "eve")}
        made = Court(t, accounts, Dispatcher(services), known)
        secret = {"variableName": "Secret", "encryptionFlag": True, "newEncryptedValue": MARK}
        made.call("create_variable", "boss", variable=msgspec.convert(secret, Variable))
        account = {"credentialName": "Bank", "logonUserName": "svc", "password": MARK}
        made.call("create_credential", "boss", credential=msgspec.convert(account, Credential))
        yield made


def steps(c: Court, chance: random.Random) -> list[Callable[[], Any]]:
    """What ann may try; some of it she may do."""
    group, name = chance.choice(GROUPS), chance.choice(("ann", "boss", "eve", f"n{chance.randrange(3)}"))
    variable = {
        "variableName": f"v{chance.randrange(3)}",
        "value": "x",
        **({"acl": ACL} if chance.random() < 0.5 else {}),
    }
    hers = {
        "credentialName": f"c{chance.randrange(3)}",
        "logonUserName": chance.choice(("root", "ann")),
        "password": "x",
    }
    job = {
        "jobName": f"j{chance.randrange(3)}",
        "methodName": chance.choice(("Command", "HTTP")),
        "source": chance.choice(("env", "GET http://h/<<Token>>\n\n")),
        "parameters": chance.choice(([], [{"paramName": "Token", "variableName": "\\Secret"}])),
        "properties": chance.choice(([], [{"propertyName": "ExecuteAs", "currentValue": "Bank"}])),
    }
    changes = chance.choice(
        (
            {"acl": ACL},
            {"encryptionFlag": False},
            {"encryptionFlag": False, "value": "hers"},
            {"encryptionFlag": True, "newEncryptedValue": "hers"},
            {"variableName": "Moved"},
            {"description": "hers"},
        )
    )
    of_bank = chance.choice(({"acl": ACL}, {"logonUserName": "root"}, {"description": "hers"}))

    def tried(operation: str, **inputs: Any) -> Callable[[], Any]:
        return lambda: c.call(operation, "ann", **inputs)

    def patched(noun: str, document: Any, name: str, members: dict[str, Any]) -> Callable[[], Any]:
        patch = msgspec.convert(members, patch_of(document))
        return tried(f"change_{noun}", name=name, **{noun: patch})

    def token() -> None:
        rights = chance.choice(([], ["AccessControl.Change"], ["Monitor.SeeOwn"]))
        made = c.call("create_personal_token", "ann", token_name=f"t{chance.randrange(99)}", rights=rights)
        shown = Credentials(token=made.token)
        assert c.may(shown) <= c.may("ann")
        c.call("add_group_member", shown, name=group, account="ann")

    return [
        tried("create_account", account_name=name, groups=[group], new_password="a long enough one"),
        tried("change_account", name=name, groups=[group]),
        tried("set_account_password", name=name, new_password="a long enough one"),
        tried("enable_account", name=name),
        tried("delete_account", name=name, force=True),
        tried("create_group", group_name=f"g{chance.randrange(3)}", accounts=["ann"]),
        tried("change_group", name=group, accounts=["ann", "boss"]),
        tried("add_group_member", name=group, account="ann"),
        tried("remove_group_member", name=group, account="boss", force=True),
        token,
        tried("revoke_personal_token", id=chance.randrange(1, 4)),
        tried("create_variable", variable=msgspec.convert(variable, Variable)),
        patched("variable", Variable, "Secret", changes),
        tried("get_variable", name="Secret"),
        tried("set_variable_value", name="Secret", value="hers"),
        tried(
            "restore_revision", object_type=ObjectType.VARIABLE, name="\\Secret", version=chance.randrange(9)
        ),
        tried(
            "restore_revision", object_type=ObjectType.CREDENTIAL, name="Bank", version=chance.randrange(9)
        ),
        tried("export_xml", everything=True),
        tried("create_credential", credential=msgspec.convert(hers, Credential)),
        patched("credential", Credential, "Bank", of_bank),
        tried("get_credential_password", name=chance.choice(("Bank", hers["credentialName"]))),
        tried("generate_credential_keys", name="Bank", key_type="Ed25519"),
        tried("create_job", job=msgspec.convert({**job, "parentFolderName": "\\"}, Job)),
        tried("submit_job", name=f"\\{job['jobName']}"),
    ]


@pytest.mark.parametrize("seed", range(3))
def test_no_sequence_raises_ones_own_rights_or_gets_a_secret(court: Court, seed: int) -> None:
    before, of_eve = court.may("ann"), court.may("eve")
    assert any(isinstance(each, AreaRight) for each in before)
    assert {(kind, rights[-1]) for kind, rights in OBJECTS.items()} <= court.may("boss") - before
    chance, done = random.Random(seed), 0
    for _ in range(120):
        try:
            chance.choice(steps(court, chance))()
            done += 1
        except JAMSError:
            continue
    assert done  # some of it is allowed
    assert court.may("ann") <= before and court.may("eve") <= of_eve
    assert not any(MARK in each for each in court.said)
    runs = [msgspec.json.encode(each).decode() for each in court.town.runner.requests]
    assert not any(MARK in each for each in runs)
