"""Store accounts of other systems with their passwords, for agents that log on to them.

Passwords are never arguments and never shown. They lie encrypted in the database; the key is the file
secret.key in the home directory, without which nobody can read them again: back it up, but elsewhere.
"""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from msgspec.structs import asdict

from .output import show_rows
from .passwords import read_password
from .start import configured

if TYPE_CHECKING:
    from jams.security.credentials import CredentialStore


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of this command."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    put = actions.add_parser("set", help="store a credential, or replace it; the password is asked for")
    put.add_argument("name")
    put.add_argument("--user", required=True, help=r"the account as the other system knows it: DOMAIN\name")
    listing = actions.add_parser("list", help="list the credentials, without their passwords")
    listing.add_argument("--json", action="store_true", help="answer with a JSON array")
    actions.add_parser("delete", help="delete a credential").add_argument("name")


def run(options: argparse.Namespace) -> int:
    """Run the command."""
    from jams.services.administration import administered_credentials

    with administered_credentials(
        configured(options), f"credential {options.action}", getattr(options, "name", None)
    ) as credentials:
        _ACTIONS[options.action](credentials, options)
    return 0


def _set(credentials: CredentialStore, options: argparse.Namespace) -> None:
    from jams.security.bootstrap import this_person

    password = read_password(f"Password of {options.user}: ")
    new = credentials.put(options.name, user_name=options.user, password=password, by=this_person())
    print(f"Credential {options.name} was {'stored' if new else 'replaced'}.")


def _list(credentials: CredentialStore, options: argparse.Namespace) -> None:
    rows = [
        {**asdict(row), "changed": row.changed.isoformat(timespec="seconds")}
        for row in credentials.all_credentials()
    ]
    show_rows(rows, as_json=options.json)


def _delete(credentials: CredentialStore, options: argparse.Namespace) -> None:
    credentials.delete(options.name)
    print(f"Credential {options.name} was deleted.")


_ACTIONS = {"set": _set, "list": _list, "delete": _delete}
