"""Verifying the audit trail: whether its chains are as they were written, and hold what was published."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from sqlalchemy import Connection, func, or_, select

from jams.objects.errors import InvalidArgument
from jams.objects.session import AuditFault, AuditFinding, AuditHead, AuditVerification

from . import audit_chain, audit_tables
from .audit_chain import Head, State
from .columns import AnyRow

_audit = audit_tables.audit
_HEAD = re.compile(r"(done|refused):([0-9]{1,18}):([0-9a-f]{64})")
_PIECE = 2000

MOST_FINDINGS = 100


def parsed(texts: Iterable[str]) -> list[Head]:
    """Heads as they were published. Raises InvalidArgument for what is none."""
    found = []
    for text in texts:
        for word in text.split():
            match = _HEAD.fullmatch(word)
            if match is None:
                raise InvalidArgument(
                    "A head of the audit trail is written chain:number:hash, as done:1234:9f86….",
                    target=word[:100],
                )
            found.append(Head(match[1], int(match[2]), match[3]))
    return found


def shown(head: Head) -> AuditHead:
    """A head for callers."""
    return AuditHead(chain=head.chain, link=head.link, hash=head.hash, text=head.text)


def verify(c: Connection, published: Sequence[Head] = ()) -> AuditVerification:
    """Look at every record of the trail, in one state of the database, and at what was published earlier."""
    states = audit_chain.states(c)
    missing = [name for name in audit_chain.CHAINS if name not in states]
    findings: list[AuditFinding] = []
    records = 0
    for name in audit_chain.CHAINS:
        if name in states:
            heads = [head for head in published if head.chain == name]
            check = _Check(c, states[name], heads)
            check.run()
            records += check.records
            findings += check.findings
        else:
            findings.append(
                _finding(name, AuditFault.TRUNCATED, 0, f"The head of the chain {name} is missing.")
            )
    if not missing:
        findings += _unsigned(c, states)
    known = [states[name].head for name in audit_chain.CHAINS if name in states]
    told = findings[0].message if findings else "The audit trail is as it was written."
    if len(findings) > 1:
        told += f" There are {len(findings) - 1} more findings."
    return AuditVerification(
        intact=not findings,
        message=told,
        records=records,
        findings=findings[:MOST_FINDINGS],
        heads=[shown(head) for head in known],
    )


class _Check:
    """Goes along one chain."""

    def __init__(self, c: Connection, state: State, published: Sequence[Head]) -> None:
        self._c = c
        self._state = state
        self._name = state.head.chain
        self._last = state.anchor
        self._wanted = {head.link: head for head in published}
        self.records = 0
        self.findings: list[AuditFinding] = []

    def run(self) -> None:
        """Look at all of it."""
        name = self._name
        for link in self._wanted:
            if link < self._state.anchor.link:
                told = f"The published head {name}:{link} is of a record that was purged: give a later one."
                self._found(AuditFault.BEYOND, link, told)
        self._compare_published()
        beyond = -1
        while rows := audit_chain.records(self._c, self._name, beyond, _PIECE):
            if len(rows) == _PIECE:
                # All that have the same number are looked at together.
                rows = [row for row in rows if row.link < rows[-1].link] or rows
            beyond = rows[-1].link
            for row in rows:
                self._look_at(row)
        self._look_at_end()
        self._look_outside()

    def _look_at(self, row: AnyRow) -> None:
        self.records += 1
        last = self._last
        if row.link <= last.link:
            self._found(
                AuditFault.INSERTED,
                row.link,
                f"Record {row.link} of the chain {self._name} stands there twice (line {row.id}).",
            )
            return
        if row.link > last.link + 1:
            missing = row.link - last.link - 1
            self._found(
                AuditFault.DELETED,
                last.link + 1,
                f"{missing:,} records of the chain {self._name} are missing from {last.link + 1} on.",
            )
        elif row.previous != last.hash:
            self._found(
                AuditFault.CHANGED,
                last.link,
                f"Record {last.link} of the chain {self._name} was changed, or its hash in the next one.",
            )
        self._last = Head(self._name, row.link, audit_chain.hash_of(row, row.link, row.previous))
        self._compare_published()

    def _compare_published(self) -> None:
        head = self._wanted.get(self._last.link)
        if head is not None and head.hash != self._last.hash:
            told = f"Record {head.link} of the chain {self._name} is not the one whose head was published."
            self._found(AuditFault.CHANGED, head.link, told)

    def _look_at_end(self) -> None:
        head, last = self._state.head, self._last
        if head.link > last.link:
            missing = head.link - last.link
            told = (
                f"{missing:,} records of the chain {self._name} are missing at its end, behind {last.link}."
            )
            self._found(AuditFault.TRUNCATED, last.link + 1, told)
        elif head.link < last.link:
            told = f"Records of the chain {self._name} stand behind its head {head.link}: they were inserted."
            self._found(AuditFault.INSERTED, head.link + 1, told)
        elif head.hash != last.hash:
            told = f"Record {last.link} of the chain {self._name}, its last one, was changed."
            self._found(AuditFault.CHANGED, last.link, told)
        behind = [link for link in self._wanted if link > last.link and link > head.link]
        if behind:
            told = f"The chain {self._name} was published up to {max(behind)}, and ends before."
            self._found(AuditFault.TRUNCATED, last.link + 1, told)

    def _look_outside(self) -> None:
        """Records without a number: none that JAMS writes."""
        link = _audit.c.link
        outside = or_(link.is_(None), link < 0, link > audit_chain.MOST)
        query = select(func.count()).select_from(_audit).where(audit_chain.in_chain(self._name), outside)
        count = self._c.scalar(query) or 0
        if count:
            self.records += count
            told = f"{count:,} records stand outside the chain {self._name}: they were inserted."
            self._found(AuditFault.INSERTED, 0, told)

    def _found(self, kind: AuditFault, link: int, message: str) -> None:
        if len(self.findings) <= MOST_FINDINGS:
            self.findings.append(_finding(self._name, kind, link, message))


def _finding(chain: str, kind: AuditFault, link: int, message: str) -> AuditFinding:
    return AuditFinding(chain=chain, kind=kind, link=link, message=message)


def _unsigned(c: Connection, states: dict[str, State]) -> list[AuditFinding]:
    """Whether what is missing at the beginning was removed by purges."""
    anchors = [states[name].anchor for name in audit_chain.CHAINS]
    if not any(anchor.link for anchor in anchors):
        return []
    query = select(_audit.c.target).where(_audit.c.operation == audit_chain.SIGNED_OFF)
    signed = c.scalar(query.where(_audit.c.refusal.is_(None)).order_by(_audit.c.link.desc()).limit(1))
    if signed == audit_chain.signed(anchors):
        return []
    name, link = next((each.chain, each.link) for each in anchors if each.link)
    told = "Records at the beginning are missing, and no purge says that it has removed them."
    return [_finding(name, AuditFault.UNSIGNED, link, told)]
