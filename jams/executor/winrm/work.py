"""The course of the work: order, session, script, end; and what a signal does to it."""

from __future__ import annotations

import signal
import threading
from contextlib import suppress
from queue import Empty, SimpleQueue
from typing import Any

from jams.objects.run import RunOutcome

from ..orders import Order, Outcome
from .failures import Lost, Refused, Unanswerable, reason
from .session import STOP_SECONDS, Session
from .transcript import Transcript

_STOP = "stop"
_SIGNALS = ("SIGTERM", "SIGINT", "SIGHUP", "SIGBREAK")


def run(order: Order, script: str, password: str, transcript: Transcript) -> Outcome:
    """Do the work, and stop it when this process is asked to end; how it ended.

    Called in the main thread, which waits for signals while another one waits for the host.
    """
    events: SimpleQueue[str | Outcome] = SimpleQueue()
    for name in _SIGNALS:
        if hasattr(signal, name):
            # Only a SimpleQueue may be fed by a handler that has interrupted its reader.
            signal.signal(getattr(signal, name), lambda *_: events.put(_STOP))
    try:
        session = Session(order, password, transcript)
    except Exception as error:
        told = f"The connection cannot be made: {_hidden(reason(error), password)}."
        transcript.say(told)
        return Outcome(outcome=RunOutcome.REFUSED, reason=told)
    follow = threading.Thread(
        target=lambda: events.put(_follow(session, script, transcript, password)), daemon=True
    )
    follow.start()
    while (event := events.get()) == _STOP:
        event = _stopped(session, events, transcript)
        if isinstance(event, Outcome):
            break
    assert isinstance(event, Outcome)
    return event


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
        with suppress(Exception):
            session.end()
    return outcome


def _stopped(session: Session, events: SimpleQueue[Any], transcript: Transcript) -> Outcome:
    """Stop the script on the host; if that does not end it, end the session."""
    transcript.say("The run is to end; the script is being stopped.")
    with suppress(Exception):
        session.stop()
        with suppress(Empty):
            while True:
                event = events.get(timeout=STOP_SECONDS)
                if isinstance(event, Outcome):
                    return Outcome(outcome=RunOutcome.LOST, reason="The run was ended by a signal.")
    with suppress(Exception):
        session.end()
    transcript.say("The script did not stop; its session was ended.")
    return Outcome(outcome=RunOutcome.LOST, reason="The run was ended by a signal.")


def _hidden(text: str, password: str) -> str:
    return text.replace(password, "***") if password else text
