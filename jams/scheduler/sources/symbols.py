r"""What the names in a source mean for an entry that is started (semantics 4.3).

In this order: a parameter of the entry, a symbol that begins with ``JAMS.``, a variable of the entry's folder
or of one above it, a macro. A path (``\Sales\Day``) names a variable alone, also where a parameter is
called the same.
"""

from __future__ import annotations

import re
import socket
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import Enum
from functools import cached_property
from typing import Any

from msgspec import Struct
from sqlalchemy import Connection

from jams.database import entries, jobs, names, prechecks, stored_settings, variables
from jams.database.reading import Found
from jams.objects.base import struct_members
from jams.objects.enums import InitiatorType, Severity
from jams.objects.errors import JAMSError, NotFound
from jams.objects.parts import ParamValue
from jams.scheduler.prechecking import CANCELS, TRY_AGAIN

from . import secrets
from .macros import Macros
from .secrets import Secrets
from .substitution import SOURCE, Macro, Value
from .values import Typed, typed, written

_FIRST = re.compile(r"JAMS[._]", re.I)
_TOLD_OF = (InitiatorType.NOTIFY, InitiatorType.RECOVERY)
_MESSAGES = {"tryagain": TRY_AGAIN} | {
    f"canceljob{each.value.casefold()}": code for code, each in CANCELS.items()
}
_SYNONYMS = {
    "agentnode": "agentname",
    "entry": "jamsentry",
    "logfile": "logfilename",
    "parentfolderid": "parentfolderid",
    "parentfoldername": "foldername",
    "parentfolderqualifiedname": "foldername",
    "qualifiedname": "name",
    "today": "todaysdate",
    "user": "submittedby",
    "username": "submittedby",
}
"""Members of an entry by the names that sources use, in small letters and without dots."""
_OF_JOBS = {
    "name": "jobname",
    "lastautosubmit": "lastautosubmitutc",
    "parentfolderqualifiedname": "parentfoldername",
}
_DAYS = frozenset({"todaysdate"})
_NO_SYMBOLS = frozenset({"source", "damage"})


class Symbols:
    """The meanings of names for one entry; given to :func:`.substitution.substitute`.

    Args:
        c: reads the database.
        row: the entry.
        macros: the macros of the server.
        now: the time of the start.
        hidden: the secret parameters; None where the source is written down, and must not name any.
    """

    def __init__(
        self, c: Connection, row: Found, macros: Macros, now: datetime, hidden: Secrets | None = None
    ) -> None:
        self._hidden = hidden
        self._c = c
        self._row = row
        self._macros = macros
        self._now = now
        self._parameters = {names.fold(each.param_name): each for each in row.rest.parameters}

    def __call__(self, name: str, form: str | None) -> Value | Macro | None:
        """What a name stands for, as :data:`.substitution.Meaning` says."""
        if "\\" in name:
            return self._variable(name, form)
        parameter = self._parameters.get(names.fold(name))
        if parameter is not None:
            if parameter.encryption_id is not None:
                return self._secret(parameter, form)
            value = typed(parameter.data_type, parameter.value or "")
            return Value(written(value, form or parameter.default_format))
        if _FIRST.match(name):
            return self._symbol(name, form)
        found = self._near_variable(name, form)
        if found is not None:
            return found
        macro = self._macros.find(name, self._macro_files)
        return None if macro is None else Macro(*macro)

    def _secret(self, parameter: ParamValue, form: str | None) -> Value:
        if self._hidden is None:
            raise secrets.parameter_in_script(parameter.param_name)
        value = typed(parameter.data_type, self._hidden.values[parameter.param_name])
        text = written(value, form or parameter.default_format)
        return Value(self._hidden.stand_in(text), text)

    @cached_property
    def _macro_files(self) -> list[str]:
        files = [self._row.rest.macro_file, stored_settings.text(self._c, "DefaultMacroFile")]
        return [file for file in files if file]

    def _variable(self, path: str, form: str | None) -> Value | None:
        id = secrets.at(self._c, self._row.folder_name, path)
        return None if id is None else self._of_variable(id, form)

    def _near_variable(self, name: str, form: str | None) -> Value | None:
        id = secrets.near(self._c, self._row.folder_name, name)
        return None if id is None else self._of_variable(id, form)

    def _of_variable(self, id: int, form: str | None) -> Value | None:
        found = variables.get(self._c, id)
        if found.encryption_flag:
            raise secrets.variable_in_source(found.qualified_name or found.variable_name)
        return Value(written(typed(found.data_type, found.value or ""), form))

    def _symbol(self, name: str, form: str | None) -> Value | Macro | None:
        first, *rest = re.split(r"[._]", name[len("JAMS.") :])
        area, path = first.casefold(), "".join(rest).casefold()
        whole = area + path
        if whole == "source" and self._row.rest.template:
            return Macro(SOURCE, self._row.source)
        found: Any
        if area == "message":
            found = _MESSAGES.get(path)
        elif area == "job" and path:
            found = self._of_job(self._row.job_id, path)
        elif area == "setup":
            found = self._of_entry(self._row.parent, path, job_first=True)
        elif area == "notify":
            found = self._of_entry(self._initiator(*_TOLD_OF), path)
        elif area == "trigger":
            found = self._of_trigger(path)
        elif area == "precheck":
            found = self._of_precheck(path)
        else:
            found = self._of_itself(whole)
        return None if found is None else Value(written(found, form))

    def _of_itself(self, path: str) -> Typed | None:
        if path == "now":
            return self._now.astimezone().replace(tzinfo=None)
        if path == "hostname":
            return socket.gethostname()
        return self._of_entry(self._row.number, path, own=True)

    def _initiator(self, *kinds: InitiatorType) -> int | None:
        rest = self._row.rest
        number: int | None = rest.initiator_id
        return number if rest.initiator_type in kinds else None

    def _of_precheck(self, path: str) -> Typed | None:
        number = self._initiator(InitiatorType.PRECHECK)
        if path == "count" and number is not None:
            found = prechecks.of_entry(self._c, number)
            return None if found is None else found.runs
        return number if path == "entry" else self._of_entry(number, path)

    def _of_trigger(self, path: str) -> Typed | None:
        """What is known of the trigger that has submitted the entry, or the setup in which it is."""
        fired = next((row.rest.fired for row in self._upwards() if row.rest.fired is not None), None)
        if fired is None:
            return None
        known: dict[str, Typed] = {name.casefold(): value for name, value in fired.facts.items()}
        known |= {
            "id": fired.id,
            "name": fired.name,
            "qualifiedname": fired.path,
            "reason": fired.reason,
            "time": fired.time.astimezone().replace(tzinfo=None),
            "timeutc": fired.time.astimezone(UTC).replace(tzinfo=None),
        }
        return known.get(path)

    def _upwards(self) -> Iterator[Found]:
        row = self._row
        yield row
        while row.parent is not None:
            try:
                row = entries.row(self._c, row.parent)
            except NotFound:
                return
            yield row

    def _of_entry(
        self, number: int | None, path: str, *, own: bool = False, job_first: bool = False
    ) -> Typed | None:
        if number is None:
            return None
        try:
            entry = entries.get(self._c, number)
        except NotFound:
            return None
        if path.startswith("setup") and path != "setupok" and not own:
            return self._of_entry(entry.master_entry, path.removeprefix("setup"), job_first=True)
        of_job = path.removeprefix("job") if path.startswith("job") and path != "jobname" else path
        found = self._of_job(entry.job_id, of_job) if job_first or (of_job != path) else None
        if found is None:
            found = _member(entry, _SYNONYMS.get(path, path))
        if found is None and not own:
            found = self._of_job(entry.job_id, of_job)
        return found

    def _of_job(self, id: int | None, path: str) -> Typed | None:
        if id is None:
            return None
        try:
            job = jobs.get(self._c, id)
        except JAMSError:
            return None
        found = _member(job, _OF_JOBS.get(path, path))
        if found is not None:
            return found
        for item in job.properties:
            if item.property_name.casefold() == path:
                return _plain(item.default_value if item.current_value is None else item.current_value)
        return None


def _member(document: Struct, path: str) -> Typed | None:
    """What a member holds, by its published name; without its ``UTC`` in the server's time."""
    known = _members(document)
    if path in _NO_SYMBOLS:
        return None
    if path in known:
        found = _plain(getattr(document, known[path]))
        if isinstance(found, datetime):
            return found.astimezone(UTC).replace(tzinfo=None)
        if path in _DAYS and isinstance(found, str):
            return date.fromisoformat(found)
        return found
    utc = known.get(f"{path}utc")
    found = None if utc is None else _plain(getattr(document, utc))
    return found.astimezone().replace(tzinfo=None) if isinstance(found, datetime) else found


def _members(document: Struct) -> dict[str, str]:
    return {each.encode_name.casefold(): each.name for each in struct_members(type(document))}


def _plain(value: Any) -> Typed | None:
    """A scalar as it may stand in a source; None for what is none."""
    if isinstance(value, Severity | Enum):
        return str(value.value)
    if isinstance(value, float):
        return Decimal(str(value))
    if isinstance(value, dict):
        texts = [
            item for key, item in value.items() if key.casefold().endswith("name") and isinstance(item, str)
        ]
        return texts[0] if texts else None
    return value if isinstance(value, str | bool | int | date | datetime) else None
