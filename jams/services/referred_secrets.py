"""Secrets that a configuration names instead of holding them: ``${file:PATH}`` and ``${env:NAME}``.

So Common.config can be readable for others, kept under revision control, or made by a program, while the
password of the database lies in a file for the server's account alone, as systemd (in
``$CREDENTIALS_DIRECTORY``) and container platforms hand them over. A file is the better place of the two: the
environment of a process is inherited by what it starts. Jobs inherit no variable that begins with ``JAMS_``
(:mod:`jams.executor.environment`), so only such a one can be named.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

from sqlalchemy import URL

from jams.objects.job_environment import OWN_PREFIX
from jams.security.files import check_private

_REFERENCE = re.compile(r"\$\{(file|env):([^}]+)\}")
_MARK = "REFERENCE"
_MOST_BYTES = 64 << 10


def resolved(value: str, home: Path) -> str:
    """A value, with what it refers to in the place of each reference.

    Args:
        value: as it is written.
        home: what relative paths are relative to.

    Raises:
        ValueError: what it refers to is not there; the second half of a sentence about the connection string.
        ConfigurationInvalid: a file can be read by others than its owner.
    """
    return _REFERENCE.sub(lambda match: _of(match[1], match[2].strip(), home), value)


class Address:
    """An address whose user and password may refer to secrets, in signs that could mean something in one."""

    def __init__(self, text: str) -> None:
        self._references = [match[0] for match in _REFERENCE.finditer(text)]
        places = iter(range(len(self._references)))
        self.plain = _REFERENCE.sub(lambda _: f"{_MARK}{next(places)}.", text)
        """The address as one that can be read, with a mark for each reference."""

    def resolved(self, url: URL, home: Path) -> URL:
        """What was made of the plain one, with the secrets. Raises as :func:`resolved`."""
        if url.username:
            url = url.set(username=resolved(self._named(url.username), home))
        if url.password:
            url = url.set(password=resolved(self._named(str(url.password)), home))
        return url

    def _named(self, value: str) -> str:
        for place, reference in enumerate(self._references):
            value = value.replace(f"{_MARK}{place}.", reference)
        return value


def marked(text: str) -> str:
    """A text with a mark in the place of each reference: what it says without looking anything up."""
    return _REFERENCE.sub(_MARK, text)


def is_literal(value: str) -> bool:
    """Whether a value of a text that was marked holds something beside references."""
    return bool(value.replace(_MARK, ""))


def _of(kind: str, name: str, home: Path) -> str:
    if kind == "env":
        if not name.upper().startswith(OWN_PREFIX):
            raise ValueError(
                f"refers to the variable {name} of the environment, which jobs inherit; call it"
                f" {OWN_PREFIX}{name}, or name a file"
            )
        found = os.environ.get(name)
        if found is None:
            raise ValueError(f"refers to the variable {name} of the environment, which is not set")
        return found
    path = home / Path(os.path.expandvars(name)).expanduser()
    try:
        with path.open("rb") as file:
            content = file.read(_MOST_BYTES + 1)
        text = content.decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "it is no text"
        raise ValueError(f"refers to the file {path}, which cannot be read: {reason}") from None
    if len(content) > _MOST_BYTES:
        raise ValueError(f"refers to the file {path}, which is too long for a secret")
    check_private(path)
    return text.rstrip("\r\n")
