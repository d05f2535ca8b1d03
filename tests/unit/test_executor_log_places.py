"""Logs lie below configured places, and nothing put in the place of one is read or written."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from jams.executor.log_places import LogPlaces
from jams.objects.errors import InvalidArgument, LogNotFound

SECRET = b"the key"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A home with a secret, a place for logs, and another beside it."""
    home = tmp_path / "home"
    (home / "logs").mkdir(parents=True)
    (home / "secret.key").write_bytes(SECRET)
    (tmp_path / "shared").mkdir()
    return home


@pytest.fixture
def places(home: Path) -> LogPlaces:
    return LogPlaces(home, ["logs", home.parent / "shared"])


def made(places: LogPlaces, path: str | Path) -> Path:
    descriptor, name = places.create(path)
    os.write(descriptor, b"log")
    os.close(descriptor)
    return Path(name)


def test_logs_are_never_shared_and_directories_are_made(places: LogPlaces, home: Path) -> None:
    wanted = home / "logs" / "a" / "b" / "Foo.log"
    names = [made(places, wanted) for _ in range(3)]
    assert names == [wanted, wanted.with_name("Foo_2.log"), wanted.with_name("Foo_3.log")]
    assert all(name.stat().st_mode & 0o077 == 0 for name in names)
    with places.open(names[1]) as file:
        assert file.read() == b"log"
    assert places.size(names[1]) == 3


def test_a_place_is_made_when_the_first_log_comes(home: Path) -> None:
    assert made(LogPlaces(home, ["new/place"]), "new/place/x.log") == home / "new" / "place" / "x.log"


def test_relative_paths_lie_in_the_home(places: LogPlaces, home: Path) -> None:
    assert made(places, "logs/x.log") == home / "logs" / "x.log"
    assert places.size("logs/x.log") == 3


@pytest.mark.parametrize(
    "path",
    [
        "/etc/x.log",
        "x.log",
        "secret.key",
        "logs",
        "logs/../secret.key",
        "logs/../../x.log",
        "logs/..",
        "logs/.",
        "logs/",
        "logsx/x.log",
        "../x.log",
        "/proc/self/fd/0",
        "/dev/null",
        "",
    ],
)
def test_elsewhere_nothing_is_written_or_read(places: LogPlaces, home: Path, path: str) -> None:
    before = sorted(home.parent.rglob("*"))
    for action in (places.check, places.create):
        with pytest.raises(InvalidArgument):
            action(path)
    with pytest.raises(LogNotFound):
        places.open(path)
    assert sorted(home.parent.rglob("*")) == before


def test_links_that_lead_from_place_to_place_are_followed(places: LogPlaces, home: Path) -> None:
    (home / "logs" / "elsewhere").symlink_to(home.parent / "shared")
    assert made(places, home / "logs" / "elsewhere" / "x.log") == home.parent / "shared" / "x.log"


def test_a_place_may_be_a_link(home: Path) -> None:
    (home / "link").symlink_to(home.parent / "shared")
    assert made(LogPlaces(home, ["link"]), "link/x.log") == home.parent / "shared" / "x.log"


@pytest.mark.parametrize("target", ["..", "/", "/etc", "/proc/self/fd"])
def test_a_link_that_leads_out_is_not_followed(places: LogPlaces, home: Path, target: str) -> None:
    (home / "logs" / "out").symlink_to(target)
    with pytest.raises(InvalidArgument):
        places.create(home / "logs" / "out" / "x.log")
    with pytest.raises(LogNotFound):
        places.open(home / "logs" / "out" / "secret.key")


def test_a_directory_that_becomes_a_link_is_not_followed(places: LogPlaces, home: Path) -> None:
    first = made(places, home / "logs" / "job" / "x.log")
    first.unlink()
    first.parent.rmdir()
    first.parent.symlink_to(home)
    (home / "x.log").write_bytes(SECRET)
    with pytest.raises(OSError, match=r"Not a directory|symbolic links"):
        places.create(first)
    with pytest.raises(LogNotFound):
        places.open(first)
    assert (home / "x.log").read_bytes() == SECRET


def _link(log: Path, home: Path) -> None:
    log.symlink_to(home / "secret.key")


def _link_to_another_log(log: Path, home: Path) -> None:
    (home / "logs" / "other.log").write_bytes(SECRET)
    log.symlink_to(home / "logs" / "other.log")


def _fifo(log: Path, home: Path) -> None:
    os.mkfifo(log)


def _directory(log: Path, home: Path) -> None:
    log.mkdir()


def _nothing(log: Path, home: Path) -> None:
    pass


def _dangling(log: Path, home: Path) -> None:
    log.symlink_to(home / "none")


def _device(log: Path, home: Path) -> None:
    log.symlink_to("/dev/zero")


@pytest.mark.parametrize(
    "put", [_link, _link_to_another_log, _fifo, _directory, _nothing, _dangling, _device]
)
def test_what_has_taken_the_place_of_a_log_is_not_read_and_holds_nobody_up(
    places: LogPlaces, home: Path, put: Callable[[Path, Path], None]
) -> None:
    log = made(places, home / "logs" / "x.log")
    log.unlink()
    put(log, home)
    with pytest.raises(LogNotFound) as refused:
        places.open(log)
    assert SECRET.decode() not in refused.value.message
    assert places.size(log) == -1
    with pytest.raises((InvalidArgument, OSError)):
        places.append(log)
    if put is _fifo:
        reader = os.open(log, os.O_RDONLY | os.O_NONBLOCK)
        with pytest.raises(InvalidArgument):
            places.append(log)
        os.close(reader)
    if put is not _nothing:
        assert made(places, log) == log.with_name("x_2.log")


@pytest.mark.skipif(not hasattr(os, "mknod") or os.geteuid() != 0, reason="only root makes devices")
def test_a_device_in_the_place_of_a_log_is_not_read(places: LogPlaces, home: Path) -> None:
    import stat

    log = home / "logs" / "x.log"
    try:
        os.mknod(log, 0o600 | stat.S_IFCHR, os.makedev(1, 5))
    except PermissionError:
        pytest.skip("no devices here")
    with pytest.raises(LogNotFound):
        places.open(log)


def test_not_even_a_descriptor_stays_open(places: LogPlaces, home: Path) -> None:
    for put in (_link, _fifo, _directory, _dangling):
        log = home / "logs" / f"{put.__name__}.log"
        put(log, home)
        with pytest.raises(LogNotFound):
            places.open(log)
    made(places, home / "logs" / "a" / "b" / "c.log")
    opened = [os.path.realpath(f"/proc/self/fd/{number}") for number in os.listdir("/proc/self/fd")]
    assert not [path for path in opened if Path(path).is_relative_to(home)]
