"""Answers: envelopes as WinRM writes them, since clients compare more than they should."""

from __future__ import annotations

import base64
import os
import time
import uuid
from collections.abc import Iterable
from uuid import UUID
from xml.sax.saxutils import escape

from . import names
from .faults import WSManFault
from .shells import LONGEST_IDLE, HostedShell

_ENVELOPE = (
    f'<s:Envelope xml:lang="en-US" xmlns:s="{names.SOAP}" xmlns:a="{names.ADDRESSING}" '
    f'xmlns:x="{names.TRANSFER}" xmlns:w="{names.WSMAN}" xmlns:rsp="{names.SHELL}" '
    f'xmlns:p="{names.MICROSOFT}"><s:Header>'
    f"<a:Action>%s</a:Action><a:MessageID>uuid:%s</a:MessageID><a:To>{names.ANONYMOUS}</a:To>%s"
    "</s:Header><s:Body>%s</s:Body></s:Envelope>"
)
_FAULT = "http://schemas.dmtf.org/wbem/wsman/1/wsman/fault"


def envelope(action: str, relates_to: str, body: str) -> bytes:
    """An answer to the request of that MessageID, which is repeated to the letter."""
    relation = f"<a:RelatesTo>{escape(relates_to)}</a:RelatesTo>" if relates_to else ""
    return (_ENVELOPE % (action, str(uuid.uuid4()).upper(), relation, body)).encode()


def fault(problem: WSManFault, relates_to: str) -> bytes:
    """An answer that says what went wrong."""
    reason = escape(problem.reason)
    subcode = f"<s:Subcode><s:Value>{problem.subcode}</s:Value></s:Subcode>" if problem.subcode else ""
    detail = (
        f'<s:Detail><f:WSManFault xmlns:f="{names.FAULT}" Code="{problem.code}" Machine="jams">'
        f"<f:Message>{reason}</f:Message></f:WSManFault></s:Detail>"
        if problem.code
        else ""
    )
    body = (
        f"<s:Fault><s:Code><s:Value>s:{problem.role}</s:Value>{subcode}</s:Code>"
        f'<s:Reason><s:Text xml:lang="en-US">{reason}</s:Text></s:Reason>{detail}</s:Fault>'
    )
    return envelope(_FAULT, relates_to, body)


def identity(version: str) -> bytes:
    """The answer to Identify; who has not logged in is told no version."""
    body = (
        f'<i:IdentifyResponse xmlns:i="{names.IDENTITY}">'
        f"<i:ProtocolVersion>{names.WSMAN}</i:ProtocolVersion>"
        f"<i:ProductVendor>JAMS</i:ProductVendor><i:ProductVersion>{escape(version)}</i:ProductVersion>"
        "</i:IdentifyResponse>"
    )
    return f'<s:Envelope xmlns:s="{names.SOAP}"><s:Header/><s:Body>{body}</s:Body></s:Envelope>'.encode()


def created(to: str, resource: str, shell_id: UUID, shell: str) -> str:
    """The body that answers Create."""
    return (
        f"<x:ResourceCreated><a:Address>{escape(to)}</a:Address><a:ReferenceParameters>"
        f"<w:ResourceURI>{escape(resource)}</w:ResourceURI><w:SelectorSet>"
        f'<w:Selector Name="ShellId">{guid(shell_id)}</w:Selector></w:SelectorSet>'
        f"</a:ReferenceParameters></x:ResourceCreated>{shell}"
    )


def shell(hosted: HostedShell) -> str:
    """A shell's facts; clients parse nearly all of them, in this order (MS-WSMV 2.2.4.36)."""
    facts = (
        ("ShellId", guid(hosted.id)),
        ("Name", hosted.configuration),
        ("ResourceUri", hosted.resource),
        ("Owner", hosted.person.account),
        ("ClientIP", hosted.origin),
        ("ProcessId", str(os.getpid())),
        ("IdleTimeOut", duration(hosted.idle)),
        ("InputStreams", "stdin pr"),
        ("OutputStreams", "stdout"),
        ("MaxIdleTimeOut", duration(LONGEST_IDLE)),
        ("Locale", "en-US"),
        ("DataLocale", "en-US"),
        ("CompressionMode", "XpressCompression" if hosted.compressed else "NoCompression"),
        ("ProfileLoaded", "No"),
        ("Encoding", "UTF8"),
        ("BufferMode", "Block"),
        ("State", "Disconnected" if hosted.disconnected else "Connected"),
        ("ShellRunTime", age(time.monotonic() - hosted.created)),
        ("ShellInactivity", age(hosted.inactive)),
    )
    members = "".join(f"<rsp:{name}>{escape(value)}</rsp:{name}>" for name, value in facts)
    return f'<rsp:Shell xmlns:rsp="{names.SHELL}">{members}</rsp:Shell>'


def received(command: UUID | None, chunk: bytes, done: bool) -> str:
    """The body that answers Receive."""
    which = "" if command is None else f' CommandId="{guid(command)}"'
    stream = (
        f'<rsp:Stream Name="stdout"{which}>{base64.b64encode(chunk).decode("ascii")}</rsp:Stream>'
        if chunk
        else ""
    )
    state = ""
    if command is not None:
        ending = "><rsp:ExitCode>0</rsp:ExitCode></rsp:CommandState>" if done else "/>"
        word = "Done" if done else "Running"
        state = f'<rsp:CommandState{which} State="{names.SHELL}/CommandState/{word}"{ending}'
    return f"<rsp:ReceiveResponse>{stream}{state}</rsp:ReceiveResponse>"


def commanded(command: UUID) -> str:
    """The body that answers Command."""
    return f"<rsp:CommandResponse><rsp:CommandId>{guid(command)}</rsp:CommandId></rsp:CommandResponse>"


def connected(answer: bytes) -> str:
    """The body that answers Connect to a shell."""
    return (
        "<rsp:ConnectResponse><rsp:InputStreams>stdin pr</rsp:InputStreams>"
        "<rsp:OutputStreams>stdout</rsp:OutputStreams>"
        f'<pwsh:connectResponseXml xmlns:pwsh="{names.POWERSHELL}">'
        f"{base64.b64encode(answer).decode('ascii')}</pwsh:connectResponseXml></rsp:ConnectResponse>"
    )


def enumerated(items: Iterable[str]) -> str:
    """The body that answers Enumerate, everything at once."""
    return (
        f'<n:EnumerateResponse xmlns:n="{names.ENUMERATION}"><w:Items>{"".join(items)}</w:Items>'
        "<n:EnumerationContext/><w:EndOfSequence/></n:EnumerateResponse>"
    )


def command_facts(shell_id: UUID, command: UUID, state: str) -> str:
    """A command in an enumeration."""
    return (
        f"<rsp:Command><rsp:ShellId>{guid(shell_id)}</rsp:ShellId>"
        f"<rsp:CommandId>{guid(command)}</rsp:CommandId><rsp:State>{state}</rsp:State></rsp:Command>"
    )


def configuration(largest_envelope: int) -> str:
    """The part of the service's configuration that clients ask for."""
    size = largest_envelope // 1024
    return (
        f'<cfg:Config xmlns:cfg="{names.CONFIG}"><cfg:MaxEnvelopeSizekb>{size}</cfg:MaxEnvelopeSizekb>'
        "</cfg:Config>"
    )


def empty(name: str) -> str:
    """A body that says only that something was done."""
    return f"<rsp:{name}Response/>"


def guid(number: UUID) -> str:
    """A GUID as clients of WS-Management write it."""
    return str(number).upper()


def duration(seconds: float) -> str:
    """A span of time in the form that PowerShell's parser wants: three decimals and a dot."""
    return f"PT{seconds:.3f}S"


def age(seconds: float) -> str:
    """A span of time in whole seconds, by days, hours, minutes and seconds."""
    minutes, second = divmod(int(seconds), 60)
    hours, minute = divmod(minutes, 60)
    days, hour = divmod(hours, 24)
    return f"P{days}DT{hour}H{minute}M{second}S"
