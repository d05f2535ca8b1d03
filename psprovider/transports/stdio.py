"""One session over standard input and output, in a process of its own."""

from __future__ import annotations

import os
import select
import sys

from jams.objects.errors import JAMSError
from psprovider.endpoint.engine import Engine
from psprovider.endpoint.limits import DEFAULT_LIMITS, Limits

from .people import Person, refusal
from .streams import serve


class StandardStreams:
    """Standard input and output, kept for the protocol alone.

    From then on what anything else writes to standard output goes to standard error, and standard input is
    empty. Make it before anything that may print is imported. On Windows the descriptors are put into
    binary mode (not verified there).
    """

    def __init__(self) -> None:
        self._source, self._sink = os.dup(0), os.dup(1)
        nothing = os.open(os.devnull, os.O_RDONLY)
        os.dup2(nothing, 0)
        os.close(nothing)
        os.dup2(2, 1)
        self._ended, end = os.pipe()
        self._end = os.fdopen(end, "wb")
        if sys.platform == "win32":
            import msvcrt

            for descriptor in (self._source, self._sink):
                msvcrt.setmode(descriptor, os.O_BINARY)

    def read(self) -> bytes:
        """Wait for bytes from the client; none when it has left, or was hung up on."""
        if sys.platform != "win32":
            ready, _, _ = select.select([self._source, self._ended], [], [])
            if self._ended in ready:
                return b""
        return os.read(self._source, 1 << 16)

    def write(self, data: bytes) -> None:
        """Send bytes to the client."""
        view = memoryview(data)
        while view:
            view = view[os.write(self._sink, view) :]

    def hang_up(self) -> None:
        """Read no more. Windows cannot wait for two pipes: there it counts from the client's next word on."""
        self._end.close()

    def refuse(self, problem: JAMSError) -> None:
        """Tell the client why there is no session."""
        self.write(refusal(problem.message))

    def serve(self, engine: Engine, person: Person, limits: Limits = DEFAULT_LIMITS) -> None:
        """Serve one session until the client leaves."""
        serve(
            engine,
            person,
            self.read,
            self.write,
            transport="stdio",
            hang_up=self.hang_up,
            limits=limits,
        )
