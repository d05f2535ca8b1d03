"""WRAP KEY: the key file written as Common.config says."""

from __future__ import annotations

from jams.services.secret_keys import vault_of

from .verb import NOCONFIRM, Call, Verb


def run(call: Call) -> int:
    """Write the key file."""
    vault, how = vault_of(call.settings), call.settings.key_protection
    if not vault.keys():
        print(f"There is no key yet; the first one will be kept as KeyProtection says ({how}).")
        return 0
    if vault.is_kept_as_told():
        print(f"{vault.path} is kept as KeyProtection says ({how}).")
        return 0
    call.confirm(f"{vault.path} is written as KeyProtection says ({how}); the keys stay the same.")
    vault.change(lambda keys: keys)
    print(f"{vault.path} is kept as KeyProtection says ({how}).")
    return 0


VERB = Verb(
    about="write the key file as KeyProtection of Common.config says",
    audited=True,
    run=run,
    qualifiers=(NOCONFIRM,),
    more=(
        "To change the passphrase itself: set KeyProtection to file, WRAP KEY, change the passphrase, set "
        "it back, WRAP KEY.",
    ),
)
