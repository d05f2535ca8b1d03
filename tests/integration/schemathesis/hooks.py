"""Keeps schemathesis from taking away its own account, and the group by which that may do everything.

It deletes, disables and changes whatever it finds. Without its account every further request would show
credentials that do not hold: nothing more would be tried, and a connection on which that happens again and
again is read more and more slowly, so that the run would not end either.
"""

from __future__ import annotations

import os
from typing import Any

import schemathesis

KEPT = {
    "account": os.environ["JAMS_TEST_KEPT_ACCOUNT"].split(),
    "group": os.environ["JAMS_TEST_KEPT_GROUP"].split(),
}
"""Number and name of what stays, by the first word of the paths at which it could be changed."""

OTHER = {"id": 2**53 - 1, "name": "nobody"}
"""What is asked for in its place."""


@schemathesis.hook
def before_call(context: Any, case: Any, kwargs: dict[str, Any]) -> None:
    """Let a request that would change what stays ask for something else."""
    kept = KEPT.get(case.operation.path.split("/")[1])
    if kept is None or case.method.upper() == "GET":
        return
    for values in (case.path_parameters, case.query):
        for name in values or ():
            if name in OTHER and str(values[name]).strip().casefold() in kept:
                values[name] = OTHER[name]
