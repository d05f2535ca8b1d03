from __future__ import annotations

import inspect
import json
import os
import stat
import subprocess
import sys
from datetime import UTC, datetime

import pytest

from jams.client import Server, Severity, State
from jams.client.collections import collection_name
from jams.client.home import LocalLogin, home_directory, read_login, write_login
from jams.client.methods import method_names
from jams.objects.errors import (
    ConfigurationInvalid,
    InvalidArgument,
    MissingArgument,
    RouteNotFound,
    Unauthenticated,
    UnknownArgument,
)
from jams.objects.log_parts import LogPart
from jams.objects.schedule import Comment, SubmitInfo, SubmitResult
from jams.operations import CATALOGUE
from jams.operations.arguments import arguments_from

pytestmark = pytest.mark.unit


class Recorder:
    def __init__(self) -> None:
        self.calls: list[tuple[str, dict]] = []
        self.more: list[dict] = []
        self.answers: list[object] = []
        self.closed = False

    def call(self, operation, arguments, **more):
        self.calls.append((operation.name, dict(arguments)))
        self.more.append(more)
        return self.answers.pop(0) if self.answers else "done"

    def close(self) -> None:
        self.closed = True


@pytest.fixture
def connection():
    return Recorder()


@pytest.fixture
def server(connection):
    return Server(connection=connection, token="t")


def test_the_design_example_of_a_hold(server, connection):
    server.entries[1234].hold("month end")
    assert connection.calls == [("hold_entry", {"id": 1234, "body": Comment(comment="month end")})]
    assert connection.more[0]["door"] == "library" and connection.more[0]["credentials"].token == "t"


def test_the_design_example_of_a_list(server, connection):
    server.entries.find(folder=r"\Sales", state=State.EXECUTING)
    ((name, arguments),) = connection.calls
    assert name == "find_entries"
    assert (arguments["folder"], arguments["state"], arguments["limit"]) == (
        r"\Sales",
        [State.EXECUTING],
        None,
    )


def test_the_design_example_of_a_submit(server, connection):
    connection.answers = [SubmitResult(jams_entry=7, ron=9)]
    server.submit(r"\Sales\Load", day="today").wait()
    (_, submitted), (waited, arguments) = connection.calls
    assert submitted["body"].name == r"\Sales\Load" and submitted["body"].parameters == {"day": "today"}
    assert waited == "wait_for_entry" and arguments["id"] == 7


def test_a_submit_with_options_or_a_whole_document(server, connection):
    connection.answers = [SubmitResult(jams_entry=7, ron=9), SubmitResult(jams_entry=8, ron=10)]
    server.submit("Load", {"hold": True}, hold="a parameter of that name")
    assert connection.calls[0][1]["body"].hold is True
    assert connection.calls[0][1]["body"].parameters == {"hold": "a parameter of that name"}
    assert server.submit(SubmitInfo(name="Load")).key == 8
    assert connection.calls[1][0] == "submit"


def test_every_operation_can_be_reached_by_name_and_by_method(server):
    for operation in CATALOGUE:
        for name in method_names(operation):
            if operation.service in ("Server", "Submit"):
                found = getattr(server, name)
            else:
                found = getattr(getattr(server, collection_name(operation.service)), name)
            if operation.name == "submit":
                continue
            assert found.operation is operation
            assert found.__doc__.startswith(operation.summary)


def test_names_of_collections():
    assert [collection_name(n) for n in ("Entry", "Job", "History", "Agent")] == [
        "entries",
        "jobs",
        "history",
        "agents",
    ]
    assert {"entries", "jobs", "folders", "variables", "history", "agents"} <= set(
        dir(Server(connection=Recorder()))
    )


def test_a_name_binds_the_name_and_a_number_the_number(server, connection):
    server.jobs[3].get()
    server.jobs[r"\Sales\Load"].source()
    assert connection.calls == [
        ("get_job", {"id": 3, "name": None}),
        ("get_job_source", {"id": None, "name": r"\Sales\Load"}),
    ]


def test_a_handle_offers_what_its_key_can_name(server):
    handle = server.entries[1]
    assert {"hold", "log", "get_log", "wait", "set_parameter"} <= set(dir(handle))
    assert "find" not in dir(handle) and not hasattr(handle, "find")
    assert "hold" not in dir(server.entries["one"])
    with pytest.raises(InvalidArgument):
        server.entries[True]
    with pytest.raises(InvalidArgument):
        server.entries[1.5]


def test_methods_explain_themselves(server):
    hold = server.entries[1].hold
    assert list(inspect.signature(hold).parameters) == ["comment"]
    assert "comment: " in hold.__doc__
    assert "id" in inspect.signature(server.entries.hold).parameters
    assert repr(server.entries[1]) == "<Entry 1>"


def test_positional_arguments_fill_the_inputs_in_order(server, connection):
    server.entries[5].set_parameter("Who", "me")
    body = connection.calls[0][1]["body"]
    assert (body.param_name, body.param_value) == ("Who", "me")


def test_following_asks_again_until_the_end_and_loses_nothing(server, connection):
    def part(text: str, offset: int, *, complete: bool = False) -> LogPart:
        following = offset + len(text)
        return LogPart(
            jams_entry=5,
            ron=1,
            text=text,
            offset=offset,
            next_offset=following,
            size=99,
            complete=complete,
            cursor=f"at {following}",
        )

    connection.answers = [part("ab", 7), part("", 9), part("cd", 9), part("", 11, complete=True)]
    assert list(server.entries[5].log(follow=True, tail=3)) == ["ab", "cd"]
    asked = [(a["cursor"], a["tail"]) for _, a in connection.calls]
    assert asked == [(None, 3), ("at 9", None), ("at 9", None), ("at 11", None)]
    assert all(a["timeout"] > 0 for _, a in connection.calls)


@pytest.mark.parametrize(
    ("call", "error"),
    [
        (lambda s: s.entries[5].hold(reason="x"), UnknownArgument),
        (lambda s: s.entries[5].hold("x", "y"), InvalidArgument),
        (lambda s: s.entries[5].hold("x", comment="y"), InvalidArgument),
        (lambda s: s.entries.hold(), MissingArgument),
        (lambda s: s.entries.hold(id="five"), InvalidArgument),
        (lambda s: s.entries.hold(id=0), InvalidArgument),
        (lambda s: s.entries.find(state="Flying"), InvalidArgument),
        (lambda s: s.entries.find(state="a\ud83d"), InvalidArgument),
        (lambda s: s.entries.find(after=datetime(2026, 1, 1)), InvalidArgument),
        (lambda s: s.entries.find(name=object()), InvalidArgument),
        (lambda s: s.entries[5].hold(follow=True), InvalidArgument),
        (lambda s: s.call("fly"), RouteNotFound),
        (lambda s: s.submit("x", {"speed": 3}), UnknownArgument),
    ],
)
def test_bad_calls_are_clear_errors_and_reach_nothing(server, connection, call, error):
    with pytest.raises(error):
        call(server)
    assert connection.calls == []


def test_plain_values_become_the_declared_types():
    given = arguments_from(
        CATALOGUE["find_entries"],
        {"severity": ("Error", Severity.FATAL), "after": datetime(2026, 1, 1, tzinfo=UTC), "limit": 5},
    )
    assert given["severity"] == [Severity.ERROR, Severity.FATAL]
    assert given["after"] == datetime(2026, 1, 1, tzinfo=UTC)


def test_nobody_is_told_to_log_in_before_anything_is_sent(connection):
    stranger = Server(connection=connection)
    with pytest.raises(Unauthenticated):
        stranger.entries.find()
    assert connection.calls == []
    stranger.check_health()
    assert connection.calls == [("check_health", {})]


def test_a_missing_attribute_is_an_attribute_error(server):
    with pytest.raises(AttributeError):
        server.nonsense  # noqa: B018
    with pytest.raises(AttributeError):
        server.entries.nonsense  # noqa: B018


def test_closing_closes_the_connection(connection):
    with Server(connection=connection):
        assert not connection.closed
    assert connection.closed


def test_the_local_login_is_kept_private_and_read_back(tmp_path):
    login = LocalLogin(
        url="http://localhost:8080/JAMS", token="secret-token", account="me", wire="localhost:773"
    )
    write_login(tmp_path, login)
    path = tmp_path / "client.json"
    assert read_login(tmp_path) == login
    assert {"url", "token", "account"} <= json.loads(path.read_text()).keys()
    assert "secret-token" not in repr(login)
    assert [p.name for p in tmp_path.iterdir()] == ["client.json"]
    if os.name == "posix":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_no_login_and_a_damaged_one_are_told_apart(tmp_path):
    assert read_login(tmp_path) is None
    (tmp_path / "client.json").write_text('{"url": 5}')
    with pytest.raises(ConfigurationInvalid, match="damaged"):
        read_login(tmp_path)
    with pytest.raises(ConfigurationInvalid, match="cannot be written"):
        write_login(tmp_path / "missing", LocalLogin(url="", token="", account=""))


def test_the_local_token_goes_to_this_machine_alone(tmp_path, monkeypatch):
    monkeypatch.setenv("JAMS_HOME", str(tmp_path))
    write_login(tmp_path, LocalLogin(url="", token="local", account="me", wire="localhost:1"))
    owner = Server("localhost")._owner
    assert owner is not None and owner.credentials().token == "local"
    mine = Server("127.0.0.1", token="mine")
    assert mine._credentials.token == "mine" and mine._owner is None
    with Server("jams.example.com", allow_plain=True) as remote:
        assert remote._credentials.token is None


def test_the_home_directory_is_the_given_the_environments_or_the_users(tmp_path, monkeypatch):
    monkeypatch.setenv("JAMS_HOME", str(tmp_path / "environment"))
    assert home_directory(tmp_path / "given") == tmp_path / "given"
    assert home_directory() == tmp_path / "environment"
    monkeypatch.delenv("JAMS_HOME")
    assert home_directory().name == "JAMS"


def test_importing_the_front_door_loads_no_wire_until_it_is_used():
    probe = "import sys, jams.client; jams.client.Server; print('grpc' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, timeout=50)
    assert done.stdout.strip() == "False", done.stderr
