"""The properties of jobs, folders, submissions and methods (semantics 2.2, 4.1; web services 1.6).

``always`` marks those that every document shows, as published for a plain job; ``places`` ends with where a
value may stand in for the job's. What nothing obeys yet says why not.
"""

from __future__ import annotations

from jams.dates import BaseTime, NonWorkdayRule
from jams.objects.enums import (
    CatchUp,
    ExitCodeHandling,
    MergeOption,
    MissedWindowAction,
    RetainOption,
    RunawayAction,
    Severity,
    SingleInstanceAction,
)

from .kinds import Place, ValueType
from .model import DEFINITION, Property

_LOGS = "Every run has a log of its own here, named by the server's setting, and kept."

_SUBMITTED = (*DEFINITION, Place.SUBMISSION)
_OF_METHODS = (*DEFINITION, Place.METHOD)
_RUN = (*_OF_METHODS, Place.SUBMISSION)

EXECUTE = (
    Property(
        name="ExecuteAs",
        value_type=ValueType.CREDENTIAL,
        description="The credential under whose account the job runs.",
        category="Execute",
        places=_SUBMITTED,
        always=True,
    ),
    Property(
        name="HomeDirectory",
        value_type=ValueType.TEXT,
        description="The directory in which the job's work starts.",
        category="Execute",
        places=_RUN,
        always=True,
    ),
    Property(
        name="ExecutionPriority",
        value_type=ValueType.INTEGER,
        description="The priority of the process at the operating system.",
        category="Execute",
        places=_SUBMITTED,
        default=0,
        unsupported="Processes run with the priority of the server here.",
    ),
    Property(
        name="ExitCodeHandling",
        value_type=ValueType.CHOICE,
        description="Which exit codes are good.",
        category="Execute",
        places=_OF_METHODS,
        default="ZeroIsGood",
        choices=ExitCodeHandling,
        unsupported_words=(("SetByHost", "No method here has a host that would set the severity."),),
    ),
    Property(
        name="ExitCodes",
        value_type=ValueType.EXIT_CODES,
        description="The numbers that ExitCodeHandling speaks of: one, a range or a list.",
        category="Execute",
        places=_OF_METHODS,
    ),
    Property(
        name="GoodPattern",
        value_type=ValueType.PATTERN,
        description="A pattern that the log of a good run matches.",
        category="Execute",
        places=_OF_METHODS,
    ),
    Property(
        name="BadPattern",
        value_type=ValueType.PATTERN,
        description="A pattern that the log of a failed run matches.",
        category="Execute",
        places=_OF_METHODS,
    ),
)

LOG = (
    Property(
        name="LogLocation",
        value_type=ValueType.TEXT,
        description="The directory of the job's logs, or a format for it.",
        category="Log",
        places=_RUN,
        always=True,
    ),
    Property(
        name="LogFilename",
        value_type=ValueType.TEXT,
        description="The name of the job's log.",
        category="Log",
        unsupported=_LOGS,
    ),
    Property(
        name="KeepLogs",
        value_type=ValueType.BOOLEAN,
        description="Whether a log is kept after the run.",
        category="Log",
        default=True,
        unsupported=_LOGS,
    ),
    Property(
        name="TimestampLogs",
        value_type=ValueType.BOOLEAN,
        description="Whether the name of a log bears the time of its run.",
        category="Log",
        default=True,
        unsupported=_LOGS,
    ),
)

COMPLETION = (
    Property(
        name="NotifyEMail",
        value_type=ValueType.EMAILS,
        description="Who is written to when an entry ends at NotifySeverity or worse, stalls or runs away; "
        "-* takes away those before it.",
        category="Completion",
        places=_SUBMITTED,
        merge=MergeOption.COMBINE,
        always=True,
    ),
    Property(
        name="NotifyUser",
        value_type=ValueType.BOOLEAN,
        description="Whether whoever submitted it by hand is written to as well.",
        category="Completion",
        default=False,
    ),
    Property(
        name="SuppressNotify",
        value_type=ValueType.BOOLEAN,
        description="Whether nobody is told of ends; recovery jobs are submitted all the same.",
        category="Completion",
        default=False,
    ),
    Property(
        name="NotificationJob",
        value_type=ValueType.JOB,
        description="The job that is submitted to tell people of an end at NotifySeverity or worse.",
        category="Completion",
    ),
    Property(
        name="RecoveryJob",
        value_type=ValueType.JOB,
        description="The job that is submitted when an entry ends at RecoverySeverity or worse.",
        category="Completion",
    ),
    Property(
        name="RecoveryInstructions",
        value_type=ValueType.TEXT,
        description="What people are to do when a run fails; kept and shown.",
        category="Completion",
        places=_OF_METHODS,
    ),
    Property(
        name="MinimumCompletionSeverity",
        value_type=ValueType.CHOICE,
        description="The worst severity that a setup or sequence takes for good.",
        category="Completion",
        choices=Severity,
    ),
    Property(
        name="RetainOption",
        value_type=ValueType.CHOICE,
        description="How long an ended entry stays in the monitor.",
        category="Completion",
        choices=RetainOption,
        places=_RUN,
    ),
    Property(
        name="RetainTime",
        value_type=ValueType.SPAN,
        description="How long an ended entry stays with the option Timed.",
        category="Completion",
        places=_RUN,
    ),
)

SCHEDULE = (
    Property(
        name="RetryCount",
        value_type=ValueType.INTEGER,
        description="How often a run that failed is tried again.",
        category="Schedule",
        places=_RUN,
        default=0,
        minimum=0,
        always=True,
    ),
    Property(
        name="RetryInterval",
        value_type=ValueType.SPAN,
        description="How long after its end a run that failed is tried again.",
        category="Schedule",
        places=_RUN,
        always=True,
    ),
    Property(
        name="Agent",
        value_type=ValueType.AGENT,
        description="The agent on which the job runs; the server's own machine, if none is named.",
        category="Schedule",
        places=_SUBMITTED,
        always=True,
    ),
    Property(
        name="BatchQueue",
        value_type=ValueType.QUEUE,
        description="The queue in which entries wait for their turn.",
        category="Schedule",
        places=(*_SUBMITTED, Place.ENTRY),
        always=True,
    ),
    Property(
        name="Calendar",
        value_type=ValueType.CALENDAR,
        description="The calendar whose date types and workdays the schedule is read with.",
        category="Schedule",
        always=True,
    ),
    Property(
        name="SchedulingPriority",
        value_type=ValueType.INTEGER,
        description="Which of the entries that are due starts first: the one with the highest number.",
        category="Schedule",
        places=(*_SUBMITTED, Place.ENTRY),
        merge=MergeOption.SUM,
        default=0,
        always=True,
    ),
    Property(
        name="AutoSubmit",
        value_type=ValueType.BOOLEAN,
        description="Whether the schedule places the job in the monitor by itself.",
        category="Schedule",
        default=True,
    ),
    Property(
        name="ScheduledDate",
        value_type=ValueType.DATES,
        description="The days on which the job runs.",
        category="Schedule",
    ),
    Property(
        name="ScheduledTime",
        value_type=ValueType.TIME_OF_DAY,
        description="The time of day at which it runs.",
        category="Schedule",
    ),
    Property(
        name="ExceptForDate",
        value_type=ValueType.DATES,
        description="The days on which it does not run.",
        category="Schedule",
    ),
    Property(
        name="ScheduledStartDate",
        value_type=ValueType.DAY,
        description="The day before which it does not run, and from which intervals count.",
        category="Schedule",
        aliases=("ScheduledDateStart",),
    ),
    Property(
        name="NonWorkdayScheduling",
        value_type=ValueType.CHOICE,
        description="What happens to a day that is no workday.",
        category="Schedule",
        default="Schedule",
        choices=NonWorkdayRule,
        synonyms=(("Ignore", "Schedule"),),
    ),
    Property(
        name="TimeZone",
        value_type=ValueType.TIME_ZONE,
        description="The zone of the times of the schedule.",
        category="Schedule",
    ),
    Property(
        name="CatchUp",
        value_type=ValueType.CHOICE,
        description="Which of the times that passed while the server was down run when it is back.",
        category="Schedule",
        default="All",
        choices=CatchUp,
    ),
    Property(
        name="CatchUpWithin",
        value_type=ValueType.SPAN,
        description="How long ago a time may have passed to run late; without it, any.",
        category="Schedule",
    ),
    Property(
        name="CatchUpMost",
        value_type=ValueType.INTEGER,
        description="How many of them run late with AtMost: the latest.",
        category="Schedule",
        default=1,
        minimum=1,
    ),
    Property(
        name="ResubmitDelay",
        value_type=ValueType.SPAN,
        description="How long after a run the job runs again.",
        category="Schedule",
    ),
    Property(
        name="ResubmitEnd",
        value_type=ValueType.TIME_OF_DAY,
        description="The time of day until which it runs again.",
        category="Schedule",
    ),
    Property(
        name="ResubmitBase",
        value_type=ValueType.CHOICE,
        description="From what ResubmitDelay counts.",
        category="Schedule",
        default="ScheduledTime",
        choices=BaseTime,
    ),
    Property(
        name="ResubmitOnError",
        value_type=ValueType.BOOLEAN,
        description="Whether it runs again after a run that failed, too.",
        category="Schedule",
    ),
    Property(
        name="ScheduleWindow",
        value_type=ValueType.NAMED_TIME,
        description="The named time within which it may run.",
        category="Schedule",
    ),
    Property(
        name="ScheduleFromTime",
        value_type=ValueType.TIME_OF_DAY,
        description="In place of a named time, the time of day from which it may run.",
        category="Schedule",
    ),
    Property(
        name="ScheduleToTime",
        value_type=ValueType.TIME_OF_DAY,
        description="In place of a named time, the time of day until which it may run.",
        category="Schedule",
    ),
    Property(
        name="MissedWindowAction",
        value_type=ValueType.CHOICE,
        description="What happens when the window closes first.",
        category="Schedule",
        default="NoAction",
        choices=MissedWindowAction,
    ),
    Property(
        name="NotifyOfMissedWindow",
        value_type=ValueType.BOOLEAN,
        description="Whether people are told when the window closes first.",
        category="Schedule",
        default=False,
    ),
    Property(
        name="PrecheckJob",
        value_type=ValueType.JOB,
        description="The job that says whether an entry may start.",
        category="Schedule",
    ),
    Property(
        name="PrecheckInterval",
        value_type=ValueType.SPAN,
        description="How long after a run the precheck job runs again.",
        category="Schedule",
    ),
    Property(
        name="SingleInstanceAction",
        value_type=ValueType.CHOICE,
        description="What an entry does while another one of the job is there.",
        category="Schedule",
        default="NoAction",
        choices=SingleInstanceAction,
    ),
    Property(
        name="SubmitOnHold",
        value_type=ValueType.BOOLEAN,
        description="Whether entries of the job come into the monitor held.",
        category="Schedule",
        default=False,
    ),
)

STATUS = (
    Property(
        name="Enabled",
        value_type=ValueType.BOOLEAN,
        description="Whether the job can be submitted.",
        category="Status",
        places=_SUBMITTED,
        default=True,
        always=True,
    ),
    Property(
        name="Restartable",
        value_type=ValueType.BOOLEAN,
        description="Whether an entry of the job may be run again.",
        category="Status",
        default=True,
        places=_RUN,
    ),
    Property(
        name="RunawayElapsed",
        value_type=ValueType.SPAN,
        description="How long a run may take until it counts as running away.",
        category="Status",
        places=_OF_METHODS,
    ),
    Property(
        name="RunawayElapsedPercent",
        value_type=ValueType.INTEGER,
        description="The same in percent of the average.",
        category="Status",
        places=_OF_METHODS,
        minimum=0,
    ),
    Property(
        name="RunawayCPU",
        value_type=ValueType.SPAN,
        description="How much CPU time a run may take until it counts as running away.",
        category="Status",
        places=_OF_METHODS,
    ),
    Property(
        name="RunawayAction",
        value_type=ValueType.CHOICE,
        description="What is done with a run that runs away.",
        category="Status",
        places=_OF_METHODS,
        default="NoAction",
        choices=RunawayAction,
    ),
    Property(
        name="ShortElapsed",
        value_type=ValueType.SPAN,
        description="How long a run has to take at least.",
        category="Status",
        places=_OF_METHODS,
    ),
    Property(
        name="ShortElapsedPercent",
        value_type=ValueType.INTEGER,
        description="The same in percent of the average.",
        category="Status",
        places=_OF_METHODS,
        minimum=0,
        maximum=100,
    ),
    Property(
        name="FailShort",
        value_type=ValueType.BOOLEAN,
        description="Whether a run that was too short has failed.",
        category="Status",
        places=_OF_METHODS,
        default=False,
    ),
    Property(
        name="ShortSeverity",
        value_type=ValueType.CHOICE,
        description="The severity of a run that was too short.",
        category="Status",
        places=_OF_METHODS,
        choices=Severity,
    ),
    Property(
        name="StalledTime",
        value_type=ValueType.SPAN,
        description="How long after its time an entry may wait until it counts as stalled.",
        category="Status",
        places=_OF_METHODS,
    ),
)

TELLING = (
    Property(
        name="NotifySeverity",
        value_type=ValueType.CHOICE,
        description="The least severity at which NotifyEMail and NotificationJob tell of an end.",
        category="Completion",
        default="Warning",
        choices=Severity,
    ),
    Property(
        name="RecoverySeverity",
        value_type=ValueType.CHOICE,
        description="The least severity at which the RecoveryJob is submitted.",
        category="Completion",
        default="Error",
        choices=Severity,
    ),
)
