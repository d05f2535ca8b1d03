"""Jobs that share what there is only so much of."""

from __future__ import annotations

from jams.objects.capacity import BatchQueue, Resource

from .model import Samples, element, job, values, working

_WORK = working(5, "Done.")

SAMPLES = (
    Samples(
        "Queue",
        "Jobs of the queue SampleQueue, which runs one at a time; they inherit it from the folder.",
        (
            job("First", _WORK, "Submit First and Second: one of them waits until the other has ended."),
            job("Second", _WORK, "See First. stop-queue SampleQueue lets neither start."),
            job(
                "Urgent",
                _WORK,
                "Goes before what waits in the queue, as its priority is higher.",
                properties={"SchedulingPriority": 10},
            ),
        ),
        properties=values({"BatchQueue": "SampleQueue"}),
        queues=(
            BatchQueue(
                queue_name="SampleQueue", description="For the jobs of \\Samples\\Queue.", job_limit=1
            ),
        ),
    ),
    Samples(
        "Resource",
        "Jobs that need some of the resource SampleLicence, of which there are three.",
        (
            job(
                "Small",
                _WORK,
                "Takes one licence for its run: submit four, and see three run.",
                element("ResourceRequirement", Resource="SampleLicence", Quantity=1),
            ),
            job(
                "Large",
                _WORK,
                "Takes all three: starts when nobody has any; after 10 minutes no small one passes it.",
                element("ResourceRequirement", Resource="SampleLicence", Quantity=3),
            ),
        ),
        resources=(
            Resource(
                resource_name="SampleLicence",
                description="For the jobs of \\Samples\\Resource.",
                quantity_available=3,
            ),
        ),
    ),
    Samples(
        "SingleInstance",
        "Jobs of which one entry runs at a time.",
        (
            job(
                "Waits",
                _WORK,
                "Submit it twice: the second entry waits until the first has ended.",
                properties={"SingleInstanceAction": "Wait"},
            ),
            job(
                "IsCancelled",
                _WORK,
                "Submit it twice: the second entry is cancelled at once.",
                properties={"SingleInstanceAction": "Cancel"},
            ),
        ),
    ),
)
