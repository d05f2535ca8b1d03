"""Scripts that make objects by the names of the class library, in a real PowerShell before a real JAMS."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.support.powershell_module import NEEDS_POWERSHELL, Shell, shell
from tests.support.running import Running, running

pytestmark = NEEDS_POWERSHELL


@pytest.fixture(scope="module")
def jams(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with running(tmp_path_factory.mktemp("objects") / "home") as found:
        yield found


@pytest.fixture(scope="module")
def ps(tmp_path_factory: pytest.TempPathFactory, jams: Running) -> Shell:
    return shell(tmp_path_factory, "objects", JAMS_HOME=str(jams.home))


def test_definitions_are_made_loaded_changed_and_saved(ps: Shell) -> None:
    done = ps.run(
        r"""
        $server = [MVPSI.JAMS.Server]::GetServer('localhost')
        $folder = New-Object MVPSI.JAMS.Folder
        $folder.FolderName = 'Made'
        $folder.Update($server)
        Tell folder $folder.QualifiedName

        $job = New-Object MVPSI.JAMS.Job
        Tell fresh $job.NewObject
        $job.Name = 'First'; $job.ParentFolderName = '\Made'
        $job.MethodName = 'Command'; $job.Source = 'echo 1'
        $parameter = New-Object MVPSI.JAMS.Param
        $parameter.ParamName = 'day'; $parameter.DefaultValue = 'monday'
        $job.Parameters.Add($parameter)
        New-JAMSJob Other -Folder \Made
        $trigger = New-Object MVPSI.JAMS.ScheduleTrigger 'every workday', '08:00'
        $trigger.ExceptForDate = 'fridays'
        $job.Elements.Add($trigger)
        $job.Elements.Add((New-Object MVPSI.JAMS.JobDependency '\Made\Other'))
        $event = New-Object MVPSI.JAMS.StalledEvent
        $event.Elapsed = '00:30'; $event.EventClass = [MVPSI.JAMS.EventClass]::Moderate
        $job.Elements.Add($event)
        $job.Properties.SetValue('Enabled', $false)
        $ace = New-Object MVPSI.JAMS.GenericACE
        $ace.Identifier = 'ann'
        $ace.AccessBits = [MVPSI.JAMS.JobAccess]'Inquire,Change'
        Tell noList $job.ACL.IsNull
        $job.ACL.GenericACL.Add($ace)
        $job.Properties.SetValue('ExecutionPriority', 5)
        Tell refused (Failure { $job.Update($server) }).message
        $job.Lenient = $true
        $job.Update($server)
        Tell number ($job.JobID -gt 0)

        $loaded = $null
        Tell load ([MVPSI.JAMS.Job]::Load([ref]$loaded, '\Made\First', $server))
        Tell parameter $loaded.Parameters[0].DefaultValue
        Tell elements @($loaded.Elements | ForEach-Object ElementTypeName)
        Tell days $loaded.Elements[0].Properties.GetValue('ScheduledDate')
        Tell marked (@($loaded.NotObeyed) -like 'ExecutionPriority: *').Count
        Tell access @($loaded.ACL.GenericACL[0].AccessList)
        Tell enabled $loaded.Enabled
        $loaded.Description = 'changed'; $loaded.Enabled = $true
        $loaded.Update()
        Tell changed (Get-JAMSJob \Made\First).Description
        Tell now (Get-JAMSJob \Made\First).Enabled

        $loaded.BeginEdit(); $loaded.Description = 'dropped'; $loaded.CancelEdit()
        Tell cancelled $loaded.Description
        $loaded.Lenient = $true
        $loaded.SaveAs('\Made\Second', $server)
        Tell second $loaded.QualifiedName
        Tell exists @('Second', 'Third' | ForEach-Object { [MVPSI.JAMS.Job]::Exists("\Made\$_", $server) })
        Tell found @([MVPSI.JAMS.Job]::Find('*d', $server) | ForEach-Object JobName)
        Tell agents @([MVPSI.JAMS.Agent]::Find('*', 'localhost')).Count

        $variable = New-Object MVPSI.JAMS.Variable
        $variable.Name = 'Size'; $variable.ParentFolderName = '\Made'
        $variable.DataType = 'Integer'; $variable.Value = 5
        $variable.Update('localhost')
        Tell variable (Get-JAMSVariable \Made\Size).DataType
        $variable.Delete()
        Tell deleted (Failure { Get-JAMSVariable \Made\Size }).id
        """
    )
    assert done.errors == ""
    assert (done["folder"], done["fresh"], done["number"]) == (r"\Made", True, True)
    assert (done["noList"], done["load"], done["parameter"]) == (True, True, "monday")
    assert done["elements"] == ["ScheduleTrigger", "JobDependency", "StalledEvent"]
    assert "is not supported here" in done["refused"] and done["marked"] == 1
    assert done["days"] == "every workday" and sorted(done["access"]) == ["Change", "Inquire"]
    assert (done["enabled"], done["changed"], done["now"]) == (False, "changed", True)
    assert (done["cancelled"], done["second"]) == ("changed", r"\Made\Second")
    assert done["exists"] == [True, False] and done["found"] == ["Second"] and done["agents"] == 1
    assert (done["variable"], done["deleted"]) == ("Integer", "VariableNotFound,Get-JAMSVariable")


def test_what_is_wrong_is_told_by_the_validation_log(ps: Shell) -> None:
    done = ps.run(
        r"""
        $job = New-Object MVPSI.JAMS.Job
        try { $job.Update([MVPSI.JAMS.Server]::GetServer('localhost')); Tell caught $null }
        catch {
            $inner = $_.Exception.InnerException
            Tell caught $inner.GetType().FullName
            Tell code $inner.Code
        }
        $job.Name = 'X'; $job.MethodName = 'Nope'
        try { $job.Update(); Tell method $null } catch { Tell method $_.Exception.InnerException.Code }
        $job.MethodName = 'Command'; $job.Name = 'a\b'
        try { $job.Update(); Tell entries $null }
        catch { Tell entries @($_.Exception.InnerException.ValidationLog.Entries) }
        """
    )
    assert (done["caught"], done["code"]) == ("MVPSI.JAMS.JAMSException", "MissingArgument")
    assert done["method"] == "MethodNotFound"
    assert len(done["entries"]) == 1


def test_a_submission_is_loaded_changed_and_made(ps: Shell) -> None:
    done = ps.run(
        r"""
        $null = New-JAMSJob -Name Sub -MethodName Command -Source 'echo $day' -Parameters @{
            paramName = 'day'; defaultValue = 'monday' }
        $info = $null
        $null = [MVPSI.JAMS.Submit]::Load([ref]$info, '\Sub', [MVPSI.JAMS.Server]::GetServer('localhost'))
        $info.Parameters['DAY'].ParamValue = 'sunday'
        $null = $info.Submit()
        Tell value (Get-JAMSParameter $info.JAMSEntry day)
        Tell log @(Wait-JAMSEntry $info.JAMSEntry | Get-JAMSLog)
        Tell cmdlet (Get-JAMSSubmitInfo \Sub | Submit-JAMSEntry -Wait).FinalSeverity
        """
    )
    assert done.errors == ""
    assert done["value"] == "sunday" and done["log"] == ["sunday"] and done["cmdlet"] == "Success"


def test_times_in_parameters_are_written_as_they_read(ps: Shell) -> None:
    done = ps.run(
        r"""
        $null = New-JAMSJob -Name Timed -MethodName Command -Source 'true' -Parameters @{
            paramName = 'at' }, @{ paramName = 'day'; dataType = 'Date' }
        $day = [datetime]'2026-01-02'
        $local = [datetime]::SpecifyKind($day, 'Local')
        $utc = [datetime]::SpecifyKind($day, 'Utc')
        function Value($table, $name) {
            Submit-JAMSEntry Timed -Hold -Parameters $table | Get-JAMSParameter -Name $name
        }
        $times = $day, $local, $utc, [datetime]'2026-01-02 10:00:01.5', [timespan]'1.02:03:04'
        Tell at @($times | ForEach-Object { Value @{ at = $_; day = $day } at })
        Tell day @($day, $local, $utc | ForEach-Object { Value @{ at = 'x'; day = $_ } day })
        $at = $day
        Tell variable (Submit-JAMSEntry Timed -Hold -UseVariables | Get-JAMSParameter -Name at)
        """,
        TZ="Europe/Berlin",
    )
    assert done.errors == ""
    day = "2026-01-02T00:00:00"
    assert done["at"] == [day, f"{day}+01:00", f"{day}Z", "2026-01-02T10:00:01.5", "1.02:03:04"]
    assert done["day"] == ["2026-01-02"] * 3
    assert done["variable"] == day


def test_objects_that_went_through_a_wire_are_taken_back(ps: Shell) -> None:
    done = ps.run(
        r"""
        $null = New-JAMSJob -Name Wire -MethodName Command -Source 'true'
        $copy = Get-JAMSJob \Wire | ConvertTo-Json -Depth 3 | ConvertFrom-Json
        $copy.Description = 'from afar'
        Set-JAMSJob -InputObject $copy
        Tell description (Get-JAMSJob \Wire).Description
        Set-JAMSJob -InputObject @{ Name = 'Wire'; MethodName = 'Command'; Source = 'echo' }
        Tell kept (Get-JAMSJob \Wire).Description
        """
    )
    assert done.errors == ""
    assert (done["description"], done["kept"]) == ("from afar", "from afar")


def test_credentials_are_made_and_changed_and_their_secrets_stay_where_they_are(ps: Shell) -> None:
    done = ps.run(
        r"""
        $server = [MVPSI.JAMS.Server]::GetServer('localhost')
        $made = New-Object MVPSI.JAMS.Credential
        Tell nameless ((Failure { $made.Update($server) }).message -like '*Give the credential a name.*')
        $made.BeginEdit()
        $made.Name = 'Warehouse'; $made.LogonUserName = 'CORP\loader'; $made.Password = 'marker-of-a-secret'
        $made.Update($server); $made.EndEdit()
        Tell number ($made.CredentialID -gt 0)
        Tell password ($made.Password -eq $null)
        $found = Get-JAMSCredential Warehouse
        $found.Description = 'The warehouse.'
        $found.Update()
        New-JAMSCredentialKey Warehouse -KeyType Ed25519 | ForEach-Object { Tell key $_.PublicKey.Split()[0] }
        Tell described (Get-JAMSCredential Warehouse).Description
        Tell kept (Get-JAMSCredentialPassword Warehouse).Password
        Tell shown ((Get-JAMSCredential | ConvertTo-Json -Depth 5) -match 'marker-of-a-secret')
        Get-JAMSCredential Warehouse | Remove-JAMSCredential -Confirm:$false
        Tell left @(Get-JAMSCredential).Count
        """
    )
    assert done.told == {
        "nameless": True,
        "number": True,
        "password": True,
        "key": "ssh-ed25519",
        "described": "The warehouse.",
        "kept": "marker-of-a-secret",
        "shown": False,
        "left": 0,
    }
