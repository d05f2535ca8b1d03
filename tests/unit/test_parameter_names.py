"""A parameter becomes an environment variable of the job, and must not change how the job runs."""

from __future__ import annotations

import pytest

from jams.database.parameters import checked_definitions
from jams.objects.errors import InvalidParameter
from jams.objects.parts import ParamDef

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(
    "name",
    [
        "PATH",
        "path",
        "LD_PRELOAD",
        "ld preload",
        "DYLD_INSERT_LIBRARIES",
        "IFS",
        "BASH_ENV",
        "PYTHONPATH",
        "PythonHome",
        "PSModulePath",
        "NODE_OPTIONS",
        "JAMS_ENTRY",
        "HOME",
    ],
)
def test_a_name_that_would_decide_how_the_job_runs_is_refused(name: str) -> None:
    with pytest.raises(InvalidParameter, match="would change how they run") as refused:
        checked_definitions([ParamDef(param_name=name)])
    assert refused.value.member == name


def test_other_names_are_taken() -> None:
    names = [
        "day",
        "Paths",
        "File path",
        "LOAD",
        "Lang",
        "TZ",
        "gr\u00f6\u00dfe",
        "2nd",
        "Env",
        "HomePage",
    ]
    taken = checked_definitions([ParamDef(param_name=name) for name in names])
    assert [definition.param_name for definition in taken] == names


@pytest.mark.parametrize("twins", [("day", "DAY"), ("a b", "a_b"), ("a-b", "A.B"), ("1st", "_1st")])
def test_two_parameters_are_never_one_variable(twins: tuple[str, str]) -> None:
    with pytest.raises(InvalidParameter, match="one and the same"):
        checked_definitions([ParamDef(param_name=name) for name in twins])
