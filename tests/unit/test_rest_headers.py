"""What stands in the head of every answer."""

from __future__ import annotations

import uuid
from collections.abc import Iterator

import pytest
from werkzeug.test import Client

from tests.support.doors import basic
from tests.support.rest_script import Script
from tests.support.town import town
from webservices.application import create_application
from webservices.web_settings import WebSettings


@pytest.fixture(scope="module")
def s(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Script]:
    with town(tmp_path_factory.mktemp("headers")) as t:
        t.admit("ann")
        script = Script(t)
        script.done(
            "POST", "/job", {"jobName": "J", "methodName": "Command", "source": "secret", "description": ""}
        )
        script.done("POST", "/variable", {"variableName": "V", "value": "secret"})
        yield script


@pytest.fixture(scope="module")
def whole(s: Script) -> Client:
    """The web services with SOAP."""
    return Client(create_application(s.town.dispatcher, WebSettings("http://localhost/JAMS")))


PLACES = [
    *("/JAMS/api/job", "/JAMS/api/nothing", "/JAMS/", "/elsewhere"),
    *("/JAMS/soap?wsdl", "/JAMS/soap", "/JAMS/swagger", "/JAMS/api/openapi.json"),
]


@pytest.mark.parametrize("path", PLACES)
def test_every_answer_names_its_request(whole: Client, path: str) -> None:
    given = whole.get(path, headers={"X-Request-ID": "deploy-7/a", **basic("ann")})
    assert given.headers["X-Request-ID"] == "deploy-7/a"
    first = whole.get(path, headers=basic("ann")).headers["X-Request-ID"]
    second = whole.get(path, headers=basic("ann")).headers["X-Request-ID"]
    assert uuid.UUID(first) != uuid.UUID(second)


@pytest.mark.parametrize("given", ["", "a b", "x" * 129, "<script>", "é"])
def test_a_name_that_is_unfit_is_replaced(s: Script, given: str) -> None:
    answer = s.client.get("/JAMS/api/job", headers={"X-Request-ID": given, **basic("ann")})
    assert uuid.UUID(answer.headers["X-Request-ID"])


@pytest.mark.parametrize(
    "path",
    [
        "/job/source?name=J",
        "/variable",
        "/entry",
        "/history",
        "/submit?name=J",
        "/authentication",
        "/cfg",
        "/server",
    ],
)
@pytest.mark.parametrize("accept", ["application/json", "text/plain"])
def test_nothing_that_travels_is_kept_on_its_way(s: Script, path: str, accept: str) -> None:
    answer = s.client.get(f"/JAMS/api{path}", headers={"Accept": accept, **basic("ann")})
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("tags", ['W/"a" b', '"a" "b"', "a", '"1", ,', '"é"'])
@pytest.mark.parametrize("header", ["If-Match", "If-None-Match"])
def test_tags_that_are_none_are_no_fault_of_the_server(s: Script, header: str, tags: str) -> None:
    for verb, path in (("GET", "/variable?name=V"), ("DELETE", "/variable?name=Nobody")):
        assert s.ask(verb, path, **{header.replace("-", "_"): tags})[0] < 500


def test_what_has_a_version_is_asked_about_before_it_is_used_again(s: Script) -> None:
    for path in ("/job?name=J", "/variable?name=V"):
        answer = s.client.get(f"/JAMS/api{path}", headers=basic("ann"))
        assert answer.headers["Cache-Control"] == "private, no-cache"
        again = s.client.get(
            f"/JAMS/api{path}", headers={"If-None-Match": answer.headers["ETag"], **basic("ann")}
        )
        assert again.status_code == 304 and again.headers["Cache-Control"] == "private, no-cache"
