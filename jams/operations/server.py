"""What the server is and how it fares."""

from __future__ import annotations

import platform

import jams
from jams.objects.enums import Severity
from jams.objects.session import ServerInfo, ServerStatus
from jams.security.rights import ServerAccess

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
    waiting, executing = context.scheduler.counts(sight_of(context).of)
    active = context.scheduler.active
    return ServerStatus(
        message="JAMS is running." if active else "The scheduler is not running.",
        severity=Severity.SUCCESS if active else Severity.ERROR,
        scheduler_active=active,
        entries_waiting=waiting,
        entries_executing=executing,
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
