"""Runs product cmdlets: turns bound parameters into calls of operations, and results into output.

Everything is told by the declarations; nothing here knows one operation.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import msgspec

from jams.objects.base import snake_name
from jams.objects.errors import InvalidArgument, JAMSError, MissingArgument
from jams.objects.listing import is_full
from jams.objects.patch import number_member
from jams.operations.catalogue import Input, Operation, Page
from psprovider.cmdlets.kinds import paged
from psprovider.cmdlets.model import PASS_THRU, VALUE_ONLY, WAIT, Cmdlet, Parameter, ParameterSet, Role

from . import documents, finding, following
from .conversion import revealed
from .invocation import Invocation
from .values import as_list, text

Values = Mapping[str, Any]

REHEARSAL = "dry_run"
"""The input of operations that can tell what they would do; -WhatIf asks for it."""

NOTE = " Note: "
"""What stands in an answer before that of which its caller is to be warned."""


class CmdletRunner:
    """Runs one cmdlet."""

    def __init__(self, cmdlet: Cmdlet) -> None:
        self._cmdlet = cmdlet
        self._waits = any(s.operation.ending for s in cmdlet.sets)

    def __call__(self, invocation: Invocation) -> Iterator[Any]:
        """Run it for every object piped, or once."""
        _check_server(invocation)
        waiting: list[int] = []
        gathered: Call | None = None
        for name, values in invocation.objects():
            call = Call(self._cmdlet, self._cmdlet.set(name), values, invocation)
            if call.set.operation.binding.gathers:
                gathered = call if gathered is None else gathered.with_more(call)
                continue
            if call.set.operation.ending:
                waiting.extend(call.keys())
            else:
                yield from call.run()
        if gathered is not None:
            yield from gathered.run()
        if self._waits:
            operation = next(s.operation for s in self._cmdlet.sets if s.operation.ending)
            yield from following.wait_for(invocation, operation, waiting)


class Call:
    """One call of a cmdlet with its values bound."""

    def __init__(self, cmdlet: Cmdlet, parameter_set: ParameterSet, values: Values, run: Invocation) -> None:
        self.cmdlet = cmdlet
        self.set = parameter_set
        self.values = values
        self.invocation = run
        self.parameters = [
            p for p in cmdlet.parameters if parameter_set.name in p.places and p.name in values
        ]

    def with_more(self, other: Call) -> Call:
        """The same for the objects of another call as well."""
        taken = {
            p.name: [*as_list(self.values[p.name]), *as_list(other.values[p.name])]
            for p in self.parameters
            if p.kinds
        }
        return Call(self.cmdlet, self.set, {**self.values, **taken}, self.invocation)

    def run(self) -> Iterator[Any]:
        """Do it. What is refused for one object is an error that ends nothing."""
        operation = self.set.operation
        _check_files(self.parameters)
        if operation.body is not None and operation.body.document:
            yield from self.guarded(self._document())
        elif operation.text:
            for key in self.keys():
                yield from self.guarded(following.text_lines(self.invocation, operation, self.inputs(key)))
        elif self.set.lists is not None:
            yield from finding.find(self)
        elif self.set.key is None:
            yield from self.guarded(self._once(self.inputs(None), self._target()))
        elif self.keys() == [None] and self.set.operation.binding.own_entry:
            raise MissingArgument("Give the entry: a session is no run of one.", member=self.set.key)
        else:
            for key in self.keys():
                yield from self.guarded(self._once(self.inputs(key), text(key)))

    def keys(self) -> list[Any]:
        """The objects meant: the values of the key, one call each."""
        for parameter in self.parameters:
            if parameter.role is Role.LOOKUP:
                return finding.numbers(self, as_list(self.values[parameter.name]))
            if parameter.role is Role.OBJECT:
                return [finding.name_of(self, parameter, self.values[parameter.name])]
            if parameter.target == self.set.key and parameter.role is Role.INPUT:
                return as_list(self.values[parameter.name])
        return [None]

    def inputs(self, key: Any) -> dict[str, Any]:
        """The inputs of the operation, with one value of the key."""
        given = {p.target: self.values[p.name] for p in self.parameters if p.role is Role.INPUT}
        given |= {
            p.target: revealed(given[p.target]) for p in self.parameters if p.secret and p.target in given
        }
        for parameter in self.parameters:
            if parameter.kinds:
                objects = as_list(given[parameter.target])
                given[parameter.target] = [finding.kind_and_name(parameter, each) for each in objects]
        here = self.set.operation.binding.here
        if here is not None and given.get(here) is None and self.invocation.session.location.path:
            given[here] = self.invocation.session.location.folder
        if self.set.key is not None and key is not None:
            given[self.set.key] = key
        finding.add_folder(self, given)
        return {name: value for name, value in given.items() if value is not None}

    def switch(self, target: str) -> bool:
        """Whether a switch is given."""
        return any(
            p.role is Role.SWITCH and p.target == target and bool(self.values[p.name])
            for p in self.parameters
        )

    def call(self, operation: Operation, inputs: Values) -> Any:
        """Call an operation as the session's caller."""
        return self.invocation.session.call(operation, inputs)

    def emit(self, operation: Operation, result: Any) -> Iterator[Any]:
        """A result as objects of the pipeline."""
        value = operation.binding.value
        bare = value is not None and (not operation.binding.value_switch or self.switch(VALUE_ONLY))
        for item in _objects(result):
            self.invocation.streams.check()
            yield getattr(item, snake_name(value)) if bare and value is not None else item

    def _once(self, inputs: dict[str, Any], target: str) -> Iterator[Any]:
        operation = self.set.operation
        if not operation.changes or operation.session:
            yield from self._read(operation, inputs)
            return
        if not self.invocation.should_process(target):
            if self.invocation.value("WhatIf", False) and any(i.name == REHEARSAL for i in operation.inputs):
                yield from self._after(inputs, self.call(operation, {**inputs, REHEARSAL: True}))
            return
        result = self.call(operation, inputs)
        yield from self._after(inputs, result)

    def _read(self, operation: Operation, inputs: dict[str, Any]) -> Iterator[Any]:
        result = self.call(operation, inputs)
        bound = operation.usual_bound
        if bound is not None and is_full(result, bound.default if bound.name not in inputs else None):
            self._tell_of_more(operation, bound, result)
        if operation.page is not None:
            self._tell_of_pages(operation, operation.page, inputs, result)
        if self.cmdlet.verb == "Test" and isinstance(result, str):
            self.invocation.verbose(result)
            yield True
            return
        patterns = next((self.values[p.name] for p in self.parameters if p.role is Role.PATTERN), None)
        found = finding.named(self.invocation, operation, result, patterns)
        yield from self.emit(operation, found)

    def _tell_of_more(self, operation: Operation, bound: Input, result: Sequence[Any]) -> None:
        """Warn that a list is shorter than what was asked for."""
        named, wanted = operation.binding.names, bound
        if (
            len(result) != bound.default
            and operation.bound is not None
            and operation.bound.cursor is not None
        ):
            # The server gives no more at once, whatever it is asked for.
            wanted = operation.input(operation.bound.cursor)
        does = "asks for more" if wanted is bound else "goes on behind them"
        name = named.get(wanted.name) or wanted.pascal
        self.invocation.warning(f"There may be more than the {len(result)} shown; -{name} {does}.")

    def _tell_of_pages(self, operation: Operation, page: Page, inputs: dict[str, Any], result: Any) -> None:
        """Warn that a page is shorter than what was asked for."""
        shown, total = len(getattr(result, page.items)), getattr(result, page.total)
        behind = (inputs.get(page.skip) or 0) + shown
        if total > behind and not shown >= inputs.get(page.size, shown + 1):
            name = operation.binding.names.get(page.skip) or operation.input(page.skip).pascal
            self.invocation.warning(f"{shown} of {total} are shown; -{name} {behind} goes on behind them.")

    def _after(self, inputs: dict[str, Any], result: Any, path: str | None = None) -> Iterator[Any]:
        """What is shown after a change: the object if asked for, the end if waited for, or the answer."""
        operation = self.set.operation
        if isinstance(result, str):
            done, *notes = result.split(NOTE)
            self.invocation.verbose(done)
            for note in notes:
                self.invocation.warning(note)
        if operation.starts and self.switch(WAIT):
            number = getattr(result, snake_name(operation.starts.number), None)
            number = inputs[operation.starts.number] if number is None else number
            waiting = self.invocation.session.catalogue[operation.starts.wait]
            yield from following.wait_for(self.invocation, waiting, [number])
        elif self.switch(PASS_THRU) or (operation.created and operation.binding.shows):
            yield from self._shown(inputs, path)
        elif not isinstance(result, str) and result is not None:
            yield from self.emit(operation, result)

    def _shown(self, inputs: dict[str, Any], path: str | None) -> Iterator[Any]:
        shows = self.invocation.session.catalogue.get(self.set.operation.binding.shows or "")
        if shows is None:
            return
        keys = {name: inputs[name] for name in shows.key if name in inputs}
        if path is not None:
            keys = {shows.key[0]: path, **self._beside(inputs)}
        yield from self.emit(shows, self.call(shows, keys))

    def _beside(self, inputs: dict[str, Any]) -> dict[str, Any]:
        """What tells the object of the document from others that have its path."""
        operation = self.set.operation
        assert operation.body is not None
        document = inputs[operation.body.name]
        told = {name: documents.member(document, m) for name, m in operation.binding.beside.items()}
        return {name: value for name, value in told.items() if value is not None}

    def _document(self) -> Iterator[Any]:
        """Make a document, or change one, and send it."""
        operation = self.set.operation
        struct = operation.body_type
        assert struct is not None and operation.body is not None
        changes = {p.target: self.values[p.name] for p in self.parameters if p.role is Role.MEMBER}
        whole = next((self.values[p.name] for p in self.parameters if p.role is Role.DOCUMENT), None)
        if whole is None:
            document = documents.made(struct, changes)
        else:
            own = operation.binding.path[-1] if operation.binding.path else None
            document = documents.changed(documents.to_document(struct, whole), changes, own)
        given = self.inputs(None)
        named = [name for name in operation.key if name in given]
        path = None if named else _path(document, operation.binding.path)
        if not self.invocation.should_process(path or documents.title(document) or self._target()):
            return
        number = number_member(operation.document) if operation.patches and operation.document else None
        if named and number is not None and self.switch(PASS_THRU):
            given = self._numbered(given, number)
        elif number is not None and not named and documents.member(document, number) is not None:
            given, path = {**given, "id": documents.member(document, number)}, None
        inputs = {**given, operation.body.name: document}
        yield from self._after(inputs, self.call(operation, inputs), path)

    def _numbered(self, given: dict[str, Any], number: str) -> dict[str, Any]:
        """The inputs with the object's number in place of its name, which may become another."""
        shows = self.invocation.session.catalogue.get(self.set.operation.binding.shows or "")
        if shows is None or "id" in given:
            return given
        keys = {name: value for name, value in given.items() if name in shows.key}
        rest = {name: value for name, value in given.items() if name not in shows.key}
        return {**rest, "id": getattr(self.call(shows, keys), number)}

    def _target(self) -> str:
        for name in (*self.set.operation.key, *self.set.operation.positional):
            for parameter in self.parameters:
                if parameter.target == name:
                    return text(self.values[parameter.name])
        return self.invocation.session.server_name

    def guarded(self, output: Iterator[Any]) -> Iterator[Any]:
        """The same output; what is refused meanwhile is an error that ends nothing else."""
        try:
            yield from output
        except JAMSError as problem:
            self.invocation.error(problem)
            if self.cmdlet.verb == "Test":
                yield False


def _check_files(parameters: list[Parameter]) -> None:
    """Refuse what names a file. Raises InvalidArgument."""
    for parameter in parameters:
        if parameter.role is Role.FILE:
            raise InvalidArgument(
                f"A session reads and writes no files of yours: leave out -{parameter.name}, and take the "
                "text to and fro yourself.",
                member=parameter.name,
            )


def _check_server(invocation: Invocation) -> None:
    """Refuse another server than the session's. Raises InvalidArgument."""
    for parameter in invocation.spec.parameters:
        if parameter.role is Role.SERVER and invocation.value(parameter.name) is not None:
            name, session = text(invocation.value(parameter.name)), invocation.session
            if not session.is_own(name):
                raise InvalidArgument(
                    f"This session is on {session.server_name}; open another one on {name}.", member="server"
                )


def _objects(result: Any) -> Iterator[Any]:
    if isinstance(result, list | tuple):
        yield from result
        return
    page = paged(type(result)) if isinstance(result, msgspec.Struct) else None
    if page is not None:
        yield from getattr(result, page[0])
    else:
        yield result


def _path(document: Any, members: tuple[str, ...]) -> str | None:
    """The path that a document's members make."""
    if not members:
        return None
    *folders, own = (documents.member(document, name) for name in members)
    if not folders:
        return None if own is None else str(own)
    if own is None:
        return None
    folder = next((f for f in folders if f), "")
    return f"{str(folder).rstrip(chr(92))}\\{own}"
