"""The published routes of the families that this server has: each leads somewhere, with the verb it has."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.support.rest_script import Script
from tests.support.town import town

PUBLISHED = r"""
POST /authentication/login
GET /authentication
GET /server
GET /server/serverStatus
GET /scheduler/active
GET /cfg
GET /audittrail?startDate=2026-01-01T00:00:00Z
GET /job?name=x
GET /job/1
POST /job
PUT /job
DELETE /job?name=x
DELETE /job/1
GET /job/folder/1
GET /job/folder?name=x
GET /job/source/1
GET /job/source?name=x
GET /job/doc/1
GET /job/doc?name=x&doctype=None&rendertype=HTML
GET /job/1/references
GET /job/1/permissions/Change
GET /job/1/revisions
GET /job/1/version/1
GET /job/access/Change?jobId=1
PUT /job/1/triggers/reset
GET /submit?name=x
GET /submit/1
POST /submit
PUT /submit/resubmit/1/1
GET /SubmitMenu
GET /SubmitMenu/Folder/1
GET /SubmitMenu/Folder?name=x
GET /schedule
GET /entry
GET /entry/1
PUT /entry/1/hold
PUT /entry/1/release
PUT /entry/1/reschedule
PUT /entry/1/restart
PUT /entry/1/delete
PUT /entry/1/state
PUT /entry/1/status
PUT /entry/1/putparameter
GET /entry/1/parameter/get
GET /entry/1/parameter/get/x
GET /entry/1/log?preview=true
GET /EntryAuditTrail/1
GET /history
GET /history/1/1
GET /history/job/1
GET /history/odata
GET /history/log/1/1
GET /folder/children
GET /folder/details/1
GET /folder/details?name=x
POST /folder
PUT /folder
DELETE /folder/1
DELETE /folder?name=x
GET /folder/1/references
GET /folder/1/permissions/Change
GET /folder/1/revisions
GET /folder/1/version/1
GET /folder/access/Change?folderId=1
PUT /folder/1/triggers/reset
GET /variable?name=x
GET /variable/1
GET /variable/folder/1
GET /variable/folder?name=x
POST /variable
PUT /variable
DELETE /variable/1
DELETE /variable?name=x
POST /variable/setvalue?name=x
GET /variable/1/references
GET /variable/1/permissions/Change
GET /agent
GET /agent/1
POST /agent
PUT /agent
DELETE /agent/1
DELETE /agent?name=x
GET /agent/types
GET /agent/platforms
GET /agent/1/references
GET /agent/1/permissions/Change
GET /batchqueue
GET /batchqueue/1
POST /batchqueue
PUT /batchqueue
DELETE /batchqueue/1
DELETE /batchqueue?name=x
POST /batchqueue/1/start
POST /batchqueue/1/stop
POST /batchqueue/1?action=start
GET /batchqueue/1/references
GET /batchqueue/1/permissions/Change
GET /resource
GET /resource/1
GET /resource/x
POST /resource
PUT /resource
DELETE /resource/x
POST /resource/setquantityavailable/x/1
GET /calendar
GET /calendar/1
POST /calendar
PUT /calendar
DELETE /calendar/1
DELETE /calendar?name=x
GET /calendar/1/permissions/Change
GET /datetype
GET /datetype/1
POST /datetype
PUT /datetype
DELETE /datetype/1
DELETE /datetype?name=x&calendarId=1
POST /date/1
PUT /date/1
POST /date?typename=x
PUT /date?typename=x
DELETE /date/1?startDate=2026-01-01
DELETE /date?typeName=x&startDate=2026-01-01
GET /date/evaluate?date=today
GET /date/multiEvaluate?dates=today
GET /namedtime
GET /namedtime/1
POST /namedtime
DELETE /namedtime/1
DELETE /namedtime?name=x
PUT /namedtime/1/enable
PUT /namedtime/1/disable
PUT /namedtime?name=x&action=enable
GET /namedtime/1/references
GET /menu
GET /menu/1
POST /menu
PUT /menu
DELETE /menu/1
DELETE /menu?name=x
GET /method
GET /method/1
POST /method
PUT /method
DELETE /method/1
DELETE /method?name=x
GET /method/1/references
GET /method/access/Inquire?methodName=x
GET /element/Task
GET /element/properties/Documentation
GET /element/ofKind/Trigger
GET /propertydefinition/Element
GET /propertydefinition/FolderOrJob
"""
"""Of families whose nouns are here; the others come with their nouns."""


@pytest.fixture(scope="module")
def s(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Script]:
    with town(tmp_path_factory.mktemp("routes")) as t:
        t.admit("ann")
        yield Script(t)


@pytest.mark.parametrize("route", PUBLISHED.split("\n")[1:-1])
def test_a_published_route_leads_somewhere(s: Script, route: str) -> None:
    verb, target = route.split(" ")
    allowed = s.client.options(f"/JAMS/api{target}").headers["Allow"]
    assert verb in allowed
    status, said = s.ask(verb, target, None if verb in ("GET", "DELETE") else {})
    told = said if isinstance(said, dict) else {}
    assert status not in (405, 500) and told.get("code") not in ("RouteNotFound", "MethodNotAllowed"), said
    assert told.get("code") != "UnknownArgument", "its query is known"
