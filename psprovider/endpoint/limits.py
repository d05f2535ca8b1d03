"""How much a client may send, and how much may wait for it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """The limits of one session; sizes in bytes.

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


DEFAULT_LIMITS = Limits()
