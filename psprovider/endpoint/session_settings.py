"""What a server tells of itself when a session opens."""

from __future__ import annotations

import platform
import sys
from dataclasses import dataclass

from .clixml.shapes import DEFAULT_SHAPES, Shapes
from .clixml.types import OBJECT, PSDict, PSList, Version
from .limits import DEFAULT_LIMITS, Limits

PROTOCOL_VERSIONS = tuple(Version(text) for text in ("2.0", "2.1", "2.2", "2.3", "2.4"))
"""The versions that are spoken. From 2.4 on secrets travel without a session key."""

SHOWN_VERSION = Version("7.3.0")
PS_VERSION = Version("2.0")
SERIALIZATION_VERSION = Version("1.1.0.1")
"""Clients compare this and PS_VERSION for equality."""

_VERSION_ARRAY = ("System.Version[]", "System.Array", OBJECT)
_COMPATIBLE = ("1.0", "2.0", "3.0", "4.0", "5.0", "5.1", "6.0", "7.0")


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of a session.

    Attributes:
        newest: the newest protocol version to agree to.
        shown_version: the PowerShell version that clients are told. From 5.1 on they send ``$using:``
            in its modern form; up to 7.3 their proxies do not ask for parameters we lack.
        product_version: shown beside it.
        shapes: how objects are written.
        limits: the limits.
        largest_output: size from which on an output object is refused; clients over SSH take 10 MB.
    """

    newest: Version = PROTOCOL_VERSIONS[-1]
    shown_version: Version = SHOWN_VERSION
    product_version: str = "1.0"
    shapes: Shapes = DEFAULT_SHAPES
    limits: Limits = DEFAULT_LIMITS
    largest_output: int = 10 << 20

    def agree(self, offered: Version) -> Version:
        """The protocol version to answer to a client that offers ``offered``."""
        return max(min(offered, self.newest), PROTOCOL_VERSIONS[0])

    def application_data(self, protocol: Version) -> PSDict:
        """The private data of the session. The nested table must be of the same type as the outer one."""
        table = PSDict(
            {
                "PSVersion": self.shown_version,
                "PSEdition": "Core",
                "GitCommitId": self.product_version,
                "OS": platform.platform(terse=True),
                "Platform": "Win32NT" if sys.platform == "win32" else "Unix",
                "PSCompatibleVersions": PSList(map(Version, _COMPATIBLE), _VERSION_ARRAY),
                "PSRemotingProtocolVersion": protocol,
                "SerializationVersion": SERIALIZATION_VERSION,
                "WSManStackVersion": Version("3.0"),
                "PSSemanticVersion": str(self.shown_version),
            }
        )
        return PSDict({"PSVersionTable": table})
