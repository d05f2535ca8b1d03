"""What can be allowed: areas of the system and the kinds of access within each (semantics 2.15)."""

from __future__ import annotations

from enum import Enum


class AreaRight(Enum):
    """A kind of access within one area; each subclass is an area, named as published."""

    @property
    def area(self) -> str:
        """Name of the area, as access lists write it."""
        return _AREAS[type(self)]

    @property
    def access(self) -> str:
        """Name of the access, as access lists write it."""
        return str(self.value)

    def __str__(self) -> str:
        return f"{self.area}.{self.access}"


class ServerAccess(AreaRight):
    """Connecting to the server and asking what it is."""

    EXECUTE = "Execute"
    INQUIRE = "Inquire"


class FolderDefinitions(AreaRight):
    """Folders."""

    ADD = "Add"
    CHANGE = "Change"
    CONTROL = "Control"
    DELETE = "Delete"
    INQUIRE = "Inquire"


class JobDefinitions(AreaRight):
    """Jobs and execution methods."""

    ADD = "Add"
    CHANGE = "Change"
    DELETE = "Delete"
    INQUIRE = "Inquire"


class Monitor(AreaRight):
    """Entries of the live schedule. EXECUTE lets submit."""

    ABORT = "Abort"
    EXECUTE = "Execute"
    MANAGE = "Manage"
    SEE_ALL = "SeeAll"
    SEE_OWN = "SeeOwn"


class HistoryInquiry(AreaRight):
    """The history of runs and its logs."""

    EXECUTE = "Execute"


class AgentDefinitions(AreaRight):
    """Agents."""

    ADD = "Add"
    CHANGE = "Change"
    DELETE = "Delete"
    INQUIRE = "Inquire"


class VariableDefinitions(AreaRight):
    """Variables."""

    ADD = "Add"
    CHANGE = "Change"
    DELETE = "Delete"
    INQUIRE = "Inquire"
    DECRYPT = "Decrypt"


class CalendarDefinitions(AreaRight):
    """Calendars, date types, dates."""

    ADD = "Add"
    CHANGE = "Change"
    DELETE = "Delete"
    INQUIRE = "Inquire"


class NamedTimeDefinitions(AreaRight):
    """Named times."""

    ADD = "Add"
    CHANGE = "Change"
    DELETE = "Delete"
    INQUIRE = "Inquire"
    MANAGE = "Manage"


class QueueDefinitions(AreaRight):
    """Queues. MANAGE lets start and stop them."""

    ADD = "Add"
    CHANGE = "Change"
    DELETE = "Delete"
    INQUIRE = "Inquire"
    MANAGE = "Manage"


class ResourceDefinitions(AreaRight):
    """Resources. MANAGE lets say how much there is, ACQUIRE lets take of it for an entry."""

    ACQUIRE = "Acquire"
    ADD = "Add"
    CHANGE = "Change"
    DELETE = "Delete"
    INQUIRE = "Inquire"
    MANAGE = "Manage"


class TriggerDefinitions(AreaRight):
    """Triggers. CHANGE lets reset them."""

    ADD = "Add"
    CHANGE = "Change"
    DELETE = "Delete"
    INQUIRE = "Inquire"


class AlertDefinitions(AreaRight):
    """Alerts."""

    ADD = "Add"
    CHANGE = "Change"
    DELETE = "Delete"
    INQUIRE = "Inquire"


class MenuDefinitions(AreaRight):
    """Menus."""

    ADD = "Add"
    CHANGE = "Change"
    DELETE = "Delete"
    INQUIRE = "Inquire"


class CredentialDefinitions(AreaRight):
    """Stored credentials. DECRYPT lets get the password of one whose access list gives GetPassword."""

    ADD = "Add"
    CHANGE = "Change"
    DECRYPT = "Decrypt"
    DELETE = "Delete"
    INQUIRE = "Inquire"


class Configuration(AreaRight):
    """Settings. EXECUTE lets change them."""

    EXECUTE = "Execute"
    INQUIRE = "Inquire"


class AccessControl(AreaRight):
    """Accounts and access lists."""

    CHANGE = "Change"
    INQUIRE = "Inquire"


_AREAS: dict[type[AreaRight], str] = {
    ServerAccess: "ServerAccess",
    FolderDefinitions: "FolderDefinitions",
    JobDefinitions: "JobDefinitions",
    Monitor: "Monitor",
    HistoryInquiry: "History",
    AgentDefinitions: "AgentDefinitions",
    VariableDefinitions: "VariableDefinitions",
    CalendarDefinitions: "CalendarDefinitions",
    NamedTimeDefinitions: "NamedTimeDefinitions",
    QueueDefinitions: "Queues",
    ResourceDefinitions: "ResourceDefinitions",
    TriggerDefinitions: "TriggerDefinitions",
    AlertDefinitions: "AlertDefinitions",
    MenuDefinitions: "MenuDefinitions",
    CredentialDefinitions: "CredentialDefinitions",
    Configuration: "Configuration",
    AccessControl: "AccessControl",
}
