"""What a definition says is obeyed, or was refused when it was saved; what was stored before stays."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from jams.database import (
    agents,
    alerts,
    calendars,
    date_types,
    folders,
    jobs,
    method_definitions,
    named_times,
    queues,
    resources,
    setups,
    variables,
)
from jams.database.parameters import MOST
from jams.dates import DateError
from jams.dates.date_errors import InvalidTime, UnknownTimeZone
from jams.objects.alerts import Alert
from jams.objects.base import Duration
from jams.objects.calendars import Calendar, Date, DateType, NamedTime
from jams.objects.capacity import BatchQueue, Resource
from jams.objects.definitions import Agent, Folder, Job, Variable
from jams.objects.enums import AgentType, DataType, ValidationType
from jams.objects.errors import (
    AgentNotFound,
    CalendarNotFound,
    CredentialNotFound,
    InvalidArgument,
    InvalidProperty,
    JAMSError,
    JobNotFound,
    MissingArgument,
    NotSupported,
    UnknownElementType,
    UnknownProperty,
)
from jams.objects.methods import ExecutionMethod
from jams.objects.parts import ACE, ACL, Element, ParamDef, PropertyValue
from jams.objects.patch import patch_of, stated
from jams.objects.setups import Setup
from jams.operations import CATALOGUE
from jams.registry import ELEMENT_TYPES, JOB_PROPERTIES, Acceptance, Place, element_type
from jams.registry.acceptance import MOST_ELEMENTS
from tests.support.operations import ask
from tests.support.schedule import USER, Desk, desk

ACCESS = ACL(generic_acl=[ACE(identifier="Developers", access_list=["Inquire"])])
PAINT = ACL(generic_acl=[ACE(identifier="Developers", access_list=["Paint"])])


@pytest.fixture
def d(place: Path | str) -> Iterator[Desk]:
    with desk(place) as made:
        yield made


def own(**values: Any) -> list[PropertyValue]:
    return [PropertyValue(property_name=name, current_value=value) for name, value in values.items()]


def element(kind: str, name: str = "E", **values: Any) -> Element:
    return Element(element_name=name, element_type_name=kind, properties=own(**values))


def schedule(date: Any = "WEEKDAYS", time: Any = "8:30", **values: Any) -> Element:
    return element("ScheduleTrigger", "Nightly", ScheduledDate=date, ScheduledTime=time, **values)


def get(d: Desk, name: str) -> Job:
    return d.read(lambda c: jobs.get(c, jobs.find(c, name=name)))


def names(d: Desk) -> list[str]:
    return [job.job_name for job in d.read(lambda c: jobs.in_folder(c, 1))]


def change(d: Desk, name: str, *, lenient: bool = False, **members: Any) -> Job:
    patch = patch_of(Job)(**members)
    return d.write(lambda c: jobs.change(c, patch, name=name, user=USER, lenient=lenient))[0]


REFUSED: list[tuple[dict[str, Any], type[JAMSError], str]] = [
    ({"properties": own(Bogus=1)}, UnknownProperty, "no property Bogus of a job or folder"),
    ({"properties": own(RetryCuont=1)}, UnknownProperty, "Did you mean RetryCount?"),
    ({"properties": own(Bogus=None)}, UnknownProperty, "no property Bogus"),
    ({"properties": own(Address="h")}, UnknownProperty, "no property Address of a job or folder"),
    ({"properties": own(Port=1)}, UnknownProperty, "no property Port"),
    ({"properties": own(RetryCount="often")}, InvalidProperty, "'often' is not"),
    ({"properties": own(RetryCount=-1)}, InvalidProperty, "a number from 0"),
    ({"properties": own(RetryInterval="soon")}, InvalidTime, "'soon'"),
    ({"properties": own(ScheduledTime="8:3x")}, InvalidTime, "'8:3x' is no time of day; write 08:35"),
    ({"properties": own(TimeZone="Moon/Base")}, UnknownTimeZone, "Moon/Base"),
    ({"properties": own(ExitCodeHandling="Perhaps")}, InvalidProperty, "one of ZeroIsGood"),
    ({"properties": own(BadPattern="(")}, InvalidProperty, "is faulty"),
    ({"properties": own(BadPattern="((((a{99}){99}){99}){99})")}, InvalidProperty, "repeats too much"),
    ({"properties": own(GoodPattern="(" * 450 + ")" * 450)}, InvalidProperty, "nested too deeply"),
    ({"properties": own(NotifyEMail="nobody")}, InvalidProperty, "'nobody' is none"),
    ({"properties": own(ScheduledDate="3rd workday off month")}, DateError, "month"),
    ({"properties": own(Enabled=True, enabled=False)}, InvalidProperty, "is given twice"),
    ({"properties": own(Agent="nowhere")}, AgentNotFound, "Agent: There is no agent nowhere"),
    ({"properties": own(Agent={"agentID": 99})}, AgentNotFound, "no agent 99"),
    ({"properties": own(Calendar="NoCal")}, CalendarNotFound, "Calendar: There is no calendar NoCal"),
    ({"properties": own(ExecuteAs="nobody")}, CredentialNotFound, "no credential nobody"),
    ({"properties": own(RecoveryJob="\\No\\Job")}, JobNotFound, "RecoveryJob: There is no job"),
    ({"elements": [element("ScheduleTriger")]}, UnknownElementType, "Did you mean ScheduleTrigger?"),
    ({"elements": [element("")]}, MissingArgument, "elementTypeName"),
    ({"elements": [element("SubmitJobTask")]}, UnknownElementType, "it belongs to the source of jobs"),
    ({"source_elements": [schedule()]}, UnknownElementType, "it belongs to folders and jobs"),
    ({"elements": [schedule(time="8:3x")]}, InvalidTime, "'8:3x' is no time of day"),
    ({"elements": [schedule(Bogus=1)]}, UnknownProperty, "of an element of the type ScheduleTrigger"),
    ({"elements": [schedule(SheduledDates="x")]}, UnknownProperty, "Did you mean ScheduledDate?"),
    ({"elements": [schedule(RetryCount=1)]}, UnknownProperty, "no property RetryCount of an element"),
    ({"elements": [schedule(date=None)]}, MissingArgument, "needs the property ScheduledDate"),
    ({"elements": [schedule(time="8:3x", Enabled=False)]}, InvalidTime, "8:3x"),
    (
        {"elements": [element("JobDependency", DependsOnJob="\\None")]},
        JobNotFound,
        "element E: There is no job",
    ),
    (
        {"elements": [element("FileDependency", FileName="in/prices.csv")]},
        NotSupported,
        "FileName of element E is not supported here: Files are looked for by their whole path",
    ),
    (
        {"elements": [element("IntervalTrigger", Interval="0")]},
        NotSupported,
        "Interval of element E is not supported here: It is a span of no time at all.",
    ),
    ({"elements": [schedule(), element("Recurrence", Delay={"totalSeconds": 0})]}, NotSupported, "Delay of"),
    ({"elements": [element("SendWebHook", Address="ftp://x.org")]}, NotSupported, "begins with https://"),
    ({"elements": [element("SendWebHook", Address="nowhere")]}, NotSupported, "begins with https://"),
    (
        {"elements": [element("SendWebHook", Address="https://u:p@x.org")]},
        NotSupported,
        "no name and password",
    ),
    ({"elements": [element("FileTrigger", FileName="~/prices.csv")]}, NotSupported, "by their whole path"),
    (
        {"elements": [element("FileTrigger", FileName="/in/*/prices.csv")]},
        NotSupported,
        "Only the last part of the path may hold * and ?.",
    ),
    ({"acl": PAINT}, InvalidArgument, "Paint is no right on a job"),
    (
        {"parameters": [ParamDef(param_name="p", properties=own(Colour="red"))]},
        NotSupported,
        "properties of parameter p",
    ),
    (
        {"parameters": [ParamDef(param_name="p", validation_type=ValidationType.MASKED_EDIT)]},
        NotSupported,
        "validationType of parameter p",
    ),
]


@pytest.mark.parametrize(("members", "error", "message"), REFUSED)
def test_what_cannot_be_obeyed_is_refused_and_changes_nothing(
    d: Desk, members: dict[str, Any], error: type[JAMSError], message: str
) -> None:
    d.job("\\Stands")
    with pytest.raises(error) as caught:
        d.job("\\J", **members)
    assert message in caught.value.message and (caught.value.member or caught.value.target)
    before = get(d, "Stands")
    with pytest.raises(error):
        change(d, "Stands", **members)
    assert names(d) == ["Stands"] and get(d, "Stands") == before


@pytest.mark.parametrize(
    ("members", "error"),
    [
        (members, error)
        for members, error, _ in REFUSED
        if error not in (NotSupported, CalendarNotFound, CredentialNotFound, JobNotFound)
    ],
)
def test_leniency_takes_nothing_unknown_or_malformed(
    d: Desk, members: dict[str, Any], error: type[JAMSError]
) -> None:
    with pytest.raises(error):
        d.job("\\J", lenient=True, **members)
    assert names(d) == []


SAMPLES: dict[str, Any] = {
    "Text": "x",
    "File": "/x",
    "WebAddress": "https://example.org/x",
    "Integer": 7,
    "Span": "0:10",
    "TimeOfDay": "8:30",
    "Day": "2026-12-31",
    "Dates": "WORKDAYS",
    "TimeZone": "Europe/Berlin",
    "Pattern": "x+",
    "EMails": "a@x.de",
    "Agent": "localhost",
    "Queue": "Q",
    "Calendar": "Default",
    "Credential": "svc",
    "Job": "\\There",
    "Variable": "\\V",
    "NamedTime": "Night",
    "Resource": "R",
    "Alert": "Ops",
}


def sample(definition: Any) -> Any:
    """A value of the property that demands something."""
    if definition.choices is not None:
        return next(word for word in reversed(definition.words) if word != definition.default)
    if definition.value_type.value == "Boolean":
        return not definition.default
    return SAMPLES[definition.value_type.value]


def furnished(d: Desk) -> None:
    d.credential("svc")
    d.job("\\There")
    d.write(lambda c: variables.create(c, Variable(variable_name="V"), user=USER))
    night = NamedTime(
        time_name="Night", start_time=Duration(total_seconds=0), end_time=Duration(total_seconds=60)
    )
    d.write(lambda c: named_times.create(c, night, user=USER))
    d.write(lambda c: resources.create(c, Resource(resource_name="R", quantity_available=1), user=USER))
    d.write(lambda c: queues.create(c, BatchQueue(queue_name="Q"), user=USER))
    d.write(lambda c: alerts.create(c, Alert(alert_name="Ops"), user=USER))


NOT_OBEYED = [each for each in JOB_PROPERTIES if each.refusal(Place.JOB) and Place.JOB in each.places]


@pytest.mark.parametrize("definition", NOT_OBEYED, ids=lambda each: each.name)
def test_a_property_that_is_not_obeyed_is_refused_or_kept_and_marked(tmp_path: Path, definition: Any) -> None:
    with desk(tmp_path / "jams.db") as d:
        furnished(d)
        given = own(**{definition.name: sample(definition)})
        with pytest.raises(NotSupported) as caught:
            d.job("\\J", properties=given)
        assert f"{definition.name} is not supported here: {definition.unsupported}" in caught.value.message
        d.job("\\J", lenient=True, properties=given)
        kept = get(d, "J")
        assert kept.not_obeyed == [f"{definition.name}: {definition.unsupported}"]
        assert change(d, "J", description="x").not_obeyed == kept.not_obeyed
        assert change(d, "J", properties=kept.properties).properties == kept.properties
        assert change(d, "J", properties=[]).not_obeyed == []


@pytest.mark.parametrize("definition", list(JOB_PROPERTIES), ids=lambda each: each.name)
def test_a_default_demands_nothing(tmp_path: Path, definition: Any) -> None:
    if Place.JOB not in definition.places:
        return
    with desk(tmp_path / "jams.db") as d:
        d.job("\\J", properties=own(**{definition.name: definition.default}))
        assert get(d, "J").not_obeyed == []


@pytest.mark.parametrize(
    "kind", [each for each in ELEMENT_TYPES if each.unsupported], ids=lambda each: each.name
)
def test_an_element_that_is_not_obeyed_is_refused_or_kept_and_marked(tmp_path: Path, kind: Any) -> None:
    with desk(tmp_path / "jams.db") as d:
        furnished(d)
        values = {each.name: sample(each) for each in kind.properties if each.required}
        member = "source_elements" if Place.SOURCE in kind.places else "elements"
        with pytest.raises(NotSupported) as caught:
            d.job("\\J", **{member: [element(kind.name, **values)]})
        assert f"{kind.name} E is not supported here: {kind.unsupported}" in caught.value.message
        d.job("\\J", lenient=True, **{member: [element(kind.name.upper(), **values)]})
        kept = get(d, "J")
        assert kept.not_obeyed == [f"{kind.name} E: {kind.unsupported}"]
        (shown,) = getattr(kept, member)
        assert (shown.element_type_name, shown.element_type_id) == (kind.name, kind.number)
        assert change(d, "J", description="x").not_obeyed == kept.not_obeyed
        assert getattr(change(d, "J", **{member: [shown]}), member) == [shown]
        d.job("\\Off", **{member: [element(kind.name, Enabled=False, **values)]})
        assert get(d, "Off").not_obeyed == []


def test_what_demands_nothing_is_taken(d: Desk) -> None:
    """As the published interface shows a plain job: defaults, and what it alone writes."""
    references = {
        "ExecuteAs": {"credentialID": 0, "credentialName": ""},
        "BatchQueue": {"queueID": 0, "queueName": None},
        "Calendar": {},
        "RetryInterval": {"totalSeconds": 0},
        "NotifyEMail": "",
    }
    shown = [
        PropertyValue(property_name="SomethingNewer", property_id=91, type_name="System.Boolean"),
        PropertyValue(property_name="RetryCount", current_value=0, property_id=5),
        *own(**references, KeepLogs=True, Enabled=True),
    ]
    inherited = replace(element("SendEMail", "EmailFailure", ToAddress="a@x.de"), inherited=True)
    above = ACL(generic_acl=[ACE(identifier="All", access_list=["Inquire"], inherited=True)])
    d.job("\\J", properties=shown, elements=[inherited], acl=above)
    made = get(d, "J")
    assert (made.elements, made.acl, made.not_obeyed) == ([], None, [])
    again = replace(made, job_id=None, version=None, job_name="Copy")
    d.write(lambda c: jobs.create(c, again, user=USER))
    assert get(d, "Copy").properties == made.properties


def test_what_stands_elsewhere_says_nothing_without_a_value() -> None:
    """A program that sends back what it was shown may have dropped all but names and values."""
    assert Acceptance().properties(JOB_PROPERTIES, Place.SUBMISSION, own(Calendar=None)) == []
    with pytest.raises(UnknownProperty, match="it belongs to folders and jobs"):
        Acceptance().properties(JOB_PROPERTIES, Place.SUBMISSION, own(Calendar="Default"))


def test_what_was_got_can_be_sent_back(d: Desk) -> None:
    d.folder("\\F", properties=own(SchedulingPriority=3, HomeDirectory="/srv", RetainOption="always"))
    d.job(
        "\\F\\J",
        properties=own(schedulingpriority="4", agent="LOCALHOST"),
        elements=[element("documentation", Content="Read this.")],
    )
    made = get(d, "J")
    shown = {item.property_name: item for item in made.properties}
    assert shown["RetainOption"].default_value == "Always" and shown["SchedulingPriority"].current_value == 4
    again = d.write(lambda c: jobs.change(c, stated(made), user=USER))[0]
    assert (again.properties, again.elements) == (made.properties, made.elements)


def test_what_was_stored_before_stays_and_can_be_changed_and_removed(d: Desk) -> None:
    rubbish = own(Bogus=1, RetryCount="often", ExecutionPriority=5, Agent="gone")
    elements = [element("JobDependancy"), element("", "Typeless"), schedule(time="8:3x")]
    d.stored_before("\\J", properties=rubbish, elements=elements, acl=ACCESS)
    shown = get(d, "J")
    told = [text.partition(":")[0] for text in shown.not_obeyed]
    assert told == ["Bogus", "RetryCount", "ExecutionPriority", "E", "Typeless", "Nightly"]
    assert "Did you mean JobDependency?" in shown.not_obeyed[3]
    assert sorted(change(d, "J", description="Newer.").not_obeyed) == sorted(shown.not_obeyed)
    shown = get(d, "J")
    sent_back = d.write(lambda c: jobs.change(c, stated(shown), user=USER))[0]
    assert (sent_back.properties, sent_back.elements) == (shown.properties, shown.elements)
    with pytest.raises(UnknownProperty):
        change(d, "J", properties=own(Bogus=2))
    with pytest.raises(UnknownElementType):
        change(d, "J", elements=[*elements[1:], element("JobDependancy", Enabled=False)])
    left = change(d, "J", properties=own(Bogus=None, Agent="gone"), elements=[], acl=None)
    assert left.not_obeyed == []
    d.write(lambda c: jobs.delete(c, jobs.find(c, name="J")))
    d.stored_before("\\F", folder=True, properties=own(Bogus=1))
    assert d.read(lambda c: folders.get(c, folders.find(c, name="\\F"))).not_obeyed == [
        "Bogus: There is no property Bogus of a job or folder."
    ]


def test_a_definition_has_so_many_elements_and_parameters_at_most(d: Desk) -> None:
    def triggers(count: int) -> list[Element]:
        name = "ScheduleTrigger"
        return [
            Element(element_name=f"{name}{n}", element_type_name=name, properties=own(ScheduledDate="Monday"))
            for n in range(count)
        ]

    def params(count: int) -> list[ParamDef]:
        return [ParamDef(param_name=f"p{n}") for n in range(count)]

    d.job("\\most", elements=triggers(MOST_ELEMENTS), parameters=params(MOST))
    for much in ({"elements": triggers(MOST_ELEMENTS + 1)}, {"parameters": params(MOST + 1)}):
        with pytest.raises(InvalidArgument, match="at most"):
            d.job("\\more", **much)
        with pytest.raises(InvalidArgument, match="at most"):
            d.folder("\\more", **much)
        with pytest.raises(JobNotFound):
            d.read(lambda c: jobs.find(c, name="\\more"))


def test_a_folder_is_held_to_the_same(d: Desk) -> None:
    for members, error in [
        ({"properties": own(Bogus=1)}, UnknownProperty),
        ({"elements": [element("IntervalTrigger", Interval="0:10")]}, UnknownElementType),
        ({"properties": own(ExecutionPriority=5)}, NotSupported),
        ({"acl": PAINT}, InvalidArgument),
        ({"properties": own(Agent="nowhere")}, AgentNotFound),
    ]:
        with pytest.raises(error):
            d.folder("\\F", **members)
        with pytest.raises(error):
            patch = patch_of(Folder)(**members)
            d.write(lambda c, patch=patch: folders.change(c, patch, id=1, user=USER))
    d.folder("\\F", lenient=True, properties=own(ExecutionPriority=5))
    assert len(d.read(lambda c: folders.get(c, folders.find(c, name="\\F"))).not_obeyed) == 1


def test_relative_paths_begin_at_the_folder(d: Desk) -> None:
    d.folder("\\F")
    d.job("\\F\\Repair")
    reference = {"jobName": "Repair", "isRelative": True}
    given = own(RecoveryJob=reference)
    with pytest.raises(JobNotFound):
        d.job("\\J", properties=given)
    assert d.job("\\F\\J", properties=given)


@pytest.mark.parametrize(
    ("agent", "error"),
    [
        (Agent(agent_name="a", agent_type=AgentType.SSH), NotSupported),
        (
            Agent(agent_name="a", agent_type=AgentType.WIN_RM, properties=own(Address="h", Adress="x")),
            UnknownProperty,
        ),
        (
            Agent(agent_name="a", agent_type=AgentType.WIN_RM, properties=own(Address="h", Agent="x")),
            UnknownProperty,
        ),
        (
            Agent(agent_name="a", agent_type=AgentType.WIN_RM, properties=own(Address="h", AgentType="SSH")),
            NotSupported,
        ),
        (
            Agent(agent_name="a", agent_type=AgentType.WIN_RM, properties=own(Address="h"), acl=PAINT),
            InvalidArgument,
        ),
        (
            Agent(
                agent_name="a",
                agent_type=AgentType.WIN_RM,
                properties=own(Address="h"),
                is_execution_agent=False,
            ),
            NotSupported,
        ),
    ],
)
def test_agents_are_held_to_theirs(d: Desk, agent: Agent, error: type[JAMSError]) -> None:
    with pytest.raises(error):
        d.write(lambda c: agents.create(c, agent, user=USER))
    if error is NotSupported and agent.is_execution_agent:
        made = d.write(lambda c: agents.create(c, agent, user=USER, lenient=True))
        assert len(made.not_obeyed) == 1
        described = patch_of(Agent)(description="x")
        changed = d.write(lambda c: agents.change(c, described, name="a", user=USER))
        assert changed.not_obeyed == made.not_obeyed


def test_the_own_machine_is_not_reached_over_the_network(d: Desk) -> None:
    patch = patch_of(Agent)(properties=own(Address="h"))
    with pytest.raises(NotSupported, match="not reached over the network"):
        d.write(lambda c: agents.change(c, patch, id=agents.LOCAL_ID, user=USER))


SECRETS = [
    ParamDef(param_name="word", encrypt=True, default_value="hunter2"),
    ParamDef(param_name="word", encrypt=True, new_encrypted_value="hunter2"),
    ParamDef(param_name="word", new_encrypted_value="hunter2"),
]


@pytest.mark.parametrize("secret", SECRETS)
@pytest.mark.parametrize("lenient", [False, True])
def test_a_parameter_that_is_to_be_encrypted_is_refused_wherever_it_stands(
    d: Desk, secret: ParamDef, lenient: bool
) -> None:
    """So no source can name one; who wants to give a secret to a run names a credential."""
    d.job("\\there")
    documents: list[tuple[Any, Any]] = [
        (jobs.create, Job(job_name="j", source="true", parameters=[secret])),
        (folders.create, Folder(folder_name="f", parameters=[secret])),
        (setups.create, Setup(setup_name="s", parameters=[secret])),
        (
            method_definitions.create,
            ExecutionMethod(method_name="m", method_type_name="Command", parameters=[secret]),
        ),
    ]
    for create, document in documents:
        with pytest.raises(
            InvalidArgument, match=r"cannot be encrypted.*belongs into a credential"
        ) as caught:
            d.write(
                lambda c, create=create, document=document: create(c, document, user=USER, lenient=lenient)
            )
        assert "hunter2" not in caught.value.message
    with pytest.raises(InvalidArgument, match="cannot be encrypted"):
        patch = patch_of(Job)(parameters=[secret])
        d.write(lambda c: jobs.change(c, patch, name="\\there", user=USER, lenient=lenient))
    assert d.read(lambda c: jobs.get(c, jobs.find(c, name="there"))).parameters == []


def test_variables_calendars_and_named_times_likewise(d: Desk) -> None:
    for create, listed in (
        (variables.create, Variable(variable_name="V", acl=PAINT)),
        (calendars.create, Calendar(calendar_name="C", acl=PAINT)),
    ):
        with pytest.raises(InvalidArgument, match="Paint is no right"):
            d.write(lambda c, create=create, listed=listed: create(c, listed, user=USER))
    span = Duration(total_seconds=60)
    time = NamedTime(time_name="N", start_time=span, end_time=span, auto_enable=True)
    for create, document, mark in ((named_times.create, time, "autoEnable"),):
        with pytest.raises(NotSupported, match=mark):
            d.write(lambda c, create=create, document=document: create(c, document, user=USER))
        made = d.write(
            lambda c, create=create, document=document: create(c, document, user=USER, lenient=True)
        )
        assert [text.partition(":")[0] for text in made.not_obeyed] == [mark]


@pytest.mark.parametrize(
    ("text", "message"), [("WEKDAYS", "WEKDAYS"), ("3rd FEAST of month", "FEAST"), ("FEAST", "FEAST")]
)
def test_the_names_in_dates_are_read_with_the_calendar(tmp_path: Path, text: str, message: str) -> None:
    with desk(tmp_path / "jams.db") as d:
        d.write(lambda c: calendars.create(c, Calendar(calendar_name="Bank"), user=USER))
        for properties in ([], own(Calendar="Bank")):
            job = Job(job_name="J", elements=[schedule(text)], properties=properties)
            with pytest.raises(DateError, match=message) as caught:
                ask(d, "create_job", job=job)
            assert caught.value.member == "elements"
        d.job("\\J")
        with pytest.raises(DateError, match=message):
            ask(d, "change_job", job=patch_of(Job)(elements=[schedule(text)]), name="J")
        with pytest.raises(DateError, match=message):
            ask(d, "change_folder", folder=patch_of(Folder)(properties=own(ScheduledDate=text)), id=1)


@pytest.mark.parametrize("kind", [each.name for each in ELEMENT_TYPES])
def test_a_form_that_is_filled_in_is_taken(tmp_path: Path, kind: str) -> None:
    with desk(tmp_path / "jams.db") as d:
        furnished(d)
        form = ask(d, "get_element_template", name=kind)
        known = element_type(kind).properties
        for item in form.properties:
            needed = item.property_name in element_type(kind).needs_one[:1]
            if needed or known[item.property_name].required:
                item.current_value = sample(known[item.property_name])
        member = "source_elements" if Place.SOURCE in element_type(kind).places else "elements"
        d.job("\\J", lenient=True, **{member: [form]})
        (kept,) = getattr(get(d, "J"), member)
        assert kept.element_type_name == kind


def test_dates_are_read_again_when_another_calendar_counts(tmp_path: Path) -> None:
    with desk(tmp_path / "jams.db") as d:
        d.write(lambda c: calendars.create(c, Calendar(calendar_name="Bank"), user=USER))
        feast = DateType(date_type_type="FEAST", dates=[Date(start_date=date(2026, 12, 25))])
        d.write(lambda c: date_types.create(c, feast, user=USER))
        d.folder("\\Ours", lenient=True)
        d.folder("\\Theirs", lenient=True, properties=own(Calendar="Bank"))
        d.job("\\Ours\\J", lenient=True, elements=[schedule("FEAST")])
        for patch in (
            patch_of(Job)(parent_folder_name="\\Theirs"),
            patch_of(Job)(properties=own(Calendar="Bank")),
        ):
            with pytest.raises(DateError, match="FEAST"):
                ask(d, "change_job", job=patch, name="J")
        ask(d, "change_job", job=patch_of(Job)(parent_folder_name="\\", description="x"), name="J")


def test_relative_paths_are_looked_up_again_where_a_job_moves(d: Desk) -> None:
    names = [each.name for each in ELEMENT_TYPES if not each.unsupported and "DependsOnJob" in named(each)]
    if not names:
        pytest.skip("no element that is obeyed names a job")
    d.folder("\\F")
    d.folder("\\G")
    d.job("\\F\\First")
    waits = element(names[0], DependsOnJob={"jobName": "First", "isRelative": True})
    d.job("\\F\\J", elements=[waits])
    with pytest.raises(JobNotFound, match="DependsOnJob of element E"):
        change(d, "J", parent_folder_name="\\G")
    d.job("\\G\\First")
    assert change(d, "J", parent_folder_name="\\G").qualified_name == "\\G\\J"


def named(kind: Any) -> set[str]:
    return {each.name for each in kind.properties}


def test_leniency_is_an_input_wherever_a_definition_is_made_or_changed() -> None:
    for operation in CATALOGUE:
        told = (
            operation.changes
            and operation.document is not None
            and "not_obeyed" in operation.document.__struct_fields__
        )
        assert ("lenient" in {item.name for item in operation.inputs}) == told, operation.name


def test_the_types_of_elements_tell_their_kind(d: Desk) -> None:
    d.job("\\J", elements=[replace(element("Documentation", Content="x"), element_kind="Task")])
    (shown,) = get(d, "J").elements
    assert shown.element_kind == element_type("Documentation").kind.value


@pytest.mark.parametrize("kind", ["VariableTrigger", "VariableDependency"])
def test_a_variable_is_not_compared_with_what_is_no_value_of_its_type(d: Desk, kind: str) -> None:
    d.write(
        lambda c: variables.create(
            c, Variable(variable_name="n", data_type=DataType.INTEGER, value="1"), user=USER
        )
    )
    good, bad = element(kind, Variable="\\n", Value="12"), element(kind, Value="twelve", Variable="\\n")
    with pytest.raises(InvalidProperty) as caught:
        d.job("\\J", elements=[good, bad])
    assert caught.value.message == r"Value of element E: \n is Integer, and is not compared with 'twelve'."
    assert caught.value.member == "elements" and names(d) == []
    d.job("\\J", elements=[good, bad], lenient=True)
    d.job("\\K", elements=[good])
