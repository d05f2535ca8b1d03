"""``python -m jams.work TASK``: see the package."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Callable
from typing import TextIO, cast

import msgspec

from jams.objects import tasks

from . import masking
from .running import Failure, Given, cancellable

_MODULES = {
    "routine": "routine",
    "sqlcommand": "sql",
    "sqlstoredproc": "sql",
    "odbccommand": "odbc",
    "http": "http",
    "mail": "mail",
    "filetransfer": "transfer",
}
_FAILED = 1


def main(arguments: list[str]) -> int:
    """Do the task of the file that is the argument; the exit code of this process."""
    (path,) = arguments
    try:
        with open(path, "rb") as file:
            task = tasks.decode(file.read())
        password, private_key, hidden = tasks.proven(sys.stdin.buffer.read())
        task = tasks.whole(task, hidden)
    except (OSError, ValueError, msgspec.DecodeError) as error:
        return _say(f"The task of this run cannot be read: {error}.")
    secrets = [*hidden.parameters.values(), *hidden.inserted.values()]
    secrets += masking.of_account(password, private_key)
    login = masking.login_of(task.user_name, password)
    if secrets or login:
        sys.stdout = cast(TextIO, masking.Masking(sys.stdout, secrets, login))
        sys.stderr = cast(TextIO, masking.Masking(sys.stderr, secrets, login))
    run: Callable[[Given], int] = importlib.import_module(
        f"{__package__}.{_MODULES[task.method.casefold()]}"
    ).run
    with cancellable():
        try:
            return run(Given(task, password, private_key, has_secrets=bool(hidden.parameters)))
        except Failure as failure:
            return _say(str(failure))
        finally:
            sys.stdout.flush()


def _say(text: str) -> int:
    print(text, file=sys.stderr, flush=True)
    return _FAILED


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
