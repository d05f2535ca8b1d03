"""What definitions were: who changed one when and how, and how it becomes again what it was."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta, structs
from sqlalchemy import Connection

from jams.database import revisions
from jams.database.columns import AnyRow
from jams.objects.base import Label, ObjectId, Path, Text, Timestamp
from jams.objects.definitions import Folder, Job
from jams.objects.enums import ObjectType
from jams.objects.errors import NotFound, RevisionNotFound
from jams.objects.patch import ObjectVersion
from jams.objects.revisions import Revision, RevisionDifference, RevisionDocument
from jams.security.rights import FolderDefinitions, JobDefinitions, ServerAccess

from . import offers
from .catalogue import Binding, Bound, Message
from .context import Context, one_of
from .declaration import operation
from .object_kinds import KINDS, find
from .object_sight import seen_once
from .restoring import restored
from .revision_texts import as_was, differences

COLUMNS = ("auditTime", "version", "action", "name", "lastChangedBy", "door", "operation")
Limit = Annotated[int, Meta(ge=1, le=10_000)]
_TABLES = {kind.table.name: kind.table for kind in KINDS.values()}
_TYPES = {kind.table.name: each for each, kind in KINDS.items() if each is not ObjectType.SETUP}


@operation(
    right=ServerAccess.EXECUTE,
    rest="GET /revision?objectType,name,userName,startDate,endDate,limit,beyond",
    soap="Revision.Find",
    cmdlet="Get-JAMSRevision",
    command="revisions",
    positional=("name",),
    columns=("revisionID", "objectType", "version", "action", "name", "lastChangedBy"),
    bound=Bound("limit", cursor="beyond", member="revisionID"),
    binding=Binding(set="Find"),
)
def find_revisions(
    context: Context,
    object_type: ObjectType | None = None,
    name: Text | None = None,
    user_name: Label | None = None,
    start_date: Timestamp | None = None,
    end_date: Timestamp | None = None,
    limit: Limit = 1000,
    beyond: ObjectId | None = None,
) -> list[Revision]:
    """List what was done to definitions, newest first, as far as the caller may look at such.

    What was deleted is found by the path or name that it had.

    Args:
        object_type: only what was done to definitions of this kind.
        name: only to what was called so then; with a backslash it is the whole path that must match. ``*``
            stands for anything, ``?`` for one character.
        user_name: only what this account did.
        start_date: only what was done at or after this time.
        end_date: only what was done before this time.
        limit: at most so many, the newest ones.
        beyond: continue behind the revision of this number, the last one of the list before.
    """
    kinds = {
        kind.table
        for each, kind in KINDS.items()
        if context.caller.may(kind.looking) and object_type in (None, each)
    }
    if not kinds:
        return []
    which = revisions.Wanted(kinds, pattern=name, user=user_name, since=start_date, until=end_date)

    def work(c: Connection) -> list[Revision]:
        rows = revisions.find(c, which, beyond=beyond, limit=limit)
        if context.reach() is not None:
            return [_shown(row) for row in rows if seen_once(c, _TABLES[row.kind], row.object_id, row.name)]
        found = [_shown(row) for row in rows]
        return context.counted(found, lambda: revisions.count(c, which))

    return context.read(work)


@operation(
    right=ServerAccess.EXECUTE,
    rest=(
        "GET /{objectType}/{id}/revisions?limit,beyond",
        "GET /revision/{objectType}?name,limit,beyond",
    ),
    soap="Revision.List",
    cmdlet="Get-JAMSRevision",
    command="revisions-of",
    positional=("object_type", "name"),
    columns=COLUMNS,
    bound=Bound("limit", cursor="beyond", member="revisionID"),
    binding=Binding(set="Of"),
)
def list_revisions(
    context: Context,
    object_type: ObjectType,
    id: ObjectId | None = None,
    name: Path | None = None,
    limit: Limit = 1000,
    beyond: ObjectId | None = None,
) -> list[Revision]:
    """List what was done to one definition, newest first.

    Args:
        object_type: what kind of definition it is.
        id: its number, which one that was deleted has too.
        name: its path or name, or the last one of what was deleted.
        limit: at most so many, the newest ones.
        beyond: continue behind the revision of this number, the last one of the list before.

    Raises:
        AccessDenied: the caller may not look at definitions of that kind.
        NotFound: there is no such definition, and none was changed since revisions are kept.
        Conflict: several bear the bare name.
    """
    one_of(id=id, name=name)
    kind = KINDS[object_type]
    context.caller.check(kind.looking, "to look at such")

    def work(c: Connection) -> list[Revision]:
        which = revisions.Wanted([kind.table], object_id=_number(c, object_type, id, name))
        found = [_shown(row) for row in revisions.find(c, which, beyond=beyond, limit=limit)]
        return context.counted(found, lambda: revisions.count(c, which))

    return context.read(work)


@operation(
    right=ServerAccess.EXECUTE,
    rest=("GET /{objectType}/{id}/revisions/{version}", "GET /revision/{objectType}/{version}?name"),
    soap="Revision.Get",
    cmdlet="Get-JAMSRevisionDocument",
    command="revision",
    positional=("object_type", "version"),
    columns=COLUMNS,
)
def get_revision(
    context: Context,
    *,
    object_type: ObjectType,
    id: ObjectId | None = None,
    version: ObjectVersion,
    name: Path | None = None,
) -> RevisionDocument:
    """Show what had been said of a definition in a version.

    Args:
        object_type: what kind of definition it is.
        id: its number.
        version: which one, as the list of its revisions tells.
        name: its path or name.

    Raises:
        AccessDenied: the caller may not look at definitions of that kind.
        NotFound: there is no such definition.
        RevisionNotFound: nothing is kept of that version.
    """
    row, _ = _revision(context, object_type, id, name, version)
    return RevisionDocument(**structs.asdict(_shown(row)), document=row.document)


@operation(
    right=ServerAccess.EXECUTE,
    rest=(
        "GET /{objectType}/{id}/revisions/{version}/difference?other",
        "GET /revision/{objectType}/{version}/difference?name,other",
    ),
    soap="Revision.Compare",
    cmdlet="Compare-JAMSRevision",
    command="compare-revisions",
    positional=("object_type", "version", "other"),
    columns=("member", "before", "after"),
)
def compare_revisions(
    context: Context,
    *,
    object_type: ObjectType,
    id: ObjectId | None = None,
    version: ObjectVersion,
    name: Path | None = None,
    other: ObjectVersion | None = None,
) -> list[RevisionDifference]:
    """Tell what two versions of a definition say differently, by member.

    The older one is told first, whichever is named first. Of one that was removed all is gone.

    Args:
        object_type: what kind of definition it is.
        id: its number.
        version: which one, as the list of its revisions tells.
        name: its path or name.
        other: the version that it is compared with; without it the one before, so that it is told what was
            changed then.

    Raises:
        AccessDenied: the caller may not look at definitions of that kind.
        NotFound: there is no such definition.
        RevisionNotFound: nothing is kept of one of the versions.
    """
    row, number = _revision(context, object_type, id, name, version)
    table = KINDS[object_type].table
    if other is not None:
        second: AnyRow | None = _revision(context, object_type, number, None, other)[0]
    else:
        second = context.read(lambda c: revisions.before(c, table, number, version))
    older, newer = (second, row) if second is None or second.version <= row.version else (row, second)
    return differences(None if older is None else older.document, newer.document)


@operation(
    right=ServerAccess.EXECUTE,
    rest=(
        "POST /{objectType}/{id}/revisions/{version}/restore",
        "POST /revision/{objectType}/{version}/restore?name",
    ),
    soap="Revision.Restore",
    cmdlet="Restore-JAMSRevision",
    command="restore-revision",
    positional=("object_type", "version"),
)
def restore_revision(
    context: Context,
    *,
    object_type: ObjectType,
    id: ObjectId | None = None,
    version: ObjectVersion,
    name: Path | None = None,
) -> Message:
    """Let a definition be what it was in a version; one that was deleted is made anew, with another number.

    It is a change as any other: it takes the right to change such definitions, or to make them, what is
    said is checked again, and it has a revision of its own. Defaults of parameters that are to be encrypted,
    which no revision holds, stay as they are.

    Args:
        object_type: what kind of definition it is.
        id: its number.
        version: which one, as the list of its revisions tells.
        name: its path or name.

    Raises:
        AccessDenied: the caller may not look at, change or make definitions of that kind.
        NotFound: there is no such definition, or something that it names is not there any more.
        RevisionNotFound: nothing is kept of that version.
        Conflict: it cannot be again what it was; it was removed in that version, or somebody else has
            its place.
    """
    row, number = _revision(context, object_type, id, name, version)
    return restored(context, object_type, number, row)


@operation(
    right=JobDefinitions.INQUIRE,
    rest=("GET /job/{id}/version/{version}", "GET /job/version?name,version"),
    soap="Job.GetVersion",
    cmdlet="Get-JAMSJobVersion",
    command="job-version",
    key=("name", "id"),
    positional=("name", "version"),
    offers=offers.JOB,
    columns=("jobID", "qualifiedName", "version", "lastChangedBy", "lastChangeUTC"),
    pipeline={"name": "QualifiedName"},
)
def get_job_version(
    context: Context, *, id: ObjectId | None = None, version: ObjectVersion, name: Path | None = None
) -> Job:
    """Show a job as it was in a version: what had been said of it.

    Args:
        id: number of the job, which one that was deleted has too.
        version: which one, as the list of its revisions tells.
        name: path of the job, or its bare name.

    Raises:
        JobNotFound: there is no such job.
        RevisionNotFound: nothing is kept of that version, or the job was removed in it.
    """
    row, number = _revision(context, ObjectType.JOB, id, name, version)
    return as_was(row, Job, job_id=number, qualified_name=row.name)


@operation(
    right=FolderDefinitions.INQUIRE,
    rest=("GET /folder/{id}/version/{version}", "GET /folder/version?name,version"),
    soap="Folder.GetVersion",
    cmdlet="Get-JAMSFolderVersion",
    command="folder-version",
    key=("name", "id"),
    positional=("name", "version"),
    offers=offers.FOLDER,
    columns=("folderID", "qualifiedName", "version", "lastChangedBy", "lastChangeUTC"),
    pipeline={"name": "QualifiedName"},
)
def get_folder_version(
    context: Context, *, id: ObjectId | None = None, version: ObjectVersion, name: Path | None = None
) -> Folder:
    """Show a folder as it was in a version: what had been said of it.

    Args:
        id: number of the folder, which one that was deleted has too.
        version: which one, as the list of its revisions tells.
        name: path of the folder.

    Raises:
        FolderNotFound: there is no such folder.
        RevisionNotFound: nothing is kept of that version, or the folder was removed in it.
    """
    row, number = _revision(context, ObjectType.FOLDER, id, name, version)
    return as_was(row, Folder, folder_id=number, qualified_name=row.name)


def _revision(
    context: Context, object_type: ObjectType, id: int | None, name: str | None, version: int
) -> tuple[AnyRow, int]:
    """A revision of a definition, and the number of that. Raises as the operations do."""
    one_of(id=id, name=name)
    kind = KINDS[object_type]
    context.caller.check(kind.looking, "to look at such")

    def work(c: Connection) -> tuple[AnyRow | None, int]:
        number = _number(c, object_type, id, name)
        return revisions.get(c, kind.table, number, version), number

    row, number = context.read(work)
    if row is None:
        told = f"Of {object_type.value} {number if name is None else name} no version {version} is kept."
        raise RevisionNotFound(told, target=version, member="version")
    return row, number


def _number(c: Connection, object_type: ObjectType, id: int | None, name: str | None) -> int:
    """The number of a definition that is there, or of which revisions are kept."""
    try:
        return find(c, object_type, id=id, name=name)
    except NotFound:
        table = KINDS[object_type].table
        if name is not None:
            gone = revisions.last_called(c, table, name)
        else:
            gone = id if revisions.find(c, revisions.Wanted([table], id), limit=1) else None
        if gone is None:
            raise
        last = next(iter(revisions.find(c, revisions.Wanted([table], gone), limit=1)), None)
        if last is None or not seen_once(c, table, gone, last.name):
            raise
        return gone


def _shown(row: AnyRow) -> Revision:
    return Revision(
        revision_id=row.id,
        object_type=_TYPES[row.kind],
        object_id=row.object_id,
        name=row.name,
        version=row.version,
        action=row.action,
        audit_time=row.time,
        last_changed_by=row.user_name,
        door=row.door,
        origin=row.origin,
        operation=row.operation,
        change_comment=row.note,
    )
