"""VERIFY KEYS: whether the keys at hand open every secret, before they are needed."""

from __future__ import annotations

import sys

from jams.objects.errors import NotFound
from jams.security import keys, resealing
from jams.services.administration import beside
from jams.services.secret_keys import vault_of

from .passphrases import PASSPHRASE, known_passphrase
from .telling import tell_proof
from .verb import Call, Verb, progress


def run(call: Call) -> int:
    """Open every secret."""
    vault = vault_of(call.settings)
    with beside(call.settings) as database:
        if call.words:
            path = call.path(call.words[0])
            if not path.exists():
                raise NotFound(f"There is no file {path}.", target=path)
            found = keys.read_exported(path, known_passphrase(call) if keys.is_wrapped(path) else None)
            return tell_proof(resealing.prove(database, found, path, progress("opened")))
        code = tell_proof(keys.prove(database, vault, tell=progress("opened")))
    if not vault.is_kept_as_told():
        print("jamsdba: the key file is not kept as KeyProtection says; WRAP KEY mends it.", file=sys.stderr)
    return code


VERB = Verb(
    about="prove that the keys at hand, or those of an exported file, open every secret",
    run=run,
    places=("[file]",),
    qualifiers=(PASSPHRASE,),
)
