"""A hold, and the time for which an entry was scheduled."""

from __future__ import annotations

from jams.objects.enums import EntryState, ReleaseType
from jams.objects.waits import EntryWait, WaitKind

from . import windows
from .base import Shut, Subject


def hold(subject: Subject) -> Shut | None:
    """Shut until somebody releases it."""
    row = subject.row
    if not row.held:
        return None
    return Shut(
        EntryState.HELD,
        lambda: [
            subject.wait(
                kind=WaitKind.HOLD,
                message="It is held.",
                since_utc=row.since,
                opened_by="somebody who releases it",
                release_type=ReleaseType.MANUAL_HOLD,
            )
        ],
    )


def time(subject: Subject) -> Shut | None:
    """Shut until the time for which it was scheduled; or for which a run that failed is tried again."""
    row, at = subject.row, subject.row.hold_time
    if at is None or at <= subject.now:
        return None
    again = row.attempt and row.rest.retry is not None
    told = f"It is attempt {row.attempt + 1} of {row.rest.retry.count + 1}, " if again else "It is "

    def explain() -> list[EntryWait]:
        # Who has missed his window is scheduled for its next opening: both are told, as each can be passed.
        shut = windows.window(subject)
        beside = shut.explain() if shut is not None and shut.look_at == at else []
        return [
            subject.wait(
                kind=WaitKind.RETRY if again else WaitKind.TIME,
                message=f"{told}scheduled for {at:%Y-%m-%d %H:%M:%S} UTC.",
                since_utc=row.since,
                opens_utc=at,
                opened_by="the time",
                release_type=ReleaseType.TIMED_WAIT,
            ),
            *beside,
        ]

    return Shut(EntryState.TIMED, explain, look_at=at)
