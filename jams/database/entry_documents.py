"""Rows of the live schedule as documents."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from jams.objects.base import EntryNumber, Integer, Line, RunNumber, Source, Text
from jams.objects.enums import EntryState, Icon, InitiatorType, MemberStage, RetainOption
from jams.objects.needs import Needs, Retry
from jams.objects.parts import Element, ParamValue, PropertyValue, Tag
from jams.objects.plan import MemberRule
from jams.objects.rules import OutcomeRules
from jams.objects.schedule import Entry, SubmitParam
from jams.objects.tellings import Tells
from jams.objects.trigger_parts import Fired

from . import names, statistics, stored, tables
from .columns import AnyRow
from .methods import is_container
from .reading import Found, Reader


class EntryRest(msgspec.Struct, omit_defaults=True):
    """What was decided when the entry was submitted and has no column.

    ``revision`` is the version of the job's definition by which it was made. ``method_type`` is the delivered
    method that runs it, if that has another name; ``template`` the text at which parsing begins, if it is not
    the source; ``credential`` or ``credential_id`` names the one with which its run logs on elsewhere, and
    ``execute_as`` or ``execute_as_id`` the one whose account it takes.
    """

    method_name: Line = ""
    method_type: Line = ""
    template: Source = ""
    macro_file: Line = ""
    credential: Line | None = None
    credential_id: Integer | None = None
    execute_as: Line | None = None
    execute_as_id: Integer | None = None
    display_name: Line | None = None
    description: Text | None = None
    note: Text | None = None
    restartable: bool = True
    debug: bool = False
    retain_option: RetainOption = RetainOption.DEFAULT
    retain_time: Integer | None = None
    home_directory: Text | None = None
    log_location: Text | None = None
    revision: Integer | None = None
    rules: OutcomeRules | None = None
    jams_id: Line | None = None
    parameters: list[ParamValue] = []
    definitions: list[SubmitParam] = []
    elements: list[Element] = []
    source_elements: list[Element] = []
    properties: list[PropertyValue] = []
    tag_ids: list[Integer] = []
    tags: list[Tag] = []
    not_obeyed: list[str] = []
    needs: Needs | None = None
    retry: Retry | None = None
    initiator_type: InitiatorType = InitiatorType.UNKNOWN
    initiator_id: int | None = None
    member: MemberRule | None = None
    tells: Tells | None = None
    fired: Fired | None = None
    unmade: str = ""
    """Why a member could not be made as its job says; looked at again when its turn comes."""

    @property
    def hidden(self) -> list[str]:
        """The names of the parameters that are not shown to submitters."""
        return [definition.param_name for definition in self.definitions if definition.hide]


_READ: dict[str, Any] = {"number": EntryNumber, "ron": RunNumber, "version": Integer}
read = Reader(tables.entry.c, EntryRest, **_READ)
"""Reads whole rows of the schedule."""
read_listed = Reader([column for column in tables.entry.c if column.name != "source"], EntryRest, **_READ)
"""Reads rows of the schedule that lack the source."""


def encode_rest(rest: EntryRest) -> str:
    """The text of the ``document`` column. Raises InvalidArgument when it could not be read back."""
    return stored.encoded(rest)


usual = (tables.job.c.sum_elapsed.label("usual_sum"), tables.job.c.run_count.label("usual_count"))
"""What runs of the entry's job usually take, to be asked for beside its row: as its statistics say now."""

of_its_job = tables.entry.outerjoin(tables.job, tables.job.c.id == tables.entry.c.job_id)


def document(row: Found, agent_names: Mapping[int, str], source: str | None, asked: AnyRow) -> Entry:
    """The entry of a row that was read, which may lack the source; ``asked`` has :data:`usual`."""
    rest = row.rest
    display = rest.display_name or row.job_name
    icon, message = _icon(row)
    return Entry(
        jams_entry=row.number,
        ron=row.ron,
        job_name=row.job_name,
        display_name=display,
        name=names.join(row.folder_name, row.job_name),
        current_state=row.state,
        job_id=row.job_id,
        parent_folder_id=row.folder_id,
        folder_name=row.folder_name,
        method_id=row.method_id,
        method_name=rest.method_name,
        submitted_by=row.submitted_by,
        held=row.held,
        halted=row.halted,
        **_of_container(row),
        stalled=row.stalled,
        runaway=row.runaway,
        debug=rest.debug,
        todays_date=(row.day or row.scheduled_time.date()).isoformat(),
        scheduled_time_utc=row.scheduled_time,
        original_hold_time_utc=row.original_hold_time,
        hold_time_utc=row.hold_time,
        start_time_utc=row.start_time,
        completion_time_utc=row.completion_time,
        final_status_code=row.final_status_code,
        final_severity=row.final_severity,
        final_status=row.final_status,
        job_status=row.job_status,
        description=rest.description,
        note=rest.note,
        process_id=row.process_id,
        agent_name=agent_names.get(row.agent_id, ""),
        scheduling_priority=row.priority,
        restart_count=row.restart_count,
        retain_time=rest.retain_time,
        log_filename=row.log_filename,
        initiator_type=rest.initiator_type,
        initiator_id=rest.initiator_id,
        jams_id=rest.jams_id,
        avg_elapsed_time=statistics.mean(asked.usual_sum, asked.usual_count or 0),
        definition_version=rest.revision,
        source=None if is_container(rest.method_name) else source,
        parameters=tuple(rest.parameters),
        elements=tuple(rest.elements),
        source_elements=tuple(rest.source_elements),
        properties=tuple(rest.properties),
        tag_ids=tuple(rest.tag_ids),
        tags=tuple(rest.tags),
        not_obeyed=tuple(rest.not_obeyed),
        icon=icon,
        icon_permanent=row.icon_permanent,
        icon_message=message,
        damage=row.damage,
        execute_as=rest.execute_as,
    )


_TROUBLE = (MemberStage.BAD, MemberStage.FAILED, MemberStage.PASSED)


def _of_container(row: Found) -> dict[str, Any]:
    """What an entry shows of being a setup or sequence, or a member of one."""
    known = row.rest.member
    if known is not None and row.parent is not None:
        return {
            "master_entry": row.parent,
            "master_ron": row.parent_ron,
            "step": known.step,
            "step_wait": row.state is EntryState.STEP_WAIT,
            "wait_for": known.wait_for,
            "setup_ok": row.stage not in _TROUBLE,
            "current_step": row.current_step,
        }
    if not is_container(row.rest.method_name):
        return {}
    return {"master_ron": row.ron, "current_step": row.current_step}


def _icon(row: Found) -> tuple[Icon, str | None]:
    """The icon of an entry and what is said of it: damage first, then what its run has set, then a limit."""
    if row.damage is not None:
        return Icon.QUESTION, row.damage
    if row.icon is not None:
        return row.icon, row.icon_message
    if row.runaway and not row.state.ended:
        return Icon.RED, "It runs away: it takes longer than it may."
    if row.stalled and row.state.waiting:
        return Icon.RED, "It is stalled: it has not started in time."
    return Icon.DEFAULT, None
