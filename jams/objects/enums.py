"""The enumerations of the interface, with the member names of the published documents."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum


class Severity(Enum):
    """How a run ended, best first. A minimum severity is met by itself and everything better."""

    SUCCESS = "Success"
    INFO = "Info"
    WARNING = "Warning"
    ERROR = "Error"
    FATAL = "Fatal"

    @property
    def rank(self) -> int:
        """0 for the best, 4 for the worst."""
        return _RANKS[self]


_RANKS = {severity: rank for rank, severity in enumerate(Severity)}


class EntryState(Enum):
    """Where an entry stands in its life, in order (semantics 2.4).

    An entry that has ended stays visible as COMPLETE until its retain time is over.
    """

    SCHEDULED = "Scheduled"
    HELD = "Held"
    TIMED = "Timed"
    STEP_WAIT = "StepWait"
    DEPENDENCY_WAIT = "DependencyWait"
    PRECHECK_WAIT = "PrecheckWait"
    RESOURCE_WAIT = "ResourceWait"
    PENDING = "Pending"
    STARTING = "Starting"
    EXECUTING = "Executing"
    IDLE = "Idle"
    COMPLETING = "Completing"
    COMPLETE = "Complete"

    @property
    def ended(self) -> bool:
        """Whether nothing will happen to the entry any more by itself."""
        return self is EntryState.COMPLETE

    @property
    def waiting(self) -> bool:
        """Whether the entry has not been handed to the executor yet."""
        return self not in _PAST_WAITING


_PAST_WAITING = frozenset(
    {EntryState.STARTING, EntryState.EXECUTING, EntryState.IDLE, EntryState.COMPLETING, EntryState.COMPLETE}
)


class DataType(Enum):
    """The type of a variable or parameter."""

    UNKNOWN = "Unknown"
    TEXT = "Text"
    INTEGER = "Integer"
    FLOAT = "Float"
    DATE = "Date"
    TIME = "Time"
    DATE_TIME = "DateTime"
    BOOLEAN = "Boolean"


class ValidationType(Enum):
    """How a parameter's value is checked."""

    NONE = "None"
    RANGE = "Range"
    REGEX = "Regex"
    SELECT = "Select"
    MASKED_EDIT = "MaskedEdit"
    DIRECTORY = "Directory"
    OPEN_FILE = "OpenFile"
    SAVE_FILE = "SaveFile"


class ParameterOrigin(Enum):
    """Where a parameter is defined."""

    JOB = "Job"
    FOLDER = "Folder"
    METHOD = "Method"


class InheritedFromType(Enum):
    """Where an inherited value comes from."""

    NOT_INHERITED = "NotInherited"
    FOLDER = "Folder"
    JOB = "Job"
    METHOD = "Method"
    ELEMENT_TYPE = "ElementType"


class MergeOption(Enum):
    """How a property's value at a job joins the one that comes from above (class library reference)."""

    UNKNOWN = "Unknown"
    APPEND = "Append"
    INSERT = "Insert"
    COMBINE = "Combine"
    REPLACE = "Replace"
    INHERIT = "Inherit"
    TAKE_FIRST = "TakeFirst"
    HIGHEST = "Highest"
    LOWEST = "Lowest"
    SUM = "Sum"


class AgentState(Enum):
    """The connection to an agent."""

    CONNECTED = "Connected"
    CONNECTING = "Connecting"
    DISCONNECTED = "Disconnected"
    DISCONNECTING = "Disconnecting"
    DROPPED = "Dropped"
    FAILED = "Failed"
    IDLE = "Idle"
    OFFLINE = "Offline"
    ONLINE = "Online"
    THROTTLED = "Throttled"
    TIMEOUT = "Timeout"
    UNAUTHENTICATED = "Unauthenticated"
    UNKNOWN = "Unknown"
    UNREACHABLE = "Unreachable"


class AgentType(Enum):
    """How the scheduler reaches an agent. ``WinRM``, a Windows host without an agent, is ours."""

    LOCAL = "Local"
    INCOMING = "Incoming"
    OUTGOING = "Outgoing"
    SSH = "SSH"
    SSH_AGENT_X = "SSHAgentX"
    PASSIVE = "Passive"
    WIN_RM = "WinRM"


class AgentPlatform(Enum):
    """The operating system behind an agent."""

    WINDOWS = "Windows"
    UNIX = "Unix"
    UNKNOWN = "Unknown"


class AccessObject(Enum):
    """The areas of a server in which rights are given; some published ones hold none here."""

    NONE = "None"
    ACCESS_CONTROL = "AccessControl"
    AGENT_DEFINITIONS = "AgentDefinitions"
    ALERT_DEFINITIONS = "AlertDefinitions"
    CALENDAR_DEFINITIONS = "CalendarDefinitions"
    CONFIGURATION = "Configuration"
    CREDENTIAL_DEFINITIONS = "CredentialDefinitions"
    FOLDER_DEFINITIONS = "FolderDefinitions"
    HISTORY = "History"
    JOB_DEFINITIONS = "JobDefinitions"
    MENU_DEFINITIONS = "MenuDefinitions"
    MONITOR = "Monitor"
    NAMED_TIME_DEFINITIONS = "NamedTimeDefinitions"
    QUEUE_DEFINITIONS = "QueueDefinitions"
    REPORTING = "Reporting"
    RESOURCE_DEFINITIONS = "ResourceDefinitions"
    SERVER_ACCESS = "ServerAccess"
    TRIGGER_DEFINITIONS = "TriggerDefinitions"
    VARIABLE_DEFINITIONS = "VariableDefinitions"


class InitiatorType(Enum):
    """What made an entry, when it was not a person or a program."""

    UNKNOWN = "Unknown"
    SCHEDULE = "Schedule"
    PRECHECK = "Precheck"
    SETUP = "Setup"
    SEQUENCE = "Sequence"
    RECOVERY = "Recovery"
    NOTIFY = "Notify"
    MAIL_WATCH = "MailWatch"
    SUBMIT_ACTIVITY = "SubmitActivity"
    CUSTOM_ELEMENT = "CustomElement"
    TRIGGER = "Trigger"


class ReleaseType(Enum):
    """What a release lets the entry pass by.

    The names of version 6, and ``ExecutionWaitRetry`` of version 7 (engine facts D.3).
    """

    NONE = "None"
    """Nothing beside what is said otherwise."""
    HALTED_SETUP = "HaltedSetup"
    MANUAL_HOLD = "ManualHold"
    RUN_AGAIN = "RunAgain"
    STEP_WAIT = "StepWait"
    TIMED_WAIT = "TimedWait"
    TIME_SLOT_WAIT = "TimeSlotWait"
    IGNORE_DEPENDENCIES = "IgnoreDependencies"
    IGNORE_PRECHECK = "IgnorePrecheck"
    IGNORE_RES_REQ = "IgnoreResReq"
    EXECUTION_WAIT_RETRY = "ExecutionWaitRetry"
    """The pause before a run that failed is tried again."""


class RetainOption(Enum):
    """How long an ended entry stays in the monitor."""

    DEFAULT = "Default"
    ALWAYS = "Always"
    NEVER = "Never"
    ERROR = "Error"
    TIMED = "Timed"


class MissedWindowAction(Enum):
    """What happens when a schedule window closes first."""

    NO_ACTION = "NoAction"
    """It waits for the next opening; a run goes on."""
    CONTINUE = "Continue"
    """As NoAction."""
    RESCHEDULE = "Reschedule"
    """It is scheduled for the next opening; a run goes on."""
    RESCHEDULE_OR_CONTINUE = "RescheduleOrContinue"
    """As Reschedule."""
    RESTART = "Restart"
    """A run is ended, and runs again when the window opens."""
    ABORT = "Abort"
    """It is cancelled, whether it has started or not."""


class Icon(Enum):
    """The icon an entry shows."""

    DEFAULT = "Default"
    HELD = "Held"
    QUESTION = "Question"
    RED = "Red"


class ElementKind(Enum):
    """What sort of element it is."""

    TRIGGER = "Trigger"
    PREREQUISITE = "Prerequisite"
    RESULT = "Result"
    EVENT_HANDLER = "EventHandler"
    DOCUMENTATION = "Documentation"
    TASK = "Task"
    TASK_COMPONENT = "TaskComponent"


class RunawayAction(Enum):
    """What is done with a run that takes too long."""

    NO_ACTION = "NoAction"
    CANCEL_SUCCESS = "CancelSuccess"
    CANCEL_INFO = "CancelInfo"
    CANCEL_WARNING = "CancelWarning"
    CANCEL_ERROR = "CancelError"
    CANCEL_FATAL = "CancelFatal"


class FailureAction(Enum):
    """What a member that failed does to its setup or sequence."""

    HALT = "Halt"
    """It goes no further until somebody decides."""
    FAIL = "Fail"
    """Nothing more of it is started, and it fails with its member."""
    CONTINUE = "Continue"
    """It goes on as if the member were good."""


class MemberStage(Enum):
    """How far a setup or sequence has come with a member."""

    WAITS = "Waits"
    """Its turn has not come."""
    REACHED = "Reached"
    GOOD = "Good"
    """It has ended, and what follows may go on."""
    BAD = "Bad"
    """It has ended worse than it may, and halts what it belongs to."""
    FAILED = "Failed"
    """It has ended worse than it may, and what it belongs to fails with it."""
    PASSED = "Passed"
    """It ended worse than it may, and somebody let the rest go on all the same."""


class SingleInstanceAction(Enum):
    """What a second entry of a job does while the first one is there."""

    NO_ACTION = "NoAction"
    WAIT = "Wait"
    CANCEL = "Cancel"


class CatchUp(Enum):
    """Which of the points that passed while the scheduler was away run late."""

    NONE = "None"
    LATEST = "Latest"
    ALL = "All"
    AT_MOST = "AtMost"


class FilePresence(Enum):
    """Whether a file must be there, or must not."""

    PRESENT = "Present"
    ABSENT = "Absent"


class ComparisonOperator(Enum):
    """How the value of a variable is compared."""

    EQUAL = "Equal"
    NOT_EQUAL = "NotEqual"
    LESS_THAN = "LessThan"
    LESS_THAN_OR_EQUAL = "LessThanOrEqual"
    GREATER_THAN = "GreaterThan"
    GREATER_THAN_OR_EQUAL = "GreaterThanOrEqual"


class EventClass(Enum):
    """How much an event matters."""

    NORMAL = "Normal"
    LOW = "Low"
    MODERATE = "Moderate"
    HIGH = "High"
    URGENT = "Urgent"
    CRITICAL = "Critical"


class ExitCodeHandling(Enum):
    """Which exit codes are good (semantics 4.4)."""

    ZERO_IS_GOOD = "ZeroIsGood"
    ONE_IS_GOOD = "OneIsGood"
    POSITIVE_IS_GOOD = "PositiveIsGood"
    ODD_IS_GOOD = "OddIsGood"
    EVEN_IS_GOOD = "EvenIsGood"
    MINIMUM_VALUE = "MinimumValue"
    MAXIMUM_VALUE = "MaximumValue"
    RANGE = "Range"
    SPECIFIC_GOOD = "SpecificGood"
    SPECIFIC_BAD = "SpecificBad"
    MESSAGE_CODE = "MessageCode"
    OPEN_VMS_MESSAGE_CODE = "OpenVMSMessageCode"
    SET_BY_HOST = "SetByHost"


_NUMBERED: tuple[type[Enum], ...] = (Severity, DataType, ValidationType)
"""Enumerations whose members the published interface numbers from 0 on, in order (docs/semantics.md)."""


def numbers_of(enumeration: type[Enum]) -> Mapping[Enum, int]:
    """The number of each member, as programs of the product write it; empty where none is known."""
    if enumeration not in _NUMBERED:
        return {}
    return {member: number for number, member in enumerate(enumeration)}


class ObjectType(Enum):
    """Kinds of definitions, each with rights of an area."""

    AGENT = "Agent"
    BATCH_QUEUE = "BatchQueue"
    CALENDAR = "Calendar"
    FOLDER = "Folder"
    JOB = "Job"
    METHOD = "Method"
    NAMED_TIME = "NamedTime"
    RESOURCE = "Resource"
    TRIGGER = "Trigger"
    VARIABLE = "Variable"
    ALERT = "Alert"
    MENU = "Menu"
    DATE_TYPE = "DateType"
    SETTING = "Setting"
    SETUP = "Setup"
    CREDENTIAL = "Credential"
