"""Submitting many jobs at once, with an answer for each."""

from __future__ import annotations

from collections.abc import Sequence

from jams.objects.bulk import Submissions, SubmitOutcome
from jams.objects.errors import JAMSError
from jams.objects.schedule import SubmitInfo
from jams.scheduler import bulk_submission
from jams.scheduler.submission import Submitter
from jams.security.rights import Monitor

from .catalogue import Binding
from .context import Context
from .declaration import operation
from .submit import check_logs, submitter_of


@operation(
    right=Monitor.EXECUTE,
    rest="POST /submit/many",
    soap="Submit.SubmitMany",
    cmdlet="Submit-JAMSEntry",
    command="submit-many",
    retry_key=True,
    columns=("jamsEntry", "ron", "resultText"),
    binding=Binding(set="Many", whole=True),
    failing="error",
)
def submit_many(context: Context, submissions: Submissions) -> list[SubmitOutcome]:
    """Submit many jobs, each by its document, with an answer for each, in their order.

    Each is checked by itself, and has what a single submission has. What cannot be submitted is told by its
    error, and the others are submitted, all in one transaction: the answer comes once their entries are
    durable. A document that cannot be read at all is refused as a whole.

    Args:
        submissions: the submissions.

    Raises:
        IdempotencyConflict: the idempotency key was used for other submissions.
    """
    who = submitter_of(context)
    infos = [_admitted(context, info) for info in submissions.submissions]
    outcomes = _enter(context, infos, who)
    context.refused(
        (outcome.error, info.name or info.submit_id)
        for outcome, info in zip(outcomes, submissions.submissions, strict=True)
    )
    return outcomes


def _admitted(context: Context, info: SubmitInfo) -> SubmitInfo | JAMSError:
    try:
        check_logs(context, info)
    except JAMSError as error:
        return error
    return info


def _enter(context: Context, infos: Sequence[SubmitInfo | JAMSError], who: Submitter) -> list[SubmitOutcome]:
    prepared = context.read(lambda c: bulk_submission.prepare(c, infos, who))
    return context.write(lambda c: bulk_submission.enter(c, infos, prepared, who))
