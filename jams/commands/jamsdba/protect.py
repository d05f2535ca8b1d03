"""PROTECT: a server protected in one go: a new key, exported, and proved to open every secret."""

from __future__ import annotations

from jams.objects.errors import AlreadyExists
from jams.security import keys, resealing
from jams.services.administration import beside
from jams.services.secret_keys import vault_of

from .export_key import CLEAR, REPLACE
from .generate_key import KEEP
from .passphrases import PASSPHRASE, new_passphrase
from .telling import tell_proof, tell_resealed
from .verb import NOCONFIRM, Call, Verb, progress


def run(call: Call) -> int:
    """Protect the server."""
    path = call.path(call.words[0])
    if path.exists() and not call.has(REPLACE.name):
        raise AlreadyExists(f"There is a file {path} already.", target=path)
    vault = vault_of(call.settings)
    with beside(call.settings) as database:
        call.confirm(
            f"A new key is made, every stored secret is sealed under it, and it is written to {path}.",
            "Then the file is read again, and every secret is opened with what it holds.",
        )
        passphrase = None if call.has(CLEAR.name) else new_passphrase(call)
        # Exported first: a key that cannot be kept elsewhere is not begun with.
        vault.keys_to_seal()
        keys.export(vault, path, passphrase, replace=call.has(REPLACE.name))
        code = tell_resealed(
            keys.generate(database, vault, keep=call.has(KEEP.name), tell=progress("sealed anew"))
        )
        keys.export(vault, path, passphrase, replace=True)
        print(f"With what {path} holds:")
        proof = resealing.prove(database, keys.read_exported(path, passphrase), path)
        code = tell_proof(proof) or code
    print("Bring the file to a safe place, and remove it here.")
    return code


VERB = Verb(
    about="make a new key, export it, and prove that the exported file opens every secret",
    audited=True,
    run=run,
    places=("file",),
    qualifiers=(CLEAR, PASSPHRASE, REPLACE, KEEP, NOCONFIRM),
)
