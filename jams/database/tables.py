"""The tables. Searched and joined facts are columns; the rest of a document is JSON text.

A ``…_key`` column is the folded form of the name beside it, by which names are compared and are unique
(:func:`jams.database.names.fold`). Lengths stay within what SQL Server can index. With
``sqlite_autoincrement`` SQLite, too, never gives a deleted row's number to another: history would take a new
job for the old one.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    SmallInteger,
    String,
    Table,
    Unicode,
    UniqueConstraint,
    false,
    true,
)

from jams.objects.enums import AgentPlatform, AgentType, DataType, EntryState, Icon, MemberStage

from .access_tables import access_list as access_list
from .access_tables import access_rule as access_rule
from .access_tables import object_access as object_access
from .account_tables import account as account
from .account_tables import account_group as account_group
from .account_tables import failed_login as failed_login
from .account_tables import membership as membership
from .account_tables import outside_standing as outside_standing
from .account_tables import password_used as password_used
from .account_tables import personal_token as personal_token
from .account_tables import recovery_code as recovery_code
from .account_tables import token as token
from .audit_tables import audit as audit
from .audit_tables import audit_chain as audit_chain
from .audit_tables import audit_object as audit_object
from .calendar_tables import calendar as calendar
from .calendar_tables import calendar_date as calendar_date
from .calendar_tables import date_type as date_type
from .calendar_tables import date_type_link as date_type_link
from .calendar_tables import named_time as named_time
from .capacity_tables import queue as queue
from .capacity_tables import queue_agent as queue_agent
from .capacity_tables import resource as resource
from .capacity_tables import resource_held as resource_held
from .capacity_tables import resource_quantity as resource_quantity
from .columns import (
    Choice,
    Day,
    Document,
    Name,
    NameKey,
    Note,
    Path,
    PathKey,
    SeverityRank,
    UtcTime,
    YesNo,
)
from .container_tables import container as container
from .event_tables import event as event
from .event_tables import event_count as event_count
from .menu_tables import menu as menu
from .planning_tables import job_to_plan as job_to_plan
from .planning_tables import missed_point as missed_point
from .planning_tables import planning as planning
from .planning_tables import schedule_trigger as schedule_trigger
from .retention_tables import delivered as delivered
from .retention_tables import log_to_remove as log_to_remove
from .revision_tables import revision as revision
from .table_parts import Number, changed, index_where, named, number
from .table_parts import metadata as metadata
from .telling_tables import alert as alert
from .telling_tables import outbox as outbox
from .trigger_tables import armed_trigger as armed_trigger
from .trigger_tables import trigger as trigger
from .trigger_tables import trigger_event as trigger_event
from .trigger_tables import trigger_firing as trigger_firing
from .trigger_tables import trigger_mail as trigger_mail
from .trigger_tables import trigger_news as trigger_news
from .waiting_tables import file_fact as file_fact
from .waiting_tables import precheck as precheck
from .waiting_tables import wait_topic as wait_topic
from .waiting_tables import waiting_line as waiting_line

folder = Table(
    "folder",
    metadata,
    number(),
    Column("parent_id", Number, ForeignKey("folder.id"), nullable=True, index=True),
    *named(),
    Column("path", Path, nullable=False),
    Column("path_key", PathKey, nullable=False),
    *changed(),
    UniqueConstraint("path_key"),
    sqlite_autoincrement=True,
)
"""``path`` is kept true in the transaction that renames or moves a folder above."""

method = Table(
    "method",
    metadata,
    number(),
    *named(),
    Column("description", Note),
    Column("base", Name, nullable=False, server_default=""),
    Column("version", Number, nullable=False, server_default="1"),
    Column("changed", UtcTime),
    Column("changed_by", Name, nullable=False, server_default="JAMS"),
    Column("document", Document, nullable=False, server_default="{}"),
    UniqueConstraint("name_key"),
)
"""``base`` is the delivered method that runs its jobs (:mod:`jams.registry.execution_methods`), which has the
same
name where it is that one itself; ``changed`` is null where nobody has changed it.
"""

job = Table(
    "job",
    metadata,
    number(),
    Column("folder_id", Number, ForeignKey("folder.id"), nullable=False),
    *named(),
    Column("method_id", Number, ForeignKey("method.id"), nullable=False),
    Column("enabled", YesNo, nullable=True),
    Column("source", Document, nullable=False),
    *changed(),
    Column("last_autosubmit", UtcTime),
    Column("last_success", UtcTime),
    Column("last_info", UtcTime),
    Column("last_warning", UtcTime),
    Column("last_error", UtcTime),
    Column("last_fatal", UtcTime),
    Column("last_reset", UtcTime),
    Column("run_count", Integer, nullable=False, default=0),
    Column("min_elapsed", Float),
    Column("sum_elapsed", Float),
    Column("max_elapsed", Float),
    Column("cpu_count", Integer, nullable=False, default=0),
    Column("min_cpu", Float),
    Column("sum_cpu", Float),
    Column("max_cpu", Float),
    UniqueConstraint("folder_id", "name_key"),
    Index(None, "name_key"),
    sqlite_autoincrement=True,
)
"""``enabled`` is null where the folder decides."""

variable = Table(
    "variable",
    metadata,
    number(),
    Column("folder_id", Number, ForeignKey("folder.id"), nullable=False),
    *named(),
    Column("data_type", Choice(DataType), nullable=False),
    Column("value", Note),
    *changed(),
    Column("secret", Note),
    UniqueConstraint("folder_id", "name_key"),
    Index(None, "name_key"),
    sqlite_autoincrement=True,
)
"""``secret`` is the sealed value of one that is encrypted, whose ``value`` is null."""

variable_use = Table(
    "variable_use",
    metadata,
    Column("owner", String(8), primary_key=True),
    Column("owner_id", Number, primary_key=True),
    Column("variable_id", Number, ForeignKey("variable.id"), primary_key=True),
    Index(None, "variable_id"),
)
"""Which folder, job or method has a parameter that takes its default from a variable."""

reference_use = Table(
    "reference_use",
    metadata,
    Column("name_key", NameKey, primary_key=True),
    Column("owner", String(8), primary_key=True),
    Column("owner_id", Number, primary_key=True),
    Index(None, "owner", "owner_id"),
)
"""What a folder, job, agent or method names in properties: kind and number, or kind and last name."""

agent = Table(
    "agent",
    metadata,
    number(),
    *named(),
    Column("agent_type", Choice(AgentType), nullable=False),
    Column("platform", Choice(AgentPlatform), nullable=False),
    Column("job_limit", BigInteger, nullable=False),
    Column("online", YesNo, nullable=False),
    *changed(),
    UniqueConstraint("name_key"),
    sqlite_autoincrement=True,
)

credential = Table(
    "credential",
    metadata,
    number(),
    *named(),
    Column("user_name", Note, nullable=False),
    Column("secret", Note, nullable=False),
    *changed(),
    Column("private_key", Note),
    UniqueConstraint("name_key"),
    sqlite_autoincrement=True,
)
"""``secret``, the password, and ``private_key`` are sealed (:mod:`jams.security.vault`)."""

entry = Table(
    "entry",
    metadata,
    Column("number", Number, primary_key=True, autoincrement=False),
    Column("version", Integer, nullable=False, default=1),
    Column("ron", BigInteger, nullable=False),
    Column("job_id", BigInteger),
    Column("job_name", Name, nullable=False),
    Column("job_name_key", NameKey, nullable=False),
    Column("folder_id", BigInteger, nullable=False),
    Column("folder_name", Path, nullable=False),
    Column("method_id", BigInteger, nullable=False),
    Column("agent_id", BigInteger, nullable=False),
    Column("queue_id", BigInteger),
    Column("submitted_by", Name, nullable=False),
    Column("submitted_by_key", NameKey, nullable=False),
    Column("state", Choice(EntryState), nullable=False),
    Column("held", YesNo, nullable=False, default=False),
    Column("priority", Integer, nullable=False, default=0),
    Column("scheduled_time", UtcTime, nullable=False),
    Column("original_hold_time", UtcTime),
    Column("hold_time", UtcTime),
    Column("trigger_id", BigInteger),
    Column("point", UtcTime),
    Column("day", Day),
    Column("start_time", UtcTime),
    Column("completion_time", UtcTime),
    Column("retain_until", UtcTime),
    Column("final_severity", SeverityRank),
    Column("final_status", Note),
    Column("final_status_code", BigInteger),
    Column("job_status", Note),
    Column("process_id", BigInteger),
    Column("log_filename", Note),
    Column("restart_count", Integer, nullable=False, default=0),
    Column("source", Document, nullable=False),
    Column("document", Document, nullable=False),
    Column("look_at", UtcTime),
    Column("stalled", YesNo, nullable=False, server_default=false()),
    Column("runaway", YesNo, nullable=False, server_default=false()),
    Column("icon", Choice(Icon)),
    Column("icon_permanent", YesNo, nullable=False, server_default=false()),
    Column("icon_message", Note),
    Column("demands", YesNo, nullable=False, server_default=false()),
    Column("opens_at", UtcTime),
    Column("ready_at", UtcTime),
    Column("since", UtcTime),
    Column("line_id", BigInteger),
    Column("passed", Integer, nullable=False, server_default="0"),
    Column("attempt", Integer, nullable=False, server_default="0"),
    Column("halted", YesNo, nullable=False, server_default=false()),
    Column("current_step", Integer),
    Column("parent", BigInteger),
    Column("parent_ron", BigInteger),
    Column("place", Integer),
    Column("branch", Integer),
    Column("stage", Choice(MemberStage)),
    Column("raised", Document, nullable=False, server_default=""),
    Index(None, "state", "priority", "number"),
    Index(None, "job_id"),
    Index(None, "job_name_key"),
    Index(None, "folder_id"),
    Index(None, "submitted_by_key"),
    Index(None, "retain_until"),
)
"""The live schedule. ``version`` grows with every change and never repeats for a number.

``look_at`` is when the limits of its definition are to be looked at, ``raised`` which of them were passed;
the icon, with its message, is what its run has set. What runs by itself has the trigger and the point that it
was made for, and the day of that in its zone. ``demands``: it waits for more than its time and its agent;
``opens_at``: when time may let it on; ``ready_at``: since when ends of other jobs count; ``since``: since
when it stands where it stands; ``line_id``: the line in which it waits for capacity; ``passed``: kinds of
release by which it passes; ``attempt``: how often its run was tried again.

A setup or sequence has ``halted`` and ``current_step``. Its members have the entry of which they are one
(``parent``) and the run of it to which they belong, their place in its tree, the place under which they are
counted there, and how far it has come with them.
"""

index_where(entry.c.look_at.is_not(None), entry.c.look_at)
index_where(entry.c.opens_at.is_not(None), entry.c.state, entry.c.opens_at)
for _columns in (
    (entry.c.line_id, entry.c.priority.desc(), entry.c.since, entry.c.number),
    (entry.c.priority.desc(), entry.c.since, entry.c.number, entry.c.line_id),
    (entry.c.since, entry.c.line_id),
):
    index_where(entry.c.line_id.is_not(None), *_columns)
index_where(
    entry.c.parent.is_not(None),
    *(entry.c[name] for name in ("parent", "parent_ron", "branch", "stage", "state")),
)
index_where(entry.c.trigger_id.is_not(None), entry.c.trigger_id, entry.c.point, unique=True)

run = Table(
    "run",
    metadata,
    Column("token", String(32), primary_key=True),
    Column("number", Number, ForeignKey("entry.number"), nullable=False, unique=True),
    Column("ron", BigInteger, nullable=False),
    Column("agent_id", BigInteger, nullable=False),
    Column("queue_id", BigInteger, index=True),
    Column("claimed", UtcTime, nullable=False),
    Column("abort", SmallInteger, nullable=False, default=0),
    Column("abort_severity", SeverityRank),
    Column("abort_by", Name),
    Column("restart", SmallInteger, nullable=False, default=0),
)
"""A start that was claimed and is not settled. ``abort``: 0 no, 1 asked for, 2 by force; ``restart``:
0 no, 1 run again afterwards, 2 run again and hold."""

history = Table(
    "history",
    metadata,
    number(),
    Column("number", BigInteger, nullable=False),
    Column("ron", BigInteger, nullable=False),
    Column("job_id", BigInteger),
    Column("job_name", Name, nullable=False),
    Column("job_name_key", NameKey, nullable=False),
    Column("folder_id", BigInteger, nullable=False),
    Column("folder_name", Path, nullable=False),
    Column("path_key", Unicode(1056), nullable=False),
    Column("submitted_by", Name, nullable=False),
    Column("user_name", Name, nullable=False),
    Column("scheduled_time", UtcTime),
    Column("hold_time", UtcTime),
    Column("start_time", UtcTime),
    Column("completion_time", UtcTime, nullable=False),
    Column("final_severity", SeverityRank, nullable=False),
    Column("final_status", Note, nullable=False),
    Column("final_status_code", BigInteger),
    Column("job_status", Note),
    Column("note", Note),
    Column("elapsed", Float),
    Column("cpu", Float),
    Column("log_filename", Note),
    Column("agent_id", BigInteger, nullable=False),
    Column("process_id", BigInteger),
    Column("restart_count", Integer, nullable=False),
    Column("priority", Integer, nullable=False),
    Column("held", YesNo, nullable=False),
    Column("document", Document, nullable=False),
    Column("counts", YesNo, nullable=False, server_default=true()),
    Column("day", Day),
    Column("setup_key", Unicode(1056)),
    Index(None, "job_id", "completion_time"),
    Index(None, "folder_id", "completion_time"),
    Index(None, "completion_time"),
    Index(None, "number"),
    Index(None, "job_name_key"),
    Index(None, "submitted_by", "completion_time"),
    sqlite_autoincrement=True,
)
"""What has run, with the names of the time when it ran; there is no reference to what may be deleted.
``counts``: it is an end that others may wait for; ``day``: for which day it was; ``setup_key``: the path of
the setup or sequence of which it was a member."""

index_where(history.c.setup_key.is_not(None), history.c.setup_key, history.c.completion_time)

entry_audit = Table(
    "entry_audit",
    metadata,
    number(),
    Column("number", BigInteger, nullable=False, index=True),
    Column("time", UtcTime, nullable=False),
    Column("user_name", Name, nullable=False),
    Column("message", Note, nullable=False),
    Column("comment", Note),
    Column("details", Note),
)

retry_key = Table(
    "retry_key",
    metadata,
    Column("account", Name, primary_key=True),
    Column("retry_key", Name, primary_key=True),
    Column("fingerprint", String(64), nullable=False),
    Column("answer", Document, nullable=False),
    Column("time", UtcTime, nullable=False, index=True),
)

setting = Table(
    "setting",
    metadata,
    number(),
    *named(),
    Column("data_type", String(16), nullable=False),
    Column("value", Note, nullable=False),
    *changed(),
    UniqueConstraint("name_key"),
    sqlite_autoincrement=True,
)
"""What was set. A setting that the program knows and that has no row has its default."""

happening = Table(
    "happening",
    metadata,
    number(),
    Column("topic", Unicode(255), nullable=False, index=True),
    Column("time", UtcTime, nullable=False),
    sqlite_autoincrement=True,
)
"""What the scheduler has yet to hear of (:mod:`jams.database.happenings`)."""

server = Table(
    "server",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("token", String(32), nullable=False),
    Column("name", Name, nullable=False),
    Column("host", Name, nullable=False),
    Column("process_id", BigInteger, nullable=False),
    Column("started", UtcTime, nullable=False),
)
"""One row: the server that works with the database (:mod:`jams.database.servers`)."""

counter = Table(
    "counter",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("entry", BigInteger, nullable=False),
    Column("ron", BigInteger, nullable=False),
    Column("definitions", BigInteger, nullable=False),
    Column("version", BigInteger, nullable=False),
)
"""One row: the last entry number and the last run number that were given out, for which PostgreSQL has
sequences (:mod:`jams.database.numbers`), the stamp of all definitions
(:mod:`jams.database.definition_stamps`), and the last version that one of them got."""
