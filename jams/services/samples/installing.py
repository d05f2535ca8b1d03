"""Makes the samples that are not there."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from msgspec.structs import replace

from jams.client.server import Server
from jams.objects.definitions import Folder
from jams.objects.errors import MethodUnavailable, NotFound

from . import capacity, methods, outcomes, plain, scheduling, setups, triggers, waiting
from .model import FOLDER, Samples

ALL: tuple[Samples, ...] = (
    *plain.SAMPLES,
    *scheduling.SAMPLES,
    *waiting.SAMPLES,
    *triggers.SAMPLES,
    *capacity.SAMPLES,
    *outcomes.SAMPLES,
    *setups.SAMPLES,
    *methods.SAMPLES,
)


def install(server: Server) -> list[str]:
    r"""Make the folders and those of their jobs that are not there; the paths of the jobs that were made.

    A path is told from ``\Samples`` on, as ``Retry\FailsTwice``. What is there already stays as it is, even
    when somebody has changed it, and a job is left out whose method needs a program that the machine lacks.

    Raises:
        JAMSError: the caller may not, or the server failed.
    """
    made: list[str] = []
    for samples in ALL:
        for get, create in _parts(server, samples):
            _ensure(get, create)
        for job in samples.jobs:
            path = f"{samples.path}\\{job.job_name}"
            if _ensure(server.jobs[path].get, _maker(server.jobs, job, parent_folder_name=samples.path)):
                made.append(path.removeprefix(f"{FOLDER}\\"))
        for setup in samples.setups:
            path = f"{samples.path}\\{setup.setup_name}"
            make = _maker(server.setups, setup, parent_folder_name=samples.path)
            if _ensure(server.setups[path].get, make):
                made.append(path.removeprefix(f"{FOLDER}\\"))
    return made


def _parts(server: Server, samples: Samples) -> Iterator[tuple[Callable[[], Any], Callable[[], Any]]]:
    """How each thing that the jobs need is got, and made."""
    folder = Folder(
        folder_name=samples.path.rpartition("\\")[2],
        parent_folder_name=FOLDER if samples.name else "\\",
        description=samples.description,
        properties=[],
    )
    for queue in samples.queues:
        yield server.queues[queue.queue_name].get, _maker(server.queues, queue)
    for resource in samples.resources:
        yield server.resources[resource.resource_name].get, _maker(server.resources, resource)
    yield (
        server.folders[samples.path].get,
        _maker(server.folders, folder, properties=list(samples.properties)),
    )
    for variable in samples.variables:
        path = f"{samples.path}\\{variable.variable_name}"
        yield (
            server.variables[path].get,
            _maker(server.variables, variable, parent_folder_name=samples.path),
        )


def _maker(collection: Any, document: Any, **members: Any) -> Callable[[], Any]:
    return lambda: collection.create(replace(document, **members))


def _ensure(get: Callable[[], Any], create: Callable[[], Any]) -> bool:
    """Make what is not there; whether it was made."""
    try:
        get()
    except NotFound:
        try:
            create()
        except MethodUnavailable:
            return False
        return True
    return False
