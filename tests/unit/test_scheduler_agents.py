"""Agents: their definitions, and that entries run where, and as many at once, as their agent says."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import Connection

from jams.database import agents, jobs, runs, tables
from jams.objects.definitions import Agent
from jams.objects.enums import AgentType, EntryState, Severity
from jams.objects.errors import (
    AgentNotFound,
    AlreadyExists,
    Conflict,
    CredentialNotFound,
    InUse,
    InvalidArgument,
    InvalidProperty,
    MissingArgument,
)
from jams.objects.parts import PropertyValue
from jams.objects.patch import patch_of, stated
from jams.scheduler import Scheduler, submission_documents
from jams.scheduler.remotes import LogonOf, no_logon
from jams.security.credentials import Logon
from tests.support.schedule import USER, Desk, PuppetRunner, ended

pytestmark = pytest.mark.unit

LIMIT = 20.0


def properties(**values: Any) -> list[PropertyValue]:
    return [PropertyValue(property_name=name, current_value=value) for name, value in values.items()]


def windows(name: str = "win", *, job_limit: int = 5, online: bool = True, **values: Any) -> Agent:
    given = {"Address": "win.example", "Credential": "svc", **values}
    return Agent(
        agent_name=name,
        agent_type=AgentType.WIN_RM,
        job_limit=job_limit,
        online=online,
        properties=properties(**given),
    )


def make(d: Desk, agent: Agent) -> int:
    d.credential("svc")
    number = d.write(lambda c: agents.create(c, agent, user=USER)).agent_id
    assert number is not None
    return number


def logon(c: Connection, name: str) -> Logon:
    if name != "svc":
        raise CredentialNotFound(f"There is no credential {name}.")
    return Logon(r"CORP\svc", "very secret")


@contextmanager
def at_work(d: Desk, runner: PuppetRunner, logon_of: LogonOf = logon) -> Iterator[Scheduler]:
    scheduler = Scheduler(d.database, logon_of=logon_of)
    scheduler.start(runner)
    try:
        yield scheduler
    finally:
        scheduler.stop()


def test_an_entry_runs_on_the_host_of_its_agent(d: Desk) -> None:
    make(d, windows(Port=5999, ConnectTimeout=7, UseTLS="false", Authentication="NTLM"))
    d.job("\\j", method_name="PowerShell", properties=properties(Agent="WIN"))
    runner = PuppetRunner()
    with at_work(d, runner) as scheduler:
        number = d.submit("j")
        wait_for(d, scheduler, number, EntryState.EXECUTING)
    (request,) = runner.requests
    remote = request.remote
    assert remote is not None and d.entry(number).agent_name == "win"
    assert (remote.kind, remote.agent_name, remote.address, remote.port) == (
        "WinRM",
        "win",
        "win.example",
        5999,
    )
    assert (remote.use_tls, remote.verify_certificate, remote.connect_timeout) == (False, True, 7)
    assert (remote.authentication, remote.configuration_name) == ("NTLM", "Microsoft.PowerShell")
    assert (remote.user_name, remote.password) == (r"CORP\svc", "very secret")
    assert "very secret" not in repr(request)


@pytest.mark.parametrize("reference", [{"agentName": "win"}, {"agentID": 2}, "win"])
def test_a_submission_may_name_another_agent(d: Desk, reference: Any) -> None:
    make(d, windows())
    d.job("\\j")
    info = d.read(lambda c: fill_with(c, "j", properties(Agent=reference)))
    number = d.enter(lambda c: info)
    assert d.entry(number).agent_name == "win"
    assert d.entry(d.submit("j")).agent_name == "localhost"


@pytest.mark.parametrize("reference", ["nowhere", {"agentName": "nowhere"}, {"agentID": 99}])
def test_an_agent_that_does_not_exist_takes_no_submission(d: Desk, reference: Any) -> None:
    with pytest.raises(AgentNotFound, match=r"^Agent: There is no agent"):
        d.job("\\j", properties=properties(Agent=reference))
    d.stored_before("\\j", properties=properties(Agent=reference))
    with pytest.raises(AgentNotFound):
        d.submit("j")


@pytest.mark.parametrize("reference", [True, 7, {"agentName": 7}, {"agentID": True}])
def test_what_names_no_agent_takes_no_submission(d: Desk, reference: Any) -> None:
    with pytest.raises(InvalidProperty):
        d.job("\\j", properties=properties(Agent=reference))
    d.stored_before("\\j", properties=properties(Agent=reference))
    with pytest.raises(InvalidProperty):
        d.submit("j")


@pytest.mark.parametrize(
    ("agent", "reason"),
    [
        (windows(Credential="gone"), "There is no credential gone."),
        (windows(Credential=None), "names no credential"),
    ],
)
def test_without_its_credential_a_run_ends_fatally(d: Desk, agent: Agent, reason: str) -> None:
    d.credential("gone")
    make(d, agent)
    # Nobody can take it away as long as the agent names it; it may be gone all the same.
    d.write(lambda c: c.execute(tables.credential.delete().where(tables.credential.c.name == "gone")))
    d.job("\\j", properties=properties(Agent="win"))
    runner = PuppetRunner()
    with at_work(d, runner) as scheduler:
        number = d.submit("j")
        assert scheduler.wait_until_ended(number, LIMIT)
    entry = d.entry(number)
    assert entry.final_severity is Severity.FATAL and reason in (entry.final_status or "")
    assert runner.requests == []


def test_a_server_without_credentials_says_so(d: Desk) -> None:
    make(d, windows())
    d.job("\\j", properties=properties(Agent="win"))
    with at_work(d, PuppetRunner(), no_logon) as scheduler:
        number = d.submit("j")
        assert scheduler.wait_until_ended(number, LIMIT)
    assert "stores no credentials" in (d.entry(number).final_status or "")


def test_each_agent_takes_as_many_runs_as_it_may(d: Desk) -> None:
    make(d, windows(job_limit=2))
    d.job("\\there", properties=properties(Agent="win"))
    d.job("\\here")
    there = [d.submit("there", priority=9) for _ in range(40)]
    here = [d.submit("here") for _ in range(3)]
    runner = PuppetRunner()
    with at_work(d, runner) as scheduler:
        for number in [*there[:2], *here]:
            wait_for(d, scheduler, number, EntryState.EXECUTING)
        assert {d.entry(number).current_state for number in there[2:]} == {EntryState.PENDING}
        first = next(request.token for request in runner.requests if request.jams_entry == there[0])
        scheduler.run_ended(ended(first))
        wait_for(d, scheduler, there[2], EntryState.EXECUTING)
        assert d.entry(there[3]).current_state is EntryState.PENDING
    assert d.read(lambda c: agents.get(c, name="win")).job_count == 2


def test_an_entry_waits_for_an_agent_that_is_not_online(d: Desk) -> None:
    number_of_agent = make(d, windows(online=False))
    d.job("\\j", properties=properties(Agent="win"))
    with at_work(d, PuppetRunner()) as scheduler:
        number = d.submit("j")
        d.job("\\k")
        other = d.submit("k")
        scheduler.wake()
        wait_for(d, scheduler, other, EntryState.EXECUTING)
        assert d.entry(number).current_state is EntryState.PENDING
        back = patch_of(Agent)(agent_id=number_of_agent, online=True)
        d.write(lambda c: agents.change(c, back, user=USER))
        scheduler.wake()
        wait_for(d, scheduler, number, EntryState.EXECUTING)


def test_the_most_urgent_entries_of_free_agents_are_due(d: Desk) -> None:
    make(d, windows())
    d.job("\\there", properties=properties(Agent="win"))
    d.job("\\here")
    there = [d.submit("there", priority=9) for _ in range(6)]
    here = [d.submit("here", priority=n) for n in (1, 3, 2)]

    def due(limit: int, **free: int) -> list[int]:
        given = {1: free.get("here", 0), 2: free.get("there", 0)}
        return [row.number for row in d.write(lambda c: runs.due(c, limit, given))]

    assert due(4, here=9, there=9) == there[:4]
    assert due(4, here=9, there=2) == [*there[:2], here[1], here[2]]
    assert due(4, here=1, there=1) == [there[0], here[1]]
    assert due(4, here=9) == [here[1], here[2], here[0]]
    assert due(4) == []


def test_an_agent_in_use_stays(d: Desk) -> None:
    make(d, windows(online=False))
    d.job("\\j", properties=properties(Agent="win"))
    d.submit("j")
    with pytest.raises(InUse):
        d.write(lambda c: agents.delete(c, name="win"))
    with pytest.raises(Conflict):
        d.write(lambda c: agents.delete(c, id=agents.LOCAL_ID))


def test_names_are_unique_also_after_a_change(d: Desk) -> None:
    make(d, windows("a"))
    second = make(d, windows("b"))
    with pytest.raises(AlreadyExists):
        make(d, windows("A"))
    renamed = windows("A")
    renamed.agent_id = second
    with pytest.raises(AlreadyExists):
        d.write(lambda c: agents.change(c, stated(renamed), user=USER))
    renamed.agent_name = "B"
    assert d.write(lambda c: agents.change(c, stated(renamed), user=USER)).agent_name == "B"


def test_a_document_sent_back_changes_nothing(d: Desk) -> None:
    made = d.read(lambda c: agents.get(c, id=make(d, windows(Port=5999))))
    before = [(item.property_name, item.current_value) for item in made.properties]
    again = d.write(lambda c: agents.change(c, stated(made), user=USER))
    assert [(item.property_name, item.current_value) for item in again.properties] == before
    assert ("Port", 5999) in before and ("UseTLS", None) in before
    local = d.read(lambda c: agents.get(c, id=1))
    assert d.write(lambda c: agents.change(c, stated(local), user=USER)).agent_type is AgentType.LOCAL


@pytest.mark.parametrize(
    ("values", "error"),
    [
        ({"Address": None}, MissingArgument),
        ({"Address": "http://x"}, InvalidArgument),
        ({"Address": "x:5986"}, InvalidArgument),
        ({"Address": "a b"}, InvalidArgument),
        ({"Address": 7}, InvalidArgument),
        ({"Port": 0}, InvalidArgument),
        ({"Port": 65536}, InvalidArgument),
        ({"Port": "x"}, InvalidArgument),
        ({"UseTLS": "perhaps"}, InvalidArgument),
        ({"ConnectTimeout": 0}, InvalidArgument),
        ({"ReconnectTimeout": 10**6}, InvalidArgument),
        ({"Authentication": "Digest"}, InvalidArgument),
        ({"Credential": {"credentialID": 3}}, InvalidArgument),
        ({"Credential": "nobody"}, CredentialNotFound),
        ({"Authentication": "basic", "UseTLS": False}, InvalidArgument),
    ],
)
def test_properties_that_lead_nowhere_are_refused(
    d: Desk, values: dict[str, Any], error: type[Exception]
) -> None:
    with pytest.raises(error):
        make(d, windows(**values))
    assert [agent.agent_name for agent in d.read(agents.find)] == ["localhost"]


@pytest.mark.parametrize("address", ["10.0.0.1", "::1", "win-1.corp.example", "localhost"])
def test_addresses_of_hosts_are_taken(d: Desk, address: str) -> None:
    make(d, windows(Address=address))


@pytest.mark.parametrize("address", ["localhost", "127.0.0.1", "::1"])
def test_on_this_machine_a_password_may_travel_in_clear(d: Desk, address: str) -> None:
    make(d, windows(Address=address, Authentication="Basic", UseTLS=False))


def wait_for(d: Desk, scheduler: Scheduler, number: int, state: EntryState) -> None:
    deadline = time.monotonic() + LIMIT
    while (found := d.entry(number).current_state) is not state:
        assert time.monotonic() < deadline, found
        scheduler.wait_for_change(number, 1.0)


def fill_with(c: Connection, name: str, given: list[PropertyValue]) -> Any:
    info = submission_documents.fill(c, jobs.find(c, name=name))
    info.properties = given
    info.source = None
    return info
