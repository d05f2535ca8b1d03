"""Opens and closes a session with a server: where ``login`` and ``logout`` differ from other commands.

The inputs and the answer of an operation that opens a session bear the names of RFC 6749 (4.3.2 and 5.1).
"""

from __future__ import annotations

import os
import sys

from .access import no_password
from .client_errors import OK, ClientError, UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from .calls import Caller
    from .client_settings import Settings
    from .commands import Command
    from .output import Output


def session(
    command: Command, values: dict[str, Any], caller: Caller, output: Output, settings: Settings
) -> int:
    """Run a command that opens or closes a session, and return the exit code. Raises ClientError."""
    if command.session == "opens":
        return _open(command, values, caller, output, settings)
    return _close(command, values, caller, output)


def _open(
    command: Command, values: dict[str, Any], caller: Caller, output: Output, settings: Settings
) -> int:
    user = values.get("username") or settings.user or _asked_user(caller.server)
    caller.access.check_secrecy()
    password = caller.access.password(user)
    if password is None:
        raise no_password(user)
    answer = caller.call(command, {**values, "username": user, "password": password})
    told = caller.access.keep(answer, user)
    if output.form in ("table", "plain"):
        from .times import local_text

        output.text(f"Logged in at {told['server']} as {user}, until {local_text(told['expires'])}.\n")
    else:
        output.show(command, told)
    return OK


def _close(command: Command, values: dict[str, Any], caller: Caller, output: Output) -> int:
    """End the session at the server, and forget it here even if the server does not know it any more."""
    try:
        result = caller.call(command, values)
    except ClientError as error:
        if caller.access.forget():
            print(f"The login at {caller.server} was forgotten here.", file=sys.stderr)
            if error.kind == "Unauthenticated":
                return OK
        raise
    caller.access.forget()
    output.show(command, result)
    return OK


def _asked_user(server: str) -> str:
    if not sys.stdin.isatty():
        raise UsageError("give the name of the account")
    likely = os.environ.get("USER") or os.environ.get("USERNAME") or ""
    print(f"Account at {server}{f' [{likely}]' if likely else ''}: ", end="", file=sys.stderr, flush=True)
    user = sys.stdin.readline().strip() or likely
    if not user:
        raise UsageError("give the name of the account")
    return user
