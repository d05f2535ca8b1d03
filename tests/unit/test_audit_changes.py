"""The audit trail tells what was changed, before and after, whoever has changed it; never a secret."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, update

from jams.database import (
    access,
    accounts,
    audit,
    audit_checking,
    audit_purging,
    audit_telling,
    credentials,
    outside_standing,
)
from jams.database import audit_chain as chain
from jams.database.access import AccessRule
from jams.database.audit_changes import Author
from jams.database.audit_telling import MASK
from jams.database.definition_documents import KINDS
from jams.database.tables import audit as trail
from jams.database.tables import audit_object, metadata
from jams.objects.errors import WrongState
from jams.objects.events import EventAction
from jams.objects.session import AuditChange, AuditRecord
from jams.operations import CATALOGUE
from tests.support.rest_script import Script
from tests.support.schedule import Desk
from tests.support.town import Town, town

DERIVED = {"object_access", "variable_use", "reference_use"}
TOLD_BY_DOCUMENTS = {table.name for table in KINDS} | DERIVED
"""Their rows are part of what the document of a definition says."""

SILENT = {
    "audit": "the trail itself",
    "audit_chain": "the trail itself",
    "audit_object": "the trail itself",
    "counter": "numbers that were given out",
    "server": "which server is at work",
    "password_used": "passwords that an account had, of which none is told",
    "failed_login": "refused logins, which have records of their own",
    "token": "logins, which have records of their own",
    "retry_key": "answers that may be given again",
    "revision": "what definitions were",
}
"""Tables whose changes the trail does not tell, with the reason."""

RUNNING = {
    *("entry", "entry_audit", "history", "run", "happening", "event", "event_count", "container"),
    *("armed_trigger", "schedule_trigger", "trigger_event", "trigger_firing", "trigger_mail", "trigger_news"),
    *("resource_held", "resource_quantity", "waiting_line", "wait_topic", "precheck", "file_fact"),
    *("planning", "job_to_plan", "missed_point", "outbox", "delivered", "log_to_remove"),
    *("calendar_date", "date_type_link", "queue_agent"),
}
"""What happens by itself, and what was derived from definitions."""


def changes(d: Desk) -> list[AuditChange]:
    return d.read(lambda c: audit.find(c, limit=1))[0].changes


def differs(change: AuditChange) -> tuple[Any, Any]:
    before, after = (None if each is None else json.loads(each) for each in (change.before, change.after))
    return before, after


def test_a_new_account_is_told_as_it_is_and_its_password_is_not(d: Desk) -> None:
    d.write(lambda c: accounts.create(c, "ann", password_hash="$argon2id$abc", description="Operator"))
    (change,) = changes(d)
    assert (change.object_type, change.object_name, change.action) == ("Account", "ann", EventAction.ADDED)
    before, after = differs(change)
    assert before is None and after["password_hash"] == MASK and after["description"] == "Operator"
    stored = d.read(lambda c: c.scalars(select(trail.c.changes)).all())
    assert not any("argon2" in text for text in stored)


def test_a_changed_password_is_told_as_one_that_differs(d: Desk) -> None:
    account = d.write(lambda c: accounts.create(c, "ann", password_hash="$one"))
    d.write(lambda c: accounts.set_password(c, account.id, "$two"))
    assert [each["password_hash"] for each in differs(changes(d)[0])] == [MASK, MASK]
    d.write(lambda c: accounts.set_password(c, account.id, None))
    before, after = differs(changes(d)[0])
    assert before["password_hash"] == MASK and "password_hash" not in after


def test_groups_are_told_by_their_names(d: Desk) -> None:
    d.write(lambda c: [accounts.create(c, "ann"), accounts.ensure_group(c, "Night")])
    ann = d.read(lambda c: accounts.find(c, "ann"))
    assert ann is not None
    d.write(lambda c: accounts.set_groups(c, ann.id, ["Night"]))
    added = [each.object_name for each in changes(d) if each.action is EventAction.ADDED]
    assert added == ["ann in Night"]
    d.write(lambda c: accounts.set_groups(c, ann.id, []))
    assert [(each.object_name, each.action) for each in changes(d)] == [("ann in Night", EventAction.REMOVED)]


def test_groups_that_a_directory_names_are_told_when_they_are_others(d: Desk) -> None:
    ann = d.write(lambda c: accounts.create(c, "ann", source="directory", external_id="1"))

    def say(*groups: str) -> None:
        d.write(lambda c: outside_standing.put(c, ann.id, groups, datetime.now(UTC)))

    say("EXAMPLE\\Night")
    (added,) = changes(d)
    assert (added.object_type, added.object_name) == ("OutsideGroups", "ann")
    say("EXAMPLE\\Day")
    before, after = differs(changes(d)[0])
    assert "Night" in before["groups"] and "Day" in after["groups"]
    told = len(d.read(lambda c: audit.find(c, limit=100)))
    say("EXAMPLE\\Day")
    assert len(d.read(lambda c: audit.find(c, limit=100))) == told


def test_a_credential_is_told_without_its_secret(d: Desk) -> None:
    d.write(lambda c: credentials.put(c, "web", user_name="svc", secret="sealed-one", by="ann"))
    assert differs(changes(d)[0])[1]["secret"] == MASK
    d.write(lambda c: credentials.put(c, "web", user_name="other", secret="sealed-two", by="ann"))
    before, after = differs(changes(d)[0])
    assert "password_changed" in before.pop("document") and "password_changed" in after.pop("document")
    assert before == {"user_name": "svc", "secret": MASK}
    assert after == {"user_name": "other", "secret": MASK}
    d.write(lambda c: credentials.delete(c, "web"))
    (gone,) = changes(d)
    assert gone.action is EventAction.REMOVED and gone.object_name == "web" and gone.after is None


def test_a_line_of_an_access_list_is_told_before_and_after(d: Desk) -> None:
    def give(*rights: str) -> None:
        rules = [AccessRule(area="Monitor", identifier="ann", rights=rights)]
        d.write(lambda c: access.change(c, "Monitor", rules, user="boss"))

    give("Execute")
    give("Execute", "Manage")
    told = [each for each in changes(d) if each.object_type == "AccessRule"]
    assert [each.object_name for each in told] == ["Monitor 1"]
    assert differs(told[0]) == ({"rights": "Execute"}, {"rights": "Execute,Manage"})


def test_what_was_written_and_is_the_same_is_no_change(d: Desk) -> None:
    account = d.write(lambda c: accounts.create(c, "ann", description="x"))
    count = d.read(audit.count)
    d.write(lambda c: c.execute(update(accounts._account).values(description="x")))
    assert d.read(audit.count) == count and account.id


def test_what_is_undone_is_not_told_with_what_follows(d: Desk) -> None:
    def fails(c: Any) -> None:
        accounts.create(c, "ghost")
        raise WrongState("no")

    with pytest.raises(WrongState):
        d.write(fails)
    d.write(lambda c: audit.record(c, user="ada", door="rest", operation="next"))
    assert changes(d) == []


def test_who_changes_something_without_a_record_gets_one(d: Desk) -> None:
    d.database.act_for(Author("root", "command", "jams account"))
    d.write(lambda c: accounts.create(c, "ann"))
    (record,) = d.read(lambda c: audit.find(c, limit=1))
    assert (record.user_name, record.door, record.operation) == ("root", "command", "jams account")


def test_changes_are_part_of_what_the_hash_is_made_of(d: Desk) -> None:
    d.write(lambda c: accounts.create(c, "ann"))
    d.write(lambda c: accounts.create(c, "bob"))
    assert d.read(lambda c: audit_checking.verify(c, [])).intact
    (first,) = d.read(lambda c: chain.records(c, "done", 0, 1))
    other = first.changes.replace("ann", "eve")
    d.write(lambda c: c.execute(update(trail).where(trail.c.link == first.link).values(changes=other)))
    found = d.read(lambda c: audit_checking.verify(c, []))
    assert [(each.kind.value, each.link) for each in found.findings] == [("Changed", first.link)]


def test_a_record_of_very_many_names_the_first_and_counts_all(
    d: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(audit_telling, "MOST_NAMED", 12)
    monkeypatch.setattr(audit_telling, "MOST_TOLD", 3)
    d.write(lambda c: [accounts.create(c, f"a{n}") for n in range(audit_telling.MOST_NAMED + 5)])
    (record,) = d.read(lambda c: audit.find(c, limit=1))
    assert record.changed == audit_telling.MOST_NAMED + 5
    assert len(record.changes) == audit_telling.MOST_NAMED
    told = [each.after is not None for each in record.changes]
    assert told == [True] * audit_telling.MOST_TOLD + [False] * (len(told) - audit_telling.MOST_TOLD)


def test_records_are_found_by_the_object_that_they_have_changed(d: Desk) -> None:
    account = d.write(lambda c: accounts.create(c, "Ann"))
    d.write(lambda c: accounts.create(c, "bob"))
    d.write(lambda c: audit.record(c, user="x", door="rest", operation="hold_entry", target="17"))
    one = d.read(lambda c: audit.find(c, audit.Wanted(object_name="ANN"), limit=9))
    assert [each.changes[0].object_name for each in one] == ["Ann"]
    by_number = audit.Wanted(object_id=account.id, kind="account")
    assert d.read(lambda c: audit.find(c, by_number, limit=9)) == one
    assert d.read(lambda c: audit.count(c, audit.Wanted(object_name="*n*"))) == 1
    assert d.read(lambda c: audit.count(c, audit.Wanted(object_id=17))) == 1
    d.write(lambda c: audit_purging.remove(c, "done", 2))
    assert (
        d.read(lambda c: c.scalars(select(audit_object.c.link).where(audit_object.c.link <= 2)).all()) == []
    )


def test_a_record_whose_changes_cannot_be_read_is_shown_without_them(d: Desk) -> None:
    d.write(lambda c: accounts.create(c, "ann"))
    for text in ("{", "[1]", '[{"kind": 5}]', '[{"more": "x"}]'):
        d.write(lambda c, text=text: c.execute(update(trail).values(changes=text)))  # type: ignore[misc]
        (record,) = d.read(lambda c: audit.find(c, limit=1))
        assert record.changes == []
        assert json.loads(chain.line(d.read(lambda c: chain.records(c, "done", 0, 1))[0]))


def test_every_table_is_told_or_says_why_not() -> None:
    """Who adds a table decides whether its changes are definitions, accounts, rights or secrets."""
    told = TOLD_BY_DOCUMENTS | audit_telling.ROWS.keys() | RUNNING | SILENT.keys()
    unknown = metadata.tables.keys() - told
    assert not unknown, f"say in jams/database/audit_telling.py what the trail tells of: {sorted(unknown)}"
    assert audit_telling.ROWS.keys() <= metadata.tables.keys()


@pytest.fixture
def t(tmp_path: Path) -> Any:
    with town(tmp_path) as made:
        made.admit("boss")
        yield made


def records(t: Town, **inputs: Any) -> list[AuditRecord]:
    found: list[AuditRecord] = t.call("get_audit_trail", "boss", **inputs)
    return found


def test_a_job_is_told_from_its_making_to_its_end(t: Town) -> None:
    s = Script(t, "boss")
    job = {"jobName": "j", "parentFolderName": "\\", "methodName": "Command", "source": "true"}
    s.done("POST", "/job", job)
    s.done("PATCH", "/job?name=\\j", {"description": "Loads.", "source": "x" * 3000})
    s.done("DELETE", "/job?name=\\j")
    gone, changed, made = records(t, object_name="\\j", refused=False)
    assert [each.changes[0].action.value for each in (made, changed, gone)] == ["Added", "Changed", "Removed"]
    assert differs(made.changes[0])[0] is None
    before, after = differs(changed.changes[0])
    assert before == {"source": "true"} and after["description"] == "Loads."
    assert after["source"].endswith("(3,000 characters)") and len(after["source"]) < 1100
    assert differs(gone.changes[0])[0]["description"] == "Loads."


def test_the_access_list_of_a_folder_is_told(t: Town) -> None:
    s = Script(t, "boss")
    s.done("POST", "/folder", {"folderName": "f", "parentFolderName": "\\"})
    line = {"identifier": "ann", "accessList": ["Inquire"], "flags": 0}
    boss = {"identifier": "boss", "accessList": ["Inquire", "Change", "Control"], "flags": 0}
    s.done("PATCH", "/folder?name=\\f", {"acl": {"genericACL": [line, boss]}})
    (record, *_) = records(t, object_name="\\f")
    before, after = differs(record.changes[0])
    assert "ann" in json.dumps(after) and "ann" not in json.dumps(before)


def test_a_setting_is_told_before_and_after(t: Town) -> None:
    s = Script(t, "boss")
    s.done("POST", "/cfg", {"name": "Mine", "value": "one", "dataType": "Text"})
    s.done("PUT", "/cfg", {"name": "Mine", "value": "two"})
    (record, *_) = records(t, object_name="Mine", object_type="Setting")
    assert differs(record.changes[0]) == ({"value": "one"}, {"value": "two"})


def test_an_entry_is_told_before_and_after_and_what_runs_by_itself_is_not(t: Town) -> None:
    t.desk.job("\\j")
    number = t.call("submit_job", "boss", name="j", hold=True).jams_entry
    t.call("release_entry", "boss", id=number)
    (record, *_) = records(t, object_id=number, object_type="Entry")
    before, after = differs(record.changes[0])
    assert record.operation == "release_entry" and before["held"] and not after["held"]
    t.executing(number)
    found = records(t, object_id=number, object_type="Entry")
    assert {each.operation for each in found} == {"release_entry"}


def test_export_gives_lines_of_json_that_go_on_where_they_ended(t: Town) -> None:
    s = Script(t, "boss")
    s.done("POST", "/folder", {"folderName": "f", "parentFolderName": "\\"})
    s.done("DELETE", "/folder?name=\\f")
    text = t.call("export_audit_trail", "boss", limit=1)
    (first,) = map(json.loads, text.splitlines())
    assert first["link"] == 1 and first["previous"] == "0" * 64
    rest = [json.loads(line) for line in t.call("export_audit_trail", "boss", beyond=1).splitlines()]
    made = next(each for each in [first, *rest] if each["operation"] == "create_folder")
    assert made["changes"][0]["name"] == "\\f" and made["user"] == "boss"
    assert [each["link"] for each in rest] == list(range(2, 2 + len(rest)))
    assert "audittrail/export" in CATALOGUE["export_audit_trail"].routes[0].path
