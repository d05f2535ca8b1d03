"""The properties of each kind of object, by name."""

from __future__ import annotations

from . import agent_properties, job_properties, source_properties
from .kinds import Place
from .model import PropertySet

JOB_PROPERTIES = PropertySet(
    "a job or folder",
    (
        *job_properties.EXECUTE,
        *source_properties.SOURCE,
        *job_properties.LOG,
        *job_properties.COMPLETION,
        *job_properties.SCHEDULE,
        *job_properties.STATUS,
        *job_properties.TELLING,
    ),
)
"""Of jobs and folders, and by their places of submissions and entries."""

METHOD_PROPERTIES = JOB_PROPERTIES.at(Place.METHOD)

AGENT_PROPERTIES = PropertySet(
    "an agent",
    (
        *agent_properties.CONNECTION,
        *agent_properties.SESSION,
        *agent_properties.LOGON,
        *agent_properties.JOBS,
    ),
)
