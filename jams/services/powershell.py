"""The doors for PowerShell that this installation has open: a unix socket, WS-Management, SSH."""

from __future__ import annotations

import logging
from contextlib import ExitStack, suppress
from functools import cached_property
from typing import TYPE_CHECKING

from msgspec.structs import replace

from jams.client.connection import Connection
from jams.database.audit import Refusal
from jams.database.names import fold
from jams.objects.errors import ConfigurationInvalid, JAMSError, Unauthenticated
from jams.operations.context import Refusals
from jams.operations.session import log_in
from jams.security import personal, tokens
from jams.security.accounts import Accounts
from jams.security.caller import Caller, Credentials
from jams.security.outside.outsiders import is_signed
from jams.wire.addresses import host_and_port

from .settings import Settings
from .web_services import reached_at

if TYPE_CHECKING:
    from psprovider.endpoint.limits import Limits
    from psprovider.engine.principal import Principal
    from psprovider.sessions.session import JamsEngine
    from psprovider.transports.people import Person

log = logging.getLogger(__name__)

DOOR = "PowerShell"


class PowerShellDoors:
    """Opens the doors that the settings name. What serves them is imported when it is needed.

    Attributes:
        places: where sessions come in over the network, for people.

    Raises:
        ConfigurationInvalid: a door that the settings name cannot be opened.
    """

    def __init__(
        self, settings: Settings, connection: Connection, accounts: Accounts, refusals: Refusals
    ) -> None:
        from psprovider.transports.people import Quota

        self.places: tuple[str, ...] = ()
        self._settings = settings
        self._connection = connection
        self._people = AccountHolders(accounts, refusals, settings.power_shell_users)
        self._quota = Quota(settings.power_shell_sessions_per_account, settings.power_shell_sessions)
        self._limits = session_limits(settings)
        self._parts = ExitStack()
        with ExitStack() as parts:
            self._open_socket(parts)
            self._open_wsman(parts)
            self._open_ssh(parts)
            self._parts = parts.pop_all()

    @cached_property
    def engine(self) -> JamsEngine:
        """What runs the sessions' commands."""
        from psprovider.engine.principal import Principal
        from psprovider.sessions.session import JamsEngine

        def identify(identity: object) -> Principal | None:
            return identity if isinstance(identity, Principal) else None

        return JamsEngine(self._connection, identify, server_name=self._settings.name)

    def stop(self) -> None:
        """Close every door; the sessions end."""
        self._parts.close()

    def _open_socket(self, parts: ExitStack) -> None:
        path = self._settings.power_shell_path
        if path is None:
            return
        from jams.wire.unix_sockets import supported
        from psprovider.transports.unix_socket import UnixSocketListener

        try:
            if not supported():
                raise ConfigurationInvalid("This system cannot tell who connects to a unix socket.")
            listener = UnixSocketListener(
                path,
                lambda: self.engine,
                self._people,
                self._quota,
                mode=self._settings.power_shell_socket_mode,
                limits=self._limits,
            )
        except ConfigurationInvalid as error:
            if self._settings.power_shell_socket:
                raise
            # Nobody has asked for it, and the server is of use without it.
            log.warning("PowerShell sessions over SSH are not served: %s", error.message)
            return
        listener.start()
        parts.callback(listener.stop)

    def _open_wsman(self, parts: ExitStack) -> None:
        settings = self._settings
        if settings.wsman_port is None:
            return
        secure = bool(settings.wsman_certificate)
        if not secure and not (settings.wsman_allow_http and settings.local_only):
            raise ConfigurationInvalid(
                "WSManPort needs WSManCertificate and WSManKey; jams certificate makes them for development. "
                "Without TLS it is served for tests alone, on 127.0.0.1 with WSManAllowHttp.",
                target="WSManCertificate",
            )
        from psprovider.transports.wsman.server import WSManListener

        listener = WSManListener(
            settings.listen_address,
            settings.wsman_port,
            lambda: self.engine,
            self._people,
            self._quota,
            certificate=settings.home / settings.wsman_certificate if secure else None,
            key=settings.home / settings.wsman_key if secure else None,
            limits=self._limits,
        )
        listener.start()
        parts.callback(listener.stop)
        where = host_and_port(reached_at(settings.listen_address), listener.port)
        self._come_in_at(f"{'https' if secure else 'http'}://{where}/wsman")

    def _open_ssh(self, parts: ExitStack) -> None:
        settings = self._settings
        if settings.power_shell_ssh_port is None:
            return
        try:
            from psprovider.transports.ssh import SUBSYSTEM, SshListener
        except ImportError:
            raise ConfigurationInvalid(
                "PowerShellSshPort needs asyncssh: install openjams[ssh].", target="PowerShellSshPort"
            ) from None
        listener = SshListener(
            settings.listen_address,
            settings.power_shell_ssh_port,
            settings.home / "ssh",
            lambda: self.engine,
            self._people,
            self._quota,
            limits=self._limits,
        )
        parts.callback(listener.stop)
        where = host_and_port(reached_at(settings.listen_address), listener.port)
        self._come_in_at(f"ssh://{where}, subsystem {SUBSYSTEM}")

    def _come_in_at(self, place: str) -> None:
        self.places += (place,)
        log.info("PowerShell sessions come in at %s", place)


def session_limits(settings: Settings) -> Limits:
    """The limits of every PowerShell session."""
    from psprovider.endpoint.limits import Limits

    return Limits(
        idle=settings.power_shell_idle_time,
        run_time=settings.power_shell_run_time,
        monitor_time=settings.power_shell_monitor_time,
        stop_grace=settings.power_shell_stop_grace,
    )


class AccountHolders:
    """Who may open PowerShell sessions (:class:`psprovider.transports.people.People`): holders of accounts.

    Args:
        accounts: the accounts.
        refusals: takes down whom it does not let in.
        users: accounts of users of this machine; others have the account of their own name.
    """

    def __init__(
        self, accounts: Accounts, refusals: Refusals, users: tuple[tuple[str, str], ...] = ()
    ) -> None:
        self._accounts = accounts
        self._refusals = refusals
        self._users = dict(users)

    def by_system_user(self, user: str, origin: str) -> Principal:
        """The holder that a user of this machine is. Raises Unauthenticated."""
        name = self._users.get(user, user)
        try:
            return self.by_account(name, origin)
        except Unauthenticated as error:
            self._note(user, origin, error)
            raise Unauthenticated(
                f"The user {user} of the server's machine has no account in JAMS: make the account {name} "
                "(jams account add), or name another one in PowerShellUsers.",
                target=user,
            ) from None

    def check_password(self, user: str, password: str, origin: str) -> str:
        """The account's name if the password, or its token in the place of it, is right.

        Raises Unauthenticated, TooManyAttempts.
        """
        try:
            return self._account(user, password, origin)
        except JAMSError as error:
            self._note(user, origin, error)
            raise

    def _note(self, user: str, origin: str, error: JAMSError) -> None:
        self._refusals.note(
            Refusal(user=user, door=DOOR, origin=origin, operation=log_in.__name__, code=error.code)
        )

    def _account(self, user: str, password: str, origin: str) -> str:
        if personal.is_one(password):
            # The session would outlive it, with all rights of the account.
            raise Unauthenticated(
                "A personal access token opens no session; show a password, or a login's token."
            )
        if is_signed(password):
            raise Unauthenticated(
                "A token of an issuer opens no session, which would outlive it; exchange it at a login."
            )
        if len(password) == tokens.LENGTH:
            with suppress(Unauthenticated):
                caller = self._accounts.authenticate(Credentials(token=password), DOOR)
                if fold(caller.account) == fold(user):
                    return caller.account
        shown = Credentials(username=user, password=password, origin=origin)
        return self._accounts.authenticate(shown, DOOR).account

    def by_account(self, account: str, origin: str, *, by_password: bool = False) -> Principal:
        """The holder of an account, who owes what his password asks for if that has let him in.

        Raises Unauthenticated.
        """
        from psprovider.engine.principal import Principal

        credentials = replace(self._accounts.vouch(account, by_password=by_password), origin=origin)

        def caller() -> Caller:
            return self._accounts.authenticate(credentials, DOOR)

        return Principal.of(caller, credentials, origin)

    def release(self, person: Person) -> None:
        """The holder's session is over."""
        credentials = getattr(person, "credentials", None)
        if isinstance(credentials, Credentials):
            self._accounts.withdraw(credentials)
