"""Cases of stored credentials: made, used, looked at and taken away; their secrets come back nowhere."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from contract_case import Case, Saved, only

SECRET = "c0ntract-s3cret"
CREDENTIAL = {
    "credentialName": "{bare}-cred",
    "description": "The warehouse.",
    "logonUserName": "CORP\\loader",
    "password": SECRET,
    "acl": {"genericACL": [{"identifier": "Administrators", "accessList": ["Inquire", "Change", "Submit"]}]},
}
_JOB = {
    "jobName": "Fetching",
    "parentFolderName": "{room}",
    "methodName": "HTTP",
    "source": "GET https://example.org/",
    "properties": [{"propertyName": "ConnectionCredential", "currentValue": "{bare}-cred"}],
}


def _done(what: str) -> Callable[[Any], bool]:
    return lambda answer: answer.startswith("Credential ") and answer.endswith(f" was {what}.")


def _silent(answer: Any) -> bool:
    """Whether nothing of the secrets is told."""
    return SECRET not in repr(answer) and "PRIVATE KEY" not in repr(answer)


def _shown(**members: Any) -> Callable[[Any], bool]:
    told = only(password=None, keyFileContent=None, keyFilePassword=None, **members)
    return lambda answer: _silent(answer) and told(answer)


CREDENTIAL_CASES = [
    Case("create credential", "create_credential", {"credential": CREDENTIAL}, check=_done("created")),
    Case("credential twice", "create_credential", {"credential": CREDENTIAL}, error="AlreadyExists"),
    Case(
        "readers make no credentials",
        "create_credential",
        {"credential": CREDENTIAL},
        caller="reader",
        error="AccessDenied",
    ),
    Case(
        "credential with a key that is none",
        "create_credential",
        {"credential": {"credentialName": "{bare}-no", "keyFileContent": "no key"}},
        error="InvalidArgument",
    ),
    Case(
        "credential with a passphrase of nothing",
        "create_credential",
        {"credential": {"credentialName": "{bare}-no", "keyFilePassword": "x"}},
        error="InvalidArgument",
    ),
    Case(
        "show credential",
        "get_credential",
        {"name": "{bare}-cred"},
        check=_shown(logonUserName="CORP\\loader", fingerprint=None, keyLength=0, localAccount=True),
        save={"credential": lambda a: a["credentialID"]},
    ),
    Case(
        "list credentials",
        "list_credentials",
        check=lambda a: _silent(a) and any(each["description"] == "The warehouse." for each in a),
    ),
    Case(
        "a closed credential is none",
        "get_credential",
        {"name": "{bare}-cred"},
        caller="reader",
        error="CredentialNotFound",
    ),
    Case(
        "make keys",
        "generate_credential_keys",
        {"key_type": "Ed25519", "name": "{bare}-cred"},
        check=lambda a: (
            _silent(a)
            and a["publicKey"].startswith("ssh-ed25519 ")
            and a["fingerprint"].startswith("SHA256:")
            and a["keyLength"] == 256
        ),
    ),
    Case(
        "keys too short",
        "generate_credential_keys",
        {"key_type": "RSA", "id": Saved("credential"), "key_length": 1024},
        error="InvalidArgument",
    ),
    Case(
        "change credential",
        "change_credential",
        {"id": Saved("credential"), "credential": {"description": "The other."}},
        check=_done("changed"),
    ),
    Case(
        "what the change of a credential left out stayed",
        "get_credential",
        {"id": Saved("credential")},
        check=_shown(description="The other.", keyType="Ed25519", logonUserName="CORP\\loader"),
    ),
    Case(
        "get password",
        "get_credential_password",
        {"id": Saved("credential")},
        check=only(logonUserName="CORP\\loader", password=SECRET),
    ),
    Case(
        "readers get no password",
        "get_credential_password",
        {"name": "{bare}-cred"},
        caller="reader",
        error="AccessDenied",
    ),
    Case("a job that logs on by it", "create_job", {"job": _JOB}),
    Case(
        "what logs on by it",
        "list_credential_references",
        {"name": "{bare}-cred"},
        check=lambda a: [each["referringName"] for each in a] == ["Fetching"],
    ),
    Case("credential in use", "delete_credential", {"name": "{bare}-cred"}, error="InUse"),
    Case(
        "credential in use keeps its name",
        "change_credential",
        {"id": Saved("credential"), "credential": {"credentialName": "{bare}-else"}},
        error="InUse",
    ),
    Case(
        "may get the password",
        "check_permission",
        {"object_type": "Credential", "id": Saved("credential"), "access": "GetPassword"},
        check=lambda a: a is True,
    ),
    Case("the job is gone", "delete_job", {"name": "{room}\\Fetching"}),
    Case(
        "rename credential",
        "change_credential",
        {"id": Saved("credential"), "credential": {"credentialName": "{bare}-else"}},
        check=_done("changed"),
    ),
    Case(
        "the password goes with the name",
        "get_credential_password",
        {"name": "{bare}-else"},
        check=only(password=SECRET),
    ),
    Case("delete credential", "delete_credential", {"id": Saved("credential")}, check=_done("deleted")),
    Case("no credential", "get_credential", {"name": "{bare}-else"}, error="CredentialNotFound"),
    Case("no password of it", "get_credential_password", {"name": "{bare}-x"}, error="CredentialNotFound"),
]
