"""Parameters of cmdlets that take secrets: SecureStrings, whose texts go to the server and nowhere else."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest

from jams.objects.credentials import Credential
from jams.operations import CATALOGUE
from psprovider.cmdlets import Parameter, cmdlets
from psprovider.cmdlets.model import SECURE_STRING, Role
from psprovider.endpoint.clixml.types import SecureString
from psprovider.endpoint.protocol_errors import SessionKeyMissing
from psprovider.endpoint.requests import Argument, Command
from psprovider.engine.commands import from_cmdlet
from psprovider.engine.metadata import function
from psprovider.engine.parser import parse
from tests.support.powershell import FakeConnection, Host, Result, Shell

pytestmark = pytest.mark.unit

_HUSH = "hush hush hush"
_PLAIN = re.compile(r"(?<= )-(Password|\w+Password|KeyFileContent) (?!\(Read-Host '[^']+' -AsSecureString\))")


@pytest.fixture
def server() -> FakeConnection:
    done = ("set_account_password", "change_password", "create_credential", "change_credential")
    shown = {"get_credential": Credential(credential_name="X")}
    return FakeConnection(answers={**dict.fromkeys(done, "Done."), **shown})


@pytest.fixture
def shell(server: FakeConnection) -> Shell:
    return Shell(server)


def run(shell: Shell, name: str, host: Host | None = None, **parameters: Any) -> Result:
    arguments = tuple(Argument(key, value) for key, value in parameters.items())
    return shell.run(((Command(name, arguments=arguments),),), host=host)


def secrets() -> Iterator[tuple[str, Parameter]]:
    for cmdlet in cmdlets():
        for parameter in cmdlet.parameters:
            if parameter.secret and not cmdlet.session:
                yield cmdlet.name, parameter


def test_every_secret_is_a_secure_string_and_nothing_else_is() -> None:
    found = {(name, parameter.name): parameter.type_name for name, parameter in secrets()}
    assert set(found.values()) == {SECURE_STRING}
    assert {name for name, _ in found} == {
        *("New-JAMSAccount", "Reset-JAMSAccountPassword", "Set-JAMSPassword"),
        *("New-JAMSCredential", "Set-JAMSCredential"),
        *("Edit-JAMSVariable", "New-JAMSVariable", "Set-JAMSVariable"),
    }
    others = [p for cmdlet in cmdlets() for p in cmdlet.parameters if not p.secret]
    assert SECURE_STRING not in {parameter.type_name for parameter in others}
    named = [p.name for p in others if re.search(r"(password|passphrase|secret)$", p.name, re.IGNORECASE)]
    assert named == ["MustChangePassword", "MustChangePassword"], "a secret that is not marked as one"


def test_examples_ask_for_secrets() -> None:
    for cmdlet in cmdlets():
        for example in cmdlet.examples:
            assert not _PLAIN.search(example.code), example.code
    shown = {c.name: " ".join(e.code for e in c.examples) for c in cmdlets()}
    for name in {name for name, _ in secrets()}:
        assert "-AsSecureString)" in shown[name], name


def test_examples_of_a_session_can_be_said_in_it() -> None:
    for cmdlet in cmdlets():
        for example in from_cmdlet(cmdlet, lambda invocation: iter(())).examples:
            asked, _, said = example.code.rpartition("Invoke-Command $session { ")
            if not asked:
                assert "Read-Host" not in example.code
                continue
            assert "Read-Host" not in said and "$using:" in said
            variables = {name.lower() for name in re.findall(r"\$using:(\w+)", said)}
            assert variables == {name.lower() for name in re.findall(r"\$(\w+) = Read-Host", asked)}
            parse(re.sub(r"\$using:\w+", "'text'", said.removesuffix(" }")))


@pytest.mark.parametrize("given", [SecureString(_HUSH), _HUSH])
def test_a_secret_reaches_the_server_as_text(shell: Shell, server: FakeConnection, given: Any) -> None:
    assert run(shell, "Set-JAMSPassword", OldPassword=given, NewPassword=given).error_ids == []
    assert run(shell, "New-JAMSCredential", Name="X", Password=given).error_ids == []
    (changed,), (made,) = server.called("change_password"), server.called("create_credential")
    assert changed["body"].old_password == changed["body"].new_password == _HUSH
    assert made["credential"].password == _HUSH


def test_an_empty_secret_takes_away_and_null_leaves(shell: Shell, server: FakeConnection) -> None:
    run(shell, "Set-JAMSCredential", Name="X", Password=SecureString(""))
    run(shell, "Set-JAMSCredential", Name="X", Password=None, Description="y")
    taken, left = server.called("change_credential")
    assert taken["credential"].password == "" and left["credential"].password is None


def test_a_secret_may_stand_in_a_hash_table(shell: Shell, server: FakeConnection) -> None:
    given = {"CredentialName": "X", "Password": SecureString(_HUSH)}
    run(shell, "Set-JAMSCredential", InputObject=given)
    assert server.called("change_credential")[0]["credential"].password == _HUSH


def test_what_is_no_secret_takes_none(shell: Shell, server: FakeConnection) -> None:
    given = {"CredentialName": "X", "Description": SecureString(_HUSH)}
    done = run(shell, "Set-JAMSCredential", InputObject=given)
    assert done.error_ids == ["InvalidArgument,Set-JAMSCredential"]
    assert _HUSH not in str(done.errors[0]) and server.calls == []


@pytest.mark.parametrize("given", [4711, ["4711"], {"a": "4711"}])
def test_what_is_neither_is_refused_and_not_repeated(
    shell: Shell, server: FakeConnection, given: Any
) -> None:
    done = run(shell, "New-JAMSCredential", Name="X", Password=given)
    assert done.error_ids == ["ParameterArgumentTransformationError,New-JAMSCredential"]
    assert done.failure is not None and SECURE_STRING in done.failure.message
    assert "4711" not in repr(done.failure) and server.calls == []


def test_a_secret_that_cannot_be_read_is_an_error_of_its_parameter(shell: Shell) -> None:
    def sealed() -> str:
        raise SessionKeyMissing("no key")

    done = run(shell, "New-JAMSCredential", Name="X", Password=SecureString(sealed))
    assert done.error_ids == ["ParameterArgumentTransformationError,New-JAMSCredential"]
    assert done.failure is not None and "cannot be decrypted" in done.failure.message


def test_secrets_that_are_missing_are_asked_for_unseen(shell: Shell, server: FakeConnection) -> None:
    class Asking(Host):
        def prompt(self, caption: str, message: str, fields: Any) -> Any:
            assert {item.type_name for item in fields} == {SECURE_STRING}
            return {item.name: SecureString(item.name) for item in fields}

    assert run(shell, "Set-JAMSPassword", Asking()).error_ids == []
    body = server.called("change_password")[0]["body"]
    assert (body.old_password, body.new_password) == ("OldPassword", "NewPassword")


def test_clients_are_told_the_type() -> None:
    for cmdlet in cmdlets():
        told = {p.name: p.type_name for p in function(from_cmdlet(cmdlet, lambda _: iter(()))).parameters}
        for parameter in cmdlet.parameters:
            assert not parameter.secret or cmdlet.session or told[parameter.name] == SECURE_STRING


def test_every_secret_of_the_catalogue_has_a_parameter() -> None:
    known = {
        (operation.name, p.target) for c in cmdlets() for operation in c.operations for p in c.parameters
    }
    for operation in CATALOGUE:
        for item in operation.inputs:
            assert not item.secret or operation.session or (operation.name, item.name) in known
    assert {p.role for _, p in secrets()} == {Role.INPUT, Role.MEMBER}
