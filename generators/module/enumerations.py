"""The enumerations of the documents as .NET's own: the content of ``Enumerations.cs``.

Documents hold their members as text, which PowerShell compares with these, as in
``$entry.CurrentState -eq [MVPSI.JAMS.EntryState]::Held``.
"""

from __future__ import annotations

import inspect
import re
from enum import Enum

from jams.objects import enums

_HEAD = "// Written by `python run.py generate` from the interface's enumerations.\nnamespace MVPSI.JAMS\n{\n"


def enumerations() -> list[type[Enum]]:
    """Those of the interface, by name."""
    found = (each for _, each in inspect.getmembers(enums, inspect.isclass))
    return [each for each in found if issubclass(each, Enum) and each is not Enum]


def render_enumerations() -> str:
    """``Enumerations.cs``."""
    body = "\n\n".join(map(_rendered, enumerations()))
    return f"{_HEAD}#pragma warning disable 1591\n{body}\n#pragma warning restore 1591\n}}\n"


def _rendered(each: type[Enum]) -> str:
    summary = re.sub(r"\s+", " ", (each.__doc__ or each.__name__).strip().split("\n\n")[0].replace("``", ""))
    told = summary.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    members = "\n".join(f"        {member.value} = {number}," for number, member in enumerate(each))
    return f"    /// <summary>{told}</summary>\n    public enum {each.__name__}\n    {{\n{members}\n    }}"
