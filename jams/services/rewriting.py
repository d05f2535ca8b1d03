"""Common.config with another value of one key; all else of it stays as somebody has written it."""

from __future__ import annotations

import re
from pathlib import Path
from xml.sax.saxutils import quoteattr

from jams.objects.errors import ConfigurationInvalid
from jams.security.files import write_private

from .configuration import FILE_NAME, load


def set_key(home: Path, key: str, value: str) -> None:
    """Give a key of the file a value. The file is replaced as a whole, readable for its owner alone.

    Raises:
        ConfigurationInvalid: the file cannot be read or written, or would not say that afterwards.
    """
    path = home / FILE_NAME
    load(home)
    text = (
        path.read_text("utf-8")
        if path.exists()
        else "<configuration><appSettings></appSettings></configuration>"
    )
    bare = re.sub(r"<!--.*?-->", lambda match: " " * len(match[0]), text, flags=re.DOTALL)
    line = f"<add key={quoteattr(key)} value={quoteattr(value)}/>"
    found = list(
        re.finditer(rf"<add\s[^>]*?key\s*=\s*[\"']{re.escape(key)}[\"'][^>]*?/>", bare, re.IGNORECASE)
    )
    if found:
        last = found[-1]
        text = text[: last.start()] + line + text[last.end() :]
    else:
        end = bare.find("</appSettings>")
        if end < 0:
            raise ConfigurationInvalid(f"{path} has no appSettings to write {key} into; write it yourself.")
        text = f"{text[:end]}  {line}\n  {text[end:]}"
    before = path.read_bytes() if path.exists() else None
    write_private(path, text.encode())
    try:
        load(home)
    except ConfigurationInvalid:
        if before is None:
            path.unlink()
        else:
            write_private(path, before)
        raise
