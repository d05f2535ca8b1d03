"""Many submissions at once: each is checked by itself, and all that can be made are made together."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import Connection

from jams.database import definition_stamps, entries, numbers
from jams.objects.bulk import SubmitOutcome
from jams.objects.errors import JAMSError
from jams.objects.schedule import SubmitInfo

from .submission import Checked, Submitter, answer_of, checked_by


class Prepared(NamedTuple):
    """Submissions that were checked by the definitions of a stamp: what comes of each, or its error."""

    stamp: int
    checked: Sequence[Checked | JAMSError]


def prepare(c: Connection, infos: Sequence[SubmitInfo | JAMSError], who: Submitter) -> Prepared:
    """Check submissions; those that were refused already stay so. Nothing is written."""
    return _prepared(c, definition_stamps.stamp(c), infos, who)


def enter(
    c: Connection, infos: Sequence[SubmitInfo | JAMSError], prepared: Prepared, who: Submitter
) -> list[SubmitOutcome]:
    """Make the entries of submissions that were prepared, and tell of each what became of it, in order.

    They are checked anew when a definition has changed meanwhile. With ``test_submit`` one is only checked.
    """
    drawn: list[tuple[int, int]] = []
    while True:
        wanted = [place for place, info in enumerate(infos) if _is_made(info, prepared.checked[place])]
        if len(drawn) >= len(wanted):
            break
        more, now = numbers.for_submissions(c, len(wanted) - len(drawn))
        drawn += more
        if now != prepared.stamp:
            prepared = _prepared(c, now, infos, who)
    return _store(c, infos, prepared, dict(zip(wanted, drawn, strict=False)), who)


def _prepared(c: Connection, stamp: int, infos: Sequence[SubmitInfo | JAMSError], who: Submitter) -> Prepared:
    return Prepared(stamp, [_checked(c, stamp, info, who) for info in infos])


def _checked(c: Connection, stamp: int, info: SubmitInfo | JAMSError, who: Submitter) -> Checked | JAMSError:
    if isinstance(info, JAMSError):
        return info
    try:
        return checked_by(c, stamp, info, who)
    except JAMSError as error:
        return error


def _is_made(info: SubmitInfo | JAMSError, checked: Checked | JAMSError) -> bool:
    return not isinstance(info, JAMSError) and not isinstance(checked, JAMSError) and not info.test_submit


def _store(
    c: Connection,
    infos: Sequence[SubmitInfo | JAMSError],
    prepared: Prepared,
    numbered: dict[int, tuple[int, int]],
    who: Submitter,
) -> list[SubmitOutcome]:
    outcomes, rows, lines = [], [], []
    for place, (info, checked) in enumerate(zip(infos, prepared.checked, strict=True)):
        if isinstance(checked, JAMSError) or isinstance(info, JAMSError):
            error = checked if isinstance(checked, JAMSError) else info
            assert isinstance(error, JAMSError)
            outcomes.append(SubmitOutcome(result_text=error.message, error=error.document()))
            continue
        number, ron = numbered.get(place, (0, 0))
        text = f"{checked.path} can be submitted so."
        if number:
            rows.append({"number": number, "ron": ron, **checked.columns})
            lines.append(entries.Line(number, f"Entry {number} was submitted.", info.note))
            text = f"{checked.path} was submitted as entry {number}."
        told = answer_of(checked, text, number, ron)
        outcomes.append(
            SubmitOutcome(
                jams_entry=number, ron=ron, result_text=told.result_text, not_obeyed=told.not_obeyed
            )
        )
    if rows:
        entries.add(c, *rows)
    entries.add_audits(c, who.user, lines)
    return outcomes
