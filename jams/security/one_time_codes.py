"""One-time codes beside a password: TOTP (RFC 6238), six digits that hold for thirty seconds.

The secret lies sealed in the vault, bound to the account. A code is taken once: with it goes every code of
that time and before. The one before and the one after are taken too, for clocks differ.
"""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Callable
from datetime import UTC, datetime

import pyotp
from sqlalchemy import Connection

from jams.database import accounts as rows
from jams.database import definition_stamps
from jams.database.accounts import AccountRecord
from jams.database.sealed import ONE_TIME_CODE
from jams.objects.accounts import DIGITS_OF_CODE, CodeSecret
from jams.objects.errors import ConfigurationInvalid

from . import tokens
from .vault import Vault

STEP = 30
"""Seconds for which a code holds."""
DRIFT = 1
"""Codes before and after the one of now that are taken too (RFC 6238 section 5.2)."""
RECOVERY_CODES = 10


def utc_now() -> datetime:
    """The time."""
    return datetime.now(UTC)


class OneTimeCodes:
    """The one-time codes of one server.

    Args:
        vault: seals the secrets; None where there is none, and nobody can have any.
        issuer: what authenticators show beside the account.
        now: tells the time.
    """

    def __init__(
        self, vault: Vault | None, *, issuer: str = "JAMS", now: Callable[[], datetime] = utc_now
    ) -> None:
        self._vault = vault
        self._issuer = issuer
        self._now = now

    def prepare(self) -> None:
        """Do what is slow of sealing, outside of a transaction. Raises ConfigurationInvalid."""
        self._vault_at_hand().keys_to_seal()

    def begin(self, c: Connection, account: AccountRecord, by: str) -> CodeSecret:
        """Give an account a secret, which counts once a code of it was shown. Raises ConfigurationInvalid."""
        definition_stamps.lock(c)  # behind it a key is given up when nothing is sealed under it
        secret = pyotp.random_base32()
        sealed = self._vault_at_hand().seal(secret, ONE_TIME_CODE.purpose(account.name))
        rows.change(c, account.id, by=by, code_secret=sealed, code_confirmed=False, code_step=None)
        rows.set_recovery_codes(c, account.id, ())
        uri = pyotp.TOTP(secret).provisioning_uri(name=account.name, issuer_name=self._issuer)
        return CodeSecret(uri=uri, secret=secret)

    def confirm(self, c: Connection, account: AccountRecord, by: str) -> list[str]:
        """Let an account's codes count from now on; its recovery codes, which are told this once."""
        codes = ["-".join(secrets.token_hex(3) for _ in range(4)) for _ in range(RECOVERY_CODES)]
        rows.change(c, account.id, by=by, code_confirmed=True)
        rows.set_recovery_codes(c, account.id, map(_digest, codes))
        return codes

    def remove(self, c: Connection, account: AccountRecord, by: str) -> None:
        """Take an account's one-time codes away."""
        rows.change(c, account.id, by=by, code_secret=None, code_confirmed=False, code_step=None)
        rows.set_recovery_codes(c, account.id, ())

    def step_of(self, account: AccountRecord, code: str) -> int | None:
        """The step of time whose code that is; None if it is none of now.

        Raises ConfigurationInvalid when the secret cannot be opened.
        """
        if account.code_secret is None:
            return None
        secret = self._vault_at_hand().open(account.code_secret, ONE_TIME_CODE.purpose(account.name))
        made, shown = pyotp.TOTP(secret), code.encode("utf-8", "surrogatepass")
        this = int(self._now().timestamp()) // STEP
        found = None
        for step in range(this - DRIFT, this + DRIFT + 1):
            if hmac.compare_digest(made.at(step * STEP).encode(), shown):
                found = step
        return found

    def take(self, c: Connection, account: AccountRecord, code: str, step: int | None) -> bool:
        """Take a code, or a recovery code, so that it holds no more; whether it held."""
        if step is not None and account.code_secret is not None:
            return rows.take_step(c, account.id, account.code_secret, step)
        return rows.spend_recovery_code(c, account.id, _digest(code))

    def _vault_at_hand(self) -> Vault:
        if self._vault is None:
            raise ConfigurationInvalid("One-time codes need the key of the server, which is not at hand.")
        return self._vault


def split(password: str) -> tuple[str, str | None]:
    """A password with a code behind it, as doors take it that have no other place for one."""
    code = password[-DIGITS_OF_CODE:]
    if len(password) > DIGITS_OF_CODE and code.isascii() and code.isdigit():
        return password[:-DIGITS_OF_CODE], code
    return password, None


def _digest(code: str) -> str:
    return tokens.digest(code.strip().casefold())
