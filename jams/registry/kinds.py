"""Where properties and elements may stand, and what a property may hold."""

from __future__ import annotations

from enum import Enum


class Place(Enum):
    """Where a property or an element may stand."""

    FOLDER = "Folder"
    JOB = "Job"
    SOURCE = "Source"
    """Among the parts of a job's source (``sourceElements``)."""
    METHOD = "Method"
    AGENT = "Agent"
    SUBMISSION = "Submission"
    ENTRY = "Entry"
    """At an entry that has not started (Reschedule)."""
    ELEMENT = "Element"


class ValueType(Enum):
    """What a property holds.

    A reference is a name, or an object with name or number as published (``{"agentName": name}``). A span or
    a time of day is a text, or an object with ``totalSeconds``, of which -1 says nothing.
    """

    TEXT = "Text"
    FILE = "File"
    """Where files lie on the server's machine; the last part of the path may be a pattern."""
    WEB_ADDRESS = "WebAddress"
    """Where a web hook is posted to."""
    INTEGER = "Integer"
    BOOLEAN = "Boolean"
    CHOICE = "Choice"
    SPAN = "Span"
    TIME_OF_DAY = "TimeOfDay"
    DAY = "Day"
    DATES = "Dates"
    """A text in the date language."""
    TIME_ZONE = "TimeZone"
    PATTERN = "Pattern"
    """A regular expression."""
    EXIT_CODES = "ExitCodes"
    """Numbers and ranges of numbers between commas."""
    EMAILS = "EMails"
    """Addresses between commas; ``-*`` takes back those that come from above."""
    AGENT = "Agent"
    QUEUE = "Queue"
    CALENDAR = "Calendar"
    CREDENTIAL = "Credential"
    JOB = "Job"
    VARIABLE = "Variable"
    NAMED_TIME = "NamedTime"
    RESOURCE = "Resource"
    ALERT = "Alert"

    @property
    def told(self) -> str:
        """What it holds, in words."""
        return _TOLD[self]

    @property
    def type_name(self) -> str:
        """The name of the type in the published documents."""
        return _TYPE_NAMES.get(self, "System.String")

    @property
    def refers(self) -> bool:
        """Whether it names an object."""
        return self in _REFERENCES


_TOLD = {
    ValueType.TEXT: "a text",
    ValueType.FILE: "the path of a file from the root, as /data/in/*.csv",
    ValueType.WEB_ADDRESS: "an address as https://example.org/hook",
    ValueType.INTEGER: "a whole number",
    ValueType.BOOLEAN: "true or false",
    ValueType.CHOICE: "one of several words",
    ValueType.SPAN: 'a span of time as 0.00:10, or {"totalSeconds": 600}',
    ValueType.TIME_OF_DAY: "a time of day as 08:30 or 3:30PM",
    ValueType.DAY: "a day as 2026-12-31",
    ValueType.DATES: "a text in the date language, as WORKDAYS",
    ValueType.TIME_ZONE: "a time zone as Europe/Berlin",
    ValueType.PATTERN: "a regular expression",
    ValueType.EXIT_CODES: "exit codes as 0,1,10-19",
    ValueType.EMAILS: "e-mail addresses with commas between them",
    ValueType.AGENT: 'the name of an agent, or {"agentName": name}',
    ValueType.QUEUE: 'the name of a queue, or {"queueName": name}',
    ValueType.CALENDAR: 'the name of a calendar, or {"calendarName": name}',
    ValueType.CREDENTIAL: 'the name of a credential, or {"credentialName": name}',
    ValueType.JOB: 'the path of a job, or {"jobName": path}',
    ValueType.VARIABLE: 'the path of a variable, or {"variableName": path}',
    ValueType.NAMED_TIME: 'the name of a named time, or {"timeName": name}',
    ValueType.RESOURCE: 'the name of a resource, or {"resourceName": name}',
    ValueType.ALERT: 'the name of an alert, or {"alertName": name}',
}

_TYPE_NAMES = {
    ValueType.INTEGER: "System.Int32",
    ValueType.BOOLEAN: "System.Boolean",
    ValueType.SPAN: "DeltaTime",
    ValueType.TIME_OF_DAY: "TimeOfDay",
    ValueType.DAY: "System.DateTime",
    ValueType.AGENT: "AgentReference",
    ValueType.QUEUE: "BatchQueueReference",
    ValueType.CALENDAR: "CalendarReference",
    ValueType.CREDENTIAL: "CredentialReference",
    ValueType.JOB: "JobReference",
    ValueType.VARIABLE: "VariableReference",
    ValueType.NAMED_TIME: "NamedTimeReference",
    ValueType.RESOURCE: "ResourceReference",
    ValueType.ALERT: "AlertReference",
}

_REFERENCES = frozenset(
    {
        ValueType.AGENT,
        ValueType.QUEUE,
        ValueType.CALENDAR,
        ValueType.CREDENTIAL,
        ValueType.JOB,
        ValueType.VARIABLE,
        ValueType.NAMED_TIME,
        ValueType.RESOURCE,
        ValueType.ALERT,
    }
)
