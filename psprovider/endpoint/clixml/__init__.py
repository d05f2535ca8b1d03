"""CLIXML, the notation for objects in PowerShell remoting (MS-PSRP 2.2.5): values, writer and reader."""

from __future__ import annotations

from .reader import Reader, read
from .types import (
    Byte,
    Char,
    Credential,
    EnumValue,
    Int16,
    Int64,
    Primitive,
    PSDict,
    PSList,
    PSObject,
    SByte,
    ScriptBlock,
    SecureString,
    Single,
    Switch,
    UInt16,
    UInt32,
    UInt64,
    Uri,
    Version,
    XmlText,
    custom,
)
from .writer import Writer, write

__all__ = [
    "Byte",
    "Char",
    "Credential",
    "EnumValue",
    "Int16",
    "Int64",
    "PSDict",
    "PSList",
    "PSObject",
    "Primitive",
    "Reader",
    "SByte",
    "ScriptBlock",
    "SecureString",
    "Single",
    "Switch",
    "UInt16",
    "UInt32",
    "UInt64",
    "Uri",
    "Version",
    "Writer",
    "XmlText",
    "custom",
    "read",
    "write",
]
