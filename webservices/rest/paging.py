"""Links from one page of a list to the next."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec
from flask import Response

from jams.objects.base import snake_name
from jams.objects.listing import is_full
from jams.operations.catalogue import Bound, Operation, Page

from .shaping import with_query


def with_next_link(
    operation: Operation,
    page: Page,
    result: Any,
    arguments: Mapping[str, Any],
    address: str,
    query: Mapping[str, list[str]],
) -> Any:
    """The page with the address of the next one in it, unless it is the last.

    Where nothing was counted, a full page has a next one, which may then be empty; where it was, a page may
    be full though it is shorter than what was asked for.

    Args:
        operation: whose result it is.
        page: how it comes in pages.
        result: the page.
        arguments: what it was asked with, by Python name.
        address: the published address of this page, without its query.
        query: the query it was asked with; the next page is asked the same.
    """
    skip, size = (arguments.get(name, operation.input(name).default) for name in (page.skip, page.size))
    here = len(getattr(result, snake_name(page.items)))
    total = getattr(result, snake_name(page.total))
    if not here or (total <= skip + here if total else here < size):
        return result
    following = with_query(address, query, operation.input(page.skip).wire, skip + here)
    return msgspec.structs.replace(result, **{snake_name(page.link): following})


def tell_if_full(
    response: Response,
    operation: Operation,
    bound: Bound,
    result: Any,
    arguments: Mapping[str, Any],
    address: str,
    query: Mapping[str, list[str]],
) -> None:
    """Say in an answer that its list is as long as it may be, so that more may follow; and where, if it can.

    The page behind a list that was full may be empty.
    """
    most = arguments.get(bound.limit, operation.input(bound.limit).default)
    if not is_full(result, most):
        return
    response.headers["X-Truncated"] = "true"
    if bound.cursor is not None and bound.member is not None:
        last = result[0] if bound.backwards else result[-1]
        following = getattr(last, snake_name(bound.member))
        wire = operation.input(bound.cursor).wire
        response.headers["Link"] = f'<{with_query(address, query, wire, following)}>; rel="next"'
