"""Where names and numbers can be looked up while somebody types them. Declares no operation."""

from __future__ import annotations

from .catalogue import Offer, Start

FOLDER_NAMES = Offer(
    "get_folder_children",
    "qualifiedName",
    within="qualified_name",
    sample=r"\Sales",
    referred={
        "Job": ("parentFolderName",),
        "Variable": ("parentFolderName",),
        "Trigger": ("parentFolderName",),
        "Entry": ("folderName",),
        "History": ("parentFolderName",),
        "ScheduleRow": ("folderName",),
        "SubmitInfo": ("folderName",),
    },
)
JOB_NAMES = Offer(
    "find_jobs",
    "qualifiedName",
    sample=r"\Sales\Load",
    referred={
        "Entry": ("folderName", "jobName"),
        "History": ("parentFolderName", "jobName"),
        "ScheduleRow": ("folderName", "jobName"),
        "SubmitInfo": ("name",),
        "SubmitMenuItem": ("menuName",),
    },
)
TRIGGER_NAMES = Offer("find_triggers", "qualifiedName", sample=r"\Sales\Arrived")
SETUP_NAMES = Offer("find_setups", "qualifiedName", sample=r"\Sales\Nightly")
VARIABLE_NAMES = Offer("find_variables", "qualifiedName", sample=r"\Sales\Region")
AGENT_NAMES = Offer(
    "list_agents",
    "agentName",
    sample="localhost",
    fresh="win1",
    referred={"Entry": ("agentName",), "History": ("agentName",)},
)
METHOD_NAMES = Offer("list_methods", "methodName", sample="Command", fresh="Report")
CALENDAR_NAMES = Offer(
    "list_calendars",
    "calendarName",
    sample="Default",
    fresh="Finance",
    referred={"DateType": ("calendarName",)},
)
DATE_TYPE_NAMES = Offer("list_date_types", "dateTypeType", sample="HOLIDAY")
NAMED_TIME_NAMES = Offer("list_named_times", "timeName", sample="Night")
QUEUE_NAMES = Offer("list_queues", "queueName", sample="Nightly")
RESOURCE_NAMES = Offer("list_resources", "resourceName", sample="Licence")
ALERT_NAMES = Offer("list_alerts", "alertName", sample="Operators")
MENU_NAMES = Offer("list_menus", "menuName", sample="Daily")
CREDENTIAL_NAMES = Offer("list_credentials", "credentialName", sample="Warehouse")
ELEMENT_TYPE_NAMES = Offer("list_element_types", "elementTypeName", sample="Documentation")
SETTING_NAMES = Offer("list_settings", "name", sample="KeepCompleted", fresh="HouseRules")
ACCOUNT_NAMES = Offer("list_accounts", "accountName", sample="ann", referred={"PersonalToken": ("userName",)})
GROUP_NAMES = Offer("list_groups", "groupName", sample="Submitters")
ENTRIES = Offer(
    "find_entries",
    "jamsEntry",
    sample="1234",
    referred={
        "SubmitResult": ("jamsEntry",),
        "History": ("jamsEntry",),
        "EntryAudit": ("jamsEntry",),
        "LogPart": ("jamsEntry",),
    },
)

ENTRY = {"id": ENTRIES}
FOLDER = {"name": FOLDER_NAMES}
JOB = {"name": JOB_NAMES}
SETUP = {"name": SETUP_NAMES}
TRIGGER = {"name": TRIGGER_NAMES}
VARIABLE = {"name": VARIABLE_NAMES}
AGENT = {"name": AGENT_NAMES}
CALENDAR = {"name": CALENDAR_NAMES}
OF_CALENDAR = {"calendar": CALENDAR_NAMES}
NAMED_TIME = {"name": NAMED_TIME_NAMES}
QUEUE = {"name": QUEUE_NAMES}
RESOURCE = {"name": RESOURCE_NAMES}
ALERT = {"name": ALERT_NAMES}
MENU = {"name": MENU_NAMES}
CREDENTIAL = {"name": CREDENTIAL_NAMES}
ACCOUNT = {"name": ACCOUNT_NAMES}
GROUP = {"name": GROUP_NAMES}
METHOD = {"name": METHOD_NAMES}
SETTING = {"name": SETTING_NAMES}
PARENT = {"parent_folder_name": FOLDER_NAMES}

SUBMITTED = Start(number="jamsEntry", wait="wait_for_entry", log="get_entry_log")
RUN_AGAIN = Start(number="id", wait="wait_for_entry", log="get_entry_log")
