"""GENERATE KEY: a new key, and every secret sealed under it."""

from __future__ import annotations

from jams.security import keys
from jams.services.administration import beside
from jams.services.secret_keys import vault_of

from .telling import tell_resealed
from .verb import NOCONFIRM, Call, Qualifier, Verb, progress

KEEP = Qualifier("KEEP", "keep older keys in the key file, for backups of earlier")


def run(call: Call) -> int:
    """Make the key."""
    vault = vault_of(call.settings)
    with beside(call.settings) as database:
        call.confirm(
            f"A new key is made, and every stored secret is sealed under it; {vault.path} is written.",
            "Servers go on meanwhile. A failover partner needs it too: EXPORT KEY here, IMPORT KEY there.",
        )
        return tell_resealed(
            keys.generate(database, vault, keep=call.has(KEEP.name), tell=progress("sealed anew"))
        )


VERB = Verb(
    about="make a new key of 256 bits, and seal every stored secret under it",
    audited=True,
    run=run,
    qualifiers=(KEEP, NOCONFIRM),
    more=(
        "Whoever is interrupted may say it again: at every moment each secret lies under a key that the key "
        "file holds. A key that nothing needs any more is given up.",
    ),
)
