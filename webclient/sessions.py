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
    from .commands import Command, Commands
    from .output import Output


def session(
    command: Command,
    values: dict[str, Any],
    caller: Caller,
    output: Output,
    settings: Settings,
    commands: Commands,
    way: dict[str, Any],
) -> int:
    """Run a command that opens or closes a session, and return the exit code.

    ``way`` holds ``sso`` for a login by the server's issuer, and ``device`` for one with another device.

    Raises:
        ClientError: it is not opened or closed.
    """
    if way.get("device") and not way.get("sso"):
        raise UsageError("--device goes with --sso")
    if command.session == "opens" and way.get("sso"):
        return _open_by_issuer(command, values, caller, output, settings, commands, device="device" in way)
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
    answer = _token(command, {**values, "username": user, "password": password}, caller)
    return _opened(command, caller, output, answer, user)


def _open_by_issuer(
    command: Command,
    values: dict[str, Any],
    caller: Caller,
    output: Output,
    settings: Settings,
    commands: Commands,
    *,
    device: bool,
) -> int:
    """Let somebody log in at the issuer that the server names, and keep the token that he gets for it."""
    if values.get("username"):
        raise UsageError("--sso takes no name: the issuer knows who logs in there")
    from .issuer_login import id_token

    # Whoever could change what the server says here could send people to an issuer of his own.
    caller.access.check_secrecy()
    told = caller.call(commands.of_sign_on("offers"), {})
    if not told.get("offered"):
        raise UsageError(f"{caller.server} names no issuer; log in with a name and its password")
    given = id_token(told, device=device, ca_file=settings.ca_file, timeout=settings.request_timeout)
    answer = caller.call(command, {"grant_type": "id_token", "id_token": given})
    caller.access.show(answer["access_token"])
    named = caller.call(commands.of_sign_on("names"), {})
    return _opened(command, caller, output, answer, str(named["username"]))


def _opened(command: Command, caller: Caller, output: Output, answer: dict[str, Any], user: str) -> int:
    """Keep a token, and say so."""
    told = caller.access.keep(answer, user)
    if output.form in ("table", "plain"):
        from .times import local_text

        output.text(f"Logged in at {told['server']} as {user}, until {local_text(told['expires'])}.\n")
    else:
        output.show(command, told)
    return OK


def _token(command: Command, values: dict[str, Any], caller: Caller) -> Any:
    """The answer to a login; who is asked for a one-time code as well gives it here."""
    code = os.environ.get("JAMS_CODE")
    try:
        return caller.call(command, {**values, "code": code} if code else values)
    except ClientError as error:
        if error.code != "CodeRequired" or not sys.stdin.isatty():
            raise
    from getpass import getpass

    return caller.call(command, {**values, "code": getpass("One-time code: ").strip()})


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
