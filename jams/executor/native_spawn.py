"""``posix_spawn`` of the C library, during which other threads of this process go on.

``os.posix_spawn`` keeps the interpreter's lock until the new program has been loaded. That takes 0.3 ms at
best, and 4 ms when the kernel lets the new process run before its parent; the whole server would stand still
meanwhile. A call through ctypes gives the lock away. Linux only: sizes and flags are those of its libraries.
"""

from __future__ import annotations

import ctypes
import os
import signal
from collections.abc import Iterable, Mapping, Sequence

_SETSIGDEF, _SETSIGMASK, _SETSID = 0x04, 0x08, 0x80
_ROOM = 1024
"""Bytes for one of the library's structures, of which the largest has 336 on glibc and on musl."""


class Spawner:
    """Starts programs, each in a session of its own, with no signal blocked.

    Args:
        defaults: the signals that are not to be ignored in the new program.

    Raises:
        OSError, AttributeError: the C library cannot be used so.
    """

    def __init__(self, defaults: Iterable[signal.Signals]) -> None:
        self._library = ctypes.CDLL(None)
        self._attributes = ctypes.create_string_buffer(_ROOM)
        signals = ctypes.create_string_buffer(_ROOM)
        self._call("posix_spawnattr_init", self._attributes)
        self._call("sigemptyset", signals)
        self._call("posix_spawnattr_setsigmask", self._attributes, signals)
        for number in defaults:
            self._call("sigaddset", signals, int(number))
        self._call("posix_spawnattr_setsigdefault", self._attributes, signals)
        flags = ctypes.c_short(_SETSIGDEF | _SETSIGMASK | _SETSID)
        self._call("posix_spawnattr_setflags", self._attributes, flags)

    def spawn(
        self,
        program: str,
        arguments: Sequence[str],
        environment: Mapping[str, str],
        handed: Mapping[int, int],
    ) -> int:
        """Start a program with descriptors of this process under the numbers of ``handed``; its process id.

        It reads nothing where no standard input is handed to it.

        Raises:
            OSError: the system refuses.
            ValueError: a NUL in an argument or variable, or = in the name of a variable.
        """
        if any("=" in name for name in environment):
            raise ValueError("illegal environment variable name")
        argv = _texts(arguments)
        variables = _texts([f"{name}={value}" for name, value in environment.items()])
        actions = ctypes.create_string_buffer(_ROOM)
        pid = ctypes.c_int()
        self._call("posix_spawn_file_actions_init", actions)
        try:
            if 0 not in handed:
                nowhere = os.fsencode(os.devnull)
                self._call("posix_spawn_file_actions_addopen", actions, 0, nowhere, os.O_RDONLY, 0)
            for theirs, ours in handed.items():
                self._call("posix_spawn_file_actions_adddup2", actions, ours, theirs)
            path = os.fsencode(program)
            self._call("posix_spawn", ctypes.byref(pid), path, actions, self._attributes, argv, variables)
        finally:
            self._library.posix_spawn_file_actions_destroy(actions)
        return pid.value

    def _call(self, name: str, *arguments: object) -> None:
        failure = getattr(self._library, name)(*arguments)
        if failure:
            raise OSError(failure, os.strerror(failure))


def _texts(texts: Sequence[str]) -> ctypes.Array[ctypes.c_char_p]:
    encoded = [os.fsencode(text) for text in texts]
    if any(b"\0" in text for text in encoded):
        raise ValueError("embedded null byte")
    return (ctypes.c_char_p * (len(encoded) + 1))(*encoded, None)
