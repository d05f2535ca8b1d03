"""Runs operations for callers: who is it, may they, do it, write down that it was done."""

from __future__ import annotations

import hashlib
import logging
import secrets
from collections.abc import Hashable, Iterator, Mapping
from concurrent.futures import Future
from contextlib import contextmanager
from enum import Enum
from typing import Any, cast

import msgspec

from jams.database.audit import Refusal
from jams.objects.errors import (
    AccessDenied,
    CodesRequired,
    ErrorKind,
    InternalError,
    JAMSError,
    PasswordChangeRequired,
    Unauthenticated,
)
from jams.objects.preconditions import ALWAYS, Precondition
from jams.operations import CATALOGUE, confinement, remembered
from jams.operations.arguments import check_arguments
from jams.operations.catalogue import Operation
from jams.operations.context import Context, Services
from jams.operations.patience import Leaving, Patience, Staying
from jams.operations.versioned import LENIENT, demanded, leniency
from jams.security.caller import ANONYMOUS, NOBODY, Caller, Credentials
from jams.security.login_policy import CODES
from jams.security.rights import AreaRight, ServerAccess

from .parking import ParkingLot
from .refusals import EVERYBODY

log = logging.getLogger(__name__)

_ALWAYS_NOTED = frozenset({ErrorKind.UNAUTHENTICATED, ErrorKind.THROTTLED, ErrorKind.DENIED})
"""Refusals that are written down although nothing was to be changed."""


class _Attempt:
    """One call, and who makes it: nobody known, until he has been admitted."""

    def __init__(
        self,
        operation: Operation,
        arguments: Mapping[str, Any],
        credentials: Credentials,
        door: str,
        retry_key: str | None,
        condition: Precondition,
        total: bool = False,
    ) -> None:
        self.operation = operation
        self.arguments = arguments
        self.credentials = credentials
        self.door = door
        self.retry_key = retry_key
        self.condition = condition
        self.total = total
        self.caller = msgspec.structs.replace(ANONYMOUS, door=door, origin=credentials.origin)


class Dispatcher:
    """A JAMServer in this process; see :class:`jams.client.connection.Connection` for ``call``."""

    def __init__(self, services: Services, *, most_waiting: int = 100) -> None:
        """``most_waiting`` calls may wait at once by :meth:`call_later`; see :class:`ParkingLot`."""
        self._services = services
        self._lot = ParkingLot(most_waiting, lambda log: services.logs.look(log))

    def call(
        self,
        operation: Operation,
        arguments: Mapping[str, Any],
        *,
        credentials: Credentials = NOBODY,
        door: str = "library",
        retry_key: str | None = None,
        condition: Precondition = ALWAYS,
        total: bool = False,
    ) -> Any:
        """Run an operation for whoever the credentials name; if it waits, it does so in this thread."""
        attempt = _Attempt(operation, arguments, credentials, door, retry_key, condition, total)
        self._admit(attempt)
        services = self._services
        patience = Staying(services.scheduler, services.logs, lambda: self._has_changed(attempt))
        return patience.run(lambda: self._make(attempt, patience))

    def call_later(
        self,
        operation: Operation,
        arguments: Mapping[str, Any],
        *,
        credentials: Credentials = NOBODY,
        door: str = "library",
    ) -> Future[Any]:
        """As :meth:`call`, of an operation that changes nothing; while it waits, no thread does."""
        attempt = _Attempt(operation, arguments, credentials, door, None, ALWAYS)
        self._admit(attempt)
        patience = Leaving(self._services.scheduler)
        made = False

        def work() -> Any:
            nonlocal made
            if made:
                self._has_changed(attempt)
            made = True
            return self._make(attempt, patience)

        return self._lot.begin(work, patience)

    def admit(
        self, operation: Operation, *, credentials: Credentials = NOBODY, door: str = "library"
    ) -> None:
        """See :class:`jams.client.connection.PatientConnection`."""
        attempt = _Attempt(operation, {}, credentials, door, None, ALWAYS)
        with self._told(attempt):
            self._identify(attempt)

    def standing(
        self, operation: Operation, *, credentials: Credentials = NOBODY, door: str = "library"
    ) -> Hashable | None:
        """See :class:`jams.client.connection.PatientConnection`."""
        state = self._services.database.state()
        if state is None:
            return None
        attempt = _Attempt(operation, {}, credentials, door, None, ALWAYS)
        self._identify(attempt)
        caller = attempt.caller
        return state, caller.account, caller.groups, caller.rights, caller.folders, caller.passes

    @property
    def waiting(self) -> int:
        """How many calls wait without a thread."""
        return len(self._lot)

    def release_waiters(self) -> None:
        """Let no call wait any longer: who waits is told that the server is stopping."""
        self._lot.close()

    def close(self) -> None:
        """Nothing is held by who calls: the services belong to whoever made them."""

    def _admit(self, attempt: _Attempt) -> None:
        """Find out who calls. Raises JAMSError when he may not do what he asks for."""
        with self._told(attempt):
            self._identify(attempt)
            check_arguments(attempt.operation, attempt.arguments)

    def _has_changed(self, attempt: _Attempt) -> bool:
        """Look at the caller anew, after he has waited; whether he is another than before.

        Raises JAMSError when he may not do any more what he asks for.
        """
        before = attempt.caller
        if attempt.operation.right is None:
            return False
        with self._told(attempt):
            attempt.caller = self._services.accounts.looked_at_again(before, attempt.credentials)
            _check_right(attempt.operation, attempt.caller)
        return attempt.caller != before

    def _identify(self, attempt: _Attempt) -> None:
        if attempt.operation.right is not None:
            attempt.caller = self._authenticated(attempt.credentials, attempt.door)
            _check_right(attempt.operation, attempt.caller)

    def _make(self, attempt: _Attempt, patience: Patience) -> Any:
        """Do what is asked for, for the first time or again."""
        with self._told(attempt):
            return self._run(attempt, patience)

    @contextmanager
    def _told(self, attempt: _Attempt) -> Iterator[None]:
        """Write down what is refused, and make an incident of what nobody foresaw."""
        operation = attempt.operation
        try:
            yield
        except JAMSError as error:
            if operation.changes or error.kind in _ALWAYS_NOTED:
                self._services.refusals.note(_refusal(attempt, error))
            raise
        except Exception as error:
            raise _incident(operation, error) from None

    def _run(self, attempt: _Attempt, patience: Patience) -> Any:
        operation, arguments, retry_key = attempt.operation, attempt.arguments, attempt.retry_key
        own, wanted = demanded(operation, arguments, attempt.condition)
        context = Context(
            caller=attempt.caller,
            services=self._services,
            operation=operation,
            patience=patience,
            target=_target(operation, arguments),
            condition=wanted,
            lenient=leniency(operation) and bool(arguments.get(LENIENT)),
            retry_key=retry_key if operation.retry_key else None,
            total=attempt.total and operation.bound is not None,
            fingerprint=_fingerprint(operation, arguments) if operation.retry_key and retry_key else b"",
        )
        confinement.check(context, own)
        return confinement.shown(context, remembered.result_of(context, own))

    def _authenticated(self, credentials: Credentials, door: str) -> Caller:
        if credentials.nobody:
            raise Unauthenticated("Log in first: this operation needs a caller.")
        return self._services.accounts.authenticate(credentials, door)


def _check_right(operation: Operation, caller: Caller) -> None:
    if not caller.connects:
        raise caller.lacks(ServerAccess.EXECUTE, "to use this server")
    if caller.owes and not operation.settles:
        raise _owed(caller)
    if caller.operations is not None and operation.name not in caller.operations:
        raise AccessDenied(
            f"The token of {caller.account} is not for {operation.name}.", target=operation.name
        )
    if caller.reads_only and operation.changes:
        raise AccessDenied(f"The token of {caller.account} changes nothing.", target=operation.name)
    caller.check(cast(AreaRight, operation.right))


def _owed(caller: Caller) -> JAMSError:
    who = f"{caller.account} has to"
    if caller.owes == CODES:
        ways = _at_every_door("begin_one_time_codes", "confirm_one_time_codes")
        return CodesRequired(f"{who} set up one-time codes before anything else: {ways}.")
    ways = _at_every_door("change_password")
    return PasswordChangeRequired(f"{who} change the password before anything else: {ways}.")


def _at_every_door(*names: str) -> str:
    """What operations are called: who is refused one may stand at any door, whatever speaks for him."""
    wanted = [CATALOGUE[name] for name in names]
    cmdlets = " and ".join(each.cmdlet for each in wanted)
    commands = " and ".join(each.command for each in wanted)
    routes = " and ".join(f"{route.verb} {route.path}" for route in (each.routes[0] for each in wanted))
    actions = " and ".join(f"{each.service}.{each.soap_name}" for each in wanted)
    return f"jamswebclient {commands}, {cmdlets}, {routes} or {actions}"


def _refusal(attempt: _Attempt, error: JAMSError) -> Refusal:
    """What the audit trail says of it. Of a login the target is the name that was claimed."""
    operation, caller = attempt.operation, attempt.caller
    target = _target(operation, attempt.arguments)
    claimed = target if operation.session == "opens" else attempt.credentials.username
    return Refusal(
        user=(claimed or EVERYBODY) if caller.account == ANONYMOUS.account else caller.account,
        door=caller.door,
        origin=caller.origin,
        operation=operation.name,
        target=None if operation.session == "opens" else target,
        code=error.code,
        message=error.message if error.kind is ErrorKind.DENIED else None,
    )


def _target(operation: Operation, arguments: Mapping[str, Any]) -> str | None:
    """What the audit trail says that a call is about: never a text that is sent in, which names nothing."""
    contents = {operation.binding.reads, *(each.name for each in operation.inputs if each.secret)}
    for name in (*operation.key, *operation.positional, *operation.binding.path[-1:]):
        if name in contents:
            continue
        value = arguments.get(name)
        if value is None and operation.body is not None:
            value = getattr(arguments.get(operation.body.parameter), name, None)
        if value not in (None, msgspec.UNSET):
            return str(value.value if isinstance(value, Enum) else value)
    return None


def _fingerprint(operation: Operation, arguments: Mapping[str, Any]) -> bytes:
    encoded = msgspec.json.encode({"operation": operation.name, **arguments}, order="sorted")
    return hashlib.sha256(encoded).digest()


def _incident(operation: Operation, error: Exception) -> InternalError:
    incident = secrets.token_hex(4)
    log.error("incident %s in %s", incident, operation.name, exc_info=error)
    return InternalError(f"The server failed; its log tells more under incident {incident}.", target=incident)
