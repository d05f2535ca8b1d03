"""What the server is and how it fares."""

from __future__ import annotations

import platform

import jams
from jams.objects.enums import Severity
from jams.objects.errors import NotSupported
from jams.objects.session import FailoverChange, FailoverStatus, ServerInfo, ServerStatus
from jams.security.rights import Configuration, ServerAccess

from .catalogue import Message
from .context import Context
from .declaration import operation
from .visibility import sight_of


@operation(
    right=None,
    rest="GET /health",
    soap="Server.CheckHealth",
    cmdlet="Test-JAMSServer",
    command="health",
)
def check_health(context: Context) -> Message:
    """Say whether the server answers and its database can be read.

    Needs no caller, and tells nobody anything else.

    Raises:
        ServerUnavailable: the database cannot be read.
    """
    context.database.check()
    return "The JAMServer is ready."


@operation(
    right=ServerAccess.INQUIRE,
    rest="GET /server",
    line=("product", "version", "timeOffset"),
    soap="Server.GetInfo",
    cmdlet="Get-JAMSServer",
    command="server",
)
def get_server(context: Context) -> ServerInfo:
    """Show what the server is: product, version, database, clock."""
    now = context.now()
    return ServerInfo(
        product="JAMS",
        version=jams.__version__,
        server_name=context.services.server_name,
        started_utc=context.services.started,
        time_utc=now,
        time_offset=now.astimezone().strftime("%z"),
        database=context.database.dialect,
        schema_version=context.database.schema_version,
        platform=platform.system(),
        python=platform.python_version(),
        jobs_run_as=context.services.jobs_run_as,
        jobs_apart=context.services.jobs_apart,
    )


@operation(
    right=ServerAccess.INQUIRE,
    rest="GET /server/serverStatus",
    soap="Server.GetStatus",
    cmdlet="Get-JAMSServerStatus",
    command="status",
)
def get_server_status(context: Context) -> ServerStatus:
    """Show the health light: the worst thing known, in words, and how many entries wait and run.

    Counted are the entries that the caller may see.
    """
    waiting, executing = context.scheduler.counts(sight_of(context))
    active = context.scheduler.active
    return ServerStatus(
        message="JAMS is running." if active else "The scheduler is not running.",
        severity=Severity.SUCCESS if active else Severity.ERROR,
        scheduler_active=active,
        entries_waiting=waiting,
        entries_executing=executing,
        statistics=context.services.statistics(),
    )


@operation(
    right=ServerAccess.INQUIRE,
    rest="GET /server/failover",
    soap="Server.GetFailoverStatus",
    cmdlet="Get-JAMSFailoverStatus",
    command="failover",
    columns=("status", "role", "primary", "secondary"),
)
def get_failover_status(context: Context) -> FailoverStatus:
    """Show which server does the work: this one, for there is no other that could stand in for it."""
    name, active = context.services.server_name, context.scheduler.active
    return FailoverStatus(
        status="Active" if active else "Passive",
        role="Primary",
        primary=name,
        secondary="",
        message=f"{name} is the only server, and "
        + ("its scheduler runs." if active else "its scheduler does not run."),
    )


@operation(
    right=Configuration.EXECUTE,
    rest="PUT /server/failover",
    soap="Server.SetFailoverStatus",
    cmdlet="Set-JAMSFailoverStatus",
    command="set-failover",
)
def set_failover_status(context: Context, body: FailoverChange) -> Message:
    """Have another server do the work. There is one alone here, so that this is always refused, and why.

    Raises:
        NotSupported: there is no other server.
    """
    told = get_failover_status(context).message
    raise NotSupported(
        f"{told} There is no second one that could take its place: what it does cannot be handed over.",
        target="active" if body.active else "passive",
    )


@operation(
    right=ServerAccess.INQUIRE,
    rest="GET /scheduler/active",
    soap="Server.IsActive",
    cmdlet="Test-JAMSScheduler",
    command="scheduler",
)
def is_scheduler_active(context: Context) -> bool:
    """Say whether this server's scheduler is the active one."""
    return context.scheduler.active
