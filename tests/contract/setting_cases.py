"""Cases of settings: the server's own, and those that users add; see :mod:`cases`."""

from __future__ import annotations

from contract_case import Case, only

SETTING_CASES = [
    Case(
        "show setting",
        "get_setting",
        {"name": "scheduleadvance"},
        check=only(name="ScheduleAdvance", dataType="TimeSpan", defaultValue="1.00:00", own=False),
    ),
    Case("no setting", "get_setting", {"name": "{bare}"}, error="SettingNotFound"),
    Case(
        "change setting",
        "change_setting",
        {"setting": {"name": "KeepCompleted", "value": "2.00:00"}},
        check=lambda a: a == "Setting KeepCompleted was changed.",
    ),
    Case(
        "changed setting",
        "get_setting",
        {"name": "KeepCompleted"},
        check=only(value="2.00:00", lastChangedBy="operator"),
    ),
    Case(
        "setting that cannot be read",
        "change_setting",
        {"setting": {"name": "KeepCompleted", "value": "soon"}},
        error="InvalidArgument",
    ),
    Case(
        "setting out of bounds",
        "change_setting",
        {"setting": {"name": "ScheduleInterval", "value": "0.00:00"}},
        error="InvalidArgument",
    ),
    Case(
        "setting that is no choice",
        "change_setting",
        {"setting": {"name": "ScheduleMaxDownAction", "value": "explode"}},
        error="InvalidArgument",
    ),
    Case(
        "setting that is not obeyed",
        "change_setting",
        {"setting": {"name": "AgentXCommand", "value": "x"}},
        error="NotSupported",
    ),
    Case(
        "setting that the server sets",
        "change_setting",
        {"setting": {"name": "ScheduledUntil", "value": "2030-01-01T00:00:00Z"}},
        error="Conflict",
    ),
    Case(
        "change no setting",
        "change_setting",
        {"setting": {"name": "{bare}", "value": "x"}},
        error="SettingNotFound",
    ),
    Case(
        "setting as it was",
        "change_setting",
        {"setting": {"name": "KeepCompleted", "value": "1.00:00"}},
    ),
    Case(
        "create setting",
        "create_setting",
        {"setting": {"name": "{bare}", "dataType": "Integer", "value": " 7 ", "description": "Ours."}},
        check=lambda a: a.startswith("Setting ") and a.endswith(" was created."),
    ),
    Case("setting twice", "create_setting", {"setting": {"name": "{bare}"}}, error="AlreadyExists"),
    Case(
        "setting that is known",
        "create_setting",
        {"setting": {"name": "timezone"}},
        error="AlreadyExists",
    ),
    Case(
        "own setting",
        "get_setting",
        {"name": "{bare}"},
        check=only(value="7", dataType="Integer", own=True, description="Ours."),
    ),
    Case(
        "own setting gets another type",
        "change_setting",
        {"setting": {"name": "{bare}", "dataType": "Text"}},
        error="InvalidArgument",
    ),
    Case(
        "own setting that cannot be read",
        "change_setting",
        {"setting": {"name": "{bare}", "value": "seven"}},
        error="InvalidArgument",
    ),
    Case(
        "list settings",
        "list_settings",
        check=lambda a: (
            [s["name"] for s in a if s["own"]] != []
            and {"KeepCompleted", "DBVERSION"} <= {s["name"] for s in a}
        ),
    ),
    Case("delete known setting", "delete_setting", {"name": "KeepCompleted"}, error="Conflict"),
    Case(
        "reader changes setting",
        "change_setting",
        {"setting": {"name": "KeepCompleted", "value": "2.00:00"}},
        caller="reader",
        error="AccessDenied",
    ),
    Case("reader looks at settings", "list_settings", caller="reader", error="AccessDenied"),
    Case("delete setting", "delete_setting", {"name": "{bare}"}),
    Case("delete setting again", "delete_setting", {"name": "{bare}"}, error="SettingNotFound"),
]
