"""What msgspec says of a value that does not fit, for people who know neither Python nor its types."""

from __future__ import annotations

import re

_PLACE = re.compile(r" - at (?P<key>`key` in )?`\$\.?(?P<place>[^`]*)`$")
_EXPECTED = re.compile(
    r"Expected `(?P<kinds>[^`]+)`"
    r"(?: (?:of )?(?P<length>length )?(?P<sign><=|>=|<|>) (?P<bound>\S+)|, got `(?P<given>\w+)`)?$",
)
_KINDS = {
    "str": "a text",
    "int": "a whole number",
    "float": "a number",
    "decimal": "a number",
    "bool": "true or false",
    "array": "a list",
    "object": "an object",
    "null": "null",
    "datetime": "a time",
    "date": "a day",
    "time": "a time of day",
    "bytes": "bytes in base64",
}
_BOUNDS = {">=": "at least", "<=": "at most", ">": "more than", "<": "less than"}
_ITEMS = {"str": "character", "array": "item", "object": "member"}
_WORDS = {
    "Invalid RFC3339 encoded datetime": "a time is wanted, as 2026-01-31T08:00:00Z or "
    "2026-01-31T08:00:00+01:00",
    "Invalid RFC3339 encoded date": "a day is wanted, as 2026-01-31",
    "Invalid RFC3339 encoded time": "a time of day is wanted, as 08:00:00",
    "Expected `datetime` with a timezone component": "a time needs its offset, as in 2026-01-31T08:00:00Z or "
    "2026-01-31T08:00:00+01:00",
    "Invalid base64 encoded string": "bytes in base64 are wanted",
}
FIELD = re.compile(r"Object (?P<what>contains unknown|missing required) field `(?P<name>.*)`$", re.S)
"""What is said of a member that is not known, or lacks; without the place."""

_WORD = re.compile(r"Invalid (?:enum )?value (?P<value>.*)$", re.S)
_FORM = re.compile(r"Expected `str` matching regex (?P<form>.*)$", re.S)
_MOST = 500


def placed(message: str) -> tuple[str, str]:
    """Where the value stands that is complained of, such as ``tags[0].tagName``, and what is said of it.

    The place is empty where it is the whole.
    """
    found = _PLACE.search(message)
    if found is None:
        return "", plainly(message)
    what = plainly(message[: found.start()])
    return found["place"], f"of a name in it, {what}" if found["key"] else what


def told(message: str) -> str:
    """Both in one, without a full stop."""
    place, what = placed(message)
    return f"{place}: {what}" if place else what


def plainly(message: str) -> str:
    """What is said of a value, without the place."""
    if message in _WORDS:
        return _WORDS[message]
    found = _EXPECTED.match(message)
    if found is None:
        return _otherwise(message)[:_MOST]
    kinds = [kind for kind in found["kinds"].split(" | ") if kind != "null"] or ["null"]
    wanted = _either(kinds)
    if found["sign"]:
        return f"{wanted} {_bound(kinds[0], found)} is wanted"
    given = _KINDS.get(found["given"] or "")
    return f"{wanted} is wanted" + (f", not {given}" if given and given not in wanted else "")


def _otherwise(message: str) -> str:
    if field := FIELD.match(message):
        return f"there is no {field['name']}" if "unknown" in field["what"] else f"{field['name']} is missing"
    if word := _WORD.match(message):
        return f"{word['value']} is none of its words"
    if form := _FORM.match(message):
        return f"a text of the form {form['form']} is wanted"
    return message


def _either(kinds: list[str]) -> str:
    if "float" in kinds:
        kinds = [kind for kind in kinds if kind != "int"]
    known = list(dict.fromkeys(_KINDS.get(kind, kind) for kind in kinds))
    return known[0] if len(known) == 1 else f"{', '.join(known[:-1])} or {known[-1]}"


def _bound(kind: str, found: re.Match[str]) -> str:
    number = found["bound"].removesuffix(".0")
    if not found["length"]:
        return f"of {_BOUNDS[found['sign']]} {number}"
    return f"of {_BOUNDS[found['sign']]} {number} {_ITEMS.get(kind, 'item')}{'' if number == '1' else 's'}"
