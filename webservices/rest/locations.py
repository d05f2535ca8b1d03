"""Where what was created is found: the header ``Location`` of an answer 201 (RFC 9110 section 10.2.2)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote, urlencode

from jams.operations.catalogue import Catalogue, Operation, Route

_ROOT = "\\"


class Locations:
    """The addresses of what one operation creates."""

    def __init__(self, operation: Operation, catalogue: Catalogue, address: str) -> None:
        """``address`` is that below which the routes lie."""
        self._operation = operation
        self._address = address
        found = catalogue.get(operation.binding.shows or "")
        self._shows: tuple[Operation, Route, str] | None = None
        if operation.created and operation.body is not None and operation.binding.path and found is not None:
            key = "name" if "name" in found.key else found.key[-1]
            name = next((item.wire for item in found.inputs if item.name == key), "")
            routes = [route for route in found.routes if route.verb == "GET"]
            by_name = [
                route
                for route in routes
                if f"{{{name}}}" in route.path or (name in route.query and "{" not in route.path)
            ]
            if by_name:
                self._shows = found, by_name[-1], name

    def of(self, arguments: Mapping[str, Any]) -> str | None:
        """The address of what is created with these arguments; None if that cannot be told."""
        if self._shows is None or self._operation.body is None:
            return None
        shows, route, name = self._shows
        document = arguments[self._operation.body.parameter]
        *places, own = (getattr(document, member, None) for member in self._operation.binding.path)
        if not isinstance(own, str):
            return None
        place = next((each for each in places if isinstance(each, str) and each), "")
        path = f"{place.rstrip(_ROOT)}{_ROOT}{own}" if places else own
        if f"{{{name}}}" in route.path:
            return self._address + route.path.replace(f"{{{name}}}", quote(path, safe=""))
        query = {name: path}
        for input, member in self._operation.binding.beside.items():
            value = getattr(document, input, None)
            if isinstance(value, str) and value:
                query[shows.input(member).wire] = value
        return f"{self._address}{route.path}?{urlencode(query, quote_via=quote)}"
