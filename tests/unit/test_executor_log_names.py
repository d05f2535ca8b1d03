from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from jams.executor.log_names import DEFAULT_LOG_FORMAT, fixed_directory, log_name
from jams.objects.errors import InvalidArgument
from jams.objects.run import RunRequest

pytestmark = pytest.mark.unit

MOMENT = datetime(2017, 3, 15, 6, 5, 4, 3999, tzinfo=UTC)


def request(job: str = "Foo", folder: str = r"\Sales\Daily") -> RunRequest:
    return RunRequest(
        token="t", jams_entry=17, ron=3, method="Command", source="", job_name=job, folder_name=folder
    )


def test_the_documented_example() -> None:
    assert log_name(DEFAULT_LOG_FORMAT, "/logs", request(), MOMENT) == Path(
        "/logs/Foo_20170315_060504003.log"
    )


@pytest.mark.parametrize(
    ("template", "expected"),
    [
        (r"{0}\{3}\{4}{2}", "/logs/Sales/Daily/Foo.log"),
        ("{0}/{6}_{5:d3}{2}", "/logs/17_003.log"),
        (r"{0}\{8}\{9:d2}\{10}\{1}{2}", "/logs/2017/03/15/Foo.log"),
        ("{0}/{7:yyyyMMdd}/{1}", "/logs/20170315/Foo"),
    ],
)
def test_every_value_has_its_index(template: str, expected: str) -> None:
    assert log_name(template, "/logs", request(), MOMENT) == Path(expected)


def test_the_location_may_be_a_format_itself() -> None:
    path = log_name("{0}/{1}{2}", "/logs/{8:d4}/{3}", request(), MOMENT)
    assert path == Path("/logs/2017/Sales/Daily/Foo.log")


@pytest.mark.parametrize(
    "job", ["../../etc/passwd", r"..\..\x", "a/b", "..", ".", 'c:*?"<>|', "\0\n", "x" * 4000]
)
def test_a_job_name_never_leaves_its_directory(job: str) -> None:
    path = log_name(DEFAULT_LOG_FORMAT, "/logs", request(job=job), MOMENT)
    assert path.parent == Path("/logs")
    assert ".." not in path.parts
    assert len(os.fsencode(path.name)) < 200
    assert "\0" not in str(path)


def test_a_folder_name_never_leaves_its_directory() -> None:
    path = log_name("{0}/{3}/{1}{2}", "/logs", request(folder=r"\..\..\etc"), MOMENT)
    assert path == Path("/logs/_/_/etc/Foo.log")


@pytest.mark.parametrize(
    ("template", "location"), [("{0}{", "/logs"), ("{15}", "/logs"), ("{0}", "/logs/{99}")]
)
def test_a_malformed_format_is_refused(template: str, location: str) -> None:
    with pytest.raises(InvalidArgument):
        log_name(template, location, request(), MOMENT)


@pytest.mark.parametrize(
    ("template", "location", "directory"),
    [
        (DEFAULT_LOG_FORMAT, "/logs", "/logs"),
        (DEFAULT_LOG_FORMAT, "/logs/{3}", "/logs"),
        (DEFAULT_LOG_FORMAT, "/logs/jobs_{8}/x", "/logs"),
        (DEFAULT_LOG_FORMAT, r"/logs\{3}", "/logs"),
        (DEFAULT_LOG_FORMAT, "{3}", ""),
        (r"/other/{1}{2}", "/logs", "/other"),
        (r"/other/x{0}{1}{2}", "/logs", "/other"),
    ],
)
def test_the_directory_below_which_all_logs_lie(template: str, location: str, directory: str) -> None:
    assert fixed_directory(template, location) == directory
