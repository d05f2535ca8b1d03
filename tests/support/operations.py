"""Operations asked directly, on the database of a test, without a server around them."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from jams.operations import CATALOGUE
from jams.operations.context import Context, Services
from jams.operations.patience import Staying
from jams.scheduler import Scheduler
from jams.security.caller import Caller
from jams.security.credentials import CredentialStore
from jams.security.vault import Vault
from tests.support.schedule import USER, Desk

START = datetime(2026, 11, 24, tzinfo=UTC)


def ask(d: Desk, called: str, /, *rights: Any, **inputs: Any) -> Any:
    """What the operation answers a caller with these rights."""
    operation = CATALOGUE[called]
    services = Services(
        database=d.database,
        scheduler=Scheduler(d.database),
        accounts=None,  # type: ignore[arg-type]
        logs=None,  # type: ignore[arg-type]
        refusals=None,  # type: ignore[arg-type]
        methods=list,
        server_name="test",
        home=Path(),
        started=START,
        credentials=CredentialStore(d.database, Vault(Path("secret.key"))),
    )
    caller = Caller(account=USER, rights=frozenset(rights))
    patience = Staying(services.scheduler, services.logs, lambda: False)
    context = Context(caller=caller, services=services, patience=patience, operation=operation)
    return operation.function(context, **inputs)
