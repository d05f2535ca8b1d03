"""Definitions from elsewhere, made and changed as one transaction. Declares no operation."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from dataclasses import fields as dataclass_fields
from typing import Any, TypeVar

import msgspec
from msgspec import Struct
from sqlalchemy import Connection

from jams.database import definition_stamps, known_names, names
from jams.database import folders as folder_rows
from jams.database.audit_telling import MASK
from jams.objects import complaints
from jams.objects.errors import AccessDenied, AccountNotFound, JAMSError, UnreadableDefinitions
from jams.objects.exchange import DefinitionAction, DefinitionChange, DefinitionImport, MemberDifference
from jams.objects.patch import patch_of, written_name

from .context import Context
from .definition_documents import ACCESS_LIST, differences, moved, plain, without_access_list
from .definition_kinds import BY_WORD, KINDS, Kind
from .xml_reading import Exported
from .xml_writing import Definition

T = TypeVar("T")
P = TypeVar("P")


@dataclass(frozen=True)
class _Within(Context):
    """The call, within its one transaction: what operations read and write goes through its connection."""

    def read(self, work: Callable[[Connection], T]) -> T:
        assert self.connection is not None
        return work(self.connection)

    def write(self, work: Callable[[Connection], T]) -> T:
        assert self.connection is not None
        result = work(self.connection)
        self.record(self.connection, self.caller.account, result if isinstance(result, str) else None)
        return result

    def write_prepared(
        self, prepare: Callable[[Connection], P], store: Callable[[Connection, P], T], *, attempts: int = 4
    ) -> T:
        return self.write(lambda c: store(c, prepare(c)))


def _within(context: Context, c: Connection) -> _Within:
    members = {each.name: getattr(context, each.name) for each in dataclass_fields(Context)}
    return _Within(**{**members, "connection": c})


class _Step(Struct):
    """A definition, what is there of its name, and what the import makes of it."""

    kind: Kind
    name: str
    members: dict[str, Any]
    change: DefinitionChange
    there: dict[str, Any] | None


def import_definitions(
    context: Context, given: Exported, target: str | None, *, dry_run: bool
) -> DefinitionImport:
    """Make and change what was read, below the target folder; or only try it, and say what that would be.

    Raises:
        FolderNotFound: there is no such folder.
        UnreadableDefinitions: a definition has members that its kind has not, or stands there twice.
        AccessDenied: the caller may not make or change one of them.
        AccountNotFound: an access list names who is nobody here.
        JAMSError: what the operations raise that make and change definitions; its message says of which.
    """

    def work(c: Connection) -> list[_Step]:
        definition_stamps.lock(c)
        within = _within(context, c)
        steps = _Plan(within, given, _place(c, given, target)).steps()
        _check_lists(c, steps, given, dry_run=dry_run)
        _carry_out(within, steps, given)
        if dry_run:
            raise _Tried(steps)
        return steps

    try:
        steps = context.write(work)
        context.scheduler.wake()
    except _Tried as tried:
        steps = tried.steps
    counts = Counter(each.change.action for each in steps)
    return DefinitionImport(
        dry_run=dry_run,
        added=counts[DefinitionAction.ADD],
        changed=counts[DefinitionAction.CHANGE],
        same=counts[DefinitionAction.SAME],
        changes=tuple(each.change for each in steps),
        remarks=tuple(given.remarks),
    )


class _Tried(Exception):
    """Undoes what was only to be tried, so that whatever would be refused is refused."""

    def __init__(self, steps: list[_Step]) -> None:
        super().__init__()
        self.steps = steps


def _place(c: Connection, given: Exported, target: str | None) -> str:
    """The path of the folder into which it goes."""
    if target is not None:
        return str(folder_rows.locate(c, name=target).path)
    return given.place or names.ROOT


class _Plan:
    """What an import would do, in the order in which it is done."""

    def __init__(self, context: _Within, given: Exported, place: str) -> None:
        self._context = context
        self._given = given
        self._place = place
        origin = given.place or place
        paths = (
            (_path(each, origin), _path(each, place))
            for each in given.definitions
            if BY_WORD[each.kind.casefold()].placed
        )
        self._paths = {before.casefold(): after for before, after in paths if origin != place}

    def steps(self) -> list[_Step]:
        """Each definition with what is done. Raises UnreadableDefinitions."""
        found: list[_Step] = []
        seen: set[tuple[str, str]] = set()
        by_kind: dict[str, list[Definition]] = {kind.word: [] for kind in KINDS}
        for each in self._given.definitions:
            by_kind[each.kind].append(each)
        for kind in KINDS:
            ordered = sorted(by_kind[kind.word], key=lambda each: each.folder.count("\\") + bool(each.folder))
            for each in ordered:
                step = self._step(kind, each)
                calendar = str(step.members.get("calendarName", ""))
                key = kind.word, f"{calendar}\\{step.name}".casefold()
                if key in seen:
                    raise UnreadableDefinitions(f"The {kind.word} {step.name} stands in the text twice.")
                seen.add(key)
                found.append(step)
        return found

    def _step(self, kind: Kind, given: Definition) -> _Step:
        members = moved(given.members, self._paths)
        members[written_name(kind.document, kind.name)] = given.name
        name = given.name
        if kind.placed:
            name = _path(given, self._place)
            members["parentFolderName"] = name.rpartition("\\")[0] or names.ROOT
        _decoded(kind, members, name)
        there = self._there(kind, name, members)
        wanted = {each: value for each, value in members.items() if value is not None}
        if there is None:
            action, differing = DefinitionAction.ADD, differences({}, wanted)
        else:
            kept = there if self._given.own else {each: there[each] for each in wanted if each in there}
            differing = differences(kept, wanted)
            action = DefinitionAction.CHANGE if differing else DefinitionAction.SAME
        if kind.word == "variable":
            differing = _without_secrets({**(there or {}), **wanted}, differing)
        change = DefinitionChange(action=action, type=kind.word, name=name, differences=differing)
        return _Step(kind, name, members, change, there)

    def _there(self, kind: Kind, name: str, members: dict[str, Any]) -> dict[str, Any] | None:
        self._context.caller.check(kind.rights.INQUIRE, f"to look at a {kind.word}")
        inputs = {"calendar": members.get("calendarName")} if kind.word == "dateType" else {}
        try:
            there = plain(kind.get(self._context, name=name, **inputs))
        except JAMSError as error:
            if isinstance(error, kind.missing) or (inputs and error.code == "CalendarNotFound"):
                return None
            raise
        keeps = self._given.own and not self._given.lists
        return without_access_list(there) if keeps else there


def _without_secrets(
    variable: Mapping[str, Any], differing: Iterable[MemberDifference]
) -> tuple[MemberDifference, ...]:
    """How a variable differs, without what it is to keep encrypted."""
    hidden = {"newEncryptedValue"} | ({"value"} if variable.get("encryptionFlag") else set())
    return tuple(
        MemberDifference(member=each.member, before=each.before and MASK, after=each.after and MASK)
        if each.member in hidden
        else each
        for each in differing
    )


def _check_lists(c: Connection, steps: list[_Step], given: Exported, *, dry_run: bool) -> None:
    """See that the access lists name who is known; who is made later by one of their names is nobody's guess.

    Raises AccountNotFound, unless it is only tried.
    """
    missing: dict[str, list[str]] = {}
    for each in steps:
        if each.change.action is not DefinitionAction.SAME:
            lines = (each.members.get(ACCESS_LIST) or {}).get("genericACL", ())
            for name in known_names.nobodies(c, [line["identifier"] for line in lines]):
                missing.setdefault(name, []).append(each.name)
    if not missing:
        return
    told = "; ".join(f"{name} (of {', '.join(of[:5])})" for name, of in list(missing.items())[:20])
    if not dry_run:
        raise AccountNotFound(
            f"Access lists name who is no account and no group here: {told}. Make them first, or import "
            "without access lists (ignoreAcl).",
            target=next(iter(missing)),
        )
    given.remarks.append(
        f"It would be refused: access lists name who is no account and no group here: {told}."
    )


def _path(given: Definition, place: str) -> str:
    return names.join(names.join(place, given.folder) if given.folder else place, given.name)


def _decoded(kind: Kind, members: dict[str, Any], name: str) -> Any:
    try:
        return msgspec.convert(members, kind.document, strict=False)
    except msgspec.ValidationError as error:
        raise UnreadableDefinitions(
            f"The {kind.word} {name} cannot be read: {complaints.told(str(error))}.", target=name
        ) from None


def _carry_out(context: _Within, steps: list[_Step], given: Exported) -> None:
    """First an empty one of each that others may name, then all that they say."""
    made: set[int] = set()
    for each in steps:
        if each.kind.shell is None:
            if each.there is None:
                _make(context, each, each.members)
            elif each.change.action is DefinitionAction.CHANGE:
                _change(context, each, own=given.own, made=False)
        elif each.there is None:
            wanted = (each.kind.name, *each.kind.shell)
            members = {written_name(each.kind.document, name) for name in wanted}
            _make(context, each, {name: value for name, value in each.members.items() if name in members})
            made.add(id(each))
    for each in steps:
        if each.kind.shell is not None and each.change.action is not DefinitionAction.SAME:
            _change(context, each, own=given.own, made=id(each) in made)


def _make(context: _Within, step: _Step, members: dict[str, Any]) -> None:
    context.caller.check(step.kind.rights.ADD, f"to make the {step.kind.word} {step.name}")
    with _told(step):
        step.kind.create(context, _decoded(step.kind, members, step.name))


def _change(context: _Within, step: _Step, *, own: bool, made: bool) -> None:
    if not made:
        context.caller.check(step.kind.rights.CHANGE, f"to change the {step.kind.word} {step.name}")
    members = dict(step.members)
    if own:
        members.update(dict.fromkeys((step.there or {}).keys() - members.keys()))
    with _told(step):
        try:
            patch = msgspec.convert(members, patch_of(step.kind.document), strict=False)
        except msgspec.ValidationError as error:
            raise UnreadableDefinitions(
                f"It cannot be read: {complaints.told(str(error))}.", target=step.name
            ) from None
        inputs = {} if step.kind.word == "dateType" else {"name": step.name}
        step.kind.change(context, patch, **inputs)


class _told:
    """Says in an error which definition it is about."""

    def __init__(self, step: _Step) -> None:
        self._step = step

    def __enter__(self) -> None:
        pass

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if isinstance(error, JAMSError) and self._step.name not in error.message:
            error.message = f"The {self._step.kind.word} {self._step.name}: {error.message}"
        if isinstance(error, AccessDenied) and error.lacking == "Control":
            error.message += " Without access lists (ignoreAcl) that is not needed."
