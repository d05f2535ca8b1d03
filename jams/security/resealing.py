"""Going through all sealed secrets: to prove that they can be opened, and to seal them under another key."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from functools import partial

from msgspec import Struct
from sqlalchemy import Connection

from jams.database import definition_stamps, sealed
from jams.database.sealed import Place, Row
from jams.objects.errors import ConfigurationInvalid

from . import sealing
from .keyfiles import Keys
from .storage import Storage
from .vault import Vault

PIECE = 500
"""How many secrets are sealed anew in one transaction."""

Tell = Callable[[int, int], None]
"""Told how many secrets are done, and of how many."""


def untold(done: int, total: int) -> None:
    """Tells nobody."""


class Unopened(Struct, frozen=True):
    """A secret that cannot be opened: what it is of, the key that it names, and why."""

    noun: str
    name: str
    key: str
    reason: str


class Proof(Struct, frozen=True, kw_only=True):
    """What came of opening every secret.

    Attributes:
        total: how many there are.
        keys: how many lie under each key, by its name.
        unopened: those that cannot be opened.
    """

    total: int
    keys: dict[str, int]
    unopened: list[Unopened]


class Resealed(Struct, frozen=True, kw_only=True):
    """What came of sealing every secret anew.

    Attributes:
        key: the name of the key that they lie under now.
        changed: how many were sealed anew.
        unopened: those that cannot be opened, and were left as they are.
        given_up: names of keys that nothing needs any more, and that were taken out of the key file.
        kept: names of older keys that something still needs, or that were asked to be kept.
    """

    key: str
    changed: int
    unopened: list[Unopened]
    given_up: list[str]
    kept: list[str]


def prove(database: Storage, keys: Keys, where: object, tell: Tell = untold) -> Proof:
    """Open every secret with the keys; nothing of them is kept or shown.

    Args:
        database: where they lie.
        keys: the keys.
        where: whose keys they are, for what is said of one that is missing.
        tell: is told how far it is.
    """
    with database.read() as c:
        total = sum(sealed.count(c, place) for place in sealed.PLACES)
    under: dict[str, int] = {}
    unopened: list[Unopened] = []
    done = 0
    for place, rows in _pieces(database):
        for row in rows:
            _, trouble = _opened(keys, place, row, where)
            unopened += trouble
            name = sealing.key_of(row.sealed)
            under[name] = under.get(name, 0) + 1
        done += len(rows)
        tell(done, max(done, total))
    return Proof(total=done, keys=under, unopened=unopened)


def reseal(database: Storage, vault: Vault, *, keep: bool = False, tell: Tell = untold) -> Resealed:
    """Seal every secret anew that does not lie under the newest key, while others read and write them.

    Each piece is one transaction, and replaces what has not been changed meanwhile. Whoever is killed leaves
    secrets under both keys, and both keys; done again, it goes on. Keys that nothing needs any more are
    given up in the end, unless ``keep`` says otherwise.

    Raises:
        ConfigurationInvalid: the key file cannot be used.
        ServerUnavailable: the database could not store something; what was done so far stays.
    """
    changed = 0
    while True:
        keys = vault.keys_to_seal()
        tried, moved, unopened = _once(database, vault, keys, changed, tell)
        changed += moved
        if not tried and vault.keys() == keys:
            break
    given_up: list[str] = []
    if not keep:
        # First what is not needed is made sure of by a commit, then it is given up: were it one transaction,
        # another's change in it that fails to be stored could bring a secret back under a key that is gone.
        unneeded = database.write(partial(_unneeded, vault=vault))
        given_up = database.write(partial(_give_up, vault=vault, among=unneeded)) if unneeded else []
    left = list(vault.keys())
    return Resealed(key=left[-1], changed=changed, unopened=unopened, given_up=given_up, kept=left[:-1])


def _once(
    database: Storage, vault: Vault, keys: Keys, before: int, tell: Tell
) -> tuple[int, int, list[Unopened]]:
    """Seal anew what is under other keys: how many were tried, how many moved, which cannot be opened."""
    done = sealing.under(sealing.newest(keys))
    with database.read() as c:
        total = sum(sealed.count(c, place, but=done) for place in sealed.PLACES)
    tried, moved, unopened = 0, 0, list[Unopened]()
    for place, rows in _pieces(database, but=done):
        changes = []
        for row in rows:
            secret, trouble = _opened(keys, place, row, vault.path)
            unopened += trouble
            if secret is not None:
                changes.append((row, sealing.seal(keys, secret, place.purpose_of(row))))
        if changes:
            tried += len(changes)
            moved += database.write(partial(_replace, vault=vault, keys=keys, place=place, changes=changes))
        tell(before + moved, before + max(total, moved))
    return tried, moved, unopened


def _replace(
    c: Connection, vault: Vault, keys: Keys, place: Place, changes: Sequence[tuple[Row, str]]
) -> int:
    """Store what was sealed anew, unless another has given its key up meanwhile; how many were replaced."""
    definition_stamps.lock(c)
    now = vault.keys()
    return sealed.replace(c, place, changes) if sealing.newest(keys) in now else 0


def _pieces(database: Storage, but: str | None = None) -> Iterator[tuple[Place, list[Row]]]:
    for place in sealed.PLACES:
        last = -1
        while True:
            with database.read() as c:
                rows = sealed.after(c, place, last, PIECE, but=but)
            if not rows:
                break
            last = rows[-1].id
            yield place, rows


def _opened(keys: Keys, place: Place, row: Row, where: object) -> tuple[str | None, list[Unopened]]:
    try:
        return sealing.opened(keys, row.sealed, place.purpose_of(row), where), []
    except ConfigurationInvalid as error:
        return None, [Unopened(place.noun, row.name, sealing.key_of(row.sealed), error.message)]


def _unneeded(c: Connection, vault: Vault) -> list[str]:
    """The keys but the newest that nothing is sealed under, by name.

    Whoever stores a secret seals it behind the same lock: it is seen here, or is sealed under what is left.
    """
    definition_stamps.lock(c)
    keys = vault.keys()
    return [
        name
        for name in keys
        if name != sealing.newest(keys)
        and not any(sealed.any_begins(c, place, sealing.under(name)) for place in sealed.PLACES)
    ]


def _give_up(c: Connection, vault: Vault, among: Collection[str]) -> list[str]:
    """Take those of the keys out of the file that are still not needed; their names."""
    gone = [name for name in _unneeded(c, vault) if name in among]
    vault.change(lambda keys: {name: key for name, key in keys.items() if name not in gone})
    return gone
