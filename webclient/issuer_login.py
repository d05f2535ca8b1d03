"""Logging in by the issuer of OpenID Connect that a server names: in a browser, or with another device.

The person logs in there and nowhere else. What comes back is bound to what was asked by a state, a nonce and
a code verifier, each of them random and used once (OpenID Connect Core 3.1, RFC 7636, RFC 8252, RFC 8628).
"""

from __future__ import annotations

import base64
import json
import os
import sys
import time
import warnings
import webbrowser
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.parse import parse_qs, urlsplit

from .client_errors import ClientError, UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_DEVICE = "urn:ietf:params:oauth:grant-type:device_code"
_BACK = "/callback"
_WAIT = 300.0
"""Seconds for which somebody may take his time in the browser."""

_LONGEST_POLL = 60.0
_DONE = "You are logged in. This window can be closed.\n"
_ELSE = "This is not the end of a login.\n"


def id_token(told: dict[str, Any], *, device: bool, ca_file: str | None, timeout: float) -> str:
    """The ID token of whoever logs in at the issuer now.

    Args:
        told: what the server says of single sign-on: issuer, clientID, scopes and addresses.
        device: whether a code is shown that is typed in on another device, in place of a browser on this one.
        ca_file: file of certificates that vouch for the issuer; None: those of the system.
        timeout: seconds that an answer of the issuer may take.

    Raises:
        ClientError: nobody has logged in, or what came back does not belong to what was asked.
        UsageError: the issuer gives no codes for other devices, or openjams[openid] is not installed.
    """
    for name in ("authorizationEndpoint", "tokenEndpoint", "deviceAuthorizationEndpoint"):
        if told.get(name) and not _secret(told[name]):
            raise _failed(f"the {name} that the server names is not reached by https")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        try:
            from authlib.integrations.requests_client import OAuth2Session
        except ImportError:
            raise UsageError('--sso needs the extra openid: pip install "openjams[openid]"') from None
    session = OAuth2Session(
        told["clientID"],
        scope=" ".join(told["scopes"]),
        code_challenge_method="S256",
        token_endpoint_auth_method="none",
    )
    request = {"verify": ca_file or True, "timeout": timeout}
    try:
        if device:
            return _by_device(session, told, request)
        return _by_browser(session, told, request)
    finally:
        session.close()


def _by_browser(session: Any, told: dict[str, Any], request: dict[str, Any]) -> str:
    from authlib.common.security import generate_token

    if not (told.get("authorizationEndpoint") and told.get("tokenEndpoint")):
        raise _failed("the issuer lets nobody log in by a browser")
    nonce, verifier = generate_token(32), generate_token(64)
    with _Callback(("127.0.0.1", 0), _Answer) as back:
        back.timeout = 1.0
        session.redirect_uri = f"http://127.0.0.1:{back.server_port}{_BACK}"
        address, back.state = session.create_authorization_url(
            told["authorizationEndpoint"], nonce=nonce, code_verifier=verifier
        )
        _tell(f"Log in here: {address}")
        if sys.stderr.isatty() and not os.environ.get("JAMS_NO_BROWSER"):
            webbrowser.open(address)
        until = time.monotonic() + _WAIT
        while back.query is None:
            if time.monotonic() > until:
                raise _failed(f"nobody has logged in within {_WAIT:.0f} seconds")
            back.handle_request()
        told_back = parse_qs(back.query)
        if "code" not in told_back:
            raise _failed(f"the issuer refuses: {told_back.get('error', ['no code'])[0][:200]}")
        answer = f"{session.redirect_uri}?{back.query}"
    try:
        given = session.fetch_token(
            told["tokenEndpoint"],
            authorization_response=answer,
            code_verifier=verifier,
            state=back.state,
            **request,
        )
    except Exception as error:
        raise _failed(_reason(error)) from error
    return _checked(given, told, nonce)


def _by_device(session: Any, told: dict[str, Any], request: dict[str, Any]) -> str:
    if not told.get("deviceAuthorizationEndpoint"):
        raise UsageError("the issuer gives no codes for other devices: leave --device out")
    asked = {"client_id": told["clientID"], "scope": " ".join(told["scopes"])}
    try:
        answer = session.request(
            "POST", told["deviceAuthorizationEndpoint"], data=asked, withhold_token=True, **request
        )
        code = answer.json()
        device, shown, where = code["device_code"], code["user_code"], code["verification_uri"]
    except Exception as error:
        raise _failed(_reason(error)) from error
    _tell(f"Go to {where} with any device, and give the code {shown}")
    pause = min(float(code.get("interval") or 5), _LONGEST_POLL)
    until = time.monotonic() + min(float(code.get("expires_in") or _WAIT), 1800.0)
    while time.monotonic() < until:
        time.sleep(pause)
        try:
            given = session.fetch_token(
                told["tokenEndpoint"],
                grant_type=_DEVICE,
                device_code=device,
                **request,
            )
        except Exception as error:
            waits = getattr(error, "error", "")
            if waits not in ("authorization_pending", "slow_down"):
                raise _failed(_reason(error)) from error
            pause = min(pause + 5.0, _LONGEST_POLL) if waits == "slow_down" else pause
            continue
        return _checked(given, told, None)
    raise _failed("nobody has given the code in time")


class _Callback(HTTPServer):
    """Waits on this machine alone for the browser to come back with what belongs to the login."""

    state = ""
    query: str | None = None


class _Answer(BaseHTTPRequestHandler):
    timeout = 10

    def do_GET(self) -> None:
        assert isinstance(self.server, _Callback)
        parts = urlsplit(self.path)
        # Whoever else finds the port has no state: he neither ends the login nor slips in a code of his own.
        ours = parts.path == _BACK and parse_qs(parts.query).get("state") == [self.server.state]
        if ours:
            self.server.query = parts.query
        body = (_DONE if ours else _ELSE).encode()
        self.send_response(200 if ours else 404)
        self.send_header("Content-Type", "text/plain; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        """Tell nobody: what was asked for holds the code."""


def _checked(given: Any, told: dict[str, Any], nonce: str | None) -> str:
    """The ID token, if it answers what was asked; whether its signature holds is for the server to find out.

    It came from the issuer itself, over TLS (OpenID Connect Core 3.1.3.7, point 6).
    """
    token = given.get("id_token")
    if not isinstance(token, str):
        raise _failed("the issuer has given no ID token: OpenId:Scopes holds openid")
    try:
        body = token.split(".")[1]
        claims = json.loads(base64.urlsafe_b64decode(body + "=" * (-len(body) % 4)))
        issuer, whose, own = claims.get("iss"), claims.get("aud"), claims.get("nonce")
    except (ValueError, IndexError, AttributeError):
        raise _failed("the issuer has given an ID token that cannot be read") from None
    if issuer != told["issuer"] or told["clientID"] not in (whose if isinstance(whose, list) else [whose]):
        raise _failed("the ID token is of another issuer, or for another client")
    if nonce is not None and own != nonce:
        raise _failed("the ID token is not of this login: its nonce is another one")
    return token


def _secret(address: str) -> bool:
    parts = urlsplit(str(address))
    return parts.scheme == "https" or parts.hostname in ("localhost", "127.0.0.1", "::1")


def _reason(error: Exception) -> str:
    """What went wrong; of the issuer's own words those that RFC 6749 has for it."""
    described = getattr(error, "description", None) or getattr(error, "error", None)
    return f"the issuer refuses: {described}" if described else f"{type(error).__name__}: {error}"


def _failed(reason: str) -> ClientError:
    return ClientError(
        f"the login by the issuer came to nothing: {reason}", kind="Unauthenticated", code="SingleSignOn"
    )


def _tell(text: str) -> None:
    print(text, file=sys.stderr, flush=True)
