"""What can go wrong between a client and the endpoint.

A violation ends the session that made it, and nothing else. Messages never repeat what the client sent
beyond a short name, since it may be a secret.
"""

from __future__ import annotations

from jams.objects.errors import MalformedRequest, TimedOut


class ProtocolViolation(MalformedRequest):
    """Something that the remoting protocol does not allow, or that exceeds a limit."""

    code = "RemotingProtocolViolation"


class PacketViolation(ProtocolViolation):
    """A line of the out-of-process framing that is none."""

    code = "RemotingPacketViolation"


class FragmentViolation(ProtocolViolation):
    """Fragments with a broken header, out of order, or of an object that is too large."""

    code = "RemotingFragmentViolation"


class MessageViolation(ProtocolViolation):
    """A message with a broken header, in a state that forbids it, or without what it must hold."""

    code = "RemotingMessageViolation"


class ClixmlViolation(ProtocolViolation):
    """A body that is no CLIXML, or CLIXML beyond the limits."""

    code = "RemotingClixmlViolation"


class NestedTooDeeply(ClixmlViolation):
    """Objects within objects, beyond the limit; of a command it ends that command alone."""


class PipelineOverdue(TimedOut):
    """A pipeline ran longer than the server lets any run, and was stopped."""

    code = "PipelineOverdue"


class SessionKeyMissing(Exception):
    """A secret cannot be written or read before client and server have exchanged the session key."""


class PipelineStopped(Exception):
    """Raised inside a command when its pipeline is being stopped; let it pass."""


class HostUnavailable(Exception):
    """The client has no host that could do what was asked of it, or its host failed.

    Attributes:
        message: the reason, as the user shall read it.
    """

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message
