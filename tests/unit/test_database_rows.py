"""Accounts, access lists, retry keys, audit, settings and agents: plain rows."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Connection, select, update

from jams.database import access, accounts, agents, audit, definition_stamps, retries, stored_settings, tables
from jams.database.access import AccessRule
from jams.objects.errors import (
    AgentNotFound,
    AlreadyExists,
    ConfigurationInvalid,
    IdempotencyConflict,
    InvalidArgument,
    InvalidName,
    NotFound,
)
from tests.support.schedule import Desk


def test_accounts(d: Desk) -> None:
    made = d.write(lambda c: accounts.create(c, "Ada", password_hash="h", groups=["developers", "Inquirers"]))
    assert (made.name, made.password_hash, made.groups) == ("Ada", "h", ("Developers", "Inquirers"))
    assert d.read(lambda c: accounts.find(c, "ADA")) == made
    assert d.read(lambda c: accounts.find(c, "bob")) is None
    d.write(lambda c: accounts.set_password(c, made.id, None))
    d.write(lambda c: accounts.set_groups(c, made.id, ["Administrators"]))
    d.write(lambda c: accounts.set_enabled(c, made.id, False))
    changed = d.read(accounts.all_accounts)[0]
    assert (changed.password_hash, changed.groups, changed.enabled) == (None, ("Administrators",), False)
    for name, error in (("ada", AlreadyExists), ("", InvalidName)):
        with pytest.raises(error):
            d.write(lambda c, name=name: accounts.create(c, name))
    with pytest.raises(NotFound):
        d.write(lambda c: accounts.create(c, "bob", groups=["None"]))
    assert len(d.read(accounts.all_accounts)) == 1


def test_tokens(d: Desk) -> None:
    now = datetime.now(UTC)
    ada = d.write(lambda c: accounts.create(c, "ada"))
    for digest, kind, expires in (
        ("a", "access", now),
        ("b", "refresh", now + timedelta(1)),
        ("c", "local", None),
    ):
        d.write(
            lambda c, v=(digest, kind, expires): accounts.add_token(
                c, ada.id, v[0], kind=v[1], expires=v[2], family="f"
            )
        )
    found = d.read(lambda c: accounts.find_token(c, "b"))
    assert found is not None
    assert (found.account, found.kind, found.expires) == (ada, "refresh", now + timedelta(1))
    assert d.read(lambda c: accounts.find_token(c, "x")) is None
    assert d.write(lambda c: accounts.prune_tokens(c, now)) == 1
    assert d.write(lambda c: accounts.end_logins(c, ada.id, ["access", "refresh"])) == 1
    assert d.read(lambda c: accounts.find_token(c, "c")) is not None


def test_deleting_an_account_takes_its_tokens(d: Desk) -> None:
    ada = d.write(lambda c: accounts.create(c, "ada", groups=["Inquirers"]))
    d.write(lambda c: accounts.add_token(c, ada.id, "a", kind="access", expires=None))
    d.write(lambda c: accounts.delete(c, ada.id))
    assert d.read(lambda c: accounts.find_token(c, "a")) is None
    assert d.write(lambda c: accounts.create(c, "ada")).id != ada.id


def test_access_lists(d: Desk) -> None:
    rules = [
        AccessRule(area="Monitor", identifier="ada", rights=("SeeOwn",)),
        AccessRule(area="Monitor", identifier="Developers", rights=()),
    ]
    before = [rule for rule in d.read(access.all_rules) if rule.area != "Monitor"]
    d.write(lambda c: access.replace(c, "Monitor", rules))
    assert [rule for rule in d.read(access.all_rules) if rule.area == "Monitor"] == rules
    assert [rule for rule in d.read(access.all_rules) if rule.area != "Monitor"] == before
    d.write(lambda c: access.replace(c, "Monitor", []))
    assert d.read(access.all_rules) == before


def test_retry_keys(d: Desk) -> None:
    def recall(account: str = "ada", key: str = "k", fingerprint: bytes = b"f") -> bytes | None:
        return d.write(lambda c: retries.recall(c, account, key, fingerprint))

    assert recall() is None
    d.write(lambda c: retries.remember(c, "ada", "k", b"f", b'{"x":"\xc3\xa9"}'))
    assert recall() == b'{"x":"\xc3\xa9"}'
    assert recall(account="bob") is None
    with pytest.raises(IdempotencyConflict):
        recall(fingerprint=b"other")
    for key in ("", "x" * 256):
        with pytest.raises(InvalidArgument):
            recall(key=key)
    d.write(lambda c: c.execute(update(tables.retry_key).values(time=datetime.now(UTC) - retries.LIFETIME)))
    assert recall(fingerprint=b"other") is None, "an old answer is forgotten"
    d.write(lambda c: retries.remember(c, "ada", "k", b"f", b"1"))
    assert d.write(lambda c: retries.prune(c, datetime.now(UTC))) == 0
    assert d.write(lambda c: retries.prune(c, datetime.now(UTC) + retries.LIFETIME)) == 1


def test_audit(d: Desk) -> None:
    d.write(
        lambda c: audit.record(
            c, user="ada", door="REST", operation="submit", target="x" * 9000, message=None
        )
    )
    row = d.read(lambda c: c.execute(select(tables.audit)).one())
    assert (row.user_name, row.door, row.operation, row.message) == ("ada", "REST", "submit", None)
    assert len(row.target) == 4096


def test_settings(d: Desk) -> None:
    def set_to(value: str) -> None:
        def work(c: Connection) -> None:
            definition_stamps.changed(c)
            c.execute(update(tables.setting).values(value=value))

        d.write(work)

    for text, span in (("1.02:03", timedelta(1, hours=2, minutes=3)), ("00:00:30", timedelta(seconds=30))):
        set_to(text)
        assert d.read(lambda c: stored_settings.span(c, "KeepCompleted")) == span
    set_to("soon")
    with pytest.raises(ConfigurationInvalid):
        d.read(lambda c: stored_settings.span(c, "KeepCompleted"))
    with pytest.raises(ConfigurationInvalid):
        d.read(lambda c: stored_settings.text(c, "None"))


def test_agents(d: Desk) -> None:
    (local,) = d.read(agents.find)
    assert (local.agent_id, local.agent_name, local.job_limit, local.job_count) == (1, "localhost", 999999, 0)
    assert d.read(lambda c: agents.get(c, name="LocalHost")) == d.read(lambda c: agents.get(c, id=1)) == local
    for how in ({"name": "none"}, {"id": 2}):
        with pytest.raises(AgentNotFound):
            d.read(lambda c, how=how: agents.get(c, **how))  # type: ignore[arg-type]
