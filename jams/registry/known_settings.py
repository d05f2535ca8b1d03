"""The settings that the server knows, as data: what each holds and means, and whether it is obeyed.

To add one, add a row; to say that one is obeyed now, take ``unsupported`` away. ``docs/settings.md`` is
written from here.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from jams.objects.accounts import SHORTEST_PASSWORD
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
        encoding: whether its text is the name of an encoding.
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
    encoding: bool = False
    needs_restart: bool = False
    read_only: bool = False
    unsupported: str = ""


_DAY = 86_400
_TEXT, _INTEGER, _BOOLEAN = SettingType.TEXT, SettingType.INTEGER, SettingType.BOOLEAN
_SPAN, _CHOICE = SettingType.TIME_SPAN, SettingType.CHOICE
_FILE = "Common.config says it here, under the key {}, and it takes a restart."


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
    _row(
        "KeepRevisions", _SPAN, "366.00:00",
        "How long it is kept what definitions were; the newest revision of what is there stays.",
        minimum=60, maximum=36_600 * _DAY, required=True,
    ),
    _row(
        "MostRevisions", _INTEGER, "200", "How many revisions of a definition are kept, the newest ones.",
        minimum=1, maximum=1_000_000, required=True,
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
    _row("Company Name", _TEXT, "", "Whose server it is, for whoever looks, and in reports of faults."),
    _row("ContactName", _TEXT, "", "The person who is responsible for it, for whoever looks."),
    _row("ContactEmail", _TEXT, "", "The mail address of that person, for whoever looks."),
    _row("ContactPhone", _TEXT, "", "The telephone of that person, for whoever looks."),
    _row("DBVERSION", _TEXT, "", "The version of the database's schema.", read_only=True),
    _row(
        "AgentXCommand", _TEXT, "", "The command that watches files on AgentX hosts.",
        unsupported="This server has no AgentX hosts.",
    ),
    _row(
        "AutoReport", _BOOLEAN, "False",
        "Whether a report of each unexpected fault of JAMSServer and JAMSScheduler is written into the "
        "folder reports of the home directory; nothing is sent.",
        required=True,
    ),
    _row(
        "BatchGroup", _TEXT, "",
        "The group of the server's machine whose members alone jobs may take as their account (ExecuteAs); "
        "empty is no such group. To set it takes the right AccessControl.Change as well.",
    ),
    _row(
        "DefaultInputEncoding", _TEXT, "utf-8",
        "The encoding of the script files of Command, as windows-1252 or the number of a code page.",
        required=True, encoding=True,
    ),
    _row(
        "DefaultOutputEncoding", _TEXT, "utf-8",
        "The encoding in which logs of jobs are read where they are not UTF-8, likewise.",
        required=True, encoding=True,
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
        "EnableSimpleSetups", _BOOLEAN, "False",
        "Whether lists of entries show a setup or sequence of one job as one entry, without its member's.",
        required=True,
    ),
    _row(
        "GrantAdministratorsBypass", _BOOLEAN, "True",
        "Whether members of the group Administrators may do everything, whatever access lists say. To set it "
        "takes the right AccessControl.Change as well.",
        required=True,
    ),
    _row(
        "GrantBypassGroup", _TEXT, "",
        "A group whose members may do everything, too; AuthorizedGroup of Common.config names another. To "
        "set it takes the right AccessControl.Change as well.",
    ),
    _row(
        "HistoryLookbackPeriod", _INTEGER, "30",
        "Days back that the history is listed and searched where nobody says from when; 0 is all of it.",
        minimum=0, maximum=36_600, required=True,
    ),
    _row(
        "HistoryQueryLimit", _INTEGER, "10000",
        "Records that a query of the history gives at once at most; further queries go on behind them. 0 is "
        "no limit.",
        minimum=0, maximum=100_000, required=True,
    ),
    _row(
        "HistoryQueryTimeLimit", _INTEGER, "60",
        "Seconds that the database may take for a query of the history; then it is ended, and refused.",
        minimum=1, maximum=3600, required=True,
    ),
    _row(
        "HostKeyChecking", _CHOICE, "FailFirstJob",
        "What file transfers by SSH do about a host of which no key is known: FailFirstJob, the first one "
        "fails, and the key is remembered; AcceptHostKey, it is taken and remembered; CheckParameter, so if "
        "the job's AcceptHostKey is true, and refused else. A key that has changed is refused always.",
        choices=("FailFirstJob", "AcceptHostKey", "CheckParameter"), required=True,
    ),
    _row(
        "StartServicesAfterUpgrade", _BOOLEAN, "True",
        "Whether jamsdba UPDATE starts the services when it is done, where systemd runs them.",
        required=True,
    ),
    _row(
        "StatsInterval", _INTEGER, "60",
        "Seconds between samples of what the server and its machine use, which the server's status shows.",
        minimum=1, maximum=_DAY, required=True,
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
    _row(
        "IMAPServer", _TEXT, "",
        "The server of the mailbox for whose mails triggers wait, or host:port; empty is none.",
    ),
    _row(
        "IMAPPort", _INTEGER, "",
        "Its port, where IMAPServer names none; empty is 993, and 143 with StartTLS.",
        minimum=1, maximum=65535,
    ),
    _row(
        "IMAPSecurity", _CHOICE, "TLS",
        "How the way to the mailbox is kept secret; its server needs a certificate that holds.",
        choices=("TLS", "StartTLS"), required=True,
    ),
    _row("IMAPCredential", _TEXT, "", "The stored credential by which the server logs in to the mailbox."),
    _row(
        "IMAPTimeout", _SPAN, "00:00:30", "How long the mailbox's server may take for an answer.",
        minimum=1, maximum=600, required=True,
    ),
    _row(
        "IMAPInterval", _SPAN, "00:01",
        "How often mailboxes are looked into, besides when their server tells that a mail has come.",
        minimum=1, maximum=1500, required=True,
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
    _row(
        "PasswordMinLength", _INTEGER, "8", "Characters that a new password has at least.",
        minimum=SHORTEST_PASSWORD, maximum=128, required=True,
    ),
    _row(
        "PasswordClasses", _INTEGER, "1",
        "Kinds of characters that a new password holds at least, of small letters, capital letters, digits "
        "and others; one of twenty characters or more needs none.",
        minimum=1, maximum=4, required=True,
    ),
    _row(
        "PasswordHistory", _INTEGER, "5", "Passwords of before that an account cannot have again.",
        minimum=0, maximum=24, required=True,
    ),
    _row(
        "PasswordMaxDays", _INTEGER, "0",
        "Days after which a password has to be changed before anything else; 0 is never.",
        minimum=0, maximum=3650, required=True,
    ),
    _row(
        "LockoutFailures", _INTEGER, "0",
        "Wrong passwords for one name that lock it, wherever they come from; 0 locks none. Who locks a name "
        "by them keeps its owner out.",
        minimum=0, maximum=1000, required=True,
    ),
    _row(
        "LockoutWindow", _SPAN, "00:15", "How long a wrong password counts for LockoutFailures.",
        minimum=1, maximum=30 * _DAY, required=True,
    ),
    _row(
        "LockoutTime", _SPAN, "00:15", "How long a name is locked.",
        minimum=1, maximum=366 * _DAY, required=True,
    ),
    _row(
        "OneTimeCodes", _CHOICE, "Optional",
        "Who has to log in with a one-time code beside the password: nobody has to (Optional), who may do "
        "everything or change accounts (Administrators), or Everybody.",
        choices=("Optional", "Administrators", "Everybody"), required=True,
    ),
    _row(
        "LoginGroup", _TEXT, "",
        "The group whose members alone are let in, beside those who may do everything; empty is everybody.",
    ),
    _row(
        "SystemGroups", _BOOLEAN, "False",
        "Whether an account that is called as a user of the server's machine is in the groups of that user "
        "too, as LOCAL\\group.",
        required=True,
    ),
)  # fmt: skip
"""In the order in which they are documented; lists are by name."""

_BY_NAME = {each.name.lower(): each for each in SETTINGS}


def known_setting(name: str) -> KnownSetting | None:
    """The setting of that name in any case, or None."""
    return _BY_NAME.get(name.strip().lower())
