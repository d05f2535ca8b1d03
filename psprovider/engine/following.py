"""Waits for what was set going, and reads texts to their end or as they grow.

A call of the server cannot be broken off, so each waits for a short while only: that is how long a stop can
take.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from typing import Any

from jams.objects.base import snake_name
from jams.objects.errors import JAMSError, LogNotFound, TimedOut
from jams.operations.catalogue import Ending, Operation
from psprovider.cmdlets.model import FOLLOW, TIMEOUT, WHILE, Role
from psprovider.endpoint.records import ProgressRecord

from .invocation import Invocation
from .values import as_list, text

PATIENCE = 0.5
"""Seconds that one call may wait."""

_AT_ONCE = 0.1


def wait_for(invocation: Invocation, operation: Operation, numbers: Sequence[Any]) -> Iterator[Any]:
    """Wait until each has ended, and give them as they then are.

    Who is not there any more, or has not ended in time, is an error that ends nothing.
    """
    ending = operation.ending
    assert ending is not None
    limit = _option(invocation, TIMEOUT)
    deadline = time.monotonic() + float(limit) if limit is not None else None
    invocation.streams.monitor()
    states = [text(state).lower() for state in as_list(_option(invocation, WHILE))]
    activity = f"{invocation.info.command}"
    for done, number in enumerate(numbers):
        last = None
        try:
            while True:
                invocation.streams.check()
                asked = time.monotonic()
                result = _ask(invocation, operation, ending, number, deadline)
                state = text(getattr(result, snake_name(ending.state)))
                if state != last:
                    invocation.verbose(f"{number} is {state}.")
                last = state
                if state == ending.ended or (states and state.lower() not in states):
                    yield result
                    break
                if deadline is not None and time.monotonic() >= deadline:
                    raise TimedOut(f"{number} is {state} still.", target=number)
                invocation.progress(
                    ProgressRecord(
                        activity=activity,
                        status=f"{done} of {len(numbers)} ended; {number} is {state}",
                        percent=100 * done // len(numbers),
                    )
                )
                if time.monotonic() - asked < _AT_ONCE:
                    invocation.streams.sleep(PATIENCE)  # the server has no room for one more that waits
        except JAMSError as problem:
            invocation.error(problem)
    if numbers:
        invocation.progress(
            ProgressRecord(activity=activity, status="Completed", percent=100, completed=True)
        )


def _ask(
    invocation: Invocation, operation: Operation, ending: Ending, number: Any, deadline: float | None
) -> Any:
    left = PATIENCE if deadline is None else min(PATIENCE, max(0.0, deadline - time.monotonic()))
    return invocation.session.call(operation, {operation.key[0]: number, ending.wait: left})


def text_lines(invocation: Invocation, operation: Operation, inputs: dict[str, Any]) -> Iterator[str]:
    """The lines of a text that comes in pieces; with -Follow also those that are still to come."""
    follow = operation.follow if _option(invocation, FOLLOW) else None
    pieces = follow or operation.pieces
    assert pieces is not None
    kept = {item.name for item in operation.inputs if item.required} | set(operation.key)
    asked = dict(inputs)
    if follow:
        asked[follow.wait] = PATIENCE
        invocation.streams.monitor()
        kept.add(follow.wait)
    rest = ""
    while True:
        invocation.streams.check()
        began = time.monotonic()
        try:
            part = invocation.session.call(operation, asked)
        except LogNotFound:
            if follow is None or _over(invocation, follow.until, operation, inputs):
                raise
            invocation.streams.sleep(PATIENCE)
            continue
        piece = getattr(part, snake_name(pieces.text))
        *lines, rest = (rest + piece).split("\n")
        for line in lines:
            yield line.removesuffix("\r")
        if getattr(part, snake_name(pieces.done)):
            break
        if follow is None and getattr(part, snake_name(pieces.next)) >= getattr(
            part, snake_name(pieces.size)
        ):
            break
        if follow and not piece and time.monotonic() - began < _AT_ONCE:
            invocation.streams.sleep(PATIENCE)
        asked = {name: value for name, value in asked.items() if name in kept}
        asked[pieces.cursor] = getattr(part, snake_name(pieces.next))
    if rest:
        yield rest


def _over(invocation: Invocation, until: str, operation: Operation, inputs: dict[str, Any]) -> bool:
    """Whether what would write the text has ended already."""
    waiting = invocation.session.catalogue[until]
    ending = waiting.ending
    assert ending is not None
    asked = {name: inputs[name] for name in operation.key if name in inputs}
    result = invocation.session.call(waiting, {**asked, ending.wait: 0.0})
    return text(getattr(result, snake_name(ending.state))) == ending.ended


def _option(invocation: Invocation, target: str) -> Any:
    for parameter in invocation.spec.parameters:
        if parameter.role is Role.SWITCH and parameter.target == target:
            return invocation.value(parameter.name)
    return None
