"""One session: a runspace pool as a state machine (MS-PSRP 3.2). Bytes in; events and messages out.

It knows neither transports nor threads. A transport hands in fragments with the target they came for and
takes messages from its outbox; whoever runs commands handles the events and calls the methods that answer.
All of it must be called under one lock.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from . import decoding, host_calls, messages, records, replies
from .clixml.reader import Reader
from .clixml.types import PSObject, Version
from .events import (
    Event,
    HostAnswered,
    InputEnded,
    InputReceived,
    KeyAgreed,
    PipelineEnded,
    PipelineReady,
    PoolClosed,
    PoolRequested,
    RunspaceReset,
    StopRequested,
)
from .exceptions import ErrorRecord
from .fragments import Defragmenter
from .host_calls import HostMethod
from .keys import Secrets
from .known_errors import pipeline_stopped
from .messages import Message, MessageType, PipelineState, RunspacePoolState
from .outbox import Outbox
from .pipelines import Pipeline, Pipelines
from .protocol_errors import MessageViolation, NestedTooDeeply
from .requests import NO_HOST, HostInfo, SessionInfo
from .session_settings import PROTOCOL_VERSIONS, Settings


class Session:
    """A runspace pool at the server's end.

    Attributes:
        outbox: what is to be sent.
        identity: who is calling, fixed by the transport when the session was made.
        closed: whether the session is over.
    """

    def __init__(
        self, settings: Settings | None = None, identity: object = None, transport: str = ""
    ) -> None:
        self.settings = settings or Settings()
        self.identity = identity
        self.transport = transport
        self.closed = False
        self.pipelines = Pipelines(self.settings.limits)
        self._secrets = Secrets()
        self.outbox = Outbox(self.settings, self._secrets)
        self._defragmenter = Defragmenter(self.settings.limits)
        self._events: list[Event] = []
        self._id: UUID | None = None
        self._protocol: Version | None = None
        self._host: HostInfo = NO_HOST
        self._opened = False
        self._told: dict[str, Any] | None = None

    @property
    def opening(self) -> bool:
        """Whether a client waits for its pool to be opened or refused."""
        return self._opened and self._told is None and not self.closed

    @property
    def protocol(self) -> Version:
        """The protocol version that was agreed; the oldest before that."""
        return self._protocol or PROTOCOL_VERSIONS[0]

    @property
    def secrets_ready(self) -> bool:
        """Whether secrets can be written; if not, ``request_key`` asks for what is missing."""
        return self._secrets.ready

    def take_events(self) -> list[Event]:
        """The events since the last call."""
        events, self._events = self._events, []
        return events

    # What comes from the client

    def receive(self, data: bytes, target: UUID | None = None) -> None:
        """Take fragments that came for ``target``. Raises ProtocolViolation; the session must end then."""
        if self.closed or (target is not None and target not in self.pipelines):
            return
        for data_of_one in self._defragmenter.feed(target, data):
            message = messages.decode(data_of_one)
            self._check(message, target)
            self._handle(message, target)

    def register(self, pipeline: UUID) -> None:
        """A client announces a pipeline. Raises MessageViolation if there are too many or it exists."""
        if not self._opened:
            raise MessageViolation("A pipeline comes before its pool.")
        self.pipelines.register(pipeline)

    def stop(self, pipeline: UUID) -> bool:
        """A client wants a pipeline stopped. Gives whether that has to be waited for."""
        found = self.pipelines.get(pipeline)
        if found is None or found.ended:
            return False
        if found.running:
            if not found.stopping:
                found.stopping = True
                self._events.append(StopRequested(pipeline))
            return True
        self._end(found, PipelineState.STOPPED, pipeline_stopped())
        return False

    def forget(self, pipeline: UUID) -> None:
        """Drop a pipeline that has ended."""
        self.pipelines.forget(pipeline)
        self._defragmenter.forget(pipeline)

    def stop_all(self) -> bool:
        """Stop every pipeline. Gives whether that has to be waited for."""
        waits = [self.stop(pipeline.id) for pipeline in self.pipelines.all()]
        return any(waits)

    def close(self, tell: bool = True) -> None:
        """End the session; every pipeline must have ended. ``tell`` sends the states to the client."""
        if self.closed:
            return
        if tell and self._opened:
            self._pool_state(RunspacePoolState.CLOSING)
            self._pool_state(RunspacePoolState.CLOSED)
        self.closed = True
        self._events.append(PoolClosed())

    def connect(self, data: bytes) -> list[bytes]:
        """Another client takes the session over (WS-Management Connect).

        Gives the messages that answer it at once: capability and pool data. Private data and state follow
        through the outbox. Raises ProtocolViolation.
        """
        found = [messages.decode(item) for item in Defragmenter(self.settings.limits).feed(None, data)]
        kinds = [message.type for message in found]
        if kinds != [MessageType.SESSION_CAPABILITY, MessageType.CONNECT_RUNSPACEPOOL] or not self._opened:
            raise MessageViolation("A connection needs a capability and a request to connect.")
        agreed = self._agree(found[0])
        low, high = decoding.connection(self._read(found[1]), self.settings.limits.runspaces)
        if low is not None and high is not None:
            self.pipelines.resize(low, high)
        self._defragmenter = Defragmenter(self.settings.limits)
        self._private_data()
        self._pool_state(RunspacePoolState.OPENED)
        body = replies.pool_data(self.pipelines.least, self.pipelines.most)
        return [
            messages.encode(MessageType.SESSION_CAPABILITY, None, None, replies.capability(agreed)),
            messages.encode(MessageType.RUNSPACEPOOL_INIT_DATA, self._id, None, body),
        ]

    # What goes to the client

    def accept(self, private_data: Mapping[str, Any] | None = None) -> None:
        """The pool is open; ``private_data`` is what the client is told beside the versions."""
        self._told = dict(private_data or {})
        self._private_data()
        self._pool_state(RunspacePoolState.OPENED)

    def output(self, pipeline: UUID, value: Any) -> None:
        """Send an object of a pipeline. Raises SessionKeyMissing if it holds a secret too early."""
        body = "" if value is None else self.outbox.text(value)
        if len(body) > self.settings.largest_output:
            self.error(pipeline, replies.too_large(self.settings.largest_output))
            return
        self._emit(MessageType.PIPELINE_OUTPUT, pipeline, body)

    def error(self, pipeline: UUID, record: ErrorRecord, ended_statement: bool = False) -> None:
        """Send an error record that does not end the pipeline, though it may have ended a statement."""
        value = records.error(record, self._extended(pipeline), in_stream=not ended_statement)
        self._emit_object(MessageType.ERROR_RECORD, pipeline, value)

    def record(self, pipeline: UUID, kind: MessageType, value: PSObject) -> None:
        """Send a record of another stream; ``value`` comes from :mod:`records`."""
        self._emit_object(kind, pipeline, value)

    def host_call(self, pipeline: UUID, method: HostMethod, parameters: Sequence[Any]) -> bool:
        """Call the client's host. Gives whether an answer will come."""
        answered = method in host_calls.ANSWERED
        body = host_calls.call(1 if answered else host_calls.VOID, method, parameters)
        self._emit_object(MessageType.PIPELINE_HOST_CALL, pipeline, body)
        return answered

    def request_key(self) -> None:
        """Ask the client to begin the exchange of the session key."""
        self.outbox.add(MessageType.PUBLIC_KEY_REQUEST, None, self.outbox.text(""))

    def finish(self, pipeline: UUID, state: PipelineState, record: ErrorRecord | None = None) -> None:
        """A pipeline has ended; whatever is sent for it afterwards is dropped. The next one may begin."""
        found = self.pipelines.get(pipeline)
        if found is not None and not found.ended:
            self._end(found, state, record)

    def break_pool(self, record: ErrorRecord) -> None:
        """The session cannot go on, for the reason given; the client is told."""
        self.outbox.add(MessageType.RUNSPACEPOOL_STATE, None, replies.pool_broken(record))
        self.close(tell=False)

    # Within

    def _check(self, message: Message, target: UUID | None) -> None:
        allowed = messages.SESSION_TYPES if target is None else messages.PIPELINE_TYPES
        if message.type not in allowed or message.pipeline != target:
            raise MessageViolation("A message came for a target that cannot take it.")
        if self._id is None:
            self._id = self.outbox.pool = message.pool
        if message.pool != self._id:
            raise MessageViolation("A message is meant for another pool.")

    def _handle(self, message: Message, target: UUID | None) -> None:
        if message.type is MessageType.SESSION_CAPABILITY:
            self._negotiate(message)
        elif self._protocol is None:
            raise MessageViolation("A message comes before the capability.")
        elif message.type is MessageType.INIT_RUNSPACEPOOL:
            self._open(message)
        elif not self._opened:
            raise MessageViolation("A message comes before its pool.")
        elif target is None:
            self._handle_session(message)
        else:
            self._handle_pipeline(message, target)

    def _negotiate(self, message: Message) -> None:
        if self._protocol is not None:
            raise MessageViolation("A second capability is not allowed.")
        self._protocol = self._agree(message)
        self._secrets.plain = self._protocol >= Version("2.4")
        self.outbox.add(
            MessageType.SESSION_CAPABILITY, None, replies.capability(self._protocol), nameless=True
        )

    def _agree(self, message: Message) -> Version:
        offered = decoding.capability(self._read(message)).protocol
        return self._protocol or self.settings.agree(offered)

    def _open(self, message: Message) -> None:
        if self._opened:
            raise MessageViolation("A pool is opened only once.")
        request = decoding.pool(self._read(message), self.settings.limits.runspaces)
        self.pipelines.resize(request.min_runspaces, request.max_runspaces)
        self._host = request.host
        self._opened = True
        table = request.application_arguments.get("PSVersionTable")
        version = table.get("PSVersion") if isinstance(table, dict) else None
        self._events.append(
            PoolRequested(
                SessionInfo(
                    id=message.pool,
                    identity=self.identity,
                    protocol=self.protocol,
                    client_version=version if isinstance(version, Version) else None,
                    host=self._host,
                    transport=self.transport,
                )
            )
        )

    def _handle_session(self, message: Message) -> None:
        body = self._read(message)
        kind = message.type
        if kind is MessageType.PUBLIC_KEY:
            sealed = self._secrets.exchange(decoding.public_key(body))
            self.outbox.add(MessageType.ENCRYPTED_SESSION_KEY, None, replies.session_key(sealed))
            self._events.append(KeyAgreed())
        elif kind in (MessageType.SET_MAX_RUNSPACES, MessageType.SET_MIN_RUNSPACES):
            done = self.pipelines.change(decoding.runspace_count(body), kind is MessageType.SET_MAX_RUNSPACES)
            self._available(body, done)
            self._start_waiting()
        elif kind is MessageType.GET_AVAILABLE_RUNSPACES:
            self._available(body, self.pipelines.free)
        elif kind is MessageType.RESET_RUNSPACE_STATE:
            idle = not self.pipelines.running
            self._available(body, idle)
            if idle:
                self._events.append(RunspaceReset())
        elif kind is not MessageType.RUNSPACEPOOL_HOST_RESPONSE:
            raise MessageViolation("An open pool cannot take that message.")

    def _available(self, body: Any, answer: bool | int) -> None:
        data = replies.availability(decoding.call_number(body), answer)
        self.outbox.add(MessageType.RUNSPACE_AVAILABILITY, None, data)

    def _handle_pipeline(self, message: Message, target: UUID) -> None:
        pipeline = self.pipelines.get(target)
        if pipeline is None or pipeline.ended:
            return
        kind = message.type
        if kind in (MessageType.CREATE_PIPELINE, MessageType.GET_COMMAND_METADATA):
            try:
                body = self._read(message)
            except NestedTooDeeply:
                self._end(pipeline, PipelineState.FAILED, replies.nested_too_deeply())
                return
            creating = kind is MessageType.CREATE_PIPELINE
            pipeline.accept(
                decoding.pipeline(target, body, self._host) if creating else decoding.metadata(target, body)
            )
            self.pipelines.queue(pipeline)
            self._start_waiting()
        elif pipeline.request is None:
            raise MessageViolation("A message comes before its pipeline.")
        elif kind is MessageType.PIPELINE_INPUT:
            self.pipelines.take_input(pipeline, len(message.body) + 64)
            self._events.append(InputReceived(target, self._read(message), len(message.body) + 64))
        elif kind is MessageType.END_OF_PIPELINE_INPUT:
            self._events.append(InputEnded(target))
        else:
            self._events.append(HostAnswered(target, decoding.host_response(self._read(message))))

    def _read(self, message: Message) -> Any:
        return Reader(self.settings.limits, self._secrets.unseal).read(message.body)

    def _start_waiting(self) -> None:
        for pipeline in self.pipelines.start():
            assert pipeline.request is not None
            self._events.append(PipelineReady(pipeline.request, pipeline.number))

    def _end(self, pipeline: Pipeline, state: PipelineState, record: ErrorRecord | None) -> None:
        if record is None:
            self._emit(MessageType.PIPELINE_STATE, pipeline.id, replies.pipeline_state(state))
        else:
            failure = replies.pipeline_failure(state, record, pipeline.extended)
            self._emit_object(MessageType.PIPELINE_STATE, pipeline.id, failure)
        self.pipelines.end(pipeline)
        self._events.append(PipelineEnded(pipeline.id, None if pipeline.number else pipeline.request))
        self._start_waiting()

    def _extended(self, pipeline: UUID) -> bool:
        found = self.pipelines.get(pipeline)
        return found is not None and found.extended

    def _private_data(self) -> None:
        data = replies.private_data(self.settings, self.protocol, self._told or {})
        self.outbox.add(MessageType.APPLICATION_PRIVATE_DATA, None, data)

    def _pool_state(self, state: RunspacePoolState) -> None:
        self.outbox.add(MessageType.RUNSPACEPOOL_STATE, None, replies.pool_state(state))

    def _emit_object(self, kind: MessageType, pipeline: UUID, value: PSObject) -> None:
        self._emit(kind, pipeline, self.outbox.text(value))

    def _emit(self, kind: MessageType, pipeline: UUID, body: str) -> None:
        found = self.pipelines.get(pipeline)
        if found is not None and not found.ended:
            self.outbox.add(kind, pipeline, body)
