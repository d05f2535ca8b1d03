"""The tables of what there is only so much of: queues, and resources with who holds how much of them."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, ForeignKey, String, Table, UniqueConstraint

from .columns import UtcTime, YesNo
from .table_parts import Number, changed, metadata, named, number

queue = Table(
    "queue",
    metadata,
    number(),
    *named(),
    Column("job_limit", BigInteger, nullable=False),
    Column("started", YesNo, nullable=False),
    *changed(),
    UniqueConstraint("name_key"),
    sqlite_autoincrement=True,
)
"""How many of a queue's jobs run is the number of its rows in ``run``."""

queue_agent = Table(
    "queue_agent",
    metadata,
    Column("queue_id", Number, ForeignKey("queue.id"), primary_key=True),
    Column("agent_id", Number, ForeignKey("agent.id"), primary_key=True, index=True),
)
"""The agents on which a queue was started; none means that the job says where it runs."""

resource = Table(
    "resource",
    metadata,
    number(),
    *named(),
    Column("quantity", BigInteger, nullable=False),
    Column("agent_specific", YesNo, nullable=False),
    *changed(),
    UniqueConstraint("name_key"),
    sqlite_autoincrement=True,
)
"""``quantity`` is how much there is; of one specific to agents, at each that has no quantity of its own."""

resource_quantity = Table(
    "resource_quantity",
    metadata,
    Column("resource_id", Number, ForeignKey("resource.id"), primary_key=True),
    Column("agent_id", Number, ForeignKey("agent.id"), primary_key=True, index=True),
    Column("quantity", BigInteger, nullable=False),
)
"""How much of a resource there is at an agent, where it is specific to agents; others have the usual."""

resource_held = Table(
    "resource_held",
    metadata,
    number(),
    Column("resource_id", Number, ForeignKey("resource.id"), nullable=False, index=True),
    Column("agent_id", BigInteger),
    Column("number", BigInteger, nullable=False, index=True),
    Column("token", String(32)),
    Column("quantity", BigInteger, nullable=False),
    Column("since", UtcTime, nullable=False),
)
"""What an entry holds of a resource. ``token`` is that of the run that took it by its requirements, and null
where its script did; ``agent_id`` is null where the resource is not specific to agents."""
