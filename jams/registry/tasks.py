"""Types of elements of which the source of a sequence or setup is made (semantics 2.3)."""

from __future__ import annotations

from jams.objects.enums import ElementKind, FailureAction, Severity

from .building import choosing, element, holding
from .kinds import Place, ValueType

_NO_SCRIPTS = "A sequence runs jobs here: make a job of it, and submit that."
_SOURCE = (Place.SOURCE,)

PARENT = holding("ParentTaskID", ValueType.TEXT, "The elementUid of the container it lies in.", longest=64)
TITLE = holding("DisplayTitle", ValueType.TEXT, "What it is called where it is shown.", longest=255)

TYPES = (
    element(
        "SequenceTask",
        ElementKind.TASK,
        "Runs the tasks in it one after the other.",
        PARENT,
        TITLE,
        places=_SOURCE,
    ),
    element(
        "ParallelTask",
        ElementKind.TASK,
        "Runs the tasks in it beside each other.",
        PARENT,
        TITLE,
        places=_SOURCE,
    ),
    element(
        "FailureActionTask",
        ElementKind.TASK,
        "Says what a failure of the tasks in it does to the sequence.",
        choosing("FailureAction", FailureAction, "What it does.", "Fail"),
        PARENT,
        TITLE,
        places=_SOURCE,
    ),
    element(
        "SubmitJobTask",
        ElementKind.TASK,
        "Submits a job as a member of the sequence, or of a step of the setup.",
        holding("SubmitJob", ValueType.JOB, "The job.", required=True, submits=True),
        choosing("CompletionSeverity", Severity, "The worst severity that is good; else what its job says."),
        choosing(
            "FailureAction", FailureAction, "What a worse one does; without it, what is around it says."
        ),
        holding(
            "WaitFor",
            ValueType.BOOLEAN,
            "Whether what follows waits for its end.",
            default=True,
        ),
        holding(
            "Step",
            ValueType.INTEGER,
            "In a setup, the step to which it belongs: lower ones come first, equal ones run together.",
            minimum=0,
        ),
        holding("OnlySubmitOn", ValueType.DATES, "The days on which it is submitted at all."),
        holding("ScheduleForDate", ValueType.DATES, "The day for which it is submitted.", one_day=True),
        holding("ScheduledTime", ValueType.TIME_OF_DAY, "The time for which it is submitted."),
        holding("ExceptForDate", ValueType.DATES, "The days on which it is not submitted."),
        holding("Credential", ValueType.CREDENTIAL, "The credential under whose account it runs."),
        holding("BatchQueueName", ValueType.QUEUE, "The queue in which it waits."),
        holding("AgentName", ValueType.AGENT, "The agent on which it runs."),
        holding("OverrideJobName", ValueType.TEXT, "What its entry is called.", longest=255),
        PARENT,
        TITLE,
        places=_SOURCE,
    ),
    element(
        "JobParameter",
        ElementKind.TASK_COMPONENT,
        "Gives a parameter of a member its value.",
        holding("ParameterName", ValueType.TEXT, "The name of the parameter.", required=True, longest=255),
        holding("Value", ValueType.TEXT, "Its value.", aliases=("DefaultValue",)),
        holding("VariableName", ValueType.VARIABLE, "In place of a value, the variable that has it."),
        PARENT,
        places=_SOURCE,
    ),
    element(
        "PowerShellScriptTask",
        ElementKind.TASK,
        "Runs a PowerShell script.",
        holding("PSScript", ValueType.TEXT, "The script.", required=True, longest=1 << 20),
        PARENT,
        TITLE,
        places=_SOURCE,
        unsupported=_NO_SCRIPTS,
    ),
    element(
        "SqlQueryTask",
        ElementKind.TASK,
        "Runs a query in a database.",
        holding("SqlQueryText", ValueType.TEXT, "The query.", required=True, longest=1 << 20),
        holding("DatabaseName", ValueType.TEXT, "The database.", longest=255),
        holding("SqlAgent", ValueType.TEXT, "The connection to it.", longest=255),
        PARENT,
        TITLE,
        places=_SOURCE,
        unsupported=_NO_SCRIPTS,
    ),
)
