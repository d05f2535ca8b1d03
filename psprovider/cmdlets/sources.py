"""Which objects of the catalogue fill a parameter when they are piped, and with what.

By PowerShell's own rules any object with a fitting property would do: a folder, whose ``QualifiedName`` is a
path like a job's, would be taken for the job of that path, and a job's number for an entry's. Where the
declaration says what an input names, only objects that are such a thing, or tell one, fill it.
"""

from __future__ import annotations

import msgspec

from jams.objects.base import pascal_name
from jams.operations.catalogue import Catalogue, Offer, Operation

from .kinds import NAMESPACE, kind_of, output_types
from .model import Sources


def sources(
    catalogue: Catalogue, operation: Operation, name: str, *, about: bool = False, itself: bool = False
) -> Sources:
    """What fills an input: of each struct, the properties that hold the value, or make a path together.

    Empty where the declaration says of no offer; any object with the property will do then.

    Args:
        catalogue: the operations.
        operation: the operation.
        name: its input.
        about: whether the input says which object the cmdlet is about. Objects that merely refer to one will
            do, too, unless they are what the cmdlet itself gives: of an entry, ``Get-JAMSJob`` shows the job.
        itself: whether only the object itself will do, because its definition is changed or removed.
    """
    offer = operation.offers.get(name)
    if offer is None or name not in operation.pipeline:
        return {}
    found = offered(catalogue, offer)
    wanted = (operation.pipeline[name],)
    own = output_types(operation.result)
    for struct, members in offer.referred.items():
        held = tuple(map(pascal_name, members))
        meant = not itself and f"{NAMESPACE}.{struct}" not in own if about else held == wanted
        if meant:
            found[struct] = held
    return found


def offered(catalogue: Catalogue, offer: Offer | None) -> Sources:
    """What the objects that are themselves offered fill a parameter with."""
    lister = catalogue.get(offer.operation) if offer else None
    struct = kind_of(lister.result).struct if lister else None
    if offer is None or struct is None:
        return {}
    return {struct.__name__: (pascal_name(offer.member),)}


def own_name(catalogue: Catalogue, found: Sources) -> str | None:
    """The property that holds the bare name of the first of the objects, where a path holds the whole."""
    struct = next(iter(found), None)
    for operation in catalogue:
        path = operation.binding.path
        if len(path) > 1 and operation.document and operation.document.__name__ == struct:
            members = msgspec.structs.fields(operation.document)
            return next(pascal_name(member.encode_name) for member in members if member.name == path[-1])
    return None
