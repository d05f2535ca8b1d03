"""Whose token of an issuer holds, asked of a real provider."""

from __future__ import annotations

import base64
import json
import time
from pathlib import Path
from typing import Any

import pytest
from joserfc.jwk import RSAKey
from msgspec.structs import replace

from jams.objects.errors import ConfigurationInvalid, LoginUnavailable, Unauthenticated
from jams.security.outside.openid_keys import IssuerKeys
from jams.security.outside.openid_settings import IssuerSettings, signatures
from jams.security.outside.openid_tokens import Issuer
from tests.support.openid import (
    AUDIENCE,
    CLIENT,
    Provider,
    by_hand,
    key_by,
    needs_provider,
    provider,
    rsa,
    sign_by,
)

pytestmark = [pytest.mark.integration, needs_provider]


@pytest.fixture(scope="module")
def issuer(sso: Provider) -> Issuer:
    return Issuer(sso.settings)


def refused(issuer: Issuer, token: str) -> None:
    with pytest.raises(Unauthenticated) as told:
        issuer.shown(token)
    assert token not in told.value.message


def test_a_program_is_let_in_by_an_access_token(sso: Provider, issuer: Issuer) -> None:
    found = issuer.shown(sso.access_token())
    assert (found.outsider.source, found.outsider.name) == ("openid", "robot")
    assert found.outsider.groups == ("SSO\\Robots",)
    assert found.expires > time.time()


def test_somebody_who_has_logged_in_there_is_let_in_by_his_id_token(sso: Provider, issuer: Issuer) -> None:
    token = sso.id_token("olga")
    for found in (issuer.shown(token), issuer.logged_in(token)):
        assert found.outsider.name == "olga" and found.outsider.external_id == f"{sso.url}#olga"
        assert found.outsider.groups == ("SSO\\Loaders", "SSO\\Night shift")


def test_an_access_token_opens_no_login_of_a_person(sso: Provider, issuer: Issuer) -> None:
    with pytest.raises(Unauthenticated):
        issuer.logged_in(sso.access_token())
    with pytest.raises(Unauthenticated):
        issuer.logged_in(sso.signed(aud=CLIENT, header={"typ": "at+jwt"}))


def test_a_token_of_whom_nothing_tells_the_name_is_refused(sso: Provider, issuer: Issuer) -> None:
    refused(issuer, sso.id_token("nameless"))


def test_a_token_for_another_program_is_refused(sso: Provider, issuer: Issuer) -> None:
    refused(issuer, sso.access_token("https://other.example.com"))


def test_groups_lead_to_groups_of_jams(sso: Provider) -> None:
    mapped = replace(sso.settings, domain="", mapped={"night shift": "Operators"})
    assert Issuer(mapped).shown(sso.id_token("olga")).outsider.groups == ("Operators",)


def test_a_token_holds_until_it_runs_out(sso: Provider) -> None:
    now = [time.time()]
    issuer = Issuer(sso.settings, clock=lambda: now[0])
    token = sso.access_token()
    until = issuer.shown(token).expires
    now[0] = until - 1
    issuer.shown(token)
    now[0] = until
    refused(issuer, token)


LONG_AGO, FAR_AHEAD = 1_000_000_000, 4_000_000_000
UNFIT: list[dict[str, Any]] = [
    {"iss": "https://other.example.com"},
    {"iss": None},
    {"aud": "https://other.example.com"},
    {"aud": None},
    {"aud": []},
    {"aud": {"https://jams.example.com": 1}},
    {"aud": ["https://other.example.com", CLIENT], "azp": "other"},
    {"exp": LONG_AGO},
    {"exp": None},
    {"exp": "tomorrow"},
    {"exp": True},
    {"exp": float("nan")},
    {"nbf": FAR_AHEAD},
    {"iat": FAR_AHEAD},
    {"sub": None},
    {"sub": ""},
    {"sub": 7},
    {"sub": "x" * 256},
    {"preferred_username": None},
    {"preferred_username": ["olga"]},
    {"groups": {"Loaders": True}},
    {"groups": [7]},
    {"groups": ["g"] * 2001},
]


@pytest.mark.parametrize("claims", UNFIT, ids=lambda claims: json.dumps(claims)[:40])
def test_a_token_that_the_issuer_has_signed_is_refused_for_what_it_says(
    sso: Provider, issuer: Issuer, claims: dict[str, Any]
) -> None:
    issuer.shown(sso.signed())
    refused(issuer, sso.signed(**claims))


def test_any_of_several_audiences_will_do(sso: Provider, issuer: Issuer) -> None:
    issuer.shown(sso.signed(aud=["https://other.example.com", AUDIENCE]))
    issuer.shown(sso.signed(aud=["https://other.example.com", CLIENT], azp=CLIENT))


def test_a_signature_by_a_key_of_somebody_else_is_refused(sso: Provider, issuer: Issuer) -> None:
    first = sso.keys[0]
    refused(issuer, sso.signed(rsa("foreign")))
    assert isinstance(first, RSAKey)
    refused(issuer, sso.signed(rsa(str(first.kid))))


def test_a_signature_keyed_by_the_public_key_is_refused(sso: Provider, issuer: Issuer) -> None:
    key = sso.keys[0]
    assert isinstance(key, RSAKey)
    for secret in (key.as_pem(private=False), key.as_pem(private=False).strip(), key.as_der(private=False)):
        for algorithm in ("HS256", "RS256"):
            refused(issuer, by_hand({"alg": algorithm, "kid": "first"}, sso.signed(), key_by(secret)))


def test_a_token_without_a_signature_is_refused(sso: Provider, issuer: Issuer) -> None:
    def part(value: dict[str, Any]) -> str:
        return base64.urlsafe_b64encode(json.dumps(value).encode()).rstrip(b"=").decode()

    body = sso.signed().split(".")[1]
    for algorithm in ("none", "None", "NONE", None, 7, ["RS256"]):
        head = part({"alg": algorithm, "kid": "first"})
        for token in (f"{head}.{body}.", f"{head}.{body}", f"{head}.{body}.AAAA"):
            refused(issuer, token)


def test_a_signature_that_the_settings_do_not_name_is_refused(sso: Provider, issuer: Issuer) -> None:
    curve = sso.signed(sso.keys[1])
    issuer.shown(curve)
    refused(Issuer(replace(sso.settings, algorithms=("RS256",))), curve)
    for listed in ("HS256", "none", "RS256, HS512", "", "rs256"):
        with pytest.raises(ValueError, match="secret"):
            signatures(listed)


def test_what_the_head_brings_along_is_no_key(sso: Provider, issuer: Issuer) -> None:
    own = rsa("own")
    refused(issuer, sso.signed(own, {"jwk": own.as_dict(private=False)}))
    refused(issuer, sso.signed(own, {"jku": "https://attacker.example.com/keys", "kid": "first"}))
    first = {"alg": "RS256", "kid": "first"}
    issuer.shown(by_hand(first, sso.signed(), sign_by(sso.keys[0])))
    refused(issuer, by_hand({**first, "crit": ["exp"]}, sso.signed(), sign_by(sso.keys[0])))
    refused(issuer, sso.signed(header={"typ": "logout+jwt"}))


def test_a_token_that_was_changed_or_is_none_is_refused(sso: Provider, issuer: Issuer) -> None:
    head, body, signature = sso.signed().split(".")
    other = sso.signed(sub="boss").split(".")[1]
    for token in (
        f"{head}.{other}.{signature}",
        f"{head}.{body}.{signature[:-4]}AAAA",
        f"{head}.{body}",
        "eyJ.eyJ.x",
        "a.b.c",
        "eyJ" + "a" * 20_000 + ".a.a",
    ):
        refused(issuer, token)


def test_a_new_key_is_found_and_a_withdrawn_one_forgotten(tmp_path: Path) -> None:
    now = [1000.0]
    with provider(tmp_path) as own:
        first, second = own.keys[0], rsa("second")
        issuer = Issuer(own.settings, IssuerKeys(own.settings, clock=lambda: now[0]))
        old = own.access_token()
        issuer.shown(old)
        own.stop()
        own.keys = [second, first]
        own.start()
        new = own.access_token()
        refused(issuer, new)  # a stranger's tokens would be asked for as often as this one
        now[0] += 30
        issuer.shown(new)
        issuer.shown(old)
        own.stop()
        own.keys = [second]
        own.start()
        now[0] += 600
        refused(issuer, old)
        issuer.shown(new)


def test_strangers_do_not_make_the_issuer_be_asked(sso: Provider) -> None:
    now, asked = [1000.0], [0]

    class Counted(IssuerKeys):
        def _fetch(self) -> Any:
            asked[0] += 1
            return super()._fetch()

    issuer = Issuer(sso.settings, Counted(sso.settings, clock=lambda: now[0]))
    for number in range(20):
        refused(issuer, sso.signed(header={"kid": f"made up {number}"}))
    assert asked[0] == 1


def test_an_issuer_that_is_away_is_no_refusal_and_known_keys_go_on(tmp_path: Path) -> None:
    now = [1000.0]
    with provider(tmp_path) as own:
        token = own.access_token()
        known = Issuer(own.settings, IssuerKeys(own.settings, clock=lambda: now[0]))
        known.shown(token)
        own.stop()
        now[0] += 3600
        known.shown(token)
        with pytest.raises(LoginUnavailable, match="not available"):
            Issuer(own.settings).shown(token)
        now[0] += 24 * 3600
        with pytest.raises(LoginUnavailable):
            known.shown(token)


def test_an_issuer_that_cannot_be_used_says_why(sso: Provider, tmp_path: Path) -> None:
    def asked(**others: Any) -> None:
        Issuer(replace(sso.settings, **others)).ask()

    asked()
    with pytest.raises(ConfigurationInvalid, match="calls itself"):
        asked(issuer=f"{sso.url}/")
    with pytest.raises(LoginUnavailable, match="certificate"):
        asked(authority=None)
    with pytest.raises(ConfigurationInvalid, match="404"):
        asked(issuer=f"{sso.url}/nothing")


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        (IssuerSettings(issuer="http://sso.example.com", client="jams"), "https"),
        (IssuerSettings(issuer="https://sso.example.com", client=""), "for whom"),
        (IssuerSettings(issuer="https://sso.example.com", client="jams", name_claim=""), "NameClaim"),
        (IssuerSettings(issuer="https://sso.example.com", client="jams", algorithms=()), "Algorithms"),
    ],
)
def test_settings_that_would_let_in_too_many_are_refused(settings: IssuerSettings, told: str) -> None:
    with pytest.raises(ConfigurationInvalid, match=told):
        Issuer(settings)
