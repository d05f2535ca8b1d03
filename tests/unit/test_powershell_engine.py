"""A session answers as PowerShell would: binding, pipelines, errors, changes, waiting, following."""

from __future__ import annotations

import logging
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jams.objects.errors import MethodNotFound, ServerUnavailable
from jams.objects.patch import members_named, version_seen
from jams.operations import CATALOGUE, Catalogue, operation
from jams.operations.context import Context
from jams.security.rights import Monitor
from psprovider.endpoint.clixml.types import PSObject, Switch
from psprovider.endpoint.exceptions import ErrorCategory
from psprovider.endpoint.protocol_errors import PipelineStopped
from psprovider.endpoint.requests import Argument, Command, Merge, MetadataRequest
from psprovider.engine.values import get
from tests.support.powershell import Host, Shell
from tests.support.powershell_answers import Server, entry, job

pytestmark = pytest.mark.unit


def numbers(items: list[Any]) -> list[int]:
    return [item.jams_entry for item in items]


class TestBinding:
    """Arguments find their parameters in every form in which clients send them."""

    @pytest.mark.parametrize(
        "arguments",
        [
            (Argument("Entry", 1),),
            (Argument("-Entry", None), Argument(None, 1)),
            (Argument("-Entry:", 1),),
            (Argument("-Entry: ", 1),),
            (Argument(None, 1),),
            (Argument("-JAMSENTRY", None), Argument(None, "1")),
            (Argument("\u2013ent", None), Argument(None, 1.0)),
            (Argument(None, PSObject((), {}, value=1, to_string="0x1")),),
            (Argument(None, PSObject(("System.Numerics.BigInteger",), {}, to_string="1")),),
            (Argument(None, entry(1)),),
            (Argument(None, [1]),),
        ],
    )
    def test_forms(self, shell: Shell, arguments: tuple[Argument, ...]) -> None:
        result = shell.run(((Command("get-jamsentry", arguments=arguments),),))
        assert numbers(result.output) == [1] and result.error_ids == []

    @pytest.mark.parametrize("value", [None, True, Switch(1), 1])
    def test_switches(self, shell: Shell, server: Server, value: Any) -> None:
        command = Command("Stop-JAMSEntry", arguments=(Argument(None, 1), Argument("Force", value)))
        assert shell.run(((command,),)).error_ids == []
        assert server.called("cancel_entry")[0]["body"].force is True

    @pytest.mark.parametrize(
        ("line", "error_id", "category"),
        [
            ("Get-JAMSEntry -Nope 1", "NamedParameterNotFound", ErrorCategory.InvalidArgument),
            ("Get-JAMSEntry -S x", "AmbiguousParameter", ErrorCategory.InvalidArgument),
            ("Get-JAMSEntry -Entry", "MissingArgument", ErrorCategory.InvalidArgument),
            ("Get-JAMSEntry -Entry -State Held", "MissingArgument", ErrorCategory.InvalidArgument),
            ("Get-JAMSEntry 1 2", "PositionalParameterNotFound", ErrorCategory.InvalidArgument),
            ("Get-JAMSEntry 1 -Entry 2", "ParameterAlreadyBound", None),
            ("Get-JAMSEntry -Entry 1 -State Held", "AmbiguousParameterSet", ErrorCategory.InvalidArgument),
            ("Get-JAMSEntry abc", "ParameterArgumentTransformationError", ErrorCategory.InvalidData),
            ("Get-JAMSEntry ''", "ParameterArgumentValidationError", ErrorCategory.InvalidData),
            ("Get-JAMSEntry -After never", "ParameterArgumentTransformationError", ErrorCategory.InvalidData),
            ("Get-JAMSEntry -State Medium", "ParameterArgumentValidationError", ErrorCategory.InvalidData),
            ("Get-JAMSEntry -Limit 0", "ParameterArgumentValidationError", ErrorCategory.InvalidData),
            (
                "Submit-JAMSEntry ''",
                "ParameterArgumentValidationErrorEmptyStringNotAllowed",
                ErrorCategory.InvalidData,
            ),
            (
                "Submit-JAMSEntry $null",
                "ParameterArgumentValidationErrorNullNotAllowed",
                ErrorCategory.InvalidData,
            ),
            ("Stop-JAMSEntry 1 -Force:'yes'", "ParameterArgumentTransformationError", None),
            (
                "Get-JAMSEntry -ea foo",
                "CannotConvertArgumentNoMessage",
                ErrorCategory.InvalidArgument,
            ),
            ("Submit-JAMSEntry x -Parameters 5", "ParameterArgumentTransformationError", None),
            ("Get-JAMSEntry 9223372036854775808", "ParameterArgumentTransformationError", None),
            ("Get-JAMSEntry 1e400", "ParameterArgumentTransformationError", None),
            ("Select-Object -First 2147483648", "ParameterArgumentTransformationError", None),
        ],
    )
    def test_errors(self, shell: Shell, line: str, error_id: str, category: ErrorCategory | None) -> None:
        result = shell.line(line)
        assert result.failure is not None
        name = line.split()[0]
        assert result.failure.error_id == f"{error_id},{name}" or error_id == "ParameterAlreadyBound"
        assert category is None or result.failure.category is category
        assert result.failure.activity == name

    def test_texts_are_powershells(self, shell: Shell) -> None:
        message = shell.line("Get-JAMSEntry abc").failure
        assert message is not None and message.message == (
            "Cannot process argument transformation on parameter 'Entry'. Cannot convert value \"abc\" to "
            'type "System.Int64". Error: "The input string \'abc\' was not in a correct format."'
        )
        ambiguous = shell.line("Get-JAMSEntry -S x").failure
        assert ambiguous is not None
        assert "Possible matches include: -State -Severity -SubmittedBy -After -Server." in ambiguous.message

    def test_mandatory_is_asked_for(self, shell: Shell, server: Server) -> None:
        host = Host(answers={"Name": "\\Sales\\Load"})
        result = shell.line("Submit-JAMSEntry", host=host)
        assert result.error_ids == []
        assert host.asked == ["cmdlet Submit-JAMSEntry at command pipeline position 1"]
        assert server.called("submit_job")[0]["body"].name == "\\Sales\\Load"

    @pytest.mark.parametrize("host", [Host(interactive=False), Host()])
    def test_mandatory_is_missing(self, shell: Shell, host: Host) -> None:
        result = shell.line("Submit-JAMSEntry", host=host)
        assert result.error_ids == ["MissingMandatoryParameter,Submit-JAMSEntry"]

    def test_words_stand_for_values(self, shell: Shell, server: Server) -> None:
        server.answers["find_history"] = []
        assert shell.line("Get-JAMSHistory -Status bad -Folder \\Sales -StartDate -7d").error_ids == []
        (call,) = server.called("find_history")
        assert [s.value for s in call["severity"]] == ["Error", "Fatal"]
        assert call["name"] == "\\Sales\\*" and call["start_date"].tzinfo is not None


class TestPipelines:
    """Objects flow one by one, bind by value and by property name, and stop when nobody wants more."""

    def test_by_property_name(self, shell: Shell, server: Server) -> None:
        result = shell.line("Get-JAMSEntry -State Executing | Suspend-JAMSEntry -Comment 'month end'")
        assert result.error_ids == [] and result.output == []
        (call,) = server.called("hold_entry")
        assert call["id"] == 1 and call["body"].comment == "month end"

    @pytest.mark.parametrize(
        "piped",
        [1, "1", entry(1), PSObject(("Deserialized.MVPSI.JAMS.Entry",), {"JamsEntry": 1}), {"Entry": 1}],
    )
    def test_from_the_client(self, shell: Shell, piped: Any) -> None:
        result = shell.line("Get-JAMSEntry", input=[piped])
        assert numbers(result.output) == [1] and result.error_ids == []

    def test_what_fits_nowhere(self, shell: Shell) -> None:
        result = shell.line("Get-JAMSEntry", input=[PSObject(members={"X": 1}), 1])
        assert numbers(result.output) == [1]
        assert result.error_ids == ["InputObjectNotBound,Get-JAMSEntry"]
        assert result.failure is None

    @pytest.mark.parametrize(
        "piped",
        [job("Load"), PSObject(("Deserialized.MVPSI.JAMS.Folder",), {"QualifiedName": "\\A", "Id": 1})],
    )
    def test_another_noun_is_no_entry(self, shell: Shell, server: Server, piped: Any) -> None:
        result = shell.line("Stop-JAMSEntry", input=[piped])
        assert result.error_ids == ["InputObjectNotBound,Stop-JAMSEntry"]
        assert server.called("cancel_entry") == []

    @pytest.mark.parametrize(
        "piped",
        [
            PSObject(("Selected.MVPSI.JAMS.Job",), {"Id": 1, "Name": "\\Sales\\Load"}),
            PSObject(("Deserialized.Selected.MVPSI.JAMS.Job",), {"Id": 1}),
            PSObject(("CSV:MVPSI.JAMS.Job",), {"Id": "1", "QualifiedName": "\\Sales\\Load"}),
            PSObject(("System.Diagnostics.Process",), {"Id": 1, "Name": "Load", "Handle": 1}),
            PSObject(members={"Id": 1, "Name": "\\Sales\\Load", "QualifiedName": "\\Sales\\Load"}),
            PSObject(members={"JamsEntry": None, "Id": 1}),
            {"Id": 1},
            None,
        ],
        ids=repr,
    )
    @pytest.mark.parametrize("command", ["Stop-JAMSEntry", "Restart-JAMSEntry", "Get-JAMSLog"])
    def test_only_what_names_an_entry_is_one(
        self, shell: Shell, server: Server, command: str, piped: Any
    ) -> None:
        assert shell.line(command, input=[piped]).error_ids == [f"InputObjectNotBound,{command}"]
        assert server.calls == []

    @pytest.mark.parametrize(
        "piped",
        [
            PSObject(members={"Name": "\\Sales\\Load", "Id": 9, "jamsEntry": "1", "JobName": "Load"}),
            PSObject(("CSV:MVPSI.JAMS.Entry",), {"JamsEntry": "1", "Name": "\\Sales\\Load"}),
            PSObject(("Selected.MVPSI.JAMS.Entry",), {"JamsEntry": 1, "JobName": "Load"}),
            PSObject(("Selected.MVPSI.JAMS.History",), {"JamsEntry": 1, "HistoryID": 5}),
            {"Entry": 1, "Name": "x"},
        ],
        ids=repr,
    )
    def test_a_row_is_the_entry_that_it_names(self, shell: Shell, server: Server, piped: Any) -> None:
        result = shell.line("Get-JAMSEntry", input=[piped])
        assert numbers(result.output) == [1] and result.error_ids == []
        assert server.called("find_entries") == []

    def test_a_name_will_do_to_look_and_not_to_change(self, shell: Shell, server: Server) -> None:
        row = PSObject(members={"Name": "\\Sales\\Load"})
        shell.line("Get-JAMSJob", input=[row])
        assert server.called("get_job") == [{"name": "\\Sales\\Load", "id": None}]
        for command in ("Remove-JAMSJob", "Submit-JAMSEntry", "Set-JAMSJob"):
            assert shell.line(command, input=[row]).error_ids == [f"InputObjectNotBound,{command}"]

    @pytest.mark.parametrize(
        ("command", "parameter"),
        [
            ("Get-JAMSEntry", "Name"),
            ("Get-JAMSEntry", "Folder"),
            ("Get-JAMSEntry", "State"),
            ("Get-JAMSEntry", "SubmittedBy"),
            ("Get-JAMSHistory", "Name"),
            ("Get-JAMSHistory", "Folder"),
            ("Get-JAMSJob", "Name"),
            ("Get-JAMSJob", "Folder"),
            ("Get-JAMSFolder", "Parent"),
            ("Get-JAMSAgent", "Name"),
            ("Search-JAMSHistory", "Filter"),
        ],
    )
    @pytest.mark.parametrize("nothing", [None, "", [], [None], ["x", None]], ids=repr)
    def test_nothing_does_not_mean_everything(
        self, shell: Shell, server: Server, command: str, parameter: str, nothing: Any
    ) -> None:
        given = Command(command, arguments=(Argument(f"{parameter}:", nothing),))
        result = shell.run(((given,),))
        assert result.failure is not None and server.calls == []
        assert result.failure.error_id.startswith("ParameterArgument")

    def test_objects_are_pulled(self, shell: Shell, server: Server) -> None:
        result = shell.line("Get-JAMSEntry 1,2,3,4,5 | Select-Object -First 1")
        assert numbers(result.output) == [1]
        assert len(server.called("get_entry")) == 1

    def test_a_stop_comes_between_objects(self, shell: Shell) -> None:
        with pytest.raises(PipelineStopped):
            shell.line("Get-JAMSEntry 1,2,3", stop_after=1)

    def test_statements_go_on_after_an_error(self, shell: Shell) -> None:
        result = shell.line("Get-JAMSEntry -Nope; Get-JAMSEntry 1")
        assert numbers(result.output) == [1]
        assert result.error_ids == ["NamedParameterNotFound,Get-JAMSEntry"] and result.failure is None

    def test_unknown_commands_end_it_before_anything_runs(self, shell: Shell, server: Server) -> None:
        result = shell.line("Get-JAMSEntry 1 | Nosuch-Thing")
        assert result.error_ids == ["CommandNotFoundException"]
        assert result.failure is not None and result.failure.target == "Nosuch-Thing"
        assert server.calls == []

    @pytest.mark.parametrize("name", ["/bin/ls", "C:\\x.exe", "Other\\Get-Command", "python", "os.system"])
    def test_nothing_of_the_host_is_a_command(self, shell: Shell, name: str) -> None:
        assert shell.run(((Command(name),),)).error_ids == ["CommandNotFoundException"]

    def test_errors_end_nothing_unless_told(self, shell: Shell) -> None:
        result = shell.line("Get-JAMSEntry 99,1")
        assert result.error_ids == ["EntryNotFound,Get-JAMSEntry"]
        record = result.errors[0]
        assert record.category is ErrorCategory.ObjectNotFound and record.target == "99"
        assert numbers(result.output) == [1]
        stopped = shell.line("Get-JAMSEntry 99,1 -ErrorAction Stop")
        assert stopped.failure is not None and stopped.output == []
        assert shell.line("Get-JAMSEntry 99,1 -ea SilentlyContinue").error_ids == []

    def test_script_text(self, shell: Shell) -> None:
        assert numbers(shell.script("Get-JAMSEntry 1 | Sort-Object JamsEntry; Get-JAMSEntry 2").output) == [
            1,
            2,
        ]
        refused = shell.script("$executionContext.SessionState.LanguageMode")
        assert refused.failure is not None
        assert refused.failure.error_id == "ScriptsNotAllowed"
        assert refused.failure.category is ErrorCategory.ParserError
        assert shell.script("Get-JAMSEntry |").error_ids == ["EmptyPipeElement"]
        assert shell.script("").error_ids == ["ScriptsNotAllowed"]

    def test_a_fault_of_ours_tells_nothing(self, shell: Shell, server: Server) -> None:
        server.answers["get_entry"] = lambda **_: ValueError("secret detail")
        result = shell.line("Get-JAMSEntry 1")
        assert result.error_ids == ["InternalError"]
        assert result.failure is not None and "secret" not in result.failure.message

    def test_server_gone(self, shell: Shell, server: Server) -> None:
        server.answers["check_health"] = lambda: ServerUnavailable("No.")
        result = shell.line("Test-JAMSServer")
        assert result.output == [False] and result.error_ids == ["ServerUnavailable,Test-JAMSServer"]


class TestFinding:
    """One cmdlet for one object and for many."""

    def test_names_patterns_and_neither(self, shell: Shell, server: Server) -> None:
        def names(line: str) -> list[str]:
            result = shell.line(line)
            assert result.error_ids == []
            return [item.job_name for item in result.output]

        assert names("Get-JAMSJob") == ["Load", "Print"]
        assert names("Get-JAMSJob \\Sales\\Load") == ["Load"]
        assert names("Get-JAMSJob P*") == ["Print"]
        assert names("Get-JAMSJob \\Sales\\P*") == ["Print"]
        assert server.called("find_jobs")[-1]["name"] == "\\Sales"
        assert names("Get-JAMSJob -Name Load -Folder \\Sales") == ["Load"]
        assert names("Get-JAMSJob -Id 4") == ["Print"]
        assert names("Get-JAMSJob Load,Print") == ["Load", "Print"]
        assert shell.line("Get-JAMSJob nosuch").error_ids == ["JobNotFound,Get-JAMSJob"]
        assert shell.line("Get-JAMSJob nosuch*").error_ids == []

    def test_lists_without_a_filter_of_their_own(self, shell: Shell, server: Server) -> None:
        assert [m.method_name for m in shell.line("Get-JAMSMethod P*").output] == ["Python"]
        assert shell.line("Get-JAMSMethod nosuch*").error_ids == []
        asked: list[dict[str, object]] = []

        def nothing(**given: object) -> None:
            asked.append(given)
            raise MethodNotFound("There is no such method.", target="nosuch")

        server.answers["get_method"] = nothing
        assert shell.line("Get-JAMSMethod nosuch").error_ids == ["MethodNotFound,Get-JAMSMethod"]
        assert [given["name"] for given in asked] == ["nosuch"]

    def test_bare_values(self, shell: Shell) -> None:
        assert shell.line("Get-JAMSParameter 1 day").only == "today"
        assert shell.line("Get-JAMSVariable \\Sales\\Region -ValueOnly").only == "north"
        assert shell.line("Get-JAMSVariable \\Sales\\Region").only.value == "north"

    def test_who_sets_no_limit_is_told_of_it(self, shell: Shell, server: Server) -> None:
        server.answers["find_history"] = lambda limit=1000, **_: [entry(n) for n in range(1, limit + 1)]
        told = ["There may be more than the 1000 shown; -Limit asks for more."]
        assert shell.line("Get-JAMSHistory").streams.warnings == told
        assert shell.line("Get-JAMSHistory -Limit 5").streams.warnings == []

    @pytest.mark.parametrize("name", [each.name for each in CATALOGUE if each.usual_bound is not None])
    def test_every_list_that_is_cut_by_itself_says_so(self, shell: Shell, server: Server, name: str) -> None:
        operation = CATALOGUE[name]
        bound = operation.usual_bound
        assert bound is not None
        server.answers[name] = lambda **_: [entry(n) for n in range(1, bound.default + 1)]
        needed = {"list_revisions": " -ObjectType Job -Id 1", "find_job_history": " -Job Load"}
        shown = shell.line(f"{operation.cmdlet}{needed.get(name, '')}")
        assert shown.streams.warnings == [
            f"There may be more than the {bound.default} shown; -Limit asks for more."
        ]

    def test_names_stand_for_numbers(self, shell: Shell, server: Server) -> None:
        shell.line("Suspend-JAMSEntry -Name Load,2")
        assert [c["id"] for c in server.called("hold_entry")] == [1, 2]

    def test_another_server_is_refused(self, shell: Shell) -> None:
        assert shell.line("Get-JAMSEntry 1 -Server TESTSERVER").error_ids == []
        assert shell.line("Get-JAMSEntry 1 -Server localhost").error_ids == []
        assert shell.line("Get-JAMSEntry 1 -Server other").error_ids == ["InvalidArgument,Get-JAMSEntry"]


class TestChanges:
    """Changes can be tried, asked about, and shown."""

    def test_what_if(self, shell: Shell, server: Server) -> None:
        result = shell.line("Stop-JAMSEntry 1 -WhatIf")
        assert result.host.lines == ['What if: Performing the operation "Stop-JAMSEntry" on target "1".']
        assert server.calls == []

    def test_what_if_tells_the_difference_where_the_server_can(self, shell: Shell, server: Server) -> None:
        shell.line("Import-JAMSXml -Text x -WhatIf")
        assert [call["body"].dry_run for call in server.called("import_xml")] == [True]

    def test_confirm(self, shell: Shell, server: Server) -> None:
        host = Host(choices=[0, 2, 1])
        shell.line("Stop-JAMSEntry 1,2,3,4 -Confirm", host=host)
        assert [c["id"] for c in server.called("cancel_entry")] == [1, 3, 4]
        assert host.asked[0] == (
            "Are you sure you want to perform this action?\n"
            'Performing the operation "Stop-JAMSEntry" on target "1".'
        )

    def test_deleting_asks_unless_told_not_to(self, shell: Shell, server: Server) -> None:
        assert shell.line("Remove-JAMSJob \\Sales\\Load", host=Host(choices=[3])).error_ids == []
        assert server.called("delete_job") == []
        result = shell.line("Remove-JAMSJob \\Sales\\Load", host=Host(interactive=False))
        assert result.error_ids == ["HostFunctionNotImplemented,Remove-JAMSJob"]
        shell.line("Remove-JAMSJob \\Sales\\Load -Confirm:$false")
        assert len(server.called("delete_job")) == 1

    def test_pass_thru_and_verbose(self, shell: Shell) -> None:
        result = shell.line("Suspend-JAMSEntry 1 -PassThru -Verbose")
        assert numbers(result.output) == [1]
        assert result.streams.details == [
            'Performing the operation "Suspend-JAMSEntry" on target "1".',
            "Entry 1 was held.",
        ]

    def test_what_is_told_can_go_into_the_output(self, shell: Shell) -> None:
        arguments = (Argument(None, [1, 999]), Argument("PassThru", True), Argument("Verbose", True))
        merge = Merge(error=1, verbose=1)
        result = shell.run(((Command("Suspend-JAMSEntry", arguments=arguments, merge=merge),),))
        kinds = [getattr(item, "type_names", ["an entry"])[0].rpartition(".")[2] for item in result.output]
        assert kinds == ["VerboseRecord", "VerboseRecord", "an entry", "VerboseRecord", "ErrorRecord"]
        assert str(result.output[1]) == "Entry 1 was held."
        assert (result.errors, result.streams.details) == ([], [])

    def test_new_gives_the_object(self, shell: Shell, server: Server) -> None:
        line = (
            "New-JAMSJob Clean -Folder \\Sales -Method Command -Source 'echo' -Parameters @{paramname='day'}"
        )
        made = shell.line(line).only
        assert made.qualified_name == "\\Sales\\Clean" and made.parameters[0].param_name == "day"

    def test_set_changes_what_is_given(self, shell: Shell, server: Server) -> None:
        assert shell.line("Set-JAMSJob \\Sales\\Load -Description new").error_ids == []
        (call,) = server.called("change_job")
        assert call["name"] == "\\Sales\\Load" and members_named(call["job"]) == {"description": "new"}
        assert server.called("get_job") == [], "what is not changed need not be known"

    def test_set_shows_what_has_become_of_it(self, shell: Shell, server: Server) -> None:
        shown = shell.line("Set-JAMSJob \\Sales\\Load -NewName Other -PassThru").only
        assert shown.job_id == 3, "by its number, for it has another name then"
        assert [(call["id"], call["name"]) for call in server.called("change_job")] == [(3, None)]

    def test_set_lets_members_go_back(self, shell: Shell, server: Server) -> None:
        assert shell.line("Set-JAMSJob \\Sales\\Load -Clear Source, acl").error_ids == []
        (call,) = server.called("change_job")
        assert members_named(call["job"]) == {"source": None, "acl": None}
        wrong = shell.line("Set-JAMSJob \\Sales\\Load -Clear JobName").error_ids
        assert wrong == ["ParameterArgumentValidationError,Set-JAMSJob"]

    @pytest.mark.parametrize("form", ["struct", "object"])
    def test_set_takes_objects(self, shell: Shell, server: Server, form: str) -> None:
        value: Any = job()
        if form == "object":
            members = {
                "JobID": 3,
                "JobName": "Load",
                "ParentFolderName": "\\Sales",
                "Source": "x",
                "LastChangedBy": "ann",
                "Version": 7,
            }
            value = PSObject(("Deserialized.MVPSI.JAMS.Job",), {**members, "PSComputerName": "here"})
        assert shell.line("Set-JAMSJob -Description piped", input=[value]).error_ids == []
        (call,) = server.called("change_job")
        assert (call["id"], call["job"].description, call["job"].job_id) == (3, "piped", 3)
        assert version_seen(call["job"]) == (None if form == "struct" else 7), "what was seen goes along"

    def test_unknown_members_are_refused(self, shell: Shell, server: Server) -> None:
        result = shell.line("New-JAMSJob -InputObject @{JobName='x'; Colour='red'}")
        assert result.error_ids == ["InvalidArgument,New-JAMSJob"] and server.called("create_job") == []

    def test_submit(self, shell: Shell, server: Server) -> None:
        result = shell.line(
            "Submit-JAMSEntry \\Sales\\Load -Parameters @{day='today'; n=5} -Hold -After 2026-12-01T06:00Z"
        )
        assert result.only.jams_entry == 3
        body = server.called("submit_job")[0]["body"]
        assert body.parameters == {"day": "today", "n": 5} and body.hold and body.after.month == 12
        null = "ParameterArgumentValidationErrorNullNotAllowed,Submit-JAMSEntry"
        assert shell.line("Submit-JAMSEntry -InputJob $null").error_ids == [null]
        assert shell.line("Submit-JAMSEntry -SubmitInfo $null").error_ids == [null]
        by_job = Command("Submit-JAMSEntry", arguments=(Argument("InputJob", job()),))
        assert shell.run(((by_job,),)).error_ids == []
        assert shell.line("Submit-JAMSEntry", input=[job()]).error_ids == []
        assert {c["body"].name for c in server.called("submit_job")} >= {"\\Sales\\Load"}


class TestWaiting:
    """Waits show progress and give what ended; logs come line by line."""

    def test_wait_for_many(self, shell: Shell, server: Server) -> None:
        asked: list[int] = []

        def wait(*, id: int, timeout: float) -> Any:
            asked.append(id)
            return entry(
                id,
                state=server.entries[3].current_state
                if asked.count(id) > 1
                else server.entries[1].current_state,
            )

        server.answers["wait_for_entry"] = wait
        result = shell.line("Get-JAMSEntry 1,2 | Wait-JAMSEntry")
        assert numbers(result.output) == [1, 2] and asked == [1, 1, 2, 2]
        assert result.streams.shown[0].status.startswith("0 of 2 ended")
        assert result.streams.shown[-1].completed

    def test_time_is_over(self, shell: Shell) -> None:
        result = shell.line("Wait-JAMSEntry 1 -Timeout 0")
        assert result.error_ids == ["TimedOut,Wait-JAMSEntry"]
        assert result.errors[0].category is ErrorCategory.OperationTimeout

    def test_wait_while_in_a_state(self, shell: Shell) -> None:
        assert numbers(shell.line("Wait-JAMSEntry 1 -State Held").output) == [1]

    def test_submit_and_wait(self, shell: Shell) -> None:
        result = shell.line("Submit-JAMSEntry \\Sales\\Load -Wait")
        assert result.only.current_state.ended

    def test_log_lines(self, shell: Shell) -> None:
        assert shell.line("Get-JAMSLog 1").output == ["first", "second", "third"]
        assert shell.line("Get-JAMSLog 1 -Tail 1").output == ["third"]
        assert shell.line("Get-JAMSLog 1 -Follow").output == ["first", "second", "third"]


_VALUES = st.recursive(
    st.one_of(
        st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=20), st.binary(max_size=5),
        st.datetimes(), st.decimals(), st.uuids(),
    ),
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(st.text(max_size=5), inner, max_size=3)
    | inner.map(lambda value: PSObject(members={"Id": value, "QualifiedName": value})),
    max_leaves=6,
)  # fmt: skip
_NAMES = st.one_of(
    st.none(),
    st.sampled_from(["Entry", "-Entry", "-Entry:", "-", "--", "Name", "-State", "-Timeout", "-WhatIf", "-x"]),
    st.text(max_size=6),
)


_COMMANDS = [
    *("Get-JAMSEntry", "Stop-JAMSEntry", "Wait-JAMSEntry", "Submit-JAMSEntry", "New-JAMSJob", "Set-JAMSJob"),
    *(
        "Get-ChildItem",
        "New-Item",
        "Set-Item",
        "Where-Object",
        "Select-Object",
        "Sort-Object",
        "Group-Object",
    ),
    *("TabExpansion2", "ConvertTo-Json", "ConvertTo-Csv", "Format-Table", "Get-Command", "Get-Help"),
]


class TestAnything:
    """Whatever a client sends, the answer is objects and records, never a fault."""

    @settings(max_examples=150, deadline=None)
    @given(
        st.sampled_from(_COMMANDS),
        st.lists(st.tuples(_NAMES, _VALUES), max_size=4),
        st.none() | st.lists(_VALUES, max_size=3),
    )
    def test_arguments_and_input(
        self, name: str, arguments: list[tuple[str | None, Any]], piped: list[Any] | None
    ) -> None:
        server = Server()
        server.answers["wait_for_entry"] = server.entries[3]
        shell = Shell(server)
        command = Command(name, arguments=tuple(Argument(n, v) for n, v in arguments))
        result = shell.run(
            ((command,), (command, Command("Out-Default"))), input=piped, host=Host(choices=[2] * 99)
        )
        assert not any(error_id.startswith("InternalError") for error_id in result.error_ids)

    def test_what_contains_itself(self) -> None:
        shell = Shell(Server())
        itself = PSObject(members={"Name": "x"})
        itself.members["Self"] = [itself]
        for line in (
            "New-JAMSJob",
            "Out-String",
            "ConvertTo-Json",
            "Format-List",
            "Select-Object -Unique",
            "Get-JAMSJob",
        ):
            result = shell.line(line, input=[itself])
            assert "InternalError" not in result.error_ids
        for name in ("Properties", "Parameters", "Acl", "Name"):
            command = Command("New-JAMSJob", arguments=(Argument("JobName", "x"), Argument(name, itself)))
            assert "InternalError" not in shell.run(((command,),)).error_ids
        given = Command(
            "Submit-JAMSEntry", arguments=(Argument(None, "x"), Argument("Parameters", {"a": itself}))
        )
        assert "InternalError" not in shell.run(((given,),)).error_ids


class TestSession:
    """What a session shows of itself, and to whom."""

    def test_commands_are_those_the_caller_may_use(self, server: Server) -> None:
        shell = Shell(server, may=lambda right: right is not Monitor.ABORT)
        assert shell.line("Stop-JAMSEntry 1").error_ids == ["CommandNotFoundException"]
        listed = {get(item, "Name") for item in shell.line("Get-Command").output}
        assert "Stop-JAMSEntry" not in listed and "Suspend-JAMSEntry" in listed
        asked = MetadataRequest(shell.session.info.id, ("Stop-JAMSEntry", "Suspend-*"))
        assert [c.name for c in shell.session.describe(asked)] == ["Suspend-JAMSEntry"]

    @pytest.mark.parametrize(
        "given",
        [
            "2026-12-01",
            "12/01/2026",
            "12/01/2026 23:30:00 +02:00",
            datetime(2026, 12, 1, 23, tzinfo=UTC),
        ],
    )
    def test_a_day_is_taken_from_any_time(self, server: Server, given: Any) -> None:
        catalogue = Catalogue()

        @operation(
            right=None,
            rest="GET /dummy",
            soap="Dummy.Day",
            cmdlet="Get-JAMSDummy",
            command="day",
            positional=("day",),
            catalogue=catalogue,
        )
        def next_day(context: Context, day: date) -> list[date]:
            """Give a day.

            Args:
                day: the day.
            """
            return [day]

        server.answers["next_day"] = lambda day: [day]
        shell = Shell(server, catalogue=catalogue)
        command = Command("Get-JAMSDummy", arguments=(Argument(None, given),))
        assert shell.run(((command,),)).only == date(2026, 12, 1)
        assert shell.line("Get-JAMSDummy never").error_ids == ["InvalidArgument,Get-JAMSDummy"]
        assert shell.typed("Get-JAMSDummy 2026-12-01").host.lines == ["12/01/2026"]

    def test_nobody_logs_in_here(self, shell: Shell) -> None:
        assert shell.line("Connect-JAMSServer").error_ids == ["CommandNotFoundException"]

    @pytest.mark.parametrize(
        "name", ["Connect-JSFTP", "connect-jftp", "Get-JFSChildItem", "JAMS\\Disconnect-JFS"]
    )
    def test_nobody_reaches_the_files_of_the_server_by_way_of_a_session(
        self, shell: Shell, name: str
    ) -> None:
        done = shell.line(f"{name} x")
        assert done.error_ids == ["CommandNotFoundException"]
        assert done.failure is not None and "a job of the method FileTransfer" in done.failure.message

    @pytest.mark.parametrize("mask", [271, 399, 0])
    def test_enter_finds_what_it_needs(self, shell: Shell, mask: int) -> None:
        request = MetadataRequest(shell.session.info.id, ("Out-Default", "Exit-PSSession"), mask)
        assert [c.name for c in shell.session.describe(request)] == ["Out-Default", "Exit-PSSession"]

    @pytest.mark.parametrize(
        ("names", "expected"),
        [
            (("select", "Out-Null", "dir", "Out-Null"), ["select", "Out-Null", "dir"]),
            (("Out-N*", "select", "Exit-PSSession"), ["select", "Exit-PSSession", "Out-Null"]),
        ],
    )
    def test_commands_come_in_powershells_order(
        self, shell: Shell, names: tuple[str, ...], expected: list[str]
    ) -> None:
        request = MetadataRequest(shell.session.info.id, names, 0)
        assert [c.name for c in shell.session.describe(request)] == expected

    def test_importing_leaves_the_clients_own_commands_alone(self, shell: Shell) -> None:
        told = shell.session.private_data["ImplicitRemoting"]
        assert {"Where-Object", "Get-ChildItem", "Out-String"} <= set(told["CommandsToSkip"])
        assert not any("JAMS" in name for name in told["CommandsToSkip"]) and told["Hash"]

    def test_exit_and_clear(self, shell: Shell) -> None:
        result = shell.typed("exit")
        assert result.host.left and result.error_ids == []
        assert shell.typed("cls").host.lines == ["\x1b[H\x1b[2J"]

    def test_old_scripts_begin_without_harm(self, shell: Shell) -> None:
        assert shell.line("Add-PSSnapin MVPSI.JAMS; Import-Module JAMS").error_ids == []
        assert len(shell.line("Import-Module Other").error_ids) == 1

    def test_text_runs_under_the_same_rules(self, shell: Shell) -> None:
        assert numbers(shell.line("Invoke-Expression 'Get-JAMSEntry 1'").output) == [1]
        assert shell.line("Invoke-Expression '$x'").error_ids == ["ScriptsNotAllowed"]
        nested = shell.line("iex 'iex ''Get-JAMSEntry 1'''")
        assert nested.error_ids == ["InvokeExpressionNested,Invoke-Expression"]

    def test_audit(self, shell: Shell, caplog: pytest.LogCaptureFixture) -> None:
        with caplog.at_level(logging.INFO, "jams.audit"):
            shell.line("Submit-JAMSEntry \\Sales\\Load -Parameters @{password='hush'} -Note 'private'")
            shell.line("prompt")
            shell.line("Get-JAMSEntry -Nope")
        told = [record.getMessage() for record in caplog.records]
        assert len(told) == 2
        assert "operator test session" in told[0] and "completed, 1 objects" in told[0]
        assert "hush" not in told[0] and "private" not in told[0] and "Sales" in told[0]
        assert "failed NamedParameterNotFound" in told[1]


def test_stop_ends_the_statements_behind_it(shell: Shell) -> None:
    kept = shell.line("Get-JAMSJob \\nope; Get-JAMSJob \\Sales\\Load | % Name")
    assert kept.output == ["Load"]
    for line in ("Get-JAMSJob \\nope -ErrorAction Stop", "gi \\nope -ErrorAction Stop"):
        ended = shell.line(f"{line}; Get-JAMSJob \\Sales\\Load | % Name")
        assert ended.output == [] and len(ended.error_ids) == 1


def test_objects_bear_the_names_that_scripts_know(shell: Shell) -> None:
    assert shell.line("Get-JAMSEntry | ? StartTime -gt 2026-01-01 | % Entry").output == [1, 2, 3]
    assert shell.line("Get-JAMSEntry | ? StartTime -gt 2027-01-01 | % Entry").output == []
    assert shell.line("Get-JAMSJob \\Sales\\Load | % Id").output == [3]


@pytest.mark.parametrize("topic", ["about_JAMS", "ABOUT_jams", "about*"])
def test_the_topic_of_sessions_is_at_hand(shell: Shell, topic: str) -> None:
    (page,) = shell.line(f"Get-Help {topic}").output
    assert page.startswith("TOPIC") and "-ErrorAction Stop ends the block" in page


def test_waiting_speaks_where_it_is_asked_to(shell: Shell) -> None:
    result = shell.line("Wait-JAMSEntry 1 -Timeout 0 -Verbose")
    assert result.streams.details == ["1 is Executing."]
    assert shell.line("Wait-JAMSEntry 1 -Timeout 0").streams.details == []
