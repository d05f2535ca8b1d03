from __future__ import annotations

import pytest

from jams.database.changes import END_ASKED, OTHERWISE, REMOVED, Change
from jams.objects.enums import EntryState
from jams.objects.errors import ServerUnavailable
from jams.scheduler.waiting import Signal, Waiters


def test_changes_wake_whoever_waits_for_them() -> None:
    waiters = Waiters()
    with waiters.joined(1) as change, waiters.joined(1, until_ended=True) as end, waiters.joined(2) as other:
        waiters.publish({1: Change(state=EntryState.EXECUTING)})
        assert (change.is_set(), end.is_set(), other.is_set()) == (True, False, False)
        waiters.publish({1: Change(state=EntryState.COMPLETE)})
        assert (end.is_set(), other.is_set()) == (True, False)
    assert waiters._waiting == {}


def test_an_entry_that_is_gone_has_ended() -> None:
    waiters = Waiters()
    with waiters.joined(1, until_ended=True) as end:
        waiters.publish({1: REMOVED})
        assert end.is_set()


def test_an_entry_whose_end_is_only_asked_for_has_not_ended() -> None:
    waiters = Waiters()
    with waiters.joined(1) as change, waiters.joined(1, until_ended=True) as end:
        waiters.publish({1: OTHERWISE})
        waiters.publish({1: OTHERWISE.then(END_ASKED)})
        assert (change.is_set(), end.is_set()) == (True, False)


def test_what_happened_just_now() -> None:
    waiters = Waiters()
    assert not waiters.changed_just_now(1)
    waiters.publish({1: OTHERWISE})
    assert waiters.changed_just_now(1)
    assert not waiters.changed_just_now(2)
    for number in range(10_000):
        waiters.publish({number: OTHERWISE})
    assert len(waiters._changed) < 5000


def test_who_is_called_instead_of_woken_is_called_once_and_misses_nothing() -> None:
    waiters, signal, called = Waiters(), Signal(), []
    leave = waiters.join(1, signal)
    waiters.publish({1: OTHERWISE})
    signal.then(lambda: called.append("before"))
    assert called == ["before"], "what happened before he said whom to call"
    signal.clear()
    signal.then(lambda: called.append("after"))
    assert called == ["before"]
    waiters.publish({1: OTHERWISE})
    waiters.publish({1: OTHERWISE})
    assert called == ["before", "after"]
    leave()
    leave()
    assert waiters._waiting == {}


def test_nobody_joins_those_who_wait_at_a_server_that_stops() -> None:
    waiters, signal, called = Waiters(), Signal(), []
    waiters.join(1, signal)
    signal.then(lambda: called.append("stopped"))
    waiters.close()
    assert called == ["stopped"]
    with pytest.raises(ServerUnavailable):
        waiters.join(1, Signal())
