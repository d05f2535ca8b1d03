"""Add-ons: packages beside the server that bring execution methods, and what of them a server has.

A package tells of itself by an entry point of the group :data:`GROUP`. The server imports none of them: it
keeps the methods, and a run imports what its method names, in a process of its own. So an add-on that is
broken breaks no more than its jobs.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from importlib.metadata import EntryPoint, entry_points

import msgspec

from jams.client.server import Server
from jams.objects.base import did_you_mean
from jams.objects.errors import ConfigurationInvalid, Conflict, InUse, InvalidArgument, JAMSError, NotFound
from jams.objects.methods import ExecutionMethod

from .findings import Finding

GROUP = "openjams.addons"
"""The group of entry points: the name is the add-on's, the object what :class:`Told` says."""


class Told(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What the object of an entry point says, a mapping.

    Attributes:
        methods: documents of execution methods, as ``create-method`` takes them.
        description: what the add-on is for.
    """

    methods: list[ExecutionMethod]
    description: str = ""


class AddOn(msgspec.Struct, frozen=True, kw_only=True):
    """An add-on that is installed beside the server.

    Attributes:
        name, package, version: what it is called, and the distribution that it is part of.
        told: what it says of itself; None if it is broken.
        broken: why it cannot be used; empty if it can.
    """

    name: str
    package: str
    version: str
    told: Told | None = None
    broken: str = ""


def names() -> list[str]:
    """The names of the add-ons that are installed; imports none of them."""
    return sorted({entry.name for entry in entry_points(group=GROUP)}, key=str.casefold)


def installed() -> list[AddOn]:
    """The add-ons that are installed, by name; of a broken one the reason."""
    return [_addon(entry) for entry in sorted(entry_points(group=GROUP), key=lambda e: e.name.casefold())]


def findings() -> Iterator[Finding]:
    """Whether each can be used; and nothing where there are none."""
    for each in installed():
        yield Finding(
            what=f"add-on {each.name}",
            good=not each.broken,
            told=each.broken or f"{each.package} {each.version} can be used.",
            remedy=f"Mend the package {each.package}, or uninstall it." if each.broken else "",
        )


def find(name: str) -> AddOn:
    """An add-on that can be used.

    Raises:
        NotFound: none of that name is installed.
        ConfigurationInvalid: it is broken.
    """
    there = installed()
    found = next((each for each in there if each.name.casefold() == name.strip().casefold()), None)
    if found is None:
        near = did_you_mean(name, [each.name for each in there])
        raise NotFound(f"There is no add-on {name} installed beside this server.{near}", target=name)
    if found.broken:
        raise ConfigurationInvalid(found.broken, target=found.name)
    return found


def methods_of(addon: AddOn) -> list[ExecutionMethod]:
    """The methods that it brings; none if it is broken."""
    return addon.told.methods if addon.told is not None else []


def here(server: Server, addon: AddOn) -> list[str]:
    """The names of its methods that the server has. Raises JAMSError."""
    return [each.method_name for each in methods_of(addon) if _is_there(server, each)]


def add(server: Server, addon: AddOn) -> list[str]:
    """Make its methods: all, or none where one cannot be; their names.

    Raises:
        Conflict: the server has one of that name.
        JAMSError: the caller may not, or the add-on says what the server refuses.
    """
    made: list[str] = []
    try:
        for method in methods_of(addon):
            server.methods.create(method)
            made.append(method.method_name)
    except JAMSError:
        for name in made:
            server.methods[name].delete()
        raise
    return made


def remove(server: Server, addon: AddOn) -> list[str]:
    """Delete its methods that the server has: all, or none; their names.

    Raises:
        NotFound: the server has none of them.
        Conflict: one of them is not as the add-on brought it.
        InUse: jobs name one of them.
        JAMSError: the caller may not.
    """
    found = [each for each in methods_of(addon) if _is_there(server, each)]
    if not found:
        raise NotFound(f"The server has nothing of the add-on {addon.name}.", target=addon.name)
    for each in found:
        kept = server.methods[each.method_name].get()
        if (kept.method_type_name, kept.template) != (each.method_type_name, each.template):
            raise Conflict(
                f"The method {each.method_name} is not as {addon.name} brought it; whoever changed it may "
                "delete or rename it.",
                target=each.method_name,
            )
        using = server.methods[each.method_name].list_references()
        if using:
            jobs = ", ".join(sorted(one.referring_name for one in using))
            raise InUse(f"The method {each.method_name} is named by {jobs}.", target=each.method_name)
    gone: list[ExecutionMethod] = []
    try:
        for each in found:
            server.methods[each.method_name].delete()
            gone.append(each)
    except JAMSError:
        for each in gone:
            server.methods.create(each)
        raise
    return [each.method_name for each in found]


def chosen(answer: str) -> list[AddOn]:
    """The add-ons that are named in a text, with commas. Raises InvalidArgument."""
    try:
        return [find(name) for name in answer.split(",") if name.strip()]
    except (NotFound, ConfigurationInvalid) as error:
        there = ", ".join(names()) or "none"
        raise InvalidArgument(f"{error.message} There are: {there}.", target="AddOns") from None


def add_all(server: Server, addons: Iterable[AddOn]) -> list[str]:
    """Make the methods of several; their names."""
    return [name for addon in addons for name in add(server, addon)]


def _is_there(server: Server, method: ExecutionMethod) -> bool:
    try:
        server.methods[method.method_name].get()
    except NotFound:
        return False
    return True


def _addon(entry: EntryPoint) -> AddOn:
    package = entry.dist.name if entry.dist is not None else entry.module
    version = entry.dist.version if entry.dist is not None else ""
    told, broken = None, ""
    try:
        told = msgspec.convert(entry.load(), Told)
    except msgspec.ValidationError as error:
        broken = f"The add-on {entry.name} of {package} does not say what an add-on says: {error}."
    except (Exception, SystemExit) as error:  # whatever a module does when it is imported
        broken = f"The add-on {entry.name} of {package} cannot be imported: {type(error).__name__}: {error}."
    return AddOn(name=entry.name, package=package, version=version, told=told, broken=broken)
