"""The processes of runs that are done in Python: one for each run, started by the executor, which imports
none of it.

``python -m jams.work TASK`` does the task of that file (:mod:`jams.objects.tasks`). What it prints is the log
of the run, what it exits with the run's exit code. Asked to end (SIGTERM), it lets its work cancel itself.
"""
