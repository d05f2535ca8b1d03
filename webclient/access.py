"""Who calls: the credentials that are shown to the server, and the logins that are kept for later."""

from __future__ import annotations

import os
import sys
import time

from .addresses import base_address, in_clear
from .client_errors import ClientError, UsageError
from .client_settings import logins_file
from .places import write_private

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from .client_settings import Settings


_RENEWED_AFTER = 900.0
"""Seconds after which the login of this machine's own server is asked for anew; it holds twice as long."""


class Access:
    """The credentials for one server.

    Secrets come from files, the environment or a prompt, never from the command line, where every user of the
    machine could read them.
    """

    def __init__(self, settings: Settings, server: str, *, interactive: bool = True) -> None:
        self._settings = settings
        self._server = server
        self._interactive = interactive
        self._header: str | None = None
        self._stored = False
        self._renew_at = float("inf")

    @property
    def header(self) -> str | None:
        """The value of the ``Authorization`` header, or None to call as nobody. Raises ClientError."""
        if self._header is None or time.monotonic() >= self._renew_at:
            self._renew_at = float("inf")
            self._header = self._choose()
            if self._header is not None:
                self.check_secrecy()
        return self._header

    @property
    def shown(self) -> bool:
        """Whether anything was shown that should let the caller in."""
        return self._header is not None

    def check_secrecy(self) -> None:
        """Raises ClientError where what lets the caller in would go over the network for anybody to read."""
        if self._settings.may_be_in_clear or not in_clear(self._server):
            return
        local = self._settings.local_login.get("url")
        if local and _alike(base_address(str(local)), self._server):
            return
        raise ClientError(
            f"nothing that lets you in is sent to {self._server}, where anybody on the way could read it: "
            "give an address with https, or --allow-http",
            kind="Denied",
            code="Configuration",
        )

    @property
    def refresh_token(self) -> str | None:
        """What the stored login in use can be renewed with."""
        stored = self._login() if self._stored else None
        return stored.get("refresh_token") if stored else None

    def password(self, user: str) -> str | None:
        """The password of an account, from where it is kept or from a prompt; None if nobody can be asked."""
        file = self._settings.given.get("password_file")
        if file:
            return first_line(file)
        if "JAMS_PASSWORD" in os.environ:
            return os.environ["JAMS_PASSWORD"]
        if not self._interactive or not sys.stdin.isatty():
            return None
        from getpass import getpass

        return getpass(f"Password of {user} at {self._server}: ")

    def show(self, token: str) -> None:
        """Show a token from here on, without keeping it for later commands."""
        self._header, self._stored, self._renew_at = f"Bearer {token}", False, float("inf")

    def keep(self, answer: dict[str, Any], account: str | None) -> dict[str, Any]:
        """Keep a token (RFC 6749 section 5.1) for later commands at this server.

        Returns what may be told of it: server, account and when it expires.
        """
        if self._settings.prompts:
            raise UsageError(f"no login is kept for {self._server} (Prompt); name the account with --user")
        logins = self._settings.logins
        login = {
            "token": answer["access_token"],
            "refresh_token": answer.get("refresh_token") or None,
            "account": account or (self._login() or {}).get("account"),
            "expires": time.time() + float(answer.get("expires_in") or 0),
        }
        logins.setdefault("servers", {})[self._server] = login
        logins["current"] = logins["last"] = self._server
        if login["account"]:
            accounts = logins.setdefault("accounts", {}).setdefault(self._server, {})
            accounts[str(login["account"]).casefold()] = login
        if self._settings.profile and login["account"]:
            profile = {"server": self._server, "user": login["account"]}
            logins.setdefault("profiles", {})[self._settings.profile] = profile
        write_private(logins_file(), logins)
        self._header, self._stored = f"Bearer {login['token']}", True
        expires = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(login["expires"]))
        return {"server": self._server, "account": login["account"], "expires": expires}

    def forget(self) -> bool:
        """Forget the stored login in use at this server; whether there was one."""
        logins = self._settings.logins
        login = self._login()
        had = login is not None
        account = str((login or {}).get("account")).casefold()
        logins.get("accounts", {}).get(self._server, {}).pop(account, None)
        latest = logins.get("servers", {}).get(self._server)
        if latest and str(latest.get("account")).casefold() == account:
            del logins["servers"][self._server]
            if logins.get("current") == self._server:
                del logins["current"]
        if had:
            write_private(logins_file(), logins)
        return had

    def _choose(self) -> str | None:
        file = self._settings.given.get("token_file")
        if file:
            return f"Bearer {first_line(file)}"
        user, login = self._settings.user, self._login()
        if self._settings.prompts:
            if not user:
                raise UsageError(
                    f"{self._server} is told each time who calls (Prompt): name the account with --user"
                )
            return self._basic(user)
        if user and not (self._password_is_kept() is False and login and _same(login.get("account"), user)):
            return self._basic(user)
        if login:
            self._stored = True
            return f"Bearer {login['token']}"
        local = self._settings.local_login
        if local.get("url") and _alike(base_address(str(local["url"])), self._server):
            from .local_login import token_of

            token = token_of(local)
            self._renew_at = time.monotonic() + _RENEWED_AFTER
            return f"Bearer {token}" if token else None
        return None

    def _basic(self, user: str) -> str:
        import base64

        password = self.password(user)
        if password is None:
            raise no_password(user)
        return "Basic " + base64.b64encode(f"{user}:{password}".encode()).decode()

    def _password_is_kept(self) -> bool:
        return "password_file" in self._settings.given or "JAMS_PASSWORD" in os.environ

    def _login(self) -> dict[str, Any] | None:
        logins, user = self._settings.logins, self._settings.user
        login = logins.get("servers", {}).get(self._server)
        if user:
            login = logins.get("accounts", {}).get(self._server, {}).get(user.casefold()) or login
        return login if isinstance(login, dict) and login.get("token") else None


def no_password(user: str) -> ClientError:
    """The error where a password is needed and nobody can be asked for it."""
    return ClientError(
        f"there is no password for {user}: give --password-file or JAMS_PASSWORD",
        kind="Unauthenticated",
        code="NoPassword",
    )


def first_line(source: str) -> str:
    """The first line of a file that nobody else can read, or of standard input when the name is ``-``.

    Raises UsageError, ClientError.
    """
    from .values import read_text

    line = read_text(source, private=True).partition("\n")[0].strip("\r")
    if not line:
        raise UsageError(f"{source} is empty")
    return line


def _same(account: Any, user: str) -> bool:
    return str(account).casefold() == user.casefold()


def _alike(one: str, other: str) -> bool:
    """Whether two addresses are the same, by whichever name they call this machine."""

    def named(address: str) -> str:
        return address.replace("//127.0.0.1", "//localhost").replace("//[::1]", "//localhost")

    return named(one) == named(other)
