"""Whoever lacks Control gains no right by whatever he does, in whatever order."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from jams.objects.enums import ObjectType
from jams.objects.errors import JAMSError
from jams.security.access import ALL_RIGHTS
from jams.security.rights import AccessControl, FolderDefinitions
from tests.support.rest_script import Script
from tests.support.town import Town, town

FOLDERS = ("\\Open", "\\Shut", "\\Shut\\Deep")
RIGHTS = ("Inquire", "Change", "Control", "Delete", "Submit", "Monitor", "Manage", "Abort")
LINE = {"identifier": "ann", "accessList": list(RIGHTS), "flags": 0}
WHOLE = {**LINE, "flags": "ThisFolderSubfoldersAndJobs"}


def may(t: Town, objects: list[tuple[ObjectType, int]]) -> set[tuple[ObjectType, int, str]]:
    """All that ann may do to the objects."""
    found = set()
    for kind, id in objects:
        for access in RIGHTS:
            try:
                if t.call("check_permission", "ann", object_type=kind, id=id, access=access):
                    found.add((kind, id, access))
            except JAMSError:
                continue
    return found


def steps(script: Script, chance: random.Random) -> list[Callable[[], Any]]:
    place = chance.choice(FOLDERS)
    acl = {"acl": {"genericACL": chance.choice(([], [LINE], [WHOLE]))}}
    job = {"jobName": f"n{chance.randrange(9)}", "parentFolderName": place, "methodName": "Command"}
    folder = {"folderName": f"n{chance.randrange(9)}", "parentFolderName": place}
    other = chance.choice(FOLDERS)
    security = {"acl": {"genericACL": [{"identifier": "ann", "accessList": ["Change"]}]}}
    return [
        lambda: script.ask("PATCH", f"/folder?name={place}", acl),
        lambda: script.ask("PATCH", f"/job?name={place}\\j", acl),
        lambda: script.ask("POST", "/job", {**job, **acl}),
        lambda: script.ask("POST", "/job", job),
        lambda: script.ask("POST", "/folder", {**folder, **acl}),
        lambda: script.ask("PATCH", f"/job?name={place}\\j", {"parentFolderName": other}),
        lambda: script.ask("PATCH", f"/folder?name={place}", {"parentFolderName": other}),
        lambda: script.ask("POST", f"/revision/Job/{chance.randrange(2, 12)}/restore?name={place}\\j"),
        lambda: script.ask("POST", f"/revision/Folder/{chance.randrange(2, 12)}/restore?name={place}"),
        lambda: script.ask("PUT", "/security/AccessControl", security),
        lambda: script.ask("DELETE", f"/job?name={place}\\j"),
    ]


@pytest.mark.parametrize("seed", range(3))
def test_no_sequence_of_operations_raises_ones_own_rights(tmp_path: Path, seed: int) -> None:
    with town(tmp_path) as t:
        t.admit("boss")
        t.admit("ann", ALL_RIGHTS - {AccessControl.CHANGE, FolderDefinitions.CONTROL})
        for path in FOLDERS:
            t.desk.folder(path)
            t.desk.job(f"{path}\\j")
        boss = {"identifier": "boss", "accessList": list(RIGHTS), "flags": "ThisFolderSubfoldersAndJobs"}
        ann = {**boss, "identifier": "ann", "accessList": ["Inquire", "Change", "AddJobs"]}
        shut = {"acl": {"genericACL": [ann, boss]}}
        assert Script(t, "boss").ask("PATCH", "/folder?name=\\Shut", shut)[0] == 200
        objects = [(ObjectType.FOLDER, id) for id in (1, 2, 3, 4)] + [
            (ObjectType.JOB, t.call("get_job", "boss", name=f"{path}\\j").job_id) for path in FOLDERS
        ]
        before = may(t, objects)
        assert before and len(before) < len(objects) * len(RIGHTS)
        chance, script, done = random.Random(seed), Script(t, "ann"), 0
        for _ in range(60):
            answer = chance.choice(steps(script, chance))()
            done += answer[0] < 300
        assert done  # some of it is allowed
        assert may(t, objects) <= before
