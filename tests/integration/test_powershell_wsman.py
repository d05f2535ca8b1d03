"""Sessions over WS-Management with pypsrp, a real client of WinRM."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from typing import Any

import pytest
from pypsrp.complex_objects import ObjectMeta
from pypsrp.exceptions import AuthenticationError, WSManFaultError
from pypsrp.powershell import PowerShell, RunspacePool
from pypsrp.wsman import WSMan

from jams.security.certificates import make_certificate
from psprovider.transports.people import Quota
from tests.support.psrp_doors import WSManDoor, wait_until, wsman_door

STOPPED, COMPLETED, FAILED = 3, 4, 5


@pytest.fixture
def door() -> Iterator[WSManDoor]:
    with wsman_door() as found:
        yield found


def client(door: WSManDoor, user: str = "ann", **options: Any) -> WSMan:
    given = {"password": f"secret-of-{user}", "ssl": False, "encryption": "never", **options}
    return WSMan("127.0.0.1", port=door.port, auth="basic", username=user, **given)


@pytest.fixture
def pool(door: WSManDoor) -> Iterator[RunspacePool]:
    with client(door) as wsman, RunspacePool(wsman, configuration_name="JAMS") as opened:
        yield opened


def run(pool: RunspacePool, name: str, given: Any = None, **parameters: Any) -> PowerShell:
    shell = PowerShell(pool)
    shell.add_cmdlet(name).add_parameters(parameters)
    shell.invoke(given)
    return shell


def test_commands_run_and_objects_arrive(pool: RunspacePool, door: WSManDoor) -> None:
    shell = run(pool, "Get-Thing", Count=2)
    assert [item.adapted_properties or item.extended_properties for item in shell.output]
    assert [item.extended_properties["Name"] for item in shell.output] == ["thing1", "thing2"]
    info = door.engine.sessions[0].info
    assert (info.identity.account, info.transport) == ("ann", "WS-Management")  # type: ignore[attr-defined]


def test_the_default_configuration_is_taken_too_and_others_are_not(door: WSManDoor) -> None:
    with client(door) as wsman:
        with RunspacePool(wsman) as opened:
            assert run(opened, "Get-Thing").state == COMPLETED
        with RunspacePool(wsman, configuration_name="jams") as opened:
            assert run(opened, "Get-Thing").state == COMPLETED
        with (
            pytest.raises(WSManFaultError, match="-ConfigurationName JAMS"),
            RunspacePool(wsman, configuration_name="Other"),
        ):
            pass


def test_input_is_streamed(pool: RunspacePool) -> None:
    assert run(pool, "Get-Echo", given=["a", 2, "\u20ac"]).output == ["a", 2, "\u20ac"]


def test_streams_and_errors_arrive(pool: RunspacePool) -> None:
    shell = run(pool, "Test-Streams")
    assert shell.output == ["out 1", "out 2"]
    assert [str(record) for record in shell.streams.warning] == ["warning text"]
    assert len(shell.streams.error) == 2 and len(shell.streams.verbose) == 1
    assert len(shell.streams.debug) == 1 and shell.streams.information and shell.streams.progress


def test_a_refused_script_fails_as_it_does_elsewhere(pool: RunspacePool) -> None:
    shell = PowerShell(pool)
    shell.add_script("$x = 1")
    shell.invoke()
    assert shell.state == FAILED
    assert shell.streams.error[0].fq_error == "ScriptsNotAllowed"
    assert run(pool, "Get-Thing").state == COMPLETED


def test_secure_strings_travel_under_the_session_key(pool: RunspacePool) -> None:
    pool.exchange_keys()
    secret = pool.serialize("s3cret", ObjectMeta("SS"))
    shell = PowerShell(pool)
    shell.add_cmdlet("Show-Secret").add_parameter("Value", secret)
    assert shell.invoke() == ["s3cret"]


def test_large_objects_go_both_ways(pool: RunspacePool) -> None:
    big = "x" * 1_500_000
    assert run(pool, "Get-Echo", Value=big).output == [big]


def test_a_running_command_is_stopped(pool: RunspacePool) -> None:
    shell = PowerShell(pool)
    shell.add_cmdlet("Invoke-Slow").add_parameter("Seconds", 1000)
    shell.begin_invoke()
    shell.poll_invoke()
    shell.stop()
    assert shell.state == STOPPED
    assert run(pool, "Get-Thing").state == COMPLETED


def test_a_client_that_never_frees_its_commands_may_run_any_number(pool: RunspacePool) -> None:
    kept = [run(pool, "Get-Thing", Count=1) for _ in range(150)]
    assert all(len(shell.output) == 1 for shell in kept)


def test_several_runspaces_run_at_once(door: WSManDoor) -> None:
    with (
        client(door) as wsman,
        RunspacePool(wsman, min_runspaces=1, max_runspaces=3, configuration_name="JAMS") as pool,
    ):
        slow = PowerShell(pool)
        slow.add_cmdlet("Invoke-Slow").add_parameter("Seconds", 1000)
        slow.begin_invoke()
        assert run(pool, "Get-Thing").state == COMPLETED
        assert pool.get_available_runspaces() >= 1
        slow.stop()
        # The stop is acknowledged while the pipeline is still ending, since nobody receives from it.
        wait_until(lambda: pool.get_available_runspaces() == 3)
        pool.max_runspaces = 2
        pool.reset_runspace_state()


def test_a_client_that_frees_no_command_may_run_any_number(pool: RunspacePool) -> None:
    # pypsrp leaves its ended commands to the server.
    assert {run(pool, "Get-Thing").state for _ in range(120)} == {COMPLETED}


def test_a_session_is_left_and_taken_up_again(door: WSManDoor) -> None:
    with client(door) as wsman, RunspacePool(wsman, configuration_name="JAMS") as pool:
        shell = PowerShell(pool)
        shell.add_cmdlet("Get-Many").add_parameter("Count", 2000)
        shell.begin_invoke()
        pool.disconnect()
        with pytest.raises(WSManFaultError) as caught:
            pool.shell.receive("stdout")
        assert caught.value.code == 2150859204
        pool.connect()
        assert len(shell.connect()) == 2000
        assert run(pool, "Get-Thing").state == COMPLETED


def test_another_client_of_the_same_user_takes_a_session_over(door: WSManDoor) -> None:
    with client(door) as first, client(door) as second, client(door, "bob") as stranger:
        pool = RunspacePool(first, configuration_name="JAMS")
        pool.open()
        shell = PowerShell(pool)
        shell.add_cmdlet("Get-Many").add_parameter("Count", 500)
        shell.begin_invoke()
        pool.disconnect()
        assert not RunspacePool.get_runspace_pools(stranger)
        found = RunspacePool.get_runspace_pools(second)
        assert [each.id for each in found] == [pool.id]
        found[0].connect()
        (pipeline,) = found[0].create_disconnected_power_shells()
        assert len(pipeline.connect()) == 500
        found[0].close()


def test_a_stranger_finds_nothing(door: WSManDoor) -> None:
    with client(door) as owner, client(door, "bob") as stranger:
        with RunspacePool(owner, configuration_name="JAMS") as pool:
            foreign = RunspacePool(stranger, configuration_name="JAMS")
            foreign.id = foreign.shell.id = pool.shell.id
            foreign.shell._selector_set = pool.shell._selector_set
            with pytest.raises(WSManFaultError) as his:
                foreign.shell.receive("stdout")
            with pytest.raises(WSManFaultError) as theirs:
                stranger.get(pool.shell.resource_uri, selector_set=pool.shell._selector_set)
            assert run(pool, "Get-Thing").state == COMPLETED
        with pytest.raises(WSManFaultError) as nobodys:
            foreign.shell.receive("stdout")
        assert str(his.value) == str(theirs.value) == str(nobodys.value)


def test_a_wrong_password_is_refused(door: WSManDoor) -> None:
    with (
        client(door, password="wrong") as wsman,
        pytest.raises(AuthenticationError),
        RunspacePool(wsman, configuration_name="JAMS"),
    ):
        pass


def test_sessions_are_counted() -> None:
    with wsman_door(quota=Quota(per_account=1)) as door, client(door) as wsman:
        with RunspacePool(wsman, configuration_name="JAMS"):
            with (
                pytest.raises(WSManFaultError, match="ann has 1 PowerShell sessions") as caught,
                RunspacePool(wsman, configuration_name="JAMS"),
            ):
                pass
            assert caught.value.code == 2150859173
        with RunspacePool(wsman, configuration_name="JAMS") as again:
            assert run(again, "Get-Thing").state == COMPLETED


def test_a_client_polls_again_when_nothing_comes() -> None:
    hurry = threading.Event()
    with wsman_door(hold=0.2) as door:

        def pace(streams: Any, _seconds: float) -> None:
            if not hurry.wait(1.0):
                streams.check()

        door.engine._pace = pace
        with client(door) as wsman, RunspacePool(wsman, configuration_name="JAMS") as pool:
            assert run(pool, "Invoke-Slow", Seconds=1, Quiet=True).output == ["done"]
        hurry.set()


def test_answers_keep_to_a_small_envelope(door: WSManDoor) -> None:
    with (
        client(door, max_envelope_size=16 * 1024) as wsman,
        RunspacePool(wsman, configuration_name="JAMS") as pool,
    ):
        sizes = []
        send = wsman.transport.send

        def measured(message: bytes, **options: Any) -> bytes:
            answer = send(message, **options)
            sizes.append(len(answer))
            return answer

        wsman.transport.send = measured
        assert len(run(pool, "Get-Many", Count=300).output) == 300
        assert run(pool, "Get-Echo", Value="x" * 100_000).output == ["x" * 100_000]
        assert max(sizes) <= 16 * 1024


def test_a_failing_command_is_no_failing_session(pool: RunspacePool, door: WSManDoor) -> None:
    def pace(_streams: Any, _seconds: float) -> None:
        raise RuntimeError("the secrets of the house")

    door.engine.sessions[0].pace = pace
    shell = PowerShell(pool)
    shell.add_cmdlet("Invoke-Slow")
    shell.invoke()
    assert shell.state == FAILED
    assert "secrets" not in str(shell.streams.error[0])
    assert run(pool, "Get-Thing").state == COMPLETED


def test_tls_with_a_certificate_of_ones_own(tmp_path: Any) -> None:
    made = make_certificate(tmp_path, [], days=2, replace=False)
    with (
        wsman_door(certificate=made.certificate, key=made.key) as door,
        client(door, ssl=True, encryption="auto", cert_validation=str(made.certificate)) as wsman,
        RunspacePool(wsman, configuration_name="JAMS") as pool,
    ):
        assert run(pool, "Get-Thing").state == COMPLETED


def test_a_disconnected_session_that_is_idle_for_too_long_ends(door: WSManDoor) -> None:
    with client(door) as wsman:
        pool = RunspacePool(wsman, configuration_name="JAMS")
        pool.open()
        pool.disconnect()
        (shell,) = door.listener._service.shells.of("ann")
        shell.idle = 0.0
        door.listener._service.shells.keep()
        assert door.people.inside == []
        with pytest.raises(WSManFaultError):
            pool.connect()
