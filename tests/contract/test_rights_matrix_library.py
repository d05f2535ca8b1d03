"""Who may do what, by the operations themselves; and what every line of the matrix has to say."""

from __future__ import annotations

from pathlib import Path

from matrix import FILE, WRITES, TownDoor, expected, rows, write
from matrix_calls import OPERATIONS, SITUATIONS

from jams.operations import CATALOGUE

UNDONE = {
    "acquire_resource": "only a run that goes on takes more",
    "release_resource": "only a run that goes on gives back",
    "confirm_one_time_codes": "no code is right that is the same for two accounts",
    "get_entry_log": "nothing has run",
    "get_history": "nothing has run",
    "get_history_log": "nothing has run",
    "get_resubmit_info": "nothing has run",
    "get_job_occurrences": "no day is named",
    "log_in": "the accounts of the matrix have no passwords",
    "remove_entry": "it has not ended",
    "restart_entry": "it has not ended",
    "set_entry_state": "it does not run",
    "set_entry_status": "it does not run",
    "remove_outbox": "there is none",
    "send_outbox": "there is none",
    "reset_folder_triggers": "there is none",
    "reset_job_triggers": "there is none",
    "revoke_personal_token": "there is none",
    "set_failover_status": "there is no other server",
    "take_backup": "its job is not delivered",
}
"""Operations that come as far as this with both rights, with the reason."""


def test_the_library_answers_as_the_matrix_says(tmp_path: Path) -> None:
    found = rows(TownDoor, tmp_path)
    if WRITES:
        write({"library": found})
    assert found == expected("library")


def test_the_matrix_has_a_line_for_each_operation_and_none_for_others() -> None:
    assert expected("library").keys() == {operation.name for operation in OPERATIONS}


def test_every_door_refuses_who_is_not_known_and_who_lacks_the_right() -> None:
    wrong = []
    for line in FILE.read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        name, *cells = line.split()
        row = dict(zip(SITUATIONS, cells, strict=True))
        if CATALOGUE[name.partition("@")[0]].right is None:
            continue
        if row["nobody"] != "Unauthenticated" or row["impostor"] != "Unauthenticated":
            wrong.append(line)
        if row["lacking"] != "AccessDenied":
            wrong.append(line)
        if row["shut"] == "AccessDenied" and row["open"] != "done":
            wrong.append(line)
    assert not wrong, "\n".join(wrong)


def test_who_has_both_rights_can_do_it() -> None:
    refused = {name: row[-1] for name, row in expected("library").items() if row[-1] != "done"}
    assert refused.keys() == UNDONE.keys(), refused
