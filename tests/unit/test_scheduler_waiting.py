from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

from jams.database.changes import END_ASKED, OTHERWISE, REMOVED, Change
from jams.objects.enums import EntryState
from jams.scheduler.waiting import LONGEST_WAIT, SHORT_WAIT, Waiters, WaitGuard


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


def grant_in_thread(pool: ThreadPoolExecutor, guard: WaitGuard, seconds: float) -> float:
    return pool.submit(guard.grant, seconds).result()


def test_so_many_may_wait_long() -> None:
    guard = WaitGuard(2)
    pools = [ThreadPoolExecutor(1) for _ in range(3)]
    first, second, third = pools
    assert grant_in_thread(first, guard, 30) == 30
    assert grant_in_thread(second, guard, 500) == LONGEST_WAIT
    assert grant_in_thread(third, guard, 30) == SHORT_WAIT
    assert grant_in_thread(third, guard, 0.25) == 0.25
    assert grant_in_thread(first, guard, 20) == 20, "a thread that asks anew replaces its grant"
    second.submit(guard.give_back).result()
    assert grant_in_thread(third, guard, 30) == 30
    for pool in pools:
        pool.shutdown()


def test_grants_end_with_their_time() -> None:
    guard = WaitGuard(1)
    thread = threading.Thread(target=guard.grant, args=(0.0,))
    thread.start()
    thread.join()
    assert guard.grant(30) == 30
    assert guard.grant(-5) == 0


def test_nobody_may_wait_long() -> None:
    assert WaitGuard(0).grant(30) == SHORT_WAIT
