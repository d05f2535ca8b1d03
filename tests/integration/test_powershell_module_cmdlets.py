"""The cmdlets of the module in a real PowerShell, before a real JAMS."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from jams.objects.errors import error_classes
from psprovider.cmdlets import Cmdlet, Parameter, cmdlets
from psprovider.cmdlets.examples import sample
from psprovider.cmdlets.model import Role
from tests.support.powershell_module import NEEDS_POWERSHELL, Shell, shell
from tests.support.powershell_pipelines import MEANT, UNBOUND
from tests.support.powershell_pipelines import SETUP as PIPES
from tests.support.running import Running, running

pytestmark = NEEDS_POWERSHELL
ALL = {cmdlet.name: cmdlet for cmdlet in cmdlets()}
HELP_TURNS = 8
"""In how many runs of PowerShell help is looked at: all at once would take longer than one may."""


SETUP = r"""
$null = New-JAMSFolder Sales -Description 'Sells'
$day = @{ paramName = 'day'; defaultValue = 'monday' }
$source = "echo day=`$day`necho done"
$null = New-JAMSJob Load -Folder \Sales -MethodName Command -Source $source -Parameters $day
$null = New-JAMSJob -Name Fail -Folder \Sales -MethodName Command -Source 'exit 3'
$null = New-JAMSJob -Name Slow -Folder \Sales -MethodName Command -Source "echo one`nsleep 1`necho two"
$null = New-JAMSVariable -Name Region -Folder \Sales -Value north
"""


@pytest.fixture(scope="module")
def jams(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with running(tmp_path_factory.mktemp("module") / "home") as found:
        yield found


@pytest.fixture(scope="module")
def ps(tmp_path_factory: pytest.TempPathFactory, jams: Running) -> Shell:
    found = shell(tmp_path_factory, "scripts", JAMS_HOME=str(jams.home))
    done = found.run(SETUP)
    assert done.errors == ""
    return found


def test_a_job_is_submitted_waited_for_and_its_log_read(ps: Shell) -> None:
    done = ps.run(
        r"""
        $result = Submit-JAMSEntry \Sales\Load -Parameters @{ day = 'friday' }
        Tell type $result.GetType().FullName
        $entry = $result | Wait-JAMSEntry
        Tell state $entry.CurrentState
        Tell severity $entry.FinalSeverity
        Tell number ($entry.JAMSEntry -eq $result.JAMSEntry)
        Tell kind $entry.StartTimeUTC.Kind.ToString()
        Tell local ($entry.StartTime.ToUniversalTime() -eq $entry.StartTimeUTC)
        Tell elapsed $entry.ElapsedTime.GetType().Name
        Tell log @(Get-JAMSLog $result.JamsEntry)
        Tell tail @(Get-JAMSLog $result.JamsEntry -Tail 1)
        Tell followed @(Submit-JAMSEntry \Sales\Slow | Get-JAMSLog -Follow)
        Tell day (Get-JAMSParameter $result.JamsEntry day)
        Tell audit @(Get-JAMSEntryAudit $result.JamsEntry).Count
        $history = Get-JAMSHistory \Sales\Load -Limit 1
        Tell history $history.FinalSeverity
        Tell historyLog @($history | Get-JAMSHistoryLog)
        Tell bad @(Get-JAMSHistory -Status Bad).Count
        """
    )
    assert done["type"] == "MVPSI.JAMS.SubmitResult"
    assert (done["state"], done["severity"], done["number"]) == ("Complete", "Success", True)
    assert (done["kind"], done["local"], done["elapsed"]) == ("Utc", True, "TimeSpan")
    assert done["log"] == done["historyLog"] == ["day=friday", "done"]
    assert done["followed"] == ["one", "two"]
    assert done["tail"] == ["done"] and done["day"] == "friday" and done["audit"] > 0
    assert (done["history"], done["bad"]) == ("Success", 0)
    assert done.errors == ""


def test_the_pipeline_carries_entries_by_property(ps: Shell) -> None:
    done = ps.run(
        r"""
        1..3 | ForEach-Object { $null = Submit-JAMSEntry \Sales\Load -Hold }
        $held = Get-JAMSEntry -State Held
        Tell held @($held).Count
        $held | Stop-JAMSEntry -WhatIf
        Tell still @(Get-JAMSEntry -State Held).Count
        $held | Select-Object -First 1 | Resume-JAMSEntry -PassThru | Wait-JAMSEntry -Timeout 30 |
            ForEach-Object { Tell resumed $_.FinalSeverity }
        $held | Select-Object -Last 2 | Stop-JAMSEntry -Severity Warning -Comment 'no more' -Confirm:$false
        Tell left @(Get-JAMSEntry -State Held).Count
        $again = Submit-JAMSEntry \Sales\Load -After (Get-Date).AddDays(1)
        $again | Suspend-JAMSEntry
        $again | Set-JAMSParameter -Name day -Value sunday
        Tell parameter ($again | Get-JAMSParameter -Name day)
        Tell state ($again | Get-JAMSEntry).CurrentState
        Stop-JAMSEntry -Name Load
        Tell none @(Get-JAMSEntry -State Held, Timed).Count
        Tell byJob (Get-JAMSJob Load | Submit-JAMSEntry -Wait).FinalSeverity
        """
    )
    assert (done["held"], done["still"], done["left"], done["none"]) == (3, 3, 0, 0)
    assert (done["resumed"], done["byJob"]) == ("Success", "Success")
    assert (done["parameter"], done["state"]) == ("sunday", "Held")
    assert done.text.count("What if:") == 3


def test_piped_objects_mean_what_they_are(ps: Shell) -> None:
    lines = [f"$null = {line}" for line in PIPES]
    for number, (line, name, _) in enumerate(MEANT):
        lines.append(f"Tell meant{number} @({line} | ForEach-Object {{ $_.{name} }})")
    for number, line in enumerate(UNBOUND):
        lines.append(f"Tell unbound{number} (Failure {{ {line} }}).id")
    lines.append(r"Tell left @(Get-JAMSJob -Folder \Pipes).Count")
    done = ps.run("\n".join(lines))
    assert [done[f"meant{n}"] for n in range(len(MEANT))] == [expected for *_, expected in MEANT]
    told = [done[f"unbound{n}"] for n in range(len(UNBOUND))]
    assert {error.partition(",")[0] for error in told} == {"InputObjectNotBound"}
    assert done["left"] == 2


def test_objects_are_taken_in_place_of_their_names(ps: Shell) -> None:
    done = ps.run(
        r"""
        $entries = 1..2 | ForEach-Object { Submit-JAMSEntry \Sales\Load -Hold | Get-JAMSEntry }
        Stop-JAMSEntry $entries -Confirm:$false
        Tell ended @(Wait-JAMSEntry $entries[0], $entries[1]).Count
        Tell job (Get-JAMSJob $entries[0]).QualifiedName
        Tell inside @(Get-JAMSJob -Folder (Get-JAMSFolder \Sales) L*).Count
        $crossed = Get-JAMSJob \Sales\Load | Select-Object *
        $crossed.PSObject.TypeNames.Insert(0, 'Deserialized.MVPSI.JAMS.Job')
        Tell crossed ($crossed | Get-JAMSFolder).QualifiedName
        Tell other (Failure { Stop-JAMSEntry (Get-JAMSJob \Sales\Load) }).id
        """
    )
    assert (done["ended"], done["job"], done["inside"]) == (2, r"\Sales\Load", 1)
    assert done["crossed"] == r"\Sales"
    assert done["other"] == "ParameterArgumentTransformationError,Stop-JAMSEntry"


def test_days_and_times_are_taken_as_people_write_them(ps: Shell) -> None:
    done = ps.run(
        r"""
        $tuesday = Get-Date '2026-12-01 23:30'
        Tell span @(Get-JAMSWorkday $tuesday ([datetimeoffset]'2026-12-03T23:30:00+02:00')).Count
        $day = (Get-JAMSWorkday '12/01/2026' 2026-12-01).Date
        Tell day @($day.GetType().Name, $day.Kind.ToString(), ($day -eq '2026-12-01'))
        Tell text ((Get-JAMSDate $tuesday) -eq '2026-12-01')
        Tell texts @((Get-JAMSDateEvaluation $tuesday, tomorrow -Today $tuesday).Result.Day)
        Tell next ((Get-JAMSDate tomorrow -Today $tuesday) -eq '2026-12-02')
        $near = @((Get-JAMSWorkday yesterday tomorrow).Date | ForEach-Object { ($_ - (Get-Date).Date).Days })
        Tell today (@($near | Where-Object { $_ -notin -1, 0, 1 }).Count -eq 0)
        Tell word (Failure { Test-JAMSWorkday someday }).message
        $null = Submit-JAMSEntry \Sales\Load -Wait
        Tell recent (@(Get-JAMSHistory -StartDate -1h).Count -gt 0)
        Tell coming @(Get-JAMSHistory -StartDate tomorrow).Count
        $later = Submit-JAMSEntry \Sales\Load -After +2h | Get-JAMSEntry
        Tell after ([math]::Round(($later.HoldTimeUTC - [datetime]::UtcNow).TotalHours))
        $later | Stop-JAMSEntry -Confirm:$false
        """
    )
    assert done["text"] and done["texts"] == [1, 2]
    assert done["span"] == 3 and done["day"] == ["DateTime", "Unspecified", True] and done["next"]
    assert done["today"] and done["recent"] and (done["coming"], done["after"]) == (0, 2)
    assert done["word"] == "'someday' is not a day for Date."
    assert done.errors == ""


def test_variables_of_the_caller_fill_the_parameters_of_a_job(ps: Shell) -> None:
    done = ps.run(
        r"""
        function Run { $day = 'inner'; Submit-JAMSEntry \Sales\Load -UseVariables -Wait }
        Tell inner (Run | Get-JAMSParameter -Name day)
        $day = 'outer'
        Tell outer (Get-JAMSJob \Sales\Load | Submit-JAMSEntry -UseVariable | Get-JAMSParameter -Name day)
        $given = Submit-JAMSEntry \Sales\Load -UseVariables -Parameters @{ Day = 'given' }
        Tell given ($given | Get-JAMSParameter -Name day)
        $job = Submit-JAMSEntry \Sales\Load -UseVariables -Wait -AsJob
        Tell beside ($job | Wait-Job | Receive-Job | Get-JAMSParameter -Name day)
        Tell without (Submit-JAMSEntry \Sales\Load | Get-JAMSParameter -Name day)
        $named = @{ paramName = 'Host'; defaultValue = 'own' }
        $null = New-JAMSJob Automatic -Folder \Sales -MethodName Command -Source echo -Parameters $named
        Tell automatic (Submit-JAMSEntry Automatic -UseVariables -Hold | Get-JAMSParameter -Name Host)
        Tell refused (Failure { Submit-JAMSEntry Nothing -UseVariables }).id
        """
    )
    assert (done["inner"], done["outer"], done["given"]) == ("inner", "outer", "given")
    assert (done["beside"], done["without"], done["automatic"]) == ("outer", "monday", "own")
    assert done["refused"] == "JobNotFound,Submit-JAMSEntry"


def test_half_a_character_is_refused_and_never_becomes_another(ps: Shell) -> None:
    done = ps.run(
        r"""
        $half = "a$([char]0xD800)"
        $null = New-JAMSVariable -Name Halved -Folder \Sales -Value whole
        Tell value (Failure { Set-JAMSVariable \Sales\Halved -Value $half })
        Tell name (Failure { New-JAMSJob -Name $half -Folder \Sales -MethodName Command })
        Tell asked (Failure { Get-JAMSJob "\Sales\$half" })
        Tell given (Failure { Submit-JAMSEntry \Sales\Load -Parameters @{ day = "$([char]0xDC00)b" } })
        Tell kept (Get-JAMSVariable \Sales\Halved).Value
        Set-JAMSVariable \Sales\Halved -Value "$([char]::ConvertFromUtf32(0x1F600))"
        Tell pair ((Get-JAMSVariable \Sales\Halved).Value -eq [char]::ConvertFromUtf32(0x1F600))
        Remove-JAMSVariable \Sales\Halved -Confirm:$false
        """
    )
    for told in ("value", "name", "asked", "given"):
        assert done[told]["id"].split(",")[0] == "InvalidArgument", done[told]
        assert "half of a character" in done[told]["message"]
    assert (done["kept"], done["pair"], done.errors) == ("whole", True, "")


def test_who_sets_no_limit_is_told_of_it(ps: Shell) -> None:
    class Full(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            rows = [{"historyID": number} for number in range(1, 1001)]
            page = {"items": rows[:50], "count": 70}
            body = json.dumps(page if "odata" in self.path else rows).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            if "limit=1000" in self.path or "limit=5000" in self.path:
                self.send_header("X-Truncated", "true")
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *arguments: object) -> None:
            return

    with ThreadingHTTPServer(("127.0.0.1", 0), Full) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        done = ps.run(
            f"$server = 'http://127.0.0.1:{server.server_port}/JAMS'\n"
            r"""
            Tell count @(Get-JAMSHistory -Server $server -WarningVariable told 3>$null).Count
            Tell told @($told | ForEach-Object { "$_" })
            $null = Get-JAMSHistory -Limit 1000 -Server $server -WarningVariable silent
            Tell silent @($silent).Count
            $null = Get-JAMSHistory -Limit 5000 -Server $server -WarningVariable cut 3>$null
            Tell cut @($cut | ForEach-Object { "$_" })
            Tell found @(Search-JAMSHistory -Top 60 -Server $server -WarningVariable page 3>$null).Count
            Tell page @($page | ForEach-Object { "$_" })
            $null = Search-JAMSHistory -Top 50 -Server $server -WarningVariable whole
            $null = Search-JAMSHistory -Skip 20 -Server $server -WarningVariable +whole
            Tell whole @($whole).Count
            """
        )
        server.shutdown()
    assert (done["count"], done["silent"]) == (1000, 0)
    assert (done["found"], done["whole"]) == (50, 0)
    assert done["page"] == ["50 of 70 are shown; -Skip 50 goes on behind them."]
    assert done["told"] == ["There may be more than the 1000 shown; -Limit asks for more."]
    assert done["cut"] == ["There may be more than the 1000 shown; -Beyond goes on behind them."]


def test_definitions_are_made_changed_and_deleted(ps: Shell) -> None:
    done = ps.run(
        r"""
        Tell made (New-JAMSJob -Name Tidy -Folder \Sales -MethodName Command -Source 'echo 1').QualifiedName
        Tell whatif @(Set-JAMSJob \Sales\Tidy -Description 'never' -WhatIf).Count
        Tell before (Get-JAMSJob \Sales\Tidy).Description
        Tell changed (Set-JAMSJob \Sales\Tidy -Description 'tidied' -PassThru).Description
        $job = Get-JAMSJob \Sales\Tidy
        $job.Source = "echo 2"
        $job | Set-JAMSJob
        Tell source (Get-JAMSJobSource \Sales\Tidy)
        Tell enabled (Get-JAMSJob \Sales\Tidy).Enabled
        Tell found @(Get-JAMSJob T*).QualifiedName
        Tell classes @(Get-JAMSJob \Sales\[TL]*).QualifiedName
        Tell history @(Get-JAMSJob \Sales\Load | Get-JAMSHistory)[0].ParentFolderName
        Remove-JAMSJob \Sales\Tidy -Confirm:$false
        Tell gone (Failure { Get-JAMSJob \Sales\Tidy }).id
        Set-JAMSVariable \Sales\Region ''
        Tell empty (Get-JAMSVariable \Sales\Region -ValueOnly)
        Set-JAMSVariable \Sales\Region south
        Tell value (Get-JAMSVariable \Sales\Region -ValueOnly)
        """
    )
    assert done["made"] == r"\Sales\Tidy"
    assert (done["whatif"], done["before"], done["changed"]) == (0, "", "tidied")
    assert (done["source"], done["enabled"]) == ("echo 2", True)
    assert done["found"] == r"\Sales\Tidy" and done["history"] == "\\Sales"
    assert sorted(done["classes"]) == [r"\Sales\Load", r"\Sales\Tidy"]
    assert done["gone"] == "JobNotFound,Get-JAMSJob"
    assert (done["empty"], done["value"]) == ("", "south")
    assert done.errors == ""


@pytest.mark.parametrize(
    ("call", "error_id", "category"),
    [
        ("Get-JAMSEntry 999999", "EntryNotFound,Get-JAMSEntry", "ObjectNotFound"),
        ("Submit-JAMSEntry Nope", "JobNotFound,Submit-JAMSEntry", "ObjectNotFound"),
        (r"New-JAMSFolder Sales", "AlreadyExists,New-JAMSFolder", "ResourceExists"),
        (r"Remove-JAMSFolder \Sales -Confirm:$false", "FolderNotEmpty,Remove-JAMSFolder", "InvalidOperation"),
        (r"Submit-JAMSEntry \Sales\Load -Parameters @{ x = 1 }", "InvalidParameter,Submit-JAMSEntry", None),
        ("Get-JAMSEntry -State Asleep", "ParameterArgumentValidationError,Get-JAMSEntry", "InvalidData"),
        ("Get-JAMSEntry one", "ParameterArgumentTransformationError,Get-JAMSEntry", "InvalidData"),
        ("Get-JAMSEntry -Nope 1", "NamedParameterNotFound,Get-JAMSEntry", "InvalidArgument"),
        ("Get-JAMSEntry -Entry 1 -State Held", "AmbiguousParameterSet,Get-JAMSEntry", "InvalidArgument"),
        ("Set-JAMSJob @{ x = 1 }", "JobNotFound,Set-JAMSJob", "ObjectNotFound"),
        ("Set-JAMSJob -InputObject @{Name=1; x=1}", "ParameterArgumentTransformationError,Set-JAMSJob", ""),
        (r"Set-JAMSJob \Sales\Load -Tags @{ nope = 1 }", "InvalidArgument,Set-JAMSJob", "InvalidArgument"),
        ("Get-JAMSServer -Server 127.0.0.1:1", "ServerUnavailable,Get-JAMSServer", "ResourceUnavailable"),
        ("Get-JAMSServer -Server 'not a server'", "InvalidArgument,Get-JAMSServer", "InvalidArgument"),
        ("Wait-JAMSEntry 999999", "EntryNotFound,Wait-JAMSEntry", "ObjectNotFound"),
        ("Get-JAMSLog 999999", "EntryNotFound,Get-JAMSLog", "ObjectNotFound"),
    ],
)  # fmt: skip
def test_wrong_input_is_an_error_that_scripts_can_test(
    ps: Shell, call: str, error_id: str, category: str | None, wrong: dict[str, dict[str, str]]
) -> None:
    assert call in WRONG, "the calls are made in one go"
    failure = wrong[call]
    assert failure is not None, "it did not fail"
    assert failure["id"] == error_id
    assert category in ("", None, failure["category"])
    assert "Exception calling" not in failure["message"] and "\n   at " not in failure["message"]


WRONG = [
    mark.args[1][i][0]
    for mark in test_wrong_input_is_an_error_that_scripts_can_test.pytestmark  # type: ignore[attr-defined]
    if mark.name == "parametrize"
    for i in range(len(mark.args[1]))
]


@pytest.fixture(scope="module")
def wrong(ps: Shell) -> dict[str, dict[str, str]]:
    """What each wrong call is refused with."""
    lines = "\n".join(f"Tell '{call.replace(chr(39), chr(39) * 2)}' (Failure {{ {call} }})" for call in WRONG)
    return ps.run(lines).told


def test_one_wrong_object_does_not_end_the_pipeline(ps: Shell) -> None:
    done = ps.run(
        r"""
        $good = (Submit-JAMSEntry \Sales\Load -Hold).JamsEntry
        $shown = @($good, 999999, $good | Get-JAMSEntry -ErrorVariable failures -ErrorAction SilentlyContinue)
        Tell shown $shown.Count
        Tell failures @($failures).Count
        Tell target $failures[0].TargetObject
        Tell code $failures[0].Exception.Code
        try { 999999, $good | Get-JAMSEntry -ErrorAction Stop; Tell stopped $false }
        catch { Tell stopped $true }
        function Script { $ErrorActionPreference = 'Stop'; Get-JAMSEntry 999999; 'went on' }
        try { Tell preference (Script) } catch { Tell preference 'stopped' }
        Stop-JAMSEntry $good
        """
    )
    assert (done["shown"], done["failures"], done["target"], done["code"]) == (2, 1, 999999, "EntryNotFound")
    assert (done["stopped"], done["preference"]) == (True, "stopped")


def test_a_wait_shows_progress_and_keeps_to_its_timeout(ps: Shell) -> None:
    done = ps.run(
        r"""
        $held = Submit-JAMSEntry \Sales\Load -Hold
        Tell late (Failure { $held | Wait-JAMSEntry -Timeout 1 }).id
        Tell state ($held | Wait-JAMSEntry -State Executing).CurrentState
        $held | Stop-JAMSEntry
        """
    )
    assert done["late"] == "TimedOut,Wait-JAMSEntry"
    assert any("Wait-JAMSEntry" in line and "Held" in line for line in done.progress)
    assert done["state"] == "Held"


def test_a_job_runs_beside_the_session(ps: Shell) -> None:
    done = ps.run(
        r"""
        $job = Submit-JAMSEntry \Sales\Load -Wait -AsJob
        Tell type $job.PSJobTypeName
        $found = $job | Wait-Job | Receive-Job
        Tell severity $found.FinalSeverity
        Tell state "$($job.State)"
        $held = Submit-JAMSEntry \Sales\Load -Hold
        $waiting = $held | Wait-JAMSEntry -AsJob
        $waiting | Stop-Job
        Tell stopped "$($waiting.State)"
        $bad = Get-JAMSLog 999999 -AsJob | Wait-Job
        Tell failure @($bad.Error)[0].FullyQualifiedErrorId
        $held | Stop-JAMSEntry
        """
    )
    assert (done["type"], done["severity"], done["state"]) == ("JAMSJob", "Success", "Completed")
    assert (done["stopped"], done["failure"]) == ("Stopped", "EntryNotFound,Get-JAMSLog")


def test_arguments_are_completed_by_the_server(ps: Shell) -> None:
    done = ps.run(
        r"""
        function Offered($line) { @((TabExpansion2 $line $line.Length).CompletionMatches.CompletionText) }
        Tell job @(Offered 'Get-JAMSJob \Sales\L')
        Tell level @(Offered 'Submit-JAMSEntry \Sa')
        Tell folder @(Offered 'Get-JAMSEntry -Folder \')
        Tell variable @(Offered 'Get-JAMSVariable \Sales\Re')
        Tell method @(Offered 'New-JAMSJob x -MethodName Co')
        Tell state @(Offered 'Get-JAMSEntry -State He')
        Tell server @(Offered 'Get-JAMSEntry -Server l')
        Tell parameter @(Offered 'Get-JAMSEntry -Sub')
        Tell nobody @(Offered 'Get-JAMSJob -Server 127.0.0.1:1 \Sales\L')
        """
    )
    assert done["job"] == [r"\Sales\Load"] and done["level"] == [r"\Sales"]
    assert r"\Sales" in done["folder"]
    assert done["variable"] == [r"\Sales\Region"] and done["method"] == ["Command"]
    assert done["state"] == ["Held"] and done["parameter"] == ["-SubmittedBy"]
    assert done["server"] == ["localhost"]
    assert done["nobody"] in ([], [None])


def test_objects_are_shown_as_tables(ps: Shell) -> None:
    done = ps.run("Get-JAMSJob | Out-String | Write-Output\nGet-JAMSFolder | Out-String | Write-Output")
    lines = [line.split() for line in done.text.splitlines() if line.strip()]
    assert lines[0] == ["JobID", "QualifiedName", "MethodName", "Description", "LastChange"]
    assert ["FolderID", "QualifiedName", "Description", "LastChange"] in lines


@pytest.mark.parametrize("turn", range(HELP_TURNS))
def test_help_is_complete_for_every_cmdlet(ps: Shell, turn: int) -> None:
    names = sorted(ALL)[turn::HELP_TURNS]
    others = f"Get-Command -Module JAMS | Where-Object Name -notin {', '.join(map(repr, ALL))}"
    done = ps.run(
        r"""
        $common = [System.Management.Automation.PSCmdlet]::CommonParameters +
            [System.Management.Automation.PSCmdlet]::OptionalCommonParameters
        foreach ($command in COMMANDS) {
            $help = Get-Help $command.Name -Full
            $told = @{}
            foreach ($parameter in $help.parameters.parameter) {
                $told[$parameter.name] = ($parameter.description | ForEach-Object Text) -join ' '
            }
            $own = @($command.Parameters.Keys | Where-Object { $_ -notin $common })
            Tell $command.Name @{
                synopsis = "$($help.Synopsis)".Trim()
                examples = @($help.examples.example).Count
                untold = @($own | Where-Object { -not "$($told[$_])".Trim() })
            }
        }
        """.replace("COMMANDS", f"@(Get-Command {', '.join(names)}; {others if turn == 0 else ''})")
    )
    assert done.told.keys() >= set(names)
    for name, told in done.told.items():
        assert told["synopsis"] and not told["synopsis"].startswith(name), name
        assert told["untold"] == [], name
        assert told["examples"] >= 1, name


def test_every_cmdlet_can_be_called_in_every_way(ps: Shell) -> None:
    calls = {f"{name} {i}": call for name, c in ALL.items() for i, call in enumerate(_calls(c))}
    lines = "\n".join(f"Tell '{name}' (Failure {{ {call} }})" for name, call in calls.items())
    done = ps.run(f"$secret = ConvertTo-SecureString 'hush' -AsPlainText -Force\n{lines}")
    known = set(error_classes())
    assert {name.split()[0] for name in done.told} == {name for name, c in ALL.items() if not c.session}
    for name, failure in done.told.items():
        if failure is not None:
            code, _, cmdlet = failure["id"].partition(",")
            assert code in known and cmdlet == name.split()[0], (calls[name], failure)


def _given(parameter: Parameter) -> str:
    """A value that nobody has to be asked for, as nobody can be here."""
    return "$secret" if parameter.secret else sample(parameter)


def _calls(cmdlet: Cmdlet) -> Iterator[str]:
    """A call of each parameter set with what must be given; changes are only tried."""
    for parameter_set in [] if cmdlet.session else cmdlet.sets:
        words = [cmdlet.name]
        for parameter in cmdlet.parameters:
            place = parameter.places.get(parameter_set.name)
            if place is None or not place.mandatory:
                continue
            if parameter.role in (Role.DOCUMENT, Role.OBJECT):
                words.append(f"-{parameter.name} (New-Object {parameter.type_name})")
            else:
                words.append(f"-{parameter.name} {_given(parameter)}")
        if parameter_set.operation.patches:
            member = next(p for p in cmdlet.parameters if p.role is Role.MEMBER)
            words.append(f"-{member.name} {sample(member)}")
        if any(parameter.name == "Timeout" for parameter in cmdlet.parameters):
            words.append("-Timeout 0.1")
        yield " ".join([*words, "-WhatIf"] if cmdlet.changes else words)
