"""The socket at which a JAMSExecutor takes what the JAMSScheduler of its home wants of it.

The system says who connects: the account of the executor and root are let in, processes of jobs are not. A
job that could order runs would have them under every account that the executor may take.
"""

from __future__ import annotations

import logging
import os
import queue
import socket
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import msgspec

from jams.executor.executor import Executor
from jams.objects.errors import ServerUnavailable
from jams.objects.run import RunEnded
from jams.wire.unix_sockets import UnixDoor, peer

from . import executor_messages as messages
from .executor_messages import Answer, Lost, Question

_ROOT = 0
_SENT_WITHIN = 30.0

log = logging.getLogger(__name__)


class ExecutorDoor:
    """Answers the scheduler, each connection in a thread of its own, and tells who follows of each end.

    Args:
        path: the socket file.
        is_job: whether a process belongs to a run.
        refusal: why runs cannot take an account, in a sentence; None if they can.

    Raises:
        ConfigurationInvalid: this system cannot tell who connects, or the socket cannot be made.
    """

    def __init__(
        self, path: Path, is_job: Callable[[int], bool], refusal: Callable[[str], str | None]
    ) -> None:
        self._is_job = is_job
        self._refusal = refusal
        self._executor: Executor | None = None
        self._lock = threading.Lock()
        self._followers: set[queue.SimpleQueue[RunEnded | None]] = set()
        self._door = UnixDoor(path, 0o600, self._take, name="executor-door", setting=str(path), log=log)

    @property
    def followed(self) -> bool:
        """Whether a scheduler follows."""
        with self._lock:
            return bool(self._followers)

    def start(self, executor: Executor) -> None:
        """Begin to answer for an executor."""
        self._executor = executor
        self._door.start()

    def stop(self) -> None:
        """Answer no more."""
        self._door.close()
        with self._lock:
            for follower in self._followers:
                follower.put(None)

    def ended(self, run: RunEnded) -> None:
        """Tell of an end; who follows later learns of it by asking."""
        with self._lock:
            for follower in self._followers:
                follower.put(run)

    def _take(self, client: socket.socket) -> None:
        try:
            threading.Thread(target=self._serve, args=(client,), name="executor-door", daemon=True).start()
        except RuntimeError:
            client.close()

    def _serve(self, client: socket.socket) -> None:
        with client, suppress(OSError, Lost):
            client.settimeout(_SENT_WITHIN)
            pid, uid = peer(client)
            if uid not in (_ROOT, os.geteuid()) or self._is_job(pid):
                log.warning("process %d of user %d was refused", pid, uid)
                messages.send(client, Answer(unavailable="The executor takes orders of its scheduler alone."))
                return
            question = messages.receive(client, Question)
            if isinstance(question, messages.Follow):
                self._tell(client)
            else:
                messages.send(client, self._answer(question))

    def _tell(self, client: socket.socket) -> None:
        follower: queue.SimpleQueue[RunEnded | None] = queue.SimpleQueue()
        with self._lock:
            self._followers.add(follower)
        try:
            messages.send(client, Answer())
            threading.Thread(
                target=_until_hung_up, args=(client, follower), name="executor-door", daemon=True
            ).start()
            while (run := follower.get()) is not None:
                messages.send(client, run)
        finally:
            with self._lock:
                self._followers.discard(follower)

    def _answer(self, question: Any) -> Answer:
        try:
            return Answer(result=msgspec.Raw(msgspec.msgpack.encode(self._result(question))))
        except ServerUnavailable as error:
            return Answer(unavailable=error.message)
        except Exception as error:
            log.exception("what the scheduler asked for has failed")
            return Answer(unavailable=f"The executor failed: {error!r}.")

    def _result(self, question: Any) -> Any:
        executor = self._executor
        assert executor is not None
        match question:
            case messages.Start(request):
                return messages.told(executor.start(request))
            case messages.Recover(tokens, ending):
                found = executor.recover(tokens, ending=ending)
                return {token: messages.told(became) for token, became in found.items()}
            case messages.Abort(token, force):
                return executor.abort(token, force=force)
            case messages.Measure(tokens):
                return executor.cpu_seconds(tokens)
            case messages.Forget(tokens):
                for token in tokens:
                    executor.forget(token)
            case messages.Purge(keep):
                return executor.purge(keep)
            case messages.Refusal(account):
                return self._refusal(account)
        return None


def _until_hung_up(client: socket.socket, follower: queue.SimpleQueue[RunEnded | None]) -> None:
    """Who follows says nothing more; that he has gone is all that can be heard of him."""
    with suppress(OSError):
        client.settimeout(None)
        client.recv(1)
    follower.put(None)
