"""OData filters over the history, as SQL conditions (REST interface, history search)."""

from __future__ import annotations

import operator
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from odata_query import ast
from odata_query.exceptions import ODataException, ODataSyntaxError
from odata_query.grammar import ODataLexer, ODataParser
from odata_query.visitor import NodeVisitor
from sqlalchemy import BigInteger, ColumnElement, Integer, and_, func, not_, or_
from sqlalchemy.types import Unicode, UnicodeText

from jams.objects.enums import Severity
from jams.objects.errors import InvalidArgument

from .columns import SeverityRank, UtcTime
from .tables import history

_FIELDS = {
    "CompletionTimeUTC": history.c.completion_time,
    "HoldTimeUTC": history.c.hold_time,
    "ScheduledTimeUTC": history.c.scheduled_time,
    "ScheduleTimeUTC": history.c.scheduled_time,
    "StartTimeUTC": history.c.start_time,
    "FinalSeverity": history.c.final_severity,
    "JobName": history.c.job_name,
    "SubmittedBy": history.c.submitted_by,
    "RestartCount": history.c.restart_count,
    "JAMSEntry": history.c.number,
    "RON": history.c.ron,
    "ParentFolderName": history.c.folder_name,
    "Note": history.c.note,
    "JobStatus": history.c.job_status,
    "FinalStatus": history.c.final_status,
    "JobID": history.c.job_id,
}
_BY_NAME = {name.lower(): column for name, column in _FIELDS.items()}
_SHOWN = ", ".join(name for name in _FIELDS if name != "ScheduleTimeUTC")
_SEVERITIES = {severity.value.lower(): severity for severity in Severity}

_COMPARISONS: dict[type[ast._Node], Callable[[Any, Any], Any]] = {
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
}
_MIRRORED: dict[type[ast._Node], type[ast._Node]] = {
    ast.Lt: ast.Gt,
    ast.LtE: ast.GtE,
    ast.Gt: ast.Lt,
    ast.GtE: ast.LtE,
}
_LARGEST = 2**63 - 1
_MOST_NESTED = 100


def condition(text: str) -> ColumnElement[bool]:
    """The condition that a filter describes. Raises InvalidArgument when it cannot be understood."""
    try:
        tree = ODataParser().parse(ODataLexer().tokenize(text.strip()))
        found: ColumnElement[bool] = _Conditions().visit(tree)
    except ODataException as error:
        raise InvalidArgument(f"The filter {_fault(text.strip(), error)}.", member="$filter") from None
    return found


def _fault(text: str, error: ODataException) -> str:
    if not isinstance(error, ODataSyntaxError):
        return f"cannot be understood: {str(error).rstrip('.')}"
    token = getattr(error, "token", None)
    if token is None:
        return "ends too early"
    return f"cannot be understood from {text[token.index :].strip()[:60]!r} on"


def ordering(text: str | None) -> tuple[ColumnElement[Any], ...]:
    """The order that a text such as ``StartTimeUTC desc, JobName`` describes; without one the newest first.

    Raises:
        InvalidArgument: it names an unknown field or direction.
    """
    if not text or not text.strip():
        return history.c.completion_time.desc(), history.c.id.desc()
    found: list[ColumnElement[Any]] = []
    for part in text.split(","):
        name, _, direction = part.strip().partition(" ")
        wanted = direction.strip().lower() or "asc"
        if wanted not in ("asc", "desc"):
            raise InvalidArgument(f"The order is asc or desc, not {direction.strip()}.", member="$orderby")
        column = _column(name, "$orderby")
        found.append(column.desc() if wanted == "desc" else column.asc())
    return (*found, history.c.id.desc())


def _column(name: str, member: str = "$filter") -> ColumnElement[Any]:
    column = _BY_NAME.get(name.lower())
    if column is None:
        raise InvalidArgument(f"{name} is not one of the fields {_SHOWN}.", member=member)
    return column


class _Conditions(NodeVisitor):
    """Turns a parsed filter into a condition; whatever is not named here is refused."""

    def generic_visit(self, node: ast._Node) -> Any:
        kind = type(node).__name__
        raise InvalidArgument(f"The filter uses {kind}, which is not supported here.", member="$filter")

    def __init__(self) -> None:
        self._depth = 0

    def visit(self, node: ast._Node) -> Any:
        """The condition of a node. Raises InvalidArgument when the filter is nested too deeply."""
        self._depth += 1
        if self._depth > _MOST_NESTED:
            raise InvalidArgument("The filter is nested too deeply.", member="$filter")
        try:
            return super().visit(node)
        finally:
            self._depth -= 1

    def visit_BoolOp(self, node: ast.BoolOp) -> ColumnElement[bool]:
        join = and_ if isinstance(node.op, ast.And) else or_
        return join(self.visit(node.left), self.visit(node.right))

    def visit_UnaryOp(self, node: ast.UnaryOp) -> ColumnElement[bool]:
        if not isinstance(node.op, ast.Not):
            self.generic_visit(node.op)
        operand: ColumnElement[bool] = self.visit(node.operand)
        return not_(operand)

    def visit_Compare(self, node: ast.Compare) -> ColumnElement[bool]:
        left, right = node.left, node.right
        comparator: type[ast._Node] = type(node.comparator)
        if not isinstance(left, ast.Identifier):
            left, right, comparator = right, left, _MIRRORED.get(comparator, comparator)
        column = self._field(left)
        if comparator is ast.In and isinstance(right, ast.List):
            return or_(*(_compared(column, ast.Eq, value) for value in right.val))
        return _compared(column, comparator, right)

    def visit_Call(self, node: ast.Call) -> ColumnElement[bool]:
        name, arguments = node.func.name.lower(), node.args
        if name not in ("contains", "startswith", "endswith") or len(arguments) != 2:
            raise InvalidArgument(f"The filter uses {name}, which is not supported here.", member="$filter")
        column, text = self._field(arguments[0]), arguments[1]
        if not isinstance(column.type, Unicode | UnicodeText) or not isinstance(text, ast.String):
            raise InvalidArgument(f"{name} takes a field that holds text, and a text.", member="$filter")
        search: dict[str, Callable[..., ColumnElement[bool]]] = {
            "contains": column.icontains,
            "startswith": column.istartswith,
            "endswith": column.iendswith,
        }
        return search[name](text.val, autoescape=True)

    def _field(self, node: ast._Node) -> ColumnElement[Any]:
        if not isinstance(node, ast.Identifier):
            raise InvalidArgument("Each comparison of the filter needs a field.", member="$filter")
        return _column(node.name)


def _compared(
    column: ColumnElement[Any], comparator: type[ast._Node], node: ast._Node
) -> ColumnElement[bool]:
    compare = _COMPARISONS.get(comparator)
    if compare is None:
        raise InvalidArgument("The filter's comparison is not supported here.", member="$filter")
    if isinstance(node, ast.Null):
        if comparator not in (ast.Eq, ast.NotEq):
            raise InvalidArgument("null can only be compared with eq and ne.", member="$filter")
        return column.is_(None) if comparator is ast.Eq else column.is_not(None)
    value = _value(column, node)
    if isinstance(value, str) and comparator in (ast.Eq, ast.NotEq):
        # A database's lower() may know ASCII only, so an exact match must count by itself.
        same = or_(column == value, func.lower(column) == value.lower())
        return same if comparator is ast.Eq else not_(same)
    condition: ColumnElement[bool] = compare(column, value)
    return condition


def _value(column: ColumnElement[Any], node: ast._Node) -> Any:
    """The literal as a value of the column's type. Raises InvalidArgument."""
    kind = column.type
    try:
        if isinstance(kind, UtcTime) and isinstance(node, ast.DateTime | ast.Date | ast.String):
            return _time(node.val)
        if isinstance(kind, SeverityRank) and isinstance(node, ast.String):
            return _SEVERITIES[node.val.lower()]
        if isinstance(kind, Integer | BigInteger) and isinstance(node, ast.Integer):
            number = int(node.val)
            if abs(number) <= _LARGEST:
                return number
        if isinstance(kind, Unicode | UnicodeText) and isinstance(node, ast.String):
            return node.val
    except (ValueError, KeyError, OverflowError):
        pass
    shown = getattr(node, "val", type(node).__name__)
    raise InvalidArgument(f"{shown!r} cannot be compared with that field.", member="$filter")


def _time(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
