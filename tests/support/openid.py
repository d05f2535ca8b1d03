"""A real OpenID provider of its own: node runs it, with keys that the test makes, and so can sign by too."""

from __future__ import annotations

import base64
import hmac
import json
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import requests
from authlib.common.security import generate_token
from authlib.integrations.requests_client import OAuth2Session
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding
from joserfc import jwt
from joserfc.jwk import ECKey, Key, RSAKey

from jams.security.certificates import make_certificate
from jams.security.outside.openid_settings import IssuerSettings
from tests.support.running import free_port

_NODE = Path(__file__).resolve().parents[1] / "integration" / "node"
needs_provider = pytest.mark.skipif(
    not (_NODE / "node_modules" / "oidc-provider").is_dir(),
    reason="needs oidc-provider: npm install --prefix tests/integration/node",
)

CLIENT = "jamswebclient"
AUDIENCE = "https://jams.example.com"
ROBOT = ("robot", "a secret of a robot")


def rsa(name: str) -> RSAKey:
    """A key that signs by RS256."""
    return RSAKey.generate_key(2048, {"kid": name, "use": "sig", "alg": "RS256"})


class Provider:
    """A provider that runs.

    Attributes:
        url: its address, by which it calls itself.
        authority: the file of the certificate that vouches for it.
        keys: by which it signs; the first is the one it uses.
    """

    def __init__(self, folder: Path, keys: list[Key]) -> None:
        self._port = free_port()
        self._tls = make_certificate(folder, [], days=2)
        self._process: subprocess.Popen[str] | None = None
        self.url = f"https://localhost:{self._port}"
        self.authority = str(self._tls.certificate)
        self.keys = keys

    @property
    def settings(self) -> IssuerSettings:
        """How JAMS is told of it."""
        return IssuerSettings(
            issuer=self.url,
            client=CLIENT,
            audiences=(AUDIENCE,),
            domain="SSO",
            authority=self.authority,
        )

    def start(self, **options: Any) -> None:
        """Start it, and wait until it answers."""
        assert self._process is None
        given = {
            "port": self._port,
            "certificate": str(self._tls.certificate),
            "key": str(self._tls.key),
            "jwks": {"keys": [key.as_dict(private=True) for key in self.keys]},
            **options,
        }
        self._process = subprocess.Popen(
            ["node", "provider.mjs", json.dumps(given)], cwd=_NODE, stdout=subprocess.PIPE, text=True
        )
        assert self._process.stdout is not None
        assert self._process.stdout.readline() == "ready\n"

    def stop(self) -> None:
        """End it, as if its machine had gone away."""
        if self._process is not None:
            self._process.kill()
            self._process.wait(20)
            assert self._process.stdout is not None
            self._process.stdout.close()
            self._process = None

    def access_token(self, audience: str = AUDIENCE) -> str:
        """An access token that the provider gives to a program."""
        given = {"grant_type": "client_credentials", "resource": audience, "scope": "run"}
        answer = requests.post(f"{self.url}/token", data=given, auth=ROBOT, verify=self.authority, timeout=30)
        return str(answer.json()["access_token"])

    def id_token(self, person: str = "olga") -> str:
        """The ID token that the provider gives when somebody has logged in by JAMSWebClient."""
        back, verifier = "http://127.0.0.1/callback", generate_token(48)
        with OAuth2Session(
            CLIENT,
            scope="openid profile groups",
            redirect_uri=back,
            code_challenge_method="S256",
            token_endpoint_auth_method="none",
        ) as session:
            address, _ = session.create_authorization_url(
                f"{self.url}/auth", code_verifier=verifier, login_hint=person, nonce=generate_token(20)
            )
            landed = browse(address, self.authority)
            token = session.fetch_token(
                f"{self.url}/token",
                authorization_response=landed,
                code_verifier=verifier,
                verify=self.authority,
            )
        return str(token["id_token"])

    def signed(self, key: Key | None = None, header: dict[str, Any] | None = None, **claims: Any) -> str:
        """A token as the provider would give it, but for what is said here; None leaves a claim out."""
        now = int(time.time())
        standing = {
            "iss": self.url,
            "sub": "olga",
            "aud": AUDIENCE,
            "exp": now + 600,
            "iat": now,
            "preferred_username": "olga",
            **claims,
        }
        key = key or self.keys[0]
        algorithm = {"EC": "ES256", "RSA": "RS256"}[key.key_type]
        return jwt.encode(
            {"alg": algorithm, "kid": key.kid, **(header or {})},
            {name: value for name, value in standing.items() if value is not None},
            key,
            algorithms=[algorithm],
        )


def browse(address: str, authority: str) -> str:
    """Go where a browser would go from an address, up to where it leaves for JAMSWebClient; that address."""
    with requests.Session() as browser:
        for _ in range(10):
            answer = browser.get(address, allow_redirects=False, verify=authority, timeout=30)
            assert answer.is_redirect, answer.text
            address = requests.compat.urljoin(address, answer.headers["Location"])
            if address.startswith("http://127.0.0.1"):
                return address
    raise AssertionError(f"the provider leads nowhere: {address}")


@contextmanager
def provider(folder: Path) -> Iterator[Provider]:
    """A provider for the time of a ``with`` block."""
    made = Provider(folder, [rsa("first"), ECKey.generate_key("P-256", {"kid": "curve", "use": "sig"})])
    try:
        made.start()
        yield made
    finally:
        made.stop()


@pytest.fixture(scope="module")
def sso(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Provider]:
    """A provider for the tests of a file."""
    with provider(tmp_path_factory.mktemp("provider")) as made:
        yield made


def by_hand(head: dict[str, Any], like: str, sign: Callable[[bytes], bytes]) -> str:
    """A token that says what another does, under a head that no library would write."""
    told = (
        base64.urlsafe_b64encode(json.dumps(head).encode()).rstrip(b"=") + b"." + like.split(".")[1].encode()
    )
    return (told + b"." + base64.urlsafe_b64encode(sign(told)).rstrip(b"=")).decode()


def sign_by(key: Key) -> Callable[[bytes], bytes]:
    """What signs by RS256 with a key."""
    assert isinstance(key, RSAKey)
    private = key.private_key
    assert private is not None
    return lambda told: private.sign(told, padding.PKCS1v15(), hashes.SHA256())


def key_by(secret: bytes) -> Callable[[bytes], bytes]:
    """What signs by HS256 with a secret."""
    return lambda told: hmac.digest(secret, told, "sha256")
