"""Each operation that changes something leaves a record, with what it has changed, before and after."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

import pytest
from hosting import hosted

from jams.operations import CATALOGUE
from tests.support.doors import RestDoor, operation_named

pytestmark = pytest.mark.timeout(240)
"""The first test goes through all cases of the contract."""

NOT_OF_OBJECTS = {
    "get_credential_password": "the password is told to who asks, and nothing is changed",
    "log_in": "nothing but the login, of which the record tells",
    "log_out": "nothing but logins, of which the record tells",
    "submit": "makes an entry, whose own trail begins with it",
    "submit_job": "makes an entry, whose own trail begins with it",
    "submit_many": "makes entries, whose own trails begin with it",
    "send_outbox": "what is to be told, which no definition is",
    "remove_outbox": "what is to be told, which no definition is",
    "set_entry_parameter": "a value that may be a secret; the trail of the entry tells which",
    "hold_entries": "in the cases nothing is held by it",
    "reset_trigger": "what it has counted, of which the message tells",
    "unlock_account": "how often somebody failed to log in, of which the message tells",
    "remove_one_time_codes": "in the cases there are none",
    "reset_folder_triggers": "what they have counted, of which the message tells",
}
"""Operations that change no definition, account, right, setting, secret or state of an entry."""

REFUSED = {
    "change_password",
    "confirm_one_time_codes",
    "reset_job_triggers",
    "acquire_resource",
    "release_resource",
    "purge",
    "set_failover_status",
    "take_backup",
}
"""Operations of which the cases ask only what is refused, or what changes nothing."""


Records = dict[str, list[dict[str, Any]]]


@pytest.fixture(scope="module")
def trail(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Records]:
    """What the trail tells after all cases of the contract, by operation."""
    with hosted(tmp_path_factory.mktemp("audited")) as outcomes:
        assert outcomes[RestDoor.name]  # all cases are asked
        door = RestDoor(outcomes.jams)
        found: Records = defaultdict(list)
        beyond: dict[str, int] = {}
        while page := door.call(
            operation_named("get_audit_trail"), {"refused": False, "limit": 1000, **beyond}, "operator"
        ):
            for each in page:
                if each["door"] != "command":  # by which the accounts were made that the cases are asked by
                    found[each["operation"]].append(each)
            beyond = {"beyond": page[-1]["auditID"]}
        yield found


CHANGING = [operation for operation in CATALOGUE if operation.changes]


@pytest.mark.parametrize("operation", CHANGING, ids=lambda operation: operation.name)
def test_what_changes_something_is_recorded_with_what_it_changes(trail: Records, operation: Any) -> None:
    found = trail[operation.name]
    if operation.name in REFUSED:
        assert not found, "take it out of the list: it was done"
        return
    assert found, "no record of it"
    assert all(each["userName"] and each["door"] == "REST" for each in found)
    told = [change for each in found for change in each.get("changes", [])]
    if operation.name in NOT_OF_OBJECTS:
        assert not told, f"take it out of the list: it tells {told[0]}"
        return
    assert told, f"{len(found)} records, and none tells what was changed"
    for change in told:
        if change["action"] == "Changed" and change["before"] is change["after"] is None:
            continue  # written anew as it was
        assert change["before"] != change["after"] or "***" in change["before"], change
        if change["action"] == "Added":
            assert change["before"] is None and change["after"], change
        elif change["action"] == "Removed":
            assert change["after"] is None and change["before"], change
        else:
            assert change["before"] and change["after"], change
