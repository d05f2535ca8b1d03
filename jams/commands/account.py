"""Administer accounts and groups, beside a running server or without one. Passwords are never arguments."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from msgspec.structs import asdict

from jams.objects.errors import InvalidArgument

from .output import show_rows
from .passwords import read_password
from .start import configured

if TYPE_CHECKING:
    from jams.security.accounts import Accounts


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of this command."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    add = actions.add_parser("add", help="make an account")
    add.add_argument("name")
    add.add_argument("--group", action="append", default=[], help="a group it is in; may be given again")
    add.add_argument("--description", default="")
    _password_options(add)
    listing = actions.add_parser("list", help="list the accounts")
    listing.add_argument("--json", action="store_true", help="answer with a JSON array")
    password = actions.add_parser("password", help="give an account another password; its logins end")
    password.add_argument("name")
    _password_options(password)
    for action, about in (("enable", "let an account in again"), ("disable", "let an account in no more")):
        actions.add_parser(action, help=about).add_argument("name")
    groups = actions.add_parser("groups", help="list the groups, or put an account into exactly those named")
    groups.add_argument("name", nargs="?", help="the account")
    groups.add_argument("group", nargs="*", help="its groups from now on")
    groups.add_argument("--none", action="store_true", help="take the account out of every group")
    groups.add_argument("--make", action="store_true", help="make groups that do not exist")
    groups.add_argument("--json", action="store_true", help="list as a JSON array")


def run(options: argparse.Namespace) -> int:
    """Run the command."""
    from jams.services.administration import administered

    with administered(configured(options)) as accounts:
        _ACTIONS[options.action](accounts, options)
    return 0


def _add(accounts: Accounts, options: argparse.Namespace) -> None:
    accounts.create(
        options.name, _new_password(options), groups=options.group, description=options.description
    )
    print(f"Account {options.name} was made.")


def _list(accounts: Accounts, options: argparse.Namespace) -> None:
    show_rows([asdict(account) for account in accounts.all_accounts()], as_json=options.json)


def _password(accounts: Accounts, options: argparse.Namespace) -> None:
    accounts.set_password(options.name, _new_password(options))
    print(f"Account {options.name} has a new password; its logins have ended.")


def _enable(accounts: Accounts, options: argparse.Namespace) -> None:
    accounts.set_enabled(options.name, options.action == "enable")
    print(f"Account {options.name} was {options.action}d.")


def _groups(accounts: Accounts, options: argparse.Namespace) -> None:
    if options.name is None:
        show_rows([{"group": group} for group in accounts.groups()], as_json=options.json)
        return
    if bool(options.group) == options.none:
        raise InvalidArgument("Name the groups, or say --none.")
    if options.make:
        for group in options.group:
            accounts.create_group(group)
    accounts.set_groups(options.name, options.group)
    print(f"Account {options.name} is in: {', '.join(options.group) or 'no group'}.")


_ACTIONS = {
    "add": _add,
    "list": _list,
    "password": _password,
    "enable": _enable,
    "disable": _enable,
    "groups": _groups,
}


def _password_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--generate", action="store_true", help="make a random password and show it once, instead of asking"
    )


def _new_password(options: argparse.Namespace) -> str:
    """The new password: made, or asked for."""
    if options.generate:
        from jams.security.passwords import random_password

        password = random_password()
        print(f"Password of {options.name} (shown only now): {password}")
        return password
    return read_password(f"New password of {options.name}: ")
