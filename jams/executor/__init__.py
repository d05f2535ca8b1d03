"""Runs work for the scheduler and outlives its own restarts; it sees the objects and no database.

``executor`` is the front; ``methods`` says how a kind of source is run, ``journal`` what is kept of a run
on disk, ``posix`` and ``windows`` how processes are started and found again, ``watcher`` how their ends
are noticed, ``log_names`` and ``logs`` where output goes and how it is read back.
"""
