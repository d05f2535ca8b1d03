"""A small catalogue of its own and a JAMServer that is none, to look at the web services alone."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from concurrent.futures import Future
from dataclasses import dataclass, field
from enum import Enum
from typing import Annotated, Any

from msgspec import Meta
from werkzeug.test import TestResponse

from jams.objects.base import (
    Arguments,
    Count,
    Document,
    Fact,
    Name,
    ObjectId,
    ReadOnly,
    Seconds,
    Text,
    Timestamp,
)
from jams.objects.errors import AccessDenied, NotFound, ServerBusy, ServerUnavailable, WrongState
from jams.objects.preconditions import ALWAYS, Precondition
from jams.operations.catalogue import Catalogue, Ending, Follow, Message, Operation, Page
from jams.operations.declaration import operation
from jams.security.caller import NOBODY, Credentials
from jams.security.rights import Monitor
from webservices.application import WebApplication
from webservices.rest import RestApplication
from webservices.waiting import Waits
from webservices.web_settings import WebSettings

CATALOGUE = Catalogue()
LOG = "one\r\ntwo\nthrée \U0001f600\n\n data: x\nend"


class Colour(Enum):
    """A colour."""

    RED = "Red"
    DARK_BLUE = "DarkBlue"


class Part(Document, kw_only=True):
    """A part of a thing."""

    part_name: Name
    length: int = 0
    current_value: str | int | dict[str, Any] | None = None


class Thing(Document, kw_only=True):
    """A thing."""

    thing_id: ObjectId | None = None
    thing_name: Name
    colour: Colour = Colour.RED
    parts: list[Part] = []
    due_utc: Timestamp | None = None
    made_utc: Annotated[Timestamp | None, ReadOnly] = None


class Comment(Arguments, frozen=True, kw_only=True):
    """Why."""

    comment: Annotated[Text | None, Meta(description="Why.")] = None
    times: Annotated[int, Meta(description="How often.")] = 1


class Value(Arguments, frozen=True, kw_only=True):
    """A value."""

    value: Annotated[Text, Meta(description="The value.")]


class Login(Arguments, frozen=True, kw_only=True):
    """A login."""

    username: Annotated[Name | None, Meta(description="Who.")] = None
    password: Annotated[str | None, Meta(description="The proof.", extra={"secret": True})] = None


class Piece(Fact, frozen=True, kw_only=True):
    """A piece of text."""

    text: str
    next_offset: Count
    size: Count
    complete: bool


def declare(rest: str | tuple[str, ...], soap: str, **hints: Any) -> Any:
    """Declare an operation of the small catalogue."""
    word = soap.replace(".", "-").lower()
    hints.setdefault("right", Monitor.SEE_OWN)
    return operation(
        rest=rest,
        soap=soap,
        cmdlet=f"Get-JAMS{soap.replace('.', '')}",
        command=word,
        catalogue=CATALOGUE,
        **hints,
    )


@declare(("GET /thing/{id}", "GET /thing?name"), "Thing.Get", key=("name", "id"))
def get_thing(context: Any, id: ObjectId | None = None, name: Name | None = None) -> Thing:
    """Show one thing.

    Args:
        id: its number.
        name: its name.

    Raises:
        NotFound: there is no such thing.
    """
    if id == 404:
        raise NotFound("There is no thing 404.", target=404)
    return Thing(thing_id=id, thing_name=name or "box")


@declare("GET /thing/all?colour,after,limit,words,open,ratio,$top", "Thing.Find", names={"top": "$top"})
def find_things(
    context: Any,
    colour: list[Colour] | None = None,
    after: Timestamp | None = None,
    limit: Annotated[int, Meta(ge=1, le=10)] | None = None,
    words: list[Text] | None = None,
    open: bool = False,
    ratio: Seconds = 1.0,
    top: Count | None = None,
) -> list[Thing]:
    """List things.

    Args:
        colour: only things of these colours.
        after: only things that are due later.
        limit: how many at most.
        words: only things that bear these words.
        open: only open things.
        ratio: how things are measured.
        top: how many at most, as others call it.
    """
    return [Thing(thing_name="a"), Thing(thing_name="b")]


class Things(Fact, frozen=True, kw_only=True):
    """A page of things."""

    items: list[Thing]
    count: Count = 0
    next_page_link: str | None = None


@declare(
    "GET /thing/page?word,$top,$skip,$count",
    "Thing.Search",
    names={"top": "$top", "skip": "$skip", "count": "$count"},
    page=Page(skip="skip", size="top", items="items", total="count", link="nextPageLink"),
)
def search_things(
    context: Any, word: Text = "", top: Count = 2, skip: Count = 0, count: bool = True
) -> Things:
    """Show a page of the five things there are.

    Args:
        word: what their names begin with.
        top: how many at most.
        skip: how many to pass over.
        count: whether to count them.
    """
    names = [f"{word}{number}" for number in range(5)]
    page = [Thing(thing_name=name) for name in names[skip : skip + top]]
    return Things(items=page, count=len(names) if count else 0)


@declare("POST /thing", "Thing.Create", created=True, right=Monitor.MANAGE)
def create_thing(context: Any, thing: Thing) -> Message:
    """Create a thing.

    Args:
        thing: the new thing.
    """
    return f"Thing {thing.thing_name} was created."


@declare("PUT /Thing/{id}/Hold", "Thing.Hold", right=Monitor.MANAGE)
def hold_thing(context: Any, id: ObjectId, body: Comment) -> Message:
    """Hold a thing.

    Args:
        id: the thing.

    Raises:
        WrongState: it is held already.
    """
    if id == 409:
        raise WrongState("Thing 409 is held already.", target=409)
    return "Held."


@declare("POST /thing/setvalue?name", "Thing.SetValue")
def set_value(context: Any, name: Name, body: Value) -> Message:
    """Give a thing a value.

    Args:
        name: the thing.
    """
    return body.value


@declare("DELETE /thing/{id}", "Thing.Delete", right=Monitor.MANAGE)
def delete_thing(context: Any, id: ObjectId) -> bool:
    """Delete a thing.

    Args:
        id: the thing.
    """
    return True


@declare(
    "GET /thing/{id}/log",
    "Thing.GetLog",
    text="text",
    follow=Follow(
        cursor="offset",
        next="nextOffset",
        done="complete",
        wait="timeout",
        text="text",
        size="size",
        single="preview",
        until="wait_for_thing",
    ),
)
def get_log(
    context: Any, id: ObjectId, offset: Count | None = None, preview: bool = False, timeout: Seconds = 0.0
) -> Piece:
    """Read the log of a thing: ten bytes at a time, whole characters only.

    Args:
        id: the thing.
        offset: where to begin.
        preview: whether one piece is enough.
        timeout: how long to wait for more.
    """
    data, start = LOG.encode(), offset or 0
    if id == 503 and start > 0:
        raise ServerUnavailable("The database is away.")
    if id == 404:
        raise NotFound("There is no thing 404.", target=404)
    end = min(len(data), start + 10)
    while end < len(data) and data[end] & 0xC0 == 0x80:
        end -= 1
    text = data[start:end].decode()
    return Piece(text=text, next_offset=end, size=len(data), complete=end == len(data))


@declare(
    "GET /thing/{id}/wait",
    "Thing.Wait",
    ending=Ending(state="colour", ended="Red", severity="colour", reason="thingName", wait="timeout"),
)
def wait_for_thing(context: Any, id: ObjectId, timeout: Seconds = 60.0) -> Thing:
    """Wait for the end of a thing; number 404 is none, the others have ended when they are red.

    Args:
        id: the thing.
        timeout: how long to wait.
    """
    if id == 404:
        raise NotFound("There is no thing 404.", target=404)
    return Thing(thing_name="box", colour=Colour.DARK_BLUE if id == 425 else Colour.RED)


@declare("POST /login", "Session.Login", right=None, session="opens")
def log_in(context: Any, body: Login) -> Message:
    """Log in."""
    return f"{body.username}/{body.password}"


@declare("POST /ping", "Session.Ping")
def ping(context: Any) -> Message:
    """Take no body."""
    return "pong"


@declare("POST /submit", "Session.Submit", retry_key=True)
def submit(context: Any, body: Value) -> Message:
    """Submit something."""
    return body.value


@declare("GET /trouble/{what}", "Session.Trouble")
def trouble(context: Any, what: Name) -> Message:
    """Get into trouble.

    Args:
        what: which.
    """
    match what:
        case "denied":
            raise AccessDenied("You lack the right Monitor.Manage.")
        case "busy":
            raise ServerBusy("Too much to do.")
    raise RuntimeError("a secret that nobody may read")


@dataclass
class Called:
    """One call that reached the stub."""

    operation: str
    arguments: dict[str, Any]
    credentials: Credentials
    door: str
    retry_key: str | None
    condition: Precondition


@dataclass
class StubConnection:
    """A connection that writes down what it is asked and runs the operation without a server."""

    calls: list[Called] = field(default_factory=list)

    def call(
        self,
        operation: Operation,
        arguments: Mapping[str, Any],
        *,
        credentials: Credentials = NOBODY,
        door: str = "library",
        retry_key: str | None = None,
        condition: Precondition = ALWAYS,
        total: bool = False,
    ) -> Any:
        """Run the operation's function."""
        self.calls.append(Called(operation.name, dict(arguments), credentials, door, retry_key, condition))
        return operation.function(None, **arguments)

    def admit(self, operation: Operation, **who: Any) -> None:
        """Let everybody in."""

    def standing(self, operation: Operation, **who: Any) -> None:
        """It cannot tell whether anything has changed."""

    def call_later(self, operation: Operation, arguments: Mapping[str, Any], **more: Any) -> Future[Any]:
        """Run it in a thread of its own."""
        asked: Future[Any] = Future()

        def run() -> None:
            try:
                result = self.call(operation, arguments, **more)
            except BaseException as error:
                if asked.set_running_or_notify_cancel():
                    asked.set_exception(error)
            else:
                if asked.set_running_or_notify_cancel():
                    asked.set_result(result)

        threading.Thread(target=run, daemon=True).start()
        return asked

    def close(self) -> None:
        """Nothing is held."""

    @property
    def last(self) -> Called:
        """The last call."""
        return self.calls[-1]


def stub_application(connection: StubConnection, **settings: Any) -> WebApplication:
    """The REST interface of the small catalogue; no SOAP."""
    web = WebSettings(**{"public_url": "http://jams.example/JAMS", "max_request_bytes": 4096, **settings})
    rest = RestApplication(Waits(connection, web.max_waiting_threads), web, CATALOGUE)
    return WebApplication({"": rest}, web, rest.end_streams)


def problem(answer: TestResponse, status: int, code: str) -> dict[str, Any]:
    """The problem that an answer is; fails if it is none of that status and code."""
    assert answer.status_code == status, answer.text
    assert answer.mimetype == "application/problem+json"
    found: dict[str, Any] = answer.get_json()
    assert found["code"] == code
    assert found["status"] == status
    assert found["type"] == f"urn:jams:error:{code}"
    assert found["instance"].startswith("urn:uuid:")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    return found
