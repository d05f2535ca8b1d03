"""VERIFY AUDIT: whether the audit trail is as it was written."""

from __future__ import annotations

from jams.database import audit_checking
from jams.services.administration import beside

from .verb import Call, Qualifier, Verb

HEAD = Qualifier("HEAD", "heads that were published, with blanks between", "chain:number:hash")


def run(call: Call) -> int:
    """Verify the trail; 1 if something was found."""
    heads = audit_checking.parsed([call.value(HEAD.name) or ""])
    with beside(call.settings) as database, database.read() as c:
        found = audit_checking.verify(c, heads)
    print(f"{found.records:,} records. {found.message}")
    for finding in found.findings[1:]:
        print(finding.message)
    for head in found.heads:
        print(head.text)
    return 0 if found.intact else 1


VERB = Verb(
    about="prove that no record of the audit trail was changed, deleted, inserted or cut off",
    run=run,
    qualifiers=(HEAD,),
)
