"""Types of elements for which an entry waits (semantics 2.9, 2.10, 3.6)."""

from __future__ import annotations

from jams.objects.enums import (
    ComparisonOperator,
    ElementKind,
    FilePresence,
    MissedWindowAction,
    Severity,
)

from .building import choosing, element, holding
from .kinds import ValueType

DEPENDS_ON = holding(
    "DependsOnJob",
    ValueType.JOB,
    "The job that has to end first.",
    required=True,
    aliases=("DependOnJobName",),
)
SEVERITY = choosing("CompletionSeverity", Severity, "How well it has to end, at least.", "Success")

TYPES = (
    element(
        "JobDependency",
        ElementKind.PREREQUISITE,
        "Lets the job wait until another one has ended.",
        DEPENDS_ON,
        SEVERITY,
        holding("SinceJob", ValueType.JOB, "The job since whose last run the other has to end."),
        choosing("SinceSeverity", Severity, "How well that run has to have ended, at least."),
        holding("WithinTime", ValueType.SPAN, "How long ago the other may have ended, at most."),
        holding(
            "WaitForAll",
            ValueType.BOOLEAN,
            "Whether all of its entries in the schedule have to end.",
            default=False,
            aliases=("WaitIfQueued",),
        ),
    ),
    element(
        "DateSpecificDependency",
        ElementKind.PREREQUISITE,
        "Lets the job wait until another one has ended that was scheduled for a day.",
        DEPENDS_ON,
        SEVERITY,
        holding("ScheduledDate", ValueType.DATES, "The day for which it was scheduled.", one_day=True),
    ),
    element(
        "RemoteJobDependency",
        ElementKind.PREREQUISITE,
        "Lets the job wait until one of another server has ended.",
        holding("Server", ValueType.TEXT, "The other server.", required=True, longest=255),
        holding("DependsOnJob", ValueType.TEXT, "The path of the job there.", required=True),
        SEVERITY,
        unsupported="This server asks no other server yet.",
    ),
    element(
        "VariableDependency",
        ElementKind.PREREQUISITE,
        "Lets the job wait until a variable has a value.",
        holding("Variable", ValueType.VARIABLE, "The variable.", required=True),
        choosing("ComparisonOperator", ComparisonOperator, "How it is compared.", "Equal"),
        holding("Value", ValueType.TEXT, "With what it is compared.", required=True),
    ),
    element(
        "FileDependency",
        ElementKind.PREREQUISITE,
        "Lets the job wait until a file is there, or is not.",
        holding("FileName", ValueType.FILE, "The path; its last part may hold * and ?.", required=True),
        choosing("FilePresence", FilePresence, "Whether the file has to be there.", "Present"),
        holding(
            "Agent",
            ValueType.AGENT,
            "The agent on which it is looked for.",
            unsupported="Files are looked for on the server's own machine yet.",
        ),
    ),
    element(
        "PrecheckJob",
        ElementKind.PREREQUISITE,
        "Lets another job say whether this one may start.",
        holding(
            "Job", ValueType.JOB, "The other job.", required=True, submits=True, aliases=("PrecheckJob",)
        ),
        holding(
            "Delay", ValueType.SPAN, "How long after a run it runs again.", aliases=("PrecheckInterval",)
        ),
    ),
    element(
        "ResourceRequirement",
        ElementKind.PREREQUISITE,
        "Lets the job wait until a resource is free, and takes it for the run.",
        holding("Resource", ValueType.RESOURCE, "The resource.", required=True),
        holding(
            "Quantity",
            ValueType.INTEGER,
            "How much of it; a negative number at a job takes back what comes from above.",
            default=1,
        ),
    ),
    element(
        "ScheduleWindow",
        ElementKind.PREREQUISITE,
        "Lets the job start within a part of the day only.",
        holding("NamedTime", ValueType.NAMED_TIME, "The named time within which it may start."),
        holding("FromTime", ValueType.TIME_OF_DAY, "In place of a named time, from when on it may start."),
        holding("ToTime", ValueType.TIME_OF_DAY, "Until when it may start."),
        choosing(
            "MissedWindowAction", MissedWindowAction, "What happens when the window closes first.", "NoAction"
        ),
    ),
)
