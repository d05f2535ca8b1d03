"""One call of a command: its arguments, its input, and the streams it writes to."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from jams.objects.errors import JAMSError
from psprovider.cmdlets.model import Parameter
from psprovider.endpoint import records
from psprovider.endpoint.engine import Host, Streams
from psprovider.endpoint.exceptions import ErrorCategory, ErrorRecord, InvocationInfo, PipelineFailed
from psprovider.endpoint.host_calls import Choice, Field
from psprovider.endpoint.jams_errors import from_jams
from psprovider.endpoint.known_errors import no_host
from psprovider.endpoint.protocol_errors import HostUnavailable
from psprovider.endpoint.records import ProgressRecord
from psprovider.endpoint.requests import STREAM_OUTPUT, Merge

from . import command_errors
from .binder import Binder, Bound
from .commands import CommandSpec
from .surroundings import Session
from .values import as_list

_CONFIRM = (
    Choice("&Yes", "Continue with only the next step of the operation."),
    Choice("Yes to &All", "Continue with all the steps of the operation."),
    Choice("&No", "Skip this operation and proceed with the next operation."),
    Choice("No to A&ll", "Skip this operation and all subsequent operations."),
)
_YES, _YES_ALL, _NO, _NO_ALL = range(4)
_SURE = "Are you sure you want to perform this action?"


class Invocation:
    """A command being run.

    Attributes:
        spec: the command.
        session: the session it runs in.
        streams, host: where it writes, whom it asks.
        info: what records say of it.
        input: the objects piped to it, or None.
        told: what goes into its own output beside its objects: errors, warnings and the like where the
            caller has redirected them; whoever takes the output takes it from here.
        merged: where its errors go instead of the error stream, or None.
        errors: how many errors that end nothing it had, shown or not.
        inner: the calls of the text that it runs, if it runs text.
    """

    def __init__(
        self,
        spec: CommandSpec,
        bound: Bound,
        binder: Binder,
        info: InvocationInfo,
        *,
        session: Session,
        streams: Streams,
        host: Host,
        input: Iterator[Any] | None,
        merge: Merge,
    ) -> None:
        self.spec = spec
        self.session = session
        self.streams = streams
        self.host = host
        self.info = info
        self.input = input
        self.told: deque[Any] = deque()
        self.merged = self.told if merge.errors_are_output else None
        self.errors = 0
        self.inner: list[Invocation] = []
        self._redirected = {"Warning": merge.warning, "Verbose": merge.verbose}
        self._bound = bound
        self._binder = binder
        self._always: bool | None = None
        preference = bound.values.get
        self.error_action = str(preference("ErrorAction", "Continue")).lower()
        self.warning_action = str(preference("WarningAction", "Continue")).lower()
        self.verbose_on = bool(preference("Verbose", False))

    def value(self, name: str, default: Any = None) -> Any:
        """What a parameter was given with the call."""
        return self._bound.values.get(name, default)

    def given(self, name: str) -> bool:
        """Whether a parameter was given with the call."""
        return name in self._bound.values

    def items(self) -> Iterator[Any]:
        """The objects to work on, for commands that take anything: piped, or given as -InputObject."""
        if self.given("InputObject"):
            yield from as_list(self.value("InputObject"))
        elif self.input is not None:
            for item in self.input:
                self.streams.check()
                yield item

    def objects(self) -> Iterator[tuple[str, Mapping[str, Any]]]:
        """Parameter set and values, once without input and once for each object piped.

        An object that fits no parameter is an error that ends nothing.
        """
        if self.input is None:
            yield self._whole()
            return
        self._ask_first()
        for item in self.input:
            self.streams.check()
            bound = self._binder.bind_object(self._bound, item)
            if bound is None:
                self.error(self._binder.unbound(item).record)
                continue
            name, lacking = self._binder.resolve(bound)
            if lacking:
                self.error(self._binder.unbound(item).record)
                continue
            yield name, bound.values

    def error(self, problem: ErrorRecord | JAMSError) -> None:
        """Write an error that ends nothing, unless -ErrorAction says otherwise."""
        record = from_jams(problem, self.info) if isinstance(problem, JAMSError) else problem
        if self.error_action == "stop":
            raise PipelineFailed(record, ends_all=True)
        self.errors += 1
        if self.error_action in ("silentlycontinue", "ignore"):
            return
        if self.merged is not None:
            self.merged.append(record)
        else:
            self.streams.error(record)

    def write_error(
        self,
        message: str,
        error_id: str,
        category: ErrorCategory = ErrorCategory.NotSpecified,
        target: Any = None,
    ) -> None:
        """Write an error of the command's own; ``error_id`` without the command's name."""
        self.error(command_errors.command_error(message, error_id, category, self.info, target))

    def fail(
        self, message: str, error_id: str, category: ErrorCategory, target: Any = None
    ) -> PipelineFailed:
        """The error that ends the command."""
        return PipelineFailed(command_errors.command_error(message, error_id, category, self.info, target))

    def warning(self, text: str) -> None:
        """Write a warning."""
        if self.warning_action == "stop":
            record = command_errors.preference_stop("WarningPreference", text, self.info)
            raise PipelineFailed(record, ends_all=True)
        if self.warning_action not in ("silentlycontinue", "ignore"):
            self._tell("Warning", text)

    def verbose(self, text: str) -> None:
        """Say something in detail; it is shown with -Verbose."""
        if self.verbose_on:
            self._tell("Verbose", text)

    def _tell(self, kind: str, text: str) -> None:
        """Write to a stream, or into the output where the caller has redirected it (``4>&1``)."""
        if self._redirected[kind] == STREAM_OUTPUT:
            self.told.append(records.told(kind, text))
        elif kind == "Warning":
            self.streams.warning(text, self.info)
        else:
            self.streams.verbose(text, self.info)

    def progress(self, record: ProgressRecord) -> None:
        """Show how far something is."""
        self.streams.progress(record)

    def should_process(self, target: str, action: str | None = None) -> bool:
        """Whether a change shall be made: says what it would do with -WhatIf, asks with -Confirm."""
        told = f'Performing the operation "{action or self.info.command}" on target "{target}".'
        if self.value("WhatIf", False):
            self.host.write_line(f"What if: {told}")
            return False
        if self.verbose_on:
            self.verbose(told)
        asked = self.value("Confirm")
        if asked is False or (asked is None and self.spec.impact != "High"):
            return True
        if self._always is None:
            answer = self._choose(f"{_SURE}\n{told}")
            if answer in (_YES_ALL, _NO_ALL):
                self._always = answer == _YES_ALL
            return answer in (_YES, _YES_ALL)
        return self._always

    def _choose(self, message: str) -> int:
        try:
            return self.host.choose("Confirm", message, _CONFIRM, 0)
        except HostUnavailable:
            raise PipelineFailed(no_host(message, self.info.command, self.info)) from None

    def _whole(self) -> tuple[str, Mapping[str, Any]]:
        name, lacking = self._binder.resolve(self._bound)
        if lacking:
            self._ask(lacking)
            name, lacking = self._binder.resolve(self._bound)
        if lacking:
            raise self._binder.missing(lacking)
        return name, self._bound.values

    def _ask_first(self) -> None:
        """Ask for what is mandatory in every set and cannot come from the pipeline."""
        piped = {parameter.name for parameter, _, _ in self.spec.piped}
        open_sets = []
        for name in self._bound.sets:
            one = replace(self._bound, sets=[name])
            lacking = [p for p in self._binder.resolve(one)[1] if p.name not in piped]
            if not lacking:
                return
            open_sets.append((name, lacking))
        if open_sets and piped:
            default = next(
                (found for name, found in open_sets if name == self.spec.default_set), open_sets[0][1]
            )
            self._ask(default)

    def _ask(self, parameters: list[Parameter]) -> None:
        fields = [Field(p.name, p.type_name, label=f"&{p.name}", help=p.help) for p in parameters]
        caption = f"cmdlet {self.info.command} at command pipeline position {self.info.position}"
        try:
            answers = self.host.prompt(caption, "Supply values for the following parameters:", fields)
        except HostUnavailable:
            raise self._binder.missing(parameters) from None
        lacking = [p for p in parameters if not answers.get(p.name)]
        if lacking:
            raise self._binder.missing(lacking)
        for parameter in parameters:
            self._binder.fill(self._bound, parameter, answers[parameter.name])
