"""Hash tables in a session: what is kept as texts is written as the module writes it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

from psprovider.engine.conversion import to_table


def test_times_and_spans_in_a_table_are_written_as_dotnet_does() -> None:
    berlin = timezone(timedelta(hours=1))
    given = {
        "wall": datetime(2026, 1, 2),
        "local": datetime(2026, 1, 2, tzinfo=berlin),
        "utc": datetime(2026, 1, 2, tzinfo=UTC),
        "half": datetime(2026, 1, 2, 10, 0, 1, 500_000),
        "span": timedelta(days=1, hours=2, minutes=3, seconds=4),
        "number": 5,
        "truth": True,
        "text": "x",
    }
    assert to_table(given) == {
        "wall": "2026-01-02T00:00:00",
        "local": "2026-01-02T00:00:00+01:00",
        "utc": "2026-01-02T00:00:00Z",
        "half": "2026-01-02T10:00:01.5",
        "span": "1.02:03:04",
        "number": 5,
        "truth": True,
        "text": "x",
    }
