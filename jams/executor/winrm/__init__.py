"""The work of a run on a Windows host that has no agent: a process of its own, started by the executor.

``python -m jams.executor.winrm JOURNAL`` reads its order and script from the journal and the password from
its standard input, runs the script there over WinRM, writes what comes back to the log as it comes, and
leaves how it ended in the journal. It outlives the executor as every run does. ``work`` puts it together;
``connection`` and ``session`` alone use pypsrp; ``transcript`` writes the log, ``texts`` puts
objects and errors into words.
"""
