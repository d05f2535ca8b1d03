"""Numbers by the thousand in a condition: one parameter, so the statement stays the same however many."""

from __future__ import annotations

import json
from collections.abc import Collection
from typing import Any

from sqlalchemy import (
    ARRAY,
    BigInteger,
    Column,
    ColumnElement,
    Connection,
    String,
    bindparam,
    func,
    select,
)


def among(c: Connection, column: Column[int], numbers: Collection[int]) -> ColumnElement[bool]:
    """Whether a column holds one of many numbers.

    PostgreSQL joins with them: compared with an array, each row that a kept plan looks at would be compared
    with each number, where the plan was made while the table was small.
    """
    if c.dialect.name == "postgresql":
        return column.in_(select(func.unnest(bindparam(None, list(numbers), type_=ARRAY(BigInteger)))))
    text: Any = bindparam(None, json.dumps(list(numbers)), type_=String)
    return column.in_(select(func.json_each(text).table_valued("value").c.value))
