"""The settings that the server knows: the page ``docs/settings.md``, from the registry."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from jams.dates import format_span
from jams.objects.settings import SettingType
from jams.registry.known_settings import SETTINGS, KnownSetting

from .source import Source

_HEAD = """\
# Settings

What is set at the server while it runs, and kept in its database. What has to be known before there is a
database (ports, directories, the database itself) stands in `Common.config`, see [Operating](operating.md).
This page is written from the registry (`jams/registry/known_settings.py`) by `python run.py generate`.

    jamswebclient settings
    jamswebclient change-setting KeepCompleted --value 2.00:00
    Set-JAMSSetting KeepCompleted -Value 2.00:00
    GET /JAMS/api/cfg/KeepCompleted
    PUT /JAMS/api/cfg        {"name": "KeepCompleted", "value": "2.00:00"}
    server.settings["KeepCompleted"].change(value="2.00:00")

A change counts at once, unless it is marked; `lastChangeUTC` and `lastChangedBy` tell who made it, and null
as the value gives a setting its default. A value that cannot be read is refused when it is set
(`InvalidArgument`). What is known and not obeyed here keeps its default: anything else is refused
(`NotSupported`). What the server alone sets is refused as `Conflict`. Names are taken in any case.

Users may add settings for purposes of their own (`create-setting`, `New-JAMSSetting`), choose their type when
they do, and delete them; of the server's own only the value changes. To look takes the right
`Configuration.Inquire`, to change anything `Configuration.Execute`; both are for administrators at first.

*What was decided:* the interface of version 6 is followed, in which `GET /cfg` lists settings and
`GET /cfg/{name}` shows one; not that of version 7, whose one document has elements for the same.
"""

_TYPES = {
    SettingType.TEXT: "a text",
    SettingType.INTEGER: "a whole number",
    SettingType.BOOLEAN: "`True` or `False`",
    SettingType.DATE_TIME: "a time",
    SettingType.TIME_SPAN: "a span of time `d.hh:mm[:ss]`",
    SettingType.TIME_ZONE: "a time zone as `Europe/Berlin`",
}


def generate(source: Source) -> Mapping[str, str]:
    """``docs/settings.md``."""
    del source
    return {"docs/settings.md": page()}


def page() -> str:
    """The page, as Markdown."""
    obeyed = [each for each in SETTINGS if not each.unsupported]
    others = [each for each in SETTINGS if each.unsupported]
    lines = [
        _HEAD,
        "## Obeyed\n",
        "| setting | holds | default | meaning |",
        "| --- | --- | --- | --- |",
        *(f"| `{each.name}` | {_holds(each)} | {_default(each)} | {_meaning(each)} |" for each in obeyed),
        "",
        "## Known, and not obeyed\n",
        "| setting | holds | default | meaning | why not |",
        "| --- | --- | --- | --- | --- |",
        *(
            f"| `{each.name}` | {_holds(each)} | {_default(each)} | {each.description} | {each.unsupported} |"
            for each in others
        ),
        "",
    ]
    return "\n".join(lines)


def _holds(each: KnownSetting) -> str:
    if each.choices:
        return ", ".join(f"`{word}`" for word in each.choices)
    span = each.data_type is SettingType.TIME_SPAN
    bounds = [
        f"{word} {format_span(timedelta(seconds=bound)) if span else bound}"
        for word, bound in (("from", each.minimum), ("to", each.maximum))
        if bound is not None
    ]
    return ", ".join([_TYPES[each.data_type], " ".join(bounds)] if bounds else [_TYPES[each.data_type]])


def _default(each: KnownSetting) -> str:
    return f"`{each.default}`" if each.default else ""


def _meaning(each: KnownSetting) -> str:
    marks = [
        " The server alone sets it." if each.read_only else "",
        " Needs a restart." if each.needs_restart else "",
    ]
    return each.description + "".join(marks)
