"""Backups: all that a server knows in one archive, taken while it works, and brought back.

The key under which secrets are stored is not in the archive: who has the one shall not have the other. So a
restore needs both, and looks before it changes anything.
"""

from __future__ import annotations

import os
import secrets
import shutil
import tempfile
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace
from sqlalchemy import URL, Connection, func, select

from jams import __version__
from jams.database import (
    Database,
    audit,
    audit_checking,
    copies,
    copying,
    names,
    open_database,
    schedule_triggers,
    schema,
    sealed,
    stored_settings,
    tables,
)
from jams.objects.backups import BackupOrder
from jams.objects.enums import EntryState
from jams.objects.errors import ConfigurationInvalid, DatabaseUnusable, InvalidArgument, ServerUnavailable
from jams.security import keys, sealing
from jams.security.vault import KEY_FILE

from . import backup_archive
from .administration import beside
from .backup_archive import DATABASE, LOGS, SUFFIX, Manifest
from .connection_strings import database_url
from .secret_keys import vault_of
from .settings import Settings

_RESTORING = ".jams-restore-"

MOST_PENDING = 100
"""Entries that a report names."""


class Pending(Struct, frozen=True):
    """An entry that had not ended when the backup was taken."""

    number: int
    job: str
    state: str


class Report(Struct, frozen=True, kw_only=True):
    """What a backup that was restored or verified has brought.

    Attributes:
        taken: when the backup was taken.
        alive: up to when its schedule was planned: the point at which it stopped; None if it never was.
        downtime: what the next start of the server does about the time since, in a sentence.
        pending: how many entries had not ended, and the first of them.
        rows: how many rows all tables have.
        secrets: how many secrets were opened.
        lost: secrets that the key at hand does not open.
        kept: where the database that was replaced is kept.
    """

    taken: datetime
    alive: datetime | None
    downtime: str
    pending: int
    entries: list[Pending]
    rows: int
    secrets: int
    lost: list[str]
    kept: str | None = None


def default_name(server: str, now: datetime) -> str:
    """The name of a backup that was given none."""
    return f"{_plain(server)}-{now.astimezone(UTC):%Y%m%dT%H%M%SZ}{SUFFIX}"


def _plain(server: str) -> str:
    return "".join(each if each.isalnum() or each in "-." else "-" for each in server)


def take(
    settings: Settings,
    path: Path,
    *,
    logs: bool = False,
    stop: threading.Event | None = None,
    tell: copying.Tell = lambda text: None,
) -> Manifest:
    """Take a backup, whether the server runs or not. Nobody waits for it.

    Args:
        settings: of the home whose database it is.
        path: the archive; a file that is not there.
        logs: whether the logs of the server and of runs are in it.
        stop: breaks it off.
        tell: takes a line on how far it is.

    Raises:
        AlreadyExists: there is such a file.
        BrokenOff: it was broken off.
        DatabaseUnusable: there is no database, or it cannot be read.
        ServerUnavailable: the archive cannot be written.
    """
    stop = stop or threading.Event()
    source = copies.source(_url(settings))
    with backup_archive.writing(path.absolute(), stop) as (archive, folder):
        taken = datetime.now(UTC)
        copy = folder / "copy"
        copied = source.copy(copy, stop, tell)
        tell("the copy is packed")
        archive.add(DATABASE, copy)
        copy.unlink()
        for name, file in _logs(settings) if logs else ():
            with suppress(FileNotFoundError):
                archive.add(name, file)
        manifest = Manifest(
            form=backup_archive.FORM,
            product=__version__,
            server=settings.name,
            taken=taken,
            kind=source.kind,
            schema=copied.schema,
            place=copied.place,
            keys=_key_names(settings),
            rows=dict(copied.rows),
            members=archive.members,
        )
        archive.finish(manifest)
    return manifest


def take_in_folder(settings: Settings, order: BackupOrder, stop: threading.Event, tell: copying.Tell) -> str:
    """Take a backup into the folder that is configured, and remove older ones beyond those that are kept.

    What came of it, in a sentence. Raises as :func:`take`, and nothing when it was broken off.
    """
    folder = settings.backup_directory
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise ServerUnavailable(f"The folder {folder} cannot be made: {error.strerror}.") from error
    name = default_name(settings.name, datetime.now(UTC))
    try:
        manifest = take(settings, folder / name, logs=order.logs, stop=stop, tell=tell)
    except copying.BrokenOff:
        return "Broken off: there is no backup."
    made = f"{folder / name} holds {sum(manifest.rows.values()):,} rows"
    old = sorted(folder.glob(f"{_plain(settings.name)}-*{SUFFIX}"))[: -order.keep] if order.keep else []
    for path in old:
        with suppress(OSError):
            path.unlink()
    return f"{made}; {len(old)} older ones were removed." if old else f"{made}."


def verify(settings: Settings, path: Path) -> Report:
    """Restore a backup into a scratch place, and look at all of it there; nothing else is changed.

    Every member is compared with its checksum, every table counted, every secret opened, and the
    chains of the audit trail are verified.

    Raises:
        InvalidArgument: the archive is damaged, or none.
        DatabaseUnusable: what is in it is no database that this version can use.
        ServerUnavailable: there is no room for it.
    """
    with tempfile.TemporaryDirectory(prefix="jams-verify-") as name:
        manifest, source, copy = _unpacked(settings, path, Path(name))
        with source.scratch(copy, manifest.place) as where:
            return _looked_at(settings, manifest, where)


def restore(settings: Settings, path: Path, *, without_secrets: bool = False, by: str = "") -> Report:
    """Put what a backup holds in the place of the database; all of it or nothing.

    What the next start does about the time since the backup is what ``ScheduleMaxDowntime`` and
    ``ScheduleMaxDownAction`` say, as after any other downtime. An older schema is brought up to date.

    Args:
        settings: of the home whose database is replaced.
        path: the archive.
        without_secrets: restore though some secrets cannot be opened with the key at hand.
        by: who does it, for the audit trail.

    Raises:
        InvalidArgument: the archive is damaged, none, or of another kind of database.
        ConfigurationInvalid: the key at hand does not open all secrets.
        DatabaseUnusable: a server works with the database; or what is in the archive cannot be used.
        ServerUnavailable: there is no room for it.
    """
    source = copies.source(_url(settings))
    with source.held() as held, _folder(settings) as folder:
        manifest, _, copy = _unpacked(settings, path, folder)
        source.check_place(manifest.place)
        with source.scratch(copy, manifest.place) as where:
            report = _looked_at(settings, manifest, where, (path, by))
        if report.lost and not without_secrets:
            raise ConfigurationInvalid(
                f"The keys in {settings.home / KEY_FILE} do not open {len(report.lost)} secrets of the "
                f"backup, as that of {report.lost[0]}; import the key under which they were stored, or say "
                "that they shall be lost. Nothing was changed.",
            )
        kept = held.replace(copy)
        _bring_logs(settings, folder)
    if source.kind == "postgresql":
        with _opened(_url(settings).render_as_string(hide_password=False)) as database:
            _sign(database, by, path, report)
    return replace(report, kept=kept)


def _url(settings: Settings) -> URL:
    return database_url(settings.connection_string, settings.home)


@contextmanager
def _folder(settings: Settings) -> Iterator[Path]:
    """A folder beside an SQLite database, so that what is in it can be put in place by a rename."""
    url = _url(settings)
    beside = (
        Path(url.database or "").absolute().parent if url.get_backend_name() == "sqlite" else settings.home
    )
    for left in beside.glob(f"{_RESTORING}*"):
        # Of a restore that was killed: the database is held, so there is no other.
        shutil.rmtree(left, ignore_errors=True)
    try:
        with tempfile.TemporaryDirectory(prefix=_RESTORING, dir=beside) as name:
            yield Path(name)
    except OSError as error:
        raise ServerUnavailable(
            f"It could not be restored: {(error.strerror or str(error)).lower()}; nothing was changed."
        ) from error


def _unpacked(settings: Settings, path: Path, folder: Path) -> tuple[Manifest, copying.Source, Path]:
    manifest = backup_archive.read(path, folder)
    source = copies.source(_url(settings))
    if manifest.kind != source.kind:
        raise InvalidArgument(
            f"The backup {path} is of a database of {manifest.kind}, and this home has one of {source.kind}. "
            "Nothing was changed.",
            target=path,
        )
    known = schema.known_versions()
    if manifest.schema not in known:
        raise DatabaseUnusable(
            f"The backup {path} has schema {manifest.schema}, and this program knows schemas up to "
            f"{known[-1]}; restore it with the version of JAMS that made it, or a newer one. Nothing was "
            "changed.",
            target=path,
        )
    return manifest, source, folder / DATABASE


def _opened(where: str) -> closing[Database]:
    return closing(open_database(where, readers=2))


def _looked_at(
    settings: Settings, manifest: Manifest, where: str, signed: tuple[Path, str] | None = None
) -> Report:
    """Look at a database that was made of a backup; ``signed``: it is to be ours, from where and by whom."""
    _check_rows(manifest, where)
    with _opened(where) as database:
        with database.read() as c:
            trail = audit_checking.verify(c)
            if not trail.intact:
                raise DatabaseUnusable(
                    f"The audit trail in the backup is not as it was written: {trail.message}"
                )
            pending, entries = _pending(c)
            alive = schedule_triggers.clock(c).alive
            downtime = _downtime(c, alive)
        proof = keys.prove(database, vault_of(settings))
        report = Report(
            taken=manifest.taken,
            alive=alive,
            downtime=downtime,
            pending=pending,
            entries=entries,
            rows=sum(manifest.rows.values()),
            secrets=proof.total - len(proof.unopened),
            lost=[f"{each.noun} {each.name} (key {each.key})" for each in proof.unopened],
        )
        if signed is not None and manifest.kind == "sqlite":
            _sign(database, signed[1], signed[0], report)
    return report


def _sign(database: Database, by: str, path: Path, report: Report) -> None:
    """Say in the audit trail that what is there now was restored."""
    message = f"The backup of {report.taken.isoformat(timespec='seconds')} was restored; {report.downtime}"
    database.write(
        lambda c: audit.record(
            c,
            user=by or "JAMS",
            door="command",
            operation="restore_backup",
            target=str(path),
            message=message,
        )
    )


def _check_rows(manifest: Manifest, where: str) -> None:
    """Count every table, as it came out of the archive."""
    found = copies.counted(where)
    for name, rows in manifest.rows.items():
        if found.get(name) != rows:
            raise DatabaseUnusable(
                f"The table {name} has {found.get(name, 0):,} rows in the backup, and had {rows:,} before."
            )


def _key_names(settings: Settings) -> list[str]:
    """The keys under which secrets are stored; none where that cannot be found out."""
    found: set[str] = set()
    with suppress(DatabaseUnusable), beside(settings) as database, database.read() as c:
        for place in sealed.PLACES:
            last = 0
            while rows := sealed.after(c, place, last, 1000):
                last = rows[-1].id
                found |= {sealing.key_of(row.sealed) for row in rows}
    return sorted(found)


def _pending(c: Connection) -> tuple[int, list[Pending]]:
    entry = tables.entry
    waits = entry.c.state != EntryState.COMPLETE
    count = c.scalar(select(func.count()).select_from(entry).where(waits)) or 0
    rows = c.execute(
        select(entry.c.number, entry.c.folder_name, entry.c.job_name, entry.c.state)
        .where(waits)
        .order_by(entry.c.number)
        .limit(MOST_PENDING)
    )
    named = [Pending(row.number, names.join(row.folder_name, row.job_name), row.state.value) for row in rows]
    return count, named


def _downtime(c: Connection, alive: datetime | None) -> str:
    """What the next start does about the time since, in a sentence."""
    if alive is None:
        return "nothing had been planned yet."
    hours = float(str(stored_settings.value(c, "ScheduleMaxDowntime")))
    action = str(stored_settings.value(c, "ScheduleMaxDownAction"))
    away = (datetime.now(UTC) - alive).total_seconds() / 3600
    if away <= hours:
        return f"the schedule stopped {away:.1f} hours ago, and the next start makes up for it."
    return (
        f"the schedule stopped {away:.1f} hours ago, longer than ScheduleMaxDowntime ({hours:g} hours): the "
        f"next start does what ScheduleMaxDownAction says ({action})."
    )


def _logs(settings: Settings) -> Iterator[tuple[str, Path]]:
    base = settings.log_directory
    for folder, _, found in os.walk(base):
        for name in sorted(found):
            path = Path(folder) / name
            if path.is_file() and not path.is_symlink() and "\\" not in name:
                yield LOGS + path.relative_to(base).as_posix(), path


def _bring_logs(settings: Settings, folder: Path) -> None:
    """Put logs back that are not there; those that are stay as they are."""
    base = folder / LOGS
    for file in sorted(base.rglob("*")) if base.is_dir() else ():
        to = settings.log_directory / file.relative_to(base)
        if file.is_file() and not to.exists():
            to.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            made = to.with_name(f".{to.name}.{secrets.token_hex(4)}")
            made.write_bytes(file.read_bytes())
            os.replace(made, to)
