"""Runs pipelines: chains of commands, each pulling from the one before it, object by object."""

from __future__ import annotations

import logging
import secrets
from collections import deque
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from typing import Any

from jams.objects.errors import JAMSError
from psprovider.endpoint import records
from psprovider.endpoint.engine import Host, Streams
from psprovider.endpoint.exceptions import ErrorRecord, InvocationInfo, PipelineFailed
from psprovider.endpoint.jams_errors import from_jams
from psprovider.endpoint.known_errors import (
    command_not_found,
    internal_error,
    no_host,
    pipeline_not_created,
    scripts_not_allowed,
)
from psprovider.endpoint.protocol_errors import HostUnavailable, PipelineStopped
from psprovider.endpoint.requests import Command, Merge, PipelineRequest

from . import command_errors
from .binder import Binder
from .commands import CommandSpec
from .elsewhere import why_not_here
from .invocation import Invocation
from .lexer import Incomplete, ParseError
from .parser import parse
from .surroundings import Session

log = logging.getLogger(__name__)
_FUNCTION = 2
_EVERYTHING = Merge(previous_results=3)


class PipelineRun:
    """One pipeline being run.

    Attributes:
        calls: the commands that were bound, for the audit.
        failures: how many statements before the last were ended by an error.
    """

    def __init__(
        self,
        session: Session,
        number: int,
        host: Host,
        streams: Streams,
        calls: list[Invocation] | None = None,
    ) -> None:
        self._session = session
        self._number = number
        self._host = host
        self._streams = streams
        self.calls: list[Invocation] = [] if calls is None else calls
        self.failures = 0

    def run(self, request: PipelineRequest) -> None:
        """Run all statements. Raises PipelineFailed if the last one ends with an error."""
        statements = [s for statement in request.statements for s in _expanded(statement)]
        if not statements:
            return
        for number, statement in enumerate(statements, 1):
            source = self._streams.input() if request.has_input and number == 1 else None
            try:
                self._statement(statement, source)
            except PipelineFailed as failure:
                if number == len(statements) or failure.ends_all:
                    raise
                self.failures += 1
                self._streams.error(failure.record, ended_statement=True)

    def nested(self, text: str) -> Iterator[Any]:
        """The output of a text's pipelines, for commands that run text."""
        for statement in parsed(text):
            yield from self._chain(statement, None)

    def _statement(self, commands: tuple[Command, ...], source: Iterator[Any] | None) -> None:
        with closing(self._chain(commands, source)) as output:
            for item in output:
                self._streams.write(records.error(item) if isinstance(item, ErrorRecord) else item)

    def _chain(self, commands: tuple[Command, ...], source: Iterator[Any] | None) -> Any:
        specs = [self._found(command) for command in commands]
        upstream: Any = source
        length = len(commands)
        invocations: list[Invocation] = []
        for position, (command, spec) in enumerate(zip(commands, specs, strict=True), 1):
            info = InvocationInfo(
                command=spec.name,
                invoked_as=command.text,
                history=self._number,
                command_type=_FUNCTION,
                definition=spec.name,
                position=position,
                length=length,
            )
            binder = Binder(spec, info)
            invocation = Invocation(
                spec,
                binder.bind(command.arguments),
                binder,
                info,
                session=self._session,
                streams=self._streams,
                host=self._host,
                input=upstream,
                merge=command.merge,
            )
            if command.merge.previous_results:
                taken: deque[Any] = deque()
                for before in invocations:
                    before.merged = taken
                invocation.input = _joined(upstream, taken)
            invocations.append(invocation)
            upstream = self._pump(invocation)
        self.calls.extend(invocations)
        return upstream

    def _found(self, command: Command) -> CommandSpec:
        if not command.text.strip():
            raise PipelineFailed(pipeline_not_created())
        spec = self._session.registry.find(command.text)
        if spec is None:
            raise PipelineFailed(command_not_found(command.text, why_not_here(command.text)))
        return spec

    def _pump(self, invocation: Invocation) -> Iterator[Any]:
        """What a command gives, with what it tells between where that goes the same way."""
        told = invocation.told
        try:
            for item in invocation.spec.run(invocation):
                if told:
                    yield from _drained(told)
                yield item
        except JAMSError as problem:
            record = from_jams(problem, invocation.info)
            raise PipelineFailed(record, ends_all=invocation.error_action == "stop") from None
        except HostUnavailable as problem:
            raise PipelineFailed(no_host(problem.message, invocation.info.command, invocation.info)) from None
        except (PipelineFailed, PipelineStopped, GeneratorExit):
            raise
        except Exception as fault:
            incident = secrets.token_hex(4)
            log.error("incident %s in %s", incident, invocation.info.command, exc_info=fault)
            raise PipelineFailed(internal_error(incident)) from None
        if told:
            yield from _drained(told)


def _drained(queue: deque[Any]) -> Iterator[Any]:
    while queue:
        yield queue.popleft()


def _joined(upstream: Iterator[Any] | None, errors_before: deque[Any]) -> Iterator[Any]:
    """The input of a command that also takes the errors of those before it."""
    if upstream is not None:
        for item in upstream:
            yield from _drained(errors_before)
            yield item
    yield from _drained(errors_before)


def _expanded(statement: tuple[Command, ...]) -> list[tuple[Command, ...]]:
    """A statement with the commands that its script texts are made of; text may hold several statements."""
    expanded: list[tuple[Command, ...]] = [()]
    for command in statement:
        if not command.is_script:
            expanded = [(*before, command) for before in expanded]
            continue
        chains = parsed(command.text)
        if not chains:
            raise PipelineFailed(scripts_not_allowed(command.text))
        expanded = [(*before, *chain) for before in expanded for chain in chains]
    if any(command.is_script and command.merge.my_result for command in statement):
        expanded = [(*chain[:-1], replace(chain[-1], merge=_EVERYTHING)) for chain in expanded]
    return expanded


def parsed(text: str) -> tuple[tuple[Command, ...], ...]:
    """The statements of a text. Raises PipelineFailed with the error PowerShell users know."""
    try:
        return parse(text)
    except Incomplete as problem:
        raise PipelineFailed(command_errors.incomplete(str(problem), problem.error_id)) from None
    except ParseError:
        raise PipelineFailed(scripts_not_allowed(text)) from None
