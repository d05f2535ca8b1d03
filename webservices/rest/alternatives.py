"""Operations that share a verb and path: the query says which is meant."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import parse_qsl

from flask import Response, request

from .endpoint import Endpoint


class Alternatives:
    """Hands a request to the endpoint of which it gives the most that is needed (``GET /job``, ``?name``)."""

    def __init__(self, endpoints: Sequence[Endpoint]) -> None:
        """The endpoints in their order; the first one answers what fits none of them."""
        self._first = endpoints[0]
        self._by_need = sorted(endpoints, key=lambda endpoint: -len(endpoint.needed))

    def __call__(self, **path: str) -> Response:
        """Answer the request at hand. Raises JAMSError."""
        text = request.query_string.decode("utf-8", "replace")
        given = {name.casefold() for name, _ in parse_qsl(text, keep_blank_values=True)}
        meant = next((each for each in self._by_need if each.needed <= given), self._first)
        return meant(**path)
