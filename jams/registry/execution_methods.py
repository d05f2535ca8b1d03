"""The methods that are delivered: what each runs, and whether this server does (semantics 4.2)."""

from __future__ import annotations

from msgspec import Struct
from msgspec.structs import replace

from jams.objects.enums import DataType, ValidationType
from jams.objects.parts import ParamDef

HTTP, MAIL, FILE_TRANSFER = "HTTP", "Mail", "FileTransfer"
SEQUENCE, SETUP = "Sequence", "Setup"
"""The methods of jobs whose run is that of other jobs (semantics 2.3)."""

PURGE = "JAMSPurge"
BACKUP = "JAMSBackup"
"""The method of jobs that the server runs itself, and that remove what has outlived its time."""


class BaseMethod(Struct, frozen=True, kw_only=True):
    """A method that is delivered.

    Attributes:
        name: its published name.
        description: what it does, in a sentence.
        parsed: whether references in its source are replaced before it runs.
        runs: what the executor is asked for; empty: the name itself.
        connects: whether it logs on somewhere with the credential of the property ``ConnectionCredential``.
        parameters: those that its jobs have.
        unavailable: why no job of it can run on this server, in a sentence; empty if it can.
        number: its ``methodTypeID``, given by the order in the list.
    """

    name: str
    description: str
    parsed: bool = False
    runs: str = ""
    connects: bool = False
    parameters: tuple[ParamDef, ...] = ()
    unavailable: str = ""
    number: int = 0

    @property
    def container(self) -> bool:
        """Whether its jobs have members in place of a run."""
        return self.name in (SEQUENCE, SETUP)


def _missing(name: str, description: str, why: str) -> BaseMethod:
    return BaseMethod(name=name, description=description, unavailable=why)


_WINDOWS = "It needs programs of Windows, which this server does not run."
_BITS = "Only the PowerShell that is installed is run, and that has 64 bits: use {}."
_PLAIN_SQL = "Use SQLCommand, which reaches the same databases through their drivers."
_OTHER_HOST = "Work on other hosts is done by agents of the type WinRM here."
_PACK = "No pack for that application is there."

_CONNECTION = (
    ParamDef(
        param_name="ConnectionString",
        length=1024,
        help_text="The database: postgresql://host/name. Who logs on is said by ConnectionCredential.",
        allow_entry=False,
    ),
    ParamDef(
        param_name="ContinueOnError",
        data_type=DataType.BOOLEAN,
        default_value="False",
        help_text="Whether the statements after one that has failed are run.",
        allow_entry=False,
        sequence=1,
    ),
    ParamDef(
        param_name="Transaction",
        data_type=DataType.BOOLEAN,
        default_value="True",
        help_text="Whether all statements are one transaction.",
        allow_entry=False,
        sequence=2,
    ),
    ParamDef(
        param_name="MaximumRows",
        data_type=DataType.INTEGER,
        default_value="1000",
        help_text="How many rows of a result are written to the log.",
        allow_entry=False,
        sequence=3,
    ),
)
_REQUEST = (
    ParamDef(
        param_name="Timeout",
        data_type=DataType.INTEGER,
        default_value="60",
        help_text="Seconds for which an answer is waited for.",
        allow_entry=False,
    ),
    ParamDef(
        param_name="Authentication",
        default_value="Basic",
        validation_type=ValidationType.SELECT,
        validation_data="Basic,Bearer",
        help_text="How the password of ConnectionCredential is sent.",
        allow_entry=False,
        sequence=1,
    ),
)


def _wish(
    name: str,
    help_text: str,
    default: str = "",
    *,
    kind: DataType = DataType.TEXT,
    choices: str = "",
) -> ParamDef:
    """A parameter of a file transfer; whoever submits does not say it."""
    return ParamDef(
        param_name=name,
        data_type=kind,
        default_value=default or None,
        help_text=help_text,
        validation_type=ValidationType.SELECT if choices else ValidationType.NONE,
        validation_data=choices or None,
        allow_entry=False,
    )


_TRANSFER = tuple(
    replace(each, sequence=number)
    for number, each in enumerate(
        (
            _wish("Server", "The file server: its name or address, with :port if that is not the usual one."),
            _wish("Protocol", "How it is spoken to.", "SFTP", choices="FTP,FTPS,FTPSImplicit,SFTP"),
            _wish("Port", "Its port; 0 is the usual one of the protocol.", "0", kind=DataType.INTEGER),
            _wish("Direction", "Which way files go.", "Receive", choices="Receive,Send"),
            _wish("From", "What is brought over: a path, whose last part may hold * and ?."),
            _wish("To", "Where to: a folder that is there, or the path of a single file."),
            _wish("Recurse", "Whether folders in the folder are gone into.", "False", kind=DataType.BOOLEAN),
            _wish("IfExists", "What is done where a file of the name is there.", "Replace",
                  choices="Replace,Skip,Fail"),
            _wish("IfNone", "What becomes of a run for which there are no files.", "Fail",
                  choices="Fail,Succeed"),
            _wish("RemoveAfter", "Whether a file that came over is removed where it was.", "False",
                  kind=DataType.BOOLEAN),
            _wish("Mode", "Whether files go over as they are, or, by FTP, as texts whose line ends change.",
                  "Binary", choices="Binary,Ascii"),
            _wish("Passive", "Whether connections for data are opened from here, by FTP.", "True",
                  kind=DataType.BOOLEAN),
            _wish("WriteBeside", "Whether files are sent under another name, and renamed when whole.",
                  "True", kind=DataType.BOOLEAN),
            _wish("HostKey", "The only key of the host that is right, as SHA256:..., by SFTP."),
            _wish("KnownHosts", "The file of keys of hosts by SFTP, in place of the usual ones."),
            _wish("AcceptHostKey",
                  "Whether a key of a host is taken that is not known, if HostKeyChecking is CheckParameter.",
                  "False", kind=DataType.BOOLEAN),
            _wish("PrivateKey", "The file of the private key by which one logs on by SFTP."),
            _wish("CertificateAuthority",
                  "The file of certificates (PEM) that are trusted by FTPS, in place of the system's."),
            _wish("Timeout", "Seconds for which an answer, or the next piece of a file, is waited for.", "60",
                  kind=DataType.INTEGER),
        )
    )
)  # fmt: skip

_LISTED = (
    BaseMethod(name="Command", description="Runs commands of the platform's shell."),
    BaseMethod(name="Python", description="Runs a Python script."),
    BaseMethod(name="PowerShell", description="Runs a PowerShell script."),
    BaseMethod(
        name=SEQUENCE,
        description="Submits jobs one after the other and beside each other, as its tasks say.",
    ),
    BaseMethod(name=SETUP, description="Submits jobs step by step."),
    BaseMethod(
        name="Parsed",
        description="Runs commands of the platform's shell, in which references are replaced.",
        parsed=True,
        runs="Command",
    ),
    BaseMethod(
        name="PowerShellParsed",
        description="Runs a PowerShell script, in which references are replaced.",
        parsed=True,
        runs="PowerShell",
    ),
    BaseMethod(name="Routine", description="Calls an entry point of Python, module:callable.", connects=True),
    BaseMethod(
        name="SQLCommand",
        description="Runs SQL at a database, in which references are replaced.",
        parsed=True,
        connects=True,
        parameters=_CONNECTION,
    ),
    BaseMethod(
        name="SQLStoredProc",
        description="Runs a procedure of a database.",
        connects=True,
        parameters=_CONNECTION,
    ),
    BaseMethod(
        name="OdbcCommand",
        description="Runs SQL through a driver of ODBC, in which references are replaced.",
        parsed=True,
        connects=True,
        parameters=_CONNECTION,
    ),
    BaseMethod(
        name=HTTP,
        description="Sends a request over HTTP, in which references are replaced.",
        parsed=True,
        connects=True,
        parameters=_REQUEST,
    ),
    BaseMethod(name=MAIL, description="Sends a mail, in which references are replaced.", parsed=True),
    _missing("PowerShell32", "Runs a script with PowerShell of 32 bits.", _BITS.format("PowerShell")),
    _missing(
        "PowerShellParsed32",
        "Runs a script with PowerShell of 32 bits, parsed.",
        _BITS.format("PowerShellParsed"),
    ),
    _missing("VBS", "Runs a VBScript.", _WINDOWS),
    _missing("VBSParsed", "Runs a VBScript, parsed.", _WINDOWS),
    _missing("Interactive", "Runs on somebody's desktop.", "No agent here has a desktop."),
    _missing("SQLCMD", "Runs a script of sqlcmd.", _PLAIN_SQL),
    _missing("SQLCMDServer", "Runs a script of sqlcmd at the server.", _PLAIN_SQL),
    _missing("SQLAgentJob", "Starts a job of SQL Server Agent.", _PACK),
    _missing("SSIS", "Runs a package of Integration Services.", _WINDOWS),
    _missing("SSISDirect", "Runs a package of Integration Services.", _WINDOWS),
    _missing("OleDbCommand", "Runs SQL through OLE DB.", f"{_WINDOWS} Use OdbcCommand."),
    _missing("OracleStoredProc", "Runs a procedure of Oracle.", "Use SQLStoredProc."),
    BaseMethod(
        name=FILE_TRANSFER,
        description="Brings files from or to a server by FTP, FTPS or SFTP.",
        parsed=True,
        connects=True,
        parameters=_TRANSFER,
    ),
    _missing("SSH", "Types commands to a remote shell.", _OTHER_HOST),
    _missing("SSHPrompt", "Answers the prompts of a remote shell.", _OTHER_HOST),
    _missing("SSHAgent", "Runs commands through an agent over SSH.", _OTHER_HOST),
    _missing("SSHDeploy", "Brings an agent to a host over SSH.", _OTHER_HOST),
    _missing("UnixScript", "Runs a script at an agent on Unix.", _OTHER_HOST),
    _missing("UnixShell", "Runs a command at an agent on Unix.", _OTHER_HOST),
    _missing("Rexec", "Runs commands over rexec.", "rexec sends passwords in plain text."),
    _missing("Workflow", "Runs a graph of activities.", "Use Sequence."),
    _missing("JAMSReport", "Makes a report.", "No reports are made here yet."),
    _missing("SSRS", "Makes a report of Reporting Services.", _WINDOWS),
    BaseMethod(
        name=PURGE,
        description="Removes what has outlived its time from the history, the logs and the audit trail.",
    ),
    BaseMethod(name=BACKUP, description="Takes a backup of all that the server knows."),
)

METHODS = {
    each.name.casefold(): BaseMethod(
        name=each.name,
        description=each.description,
        parsed=each.parsed,
        runs=each.runs,
        connects=each.connects,
        parameters=each.parameters,
        unavailable=each.unavailable,
        number=number,
    )
    for number, each in enumerate(_LISTED, start=1)
}
"""The delivered methods, by name in small letters."""


def base_method(name: str) -> BaseMethod | None:
    """The delivered method of that name in any case, or None."""
    return METHODS.get(name.casefold())
