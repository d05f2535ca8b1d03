"""A mail server on this machine that shows what it takes and delivers nothing, for demonstrations."""

from __future__ import annotations

import asyncio
import email
import queue
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from email.policy import default
from typing import Any

from jams.objects.errors import ConfigurationInvalid

HERE = "127.0.0.1"


class Letterbox:
    """What was taken.

    Attributes:
        mails: mails that nobody has looked at yet, in the order in which they came.
        port: where it listens.
    """

    def __init__(self) -> None:
        self.mails: queue.Queue[EmailMessage] = queue.Queue()
        self.port = 0

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        """Take a mail; called by the SMTP server in its own thread."""
        mail = email.message_from_bytes(envelope.content, policy=default)
        assert isinstance(mail, EmailMessage)
        self.mails.put(mail)
        return "250 OK"


@contextmanager
def open_letterbox() -> Iterator[Letterbox]:
    """A mail server at any free port of this machine alone, for as long as the context is open.

    Raises:
        ConfigurationInvalid: the library for it is not installed.
    """
    try:
        from aiosmtpd.controller import UnthreadedController
    except ImportError:
        raise ConfigurationInvalid(
            "The demonstration takes its mails with aiosmtpd: pip install 'openjams[demo]'."
        ) from None
    from threading import Thread

    box, loop = Letterbox(), asyncio.new_event_loop()
    controller: Any = UnthreadedController(box, hostname=HERE, port=0, loop=loop)
    controller.begin()
    box.port = controller.server.sockets[0].getsockname()[1]
    thread = Thread(target=loop.run_forever, name="letterbox", daemon=True)
    thread.start()
    try:
        yield box
    finally:
        asyncio.run_coroutine_threadsafe(_end(controller), loop).result()
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


async def _end(controller: Any) -> None:
    """Listen no more, and let go of who is still connected."""
    await controller.finalize()
    others = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
    for task in others:
        task.cancel()
    await asyncio.gather(*others, return_exceptions=True)
