"""What answers look like: results, texts, errors, pages and the description of the interface."""

from __future__ import annotations

import json
import logging
import re
from functools import cache
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from openapi_spec_validator import validate
from werkzeug.test import Client

from jams.database.names import check_name
from jams.objects.errors import ConfigurationInvalid, ErrorKind, InvalidName
from jams.operations import CATALOGUE as EVERYTHING
from tests.support.web_stub import CATALOGUE, LOG, StubConnection, stub_application
from webservices.rest.openapi import describe
from webservices.rest.problems import STATUSES
from webservices.web_settings import WebSettings


@pytest.fixture
def client() -> Client:
    return Client(stub_application(StubConnection()))


def test_results_are_plain_json(client: Client) -> None:
    thing = client.get("/JAMS/api/thing/7")
    assert thing.headers["Content-Type"] == "application/json"
    assert thing.get_json()["thingID"] == 7
    assert client.put("/JAMS/api/thing/7/hold").data == b'"Held."'
    assert client.delete("/JAMS/api/thing/7").data == b"true"
    assert client.post("/JAMS/api/thing", json={"thingName": "a"}).status_code == 201


def test_a_text_is_text_unless_json_is_asked_for(client: Client) -> None:
    text = client.get("/JAMS/api/thing/1/log")
    assert text.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert text.data == LOG.encode()[:10]
    assert text.headers["X-Next-Offset"] == "10"
    assert text.headers["X-Log-Size"] == str(len(LOG.encode()))
    assert text.headers["X-Log-Complete"] == "false"
    assert text.headers["Content-Disposition"] == 'attachment; filename="thing-getlog-1.txt"'
    assert "Content-Disposition" not in client.get("/JAMS/api/thing/1/log?preview=true").headers
    for accept in ("*/*", "text/*", "text/plain, application/json;q=0.5"):
        assert client.get("/JAMS/api/thing/1/log", headers={"Accept": accept}).mimetype == "text/plain"
    piece = client.get("/JAMS/api/thing/1/log", headers={"Accept": "application/json"})
    assert piece.get_json()["nextOffset"] == 10
    assert "Accept" in piece.headers["Vary"] and "Accept" in text.headers["Vary"]


def test_errors_of_the_server_pass_through(client: Client) -> None:
    missing = client.get("/JAMS/api/thing/404")
    assert missing.status_code == 404
    assert missing.get_json()["target"] == "404"
    assert client.put("/JAMS/api/thing/409/hold").status_code == 409
    busy = client.get("/JAMS/api/trouble/busy")
    assert busy.status_code == 503
    assert int(busy.headers["Retry-After"]) >= 1


def test_a_fault_of_ours_tells_nothing_but_its_incident(
    client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.ERROR):
        answer = client.get("/JAMS/api/trouble/bug")
    assert answer.status_code == 500
    found = answer.get_json()
    assert found["code"] == "InternalError"
    assert "secret" not in answer.text and "Traceback" not in answer.text
    incident = found["detail"].rsplit(" ", 1)[1].rstrip(".")
    assert any(incident in record.message and record.exc_info for record in caplog.records)


def test_every_kind_of_error_has_a_status() -> None:
    assert set(STATUSES) == set(ErrorKind)


@pytest.mark.parametrize("path", ["/JAMS", "/jams/", "/JAMS/swagger", "/JAMS/Swagger/"])
def test_pages_come_with_a_strict_policy(client: Client, path: str) -> None:
    page = client.get(path)
    assert page.status_code == 200
    assert page.mimetype == "text/html"
    policy = page.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self';" in policy
    assert "http://" not in page.text and "https://" not in page.text
    assert "<script>" not in page.text
    for link in [part.split('"')[0] for part in page.text.replace('src="', 'href="').split('href="')[1:]]:
        if "/soap" not in link and "/health" not in link:
            assert client.get(link).status_code == 200, link


def test_only_known_files_are_served(client: Client) -> None:
    assert client.get("/JAMS/swagger/page.js").mimetype == "text/javascript"
    for name in ("nothing.js", "..%2fpages.py", "index.html", "%2e%2e"):
        assert client.get(f"/JAMS/swagger/{name}").status_code == 404, name


def test_the_description_is_cached_by_its_tag(client: Client) -> None:
    first = client.get("/JAMS/api/OpenAPI.json")
    assert first.mimetype == "application/json"
    again = client.get("/JAMS/api/openapi.json", headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304
    assert again.data == b""


@cache
def described(catalogue: Any, address: str = "https://jams.example:8443/JAMS") -> dict[str, Any]:
    import msgspec

    found: dict[str, Any] = json.loads(msgspec.json.encode(describe(catalogue, WebSettings(address))))
    return found


def test_the_description_of_the_whole_catalogue_is_valid() -> None:
    document = described(EVERYTHING)
    validate(document)
    described_routes = {(path, verb.upper()) for path, item in document["paths"].items() for verb in item}
    assert described_routes == {(r.path, r.verb) for operation in EVERYTHING for r in operation.routes}
    identifiers = [o["operationId"] for item in document["paths"].values() for o in item.values()]
    assert len(identifiers) == len(set(identifiers))
    assert document["servers"] == [{"url": "https://jams.example:8443/JAMS/api"}]


def test_every_member_is_explained_in_the_words_of_rest() -> None:
    """A member that is declared without a description gets a line in generators/soap_members.txt."""
    schemas = described(EVERYTHING)["components"]["schemas"]
    members = {
        f"{name}.{member}": schema
        for name, component in schemas.items()
        for member, schema in component.get("properties", {}).items()
    }
    assert [name for name, schema in members.items() if not schema.get("description")] == []
    assert {"Element.elementName", "PropertyValue.currentValue"} <= members.keys()


def test_what_a_definition_must_have_a_change_cannot_take() -> None:
    change = described(EVERYTHING)["components"]["schemas"]["JobPatch"]
    assert {"type": "null"} not in change["properties"]["jobName"]["anyOf"] and not change.get("required")
    assert {"type": "null"} in change["properties"]["source"]["anyOf"]


def test_no_two_types_differ_in_case_only() -> None:
    """Generators write a file for each, and some systems know no case."""
    names = list(described(EVERYTHING)["components"]["schemas"])
    assert len({name.casefold() for name in names}) == len(names)


def test_every_answer_has_its_headers_and_whatever_is_too_long_its_status() -> None:
    document = described(EVERYTHING)
    shared = document["components"]["responses"]
    for item in document["paths"].values():
        for operation in item.values():
            answers = operation["responses"]
            assert "431" in answers
            for answer in answers.values():
                shown = shared[answer["$ref"].rpartition("/")[2]] if "$ref" in answer else answer
                assert "304" in answers or "X-Request-ID" in shown["headers"]
    find = document["paths"]["/job"]["get"]["responses"]["200"]["headers"]
    assert {"ETag", "Cache-Control"} <= find.keys()
    history = document["paths"]["/history"]["get"]["responses"]["200"]["headers"]
    assert {"Link", "X-Truncated"} <= history.keys()
    variables = document["paths"]["/variable/folder"]["get"]["responses"]["200"]["headers"]
    assert {"Link", "X-Total-Count"} <= variables.keys()


@given(st.text(min_size=1, max_size=12))
@example(" a")
@example("a ")
@example("a/b")
@example("\x7f")
def test_the_pattern_of_a_name_refuses_no_name_that_is_one(name: str) -> None:
    pattern = described(EVERYTHING)["components"]["schemas"]["Job"]["properties"]["jobName"]["pattern"]
    try:
        check_name(name, "jobName")
    except InvalidName:
        if not name.isascii() or name in (".", ".."):
            return
        assert not re.search(pattern, name)
    else:
        assert re.search(pattern, name)


@pytest.mark.parametrize("operation", [o for o in EVERYTHING if o.patches], ids=lambda o: o.name)
def test_what_patches_is_described_at_each_address(operation: Any) -> None:
    document = described(EVERYTHING)
    verbs = {route.verb for route in operation.routes}
    assert verbs == {"PATCH", "PUT"}
    for route in operation.routes:
        item = document["paths"][route.path][route.verb.lower()]
        content = item["requestBody"]["content"]
        assert ("application/merge-patch+json" in content) is (route.verb == "PATCH"), route
        assert {"If-Match", "If-None-Match"} <= {p["name"] for p in item["parameters"]}
        assert "VersionConflict" in item["responses"]["412"]["description"]
    shows = [o for o in EVERYTHING if o.result is operation.document and not o.changes]
    for shower, route in ((o, r) for o in shows for r in o.routes):
        shown = document["paths"][route.path]["get"]
        if not shown["operationId"].startswith(shower.name):
            assert f"`{shower.name}`" in shown["description"], "the address is that of a list first"
            continue
        assert "ETag" in shown["responses"]["200"]["headers"] and "304" in shown["responses"]
    part = document["components"]["schemas"][f"{operation.document.__name__}Patch"]
    assert not part.get("required")
    assert {"version", "definitionVersion"} & set(part["properties"])


def test_bodies_are_described_as_they_are_read() -> None:
    """A bare number is offered where one is taken for a text, and nowhere else."""
    paths = described(EVERYTHING)["paths"]

    def bare(verb: str, path: str) -> list[Any]:
        schema = paths[path][verb]["requestBody"]["content"]["application/json"]["schema"]
        return [choice["type"] for choice in schema["anyOf"] if "type" in choice]

    assert bare("post", "/variable/setvalue") == ["string", ["number", "boolean"]]
    assert bare("put", "/account/{id}/password") == ["string"]
    assert bare("put", "/authentication/codes") == ["string"]


def test_the_description_bounds_what_accounts_and_credentials_take() -> None:
    document = described(EVERYTHING)
    schemas = document["components"]["schemas"]
    assert schemas["NewPassword"]["properties"]["newPassword"]["minLength"] == 8
    assert re.fullmatch(schemas["CodeProof"]["properties"]["code"]["pattern"], "012345")
    assert schemas["Credential"]["properties"]["logonUserName"]["maxLength"] == 1024
    (length,) = (
        parameter["schema"]
        for parameter in document["paths"]["/credential/{id}/keys/generate/{keyType}"]["put"]["parameters"]
        if parameter["name"] == "keyLength"
    )
    assert length["enum"] == [256, 384, 521, 3072, 4096, 8192]


def test_the_description_says_what_the_declaration_says() -> None:
    document = described(CATALOGUE)
    validate(document)
    find = document["paths"]["/thing/all"]["get"]
    parameters = {p["name"]: p for p in find["parameters"]}
    assert parameters["limit"]["schema"] == {"type": "integer", "minimum": 1, "maximum": 10}
    assert parameters["colour"]["schema"]["items"] == {"$ref": "#/components/schemas/Colour"}
    assert parameters["open"]["schema"]["default"] is False
    assert "$top" in parameters
    get = document["paths"]["/thing/{id}"]["get"]
    assert get["parameters"][0]["required"] is True
    assert "NotFound" in get["responses"]["404"]["description"]
    assert document["paths"]["/thing"]["get"]["operationId"] == "get_thing_by_name"
    assert document["paths"]["/thing"]["get"]["parameters"][0]["required"] is True
    create = document["paths"]["/thing"]["post"]
    assert "201" in create["responses"]
    assert create["requestBody"]["required"] is True
    log_in = document["paths"]["/login"]["post"]
    assert log_in["security"] == []
    assert "application/x-www-form-urlencoded" in log_in["requestBody"]["content"]
    schemas = document["components"]["schemas"]
    assert schemas["Login"]["properties"]["password"]["writeOnly"] is True
    assert schemas["Thing"]["properties"]["madeUTC"]["readOnly"] is True
    log = document["paths"]["/thing/{id}/log"]["get"]
    assert {"follow", "Last-Event-ID"} <= {p["name"] for p in log["parameters"]}
    assert {"text/plain", "application/json", "text/event-stream"} == set(log["responses"]["200"]["content"])
    submit = document["paths"]["/submit"]["post"]
    assert "Idempotency-Key" in {p["name"] for p in submit["parameters"]}
    assert document["security"] == [{"bearer": []}, {"basic": []}]


@pytest.mark.parametrize(
    ("settings", "path"),
    [
        ({"public_url": "https://jams.example"}, "/api/thing/1"),
        ({"public_url": "https://jams.example/"}, "/api/thing/1"),
        ({"public_url": "https://jams.example/a/b-c"}, "/A/b-C/api/thing/1"),
        ({"public_url": "https://jams.example/outside", "base_path": "/inside"}, "/inside/api/thing/1"),
        ({"public_url": "https://jams.example/outside", "base_path": ""}, "/api/thing/1"),
    ],
)
def test_the_base_path_is_configured(settings: dict[str, str], path: str) -> None:
    client = Client(stub_application(StubConnection(), **settings))
    assert client.get(path).status_code == 200
    assert client.get("/JAMS/api/thing/1").status_code == 404


@pytest.mark.parametrize(
    "settings",
    [
        {"public_url": "jams.example"},
        {"public_url": "ftp://jams.example"},
        {"public_url": "https://jams.example/a?b"},
        {"public_url": "https://jams.example", "base_path": "JAMS"},
        {"public_url": "https://jams.example", "base_path": "/a b"},
        {"public_url": "https://jams.example", "max_waiting_threads": 0},
    ],
)
def test_settings_that_cannot_be_used(settings: dict[str, Any]) -> None:
    with pytest.raises(ConfigurationInvalid):
        WebSettings(**settings)
