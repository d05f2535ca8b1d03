"""Where the log of a run lies: name by TimeStampLogFormat, directory by the log location (semantics 4.5)."""

from __future__ import annotations

import os
import re
from datetime import datetime
from pathlib import Path

from jams.objects.run import RunRequest

from .composite_format import Value, format_composite

DEFAULT_LOG_FORMAT = r"{0}\{1}_{8:d4}{9:d2}{10:d2}_{11:d2}{12:d2}{13:d2}{14:d3}{2}"
"""The documented default: directory, job, date and time to the millisecond, extension."""

EXTENSION = ".log"

_SOME = RunRequest(
    token="x", jams_entry=1, ron=1, method="Command", source="", job_name="job", folder_name="folder"
)
_UNSAFE = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*]')
_MAX_NAME_BYTES = 120


def log_name(template: str, location: str, request: RunRequest, moment: datetime) -> Path:
    """The path of the log of ``request`` started at ``moment``, an aware time in the zone names shall use.

    ``location`` may itself be a format over the same values; its own ``{0}`` is empty. A backslash written
    in a format separates directories on every system. Names of jobs and folders are made harmless: they
    never add a directory level of their own, except that a folder's path stays a path.

    Raises:
        InvalidArgument: a format is malformed.
    """
    directory = _expand(location, "", request, moment) if "{" in location or "}" in location else location
    return Path(_expand(template, directory, request, moment))


def check_format(template: str, location: str) -> Path:
    """The path of some log, as these formats name it. Raises InvalidArgument when one is malformed."""
    return log_name(template, location, _SOME, datetime.now().astimezone())


def fixed_directory(template: str, location: str) -> str:
    """The directory below which every log lies that these formats name; empty: none that they say."""
    if template.startswith("{0}") and "{" not in location:
        return location
    text = _native_separators(location if template.startswith("{0}") else template)
    return os.path.dirname(text.partition("{")[0])


def _expand(template: str, directory: str, request: RunRequest, moment: datetime) -> str:
    job = _harmless(request.job_name)
    folders = [_harmless(part) for part in re.split(r"[\\/]", request.folder_name) if part]
    values: list[Value] = [
        *(directory, job, EXTENSION, os.sep.join(folders), job, request.ron, request.jams_entry, moment),
        *(moment.year, moment.month, moment.day, moment.hour, moment.minute, moment.second),
        moment.microsecond // 1000,
    ]
    return format_composite(template, values, literal=_native_separators)


def _native_separators(text: str) -> str:
    return text if os.name == "nt" else text.replace("\\", "/")


def _harmless(name: str) -> str:
    """``name`` as one part of a path: no separators, no dots alone, short enough to carry a suffix."""
    part = _UNSAFE.sub("_", name).rstrip(". ")
    part = part.encode("utf-8", "replace")[:_MAX_NAME_BYTES].decode("utf-8", "ignore")
    return part or "_"
