"""The settings that the server knows, as data: what each holds and means, and whether it is obeyed.

To add one, add a row; to say that one is obeyed now, take ``unsupported`` away. ``docs/settings.md`` is
written from here.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from jams.objects.settings import SettingType


class KnownSetting(Struct, frozen=True, kw_only=True):
    """A setting that the server knows.

    Attributes:
        name: its name, as published where it is.
        data_type: what it holds.
        default: its value by itself, as text.
        description: what it says, in a sentence.
        choices: the words of a choice.
        minimum: the least number; of a span, of seconds.
        maximum: the greatest number; of a span, of seconds.
        required: whether it has to say something.
        needs_restart: whether a change counts from the next start only.
        read_only: whether the server alone sets it.
        unsupported: why this server does not obey it, in a sentence; empty if it does.
    """

    name: str
    data_type: SettingType
    default: str
    description: str
    choices: tuple[str, ...] = ()
    minimum: int | None = None
    maximum: int | None = None
    required: bool = False
    needs_restart: bool = False
    read_only: bool = False
    unsupported: str = ""


_DAY = 86_400
_TEXT, _INTEGER, _BOOLEAN = SettingType.TEXT, SettingType.INTEGER, SettingType.BOOLEAN
_SPAN, _CHOICE = SettingType.TIME_SPAN, SettingType.CHOICE
_FILE = "Common.config says it here, under the key {}, and it takes a restart."
_LISTS = "Who asks says here how much of the history is listed."
_BYPASS = "Common.config names here, under AuthorizedGroup, who else may do everything."


def _row(name: str, data_type: SettingType, default: str, description: str, **more: object) -> KnownSetting:
    return KnownSetting(
        name=name,
        data_type=data_type,
        default=default,
        description=description,
        **more,  # type: ignore[arg-type]
    )


def _workdays() -> Iterator[KnownSetting]:
    for day in ("SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"):
        default = "False" if day in ("SAT", "SUN") else "True"
        yield _row(f"Work_{day}", _BOOLEAN, default, "Whether that day is usually a workday.", required=True)


SETTINGS: tuple[KnownSetting, ...] = (
    _row(
        "ScheduleAdvance", _SPAN, "1.00:00", "How far ahead the schedule reaches.",
        minimum=60, maximum=366 * _DAY, required=True,
    ),
    _row(
        "ScheduleInterval", _SPAN, "00:01", "How often the schedule is extended.",
        minimum=1, maximum=_DAY, required=True,
    ),
    _row(
        "ScheduledUntil", SettingType.DATE_TIME, "", "How far ahead the schedule reaches now.", read_only=True
    ),
    _row(
        "ScheduleMaxDowntime", _INTEGER, "48",
        "Hours after which the scheduler was away for too long, and ScheduleMaxDownAction is done.",
        minimum=0, maximum=87_600, required=True,
    ),
    _row(
        "ScheduleMaxDownAction", _CHOICE, "reset",
        "What is done when the scheduler was away for too long: reset drops what was missed, fail starts "
        "nothing until somebody decides, continue catches up.",
        choices=("reset", "fail", "continue"), required=True,
    ),
    _row(
        "KeepCompleted", _SPAN, "1.00:00", "How long ended entries stay in the monitor.",
        maximum=3660 * _DAY, required=True,
    ),
    _row(
        "KeepEvents", _SPAN, "7.00:00", "How long events are kept, for who asks what has happened.",
        minimum=60, maximum=366 * _DAY, required=True,
    ),
    _row(
        "MostEvents", _INTEGER, "200000", "How many events are kept at most, the newest ones.",
        minimum=1000, maximum=100_000_000, required=True,
    ),
    *_workdays(),
    _row(
        "TimeZone", SettingType.TIME_ZONE, "",
        "The time zone of schedules that name none; empty is the server's own.",
    ),
    _row(
        "LastWeekday", _CHOICE, "OfLastWeek",
        "What LAST MONDAY means: OfLastWeek, that day of last week; MostRecent, the last one before today.",
        choices=("OfLastWeek", "MostRecent"), required=True,
    ),
    _row(
        "DateOrder", _CHOICE, "MonthFirst", "How 4/5/2018 is read.",
        choices=("MonthFirst", "DayFirst"), required=True,
    ),
    _row("Company Name", _TEXT, "", "Whose server it is, for whoever looks."),
    _row("ContactName", _TEXT, "", "The person who is responsible for it, for whoever looks."),
    _row("ContactEmail", _TEXT, "", "The mail address of that person, for whoever looks."),
    _row("ContactPhone", _TEXT, "", "The telephone of that person, for whoever looks."),
    _row("DBVERSION", _TEXT, "", "The version of the database's schema.", read_only=True),
    _row(
        "AgentXCommand", _TEXT, "", "The command that watches files on AgentX hosts.",
        unsupported="This server has no AgentX hosts.",
    ),
    _row(
        "AutoReport", _BOOLEAN, "False", "Whether failures of services are reported.",
        unsupported="Failures stand in the logs of the services here, and are sent nowhere.",
    ),
    _row(
        "BatchGroup", _TEXT, "", "The group whose members may log on as a batch job.",
        unsupported="Jobs run as the account of the server here yet.",
    ),
    *(
        _row(
            name, _TEXT, "utf-8", f"The encoding of the {what} of routines.",
            unsupported="This server has no routines.",
        )
        for name, what in (("DefaultInputEncoding", "input"), ("DefaultOutputEncoding", "output"))
    ),
    _row(
        "DefaultLogLocation", _TEXT, "", "Where the logs of jobs go.",
        needs_restart=True, unsupported=_FILE.format("DefaultLogLocation"),
    ),
    _row(
        "TimeStampLogFormat", _TEXT, r"{0}\{1}_{8:d4}{9:d2}{10:d2}_{11:d2}{12:d2}{13:d2}{14:d3}{2}",
        "Names of log files.",
        needs_restart=True, unsupported=_FILE.format("TimeStampLogFormat"),
    ),
    _row(
        "TempLocation", _TEXT, "", "Where temporary files go.",
        needs_restart=True, unsupported=_FILE.format("TempLocation"),
    ),
    _row(
        "DefaultMacroFile", _TEXT, "", "The file in the server's folder macros with the macros of sources.",
    ),
    _row("DefaultNotifyEmail", _TEXT, "", "Who is written to where nobody is named; addresses with commas."),
    _row("FromAddress", _TEXT, "", "Who mail is from; empty is jams at the name of the machine."),
    _row("SMTPServer", _TEXT, "", "The server that takes mail, or host:port; empty is no mail."),
    _row(
        "MaximumLogInclude", _INTEGER, "1048576", "Bytes of a log that go into a mail at most; 0 is no log.",
        minimum=0, maximum=100 << 20, required=True,
    ),
    _row("PlainTextMail", _BOOLEAN, "False", "Whether mail is plain text only.", required=True),
    _row(
        "EnableSimpleSetups", _BOOLEAN, "True", "Whether setups of one job are one entry.",
        unsupported="Each member of a setup is an entry of its own here, also where there is only one.",
    ),
    _row(
        "GrantAdministratorsBypass", _BOOLEAN, "True", "Whether administrators may do everything.",
        unsupported=_BYPASS,
    ),
    _row("GrantBypassGroup", _TEXT, "", "A group that may do everything.", unsupported=_BYPASS),
    _row(
        "HistoryLookbackPeriod", _INTEGER, "30", "Days of history that a detail dialog shows.",
        minimum=0, unsupported=_LISTS,
    ),
    _row(
        "HistoryQueryLimit", _INTEGER, "10000",
        "Records that a history query returns at most; 0 is no limit.",
        minimum=0, unsupported=_LISTS,
    ),
    _row(
        "HistoryQueryTimeLimit", _INTEGER, "60", "Seconds that a history query takes at most.",
        minimum=0, unsupported=_LISTS,
    ),
    _row(
        "HostKeyChecking", _CHOICE, "FailFirstJob", "What is done about an unknown key of an SSH host.",
        choices=("FailFirstJob", "AcceptHostKey", "CheckParameter"),
        unsupported="This server reaches no hosts by SSH yet.",
    ),
    _row(
        "StartServicesAfterUpgrade", _BOOLEAN, "True", "Whether services start again after an upgrade.",
        unsupported="Whoever upgrades starts the services here.",
    ),
    _row(
        "StatsInterval", _INTEGER, "60", "Seconds between updates of statistics.",
        minimum=1, unsupported="Statistics are kept true with each run here.",
    ),
    _row(
        "SMTPPort", _INTEGER, "25", "The port of the mail server, where SMTPServer names none.",
        minimum=1, maximum=65535, required=True,
    ),
    _row(
        "SMTPSecurity", _CHOICE, "IfOffered",
        "How the way to the mail server is kept secret: IfOffered, by STARTTLS if it offers that, whoever it "
        "is; StartTLS and TLS, always, and with a certificate that holds; None, never.",
        choices=("IfOffered", "StartTLS", "TLS", "None"), required=True,
    ),
    _row(
        "SMTPCredential", _TEXT, "",
        "The stored credential by which the server logs in to the mail server; it is used over StartTLS and "
        "TLS alone. Empty is no login.",
    ),
    _row(
        "SMTPTimeout", _SPAN, "00:00:30", "How long the mail server may take for an answer.",
        minimum=1, maximum=600, required=True,
    ),
    _row("MailDomain", _TEXT, "", "The domain at which accounts have their mail; empty: nobody knows."),
    _row(
        "WebHookPrivateAddresses", _BOOLEAN, "False",
        "Whether web hooks may be hosts of private networks and this machine, and may be told without TLS.",
        required=True,
    ),
    _row(
        "TellFor", _SPAN, "3.00:00",
        "How long it is tried to send what cannot be sent; then it is kept until somebody sends it again.",
        minimum=60, maximum=366 * _DAY, required=True,
    ),
    _row(
        "KeepSent", _SPAN, "7.00:00", "How long the outbox shows what was sent.",
        maximum=3660 * _DAY, required=True,
    ),
)  # fmt: skip
"""In the order in which they are documented; lists are by name."""

_BY_NAME = {each.name.lower(): each for each in SETTINGS}


def known_setting(name: str) -> KnownSetting | None:
    """The setting of that name in any case, or None."""
    return _BY_NAME.get(name.strip().lower())
