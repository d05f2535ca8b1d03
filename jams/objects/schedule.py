"""What happens: submissions, entries in the live schedule, and the history of runs."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta, field

from .base import (
    Arguments,
    Count,
    Document,
    EntryNumber,
    Fact,
    Integer,
    Line,
    Name,
    ObjectId,
    ParameterText,
    Path,
    ReadOnly,
    Redundant,
    RunNumber,
    Source,
    Text,
    Timestamp,
)
from .enums import (
    DataType,
    EntryState,
    Icon,
    InitiatorType,
    MissedWindowAction,
    ParameterOrigin,
    ReleaseType,
    RetainOption,
    Severity,
    ValidationType,
)
from .log_parts import LogFile
from .parts import Damage, Element, NotObeyed, ParamValue, PropertyValue, SpanData, Tag


class SubmitParam(Document, kw_only=True):
    """A parameter as it is offered at submit time, and the value it is given.

    What says how it is declared (``dataType`` and the like) is the job's: sent back with anything else, it is
    refused.
    """

    param_name: Name
    param_value: ParameterText | None = None
    data_type: DataType = DataType.TEXT
    default_format: Annotated[Text | None, ReadOnly] = None
    prompt: Annotated[Text | None, ReadOnly] = None
    help_text: Annotated[Text | None, ReadOnly] = None
    length: Integer = 0
    required: bool = False
    must_fill: bool = False
    allow_entry: bool = True
    hide: bool = False
    uppercase: bool = False
    validation_type: ValidationType = ValidationType.NONE
    validation_data: Text | None = None
    parameter_origin: Annotated[ParameterOrigin, ReadOnly] = ParameterOrigin.JOB
    parameter_group: Annotated[Text | None, ReadOnly] = None
    param_id: Annotated[Integer, ReadOnly] = 0
    unique_id: Annotated[Integer, ReadOnly] = field(name="uniqueId", default=0)
    encryption_id: Annotated[Integer | None, ReadOnly] = field(name="encryptionId", default=None)


class SubmitInfo(Document, kw_only=True):
    """A submission, filled in from the job: get it, change what shall differ, send it back.

    ``submitID`` is the job's id; a document that only carries ``name`` is looked up by name. What it says
    otherwise than the job is obeyed, or refused as ``NotSupported``. What was filled in, a default, and what
    is empty, 0 or -1 where that stands for nothing, says nothing.
    """

    name: Path | None = None
    submit_id: Count | None = None
    parameters: list[SubmitParam] = []
    properties: list[PropertyValue] = []
    after_time_utc: Timestamp | None = None
    hold: bool = False
    override_name: Name | None = None
    note: Text | None = None
    description: Text | None = None
    folder_id: Integer | None = None
    folder_name: Path | None = None
    source: Source | None = None
    allow_edit_source: Annotated[bool, ReadOnly] = False
    scheduling_priority: Integer = 0
    log_filename: Text | None = None
    log_location: Text | None = None
    retain_option: RetainOption = RetainOption.DEFAULT
    retain_time: Integer | None = None
    restartable: bool | None = None
    debug_mode: bool = False
    test_submit: bool = False
    submitted_by: Line | None = None
    jams_entry: Annotated[Integer | None, ReadOnly] = None
    jams_id: Line | None = field(name="jamsId", default=None)
    ron: Annotated[Integer | None, ReadOnly] = None
    result_text: Annotated[Text | None, ReadOnly] = None
    batch_queue_id: Integer | None = None
    batch_queue_name: Text | None = None
    edit_assembly_name: Annotated[Text | None, ReadOnly] = None
    edit_class_name: Annotated[Text | None, ReadOnly] = None
    extension: Annotated[Line | None, ReadOnly] = None
    elements: list[Element] = []
    source_elements: list[Element] = []
    fail_short: bool = False
    manage_access: Annotated[bool, ReadOnly] = True
    missed_window_action: MissedWindowAction = MissedWindowAction.NO_ACTION
    notify_of_missed_window: bool = False
    precheck_interval: SpanData = None
    precheck_job_id: Integer | None = None
    runaway_elapsed: SpanData = None
    schedule_from_time: SpanData = None
    schedule_to_time: SpanData = None
    schedule_window_id: Integer | None = None
    set_symbols: bool = False
    short_elapsed: SpanData = None
    stalled_time: SpanData = None
    submit_is_simple: Annotated[bool, ReadOnly] = True
    suppress_notify: bool = False
    timestamp_logs: bool = True
    user_id: Integer | None = None
    use_symbols: bool = False
    tag_ids: list[Integer] = []
    tags: list[Tag] = []
    inherited_tag_ids: Annotated[list[Integer] | None, ReadOnly] = None
    not_obeyed: NotObeyed = []


class SubmitJob(Arguments, frozen=True, kw_only=True):
    """The short form of a submission: a name, and what shall differ from the job's definition."""

    name: Annotated[Path, Meta(min_length=1, description="Qualified or bare name of the job.")]
    parameters: Annotated[
        dict[Name, ParameterText | Integer | float | bool | None],
        Meta(description="Parameter values by name."),
    ] = {}
    hold: Annotated[bool, Meta(description="Submit held, until somebody releases it.")] = False
    after: Annotated[Timestamp | None, Meta(description="Do not start before this time.")] = None
    override_name: Annotated[Name | None, Meta(description="Name to show instead of the job's.")] = None
    note: Annotated[Text | None, Meta(description="A note kept with the entry.")] = None
    priority: Annotated[Integer | None, Meta(description="Scheduling priority instead of the job's.")] = None
    agent: Annotated[Name | None, Meta(description="Agent to run on instead of the job's.")] = None
    user_name: Annotated[
        Name | None,
        Meta(description="Stored credential under whose account it runs instead of the job's."),
    ] = None


class SubmitResult(Fact, frozen=True, kw_only=True):
    """The answer to a submission: the entry it made."""

    jams_entry: Count
    ron: Count
    result_text: str = ""
    not_obeyed: tuple[str, ...] = ()


class Entry(Fact, frozen=True, kw_only=True):
    """One occurrence of a job in the live schedule: a row of the monitor. Times are null until they occur."""

    jams_entry: EntryNumber
    ron: RunNumber
    job_name: str
    display_name: str
    name: str
    current_state: EntryState
    job_id: int | None
    parent_folder_id: int
    folder_name: str
    method_id: int = field(name="methodId", default=0)
    method_name: str = ""
    submitted_by: str = ""
    held: bool = False
    halted: bool = False
    stalled: bool = False
    runaway: bool = False
    debug: bool = False
    todays_date: str | None = None
    scheduled_time_utc: Timestamp | None = None
    original_hold_time_utc: Timestamp | None = None
    hold_time_utc: Timestamp | None = None
    start_time_utc: Timestamp | None = None
    completion_time_utc: Timestamp | None = None
    final_status_code: int | None = None
    final_severity: Severity | None = None
    final_status: str | None = None
    job_status: str | None = None
    description: str | None = None
    note: str | None = None
    process_id: int | None = None
    agent_name: str = ""
    scheduling_priority: int = 0
    execution_priority: int = 0
    restart_count: int = 0
    retain_time: int | None = None
    icon: Icon = Icon.DEFAULT
    icon_permanent: bool = False
    icon_message: str | None = None
    log_filename: str | None = None
    temp_filename: str | None = None
    initiator_type: InitiatorType = InitiatorType.UNKNOWN
    initiator_id: int | None = None
    initiator_restart_count: int = 0
    initiator_uid: str | None = None
    master_entry: Annotated[
        int | None, Meta(description="The entry of the setup or sequence of which it is a member.")
    ] = None
    master_ron: Annotated[
        int | None, Meta(description="The run number of that; of a setup or sequence its own.")
    ] = field(name="masterRON", default=None)
    step: Annotated[int | None, Meta(description="The step of a member.")] = None
    step_wait: Annotated[bool, Meta(description="Whether it waits for its turn in its setup.")] = False
    wait_for: Annotated[bool, Meta(description="Whether what follows in its setup waits for its end.")] = True
    setup_ok: Annotated[bool, Meta(description="False once its end keeps its setup from ending well.")] = (
        field(name="setupOK", default=True)
    )
    current_step: Annotated[int | None, Meta(description="The step at which a setup or sequence stands.")] = (
        None
    )
    jams_id: str | None = field(name="jamsId", default=None)
    avg_elapsed_time: float | None = None
    definition_version: int | None = None
    reconnect_agent_name: str | None = None
    source: str | None = None
    parameters: tuple[ParamValue, ...] = ()
    elements: tuple[Element, ...] = ()
    source_elements: tuple[Element, ...] = ()
    properties: tuple[PropertyValue, ...] = ()
    tag_ids: tuple[int, ...] = ()
    tags: tuple[Tag, ...] = ()
    inherited_tag_ids: tuple[int, ...] | None = None
    not_obeyed: tuple[str, ...] = ()
    damage: Damage = None
    log_file: Annotated[
        LogFile | None, Meta(description="Of an entry that is shown alone: its log, once there is one.")
    ] = None
    execute_as: Annotated[
        str | None, Meta(description="The credential whose account its runs take; null: the usual one.")
    ] = None


class History(Fact, frozen=True, kw_only=True):
    """The record of one run, kept when the entry has left the schedule."""

    history_id: ObjectId
    jams_entry: EntryNumber
    ron: RunNumber
    job_id: int | None
    job_name: str
    parent_folder_id: int
    parent_folder_name: str
    entry_type: str = "Job"
    submitted_by: str = ""
    user_name: str = ""
    scheduled_time_utc: Timestamp | None = None
    hold_time_utc: Timestamp | None = None
    start_time_utc: Timestamp | None = None
    completion_time_utc: Timestamp | None = None
    final_severity: Severity = Severity.SUCCESS
    final_status: str = ""
    final_status_code: int | None = None
    job_status: str | None = None
    note: str | None = None
    elapsed_time: float | None = None
    cpu_time: float | None = None
    page_faults: int | None = None
    working_set_peak: int | None = None
    buffered_io_count: int | None = field(name="bufferedIOCount", default=None)
    direct_io_count: int | None = field(name="directIOCount", default=None)
    log_filename: str | None = None
    agent_name: str = ""
    process_id: int | None = None
    restart_count: int = 0
    rron: int | None = None
    parent_rron: int | None = None
    initiator_type: InitiatorType = InitiatorType.UNKNOWN
    initiator_id: int | None = None
    initiator_restart_count: int = 0
    jams_id: str | None = field(name="jamsId", default=None)
    definition_version: int | None = None
    debug_mode: bool = False
    icon_message: str | None = None
    scheduling_priority: int = 0
    execution_priority: int = 0
    held: bool = False
    notify_user: str | None = None
    parameters: tuple[ParamValue, ...] = ()
    elements: tuple[Element, ...] = ()
    properties: tuple[PropertyValue, ...] = ()
    tag_ids: tuple[int, ...] = ()
    tags: tuple[Tag, ...] = ()
    inherited_tag_ids: tuple[int, ...] | None = None
    damage: Damage = None
    setup_name: Annotated[
        str | None, Meta(description="The setup or sequence of which it was a member; null: of none.")
    ] = None
    setup_folder_name: Annotated[str | None, Meta(description="The folder of that.")] = None
    execute_as: Annotated[
        str | None, Meta(description="The credential whose account the run took; null: the usual one.")
    ] = None


class HistoryPage(Fact, frozen=True, kw_only=True):
    """A page of a history search (``/history/odata``).

    ``count`` is 0 when it was not asked for. ``nextPageLink`` is the address of the next page over REST, and
    absent on the last page and on doors that have no addresses: these ask again with ``skip``.
    """

    items: list[History]
    count: Count
    next_page_link: str | None = None


class EntryAudit(Fact, frozen=True, kw_only=True):
    """Something that was done to an entry, by whom and why."""

    jams_entry: EntryNumber
    audit_time_utc: Timestamp
    user_name: str
    message: str
    comment: str | None = None
    details: str | None = None
    damage: Damage = None


class Comment(Arguments, frozen=True, kw_only=True):
    """Why something is done; kept in the audit trail."""

    comment: Annotated[Text | None, Meta(description="Why; kept in the audit trail.")] = None


class Release(Arguments, frozen=True, kw_only=True):
    """How an entry is released."""

    comment: Annotated[Text | None, Meta(description="Why; kept in the audit trail.")] = None
    release_types: Annotated[
        list[ReleaseType], Meta(description="What to let the entry pass by; nothing given: the manual hold.")
    ] = []
    force_present: Annotated[bool, Meta(description="Also pass by a start time that lies ahead.")] = False


class Reschedule(Arguments, frozen=True, kw_only=True):
    """When an entry shall run instead. What is left out, or null, stays as it is."""

    hold_time: Annotated[
        Timestamp | None,
        Meta(description="The new earliest start; a time that has passed: as soon as it may."),
    ] = None
    held: Annotated[bool | None, Meta(description="Whether it waits until somebody releases it.")] = None
    priority: Annotated[Integer | None, Meta(description="New scheduling priority.")] = None
    comment: Annotated[Text | None, Meta(description="Why; kept in the audit trail.")] = None
    properties: Annotated[
        list[PropertyValue], Meta(description="Other values for properties of the entry, by name.")
    ] = []


class Restart(Arguments, frozen=True, kw_only=True):
    """How an entry is run again: same number, same parameters, a new run number."""

    hold: Annotated[bool, Meta(description="Restart held, until somebody releases it.")] = False
    severity: Annotated[
        Severity | None, Meta(description="Severity to record for a run that this cuts short.")
    ] = None
    comment: Annotated[Text | None, Meta(description="Why; kept in the audit trail.")] = None


class Cancel(Arguments, frozen=True, kw_only=True):
    """How an entry is cancelled."""

    force: Annotated[bool, Meta(description="Kill at once instead of asking the job to end first.")] = False
    severity: Annotated[Severity | None, Meta(description="Final severity to record; Error if absent.")] = (
        None
    )
    comment: Annotated[Text | None, Meta(description="Why; kept in the audit trail.")] = None
    reprocess_completion: Annotated[
        bool, Meta(description="Work through what follows the end once more; not supported here yet.")
    ] = False


class EntryStatus(Arguments, frozen=True, kw_only=True):
    """What an entry says of itself while it runs."""

    job_status: Annotated[Text, Meta(description="The text; an empty one takes it away.")]


class EntryAppearance(Arguments, frozen=True, kw_only=True):
    """What an entry shows of itself while it runs. What is left out, or null, stays as it is."""

    job_status: Annotated[Text | None, Meta(description="Status text; an empty one takes it away.")] = None
    message: Annotated[
        Text | None, Meta(description="What is said of the icon; an empty text takes it away.")
    ] = None
    icon: Annotated[Icon | None, Meta(description="The icon; Default takes it away.")] = None
    permanent: Annotated[
        bool | None, Meta(description="Whether icon and message stay when the run has ended.")
    ] = None
    enable_release: Annotated[bool, Meta(description="Let somebody release the run; not supported here.")] = (
        False
    )


class SetParameter(Arguments, frozen=True, kw_only=True):
    """A new value for a parameter of an entry that has not started yet."""

    param_name: Annotated[Name, Meta(description="Name of the parameter.")]
    param_value: Annotated[ParameterText | None, Meta(description="Its new value.")] = None
    jams_entry: Annotated[Integer | None, Redundant] = None
    param_id: Annotated[Integer | None, Redundant] = field(name="paramId", default=None)
