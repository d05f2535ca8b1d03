"""The environment variables of a job."""

from __future__ import annotations

import os
from collections.abc import Mapping

from jams.objects.job_environment import OWN_PREFIX, variable_name
from jams.objects.run import RunRequest

from .marks import VARIABLE

_OF_THE_SERVER = frozenset(
    {
        *("PGPASSWORD", "PGPASSFILE", "PGSERVICEFILE", "PGSSLKEY"),
        *("CREDENTIALS_DIRECTORY", "NOTIFY_SOCKET", "WATCHDOG_PID", "WATCHDOG_USEC"),
        *("LISTEN_FDS", "LISTEN_PID", "LISTEN_FDNAMES"),
    }
)
"""How the server is told secrets of its database, and what its service manager tells it alone."""


def base_environment(environment: Mapping[str, str] = os.environ) -> dict[str, str]:
    """What a job inherits: everything but what is the server's own, which may be secret."""
    return {
        name: value
        for name, value in environment.items()
        if not name.upper().startswith(OWN_PREFIX) and name.upper() not in _OF_THE_SERVER
    }


def job_environment(base: Mapping[str, str], request: RunRequest, log: str, mark: str) -> dict[str, str]:
    """The whole environment of one run; what comes later wins.

    ``base``, the request's own variables, its parameters with the secret ones, then JAMS_ENTRY, JAMS_RON,
    JAMS_JOB, JAMS_FOLDER, JAMS_LOG and JAMS_RUN (by which its processes are known again:
    :mod:`jams.executor.marks`). A shell passes on only names of letters, digits and underscores.
    """
    return {
        **base,
        **request.environment,
        **{variable_name(name): value for name, value in request.parameters.items() if name},
        **{variable_name(name): value for name, value in request.secrets.items() if name},
        "JAMS_ENTRY": str(request.jams_entry),
        "JAMS_RON": str(request.ron),
        "JAMS_JOB": request.job_name,
        "JAMS_FOLDER": request.folder_name,
        "JAMS_LOG": log,
        VARIABLE: mark,
    }
