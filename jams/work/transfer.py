"""The method FileTransfer: files from and to a server by FTP, FTPS or SFTP.

What is wanted say the parameters of the job, and lines of its source, which count more:

    From: /outgoing/orders-<<day("yyyyMMdd")>>-*.csv
    To: /data/orders
"""

from __future__ import annotations

import re
from enum import Enum
from typing import NamedTuple, TypeVar

from msgspec.structs import replace

from jams.objects.tasks import HOST_KEY_CHECKING
from jams.transfers import moving, names
from jams.transfers.moving import Conduct, IfExists
from jams.transfers.opening import opened
from jams.transfers.store import Place, TransferError, TransferProtocol, UnknownKeys

from .running import Failure, Given

_FAILED, _SOME_FAILED = 1, 2
_NAMES = {
    name.casefold(): name
    for name in (
        *("Server", "Protocol", "Port", "Direction", "From", "To", "Recurse", "IfExists", "IfNone"),
        *("RemoveAfter", "Mode", "Passive", "WriteBeside", "HostKey", "KnownHosts", "PrivateKey"),
        *("CertificateAuthority", "Timeout", "AcceptHostKey"),
    )
}
_E = TypeVar("_E", bound=Enum)


class Direction(Enum):
    """Which way files go."""

    RECEIVE = "Receive"
    SEND = "Send"


class IfNone(Enum):
    """What becomes of a run for which there are no files."""

    FAIL = "Fail"
    SUCCEED = "Succeed"


class Mode(Enum):
    """Whether files go over as they are, or as texts."""

    BINARY = "Binary"
    ASCII = "Ascii"


class Wish(NamedTuple):
    """What a run is to do."""

    place: Place
    direction: Direction
    source: str
    target: str
    conduct: Conduct
    if_none: IfNone


def run(given: Given) -> int:
    """Bring the files over; 1 if none did and some failed, 2 if some did. Raises Failure."""
    wish = wished(given)
    move = moving.receive if wish.direction is Direction.RECEIVE else moving.send
    try:
        store = opened(wish.place)
        try:
            outcome = move(store, wish.source, wish.target, wish.conduct, _tell)
        finally:
            store.close()
    except (TransferError, OSError) as error:
        raise Failure(f"{moving.reason(error)}.") from None
    done = "received" if wish.direction is Direction.RECEIVE else "sent"
    left = f", {outcome.skipped} left" if outcome.skipped else ""
    _tell(f"{outcome.moved} {done}, {outcome.size} bytes{left}.")
    if outcome.failed:
        _tell(f"{len(outcome.failed)} failed: {', '.join(outcome.failed)}")
        return _SOME_FAILED if outcome.moved else _FAILED
    if not outcome.moved and not outcome.skipped and wish.if_none is IfNone.FAIL:
        raise Failure(f"There are no files {names.shown(wish.source)}.")
    return 0


def wished(given: Given) -> Wish:
    """What parameters and source of a run want. Raises Failure."""
    given = Given(
        replace(given.task, parameters={**given.task.parameters, **parse(given.task.source)}),
        given.password,
        given.private_key,
    )
    protocol = _choice(given, "Protocol", TransferProtocol, TransferProtocol.SFTP)
    host, port = _server(given)
    mode = _choice(given, "Mode", Mode, Mode.BINARY)
    if mode is Mode.ASCII and protocol is TransferProtocol.SFTP:
        raise Failure("SFTP has no Mode Ascii: files go over as they are.")
    place = Place(
        protocol=protocol,
        host=host,
        port=port,
        user_name=given.task.user_name,
        password=given.password,
        timeout=_between(given, "Timeout", 60, 1, 86400),
        passive=_flag(given, "Passive", default=True),
        host_key=given.text("HostKey").strip() or None,
        known_hosts=given.text("KnownHosts").strip() or None,
        unknown_keys=_unknown_keys(given),
        private_key=given.text("PrivateKey").strip() or None,
        own_key=given.private_key,
        certificate_authority=given.text("CertificateAuthority").strip() or None,
    )
    conduct = Conduct(
        token=f"jams-{given.task.jams_entry}-{given.task.ron}",
        if_exists=_choice(given, "IfExists", IfExists, IfExists.REPLACE),
        recurse=_flag(given, "Recurse", default=False),
        remove_after=_flag(given, "RemoveAfter", default=False),
        text=mode is Mode.ASCII,
        beside=_flag(given, "WriteBeside", default=True),
    )
    return Wish(
        place=place,
        direction=_choice(given, "Direction", Direction, Direction.RECEIVE),
        source=_path(given, "From"),
        target=_path(given, "To"),
        conduct=conduct,
        if_none=_choice(given, "IfNone", IfNone, IfNone.FAIL),
    )


def parse(source: str) -> dict[str, str]:
    """What the lines of a source say. Raises Failure."""
    found: dict[str, str] = {}
    for line in source.splitlines():
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        name, colon, value = line.partition(":")
        known = _NAMES.get(name.strip().casefold())
        if not colon or known is None:
            raise Failure(
                f"This line is none of a file transfer: {names.shown(line[:80])}. "
                f"It begins with one of {', '.join(_NAMES.values())}, and a colon."
            )
        if known in found:
            raise Failure(f"{known} is said twice.")
        found[known] = value.strip()
    return found


def _server(given: Given) -> tuple[str, int | None]:
    written = given.text("Server").strip()
    if not written:
        raise Failure("Server says no file server.")
    if "@" in written or "/" in written:
        raise Failure(
            "Server is a host alone: Protocol, From and To say the rest, ConnectionCredential who logs on."
        )
    match = re.fullmatch(
        r"\[([^\[\]\s]+)\](?::(\d+))?|([^:\s]+)(?::(\d+))?|([^\s\[\]]+:[^\s\[\]]*:[^\s\[\]]*)", written
    )
    if match is None:
        raise Failure(f"Server is no host: {names.shown(written[:80])}.")
    host = match[1] or match[3] or match[5]
    port = int(match[2] or match[4] or 0) or _between(given, "Port", 0, 0, 65535)
    if port > 65535:
        raise Failure("The port of Server is 65535 at most.")
    return host, port or None


def _unknown_keys(given: Given) -> UnknownKeys:
    """What the setting HostKeyChecking says of hosts that are not known, with what the job says to it."""
    accepts = _flag(given, "AcceptHostKey", default=False)
    match given.text(HOST_KEY_CHECKING):
        case "FailFirstJob":
            return UnknownKeys.REMEMBER
        case "AcceptHostKey":
            return UnknownKeys.TAKE
        case "CheckParameter" if accepts:
            return UnknownKeys.TAKE
    return UnknownKeys.REFUSE


def _path(given: Given, name: str) -> str:
    value = given.text(name).strip()
    if not value:
        raise Failure(f"{name} says no path.")
    if ".." in re.split(r"[/\\]", value):
        raise Failure(f"{name} has a part '..': say the whole path.")
    if not value.isprintable():
        raise Failure(f"{name} holds what is no character of a path: {names.shown(value[:80])}.")
    return value


def _between(given: Given, name: str, default: int, least: int, most: int) -> int:
    value = given.number(name, default)
    if not least <= value <= most:
        raise Failure(f"{name} is from {least} to {most}; {value} is not.")
    return value


def _flag(given: Given, name: str, *, default: bool) -> bool:
    text = given.text(name).strip().casefold()
    if text in ("true", "yes", "1"):
        return True
    if text in ("false", "no", "0"):
        return False
    if text:
        raise Failure(f"{name} is true or false; {names.shown(text[:80])} is not.")
    return default


def _choice(given: Given, name: str, kinds: type[_E], default: _E) -> _E:
    text = given.text(name).strip()
    if not text:
        return default
    for each in kinds:
        if str(each.value).casefold() == text.casefold():
            return each
    known = ", ".join(str(each.value) for each in kinds)
    raise Failure(f"{name} is one of {known}; {names.shown(text[:80])} is not.")


def _tell(text: str) -> None:
    print(text, flush=True)
