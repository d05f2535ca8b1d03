"""Runs operations for callers: who is it, may they, do it, write down that it was done."""

from __future__ import annotations

import hashlib
import logging
import secrets
from collections.abc import Mapping
from typing import Any, cast

import msgspec

from jams.objects.errors import AccessDenied, InternalError, JAMSError, Unauthenticated
from jams.operations.arguments import check_arguments
from jams.operations.catalogue import Operation
from jams.operations.context import Context, Services
from jams.security.caller import ANONYMOUS, NOBODY, Caller, Credentials
from jams.security.rights import AreaRight

log = logging.getLogger(__name__)
audit_log = logging.getLogger("jams.audit")


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
    ) -> Any:
        """Run an operation for whoever the credentials name."""
        caller = self._admit(operation, credentials, door)
        try:
            check_arguments(operation, arguments)
            return self._run(operation, arguments, caller, retry_key)
        except JAMSError as error:
            if operation.changes:
                audit_log.info("%s %s %s refused: %s", caller.account, door, operation.name, error.code)
            raise
        except Exception as error:
            raise _incident(operation, error) from None

    def close(self) -> None:
        """Nothing is held: the services belong to whoever made them."""

    def _run(
        self, operation: Operation, arguments: Mapping[str, Any], caller: Caller, retry_key: str | None
    ) -> Any:
        context = Context(
            caller=caller,
            services=self._services,
            operation=operation,
            target=_target(operation, arguments),
            retry_key=retry_key if operation.retry_key else None,
            fingerprint=_fingerprint(operation, arguments) if operation.retry_key and retry_key else b"",
        )
        return operation.function(context, **arguments)

    def _admit(self, operation: Operation, credentials: Credentials, door: str) -> Caller:
        if operation.right is None:
            return msgspec.structs.replace(ANONYMOUS, door=door)
        if credentials == NOBODY:
            raise Unauthenticated("Log in first: this operation needs a caller.")
        caller = self._services.accounts.authenticate(credentials, door)
        if not caller.may(cast(AreaRight, operation.right)):
            audit_log.warning("%s %s %s denied: %s", caller.account, door, operation.name, operation.right)
            raise AccessDenied(
                f"{caller.account} lacks the right {operation.right}.", target=str(operation.right)
            )
        return caller


def _target(operation: Operation, arguments: Mapping[str, Any]) -> str | None:
    for name in (*operation.key, *operation.positional):
        value = arguments.get(name)
        if value is None and operation.body is not None:
            value = getattr(arguments.get(operation.body.parameter), name, None)
        if value is not None:
            return str(value)
    return None


def _fingerprint(operation: Operation, arguments: Mapping[str, Any]) -> bytes:
    encoded = msgspec.json.encode({"operation": operation.name, **arguments}, order="sorted")
    return hashlib.sha256(encoded).digest()


def _incident(operation: Operation, error: Exception) -> InternalError:
    incident = secrets.token_hex(4)
    log.error("incident %s in %s", incident, operation.name, exc_info=error)
    return InternalError(f"The server failed; its log tells more under incident {incident}.", target=incident)
