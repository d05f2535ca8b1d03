"""Error records have the members, order, ids and texts of those a real endpoint sent."""

from __future__ import annotations

import json
from typing import Any

import pytest

from jams.objects.errors import ErrorKind, JobNotFound, error_classes
from psprovider.endpoint import known_errors, records, replies
from psprovider.endpoint.clixml import PSObject, custom, write
from psprovider.endpoint.exceptions import (
    RUNTIME_EXCEPTION,
    ErrorCategory,
    ErrorRecord,
    ExceptionData,
    InvocationInfo,
    plain_exception,
    runtime_members,
)
from psprovider.endpoint.jams_errors import CATEGORIES, from_jams
from psprovider.endpoint.messages import PipelineState
from tests.support.psrp_recordings import FOLDER, shape

RECORDED = json.loads((FOLDER / "errors.json").read_text(encoding="utf-8"))
GET, NEW = InvocationInfo("Get-Thing", command_type=2), InvocationInfo("New-Thing", command_type=2)
TOO_SMALL = (
    "The -5 argument is less than the minimum allowed range of 0. Supply an argument that is greater than or "
    "equal to 0 and then try the command again."
)


def _validation() -> ErrorRecord:
    names = (
        "System.Management.Automation.ValidationMetadataException",
        "System.Management.Automation.MetadataException",
        *RUNTIME_EXCEPTION,
    )
    return known_errors.binding_error(
        "ParameterArgumentValidationError",
        f"Cannot validate argument on parameter 'Count'. {TOO_SMALL}",
        GET,
        parameter="Count",
        parameter_type="System.Int32",
        given_type="System.Int32",
        kind="Validation",
        inner=ExceptionData(names, TOO_SMALL, runtime_members(TOO_SMALL)),
    )


@pytest.mark.parametrize(
    ("name", "record"),
    [
        (
            "NamedParameterNotFound,Get-Thing",
            known_errors.binding_error(
                "NamedParameterNotFound",
                "A parameter cannot be found that matches parameter name 'Nope'.",
                GET,
                parameter="Nope",
            ),
        ),
        ("ParameterArgumentValidationError,Get-Thing", _validation()),
        (
            "MissingMandatoryParameter,New-Thing",
            known_errors.binding_error(
                "MissingMandatoryParameter",
                "Cannot process command because of one or more missing mandatory parameters: Name.",
                NEW,
                parameter=" Name",
            ),
        ),
    ],
)
def test_binding_errors_are_those_of_a_real_endpoint(name: str, record: ErrorRecord) -> None:
    body = write(replies.pipeline_failure(PipelineState.FAILED, record, extended=False))
    assert shape(body) == shape(RECORDED[name])


def test_no_host_has_id_and_category_of_a_real_endpoint() -> None:
    origin = "Microsoft.PowerShell.Commands.ReadHostCommand"
    record = records.error(known_errors.no_host("", "Read-Host", GET, origin=origin))
    theirs = RECORDED["HostFunctionNotImplemented"]
    for member in ("FullyQualifiedErrorId", "ErrorCategory_Activity", "ErrorCategory_Message"):
        assert f'N="{member}">{record.get(member)}<' in theirs
    assert str(record) == str(known_errors.no_host("", "Read-Host").exception.message)


def _record(target: Any, **members: Any) -> PSObject:
    return records.error(ErrorRecord(plain_exception("it broke"), "Id", target=target, **members))


@pytest.mark.parametrize(
    ("target", "name", "kind"),
    [
        (None, "", ""),
        ("text", "text", "String"),
        (5, "5", "Int32"),
        (True, "True", "Boolean"),
        (["a", 1], "a 1", "Object[]"),
        ({"a": 1}, "System.Collections.Hashtable", "Hashtable"),
        (custom("My.Thing", a=1), "My.Thing", "Thing"),
        (PSObject((), {"x": 1}, value=5), "5", "Int32"),
    ],
)
def test_category_info_tells_what_the_target_is(target: Any, name: str, kind: str) -> None:
    record = _record(target)
    assert record.get("ErrorCategory_TargetName") == name
    assert record.get("ErrorCategory_TargetType") == kind


def test_long_names_are_shortened_in_the_middle() -> None:
    message = _record("abcdefghij" * 5).get("ErrorCategory_Message")
    assert message == "NotSpecified: (abcdefghijabcdefghi…bcdefghijabcdefghij:String) [], Exception"


def test_details_take_the_place_of_the_message() -> None:
    record = _record(None, details="what to know", recommended_action="what to do")
    assert str(record) == "what to know"
    assert record.get("ErrorDetails_RecommendedAction") == "what to do"


def test_the_text_of_an_exception_holds_those_behind_it() -> None:
    outer = ExceptionData(("A.Outer",), "one", inner=ExceptionData(("B.Inner",), "two"))
    assert str(outer) == "A.Outer: one\n ---> B.Inner: two"


def test_jams_errors_have_a_category_each() -> None:
    assert CATEGORIES.keys() == set(ErrorKind)
    for cls in error_classes().values():
        record = from_jams(cls("text", target="x"), GET)
        assert record.error_id == f"{cls.code},Get-Thing"
        assert record.activity == "Get-Thing"
    record = from_jams(JobNotFound("No such job.", target="\\a"))
    assert (record.category, record.error_id) == (ErrorCategory.ObjectNotFound, "JobNotFound")


def test_the_module_part_is_no_part_of_a_missing_name() -> None:
    record = known_errors.command_not_found("Microsoft.PowerShell.Utility\\Get-Variable")
    assert record.target == "Get-Variable"
    assert "'Get-Variable'" in record.message
