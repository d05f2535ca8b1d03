"""How CLIXML writes text, numbers and times (MS-PSRP 2.2.5.1, 2.2.5.3.2)."""

from __future__ import annotations

import re
import struct
from datetime import UTC, date, datetime, timedelta, timezone

_UNSAFE = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff\U00010000-\U0010ffff<>&]|_(?=[xX])")
_PLAIN = re.compile("[ -%'-;=?-^`-~]*")
"""What most texts are made of, and what needs no escape; six times as fast to look for as the unsafe."""
_ESCAPED = re.compile("_[xX]([0-9A-Fa-f]{4})_")
_SURROGATE = re.compile("[\ud800-\udfff]")
_ENTITIES = {"<": "&lt;", ">": "&gt;", "&": "&amp;"}
_DURATION = re.compile(
    r"(-)?P(?:(\d{1,9})D)?(?:T(?:(\d{1,11})H)?(?:(\d{1,13})M)?(?:(\d{1,15})(?:\.(\d{1,7}))?S)?)?"
)
_TIME = re.compile(r"(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.(\d{1,7}))?(Z|[+-]\d\d:\d\d)?")


def _escape_one(match: re.Match[str]) -> str:
    letter = match[0]
    entity = _ENTITIES.get(letter)
    if entity is not None:
        return entity
    code = ord(letter)
    if code > 0xFFFF:
        code -= 0x10000
        return f"_x{0xD800 + (code >> 10):04X}__x{0xDC00 + (code & 0x3FF):04X}_"
    return f"_x{code:04X}_"


def escape(text: str) -> str:
    """Text as element content: control characters, noncharacters and surrogate halves as ``_xHHHH_``."""
    return text if _PLAIN.fullmatch(text) else _UNSAFE.sub(_escape_one, text)


def escape_name(name: str) -> str:
    """Text as the value of an ``N`` attribute in double quotes."""
    return escape(name).replace('"', "&quot;")


def _unescape_one(match: re.Match[str]) -> str:
    return chr(int(match[1], 16))


def unescape(text: str) -> str:
    """The text that ``escape`` wrote; halves of a pair become one character again."""
    if "_x" not in text and "_X" not in text:
        return text
    plain = _ESCAPED.sub(_unescape_one, text)
    if _SURROGATE.search(plain):
        plain = plain.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "surrogatepass")
    return plain


def double(value: float) -> str:
    """A Double as .NET writes it: ``0.1``, ``1E+300``, ``1E-07``, ``-0``, ``INF``, ``NaN``."""
    if value != value:
        return "NaN"
    text = repr(value)
    if text in ("inf", "-inf"):
        return text.upper()
    return _dotnet(text)


def single(value: float) -> str:
    """A Single: the fewest digits that give the same 32 bits again."""
    if value != value or value in (float("inf"), float("-inf")):
        return double(value)
    for digits in range(6, 10):
        text = f"{value:.{digits}g}"
        if struct.pack("<f", float(text)) == struct.pack("<f", value):
            break
    return _dotnet(repr(float(text)))


def _dotnet(text: str) -> str:
    mantissa, mark, exponent = text.partition("e")
    if not mark:
        return text[:-2] if text.endswith(".0") else text
    power = int(exponent)
    if power == 16:
        whole, _, fraction = mantissa.partition(".")
        return whole + fraction.ljust(16, "0")
    return f"{mantissa.removesuffix('.0')}E{'-' if power < 0 else '+'}{abs(power):02d}"


def instant(value: datetime) -> str:
    """A DateTime: ``Z`` for UTC, an offset for other zones, nothing where the zone is unknown."""
    text = value.replace(tzinfo=None, microsecond=0).isoformat()
    if value.microsecond:
        text += f".{value.microsecond:06d}".rstrip("0")
    if value.tzinfo is None:
        return text
    if value.tzinfo is UTC or value.tzname() == "UTC":
        return text + "Z"
    offset = value.utcoffset() or timedelta()
    minutes = int(offset.total_seconds() // 60)
    return f"{text}{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02d}:{abs(minutes) % 60:02d}"


def day(value: date) -> str:
    """A date as the DateTime of its midnight, in no zone."""
    return f"{value.isoformat()}T00:00:00"


def span(value: timedelta) -> str:
    """A TimeSpan: ``PT1.5S``, ``P1DT2H3M4.005S``, ``-PT0.001S``."""
    sign = ""
    if value < timedelta():
        sign, value = "-", -value
    hours, rest = divmod(value.seconds, 3600)
    minutes, seconds = divmod(rest, 60)
    text = (
        f"{seconds}.{value.microseconds:06d}".rstrip("0").rstrip(".") if value.microseconds else str(seconds)
    )
    clock = (f"{hours}H" if hours else "") + (f"{minutes}M" if minutes else "")
    if text != "0" or not (clock or value.days):
        clock += f"{text}S"
    return f"{sign}P{f'{value.days}D' if value.days else ''}{'T' + clock if clock else ''}"


def parse_instant(text: str) -> datetime | None:
    """The time that was written, or None if Python cannot hold it exactly. Raises ValueError."""
    match = _TIME.fullmatch(text)
    if match is None:
        raise ValueError("not a time")
    year, month, day_, hour, minute, second = (int(part) for part in match.groups()[:6])
    fraction = (match[7] or "").ljust(7, "0")
    zone = match[8]
    value = datetime(year, month, day_, hour, minute, second, int(fraction[:6]))
    if fraction[6] != "0":
        return None
    if zone is None:
        return value
    if zone == "Z":
        return value.replace(tzinfo=UTC)
    minutes = int(zone[1:3]) * 60 + int(zone[4:])
    offset = timedelta(minutes=-minutes if zone[0] == "-" else minutes)
    return value.replace(tzinfo=timezone(offset, zone))


def parse_span(text: str) -> timedelta | None:
    """The time span that was written, or None if Python cannot hold it exactly. Raises ValueError."""
    match = _DURATION.fullmatch(text)
    if match is None or text.endswith(("P", "T")):
        raise ValueError("not a time span")
    sign, days, hours, minutes, seconds, fraction = match.groups()
    fraction = (fraction or "").ljust(7, "0")
    if fraction[6] != "0":
        return None
    value = timedelta(
        days=int(days or 0),
        hours=int(hours or 0),
        minutes=int(minutes or 0),
        seconds=int(seconds or 0),
        microseconds=int(fraction[:6]),
    )
    return -value if sign else value
