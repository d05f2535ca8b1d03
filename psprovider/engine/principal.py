"""Who a session belongs to. It is fixed when the session is made; every command acts as this caller."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Self, cast

from jams.operations.catalogue import Right
from jams.security.caller import Caller, Credentials
from jams.security.rights import AreaRight


def _nothing_else() -> object:
    return None


def _everything(_right: Right) -> bool:
    return True


@dataclass(frozen=True)
class Principal:
    """The caller of a session.

    Attributes:
        account: the account's name.
        credentials: what the server is shown with every call; the server decides again each time.
        renewed: gives those, where they run out while the session lives.
        may: whether the account has a right, asked when commands are listed.
        standing: gives something that is equal as long as the account's rights are the same, asked before
            every pipeline. Raises Unauthenticated once the account may not be used any more.
        origin: where the client is, for the audit.
    """

    account: str
    credentials: Credentials
    may: Callable[[Right], bool] = _everything
    standing: Callable[[], object] = _nothing_else
    origin: str = ""
    renewed: Callable[[], Credentials] | None = None

    @classmethod
    def of(cls, caller: Callable[[], Caller], credentials: Credentials, origin: str) -> Self:
        """Who holds an account, as ``caller`` finds him anew each time; raises what that raises."""
        return cls(
            account=caller().account,
            credentials=credentials,
            may=lambda right: caller().may(cast(AreaRight, right)),
            standing=caller,
            origin=origin,
        )

    @property
    def shown(self) -> Credentials:
        """What the server is shown now."""
        return self.credentials if self.renewed is None else self.renewed()
