"""Runs that run away, seen by the scheduler with the real executor."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from jams.database import entries
from jams.objects.enums import Severity
from jams.objects.parts import PropertyValue
from tests.support.real_runs import server

pytestmark = [pytest.mark.integration, pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")]


def test_a_run_that_burns_the_processor_is_cancelled_and_one_that_sleeps_is_not(
    tmp_path: Path, place: Path | str
) -> None:
    limits = {"RunawayCPU": "0:00:01", "RunawayAction": "CancelWarning"}
    properties = [PropertyValue(property_name=name, current_value=value) for name, value in limits.items()]
    with server(tmp_path, place) as s:
        s.desk.job("\\burning", source="(while :; do :; done) & wait", properties=properties)
        s.desk.job("\\sleeping", source="sleep 3", properties=properties)
        burning, sleeping = s.submit("burning"), s.submit("sleeping")
        over = s.over(burning)
        assert (over.final_severity, over.runaway, over.final_status) == (
            Severity.WARNING,
            True,
            "Cancelled by the scheduler, as it ran away.",
        )
        trail = s.desk.read(lambda c: entries.audit_trail(c, burning))
        assert trail[-1].message.endswith("it takes more CPU time than 00:00:01.")
        quiet = s.over(sleeping)
        assert (quiet.final_severity, quiet.runaway) == (Severity.SUCCESS, False)
