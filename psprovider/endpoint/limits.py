"""How much a client may send, how much may wait for it, and how long things may take."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """The limits of one session; sizes in bytes, times in seconds.

    Attributes:
        line: longest line of the out-of-process framing.
        fragment: largest fragment that is accepted. PowerShell over WS-Management sends up to 382,464.
        object: largest message put together from fragments.
        unfinished: all unfinished messages together.
        open_objects: targets that may have an unfinished message at the same time.
        input: pipeline input that may wait in the session.
        elements: XML elements in one message.
        depth: nesting of XML elements in one message.
        commands: pipelines that may exist in one session.
        runspaces: pipelines that may run at the same time.
        backlog: output that may wait for the client before its producer has to wait.
        unacknowledged: waiting pipeline input from which on acknowledgements are held back.
        idle: after so long without a word from the client, and without a pipeline that runs, a session ends.
        run_time: after so long a pipeline is stopped; None for never.
        monitor_time: the same for a pipeline that follows or waits for something.
        stop_grace: a pipeline that was told to stop, and has not after so long, is left to itself.
    """

    line: int = 1 << 20
    fragment: int = 512 << 10
    object: int = 10 << 20
    unfinished: int = 24 << 20
    open_objects: int = 100
    input: int = 50 << 20
    elements: int = 250_000
    depth: int = 50
    commands: int = 100
    runspaces: int = 8
    backlog: int = 4 << 20
    unacknowledged: int = 2 << 20
    idle: float = 7200.0
    run_time: float | None = 3600.0
    monitor_time: float | None = None
    stop_grace: float = 30.0


DEFAULT_LIMITS = Limits()
