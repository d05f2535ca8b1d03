"""The values of encrypted variables on their way to a run: beside its source and parameters, never there."""

from __future__ import annotations

import secrets
from collections.abc import Callable

from sqlalchemy import Connection

from jams.database import lookup, names, tables
from jams.database.reading import Found
from jams.objects.errors import Conflict, InvalidArgument, NotFound, VariableNotFound
from jams.registry.execution_methods import BaseMethod

_SCRIPTS = frozenset({"Command", "PowerShell", "Python"})
"""What the executor runs as a file that lies there as long as the run lasts."""

ValueOf = Callable[[Connection, int], str]
"""Opens the value of an encrypted variable. Raises VariableNotFound, ConfigurationInvalid."""


def no_value(c: Connection, id: int) -> str:
    """For a server without a vault."""
    raise InvalidArgument("This server keeps no secrets, and so no encrypted variables.", target=id)


def keeps_source_apart(base: BaseMethod | None) -> bool:
    """Whether secrets can be put into a source without being written down with it."""
    return base is not None and base.parsed and (base.runs or base.name) not in _SCRIPTS


class Secrets:
    """The secret parameters of one run.

    Attributes:
        values: their values, by the names of the parameters.
        inserted: what stands for them in the source, with what is to be put there.
        used: the paths of the variables.
    """

    def __init__(self) -> None:
        self.values: dict[str, str] = {}
        self.inserted: dict[str, str] = {}
        self.used: list[str] = []

    def __repr__(self) -> str:
        return f"Secrets({', '.join(self.values)})"

    def stand_in(self, text: str) -> str:
        """What stands for a text in a source: nothing that could stand there otherwise."""
        name = f"jams-{secrets.token_hex(16)}"
        self.inserted[name] = text
        return name


def opened(c: Connection, row: Found, value_of: ValueOf) -> Secrets:
    """The secret parameters of an entry that is started.

    Raises:
        InvalidArgument: a variable has no value.
        VariableNotFound: one is gone, or not encrypted any more.
        ConfigurationInvalid: a value cannot be opened.
    """
    found = Secrets()
    for each in row.rest.parameters:
        if each.encryption_id is None:
            continue
        value = value_of(c, each.encryption_id)
        path = lookup.path(c, tables.variable, each.encryption_id)
        if not value:
            raise InvalidArgument(
                f"Parameter {each.param_name} has the value of the encrypted variable {path}, which has "
                "none: give it its newEncryptedValue.",
                target=path,
            )
        found.values[each.param_name] = value
        found.used.append(path)
    return found


def parameter_in_script(name: str) -> InvalidArgument:
    """The refusal of a script that names a secret parameter, and would be written down with its value."""
    return InvalidArgument(
        f"The source names the parameter {name}, which has the value of an encrypted variable: a script is "
        f"written down, and so gets that in its environment alone. Use the environment variable {name}.",
        member="source",
    )


def variable_in_source(path: str) -> InvalidArgument:
    """The refusal of a source that names an encrypted variable itself."""
    return InvalidArgument(
        f"The source names the encrypted variable {path}, whose value reaches a run by a parameter alone: "
        "declare one that takes its default from it.",
        member="source",
    )


def near(c: Connection, folder: str, name: str) -> int | None:
    """The variable that a source names without a path: the one in its folder, or the nearest above."""
    keys = names.ancestors(names.fold(folder))
    query = tables.folder.select().where(tables.folder.c.path_key.in_(keys))
    for row in sorted(c.execute(query), key=lambda row: -len(names.split(row.path))):
        id = lookup.in_folder(c, tables.variable, row.id, name)
        if id is not None:
            return id
    return None


def at(c: Connection, folder: str, path: str) -> int | None:
    """The variable that a source names by a path, from its folder or the root on; None: there is none."""
    full = path if names.is_path(path) and path.startswith("\\") else names.join(folder, path)
    try:
        return lookup.locate(c, tables.variable, VariableNotFound, name=full)
    except (NotFound, Conflict):
        return None
