"""The course of the work: order, session, script, end; and what a signal does to it."""

from __future__ import annotations

import signal
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from queue import Empty, SimpleQueue
from typing import Any

from msgspec.structs import replace

from jams.objects.run import RunOutcome

from ..orders import Order, Outcome, idle_seconds
from .failures import Lost, Refused, Unanswerable, reason
from .session import STOP_SECONDS, Session
from .transcript import Transcript

_STOP = "stop"
_PAUSE = 5.0
"""Seconds between attempts to end a session."""

_SIGNALS = ("SIGTERM", "SIGINT", "SIGHUP", "SIGBREAK")


def run(
    order: Order,
    script: str,
    password: str,
    transcript: Transcript,
    forced: Callable[[], bool],
    sending: Callable[[], None],
) -> Outcome:
    """Do the work, and stop it when this process is asked to end; how it ended.

    Called in the main thread, which waits for signals while another one waits for the host.

    Args:
        order: the host and what the script is given.
        script: its source.
        password: of the account that logs on.
        transcript: where what comes back is written.
        forced: tells whether the end is wanted at once.
        sending: called before the host can have begun the script; raises OSError if it must not.
    """
    events: SimpleQueue[str | Outcome] = SimpleQueue()
    for name in _SIGNALS:
        if hasattr(signal, name):
            # Only a SimpleQueue may be fed by a handler that has interrupted its reader.
            signal.signal(getattr(signal, name), lambda *_: events.put(_STOP))
    try:
        session = Session(order, password, transcript, sending)
    except Exception as error:
        told = f"The connection cannot be made: {_hidden(reason(error), password)}."
        transcript.say(told)
        return Outcome(outcome=RunOutcome.REFUSED, reason=told)
    follow = threading.Thread(
        target=lambda: events.put(_follow(session, script, transcript, password)), daemon=True
    )
    follow.start()
    event = events.get()
    if isinstance(event, Outcome):
        return event
    return _stopped(session, events, transcript, idle_seconds(order.remote), forced)


def _follow(session: Session, script: str, transcript: Transcript, password: str) -> Outcome:
    """The work from its beginning to its end."""
    try:
        session.open()
        outcome = Outcome(outcome=RunOutcome.EXITED, exit_code=session.run(script))
    except Refused as error:
        outcome = Outcome(outcome=RunOutcome.REFUSED, reason=_hidden(str(error), password))
    except Unanswerable as error:
        transcript.note("ERROR", str(error))
        outcome = Outcome(outcome=RunOutcome.EXITED, exit_code=1)
    except Lost as error:
        outcome = Outcome(outcome=RunOutcome.LOST, reason=_hidden(str(error), password))
    except Exception as error:
        told = f"What the host sent could not be followed: {type(error).__name__}: {reason(error)}."
        outcome = Outcome(outcome=RunOutcome.LOST, reason=_hidden(told, password))
    if outcome.reason is not None:
        transcript.say(outcome.reason)
    if outcome.outcome is not RunOutcome.REFUSED:
        try:
            session.end()
        except Exception:
            return replace(outcome, over=outcome.outcome is RunOutcome.EXITED)
    return outcome


def _stopped(
    session: Session,
    events: SimpleQueue[Any],
    transcript: Transcript,
    idle: float,
    forced: Callable[[], bool],
) -> Outcome:
    """Stop the script on the host, or else end the session: until the host says so, or has done it itself."""
    ended = Outcome(outcome=RunOutcome.LOST, reason="The run was ended by a signal.")
    if not session.forbid():
        transcript.say("The run is to end; the script has not begun, and will not.")
        return ended
    if not forced():
        transcript.say("The run is to end; the script is being stopped.")
        with suppress(Exception):
            session.stop()
            told = _told_within(STOP_SECONDS, events, forced)
            if told is not None and told.over:
                return ended
    patient = True
    while True:
        try:
            session.end()
        except Exception:
            if time.monotonic() > session.heard + idle:
                transcript.say(f"The host does not answer; it has ended the script, unheard for {idle:g} s.")
                return ended
            if patient:
                transcript.say("The session cannot be ended now; trying until the host has ended it itself.")
            patient = False
            _told_within(_PAUSE, events, lambda: False)
        else:
            transcript.say("The session was ended.")
            return ended


def _told_within(seconds: float, events: SimpleQueue[Any], forced: Callable[[], bool]) -> Outcome | None:
    """The end of the work, if it is told in that time, and nobody is in a hurry meanwhile."""
    deadline = time.monotonic() + seconds
    with suppress(Empty):
        while not forced():
            event = events.get(timeout=max(0.0, deadline - time.monotonic()))
            if isinstance(event, Outcome):
                return event
    return None


def _hidden(text: str, password: str) -> str:
    return text.replace(password, "***") if password else text
