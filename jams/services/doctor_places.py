"""What is missing or unsafe about the places of a server: its database, its disks, its network.

Looks, and changes nothing.
"""

from __future__ import annotations

import datetime
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

from jams.database import schema
from jams.database.visiting import look
from jams.objects.errors import ConfigurationInvalid, JAMSError

from .connection_strings import database_url
from .findings import Finding
from .settings import Settings
from .without_database import not_set_up

_ROOM = 500 << 20
"""Bytes below which a disk is called full: a day's logs of a small server."""

_AHEAD = datetime.timedelta(days=30)
_FAR = {"nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "fuse.sshfs", "glusterfs", "fuse.glusterfs"}
"""File systems over a network, on which the locks of SQLite do not hold everywhere."""


def database(settings: Settings) -> Iterator[Finding]:
    """Whether the database is named, its driver is there, and it can be used."""
    try:
        url = database_url(settings.connection_string, settings.home)
    except ConfigurationInvalid as error:
        yield Finding(
            what="connection string", good=False, told=error.message, remedy="Correct ConnectionString."
        )
        return
    shown = url.render_as_string(hide_password=True)
    if not settings.connection_string and (told := not_set_up(settings.home)):
        yield Finding(
            what="database",
            good=True,
            told=f"{told} Services wait for it; jams start makes one of its own.",
            remedy="",
        )
        return
    try:
        found = look(url)
    except JAMSError as error:
        yield Finding(
            what="database",
            good=False,
            told=error.message,
            remedy="Until then the server does not start.",
        )
        return
    newest = schema.known_versions()[-1]
    if found.version is None:
        told, good = f"There is nothing in {shown} yet; INSTALL or the first start makes it.", True
    elif found.version > newest:
        told, good = f"{shown} has schema {found.version}; this version knows schemas up to {newest}.", False
    else:
        told, good = f"{shown} can be used (schema {found.version}).", True
    yield Finding(
        what="database", good=good, told=told, remedy="" if good else "Use a newer version of JAMS."
    )
    if url.get_backend_name() == "sqlite":
        yield from _near(Path(str(url.database)))


def _near(path: Path) -> Iterator[Finding]:
    kind = file_system_of(path)
    if kind in _FAR:
        yield Finding(
            what="disk of the database",
            good=False,
            told=f"{path} lies on {kind}, where another machine may not see that it is in use.",
            remedy="Put it on a disk of this machine, or use a database server.",
        )


def file_system_of(path: Path, mounts: Path = Path("/proc/mounts")) -> str:
    """The kind of the file system in which a path lies; empty where that cannot be told."""
    try:
        lines = mounts.read_text("utf-8", "replace").splitlines()
    except OSError:
        return ""
    place = os.path.realpath(path)
    fitting = [
        (len(at), kind)
        for _, at, kind, *_ in (line.split(" ") for line in lines if line.count(" ") >= 3)
        if place == at or place.startswith(at.rstrip("/") + "/")
    ]
    return max(fitting, default=(0, ""))[1]


def room(settings: Settings) -> Iterator[Finding]:
    """Whether there is room where the server writes."""
    seen: set[int] = set()
    for path in (settings.home, settings.run_directory, settings.log_directory, settings.backup_directory):
        there = next((each for each in (path, *path.parents) if each.is_dir()), None)
        if there is None or there.stat().st_dev in seen:
            continue
        seen.add(there.stat().st_dev)
        free = shutil.disk_usage(there).free
        good = free >= _ROOM
        yield Finding(
            what="room",
            good=good,
            told=f"{free >> 20:,} MiB are free for {path}.",
            remedy="" if good else "Make room: what cannot be written is refused.",
        )


def network(settings: Settings) -> Iterator[Finding]:
    """Whether what listens beyond this machine is secret, and how long its certificates hold."""
    if not settings.local_only:
        for what, open_, key in (
            ("web services", settings.allow_insecure_http, "Auth:AllowInsecureHttp"),
            ("wire", settings.allow_plain_wire, "AllowPlainWire"),
        ):
            if open_:
                yield Finding(
                    what=what,
                    good=False,
                    told=f"{key} lets them be served at {settings.listen_address} without TLS: passwords can "
                    "be read on the way.",
                    remedy=f"Leave {key} out, unless a proxy on this machine ends TLS and nothing else "
                    "reaches it.",
                )
    for key, name in (
        ("WireCertificate", settings.wire_certificate),
        ("WSManCertificate", settings.wsman_certificate),
    ):
        if name:
            yield _certificate(key, settings.home / name)


def _certificate(key: str, path: Path) -> Finding:
    from cryptography import x509

    try:
        until = x509.load_pem_x509_certificate(path.read_bytes()).not_valid_after_utc
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "it is no certificate"
        return Finding(
            what=key, good=False, told=f"{path} cannot be read: {reason}.", remedy=f"Correct {key}."
        )
    now = datetime.datetime.now(datetime.UTC)
    good = until - now > _AHEAD
    verb = "holds" if until > now else "held"
    return Finding(
        what=key,
        good=good,
        told=f"{path} {verb} until {until:%Y-%m-%d}.",
        remedy="" if good else "Renew it, and restart the server.",
    )
