"""Administer accounts and groups, beside a running server or without one. Passwords are never arguments."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from msgspec.structs import asdict

from jams.objects.accounts import LOCAL
from jams.objects.errors import InvalidArgument

from .output import show_rows
from .passwords import read_password
from .start import configured

if TYPE_CHECKING:
    from jams.security.accounts_beside import AccountInfo, AccountsBeside


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of this command."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    add = actions.add_parser("add", help="make an account")
    add.add_argument("name")
    add.add_argument("--group", action="append", default=[], help="a group it is in; may be given again")
    add.add_argument("--description", default="")
    add.add_argument(
        "--service", action="store_true", help="it is of a program: it has no password, and logs in by tokens"
    )
    add.add_argument(
        "--source",
        choices=(LOCAL, "directory", "openid"),
        default=LOCAL,
        help="where it comes from: one that comes from outside has no password here",
    )
    _password_options(add)
    listing = actions.add_parser("list", help="list the accounts")
    listing.add_argument("--json", action="store_true", help="answer with a JSON array")
    password = actions.add_parser("password", help="give an account another password; its logins end")
    password.add_argument("name")
    _password_options(password)
    for action, about in (
        ("enable", "let an account in again"),
        ("disable", "let an account in no more"),
        ("unlock", "let an account try again that wrong passwords or codes have locked"),
        ("remove-codes", "take the one-time codes of an account away, when its authenticator was lost"),
        ("delete", "delete an account with its tokens"),
    ):
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


def _add(accounts: AccountsBeside, options: argparse.Namespace) -> None:
    if options.service and (options.generate or options.must_change):
        raise InvalidArgument("A service account has no password: it logs in by tokens.")
    if options.source != LOCAL and (options.generate or options.must_change or options.service):
        raise InvalidArgument(f"The password of an account from {options.source} is there, and not here.")
    accounts.create(
        options.name,
        None if options.service or options.source != LOCAL else _new_password(options),
        groups=options.group,
        description=options.description,
        service=options.service,
        must_change=options.must_change,
        source=options.source,
    )
    print(f"Account {options.name} was made.")


def _list(accounts: AccountsBeside, options: argparse.Namespace) -> None:
    found = accounts.all_accounts()
    rows = [asdict(each) for each in found] if options.json else [_told(each) for each in found]
    show_rows(rows, as_json=options.json)


def _told(account: AccountInfo) -> dict[str, object]:
    """What a table says of an account: what is usual is left out, so that it has room on 80 columns."""
    known = {
        "disabled": not account.enabled,
        "locked": account.locked,
        "service": account.service,
        "codes": account.codes,
        "no password": not account.password and not account.service and account.source == LOCAL,
        f"from {account.source}": account.source != LOCAL,
    }
    said = [what for what, it_is in known.items() if it_is]
    return {"name": account.name, "groups": account.groups, "standing": said}


def _password(accounts: AccountsBeside, options: argparse.Namespace) -> None:
    accounts.set_password(options.name, _new_password(options), must_change=options.must_change)
    print(f"Account {options.name} has a new password; its logins have ended.")


def _enable(accounts: AccountsBeside, options: argparse.Namespace) -> None:
    accounts.set_enabled(options.name, options.action == "enable")
    print(f"Account {options.name} was {options.action}d.")


def _unlock(accounts: AccountsBeside, options: argparse.Namespace) -> None:
    accounts.unlock(options.name)
    print(f"Account {options.name} may try again.")


def _remove_codes(accounts: AccountsBeside, options: argparse.Namespace) -> None:
    accounts.remove_codes(options.name)
    print(f"Account {options.name} has no one-time codes any more.")


def _delete(accounts: AccountsBeside, options: argparse.Namespace) -> None:
    accounts.delete(options.name)
    print(f"Account {options.name} was deleted.")


def _groups(accounts: AccountsBeside, options: argparse.Namespace) -> None:
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
    "unlock": _unlock,
    "remove-codes": _remove_codes,
    "delete": _delete,
    "groups": _groups,
}


def _password_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--generate", action="store_true", help="make a random password and show it once, instead of asking"
    )
    parser.add_argument(
        "--must-change", action="store_true", help="its owner has to change it before anything else"
    )


def _new_password(options: argparse.Namespace) -> str:
    """The new password: made, or asked for."""
    if options.generate:
        from jams.security.passwords import random_password

        password = random_password()
        print(f"Password of {options.name} (shown only now): {password}")
        return password
    return read_password(f"New password of {options.name}: ")
