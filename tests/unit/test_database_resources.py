from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import update

from jams.database import agents, capacities, happenings, resource_holdings, resources, tables
from jams.database.sight import EVERYTHING, Sight
from jams.objects.capacity import Resource, ResourceAnswer, ResourceDetail
from jams.objects.definitions import Agent
from jams.objects.enums import AgentType
from jams.objects.errors import (
    AgentNotFound,
    AlreadyExists,
    Conflict,
    InUse,
    InvalidArgument,
    InvalidName,
    JAMSError,
    ResourceNotFound,
    WrongState,
)
from jams.objects.parts import Element, PropertyValue
from jams.objects.patch import patch_of
from tests.support.schedule import USER, Desk


def create(d: Desk, name: str = "Seats", quantity: int = 5, **members: Any) -> Resource:
    document = Resource(resource_name=name, quantity_available=quantity, **members)
    return d.write(lambda c: resources.create(c, document, user=USER))


def get(d: Desk, name: str = "Seats") -> Resource:
    return d.read(lambda c: resources.get(c, resources.find(c, name=name)))


def change(d: Desk, **members: Any) -> Resource:
    patch = patch_of(Resource)(**members)
    return d.write(lambda c: resources.change(c, patch, id=1, user=USER))


def stands(resource: Resource) -> tuple[int, int]:
    return resource.quantity_in_use, resource.quantity_available


def running(d: Desk, count: int = 1) -> list[int]:
    """Entries that have a run."""
    d.job("\\j")
    numbers = [d.submit() for _ in range(count)]
    for number in numbers:
        d.claim(number, f"t{number}")
    return numbers


def ask(d: Desk, number: int, quantity: int = 1) -> ResourceAnswer:
    return d.write(lambda c: resource_holdings.ask(c, resources.get(c, 1), number, quantity))


def require(d: Desk, id: int, number: int, quantity: int) -> None:
    """Let a run take of a resource, as the scheduler does."""
    now = datetime.now(UTC)
    d.write(
        lambda c: capacities.hold(c, id, agent_id=None, number=number, token="t", quantity=quantity, now=now)
    )


def give_back(d: Desk, number: int, quantity: int | None = None) -> int:
    return d.write(lambda c: resource_holdings.give_back(c, 1, number=number, quantity=quantity))


def noted(d: Desk) -> list[str]:
    def work(c: Any) -> list[str]:
        found = happenings.take(c)
        happenings.forget(c, [each.id for each in found])
        return [each.topic for each in found]

    return d.write(work)


def at(name: str, quantity: int) -> ResourceDetail:
    return ResourceDetail(agent_name=name, quantity_available=quantity)


def test_document_comes_back_as_it_was_given(d: Desk) -> None:
    made = create(d, description="about")
    assert made == get(d, " SEATS ") == get(d, "1")
    assert (made.resource_id, made.description, stands(made)) == (1, "about", (0, 5))
    tapes = create(d, "Tapes", 1, agent_specific=True, resource_details=[at("LOCALHOST", 3)])
    (detail,) = tapes.resource_details
    assert (detail.agent_name, detail.agent_id, detail.quantity_available) == ("localhost", 1, 3)
    assert [each.resource_name for each in d.read(resources.all_resources)] == ["Seats", "Tapes"]


def test_a_name_goes_before_a_number(d: Desk) -> None:
    create(d)
    create(d, "1", 7)
    assert get(d, "1").resource_id == 2
    assert d.read(lambda c: resources.find(c, id=1)) == 1
    assert get(d, "2").resource_name == "1"
    for name in ("3", "٣", "1.0", "9" * 40, ""):
        with pytest.raises(ResourceNotFound):
            get(d, name)


def test_what_cannot_be_taken_changes_nothing(d: Desk) -> None:
    create(d)
    wrong: list[tuple[dict[str, Any], type[JAMSError]]] = [
        ({"name": "SEATS"}, AlreadyExists),
        ({"name": "a/b"}, InvalidName),
        ({"resource_details": [at("localhost", 1)]}, InvalidArgument),
        ({"resource_details": [at("nowhere", 1)], "agent_specific": True}, AgentNotFound),
        ({"resource_details": [at("localhost", 1)] * 2, "agent_specific": True}, InvalidArgument),
    ]
    for members, error in wrong:
        with pytest.raises(error):
            create(d, **{"name": "Other", **members})
    assert len(d.read(resources.all_resources)) == 1


def test_a_change_leaves_the_rest(d: Desk) -> None:
    create(d, quantity=1, agent_specific=True, resource_details=[at("localhost", 3)])
    after = change(d, description="x", quantity_available=2)
    assert (after.quantity_available, after.resource_details[0].quantity_available) == (2, 3)
    assert change(d, resource_details=[]).resource_details == []
    with pytest.raises(InvalidArgument):
        change(d, agent_specific=False, resource_details=[at("localhost", 3)])
    assert not change(d, agent_specific=False).agent_specific


def test_quantity_is_set_in_all_or_at_an_agent(d: Desk) -> None:
    create(d)

    def put(quantity: int, agent: str | None = None, id: int = 1) -> Resource:
        return d.write(lambda c: resources.set_quantity(c, id, quantity, agent=agent, user=USER))

    noted(d)
    assert put(0).quantity_available == 0
    assert noted(d) == ["resource:1"]
    with pytest.raises(InvalidArgument):
        put(1, "localhost")
    create(d, "Tapes", 1, agent_specific=True)
    for quantity in (3, 4):
        tapes = put(quantity, "LocalHost", 2)
        assert [each.quantity_available for each in tapes.resource_details] == [quantity]
    assert tapes.quantity_available == 1
    with pytest.raises(AgentNotFound):
        put(3, "nowhere", 2)


def test_a_script_gets_what_there_is_and_no_more(d: Desk) -> None:
    create(d)
    first, second = running(d, 2)
    answer = ask(d, first, 3)
    assert (answer.acquired, answer.quantity_in_use, answer.quantity_available) == (True, 3, 5)
    refused = ask(d, second, 3)
    assert not refused.acquired and "3 of 5" in refused.message
    assert ask(d, second, 2).acquired
    assert not ask(d, second).acquired
    assert stands(get(d)) == (5, 5)
    change(d, quantity_available=2)
    assert stands(get(d)) == (5, 2), "what is taken stays so"
    assert not ask(d, first).acquired
    assert give_back(d, first) == 3
    assert not ask(d, first).acquired, "2 of 2"
    assert give_back(d, second, 1) == 1
    assert ask(d, first).acquired


def test_only_what_runs_gets_anything(d: Desk) -> None:
    create(d)
    d.job("\\j")
    held = d.submit(hold=True)
    with pytest.raises(WrongState):
        ask(d, held)
    assert stands(get(d)) == (0, 5)


def test_giving_back_begins_with_what_the_script_took_last(d: Desk) -> None:
    create(d)
    (number,) = running(d)
    require(d, 1, number, quantity=2)
    ask(d, number)
    ask(d, number, 2)

    def held() -> list[tuple[int, bool]]:
        found = d.read(lambda c: resource_holdings.holdings(c, 1, EVERYTHING))
        return [(each.quantity, each.by_script) for each in found]

    assert held() == [(2, False), (1, True), (2, True)]
    noted(d)
    assert give_back(d, number, 1) == 1
    assert noted(d) == ["resource:1"]
    assert held() == [(2, False), (1, True), (1, True)]
    give_back(d, number, 3)
    assert held() == [(1, False)]
    for quantity in (2, 99):
        with pytest.raises(Conflict):
            give_back(d, number, quantity)
    assert give_back(d, number) == 1
    with pytest.raises(Conflict, match="holds nothing of resource Seats"):
        give_back(d, number)


def test_agents_have_their_own(d: Desk) -> None:
    host = Agent(agent_name="Host", agent_type=AgentType.OUTGOING)
    d.write(lambda c: agents.create(c, host, user=USER, lenient=True))
    create(d, quantity=1, agent_specific=True, resource_details=[at("localhost", 2)])
    first, second = running(d, 2)
    d.write(lambda c: c.execute(update(tables.run).where(tables.run.c.number == second).values(agent_id=2)))
    assert not ask(d, first, 3).acquired
    assert ask(d, first, 2).quantity_available == 2
    assert not ask(d, second, 2).acquired
    usual = ask(d, second, 1)
    assert (usual.acquired, usual.quantity_available) == (True, 1), "one not named has the usual quantity"
    found = get(d)
    assert (stands(found), found.resource_details[0].quantity_in_use) == ((3, 1), 2)
    held = {h.agent_name for h in d.read(lambda c: resource_holdings.holdings(c, 1, EVERYTHING))}
    assert held == {"Host", "localhost"}
    with pytest.raises(InUse):
        change(d, agent_specific=False, resource_details=[])


def test_who_sees_only_his_own_sees_what_his_own_hold(d: Desk) -> None:
    create(d)
    d.job("\\j")
    mine, other = d.submit(), d.submit(user="bob")
    for number in (mine, other):
        d.claim(number, f"t{number}")
        ask(d, number)
    seen = d.read(lambda c: resource_holdings.holdings(c, 1, Sight(of=USER)))
    assert [(each.jams_entry, each.job_name, each.by_script) for each in seen] == [(mine, "j", True)]
    assert seen[0].since_utc <= datetime.now(UTC)
    assert len(d.read(lambda c: resource_holdings.holdings(c, 1, EVERYTHING))) == 2


def test_what_refers_to_it_or_holds_it_keeps_it(d: Desk) -> None:
    create(d)
    (number,) = running(d)
    ask(d, number)
    with pytest.raises(InUse, match=f"Entry {number} holds 1 of resource Seats"):
        d.write(lambda c: resources.delete(c, 1))
    give_back(d, number)
    needs = Element(
        element_name="Needs",
        element_type_name="ResourceRequirement",
        properties=[PropertyValue(property_name="Resource", current_value="seats")],
    )
    d.folder("\\f", elements=[needs], lenient=True)
    with pytest.raises(InUse, match=r"folder \\f \(Resource\)"):
        d.write(lambda c: resources.delete(c, 1))
    create(d, "Tapes", agent_specific=True, resource_details=[at("localhost", 1)])
    assert d.write(lambda c: resources.delete(c, 2)) == "Tapes"


def test_agents_at_which_there_is_some_stay(d: Desk) -> None:
    host = Agent(agent_name="Host", agent_type=AgentType.OUTGOING)
    d.write(lambda c: agents.create(c, host, user=USER, lenient=True))
    create(d, agent_specific=True, resource_details=[at("Host", 1)])
    with pytest.raises(InUse, match="The resource Seats has a quantity at agent Host"):
        d.write(lambda c: agents.delete(c, name="Host"))
