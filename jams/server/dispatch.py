"""Runs operations for callers: who is it, may they, do it, write down that it was done."""

from __future__ import annotations

import hashlib
import logging
import secrets
from collections.abc import Mapping
from typing import Any, cast

import msgspec

from jams.database.audit import Refusal
from jams.objects.errors import AccessDenied, ErrorKind, InternalError, JAMSError, Unauthenticated
from jams.objects.preconditions import ALWAYS, Precondition
from jams.operations.arguments import check_arguments
from jams.operations.catalogue import Operation
from jams.operations.context import Context, Services
from jams.operations.versioned import demanded
from jams.security.caller import ANONYMOUS, NOBODY, Caller, Credentials
from jams.security.rights import AreaRight

from .refusals import EVERYBODY

log = logging.getLogger(__name__)

_ALWAYS_NOTED = frozenset({ErrorKind.UNAUTHENTICATED, ErrorKind.DENIED})
"""Refusals that are written down although nothing was to be changed."""


class Dispatcher:
    """A JAMServer in this process; see :class:`jams.client.connection.Connection` for ``call``."""

    def __init__(self, services: Services) -> None:
        self._services = services

    def call(
        self,
        operation: Operation,
        arguments: Mapping[str, Any],
        *,
        credentials: Credentials = NOBODY,
        door: str = "library",
        retry_key: str | None = None,
        condition: Precondition = ALWAYS,
    ) -> Any:
        """Run an operation for whoever the credentials name."""
        caller = msgspec.structs.replace(ANONYMOUS, door=door, origin=credentials.origin)
        try:
            if operation.right is not None:
                caller = self._authenticated(credentials, door)
                _check_right(operation, caller)
            check_arguments(operation, arguments)
            return self._run(operation, arguments, caller, retry_key, condition)
        except JAMSError as error:
            if operation.changes or error.kind in _ALWAYS_NOTED:
                self._services.refusals.note(_refusal(operation, arguments, credentials, caller, error))
            raise
        except Exception as error:
            raise _incident(operation, error) from None

    def close(self) -> None:
        """Nothing is held: the services belong to whoever made them."""

    def _run(
        self,
        operation: Operation,
        arguments: Mapping[str, Any],
        caller: Caller,
        retry_key: str | None,
        condition: Precondition,
    ) -> Any:
        own, wanted = demanded(operation, arguments, condition)
        context = Context(
            caller=caller,
            services=self._services,
            operation=operation,
            target=_target(operation, arguments),
            condition=wanted,
            retry_key=retry_key if operation.retry_key else None,
            fingerprint=_fingerprint(operation, arguments) if operation.retry_key and retry_key else b"",
        )
        return operation.function(context, **own)

    def _authenticated(self, credentials: Credentials, door: str) -> Caller:
        if credentials.nobody:
            raise Unauthenticated("Log in first: this operation needs a caller.")
        return self._services.accounts.authenticate(credentials, door)


def _check_right(operation: Operation, caller: Caller) -> None:
    if not caller.may(cast(AreaRight, operation.right)):
        raise AccessDenied(
            f"{caller.account} lacks the right {operation.right}.", target=str(operation.right)
        )


def _refusal(
    operation: Operation,
    arguments: Mapping[str, Any],
    credentials: Credentials,
    caller: Caller,
    error: JAMSError,
) -> Refusal:
    """What the audit trail says of it. Of a login the target is the name that was claimed."""
    target = _target(operation, arguments)
    claimed = target if operation.session == "opens" else credentials.username
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
    for name in (*operation.key, *operation.positional, *operation.binding.path[-1:]):
        value = arguments.get(name)
        if value is None and operation.body is not None:
            value = getattr(arguments.get(operation.body.parameter), name, None)
        if value not in (None, msgspec.UNSET):
            return str(value)
    return None


def _fingerprint(operation: Operation, arguments: Mapping[str, Any]) -> bytes:
    encoded = msgspec.json.encode({"operation": operation.name, **arguments}, order="sorted")
    return hashlib.sha256(encoded).digest()


def _incident(operation: Operation, error: Exception) -> InternalError:
    incident = secrets.token_hex(4)
    log.error("incident %s in %s", incident, operation.name, exc_info=error)
    return InternalError(f"The server failed; its log tells more under incident {incident}.", target=incident)
