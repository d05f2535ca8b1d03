"""Whether logs may lie where a definition or a submission says. Declares no operation."""

from __future__ import annotations

from collections.abc import Iterable

from jams.objects.errors import InvalidArgument
from jams.objects.parts import PropertyValue

from .context import Context


def check_log_location(context: Context, properties: Iterable[PropertyValue]) -> None:
    """Raises InvalidArgument when the property LogLocation names a place in which no log may lie."""
    for item in properties:
        if item.property_name.lower() == "loglocation" and isinstance(item.current_value, str):
            check_location(context, item.current_value, "properties")


def check_location(context: Context, location: str, member: str) -> None:
    """Raises InvalidArgument, about a member, when no log may lie in a directory."""
    if not location:
        return
    try:
        context.services.logs.check_location(location)
    except InvalidArgument as error:
        error.target, error.member = "LogLocation", member
        raise
