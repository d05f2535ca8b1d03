"""Makes the ``web.config`` under which IIS hosts the web services by HttpPlatformHandler."""

from __future__ import annotations

import subprocess
import xml.etree.ElementTree as ET
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from jams.scheduler.waiting import LONGEST_WAIT
from jams.services.settings import Settings

from .hosting import checked

STARTUP_SECONDS = 60
"""How long the handler waits for the process to listen. Its default, 10, is short for a cold start."""


@dataclass(frozen=True)
class Hosting:
    """What the handler starts.

    Attributes:
        python: the interpreter of the environment in which JAMS is installed.
        home: the home directory.
        role: see :mod:`iis.hosting`.
        processes: how many processes share the requests; more than one only with the role ``web``.
        environment: further environment variables of the process.
    """

    python: Path
    home: Path
    role: str = "web"
    processes: int = 1
    environment: Mapping[str, str] = field(default_factory=dict)

    @property
    def arguments(self) -> Sequence[str]:
        """The arguments of the interpreter."""
        return ("-m", "iis.hosting", "--home", str(self.home), "--role", self.role)

    @property
    def stdout_log(self) -> Path:
        """Where standard output goes; the handler adds a process number and a time to the name."""
        return self.home / "logs" / "iis-stdout"


def web_config(hosting: Hosting, settings: Settings) -> bytes:
    """The text of ``web.config``, in UTF-8.

    The attributes are those of the HttpPlatformHandler configuration reference; the limit of a request's
    length is the one that the web services keep themselves.

    Raises:
        ConfigurationInvalid: the settings cannot be used behind IIS.
    """
    checked(settings)
    root = ET.Element("configuration")
    server = ET.SubElement(root, "system.webServer")
    _handlers(server)
    _platform(server, hosting)
    filtering = ET.SubElement(ET.SubElement(server, "security"), "requestFiltering")
    # Names of jobs may hold what IIS takes for a second escaping.
    filtering.set("allowDoubleEscaping", "true")
    ET.SubElement(filtering, "requestLimits", maxAllowedContentLength=str(settings.max_request_bytes))
    # Errors are problems and faults of ours; IIS would put a page of its own in their place.
    ET.SubElement(server, "httpErrors", existingResponse="PassThrough")
    ET.indent(root)
    text: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return text + b"\n"


def _handlers(server: ET.Element) -> None:
    handlers = ET.SubElement(server, "handlers")
    # WebDAV, where it is installed, would answer PUT and DELETE.
    ET.SubElement(handlers, "remove", name="WebDAV")
    ET.SubElement(
        handlers,
        "add",
        name="JAMS",
        path="*",
        verb="*",
        modules="httpPlatformHandler",
        resourceType="Unspecified",
        requireAccess="Script",
    )
    ET.SubElement(ET.SubElement(server, "modules"), "remove", name="WebDAVModule")


def _platform(server: ET.Element, hosting: Hosting) -> None:
    platform = ET.SubElement(
        server,
        "httpPlatform",
        processPath=str(hosting.python),
        arguments=subprocess.list2cmdline(hosting.arguments),
        startupTimeLimit=str(STARTUP_SECONDS),
        requestTimeout=_time_span(LONGEST_WAIT),
        processesPerApplication=str(hosting.processes),
        stdoutLogEnabled="true",
        stdoutLogFile=str(hosting.stdout_log),
    )
    variables = ET.SubElement(platform, "environmentVariables")
    for name, value in {"PYTHONUNBUFFERED": "1", "PYTHONUTF8": "1", **hosting.environment}.items():
        ET.SubElement(variables, "environmentVariable", name=name, value=value)


def _time_span(longest_wait: float) -> str:
    """The handler counts in whole minutes; two more than the longest wait, for the work around it."""
    minutes = int(-(-longest_wait // 60)) + 2
    return f"{minutes // 60:02}:{minutes % 60:02}:00"
