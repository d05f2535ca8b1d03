"""What the end of a member means to its setup or sequence (semantics 2.3)."""

from __future__ import annotations

from jams.database.reading import Found
from jams.objects.enums import FailureAction, MemberStage, Severity

_STAGES = {
    FailureAction.CONTINUE: MemberStage.GOOD,
    FailureAction.FAIL: MemberStage.FAILED,
    FailureAction.HALT: MemberStage.BAD,
}


def stage_after(row: Found, severity: Severity) -> MemberStage | None:
    """How far its setup has come with an entry that ends so; None for one that is no member."""
    rule = row.rest.member
    if row.parent is None or rule is None:
        return None
    return MemberStage.GOOD if severity.rank <= rule.good.rank else _STAGES[rule.on_failure]
