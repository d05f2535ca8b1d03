"""Each record of the audit trail carries the hash of the one before: what was tampered with is found."""

from __future__ import annotations

import json
import threading
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import delete, func, insert, select, update

from jams.database import (
    accounts,
    audit,
    audit_chain,
    audit_checking,
    audit_purging,
    audit_writing,
    events,
    open_beside,
)
from jams.database.audit import Refusal
from jams.database.audit_chain import Head
from jams.database.tables import audit as trail
from jams.database.tables import audit_chain as chain
from jams.objects.errors import InvalidArgument, ServerUnavailable, WrongState
from jams.objects.session import AuditFault, AuditVerification
from jams.server.refusals import Refusals
from tests.support.schedule import Desk


def did(d: Desk, *what: str) -> None:
    for each in what:
        d.write(lambda c, each=each: audit.record(c, user="ada", door="rest", operation=each))  # type: ignore[misc]


def refused(d: Desk, *whom: str) -> None:
    found = [(Refusal(user=each, door="soap", code="AccessDenied"), 2) for each in whom]
    d.write(lambda c: audit.record_refusals(c, found))


def verified(d: Desk, *published: Head) -> AuditVerification:
    return d.read(lambda c: audit_checking.verify(c, published))


def found(d: Desk, *published: Head) -> list[tuple[str, AuditFault, int]]:
    return [(each.chain, each.kind, each.link) for each in verified(d, *published).findings]


def head(d: Desk) -> Head:
    return d.read(audit_chain.heads)[0]


def tamper(d: Desk, statement: Any) -> None:
    assert d.write(lambda c: c.execute(statement).rowcount) != 0


def test_a_trail_is_intact_as_long_as_nobody_touches_it(d: Desk) -> None:
    assert verified(d).intact
    did(d, "a", "b")
    refused(d, "eve", "mallory", "eve")
    did(d, "c")
    whole = verified(d, head(d))
    assert whole.intact and whole.records == 6
    assert [(each.chain, each.link) for each in whole.heads] == [("done", 3), ("refused", 3)]


def test_the_canonical_form_is_the_one_that_is_documented(d: Desk) -> None:
    did(d, 'ü "quoted" \\ \n tab\t')
    row = d.read(lambda c: c.execute(select(trail)).one())
    microseconds = (row.time - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(microseconds=1)
    form = ["done", 1, "0" * 64, microseconds, "ada", "rest", row.operation, None, None, None, None, 1]
    text = json.dumps(form, ensure_ascii=False, separators=(",", ":"))
    assert head(d).hash == sha256(text.encode()).hexdigest()


@pytest.mark.parametrize("column", ["user_name", "door", "operation", "target", "message", "origin", "times"])
def test_a_change_is_found(d: Desk, column: str) -> None:
    did(d, "a", "b", "c")
    tamper(d, update(trail).where(trail.c.link == 2).values({column: 7 if column == "times" else "x"}))
    assert found(d) == [("done", AuditFault.CHANGED, 2)]
    assert "Record 2 of the chain done was changed" in verified(d).message


def test_a_change_of_time_or_of_the_last_record_is_found(d: Desk) -> None:
    did(d, "a", "b")
    tamper(d, update(trail).where(trail.c.link == 2).values(time=old(d, 2) + timedelta(microseconds=1)))
    assert found(d) == [("done", AuditFault.CHANGED, 2)]


def old(d: Desk, link: int) -> Any:
    return d.read(lambda c: c.scalar(select(trail.c.time).where(trail.c.link == link)))


def test_a_deletion_is_found(d: Desk) -> None:
    did(d, "a", "b", "c", "d")
    tamper(d, delete(trail).where(trail.c.link.in_([2, 3])))
    assert found(d) == [("done", AuditFault.DELETED, 2)]


def test_a_deletion_that_closes_the_gap_is_found(d: Desk) -> None:
    did(d, "a", "b", "c")
    tamper(d, delete(trail).where(trail.c.link == 2))
    tamper(d, update(trail).where(trail.c.link == 3).values(link=2))
    assert {kind for _, kind, _ in found(d)} == {AuditFault.CHANGED, AuditFault.TRUNCATED}


def test_an_insertion_is_found(d: Desk) -> None:
    did(d, "a", "b")
    row = {"time": old(d, 1), "user_name": "eve", "door": "rest", "operation": "x"}
    tamper(d, insert(trail).values(row))
    tamper(d, insert(trail).values({**row, "link": 2, "previous": "0" * 64}))
    tamper(d, insert(trail).values({**row, "link": 3, "previous": "0" * 64}))
    kinds = [kind for _, kind, _ in found(d)]
    assert kinds == [AuditFault.INSERTED, AuditFault.CHANGED, AuditFault.INSERTED, AuditFault.INSERTED]


def test_a_truncation_is_found(d: Desk) -> None:
    did(d, "a", "b", "c")
    tamper(d, delete(trail).where(trail.c.link > 1))
    assert found(d) == [("done", AuditFault.TRUNCATED, 2)]


def test_what_was_written_anew_is_found_by_a_head_that_was_published(d: Desk) -> None:
    did(d, "a", "b", "c")
    published = head(d)
    first = d.read(lambda c: c.execute(select(trail).where(trail.c.link == 1)).one())
    hidden = Head("done", 1, audit_chain.hash_of(first, 1, audit_chain.NOTHING))
    tamper(d, delete(trail).where(trail.c.link > 1))
    tamper(d, update(chain).where(chain.c.name == "done").values(link=1, hash=hidden.hash))
    assert verified(d).intact
    assert found(d, published) == [("done", AuditFault.TRUNCATED, 2)]
    did(d, "x", "y", "z")
    assert verified(d).intact
    assert found(d, published) == [("done", AuditFault.CHANGED, 3)]


def test_a_purge_leaves_what_can_be_verified(d: Desk) -> None:
    did(d, "a", "b", "c")
    refused(d, "eve")
    early = head(d)
    did(d, "d")
    later = head(d)
    assert d.write(lambda c: audit_purging.remove(c, "done", 3)) == 3
    assert verified(d, later).intact
    assert found(d, early._replace(link=2)) == [("done", AuditFault.BEYOND, 2)]
    assert d.write(lambda c: audit_purging.remove(c, "refused", 1)) == 1
    assert d.write(lambda c: audit_purging.remove(c, "refused", 1)) == 0
    assert verified(d).intact
    last = head(d)
    assert d.write(lambda c: audit_purging.remove(c, "done", last.link)) > 0
    assert verified(d, last).intact


def test_a_beginning_that_no_purge_has_removed_is_missed(d: Desk) -> None:
    did(d, "a", "b", "c")
    row = d.read(lambda c: c.execute(select(trail).where(trail.c.link == 3)).one())
    tamper(d, delete(trail).where(trail.c.link < 3))
    assert found(d) == [("done", AuditFault.DELETED, 1)]
    tamper(d, update(chain).where(chain.c.name == "done").values(gone=2, gone_hash=row.previous))
    assert found(d) == [("done", AuditFault.UNSIGNED, 2)]


def test_the_oldest_refusals_go_and_the_rest_is_intact(d: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(audit, "KEPT_REFUSALS", 3)
    refused(d, *(f"user{n}" for n in range(8)))
    d.write(audit.forget_old_refusals)
    count = select(func.count()).where(trail.c.refusal.is_not(None))
    assert d.read(lambda c: c.scalar(count)) == 3
    assert verified(d).intact


def test_what_is_undone_leaves_no_record(d: Desk) -> None:
    def fails(c: Any) -> None:
        audit.record(c, user="ada", door="rest", operation="undone")
        raise WrongState("no")

    did(d, "a")
    with pytest.raises(WrongState):
        d.write(fails)
    did(d, "b")
    assert verified(d).records == 2 and verified(d).intact


def test_a_commit_that_fails_leaves_no_head_behind(d: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    did(d, "a")

    def written_and_lost(c: Any, rows: Any) -> None:
        audit_writing.write(c, rows)
        raise OSError("the disk is full")

    with monkeypatch.context() as patched:
        patched.setattr(events.audit_writing, "write", written_and_lost)
        with pytest.raises(ServerUnavailable):
            did(d, "lost")
    did(d, "b", "c")
    assert verified(d).intact and head(d).link == 3


def test_a_chain_without_a_head_keeps_records_and_is_found(d: Desk) -> None:
    did(d, "a")
    tamper(d, delete(chain).where(chain.c.name == "done"))
    did(d, "b", "c")
    d.write(lambda c: accounts.create(c, "eve"))
    assert d.read(lambda c: c.scalar(select(func.count()).select_from(trail))) == 4
    told = verified(d)
    assert [each.kind for each in told.findings] == [AuditFault.TRUNCATED]
    assert "head of the chain done is missing" in told.message


def test_several_writers_make_one_chain(d: Desk, place: Path | str) -> None:
    beside = open_beside(place)
    try:

        def write(by: Any, name: str) -> None:
            for _ in range(40):
                by.write(lambda c: audit.record(c, user=name, door="x", operation="y"))

        threads = [
            threading.Thread(target=write, args=(by, name))
            for by, name in ((d.database, "a"), (beside, "b"), (beside, "c"), (d.database, "d"))
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    finally:
        beside.close()
    whole = verified(d)
    assert whole.intact and whole.records == 160


def test_refusals_of_a_server_are_chained(d: Desk) -> None:
    refusals = Refusals(d.database.write)
    refusals.note(Refusal(user="eve", door="rest", code="AccessDenied"))
    refusals.flush()
    assert d.read(audit_chain.heads)[1].link == 1 and verified(d).intact


@pytest.mark.parametrize("text", ["yesterday", "done:1:abc", f"other:1:{'0' * 64}", f"done:x:{'0' * 64}"])
def test_what_is_no_head_is_refused(text: str) -> None:
    with pytest.raises(InvalidArgument, match="chain:number:hash"):
        audit_checking.parsed([text])
