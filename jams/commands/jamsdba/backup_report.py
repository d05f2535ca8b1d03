"""What is told of a backup that was restored or verified."""

from __future__ import annotations

from jams.services.backup import Report

_MOST = 20


def tell(report: Report, what: str) -> int:
    """Print a report; 1 if secrets cannot be opened."""
    print(f"{what}: {report.rows:,} rows, of {report.taken.isoformat(sep=' ', timespec='seconds')}.")
    print(f"Of its secrets {report.secrets} can be opened, and {len(report.lost)} cannot.")
    for each in report.lost[:_MOST]:
        print(f"  {each}")
    print(f"Then {report.downtime}")
    print(f"Entries that had not ended: {report.pending}.")
    for entry in report.entries[:_MOST]:
        print(f"  {entry.number} {entry.job} {entry.state}")
    if report.kept is not None:
        print(f"What was there before is kept as {report.kept}.")
    return 1 if report.lost else 0
