"""IMPORT KEY: the key of another server, or of earlier."""

from __future__ import annotations

from jams.objects.errors import NotFound
from jams.security import keys
from jams.services.administration import beside
from jams.services.secret_keys import vault_of

from .generate_key import KEEP
from .passphrases import PASSPHRASE, known_passphrase
from .telling import tell_proof, tell_resealed
from .verb import NOCONFIRM, Call, Qualifier, Verb, progress

NOENCRYPT = Qualifier("NOENCRYPT", "leave the secrets as they are: they lie under this key already")


def run(call: Call) -> int:
    """Take the key over."""
    path = call.path(call.words[0])
    if not path.exists():
        raise NotFound(f"There is no file {path}.", target=path)
    found = keys.read_exported(path, known_passphrase(call) if keys.is_wrapped(path) else None)
    vault, encrypt = vault_of(call.settings), not call.has(NOENCRYPT.name)
    with beside(call.settings) as database:
        call.confirm(
            f"The key {list(found)[-1]} of {path} is added to {vault.path}, and seals from now on.",
            "Every stored secret is sealed anew under it; servers go on meanwhile."
            if encrypt
            else "The stored secrets stay as they are.",
        )
        done = keys.import_keys(
            database, vault, found, encrypt=encrypt, keep=call.has(KEEP.name), tell=progress("sealed anew")
        )
        if done.resealed is not None:
            return tell_resealed(done.resealed)
        print(f"The key is now {done.key}.")
        return tell_proof(keys.prove(database, vault))


VERB = Verb(
    about="take a key over from a file, and seal every stored secret under it",
    audited=True,
    run=run,
    places=("file",),
    qualifiers=(NOENCRYPT, PASSPHRASE, KEEP, NOCONFIRM),
    more=(
        "With /NOENCRYPT, after a database was restored on another machine, and on a failover partner: the "
        "secrets of that database lie under the imported key already.",
        "Nothing is changed when a secret could not be opened afterwards that has to be sealed anew, or when "
        "with /NOENCRYPT the key is not one that the database needs.",
    ),
)
