"""What an operation is.

An operation is declared once, as a typed function under :func:`jams.operations.declaration.operation`. The
declaration carries the names it bears on every face and hints as data; the faces derive everything else.

    @operation(right=Monitor.MANAGE, rest="PUT /entry/{id}/hold", soap="Entry.Hold",
               cmdlet="Suspend-JAMSEntry", command="hold")
    def hold_entry(context: Context, id: EntryNumber, body: Comment) -> Message:
        '''Hold an entry until someone releases it. ...'''
"""

from __future__ import annotations

import typing
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Annotated, Any, Literal, Protocol

from msgspec import Meta, Struct

from jams.objects.base import Document, pascal_name, wire_name
from jams.objects.patch import Patch, version_member

Message = Annotated[str, Meta(title="Message", description="What was done, as a sentence.")]
"""The answer of operations that have nothing to show but that they were done."""

Place = Literal["path", "query", "body", "condition"]


class Right(Protocol):
    """What a caller must be allowed: an area and a kind of access within it."""

    @property
    def area(self) -> str:
        """Name of the area."""

    @property
    def access(self) -> str:
        """Name of the access."""


@dataclass(frozen=True)
class Route:
    """A REST address: verb, path template below ``/api`` and the names of its query parameters."""

    verb: str
    path: str
    query: tuple[str, ...]


@dataclass(frozen=True)
class Pieces:
    """How a long text is read in pieces by asking again.

    Attributes:
        cursor: input that says where to continue.
        next: result member that holds the next cursor.
        done: boolean result member that says nothing will follow.
        text: result member that holds the text of the piece.
        size: result member that holds the length of the whole as it stands, in the units of the cursor.
        single: boolean input that asks for one piece only.
    """

    cursor: str
    next: str
    done: str
    text: str
    size: str
    single: str


@dataclass(frozen=True)
class Follow(Pieces):
    """How a growing text is followed by asking again.

    Attributes:
        wait: input that says how many seconds the server may wait for something new; a text that has not
            begun by then is answered as an empty piece.
        until: operation with an :class:`Ending` that takes the same object, and tells what it waits for.
    """

    wait: str
    until: str


@dataclass(frozen=True)
class Feed:
    """How what happens is told to who listens, by asking again.

    Attributes:
        cursor: input that says behind what to go on.
        size: input that says how many are told at most; with 0 and no cursor it is told where to begin.
        wait: input that says how many seconds the server may wait for something new.
        items: result member that holds what has happened.
        next: result member that holds the next cursor.
        more: boolean result member that says whether more can be had at once.
        anew: boolean result member that says whether something was lost, so that one has to look for oneself.
        view: result member that stands for what the caller may see: who has the same, and asks for the same,
            is told the same.
    """

    cursor: str
    size: str
    wait: str
    items: str
    next: str
    more: str
    anew: str
    view: str


@dataclass(frozen=True)
class Making:
    """How an answer that takes long to make is asked for until it is there.

    Attributes:
        state: result member that says how far it is.
        done: the value of that when it is there.
        progress: result member that says how much of it is there, in percent.
        wait: input that says how many seconds the server may work at it before it answers.
        items: result member that holds what is listed.
        notes: result member that holds sentences on what is listed.
    """

    state: str
    done: str
    progress: str
    wait: str
    items: str
    notes: str


@dataclass(frozen=True)
class Page:
    """How a long list comes in pages.

    Attributes:
        skip: input that says how many objects to pass over.
        size: input that says how many a page holds at most; its default is the usual number.
        items: result member that holds the objects of the page.
        total: result member that says how many there are on all pages; 0 when they were not counted.
        link: result member for the address of the next page; filled by doors that have addresses.
    """

    skip: str
    size: str
    items: str
    total: str
    link: str


@dataclass(frozen=True)
class Bound:
    """How a list is bounded by its operation, and how it goes on.

    Attributes:
        limit: input that says how many are listed at most.
        cursor: input that says behind which one the list goes on; None where it cannot.
        member: result member that the cursor takes.
        backwards: whether what is left out would stand before what is listed.
        endless: whether there is always more, so that nobody has to be told.
    """

    limit: str
    cursor: str | None = None
    member: str | None = None
    backwards: bool = False
    endless: bool = False


@dataclass(frozen=True)
class Ending:
    """How a result tells that something has come to its end, and how well it ended.

    Attributes:
        state: result member that says where it stands.
        ended: the value of ``state`` at which nothing more will happen by itself.
        severity: result member that says how well it ended.
        reason: result member that says so in words.
        wait: input that says how many seconds the server may wait for the end.
    """

    state: str
    ended: str
    severity: str
    reason: str
    wait: str


@dataclass(frozen=True)
class Start:
    """What an operation sets going, so that a face can wait for its end and show its text meanwhile.

    Attributes:
        number: the result member, or else the input, that names it.
        wait: the operation that waits for its end; it has an :class:`Ending`.
        log: the operation that shows its text; it has a :class:`Follow`.
        input: the input of both that takes the number.
    """

    number: str
    wait: str
    log: str
    input: str = "id"


@dataclass(frozen=True)
class Offer:
    """Where the values that an input may take can be looked up, to be offered while somebody types.

    Attributes:
        operation: an operation that lists them.
        member: the member of each listed result that is the value.
        within: its input that takes the path in which to look, where it lists one level at a time.
        sample: a value as it may look, for examples.
        fresh: one that a new object may bear, where the sample is there from the beginning.
        referred: other objects that tell such a value, by struct: the wire name of the member that holds it,
            or of several that make a path together.
    """

    operation: str
    member: str
    within: str | None = None
    sample: str | None = None
    fresh: str | None = None
    referred: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class Variables:
    """How variables of whoever calls may fill an input of names and values, where they bear those names.

    Attributes:
        input: the input.
        operation: the operation that gives, for the same name, a document which tells the names.
        member: its member that lists them.
        name: the member of each that is the name.
    """

    input: str
    operation: str
    member: str
    name: str


@dataclass(frozen=True)
class Binding:
    """How an operation's inputs become parameters of its cmdlet, where the rules do not say it.

    Without it every input is a parameter under its own name in PascalCase.

    Attributes:
        set: name of its parameter set; operations that share a cmdlet differ in it.
        names: what inputs and members of a document are called, by Python name; an empty name shows none,
            because another parameter set of the cmdlet says the same.
        positional: inputs by position, if others than on the command line.
        pattern: in an operation that lists: its input that takes a pattern of names, or else the member of
            its results that such a pattern is compared with.
        folder: the input whose pattern may begin with a path; a folder can then be given beside it.
        objects: parameters that take a whole object, by the input that is filled from its ``pipeline``
            property: parameter and struct.
        words: further words for the values of an input, and the values each stands for.
        lookup: where to find the objects of a name, so that their numbers need not be known: an operation
            that lists, and has a ``pattern``.
        value: the result member that most callers want, instead of the whole.
        value_switch: the switch that asks for the value alone; without one it is always given alone.
        shows: the operation that gives the object concerned, for the same key.
        path: the members of the document that make the path under which ``shows`` finds it.
        beside: further inputs of ``shows``, by the members of the document that fill them, where several
            objects may have one path.
        whole: whether the document is only taken whole, its members being no parameters.
        container: the directory of the drive in which what is listed is found.
        variables: how the caller's variables may fill an input, where a door knows any.
        content: whether the answer is the content of an object, as Get-Content reads it from the drive.
        gathers: the input that takes objects whole, each told as ``Kind:name``; those that are piped are
            taken together, in one call.
        reads: the input that a file of the caller's may fill, where a door knows files of his.
        saves: whether the answer may go into a file of the caller's instead.
        here: the input that is the folder where the caller stands on a drive, if he does not give it.
        own_entry: whether the key that is not given is the entry in whose run the cmdlet is used.
        samples: values of inputs as they may be typed, for examples.
    """

    set: str = ""
    names: Mapping[str, str] = field(default_factory=dict)
    positional: tuple[str, ...] | None = None
    pattern: str | None = None
    folder: str | None = None
    objects: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    words: Mapping[str, Mapping[str, tuple[str, ...]]] = field(default_factory=dict)
    lookup: Offer | None = None
    value: str | None = None
    value_switch: str | None = None
    shows: str | None = None
    path: tuple[str, ...] = ()
    beside: Mapping[str, str] = field(default_factory=dict)
    whole: bool = False
    container: str | None = None
    variables: Variables | None = None
    content: bool = False
    gathers: str | None = None
    reads: str | None = None
    saves: bool = False
    here: str | None = None
    own_entry: bool = False
    samples: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Input:
    """One thing a caller gives, as the faces without a body show it.

    Attributes:
        name: Python name.
        wire: JSON name; SOAP and PowerShell show it in PascalCase.
        type: the annotated type.
        required: whether it must be given.
        default: its value when it is not given.
        description: one sentence.
        place: where REST carries it; ``body`` also marks the members of an arguments body, ``condition`` the
            version that a precondition of the request tells.
        parameter: the function parameter it belongs to.
        document: whether the value is a whole document.
        secret: whether the value must never be shown or logged.
    """

    name: str
    wire: str
    type: Any
    required: bool
    default: Any
    description: str
    place: Place
    parameter: str
    document: bool = False
    secret: bool = False

    @property
    def pascal(self) -> str:
        """The name in SOAP and PowerShell."""
        return pascal_name(wire_name(self.name) if self.place != "body" or self.document else self.wire)


@dataclass(frozen=True)
class Operation:
    """Everything the faces need to know of one operation."""

    name: str
    function: Callable[..., Any]
    right: Right | None
    routes: tuple[Route, ...]
    service: str
    soap_name: str
    cmdlet: str
    command: str
    inputs: tuple[Input, ...]
    body: Input | None
    body_type: type[Struct] | None
    arguments: type[Struct]
    result: Any
    summary: str
    description: str
    errors: tuple[str, ...]
    changes: bool
    created: bool = False
    key: tuple[str, ...] = ()
    positional: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    whole: bool = False
    follow: Follow | None = None
    pieces: Pieces | None = None
    page: Page | None = None
    feed: Feed | None = None
    making: Making | None = None
    text: str | None = None
    failing: str | None = None
    retry_key: bool = False
    pipeline: Mapping[str, str] = field(default_factory=dict)
    aliases: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    ending: Ending | None = None
    starts: Start | None = None
    session: Literal["opens", "closes"] | None = None
    settles: bool = False
    sign_on: Literal["offers", "names"] | None = None
    offers: Mapping[str, Offer] = field(default_factory=dict)
    binding: Binding = Binding()
    versioned: bool = False
    line: tuple[str, ...] = ()
    bound: Bound | None = None
    tolerates: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def document(self) -> type[Document] | None:
        """The noun that the operation takes, whole or in part; None if it takes none."""
        taken = self.body_type
        if taken is None or issubclass(taken, Document):
            return taken
        return taken.document_type if issubclass(taken, Patch) else None

    @property
    def patches(self) -> bool:
        """Whether it takes some members of a document, and leaves the others as they are."""
        return self.body_type is not None and issubclass(self.body_type, Patch)

    @property
    def shows_version(self) -> str | None:
        """The member of the result that is its version, where it shows one object that has such."""
        single = isinstance(self.result, type) and issubclass(self.result, Document)
        return version_member(self.result) if single and not self.changes else None

    @property
    def wait(self) -> str | None:
        """The input that says how long the server may wait, where the operation waits for something."""
        hint = self.ending or self.follow or self.feed
        return hint.wait if hint is not None else None

    def input(self, name: str) -> Input:
        """The input of that Python name."""
        return next(item for item in self.inputs if item.name == name)

    @property
    def usual_bound(self) -> Input | None:
        """The input by whose default a list is bounded, so that who gives none may have got less than all."""
        if self.bound is None or self.bound.endless:
            return None
        item = self.input(self.bound.limit)
        return item if item.default is not None else None

    @property
    def lists(self) -> bool:
        """Whether the result is a list."""
        return typing.get_origin(self.result) is list

    def needed(self, route: Route) -> tuple[str, ...]:
        """The wire names of what must stand in the query of one of its routes; those tell apart operations
        that share an address.

        The only input by which a route can name its object (``GET /job?name``) must be given there, though
        the operation could do without it; but a document that is sent can name its object itself.
        """
        query = [item for item in self.inputs if item.wire in route.query and item.place != "body"]
        needed = [item for item in query if item.required]
        if not self.patches and len(self.key) > 1:
            in_path = {item.name for item in self.inputs if f"{{{item.wire}}}" in route.path}
            naming = [item for item in query if item.name in self.key]
            if len(naming) == 1 and not in_path & set(self.key):
                needed += [item for item in naming if item not in needed]
        return tuple(item.wire for item in needed)

    def gather(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """The function's keyword arguments from flat values by Python name.

        Members of an arguments body are put together into that struct; everything else passes through.
        """
        if self.body_type is None or self.body is None or self.body.document:
            return dict(values)
        parameter = self.body.parameter
        members = {i.name for i in self.inputs if i.parameter == parameter}
        given = {name: value for name, value in values.items() if name in members}
        rest = {name: value for name, value in values.items() if name not in members}
        return {**rest, parameter: self.body_type(**given)}
