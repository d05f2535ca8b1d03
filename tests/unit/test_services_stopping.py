"""A wish to stop, brought by signals at the worst moments."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
import time

from jams.services.stopping import StopWish

AT_ANY_MOMENT = """
import random, signal
from jams.services.stopping import StopWish

made = []
signal.signal(signal.SIGALRM, lambda *_: made[-1].set())
for seed in range(500):
    made.append(StopWish())
    signal.setitimer(signal.ITIMER_REAL, random.Random(seed).uniform(1e-6, 60e-6))
    made[-1].wait()
assert all(each.is_set() for each in made)
print("all were waited for")
"""
"""The signal comes before the wait, while it begins, and in it. Some hundreds of Events wait for ever."""


def test_a_signal_at_any_moment_ends_the_wait() -> None:
    done = subprocess.run(
        [sys.executable, "-c", AT_ANY_MOMENT], capture_output=True, text=True, timeout=50, check=False
    )
    assert done.stdout.strip() == "all were waited for", done.stderr


def test_a_signal_that_another_thread_takes_ends_the_wait() -> None:
    stop, over = StopWish(), threading.Event()
    before = signal.signal(signal.SIGUSR2, lambda *_: stop.set())
    try:

        def take() -> None:
            time.sleep(0.1)
            signal.pthread_kill(threading.get_ident(), signal.SIGUSR2)
            over.wait(40)

        other = threading.Thread(target=take)
        other.start()
        stop.wait()
        over.set()
        other.join()
    finally:
        signal.signal(signal.SIGUSR2, before)
    assert stop.is_set()


def test_another_thread_ends_the_wait() -> None:
    stop = StopWish()
    assert not stop.is_set()
    threading.Timer(0.05, stop.set).start()
    stop.wait()
    stop.wait()
    assert stop.is_set()
