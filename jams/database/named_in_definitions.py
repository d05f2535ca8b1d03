"""Whether what a definition or submission names is there, and a calendar knows the names in its dates."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import Connection, Table, select

from jams.dates.evaluation import evaluator
from jams.objects.comparisons import meaning
from jams.objects.enums import DataType
from jams.objects.errors import (
    AccessDenied,
    AgentNotFound,
    AlertNotFound,
    CalendarNotFound,
    Conflict,
    CredentialNotFound,
    InvalidArgument,
    InvalidProperty,
    JAMSError,
    JobNotFound,
    NamedTimeNotFound,
    NotFound,
    QueueNotFound,
    ResourceNotFound,
    VariableNotFound,
)
from jams.registry import Reference, Said, ValueType

from . import built_calendars, definition_stamps, guarding, lookup, names, references, tables
from .date_type_records import find_calendar

_BY_NAME: dict[ValueType, tuple[Table, type[NotFound]]] = {
    ValueType.AGENT: (tables.agent, AgentNotFound),
    ValueType.CALENDAR: (tables.calendar, CalendarNotFound),
    ValueType.CREDENTIAL: (tables.credential, CredentialNotFound),
    ValueType.NAMED_TIME: (tables.named_time, NamedTimeNotFound),
    ValueType.QUEUE: (tables.queue, QueueNotFound),
    ValueType.RESOURCE: (tables.resource, ResourceNotFound),
    ValueType.ALERT: (tables.alert, AlertNotFound),
}
_BY_PATH: dict[ValueType, tuple[Table, type[NotFound]]] = {
    ValueType.JOB: (tables.job, JobNotFound),
    ValueType.VARIABLE: (tables.variable, VariableNotFound),
}
_USED = {ValueType.AGENT: "Submit", ValueType.QUEUE: "Submit", ValueType.RESOURCE: "Acquire"}
"""What access lists must give on what is named, beside Inquire: the engine uses it, and asks for no list."""


def check_references(
    c: Connection, said: Iterable[Said], folder_path: str, *, lenient: bool = False, own: str = ""
) -> None:
    """Look up what is named.

    Args:
        c: the transaction.
        said: the properties, as a document says them.
        folder_path: the folder at which relative paths begin.
        lenient: whether what is not obeyed may name what is not there, or not there yet.
        own: the path of the job that is made or changed, which may name itself.

    Raises:
        NotFound: of the class of what is named: there is none.
        Conflict: several jobs or variables bear the bare name.
        InvalidArgument: something is to look at the value of an encrypted variable.
        InvalidProperty: a variable is compared with what is no value of its type.
        AccessDenied: who names it may look at it, and not let work have it or let it be submitted.
    """
    said = list(said)
    for each in said:
        if isinstance(each.meaning, Reference) and (each.obeyed or not lenient):
            if own and each.definition.value_type is ValueType.JOB and is_job(each.meaning, own, folder_path):
                continue
            try:
                found = find(c, each.definition.value_type, each.meaning, folder_path)
                _check_seen(c, each, found)
            except (NotFound, Conflict) as error:
                of_job = bool(own) and each.definition.value_type is ValueType.JOB
                if of_job and isinstance(error, NotFound) and is_called(each.meaning, own):
                    continue
                told = f"{each.where}: {error.message}"
                raise type(error)(told, target=error.target, member=each.member) from None
            if is_compared(each.definition.value_type, each.definition.name):
                _check_not_encrypted(c, found, each)
                if found is not None and not lenient:
                    _check_comparable(c, found, each, said)
            right = "Submit" if each.definition.submits else _USED.get(each.definition.value_type)
            check_used(c, each.definition.value_type, found, right, where=each.where, member=each.member)


def check_used(
    c: Connection, kind: ValueType, id: int | None, right: str | None, *, where: str, member: str
) -> None:
    """See that who names something may use it, by its access list: the engine will, and asks for no list.

    Raises AccessDenied.
    """
    if right is None or id is None:
        return
    table, _ = (_BY_NAME | _BY_PATH)[kind]
    if not guarding.may(c, table, id, right):
        what = table.name.replace("_", " ")
        raise AccessDenied(
            f"{where}: to name that {what} takes the right {right} on it, which no access list gives.",
            target=right,
            member=member,
        )


def _check_seen(c: Connection, said: Said, id: int | None) -> None:
    """See that who names something may know of it. Raises NotFound of its class."""
    kind = said.definition.value_type
    if id is not None and kind in _BY_NAME:
        table, missing = _BY_NAME[kind]
        if not guarding.sees(c, table, id):
            raise _none(table, missing, said.meaning)


def is_compared(kind: ValueType, name: str | None) -> bool:
    """Whether a property names a variable to look at its value, and not only to hand it on to a parameter."""
    return kind is ValueType.VARIABLE and name == "Variable"


def _check_not_encrypted(c: Connection, id: int | None, said: Said) -> None:
    variable = tables.variable
    encrypted = select(variable.c.id).where(variable.c.id == id, variable.c.secret.is_not(None))
    if c.execute(encrypted).first() is not None:
        raise InvalidArgument(
            f"{said.where}: {references.variable_path(c, id or 0)} is encrypted, and nothing can wait for "
            "its value or be triggered by it: what is compared is no secret.",
            target=id,
            member=said.member,
        )


def _check_comparable(c: Connection, id: int, variable: Said, said: Sequence[Said]) -> None:
    """See that a variable can come to compare with the value that stands beside it."""
    variables = tables.variable.c
    kind = c.scalar(select(variables.data_type).where(variables.id == id)) or DataType.TEXT
    for each in said:
        if each.element != variable.element or each.definition.name != "Value":
            continue
        try:
            meaning(kind, each.meaning)
        except ValueError:
            path = references.variable_path(c, id)
            raise InvalidProperty(
                f"{each.where}: {path} is {kind.value}, and is not compared with {each.meaning[:80]!r}.",
                target=each.where,
                member=each.member,
            ) from None


def check_moved(c: Connection, said: Iterable[Said], before: str, path: str) -> None:
    """Look up relative paths from the folder to which a job moves, as far as they named anything before.

    Raises NotFound and Conflict as :func:`check_references` does.
    """
    for each in said:
        if each.obeyed and isinstance(each.meaning, Reference) and each.meaning.relative:
            try:
                find(c, each.definition.value_type, each.meaning, before)
            except (NotFound, Conflict):
                continue
            check_references(c, [each], path)


def find(c: Connection, kind: ValueType, reference: Reference, folder_path: str) -> int | None:
    """The number of what a reference names; None for what this server has none of.

    A name goes before a number, which another server may have given. Raises as :func:`check_references`.
    """
    if kind in _BY_NAME:
        return _by_name(c, *_BY_NAME[kind], reference)
    if kind in _BY_PATH:
        table, missing = _BY_PATH[kind]
        name = reference.name
        if name is None:
            return lookup.locate(c, table, missing, id=reference.id)
        return lookup.locate(c, table, missing, name=_path(name, reference, folder_path))
    return None


def job_or_name(c: Connection, reference: Reference, folder_path: str) -> tuple[int, str]:
    """Number and path of the job that a reference names; of one that is not there, 0 and its name."""
    try:
        number = find(c, ValueType.JOB, reference, folder_path)
    except JAMSError:
        number = None
    if number is None:
        return 0, reference.name or f"number {reference.id}"
    return number, references.job_path(c, number)


def _path(name: str, reference: Reference, folder_path: str) -> str:
    return names.join(folder_path, name.strip("\\/")) if reference.relative else name


def is_job(reference: Reference, own: str, folder_path: str) -> bool:
    """Whether a reference names the job of that path."""
    if reference.name is None:
        return False
    path = _path(reference.name, reference, folder_path)
    return names.fold(names.normalize(path)) == names.fold(own) if names.is_path(path) else False


def is_called(reference: Reference, own: str) -> bool:
    """Whether a reference, which names no job that is there, names the one of that path by its name alone."""
    name = reference.name
    return name is not None and names.fold(name.strip()) == names.fold(names.split(own)[-1])


def _by_name(c: Connection, table: Table, missing: type[NotFound], reference: Reference) -> int:
    id, name = reference.id, reference.name
    which = table.c.id == id if name is None else table.c.name_key == names.fold(name.strip())
    found: int | None = c.scalar(select(table.c.id).where(which))
    if found is None:
        raise _none(table, missing, reference)
    return found


def _none(table: Table, missing: type[NotFound], reference: Reference) -> NotFound:
    id, name = reference.id, reference.name
    kind = table.name.replace("_", " ")
    return missing(f"There is no {kind} {id if name is None else name}.", target=name or id)


def check_dates(c: Connection, said: Iterable[Said], calendar: Reference | None) -> None:
    """Read the texts of the date language with a calendar, or with the default one.

    This may take long where the calendar is large, and is for a reading connection. A calendar that does not
    exist is left to :func:`check_references`; nobody knows then which names there are.

    Raises:
        DateError: a text names what the calendar does not have; in the date language's own words.
    """
    texts = [each for each in said if each.definition.value_type is ValueType.DATES]
    if not texts:
        return
    try:
        id = None if calendar is None else find(c, ValueType.CALENDAR, calendar, names.ROOT)
        known = built_calendars.built(c, definition_stamps.stamp(c), id or find_calendar(c))
    except NotFound:
        return
    for each in texts:
        try:
            evaluator(each.meaning.strip(), known)
        except JAMSError as error:
            error.member = each.member
            raise
