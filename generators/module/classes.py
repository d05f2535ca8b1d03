"""The documents of the catalogue as C# classes: the content of ``Documents.cs``.

C# 5 is what Windows PowerShell compiles, so nothing newer is written.
"""

from __future__ import annotations

import re
import typing
from collections.abc import Iterator
from datetime import date
from enum import Enum
from typing import Any

import msgspec
from msgspec import Meta, Struct

from jams.objects.base import Arguments, pascal_name, read_only_members
from jams.objects.patch import Patch, version_member
from jams.operations.catalogue import Catalogue
from psprovider.cmdlets.kinds import Kind, kind_of, means_secret, strip, titles

_KINDS = {
    "System.String": "text",
    "System.Int64": "integer",
    "System.Double": "number",
    "System.DateTime": "time",
    "System.Collections.Hashtable": "map",
}
_TYPES = {
    "text": "string",
    "integer": "long?",
    "number": "double?",
    "time": "DateTime?",
    "day": "DateTime?",
    "boolean": "bool",
}
_STATICS = """
        /// <summary>The one of a name; a new one where the name is empty. Raises JAMSException.</summary>
        public static bool Load(out $T found, string name, Server server)
        {
            return Load(out found, name, 0, server);
        }

        /// <summary>The one of a name on the current server.</summary>
        public static bool Load(out $T found, string name)
        {
            return Load(out found, name, 0, null);
        }

        /// <summary>The one of a name or a number; a new one without either. Raises JAMSException.</summary>
        public static bool Load(out $T found, string name, long id, Server server)
        {
            found = Definitions.Load<$T>("$get", name, id, server);
            return true;
        }

        /// <summary>Those whose name or path matches a pattern. Raises JAMSException.</summary>
        public static List<$T> Find(string pattern, Server server)
        {
            return Definitions.Find<$T>("$list", pattern, server);
        }

        /// <summary>Those on the server of a name whose name or path matches a pattern.</summary>
        public static List<$T> Find(string pattern, string server)
        {
            return Find(pattern, Server.GetServer(server));
        }

        /// <summary>Whether there is one of a name. Raises JAMSException.</summary>
        public static bool Exists(string name, Server server)
        {
            return Definitions.Exists<$T>("$get", name, server);
        }
"""


def documents(catalogue: Catalogue) -> dict[str, type[Struct]]:
    """The structs that operations give and take as a whole, and those they are made of, by name."""
    found: dict[str, type[Struct]] = {}
    for operation in catalogue:
        _collect(operation.result, found)
        for item in operation.inputs:
            _collect(item.type, found)
    return dict(sorted(found.items()))


def render_classes(catalogue: Catalogue) -> str:
    """``Documents.cs``."""
    structs = documents(catalogue)
    classes = "\n\n".join(_class(struct, catalogue) for struct in structs.values())
    known = "\n".join(f'            {{ "{name}", {name}.Members }},' for name in structs)
    return (
        "// Written by `python run.py generate` from the catalogue of operations.\n"
        "namespace MVPSI.JAMS\n{\n"
        "    using System;\n    using System.Collections;\n    using System.Collections.Generic;\n"
        "    using MVPSI.JAMS.Module;\n\n"
        f"{classes}\n}}\n\n"
        "namespace MVPSI.JAMS.Module\n{\n    using System.Collections.Generic;\n\n"
        "    /// <summary>The layouts of all documents.</summary>\n"
        "    internal static class Shapes\n    {\n"
        "        private static readonly Dictionary<string, Shape> Known = new Dictionary<string, Shape>\n"
        f"        {{\n{known}\n        }};\n\n"
        "        internal static Shape Get(string name)\n"
        "        {\n            return Known[name];\n        }\n"
        "    }\n}\n"
    )


def member_line(wire: str, annotation: Any, *, name: str = "", words: str = "") -> str:
    """A member or input in one line, as ``Shape.cs`` reads it."""
    kind = kind_of(annotation)
    many = " many" if kind.many else ""
    words += " secret" if kind.struct is None and means_secret(annotation) else ""
    choices = f" {'|'.join(kind.values)}" if kind.values else ""
    return f"{wire} {name or pascal_name(wire)} {_word(kind, annotation)}{many}{words}{choices}"


def _collect(annotation: Any, found: dict[str, type[Struct]]) -> None:
    struct = kind_of(annotation).struct
    if struct is not None and issubclass(struct, Patch):
        struct = struct.document_type
    if struct is None or struct.__name__ in found or issubclass(struct, Arguments):
        return
    found[struct.__name__] = struct
    for hint in typing.get_type_hints(struct, include_extras=True).values():
        _collect(hint, found)


def _word(kind: Kind, annotation: Any) -> str:
    if kind.struct is not None:
        return kind.struct.__name__
    if kind.many:
        annotation = typing.get_args(strip(annotation))[0]
    if strip(annotation) in (bool, date):
        return "boolean" if strip(annotation) is bool else "day"
    return _KINDS.get(kind.type_name, "any")


def _class(struct: type[Struct], catalogue: Catalogue) -> str:
    name = struct.__name__
    statics, base = _statics(struct, catalogue), _base(struct, catalogue)
    hints = typing.get_type_hints(struct, include_extras=True)
    fields = msgspec.structs.fields(struct)
    lines = ",\n".join(f'            "{line}"' for line in _lines(struct))
    listed = "PropertyBag" if name == "PropertyValue" else f"List<{name}>"
    called = titles(struct)
    names = ", ".join(
        f'"{pascal_name(f.encode_name)}"' for title in called for f in fields if f.name == title
    )
    properties = "\n".join(_property(name, i, f.encode_name, hints[f.name]) for i, f in enumerate(fields))
    return f"""\
    /// <summary>{_escaped(_summary(struct))}</summary>
    public partial class {name} : {base}
    {{
        internal static readonly Shape Members = new Shape(
            "{name}",
            delegate {{ return new {name}(); }},
            delegate {{ return new {listed}(); }},
            new string[] {{ {names} }},
{lines});

        internal override Shape Layout {{ get {{ return Members; }} }}

{properties}{statics}    }}"""


def _lines(struct: type[Struct]) -> Iterator[str]:
    hints = typing.get_type_hints(struct, include_extras=True)
    hidden = read_only_members(struct)
    fields = msgspec.structs.fields(struct)
    wires = {field.name: field.encode_name for field in fields}
    for field in fields:
        words = (
            " read" if field.name in hidden else " version" if field.name == version_member(struct) else ""
        )
        default = field.default.value if isinstance(field.default, Enum) else field.default
        if isinstance(default, str | int | float) and default not in ("", False) and " " not in str(default):
            words += f" ={str(default).lower() if default is True else default}"
        number = f"{field.name.removesuffix('_name')}_id"
        if field.name.endswith("_name") and number in wires and number != fields[0].name:
            words += f" clears:{wires[number]}"
        yield member_line(field.encode_name, hints[field.name], words=words)


def _property(owner: str, index: int, wire: str, annotation: Any) -> str:
    name = pascal_name(wire)
    name = f"{name}Property" if name == owner else name
    kind = kind_of(annotation)
    word = _word(kind, annotation)
    told = f"        /// <summary>{_escaped(_told(annotation))}</summary>\n" if _told(annotation) else ""
    if kind.many:
        item = _TYPES.get(word, "object").rstrip("?") if kind.struct is None else word
        listed, getter = f"List<{item}>", f"Items<{item}>({index})"
        if word == "PropertyValue":
            listed, getter = "PropertyBag", f"Bag({index})"
        return _accessors(told, listed, name, getter, index)
    typed = word if kind.struct is not None else _TYPES.get(word, "object")
    if typed == "string" and means_secret(annotation):
        # PowerShell would turn a SecureString given to a text into the name of its type.
        typed = "object"
    if word == "ACL":
        return _accessors(told, typed, name, f"Part<{word}>({index})", index)
    cast = {"object": f"Get({index})", "bool": f"(bool)(Get({index}) ?? false)"}
    return _accessors(told, typed, name, cast.get(typed, f"({typed})Get({index})"), index)


def _accessors(told: str, typed: str, name: str, getter: str, index: int) -> str:
    body = f"{{ get {{ return {getter}; }} set {{ Set({index}, value); }} }}"
    return f"{told}        public {typed} {name} {body}\n"


def _base(struct: type[Struct], catalogue: Catalogue) -> str:
    """Definitions can be created and changed; other documents only come and go with something else."""
    created = any(operation.created and operation.document is struct for operation in catalogue)
    return "Definition" if created and "qualified_name" in struct.__struct_fields__ else "Document"


def _statics(struct: type[Struct], catalogue: Catalogue) -> str:
    """``Load``, ``Exists`` and ``Find`` of what is got by its name."""
    name = struct.__name__
    getter = next((o for o in catalogue if o.result is struct and "name" in o.key), None)
    lister = next((o for o in catalogue if o.lists and kind_of(o.result).struct is struct), None)
    if getter is None or lister is None:
        return ""
    return _STATICS.replace("$T", name).replace("$get", getter.name).replace("$list", lister.name)


def _summary(struct: type[Struct]) -> str:
    text = (struct.__doc__ or struct.__name__).strip().split("\n\n")[0]
    return re.sub(r"\s+", " ", text.replace("``", ""))


def _told(annotation: Any) -> str:
    metas = [a for a in getattr(annotation, "__metadata__", ()) if isinstance(a, Meta)]
    return next((m.description for m in metas if m.description), "")


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
