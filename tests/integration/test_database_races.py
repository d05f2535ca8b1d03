"""Several processes write to one PostgreSQL database, each with a writer of its own: whoever is overtaken
finds out, nothing is done twice, and nobody gets an error that is not his.

The processes are stood for by several open databases.
"""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Connection, func, select

from jams.database import (
    accounts,
    agents,
    calendars,
    credentials,
    date_types,
    entries,
    failed_logins,
    folders,
    jobs,
    named_times,
    names,
    open_beside,
    retries,
    runs,
    statistics,
    tables,
    variables,
)
from jams.objects.accounts import AccountChange
from jams.objects.base import Duration
from jams.objects.calendars import Calendar, DateType, DateTypeLink, NamedTime
from jams.objects.definitions import Agent, Folder, Job, Variable
from jams.objects.enums import AgentType, EntryState, Severity
from jams.objects.errors import (
    AlreadyExists,
    FolderNotEmpty,
    FolderNotFound,
    InUse,
    JobNotFound,
)
from jams.objects.parts import ParamDef
from jams.objects.patch import stated
from jams.objects.schedule import Cancel, Comment, Restart, SubmitInfo
from jams.scheduler import actions, judging, settlement, starts, submission, transitions
from jams.scheduler.transitions import Event
from jams.security import tokens
from jams.security.account_changes import Actor
from jams.security.accounts import Accounts
from tests.support import databases
from tests.support.schedule import USER, Desk, desk, ended

ROUNDS = 12
Work = Callable[[Connection], Any]


class Hands:
    """Databases that are open beside each other."""

    def __init__(self, desks: list[Desk]) -> None:
        self.desks = desks
        self.first = desks[0]

    def race(self, *works: Work) -> list[Any]:
        """What each piece of work gave or raised; they begin at the same moment, each in its own database."""
        barrier = threading.Barrier(len(works))
        found: list[Any] = [None] * len(works)

        def run(index: int, work: Work) -> None:
            barrier.wait(20)
            try:
                found[index] = self.desks[index].write(work)
            except Exception as error:
                found[index] = error

        threads = [threading.Thread(target=run, args=pair) for pair in enumerate(works)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(40)
        return found

    def count(self, table: Any, *where: Any) -> int:
        return int(self.first.read(lambda c: c.scalar(select(func.count()).select_from(table).where(*where))))


@pytest.fixture(scope="module")
def hands(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hands]:
    with ExitStack() as stack:
        where = stack.enter_context(databases.database("postgresql", tmp_path_factory.mktemp("races")))
        opened = [stack.enter_context(desk(where))]
        for _ in range(5):
            beside = open_beside(where)
            stack.callback(beside.close)
            opened.append(Desk(beside))
        yield Hands(opened)


def outcomes(found: list[Any]) -> Counter[str]:
    return Counter(type(each).__name__ if isinstance(each, Exception) else "done" for each in found)


MAKERS: dict[str, tuple[Callable[[str], Work], Any]] = {
    "folder": (
        lambda name: lambda c: folders.create(c, Folder(folder_name=name), user=USER).folder_id,
        tables.folder,
    ),
    "job": (lambda name: lambda c: jobs.create(c, Job(job_name=name), user=USER).job_id, tables.job),
    "job by change": (
        lambda name: lambda c: jobs.change(c, stated(Job(job_name=name)), user=USER)[0].job_id,
        tables.job,
    ),
    "variable": (
        lambda name: lambda c: variables.create(c, Variable(variable_name=name), user=USER).variable_id,
        tables.variable,
    ),
    "agent": (
        lambda name: (
            lambda c: (
                agents.create(
                    c, Agent(agent_name=name, agent_type=AgentType.OUTGOING), user=USER, lenient=True
                ).agent_id
            )
        ),
        tables.agent,
    ),
    "calendar": (
        lambda name: lambda c: calendars.create(c, Calendar(calendar_name=name), user=USER).calendar_id,
        tables.calendar,
    ),
    "date type": (
        lambda name: lambda c: date_types.create(c, DateType(date_type_type=name), user=USER).date_type_id,
        tables.date_type,
    ),
    "named time": (
        lambda name: (
            lambda c: (
                named_times.create(
                    c,
                    NamedTime(
                        time_name=name,
                        start_time=Duration(total_seconds=0),
                        end_time=Duration(total_seconds=9),
                    ),
                    user=USER,
                ).time_id
            )
        ),
        tables.named_time,
    ),
    "account": (lambda name: lambda c: accounts.create(c, name).id, tables.account),
    "group": (lambda name: lambda c: accounts.ensure_group(c, name), tables.account_group),
    "credential": (
        lambda name: lambda c: credentials.put(c, name, user_name="u", secret="s", by=USER),
        tables.credential,
    ),
}
SETTLES_FOR_CHANGE = {"job by change", "group", "credential"}
"""Where a second one is no error: what is there is changed, or is well."""


@pytest.mark.parametrize("kind", MAKERS)
def test_one_name_is_made_once(hands: Hands, kind: str) -> None:
    make, table = MAKERS[kind]
    for number in range(ROUNDS):
        name = f"{kind.title().replace(' ', '')}{number}"
        found = outcomes(hands.race(*[make(name)] * 6))
        wanted = {"done": 6} if kind in SETTLES_FOR_CHANGE else {"done": 1, "AlreadyExists": 5}
        assert found == wanted
        assert hands.count(table, table.c.name_key == names.fold(name)) == 1


def test_two_folders_are_not_moved_into_each_other(hands: Hands) -> None:
    for number in range(ROUNDS):
        one, other = hands.first.folder(f"\\One{number}"), hands.first.folder(f"\\Other{number}")

        def into(inner: int, name: str, outer: int) -> Work:
            moved = Folder(folder_id=inner, folder_name=name, parent_folder_id=outer)
            return lambda c: folders.change(c, stated(moved), user=USER)

        found = hands.race(into(one, f"One{number}", other), into(other, f"Other{number}", one))
        assert outcomes(found) == {"done": 1, "Conflict": 1}
        paths = {hands.first.read(lambda c, id=id: folders.get(c, id).qualified_name) for id in (one, other)}
        assert paths in (
            {f"\\One{number}", f"\\One{number}\\Other{number}"},
            {f"\\Other{number}", f"\\Other{number}\\One{number}"},
        )


def test_date_types_do_not_include_each_other(hands: Hands) -> None:
    for number in range(ROUNDS):
        a, b = f"TypeA{number}", f"TypeB{number}"
        for name in (a, b):
            hands.first.write(
                lambda c, name=name: date_types.create(c, DateType(date_type_type=name), user=USER)
            )

        def including(one: str, other: str) -> Work:
            document = DateType(date_type_type=one, date_type_links=[DateTypeLink(date_type_type=other)])
            return lambda c: date_types.change(c, stated(document), user=USER)

        assert outcomes(hands.race(including(a, b), including(b, a))) == {"done": 1, "InvalidArgument": 1}


def test_a_folder_that_is_deleted_stays_empty(hands: Hands) -> None:
    for number in range(ROUNDS):
        folder = hands.first.folder(f"\\Full{number}")

        def fill(kind: int, folder: int = folder, number: int = number) -> Work:
            documents: list[Work] = [
                lambda c: jobs.create(c, Job(job_name="j", parent_folder_id=folder), user=USER),
                lambda c: variables.create(
                    c, Variable(variable_name="v", parent_folder_id=folder), user=USER
                ),
                lambda c: folders.create(c, Folder(folder_name="f", parent_folder_id=folder), user=USER),
            ]
            return documents[kind]

        deleted, *filled = hands.race(
            lambda c, folder=folder: folders.delete(c, folder), fill(0), fill(1), fill(2)
        )
        if isinstance(deleted, FolderNotEmpty):
            assert not all(isinstance(each, Exception) for each in filled)
        else:
            assert deleted == f"\\Full{number}"
            assert [type(each) for each in filled] == [FolderNotFound] * 3
            assert hands.count(tables.job, tables.job.c.folder_id == folder) == 0


def test_a_renamed_folder_takes_its_contents_along(hands: Hands) -> None:
    for number in range(ROUNDS):
        top = hands.first.folder(f"\\Old{number}")
        found = hands.race(
            lambda c, top=top, number=number: folders.change(
                c, stated(Folder(folder_id=top, folder_name=f"New{number}")), user=USER
            ),
            *(
                lambda c, top=top, name=name: folders.create(
                    c, Folder(folder_name=name, parent_folder_id=top), user=USER
                )
                for name in "abcd"
            ),
        )
        assert outcomes(found) == {"done": 5}
        below = hands.first.read(lambda c, top=top: folders.children(c, top))
        assert [each.qualified_name for each in below] == [f"\\New{number}\\{name}" for name in "abcd"]


def test_a_deleted_job_has_no_live_entry(hands: Hands) -> None:
    for number in range(ROUNDS):
        job = hands.first.job(f"\\Gone{number}")
        hands.first.submit(f"\\Gone{number}")
        number_of = hands.first.read(entries.find)[-1].jams_entry
        hands.first.write(lambda c, n=number_of: actions.cancel(c, n, USER, Cancel()))

        def submit(c: Connection, job: int = job) -> object:
            return submission.enter(c, SubmitInfo(submit_id=job), submission.Submitter(USER))

        deleted, *submitted = hands.race(lambda c, job=job: jobs.delete(c, job), submit, submit, submit)
        live = hands.count(
            tables.entry, tables.entry.c.job_id == job, tables.entry.c.state != EntryState.COMPLETE
        )
        if isinstance(deleted, InUse):
            assert live > 0
        else:
            assert live == 0 and {type(each) for each in submitted} == {JobNotFound}


def test_a_variable_that_a_parameter_needs_stays(hands: Hands) -> None:
    for number in range(ROUNDS):
        name = f"Needed{number}"
        made = hands.first.write(
            lambda c, name=name: variables.create(c, Variable(variable_name=name, value="1"), user=USER)
        )
        parameter = ParamDef(param_name="p", variable_id=made.variable_id)
        found = hands.race(
            lambda c, id=made.variable_id: variables.delete(c, id),
            lambda c, number=number, parameter=parameter: jobs.create(
                c, Job(job_name=f"Needs{number}", parameters=[parameter]), user=USER
            ),
        )
        kinds = [type(each).__name__ for each in found]
        assert kinds in (["str", "InvalidParameter"], ["InUse", "Job"])


def test_a_name_is_an_accounts_or_a_groups(hands: Hands) -> None:
    for number in range(ROUNDS):
        name = f"Both{number}"
        people = [Accounts(each.database) for each in hands.desks]
        barrier = threading.Barrier(2)
        found: list[str] = []

        def make(work: Callable[[], None], barrier: threading.Barrier, found: list[str]) -> None:
            barrier.wait(20)
            try:
                work()
                found.append("done")
            except AlreadyExists:
                found.append("refused")

        threads = [
            threading.Thread(target=make, args=(work, barrier, found))
            for work in (
                lambda name=name, people=people: people[0].beside.create(name, None),
                lambda name=name, people=people: people[1].beside.create_group(name),
            )
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(30)
        assert sorted(found) == ["done", "refused"]


def test_groups_are_those_of_one_caller(hands: Hands) -> None:
    # None of them may do everything: the next test is about the last two who may.
    sets = [("Developers", "Submitters"), ("Submitters", "Inquirers"), ("Developers", "Inquirers")]
    ada = hands.first.write(lambda c: accounts.create(c, "grouped"))
    for _ in range(ROUNDS):
        found = hands.race(
            *(lambda c, groups=groups: accounts.set_groups(c, ada.id, groups) for groups in sets)
        )
        assert outcomes(found) == {"done": 3}
        account = hands.first.read(lambda c: accounts.find(c, "grouped"))
        assert account is not None and set(account.groups) in map(set, sets)


def test_two_administrators_who_disable_each_other_do_not_both_go(hands: Hands) -> None:
    names_ = ("one", "other")
    for name in names_:
        hands.first.write(lambda c, name=name: accounts.create(c, name, groups=["Administrators"]))
    administration = Accounts(hands.first.database).administration

    def disable(c: Connection, by: str, name: str) -> str:
        account = accounts.get(c, name=name)
        return administration.change(c, Actor(by, passes=True), account, AccountChange(enabled=False))

    for _ in range(ROUNDS):
        found = hands.race(
            lambda c: disable(c, "one", "other"),
            lambda c: disable(c, "other", "one"),
        )
        assert outcomes(found) == {"done": 1, "WouldLockOut": 1}
        for name in names_:
            hands.first.write(
                lambda c, name=name: accounts.set_enabled(c, accounts.get(c, name=name).id, True)
            )


def test_every_failed_login_is_counted(hands: Hands) -> None:
    now = datetime.now(UTC)
    for number in range(ROUNDS):
        hands.race(
            *[
                lambda c, name=f"guessed{number}": failed_logins.note(
                    c, name, now, most=100, window=timedelta(hours=1), locked=timedelta(hours=1)
                )
            ]
            * 6
        )
        counted = hands.first.read(
            lambda c, name=f"guessed{number}": c.scalar(
                select(tables.failed_login.c.failures).where(
                    tables.failed_login.c.digest == failed_logins.digest(name)
                )
            )
        )
        assert counted == 6


def test_a_one_time_code_is_taken_once(hands: Hands) -> None:
    ada = hands.first.write(lambda c: accounts.create(c, "coded"))
    hands.first.write(lambda c: accounts.change(c, ada.id, code_secret="sealed", code_confirmed=True))
    for step in range(1, ROUNDS + 1):
        found = hands.race(*[lambda c, step=step: accounts.take_step(c, ada.id, "sealed", step)] * 4)
        assert sorted(found) == [False, False, False, True]


def test_a_refresh_token_is_spent_once(hands: Hands) -> None:
    ada = hands.first.write(lambda c: accounts.create(c, "refreshing"))
    for _ in range(ROUNDS):
        given = hands.first.write(lambda c: tokens.issue(c, ada.id, timedelta(hours=1)))
        found = hands.race(*[lambda c, t=given.refresh_token: tokens.exchange(c, t, timedelta(hours=1))] * 4)
        fresh = [each for each in found if each is not None]
        assert len(fresh) <= 1, found
        for one in fresh:
            held = hands.first.read(lambda c, t=one.access_token: tokens.find(c, t))
            assert held is None, "shown twice, so the whole login has ended"


def test_a_key_is_answered_once(hands: Hands) -> None:
    def once(c: Connection, key: str) -> bytes:
        answer = retries.recall(c, "ada", key, b"f")
        if answer is None:
            answer = str(
                submission.enter(c, SubmitInfo(name="\\Keyed"), submission.Submitter(USER)).jams_entry
            ).encode()
            retries.remember(c, "ada", key, b"f", answer)
        return answer

    job = hands.first.job("\\Keyed")
    for number in range(ROUNDS):
        found = hands.race(*[lambda c, key=f"k{number}": once(c, key)] * 6)
        assert len(set(found)) == 1, found
    assert hands.count(tables.entry, tables.entry.c.job_id == job) == ROUNDS


def starting(hands: Hands, job: str, token: str) -> int:
    """An entry of the job whose run was claimed under the token, and has begun."""
    number = hands.first.submit(job)

    def work(c: Connection) -> None:
        starts.claim(c, [starts.Start(token, entries.locked(c, number), 1)], datetime.now(UTC))
        row = entries.locked(c, number)
        transitions.move(c, row, Event.BEGIN, EntryState.EXECUTING)

    hands.first.write(work)
    return number


def test_a_restart_that_was_promised_is_made(hands: Hands, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is asked for just when the end of the run is being written down."""
    hands.first.job("\\Again")
    seen, asked = threading.Event(), threading.Event()
    judge = judging.verdict_of

    def slowly(*arguments: Any) -> Any:
        seen.set()
        asked.wait(0.5)
        return judge(*arguments)

    monkeypatch.setattr(judging, "verdict_of", slowly)
    number = starting(hands, "\\Again", "again")

    def restart(c: Connection) -> str:
        assert seen.wait(20)
        told = actions.restart(c, number, USER, Restart())
        asked.set()
        return told

    settled, told = hands.race(lambda c: settlement.settle(c, [ended("again")], {}), restart)
    assert isinstance(settled, set) and isinstance(told, str)
    assert hands.first.entry(number).current_state is EntryState.PENDING


def test_what_is_held_is_not_opened(hands: Hands) -> None:
    hands.first.job("\\Timed")

    def open_ripe(c: Connection) -> None:
        rows = runs.ripe(c, datetime.now(UTC), 10)
        ripe = [{"number": row.number, "state": EntryState.TIMED} for row in rows]
        transitions.move_all(c, Event.OPEN, EntryState.PENDING, ripe)

    for _ in range(ROUNDS):
        number = hands.first.submit("\\Timed", after=datetime.now(UTC) + timedelta(milliseconds=30))
        # On a busy machine its time may have come before it was there; then it was never timed.
        while hands.first.entry(number).current_state is EntryState.TIMED and not hands.first.write(
            lambda c: runs.ripe(c, datetime.now(UTC), 10)
        ):
            pass
        opened, held = hands.race(open_ripe, lambda c, n=number: actions.hold(c, n, USER, Comment()))
        assert opened is None and isinstance(held, str)
        entry = hands.first.entry(number)
        assert entry.held and entry.current_state is EntryState.HELD


def test_statistics_count_every_run(hands: Hands) -> None:
    job = hands.first.job("\\Counted")
    record = {
        "job_id": job,
        "ron": 7,
        "start_time": hands.first.entry(hands.first.submit("\\Counted")).scheduled_time_utc,
        "final_severity": Severity.SUCCESS,
        "elapsed": 1.5,
        "cpu": 0.5,
    }
    record["completion_time"] = record["start_time"]
    for _ in range(ROUNDS):
        hands.race(*[lambda c: statistics.add(c, [record], [7])] * 6)
    counted = hands.first.read(lambda c: jobs.get(c, job))
    assert (counted.avg_count, counted.avg_elapsed_time) == (6 * ROUNDS, 1.5)
