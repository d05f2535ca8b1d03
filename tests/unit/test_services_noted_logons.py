"""What the server logs on with by itself stands in the audit trail, once an hour."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest
from sqlalchemy import select

from jams.database import tables
from jams.objects.errors import CredentialNotFound, DatabaseUnusable
from jams.security.credentials import Logon
from jams.services.noted_logons import AGAIN_AFTER, NotedLogons
from tests.support.schedule import Desk

SECRET = "hunter2 and more"


class Clock:
    now = 100.0

    def __call__(self) -> float:
        return self.now


def uses(d: Desk) -> list[tuple[str, str, str]]:
    a = tables.audit.c
    query = select(a.user_name, a.target, a.message).where(a.operation == "use_credential").order_by(a.id)
    return [tuple(row) for row in d.read(lambda c: c.execute(query).all())]


def test_a_use_is_told_once_an_hour_and_for_each_account(d: Desk) -> None:
    clock, accounts = Clock(), ["postman"]
    noted = NotedLogons(d.database, lambda c, name: Logon(accounts[0], SECRET), "The sending of mails", clock)

    def use(name: str) -> Logon:
        return d.read(lambda c: noted(c, name))

    assert use("Mail").password == SECRET
    clock.now += AGAIN_AFTER - 1
    use("MAIL")
    told = ("JAMS", "Mail", "The sending of mails uses the credential Mail, the account postman.")
    assert uses(d) == [told]
    accounts[0] = "other"
    use("Mail")
    clock.now += 1
    accounts[0] = "postman"
    use("Mail")
    assert [use[2].rpartition(" ")[2] for use in uses(d)] == ["postman.", "other.", "postman."]
    assert SECRET not in repr(uses(d))


def test_what_cannot_be_opened_is_no_use(d: Desk) -> None:
    def opened(c: object, name: str) -> Logon:
        raise CredentialNotFound(f"There is no credential {name}.")

    noted = NotedLogons(d.database, opened, "The sending of mails")
    with pytest.raises(CredentialNotFound):
        d.read(lambda c: noted(c, "Mail"))
    assert uses(d) == []


def test_a_trail_that_cannot_be_written_keeps_nobody_from_it(
    d: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    noted = NotedLogons(d.database, lambda c, name: Logon("postman", SECRET), "The sending of mails")

    def refuse(work: object) -> None:
        raise DatabaseUnusable("It is away.")

    with d.database.read() as c, monkeypatch.context() as patch, caplog.at_level(logging.WARNING):
        patch.setattr(d.database, "write", refuse)
        assert noted(c, "Mail").user_name == "postman"
    assert "It is away." in caplog.text and SECRET not in caplog.text
