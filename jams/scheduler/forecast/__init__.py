"""The forecast: the same turns on a copy of the database, by a clock that jumps to whatever happens next.

A process of its own plays it, so that nobody waits for it (:mod:`.worker`): it opens the copy, changes in it
what is supposed (:mod:`.supposing`), plays (:mod:`.playing`) by what is assumed (:mod:`.assumptions`), and
tells what has come of it (:mod:`.telling`), with the way by which what is late became late (:mod:`.ways`).
"""
