"""Situations from the field: dependencies that close a circle (docs/situations.md)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from jams.database import folders, jobs
from jams.objects.definitions import Folder, Job
from jams.objects.enums import EntryState, ReleaseType
from jams.objects.errors import CircularDependency
from jams.objects.parts import Element
from jams.objects.patch import patch_of
from jams.objects.schedule import Release
from jams.scheduler import actions
from tests.support.engine import element
from tests.support.field import Field, field

CIRCLE = r"\\T\\X → \\T\\Z → \\T\\Y → \\T\\X"


def depends(on: str, **more: object) -> Element:
    return element("JobDependency", DependsOnJob=on, **more)


@pytest.fixture
def w(place: Path | str) -> Iterator[Field]:
    """A world in which Z waits for Y, and Y for X."""
    with field(place, "2027-03-08 08:00") as made:
        made.job(r"\T\X")
        made.job(r"\T\Y", "true", depends(r"\T\X"))
        made.job(r"\T\Z", "true", depends(r"\T\Y"))
        yield made


def changed(w: Field, name: str, *, lenient: bool = False, **members: object) -> Job:
    made, _ = w.write(
        lambda c: jobs.change(c, patch_of(Job)(**members), name=name, user="ada", lenient=lenient)
    )
    return made


def test_s17_a_circle_closed_by_three_separate_edits(w: Field) -> None:
    """(a) It is refused, and the whole way is told; (b) an import brings definitions through the same."""
    with pytest.raises(CircularDependency, match=CIRCLE):
        changed(w, r"\T\X", elements=[depends(r"\T\Z")])
    exported = w.read(lambda c: jobs.get(c, jobs.find(c, name=r"\T\X")))
    with pytest.raises(CircularDependency, match=CIRCLE):
        changed(w, r"\T\X", elements=[depends(r"\T\Z")], source=exported.source)
    assert w.read(lambda c: jobs.get(c, jobs.find(c, name=r"\T\X"))) == exported
    with pytest.raises(CircularDependency, match=r"\\T\\SELF → \\T\\SELF"):
        w.job(r"\T\SELF", "true", depends(r"\T\SELF"))


def test_s17_a_circle_that_is_kept_is_told_of_and_harms_nobody_else(w: Field) -> None:
    """What leniency keeps, for definitions that come from elsewhere, is marked."""
    kept = changed(w, r"\T\X", lenient=True, elements=[depends(r"\T\Z")])
    assert any(r"\T\X → \T\Z → \T\Y → \T\X" in mark for mark in kept.not_obeyed)
    w.job(r"\T\OTHER")
    waiting, other = w.submit("X"), w.submit("OTHER")
    w.turns()
    assert len(w.began(other)) == 1 and w.state(waiting) is EntryState.DEPENDENCY_WAIT
    assert r"It waits for itself: \T\X → \T\Z → \T\Y → \T\X." in w.told(waiting)
    w.holds()
    w.act(actions.release, waiting, Release(release_types=[ReleaseType.IGNORE_DEPENDENCIES]))
    w.turns()
    assert len(w.began(waiting)) == 1
    # It can be changed and renamed as it stands, and mended.
    changed(w, r"\T\X", description="Kept.")
    changed(w, r"\T\X", job_name="X1")
    assert changed(w, r"\T\X1", elements=[]).not_obeyed == []


def test_s17_a_circle_through_a_setup(w: Field) -> None:
    """(d) X is made to wait for the setup S, of which Y is a member."""
    member = element("SubmitJobTask", SubmitJob=r"\T\Y", Step=1)
    w.job(r"\T\S", "", method_name="Setup", source_elements=[member])
    with pytest.raises(CircularDependency, match=r"\\T\\X → \\T\\S → \\T\\Y → \\T\\X"):
        changed(w, r"\T\X", elements=[depends(r"\T\S")])


def test_s17_a_job_that_is_renamed_and_back(w: Field) -> None:
    """(c) is harmless: who waits for it waits for the same job."""
    z = w.read(lambda c: jobs.find(c, name=r"\T\Z"))
    w.job(r"\T\LAST", "true", depends(r"\T\Z"))
    waiting = w.submit("LAST")
    w.turns()
    for name in ("X2", "Z"):
        w.edit(z, job_name=name)
        w.turns()
        assert w.state(waiting) is EntryState.DEPENDENCY_WAIT
    w.submit("X"), w.submit("Y"), w.submit("Z")
    w.after(minutes=10)
    assert len(w.began(waiting)) == 1
    w.holds()


def test_s17_dependencies_that_are_no_circles(w: Field) -> None:
    """(e) ROLL waits for its own success of last week; its first entry waits, and says so."""
    w.job(r"\T\ROLL", "true", depends(r"\T\ROLL", WithinTime="8.0:00"))
    w.job(r"\T\MATE")
    w.job(r"\T\PAIR", "true", depends(r"\T\MATE", SinceJob=r"\T\MATE", WithinTime="1:00"))
    first = w.submit("ROLL")
    w.turns()
    assert w.state(first) is EntryState.DEPENDENCY_WAIT
    assert r"Job \T\ROLL has not ended Success within the last 192 h 0 min" in w.told(first)
    w.act(actions.release, first, Release(release_types=[ReleaseType.IGNORE_DEPENDENCIES]))
    w.after(minutes=5)
    second = w.submit("ROLL", after=w.now + timedelta(days=7))
    pair, _ = w.submit("PAIR"), w.submit("MATE")
    w.after(days=8)
    assert len(w.began(first)) == len(w.began(second)) == len(w.began(pair)) == 1
    w.holds()


def moved(w: Field) -> None:
    """A job comes into a folder whose jobs wait for one that waits for it."""
    w.job(r"\T\P")
    w.job(r"\T\OUTER", "true", depends("P"))
    w.folder(r"\T\F", elements=[depends(r"\T\OUTER")])
    changed(w, r"\T\P", parent_folder_name=r"\T\F")


def renamed(w: Field) -> None:
    """A name that nobody bears is borne by who waits."""
    gone = w.job(r"\T\GONE")
    w.job(r"\T\B", "true", depends(r"\T\GONE"))
    w.write(lambda c: jobs.delete(c, gone, force=True))
    w.job(r"\T\C", "true", depends(r"\T\B"))
    changed(w, r"\T\C", job_name="GONE")


def by_folder(w: Field) -> None:
    """All jobs of a folder wait for one that waits for one of them."""
    w.folder(r"\T\F")
    w.job(r"\T\F\INNER")
    w.job(r"\T\OUTER", "true", depends(r"\T\F\INNER"))
    patch = patch_of(Folder)(elements=[depends(r"\T\OUTER")])
    w.write(lambda c: folders.change(c, patch, name=r"\T\F", user="ada"))


def below_folder(w: Field) -> None:
    """A job waits for one that waits for it because of its folder."""
    w.job(r"\T\OUTER")
    w.folder(r"\T\F", elements=[depends(r"\T\OUTER")])
    w.job(r"\T\F\INNER")
    changed(w, r"\T\OUTER", elements=[depends(r"\T\F\INNER")])


@pytest.mark.parametrize("close", [moved, renamed, by_folder, below_folder])
def test_s17_other_ways_to_close_a_circle(w: Field, close: Callable[[Field], None]) -> None:
    with pytest.raises(CircularDependency, match="→"):
        close(w)


def folder_changed(w: Field, name: str, *, lenient: bool = False, **members: object) -> None:
    patch = patch_of(Folder)(**members)
    w.write(lambda c: folders.change(c, patch, name=name, user="ada", lenient=lenient))


def contains(*jobs: str) -> list[Element]:
    return [element("SubmitJobTask", SubmitJob=job, Step=1) for job in jobs]


def setup(w: Field, path: str, *jobs: str) -> int:
    return w.job(path, "", method_name="Setup", source_elements=contains(*jobs))


def folder_back(w: Field) -> None:
    """A folder gets the name again that a setup has of one of its setups, which contains it meanwhile."""
    w.folder(r"\T\F")
    w.job(r"\T\P")
    setup(w, r"\T\F\INNER", r"\T\P")
    setup(w, r"\T\OUTER", r"\T\F\INNER")
    folder_changed(w, r"\T\F", folder_name="G")
    changed(w, r"\T\G\INNER", source_elements=contains(r"\T\OUTER"))
    folder_changed(w, r"\T\G", folder_name="F")


def folder_back_relative(w: Field) -> None:
    """The same, where it is named from the folder above."""
    w.folder(r"\T\F")
    w.job(r"\T\F\INNER")
    w.job(
        r"\T\OUTER",
        "true",
        element("JobDependency", DependsOnJob={"jobName": r"F\INNER", "isRelative": True}),
    )
    folder_changed(w, r"\T\F", folder_name="G")
    changed(w, r"\T\G\INNER", elements=[depends(r"\T\OUTER")])
    folder_changed(w, r"\T\G", folder_name="f")


def folder_moved(w: Field) -> None:
    """A folder comes below one whose jobs wait for one that waits for a job of it."""
    w.folder(r"\T\F")
    w.job(r"\T\F\INNER")
    w.job(r"\T\OUTER", "true", depends("INNER"))
    w.folder(r"\T\H", elements=[depends(r"\T\OUTER")])
    folder_changed(w, r"\T\F", parent_folder_name=r"\T\H")


def folder_above_named(w: Field) -> None:
    """What a folder says of its jobs names one again that waits for one of them."""
    w.folder(r"\T\F")
    w.job(r"\T\F\OUTER")
    w.folder(r"\T\H", elements=[depends(r"\T\F\OUTER")])
    w.job(r"\T\H\INNER")
    folder_changed(w, r"\T\F", folder_name="G")
    changed(w, r"\T\G\OUTER", elements=[depends(r"\T\H\INNER")])
    folder_changed(w, r"\T\G", folder_name="F")


BY_FOLDERS = [folder_back, folder_back_relative, folder_moved, folder_above_named]


@pytest.mark.parametrize("close", BY_FOLDERS)
def test_s17_a_folder_that_is_renamed_or_moved_closes_no_circle(
    w: Field, close: Callable[[Field], None]
) -> None:
    with pytest.raises(CircularDependency, match="→"):
        close(w)


def test_s17_a_folder_with_a_circle_that_was_kept_can_be_renamed(w: Field) -> None:
    w.folder(r"\T\F")
    w.job(r"\T\F\A")
    w.job(r"\T\F\B", "true", depends(r"\T\F\A"))
    changed(w, r"\T\F\A", lenient=True, elements=[depends(r"\T\F\B")])
    folder_changed(w, r"\T\F", folder_name="G", description="Kept.")
    with pytest.raises(CircularDependency):
        folder_changed(w, r"\T\G", folder_name="F")
    folder_changed(w, r"\T\G", folder_name="F", lenient=True)


def test_setups_that_contain_each_other_are_refused_however_they_come_to_it(w: Field) -> None:
    """Directly, over two setups, by a rename of one of them, and by its place as a bare name."""
    setup(w, r"\T\S1", r"\T\X")
    setup(w, r"\T\S2", r"\T\S1")
    with pytest.raises(CircularDependency, match=r"\\T\\S1 → \\T\\S1"):
        changed(w, r"\T\S1", source_elements=contains(r"\T\S1"))
    setup(w, r"\T\S3", r"\T\S2")
    with pytest.raises(CircularDependency, match=r"\\T\\S1 → \\T\\S3 → \\T\\S2 → \\T\\S1"):
        changed(w, r"\T\S1", source_elements=contains(r"\T\X", r"\T\S3"))
    changed(w, r"\T\S1", job_name="S0")
    changed(w, r"\T\S0", source_elements=contains(r"\T\S3"))
    with pytest.raises(CircularDependency, match=r"\\T\\S1 → \\T\\S3 → \\T\\S2 → \\T\\S1"):
        changed(w, r"\T\S0", job_name="S1")
    changed(w, r"\T\S0", job_name="S4")
