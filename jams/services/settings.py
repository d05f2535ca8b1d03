"""The settings of a JAMS server: one frozen class, in which each setting explains itself.

``Common.config`` gives values by the published key names; ``Common.Sample`` is made from this class.
"""

from __future__ import annotations

import socket
from collections.abc import Iterator
from dataclasses import dataclass, fields
from pathlib import Path

from jams.objects.hosts import is_loopback
from jams.wire.addresses import (
    EXECUTOR_PORT,
    SCHEDULER_PORT,
    UNPRIVILEGED_WIRE_PORT,
    WIRE_PORT,
)

from .outside_settings import OutsideSettings
from .setting_fields import setting as _setting
from .values import (
    Reader,
    boolean,
    choice,
    directories,
    host,
    integer,
    networks,
    origins,
    pairs,
    permissions,
    port_or_none,
    positive_span,
    span_or_none,
    span_within,
    system_log,
    text,
    web_address,
    without_domain,
)


@dataclass(frozen=True, kw_only=True)
class Settings(OutsideSettings):
    """Everything that can be configured. Made by :func:`jams.services.configuration.load`.

    ``home`` is the home directory; every other attribute is documented by its own ``about``.
    """

    home: Path
    connection_string: str = _setting(
        "ConnectionString",
        "",
        text,
        "The database. Empty: the embedded SQLite database JAMS.db in the home directory. Otherwise the path "
        "of an SQLite file, an address (sqlite:///..., postgresql://user:password@host/name, "
        "mssql://user:password@host/name), or a semicolon list: Server=HOST\\INSTANCE; Failover Partner=...; "
        "Database=...; Application Name=...; Connect Timeout=...; Integrated Security=SSPI (or uid=...; "
        "pwd=...) for SQL Server, Host=...;Database=...;Username=...;Password=... for PostgreSQL. "
        "${file:PATH} stands for what a file holds, ${env:JAMS_NAME} for a variable of the environment.",
    )
    database_connections: int = _setting(
        "DatabaseConnections",
        10,
        integer(3, 500),
        "How many connections to a PostgreSQL or SQL Server database the server has at most. SQLite needs no "
        "limit.",
        "10",
    )
    jam_server: str = _setting(
        "JAMServer", "localhost", host, "The JAMServer that separate web services target.", "localhost"
    )
    server_name: str = _setting(
        "ServerName", "", text, "What this server calls itself. Empty: the name of the machine."
    )
    listen_address: str = _setting(
        "ListenAddress",
        "127.0.0.1",
        host,
        "The address on which the JAMServer and the web services listen. 127.0.0.1 serves this machine "
        "alone; 0.0.0.0 serves every network.",
        "127.0.0.1",
    )
    server_port: int | None = _setting(
        "ServerPort",
        None,
        integer(0, 65535),
        f"The port of the JAMServer. Empty: {WIRE_PORT}, or {UNPRIVILEGED_WIRE_PORT} where {WIRE_PORT} is "
        "privileged and may not be opened. 0: any free port.",
    )
    web_port: int = _setting(
        "WebPort", 8080, integer(0, 65535), "The port of the web services. 0: any free port.", "8080"
    )
    public_url: str = _setting(
        "PublicUrl",
        "",
        lambda value: web_address(value) if value else "",
        "The address of the web services as their callers see it, published in the WSDL and the OpenAPI "
        "description. Its path is the base path. Empty: http://localhost:WebPort/JAMS.",
    )
    web_services: str = _setting(
        "WebServices",
        "embedded",
        choice("embedded", "separate"),
        "embedded: the web services run in the server's process. separate: they run as a process of their "
        "own (role web of jams start).",
        "embedded",
    )
    soap_sender_status: str = _setting(
        "Soap12SenderFaultStatus",
        "500",
        choice("500", "400"),
        "HTTP status of a SOAP 1.2 fault that blames the sender. 500: .NET reads the fault. 400: as the "
        "standard of SOAP 1.2 has it; .NET then sees no fault, only the status.",
        "500",
    )
    cors_origins: tuple[str, ...] = _setting(
        "CorsOrigins",
        (),
        origins,
        "Origins of pages on other sites, with ; between them, that may use the web services from a browser, "
        "as https://portal.example.com. They show a token. Empty: none.",
    )
    allow_insecure_http: bool = _setting(
        "Auth:AllowInsecureHttp",
        False,
        boolean,
        "Whether the web services may listen without TLS on another address than this machine's own. Only "
        "behind a proxy that ends TLS.",
        "false",
    )
    trusted_proxies: tuple[str, ...] = _setting(
        "TrustedProxies",
        (),
        networks,
        "Addresses and networks, with ; between them, of proxies in front of the web services, whose header "
        "X-Forwarded-For tells the address of the caller, and of machines with web services apart. Logins "
        "that fail are counted by that address, and the audit trail shows it. The word of others does not "
        "count. Empty: only that of web services on the JAMServer's own machine.",
    )
    audit_system_log: str | tuple[str, int] | None = _setting(
        "AuditSystemLog",
        None,
        system_log,
        "Where records of the audit trail are passed on as lines of JSON: the socket of the system's log, "
        "/dev/log (syslog or journald), or a host and a port that take syslog over UDP, loghost:514. Empty: "
        "nowhere.",
    )
    system_log: str | tuple[str, int] | None = _setting(
        "SystemLog",
        None,
        system_log,
        "Where serious errors of the services are told beside their own logs: the socket of the system's "
        "log, /dev/log (syslog or journald), or a host and a port that take syslog over UDP, loghost:514. "
        "Empty: on Windows the Event Log, if openjams[windows] is installed; elsewhere nowhere, since "
        "systemd takes what the services write to their terminals.",
    )
    backup_location: str = _setting(
        "BackupLocation",
        "",
        text,
        "The folder in which jobs of the method JAMSBackup put their backups. Empty: backups in the home "
        "directory.",
    )
    token_lifetime: float = _setting(
        "Auth:TokenLifetime",
        12 * 3600.0,
        positive_span,
        "How long an access token holds: days.hours:minutes.",
        "0.12:00",
    )
    administrator_name: str = _setting(
        "AdministratorName",
        "Administrator",
        text,
        "The account that the first start makes, with a random password.",
        "Administrator",
    )
    authorized_group: str = _setting(
        "AuthorizedGroup",
        "",
        without_domain,
        "A group whose members may do everything, beside the group Administrators. A domain before it "
        "(DOMAIN\\Group) is left out. Empty: none.",
    )
    wire_certificate: str = _setting(
        "WireCertificate",
        "",
        text,
        "TLS certificate (PEM) that the JAMServer shows on its port. Empty, with WireKey: no TLS. The "
        "command jams certificate makes one for development.",
    )
    wire_key: str = _setting("WireKey", "", text, "Private key (PEM) of WireCertificate.")
    wire_authority: str = _setting(
        "WireAuthority",
        "",
        text,
        "Certificate (PEM) that separate web services trust when they reach the JAMServer; with it they "
        "insist on TLS. Empty: no TLS.",
    )
    key_protection: str = _setting(
        "KeyProtection",
        "file",
        choice("file", "passphrase", "keyring", "command"),
        "How the keys of stored secrets are kept. file: in secret.key of the home directory, which its owner "
        "alone can read. The others encrypt that file: passphrase under the passphrase in KeyPassphraseFile; "
        "keyring under a secret in the keyring of the server's account (needs openjams[keyring]); command "
        "under what KeyCommand says. JAMSDBA PROTECT KEY writes the file as this says.",
        "file",
    )
    key_passphrase_file: str = _setting(
        "KeyPassphraseFile",
        "",
        text,
        "A file with the passphrase that encrypts secret.key, readable for its owner alone; $NAME in it "
        "stands for a variable of the environment, as $CREDENTIALS_DIRECTORY of systemd.",
    )
    key_command: str = _setting(
        "KeyCommand",
        "",
        text,
        "A command that writes the secret that encrypts secret.key to its standard output, as clients of key "
        "stores do; it is run without a shell, once in each process that needs it.",
    )
    allow_plain_wire: bool = _setting(
        "AllowPlainWire",
        False,
        boolean,
        "Whether the JAMServer may be served and reached without TLS beyond this machine.",
        "false",
    )
    power_shell_socket: str = _setting(
        "PowerShellSocket",
        "",
        text,
        "The unix socket on which PowerShell sessions come in, from this machine and through its SSH server "
        "(jams ps endpoint shows how). Empty: powershell.sock in the home directory. none: no socket.",
    )
    power_shell_socket_mode: int = _setting(
        "PowerShellSocketMode",
        0o600,
        permissions,
        "Who may connect to PowerShellSocket, as a file mode. 0600: who runs the server; 0660: its group too;"
        " 0666: every user of this machine who has an account here.",
        "0600",
    )
    power_shell_users: tuple[tuple[str, str], ...] = _setting(
        "PowerShellUsers",
        (),
        pairs,
        "Which account a user of this machine has on PowerShellSocket: user=account; user=account. Others "
        "have the account of their own name, if there is one.",
    )
    power_shell_sessions: int = _setting(
        "PowerShellSessions",
        200,
        integer(1, 10_000),
        "How many PowerShell sessions may be open at once, over all ways in.",
        "200",
    )
    power_shell_sessions_per_account: int = _setting(
        "PowerShellSessionsPerAccount",
        25,
        integer(1, 10_000),
        "How many of them one account may have.",
        "25",
    )
    power_shell_idle_time: float = _setting(
        "PowerShellIdleTime",
        2 * 3600.0,
        span_within(60, 12 * 3600),
        "After how long without a word from its client, and without a command that runs, a PowerShell "
        "session ends: days.hours:minutes, from a minute to twelve hours. Over WS-Management clients may "
        "choose otherwise.",
        "0.02:00",
    )
    power_shell_run_time: float | None = _setting(
        "PowerShellRunTime",
        3600.0,
        span_or_none,
        "How long a PowerShell pipeline may run: days.hours:minutes, or none. One that takes longer is "
        "stopped.",
        "0.01:00",
    )
    power_shell_monitor_time: float | None = _setting(
        "PowerShellMonitorTime",
        None,
        span_or_none,
        "The same for pipelines that follow a log or wait for an entry.",
        "none",
    )
    power_shell_stop_grace: float = _setting(
        "PowerShellStopGrace",
        30.0,
        span_within(1, 600),
        "How long a PowerShell pipeline that was told to stop may take: days.hours:minutes:seconds, from a "
        "second to ten minutes. Then its client is told that it was stopped, and it is left to itself.",
        "0.00:00:30",
    )
    wsman_port: int | None = _setting(
        "WSManPort",
        None,
        integer(0, 65535),
        "The port on which PowerShell sessions come in over WS-Management; 5986 is usual. Empty: none. "
        "0: any free port.",
    )
    wsman_certificate: str = _setting(
        "WSManCertificate",
        "",
        text,
        "TLS certificate (PEM) of WSManPort. The command jams certificate makes one for development.",
    )
    wsman_key: str = _setting("WSManKey", "", text, "Private key (PEM) of WSManCertificate.")
    wsman_allow_http: bool = _setting(
        "WSManAllowHttp",
        False,
        boolean,
        "Whether WSManPort may do without TLS, on this machine's own address alone: for tests.",
        "false",
    )
    power_shell_ssh_port: int | None = _setting(
        "PowerShellSshPort",
        None,
        integer(0, 65535),
        "The port of an SSH server of our own for PowerShell sessions, where accounts log in with their "
        "password, or with a key listed in the file ssh/authorized_keys/ACCOUNT of the home directory. Needs "
        "the extra openjams[ssh]. Empty: none. 0: any free port.",
    )
    scheduler_port: int | None = _setting(
        "SchedulerPort",
        SCHEDULER_PORT,
        port_or_none,
        "The port of this machine alone at which the scheduler tells what it does (GET /, JSON), to whoever "
        "has an account here; nothing can be changed there. none: it does not. 0: any free port, which its "
        "log tells. When another program has it, there is no such port.",
        str(SCHEDULER_PORT),
    )
    executor_port: int | None = _setting(
        "ExecutorPort",
        EXECUTOR_PORT,
        port_or_none,
        "The same of the executor.",
        str(EXECUTOR_PORT),
    )
    default_job_account: str = _setting(
        "DefaultJobAccount",
        "",
        text,
        "The account of this machine as which jobs run whose property ExecuteAs names none; then no job runs "
        "as the account of the server. It takes a server that may switch accounts: root, or one with the "
        "capabilities that the administration page names. Empty: the account of the server, whose keys and "
        "database every job can read then.",
    )
    default_log_location: str = _setting(
        "DefaultLogLocation",
        "",
        text,
        "Where the logs of jobs go: a directory, or a format like TimeStampLogFormat. Empty: the directory "
        "logs/jobs in the home directory.",
    )
    allowed_log_locations: tuple[str, ...] = _setting(
        "AllowedLogLocations",
        (),
        directories,
        "Directories, with ; between them, below which jobs may have their logs beside the usual place; the "
        "property LogLocation names nothing outside of them. Relative ones lie in the home directory, as a "
        "relative LogLocation does.",
    )
    time_stamp_log_format: str = _setting(
        "TimeStampLogFormat",
        r"{0}\{1}_{8:d4}{9:d2}{10:d2}_{11:d2}{12:d2}{13:d2}{14:d3}{2}",
        text,
        "The name of a job's log. {0} location, {1} job, {2} extension, {3} folder, {4} full job name, "
        "{5} RON, {6} entry, {7} start time, {8} year, {9} month, {10} day, {11} hour, {12} minute, "
        "{13} second, {14} millisecond.",
        r"{0}\{1}_{8:d4}{9:d2}{10:d2}_{11:d2}{12:d2}{13:d2}{14:d3}{2}",
    )
    temp_location: str = _setting(
        "TempLocation",
        "",
        text,
        "Where the executor keeps the scripts and marks of runs that are going on: a local directory that "
        "outlives a restart of the machine, and to which nobody else can write. Empty: the directory temp in "
        "the home directory.",
    )
    cancel_grace: float = _setting(
        "CancelGrace",
        10.0,
        span_within(0, 86400),
        "How long a run that is cancelled or restarted may take to end after it was asked to; then "
        "everything that lives of it is killed: days.hours:minutes:seconds.",
        "0:00:10",
    )
    threads: int = _setting(
        "Threads", 16, integer(2, 256), "How many requests the web services work on at once.", "16"
    )
    waiter_limit: int = _setting(
        "WaiterLimit",
        2000,
        integer(1, 100_000),
        "How many callers may wait at once for an entry or a log. Each takes a connection, and no thread. "
        "Further ones are answered at once with what there is, and ask again.",
        "2000",
    )
    max_request_bytes: int = _setting(
        "MaxRequestBytes",
        8 << 20,
        integer(64 << 10, 1 << 30),
        "The longest request that is taken, in bytes.",
        str(8 << 20),
    )
    request_time: float = _setting(
        "RequestTime",
        20.0,
        span_within(1, 3600),
        "How long the head of a request to the web services may take to arrive, and a connection to say its "
        "first word, to the JAMServer as well: days.hours:minutes:seconds.",
        "0:00:20",
    )
    request_rate: int = _setting(
        "RequestRate",
        4096,
        integer(1, 1 << 20),
        "Bytes a second at which the rest of a request arrives, and an answer is taken, at least. Whoever is "
        "slower for the length of RequestTime loses the connection.",
        "4096",
    )
    idle_connection_time: float = _setting(
        "IdleConnectionTime",
        120.0,
        span_within(1, 86400),
        "After how long without a request a connection to the web services or the JAMServer is closed: "
        "days.hours:minutes:seconds. A proxy in front closes its own earlier.",
        "0:02:00",
    )
    connections_per_address: int = _setting(
        "ConnectionsPerAddress",
        100,
        integer(1, 20_000),
        "How many connections one address may have on which nobody has logged in and nothing is asked for. "
        "For a further one that which has been silent longest is closed. Connections of TrustedProxies are "
        "not counted.",
        "100",
    )
    deliver_jobs: bool = _setting(
        "DeliverJobs",
        True,
        boolean,
        "Whether a start makes the jobs of the folder \\JAMS that are delivered with the server, unless an "
        "earlier one has made them: who has changed or deleted one keeps it so.",
        "true",
    )
    log_level: str = _setting(
        "LogLevel",
        "info",
        choice("debug", "info", "warning", "error"),
        "What is written to the server's own log.",
        "info",
    )

    @property
    def name(self) -> str:
        """What the server calls itself."""
        return self.server_name or socket.gethostname()

    @property
    def local_only(self) -> bool:
        """Whether the server listens for its own machine alone."""
        return is_loopback(self.listen_address)

    @property
    def log_directory(self) -> Path:
        """Where the services' own logs lie."""
        return self.home / "logs"

    @property
    def job_logs(self) -> Path:
        """Directory of job logs, or a format for it."""
        return self._path(self.default_log_location, self.log_directory / "jobs")

    @property
    def backup_directory(self) -> Path:
        """Where jobs put their backups."""
        return self._path(self.backup_location, self.home / "backups")

    @property
    def power_shell_path(self) -> Path | None:
        """The socket of PowerShell sessions; None when there is to be none."""
        if self.power_shell_socket.lower() == "none":
            return None
        return self._path(self.power_shell_socket, self.home / "powershell.sock")

    @property
    def run_directory(self) -> Path:
        """Where the executor keeps its journal."""
        return self._path(self.temp_location, self.home / "temp")

    def _path(self, given: str, default: Path) -> Path:
        return self.home / Path(given).expanduser() if given else default


@dataclass(frozen=True)
class Setting:
    """One setting: its attribute, its key in the file, how it is read, and what it means.

    ``written`` is the default as the sample writes it; empty when the default depends on the machine.
    """

    attribute: str
    key: str
    read: Reader
    about: str
    written: str


def known_settings() -> Iterator[Setting]:
    """Every setting, in the order of the sample: what is of logins from outside comes last."""
    outside = {item.name for item in fields(OutsideSettings)}
    for item in sorted(fields(Settings), key=lambda item: item.name in outside):
        if "key" in item.metadata:
            yield Setting(item.name, **item.metadata)
