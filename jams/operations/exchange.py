r"""Definitions to and from XML, as the published cmdlets exchange them between servers.

An export has a folder with all below it, one job or calendar, or everything. An import makes what is missing
and changes what differs, as one transaction: first an empty one of each that others may name, then all that
they say, so that the order of the text does not matter.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Annotated, Any

from msgspec import Meta

from jams.database import names
from jams.objects.base import Arguments, Document, Name, Path, Source, Text
from jams.objects.errors import InvalidArgument
from jams.objects.exchange import DefinitionImport
from jams.security.rights import FolderDefinitions

from . import (
    agents,
    calendars,
    date_types,
    folders,
    jobs,
    methods,
    named_times,
    offers,
    queues,
    resources,
    setups,
    triggers,
    variables,
)
from .catalogue import Binding
from .context import Context
from .declaration import operation
from .definition_documents import plain
from .definition_imports import import_definitions
from .definition_kinds import BY_WORD, KINDS, Kind
from .xml_reading import exported
from .xml_writing import Definition, written

COLUMNS = ("dryRun", "added", "changed", "same", "remarks")
FOLDER = "folder"
"""The kind that is meant where none is said."""


class XmlExport(Arguments, frozen=True, kw_only=True):
    """What goes into an export."""

    objects: Annotated[
        list[Text],
        Meta(
            min_length=1,
            max_length=10_000,
            description=r"What is exported, each by its kind and name: Job:\Sales\Load, Agent:win1.",
        ),
    ]
    ignore_acl: Annotated[bool, Meta(description="Leave the access lists of objects out.")] = False


class XmlImport(Arguments, frozen=True, kw_only=True):
    """A text of XML, and where its definitions go."""

    text: Annotated[Source, Meta(description="The text of an export.")]
    target_folder: Annotated[
        Path | None,
        Meta(description="The folder into which it goes; that from which it came, or else the root."),
    ] = None
    ignore_acl: Annotated[
        bool,
        Meta(description="Leave the access lists of objects as they are here, whatever the text says."),
    ] = False
    dry_run: Annotated[bool, Meta(description="Only say what would be done.")] = False


@operation(
    right=FolderDefinitions.INQUIRE,
    rest="GET /xml?folder,job,calendar,everything,ignoreAcl",
    soap="Definitions.ExportXml",
    cmdlet="Export-JAMSXml",
    command="export-xml",
    positional=("folder",),
    offers={"folder": offers.FOLDER_NAMES, "job": offers.JOB["name"], "calendar": offers.CALENDAR["name"]},
    binding=Binding(set="Named", names={"ignore_acl": "IgnoreACL"}, content=True, saves=True),
)
def export_xml(
    context: Context,
    folder: Path | None = None,
    job: Path | None = None,
    calendar: Text | None = None,
    everything: bool = False,
    ignore_acl: bool = False,
) -> str:
    r"""Write definitions as XML: a folder with all below it, a job, a calendar, or everything.

    Passwords and other secrets are never among them: definitions name the credentials.

    Args:
        folder: path of the folder.
        job: path of the job, or its bare name.
        calendar: name of the calendar; its date types come with it.
        everything: all folders, and all that lies in none: agents, queues, resources, calendars, methods.
        ignore_acl: say nothing of access lists, which are never among what is exported.

    Raises:
        FolderNotFound: there is no such folder.
        JobNotFound: there is no such job.
        CalendarNotFound: there is no such calendar.
    """
    given = [each for each in (folder, job, calendar, everything or None) if each is not None]
    if len(given) != 1:
        raise InvalidArgument("Give one of folder, job, calendar and everything.", member="folder")
    if job is not None:
        _check(context, "job")
        found = jobs.get_job(context, name=job)
        place = found.parent_folder_name or names.ROOT
        return written([_definition("job", found, place)], place, ignore_acl=ignore_acl)
    if calendar is not None:
        _check(context, "calendar")
        return written(_of_calendar(context, calendar), names.ROOT, ignore_acl=ignore_acl)
    if folder is not None:
        top = folders.get_folder(context, name=folder)
        place = top.parent_folder_name or names.ROOT
        return written(_below(context, top.qualified_name or folder, place), place, ignore_acl=ignore_acl)
    everywhere = (*_in_no_folder(context), *_below(context, names.ROOT, names.ROOT))
    return written(everywhere, names.ROOT, ignore_acl=ignore_acl)


@operation(
    right=FolderDefinitions.INQUIRE,
    rest="POST /xml/export",
    soap="Definitions.ExportObjects",
    cmdlet="Export-JAMSXml",
    command="export-objects",
    positional=("objects",),
    changes=False,
    binding=Binding(
        set="InputObject",
        names={"objects": "InputObject", "ignore_acl": "IgnoreACL"},
        positional=(),
        gathers="objects",
        saves=True,
    ),
)
def export_objects(context: Context, body: XmlExport) -> str:
    r"""Write several definitions as XML: a folder with all below it, and whatever else is named.

    Where they lie in folders, their places are told from the folder on that holds them all, so that an import
    can put them elsewhere.

    Raises:
        InvalidArgument: something is named of which there is no such kind.
        NotFound: of the class of what is named: there is none.
    """
    named = [_named(text) for text in body.objects]
    for kind, _ in named:
        _check(context, kind.word)
    found = [(kind, kind.get(context, name=name)) for kind, name in named]
    parents = [each.parent_folder_name or names.ROOT for kind, each in found if kind.placed]
    place = _common(parents)
    definitions: dict[tuple[str, str, str], Definition] = {}
    for kind, document in found:
        told = (
            _below(context, document.qualified_name, place)
            if kind.word == FOLDER
            else [_definition(kind.word, document, place)]
        )
        for each in told:
            definitions.setdefault((each.kind, names.fold(each.name), names.fold(each.folder)), each)
    return written(definitions.values(), place, ignore_acl=body.ignore_acl)


@operation(
    right=FolderDefinitions.INQUIRE,
    rest="POST /xml/import",
    soap="Definitions.ImportXml",
    cmdlet="Import-JAMSXml",
    command="import-xml",
    positional=("text",),
    offers={"target_folder": offers.FOLDER_NAMES},
    columns=COLUMNS,
    binding=Binding(
        set="Text",
        names={"ignore_acl": "IgnoreACL"},
        reads="text",
        here="target_folder",
        samples={"text": "'<JAMSObjects/>'"},
    ),
)
def import_xml(context: Context, body: XmlImport) -> DefinitionImport:
    """Make and change definitions as a text of XML says, all of them or none.

    The answer tells of each definition what is done, and in what it differs from what is there; with
    ``dryRun`` that is all, and what would be refused is refused. What makes or changes a definition takes the
    right to do so; to give an object another access list takes Control of it. A list that names who is nobody
    here is refused, and told in the remarks of a dry run.

    Raises:
        UnreadableDefinitions: the text is no export that can be read, or has too many definitions.
        FolderNotFound: there is no such target folder.
        AccessDenied: the caller may not make or change one of them.
        InvalidName: a name is not one that its kind can bear.
        InvalidProperty: a property has a value that it cannot have.
        NotSupported: a definition asks for something that this server does not do.
        AccountNotFound: an access list names an account or a group that is not here.
    """
    found = exported(body.text)
    if body.ignore_acl:
        found = found.without_lists()
    return import_definitions(context, found, body.target_folder, dry_run=body.dry_run)


def _named(text: str) -> tuple[Kind, str]:
    """The kind and the name of what a text means; without a kind it is a folder. Raises InvalidArgument."""
    word, colon, name = text.partition(":")
    if not colon:
        word, name = FOLDER, text
    meant = word.strip().casefold()
    for kind in KINDS:
        if meant in (kind.word.casefold(), kind.document.__name__.casefold()):
            return kind, name.strip()
    known = ", ".join(kind.document.__name__ for kind in KINDS)
    raise InvalidArgument(
        f"{word[:100]} is none of the kinds that are exported: {known}.", member="objects", target=word
    )


def _common(paths: Sequence[str]) -> str:
    """The path of the innermost folder that holds all of some folders, or is one of them."""
    if not paths:
        return names.ROOT
    parts = list(names.split(paths[0]))
    for path in paths[1:]:
        others = names.split(path)
        same = 0
        while same < min(len(parts), len(others)) and names.fold(parts[same]) == names.fold(others[same]):
            same += 1
        del parts[same:]
    return names.ROOT + names.ROOT.join(parts)


def _check(context: Context, *words: str) -> None:
    for word in words:
        context.caller.check(BY_WORD[word.casefold()].rights.INQUIRE, f"to export a {word}")


def _definition(word: str, document: Document, place: str) -> Definition:
    kind = BY_WORD[word.casefold()]
    members = plain(document)
    name = members.pop(_wire(kind.document, kind.name))
    over = members.pop("parentFolderName", None) or names.ROOT
    return Definition(word, name, over[len(place) :].strip("\\") if kind.placed else "", members)


def _wire(document: type[Document], name: str) -> str:
    from jams.objects.patch import written_name

    return written_name(document, name)


def _below(context: Context, path: str, place: str) -> Iterator[Definition]:
    """A folder and all below it; of the root itself only what lies in it."""
    _check(context, "folder", "variable", "job", "trigger")
    if path != names.ROOT:
        yield _definition("folder", folders.get_folder(context, name=path), place)
    yield from _folders_below(context, path, place)
    for word, find in (
        ("variable", variables.find_variables),
        ("job", jobs.find_jobs),
        ("setup", setups.find_setups),
        ("trigger", triggers.find_triggers),
    ):
        found: list[Any] = find(context, name=path, recursive=True)
        for document in found:
            if not (word == "job" and document.method_name == SETUP):
                yield _definition(word, document, place)


SETUP = "Setup"


def _folders_below(context: Context, path: str, place: str) -> Iterator[Definition]:
    for each in folders.get_folder_children(context, qualified_name=path):
        yield _definition("folder", each, place)
        yield from _folders_below(context, each.qualified_name or "", place)


def _of_calendar(context: Context, name: Name) -> Iterator[Definition]:
    yield _definition("calendar", calendars.get_calendar(context, name=name), names.ROOT)
    for each in date_types.list_date_types(context, calendar=name):
        yield _definition("dateType", each, names.ROOT)


def _in_no_folder(context: Context) -> Iterator[Definition]:
    _check(context, "agent", "queue", "resource", "namedTime", "calendar")
    for method in methods.list_methods(context):
        shown = methods.get_method(context, name=method.method_name)
        if shown.method_type_name not in (None, shown.method_name):
            yield _definition("method", shown, names.ROOT)
    for word, found in (
        ("agent", agents.list_agents(context)),
        ("queue", queues.list_queues(context)),
        ("resource", resources.list_resources(context)),
        ("namedTime", named_times.list_named_times(context)),
    ):
        documents: list[Any] = list(found)
        for document in documents:
            yield _definition(word, document, names.ROOT)
    for calendar in calendars.list_calendars(context):
        yield from _of_calendar(context, calendar.calendar_name)
