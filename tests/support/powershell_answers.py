"""Objects that a fake server answers with."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from jams.objects.definitions import Folder, Job, Variable
from jams.objects.enums import EntryState, Severity
from jams.objects.errors import EntryNotFound, FolderNotFound, JobNotFound, VariableNotFound
from jams.objects.log_parts import LogPart
from jams.objects.patch import Patch
from jams.objects.schedule import Entry, SubmitResult

from .powershell import FakeConnection

NOON = datetime(2026, 1, 2, 12, 0, tzinfo=UTC)


def entry(number: int, name: str = "Load", state: EntryState = EntryState.EXECUTING) -> Entry:
    """An entry of a job in ``\\Sales``."""
    return Entry(
        jams_entry=number,
        ron=1,
        job_name=name,
        display_name=name,
        name=name,
        current_state=state,
        final_severity=Severity.SUCCESS if state.ended else None,
        job_id=3,
        parent_folder_id=2,
        folder_name="\\Sales",
        submitted_by="ann",
        start_time_utc=NOON,
    )


def job(name: str = "Load", folder: str = "\\Sales", number: int = 3) -> Job:
    """A job."""
    return Job(
        job_id=number,
        job_name=name,
        qualified_name=f"{folder.rstrip(chr(92))}\\{name}",
        parent_folder_id=2,
        parent_folder_name=folder,
        method_name="Command",
        source="echo one\necho two\n",
    )


class Server(FakeConnection):
    """A server with one folder, two jobs, a variable and three entries."""

    def __init__(self) -> None:
        super().__init__()
        self.jobs = {f"\\Sales\\{name}": job(name, number=n) for n, name in ((3, "Load"), (4, "Print"))}
        self.folders = {"\\Sales": Folder(folder_id=2, folder_name="Sales", qualified_name="\\Sales")}
        self.variables = {
            "\\Sales\\Region": Variable(
                variable_id=5,
                variable_name="Region",
                qualified_name="\\Sales\\Region",
                parent_folder_name="\\Sales",
                value="north",
            )
        }
        self.entries = {
            1: entry(1),
            2: entry(2, "Print", EntryState.HELD),
            3: entry(3, state=EntryState.COMPLETE),
        }
        self.log = "first\nsecond\nthird\n"
        self.answers = {name: getattr(self, f"_{name}", None) for name in _NAMES}

    def _find_entries(self, *, name: str | None = None, state: Any = None, **_: Any) -> list[Entry]:
        return [
            e
            for e in self.entries.values()
            if (name is None or e.job_name == name) and (not state or e.current_state in state)
        ]

    def _get_entry(self, *, id: int) -> Any:
        return self.entries.get(id) or EntryNotFound(f"There is no entry {id}.", target=id)

    def _wait_for_entry(self, *, id: int, timeout: float) -> Any:
        return self._get_entry(id=id)

    def _hold_entry(self, *, id: int, body: Any) -> Any:
        found = self._get_entry(id=id)
        return found if isinstance(found, Exception) else f"Entry {id} was held."

    _cancel_entry = _release_entry = _restart_entry = _hold_entry

    def _get_entry_parameter(self, *, id: int, name: str) -> Any:
        from jams.objects.parts import ParamValue

        return ParamValue(param_name=name, value="today")

    def _get_entry_log(
        self,
        *,
        id: int,
        offset: int | None = None,
        tail: int | None = None,
        cursor: str | None = None,
        **_: Any,
    ) -> LogPart:
        text = self.log
        if tail is not None:
            text = "".join(text.splitlines(keepends=True)[-tail:])
        start = len(self.log) - len(text) if offset is None else offset
        start = start if cursor is None else int(cursor)
        piece = self.log[start : start + 8]
        end = start + len(piece)
        return LogPart(
            jams_entry=id,
            ron=1,
            cursor=str(end),
            text=piece,
            offset=start,
            next_offset=end,
            size=len(self.log),
            complete=end >= len(self.log),
        )

    def _submit_job(self, *, body: Any) -> Any:
        if body.name not in self.jobs:
            return JobNotFound(f"There is no job {body.name}.", target=body.name)
        return SubmitResult(jams_entry=3, ron=1, result_text="submitted")

    def _get_job(self, *, id: int | None = None, name: str | None = None) -> Any:
        found = [j for p, j in self.jobs.items() if p == name or j.job_name == name or j.job_id == id]
        return found[0] if found else JobNotFound(f"There is no job {name or id}.", target=name or id)

    def _find_jobs(self, *, name: str | None = None, filter: str | None = None, **_: Any) -> list[Job]:
        from psprovider.engine.patterns import matches

        if name not in (None, "\\", "\\Sales"):
            return []
        return [j for j in self.jobs.values() if matches(filter or "*", j.job_name)]

    def _create_job(self, *, job: Job) -> str:
        path = f"{(job.parent_folder_name or '').rstrip(chr(92))}\\{job.job_name}"
        job.qualified_name = path
        self.jobs[path] = job
        return f"Job {path} was created."

    def _change_job(self, *, job: Patch[Job], id: int | None = None, name: str | None = None) -> str:
        return f"Job {name or id} was changed."

    def _delete_job(
        self, *, id: int | None = None, name: str | None = None, force: bool | None = None
    ) -> str:
        self.jobs.pop(name or "", None)
        return f"Job {name} was deleted."

    def _get_job_source(self, *, id: int | None = None, name: str | None = None) -> Any:
        found = self._get_job(id=id, name=name)
        return found if isinstance(found, Exception) else found.source

    def _get_folder(self, *, id: int | None = None, name: str | None = None) -> Any:
        found = self.folders.get(name or "")
        return found or FolderNotFound(f"There is no folder {name}.", target=name)

    def _get_folder_children(
        self, *, id: int | None = None, qualified_name: str | None = None
    ) -> list[Folder]:
        return list(self.folders.values()) if qualified_name in (None, "\\") else []

    def _get_variable(self, *, id: int | None = None, name: str | None = None) -> Any:
        found = self.variables.get(name or "")
        return found or VariableNotFound(f"There is no variable {name}.", target=name)

    def _find_variables(self, *, name: str | None = None, **_: Any) -> list[Variable]:
        return list(self.variables.values()) if name in (None, "\\", "\\Sales") else []

    def _change_variable(
        self, *, variable: Patch[Variable], id: int | None = None, name: str | None = None
    ) -> str:
        return "Variable was changed."

    def _list_methods(self) -> list[Any]:
        from jams.objects.methods import Method

        return [
            Method(method_id=n, method_name=m, description=m, available=True)
            for n, m in enumerate(("Command", "Python"))
        ]

    def _check_health(self) -> Any:
        return "The JAMServer is ready."


_NAMES = [
    name.removeprefix("_") for name in vars(Server) if name.startswith("_") and not name.startswith("__")
]
