"""The properties of agents: how the server gets to them, and as whom (semantics 2.6).

``Address`` and ``Credential`` are published, and those that nothing obeys; the others are ours, for hosts
that are reached by WinRM.
"""

from __future__ import annotations

from enum import Enum

from .kinds import Place, ValueType
from .model import Property

LONGEST_TIMEOUT = 86_400
_AGENT = (Place.AGENT,)
_TOLD_BY_MEMBER = "The member {} of the agent says it."
_NO_JOBS = "This server needs no job for that."


class Authentication(Enum):
    """How an account proves to a host who it is."""

    NEGOTIATE = "Negotiate"
    KERBEROS = "Kerberos"
    NTLM = "NTLM"
    BASIC = "Basic"


CONNECTION = (
    Property(
        name="Address",
        value_type=ValueType.TEXT,
        description="The name or the address of the host, without a port.",
        category="Connection",
        places=_AGENT,
        longest=253,
        always=True,
    ),
    Property(
        name="Port",
        value_type=ValueType.INTEGER,
        description="The port, where it is not the usual one.",
        category="Connection",
        places=_AGENT,
        minimum=1,
        maximum=65535,
        always=True,
    ),
    Property(
        name="UseTLS",
        value_type=ValueType.BOOLEAN,
        description="Whether the connection is encrypted.",
        category="Connection",
        places=_AGENT,
        default=True,
        always=True,
    ),
    Property(
        name="VerifyCertificate",
        value_type=ValueType.BOOLEAN,
        description="Whether the certificate of the host is checked.",
        category="Connection",
        places=_AGENT,
        default=True,
        always=True,
    ),
    Property(
        name="CertificateAuthority",
        value_type=ValueType.TEXT,
        description="A file on the server's machine with the certificate to trust in place of the system's.",
        category="Connection",
        places=_AGENT,
        always=True,
    ),
    Property(
        name="ConnectTimeout",
        value_type=ValueType.INTEGER,
        description="How many seconds a connection may take to open.",
        category="Connection",
        places=_AGENT,
        default=30,
        minimum=1,
        maximum=LONGEST_TIMEOUT,
        always=True,
    ),
    Property(
        name="ReconnectTimeout",
        value_type=ValueType.INTEGER,
        description="For how many seconds a lost connection is tried again.",
        category="Connection",
        places=_AGENT,
        default=240,
        minimum=1,
        maximum=LONGEST_TIMEOUT,
        always=True,
    ),
    Property(
        name="AgentType",
        value_type=ValueType.TEXT,
        description="How the agent is reached.",
        category="Connection",
        places=_AGENT,
        unsupported=_TOLD_BY_MEMBER.format("agentType"),
    ),
    Property(
        name="AgentPlatform",
        value_type=ValueType.TEXT,
        description="The system that it runs.",
        category="Connection",
        places=_AGENT,
        unsupported=_TOLD_BY_MEMBER.format("agentPlatform"),
    ),
)

SESSION = (
    Property(
        name="ConfigurationName",
        value_type=ValueType.TEXT,
        description="The configuration of the sessions that are opened there.",
        category="Session",
        places=_AGENT,
        default="Microsoft.PowerShell",
        longest=255,
        always=True,
    ),
)

LOGON = (
    Property(
        name="Authentication",
        value_type=ValueType.CHOICE,
        description="How the account proves who it is.",
        category="Logon",
        places=_AGENT,
        default="Negotiate",
        choices=Authentication,
        always=True,
    ),
    Property(
        name="Credential",
        value_type=ValueType.CREDENTIAL,
        description="The credential under whose account jobs run there.",
        category="Logon",
        places=_AGENT,
        always=True,
    ),
)

JOBS = (
    Property(
        name="DeployJob",
        value_type=ValueType.JOB,
        description="The job that puts the agent's software on the host.",
        category="Jobs",
        places=_AGENT,
        unsupported=_NO_JOBS,
    ),
    Property(
        name="DeployCredential",
        value_type=ValueType.CREDENTIAL,
        description="The credential with which that is done.",
        category="Jobs",
        places=_AGENT,
        unsupported=_NO_JOBS,
    ),
    Property(
        name="FileWatchJob",
        value_type=ValueType.JOB,
        description="The job that watches for files there.",
        category="Jobs",
        places=_AGENT,
        unsupported="The server itself watches for files, on its own machine alone.",
    ),
    Property(
        name="MailWatchJob",
        value_type=ValueType.JOB,
        description="The job that watches for mail there.",
        category="Jobs",
        places=_AGENT,
        unsupported="The server itself watches for mail.",
    ),
)
