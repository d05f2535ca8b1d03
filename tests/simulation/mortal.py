"""The database as parts of the server see it that die with their transactions; and who is spared."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Any, TypeVar

from sqlalchemy import Connection

from jams.objects.schedule import SubmitJob
from jams.scheduler import submission, submission_documents
from tests.support.schedule import USER

if TYPE_CHECKING:
    from tests.simulation.world import Simulation

T = TypeVar("T")


def submit(world: Simulation, *names: str) -> None:
    """Somebody submits jobs, and nothing comes between."""
    for name in names:
        document = submission_documents.from_short(SubmitJob(name=f"\\{name}"))
        made = world.desk.write(
            lambda c, document=document: submission.enter(c, document, submission.Submitter(USER))
        )
        world.accepted.add(made.jams_entry)


class Mortal:
    """A database whose transactions may be killed; ``dooms`` is as :meth:`Simulation.attempt` has it."""

    def __init__(self, world: Simulation, *, dooms: bool = True) -> None:
        self._world = world
        self._dooms = dooms

    def read(self) -> AbstractContextManager[Connection]:
        """As the database."""
        return self._world.desk.database.read()

    def write(self, work: Callable[[Connection], T]) -> T:
        """As the database, if one lives to see the end."""
        return self._world.attempt(work, dooms=self._dooms)

    def listen(self, *listeners: Any) -> None:
        """Nobody is told of anything: who looks is asked to."""
