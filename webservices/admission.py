"""Who may not call hears that, and nothing else of what is wrong with his request.

A request is read before the JAMServer sees it. Where that fails, it is found out first whether its caller
would have been let in at all; one that is in order costs no question more.
"""

from __future__ import annotations

from typing import Any

from jams.client.connection import PatientConnection
from jams.objects.errors import ErrorKind, JAMSError, Unauthenticated
from jams.operations.catalogue import Catalogue, Operation
from jams.security.caller import Credentials

from .unserved import ASKED

_WHO = "who_am_i"
_UNKNOWN = (ErrorKind.UNAUTHENTICATED, ErrorKind.THROTTLED)


class Admission:
    """Asks a JAMServer who may come in.

    Args:
        connection: the JAMServer.
        catalogue: the operations that it is asked for.
    """

    def __init__(self, connection: PatientConnection, catalogue: Catalogue) -> None:
        self._connection = connection
        self._any = catalogue.get(_WHO)

    def check(
        self, environ: dict[str, Any], operation: Operation | None, credentials: Credentials, door: str
    ) -> None:
        """Let go on who may call an operation, whatever he says; without one, who is known.

        Raises JAMSError.
        """
        if operation is None and credentials.nobody:
            raise Unauthenticated(
                "Log in first: the request shows nobody, neither by an Authorization header nor in what of "
                "it could be read."
            )
        asked = operation or self._any
        if asked is None or asked.right is None:
            return
        try:
            self._connection.admit(asked, credentials=credentials, door=door)
        except JAMSError as error:
            if operation is None and error.kind not in _UNKNOWN:
                return
            environ[ASKED] = True  # so that it is not written down twice
            raise
