"""Accounts and groups, and what everybody may do about his own login."""

from __future__ import annotations

from contract_case import Case, Saved, only

from tests.support.running import PASSWORD

ACCOUNT_CASES = [
    Case(
        "begin codes",
        "begin_one_time_codes",
        caller="submitter",
        check=lambda a: a["uri"].startswith("otpauth://totp/") and a["secret"] in a["uri"],
    ),
    Case(
        "create account",
        "create_account",
        {
            "account_name": "ann{bare}",
            "new_password": "a long way to go",
            "groups": ["Submitters"],
            "description": "Works at night.",
            "must_change_password": True,
        },
        check=lambda a: a.endswith("was created, in Submitters."),
    ),
    Case(
        "account",
        "get_account",
        {"name": "ann{bare}"},
        check=lambda a: (
            only(enabled=True, groups=["Submitters"], hasPassword=True, mustChangePassword=True)(a)
            and "a long way" not in str(a)
        ),
        save={"account": lambda a: a["accountID"], "account name": lambda a: a["accountName"]},
    ),
    Case("account twice", "create_account", {"account_name": "ANN{bare}"}, error="AlreadyExists"),
    Case("account of a group's name", "create_account", {"account_name": "inquirers"}, error="AlreadyExists"),
    Case("account of no name", "create_account", {"account_name": "a:b"}, error="InvalidName"),
    Case(
        "account in no group there is",
        "create_account",
        {"account_name": "bob{bare}", "groups": ["Nobodies{bare}"]},
        error="GroupNotFound",
    ),
    Case(
        "account with a bad password",
        "create_account",
        {"account_name": "bob{bare}", "new_password": "12345"},
        error="PasswordRefused",
    ),
    Case(
        "service account with a password",
        "create_account",
        {"account_name": "bob{bare}", "new_password": "a long way to go", "service": True},
        error="InvalidArgument",
    ),
    Case(
        "create account by a reader",
        "create_account",
        {"account_name": "eve{bare}", "groups": ["Administrators"]},
        caller="reader",
        error="AccessDenied",
    ),
    Case("accounts for a reader", "list_accounts", caller="reader", error="AccessDenied"),
    Case("no account", "get_account", {"name": "nobody{bare}"}, error="AccountNotFound"),
    Case("no account of a number", "get_account", {"id": 999_999_999}, error="AccountNotFound"),
    Case(
        "change account",
        "change_account",
        {"name": "ann{bare}", "groups": ["Inquirers", "Submitters"], "must_change_password": False},
        check=lambda a: "groups: Submitters to Inquirers, Submitters" in a,
    ),
    Case("change no account", "change_account", {"id": 999_999_999}, error="AccountNotFound"),
    Case(
        "set password",
        "set_account_password",
        {"id": Saved("account"), "new_password": "another long way", "must_change": True},
        check=lambda a: a.endswith("has a new password; its logins have ended."),
    ),
    Case(
        "set the password of before",
        "set_account_password",
        {"id": Saved("account"), "new_password": "a long way to go"},
        error="PasswordRefused",
    ),
    Case(
        "disable account",
        "disable_account",
        {"name": "ann{bare}"},
        check=lambda a: a.endswith("(disabled)."),
    ),
    Case(
        "enable account", "enable_account", {"id": Saved("account")}, check=lambda a: a.endswith("(enabled).")
    ),
    Case(
        "unlock account",
        "unlock_account",
        {"name": "ann{bare}"},
        check=lambda a: a.endswith("was not locked."),
    ),
    Case(
        "remove codes",
        "remove_one_time_codes",
        {"name": "ann{bare}"},
        check=lambda a: a.endswith("has no one-time codes any more."),
    ),
    Case(
        "create group",
        "create_group",
        {"group_name": "Night{bare}", "description": "At night.", "accounts": ["ann{bare}"]},
    ),
    Case(
        "group",
        "get_group",
        {"name": "night{bare}"},
        check=lambda a: len(a["accounts"]) == 1 and a["passes"] is False,
        save={"group": lambda a: a["groupID"]},
    ),
    Case("group twice", "create_group", {"group_name": "NIGHT{bare}"}, error="AlreadyExists"),
    Case("group of an account's name", "create_group", {"group_name": "ann{bare}"}, error="AlreadyExists"),
    Case(
        "group of nobody",
        "create_group",
        {"group_name": "x{bare}", "accounts": ["no{bare}"]},
        error="AccountNotFound",
    ),
    Case("no group", "get_group", {"id": 999_999_999}, error="GroupNotFound"),
    Case("leave group", "remove_group_member", {"name": "Night{bare}", "account": "ann{bare}"}),
    Case(
        "leave group again",
        "remove_group_member",
        {"name": "Night{bare}", "account": "ann{bare}"},
        error="AccountNotFound",
    ),
    Case("join group", "add_group_member", {"name": "Night{bare}", "account": "ann{bare}"}),
    Case(
        "join group by a reader",
        "add_group_member",
        {"name": "Administrators", "account": "reader"},
        caller="reader",
        error="AccessDenied",
    ),
    Case(
        "change group",
        "change_group",
        {"id": Saved("group"), "description": "In the dark.", "accounts": ["submitter"]},
        check=lambda a: "members: ann" in a,
    ),
    Case("delete Administrators", "delete_group", {"name": "administrators"}, error="Conflict"),
    Case("delete group", "delete_group", {"id": Saved("group")}),
    Case("delete account", "delete_account", {"id": Saved("account")}),
    Case("delete account again", "delete_account", {"name": "ann{bare}"}, error="AccountNotFound"),
    Case(
        "accounts",
        "list_accounts",
        check=lambda a: {"operator", "reader", "submitter"} <= {each["accountName"] for each in a},
    ),
    Case(
        "groups",
        "list_groups",
        check=lambda a: {each["groupName"] for each in a if each["passes"]} == {"Administrators"},
    ),
    Case(
        "own password to a bad one",
        "change_password",
        {"old_password": PASSWORD, "new_password": "short"},
        caller="submitter",
        error="PasswordRefused",
    ),
    Case(
        "confirm by a wrong code",
        "confirm_one_time_codes",
        {"code": "wrong"},
        caller="submitter",
        error="InvalidArgument",
    ),
]
