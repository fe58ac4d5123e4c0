"""Tokens of an identity provider: one kind lets in, and everything a liar could make of it does not."""

import base64
import hashlib
import hmac
import json
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import jwt
import psycopg
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.hashes import SHA256
from fastapi.testclient import TestClient

from app.db.embedded import EmbeddedServer
from app.services.answering import MatchEngine
from app.settings import Settings, TrustedIssuer
from tests.app.conftest import MakeKey, client_of
from tests.app.services.conftest import AUDIENCE, IdentityProvider


@pytest.fixture
def signed_in(
    settings: Settings, engine: MatchEngine, provider: IdentityProvider, make_key: MakeKey
) -> Iterator[TestClient]:
    """A service that trusts the provider to speak for the boards alamo and cameron."""
    make_key("alamo")
    make_key("elsewhere")
    trusted = TrustedIssuer(issuer=provider.issuer, audience=AUDIENCE, boards=("alamo", "cameron"))
    changed = settings.model_copy(update={"access": "keys", "oidc_issuers": (trusted,)})
    with client_of(changed, engine) as client:
        yield client


def _ask(client: TestClient, token: str, path: str = "/v1/me") -> Any:  # noqa: ANN401 # a response
    return client.get(path, headers={"Authorization": f"Bearer {token}"})


@pytest.mark.parametrize(
    ("kid", "algorithm", "claims"),
    [
        ("main", "RS256", {}),
        ("main", "PS256", {}),
        ("curved", "ES256", {}),
        ("main", "RS256", {"aud": ["another", AUDIENCE]}),
        ("main", "RS256", {"scope": ["lookups:read", "matches:write"]}),
        ("main", "RS256", {"exp": timedelta(seconds=-10)}),  # within what clocks may differ
        ("main", "RS256", {"iat": timedelta(seconds=20)}),
    ],
    ids=str,
)
def test_a_token_that_is_right_lets_in_with_its_board_and_scopes(
    signed_in: TestClient, provider: IdentityProvider, kid: str, algorithm: str, claims: dict[str, Any]
) -> None:
    me = _ask(signed_in, provider.token(kid, algorithm, **claims)).json()

    assert me["board"] == "alamo"
    assert me["caller"] == "user:248289761001@127.0.0.1"
    assert me["scopes"] == ["lookups:read", "matches:write"]
    assert me["key_id"] is None


Forge = Callable[[IdentityProvider], str]


def _claims(**changed: object) -> Forge:
    return lambda provider: provider.token(**changed)  # type: ignore[arg-type] # claims, whatever they are


def _headed(**changed: object) -> Forge:
    def forge(provider: IdentityProvider) -> str:
        return jwt.encode(provider.claims(), provider.keys["main"], "RS256", headers={"kid": "main", **changed})

    return forge


def _unsigned(provider: IdentityProvider) -> str:
    return jwt.encode(provider.claims(), None, "none", headers={"kid": "main"})


def _signed_with_the_public_key(provider: IdentityProvider) -> str:
    public = provider.keys["main"].public_key()
    pem = public.public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    head, body = (_part(document) for document in ({"alg": "HS256", "kid": "main"}, provider.claims()))
    mac = hmac.digest(pem, f"{head}.{body}".encode(), hashlib.sha256)
    return f"{head}.{body}.{base64.urlsafe_b64encode(mac).decode().rstrip('=')}"


def _part(document: dict[str, Any]) -> str:
    return base64.urlsafe_b64encode(json.dumps(document).encode()).decode().rstrip("=")


def _by_a_stranger(provider: IdentityProvider) -> str:
    stranger = IdentityProvider(provider.issuer, "stranger")
    stranger.add_key("main")
    return stranger.token()


def _with_a_key_of_its_own(provider: IdentityProvider) -> str:
    stranger = IdentityProvider(provider.issuer, "stranger")
    stranger.add_key("main")
    headers = {"kid": "theirs", "jwk": stranger.published["keys"][0], "jku": "http://127.0.0.1:9/keys"}
    return jwt.encode(provider.claims(), stranger.keys["main"], "RS256", headers=headers)


def _changed_after(provider: IdentityProvider) -> str:
    head, _, signature = provider.token().split(".")
    return f"{head}.{_part(provider.claims(stackway_board='cameron'))}.{signature}"


def _without_signature(provider: IdentityProvider) -> str:
    return provider.token().rpartition(".")[0] + "."


def _signed_raw(**changed: object) -> Forge:
    """Signed as it should be, with claims that the library would not write."""

    def forge(provider: IdentityProvider) -> str:
        parts = f"{_part({'alg': 'RS256', 'kid': 'main'})}.{_part({**provider.claims(), **changed})}"
        signature = provider.keys["main"].sign(parts.encode(), PKCS1v15(), SHA256())
        return f"{parts}.{base64.urlsafe_b64encode(signature).decode().rstrip('=')}"

    return forge


def _renamed_algorithm(provider: IdentityProvider) -> str:
    _, body, signature = provider.token("curved", "ES256").split(".")
    return f"{_part({'alg': 'RS256', 'kid': 'curved'})}.{body}.{signature}"


BAD: dict[str, Forge] = {
    "not signed": _unsigned,
    "signature cut off": _without_signature,
    "signed with the public key as a shared secret": _signed_with_the_public_key,
    "signed by a stranger": _by_a_stranger,
    "with a key of its own": _with_a_key_of_its_own,
    "changed after it was signed": _changed_after,
    "an algorithm not on the list": lambda provider: provider.token(algorithm="RS512"),
    "an algorithm of another kind of key": _renamed_algorithm,
    "no name of a key": lambda p: jwt.encode(p.claims(), p.keys["main"], "RS256"),
    "a key nobody has": _headed(kid="none-of-ours"),
    "a critical extension": _headed(crit=["exp"]),
    "another type": _headed(typ="logout+jwt"),
    "expired": _claims(exp=timedelta(seconds=-60)),
    "no end": _claims(exp=None),
    "an end that is no number": _claims(exp="soon"),
    "an endless end": _signed_raw(exp=float("inf")),
    "not yet begun": _claims(nbf=timedelta(seconds=120)),
    "made in the future": _claims(iat=timedelta(seconds=120)),
    "no beginning": _claims(iat=None),
    "another audience": _claims(aud="another"),
    "no audience": _claims(aud=None),
    "another issuer": _claims(iss="https://login.example"),
    "an issuer that only begins as ours": lambda p: p.token(iss=p.issuer + "/"),
    "no issuer": _claims(iss=None),
    "an issuer that is a list": lambda p: _signed_raw(iss=[p.issuer])(p),
    "no subject": _claims(sub=None),
    "a subject with a line break": _claims(sub="a\nb"),
    "a board the issuer has no word in": _claims(stackway_board="elsewhere"),
    "a board that is not there": _claims(stackway_board="cameron"),
    "a board that is no text": _claims(stackway_board=["alamo"]),
    "no board where there are several": _claims(stackway_board=None),
    "too long": _claims(more="x" * 9000),
    "not base64": lambda _: "a.b.c",
    "no objects": lambda _: f"{base64.urlsafe_b64encode(b'[]').decode()}.W10.W10",
}


@pytest.mark.parametrize("what", BAD)
def test_a_token_is_refused_that_is(
    signed_in: TestClient, provider: IdentityProvider, what: str, capsys: pytest.CaptureFixture[str]
) -> None:
    token = BAD[what](provider)

    refused = _ask(signed_in, token)

    assert refused.status_code == 401, refused.text
    assert refused.headers["www-authenticate"].startswith("Bearer")
    written = capsys.readouterr().err
    assert "token refused" in written
    assert token not in written + refused.text


def test_a_token_without_the_scope_is_told_which(signed_in: TestClient, provider: IdentityProvider) -> None:
    assert _ask(signed_in, provider.token(), "/v1/occupations").status_code == 200
    refused = _ask(signed_in, provider.token(), "/v1/seekers")

    assert refused.status_code == 403
    assert 'scope="seekers:read"' in refused.headers["www-authenticate"]


@pytest.mark.parametrize("scope", [None, 7, "", "admin *", {"lookups:read": True}])
def test_scopes_nobody_named_are_not_given(signed_in: TestClient, provider: IdentityProvider, scope: object) -> None:
    assert _ask(signed_in, provider.token(scope=scope)).json()["scopes"] == []


def test_an_issuer_of_one_board_need_not_name_it(
    settings: Settings, engine: MatchEngine, provider: IdentityProvider, make_key: MakeKey
) -> None:
    make_key("alamo")
    trusted = TrustedIssuer(issuer=provider.issuer, audience=AUDIENCE, boards=("alamo",))
    with client_of(settings.model_copy(update={"oidc_issuers": (trusted,)}), engine) as client:
        assert _ask(client, provider.token(stackway_board=None)).json()["board"] == "alamo"


def test_a_provider_that_is_away_is_said_to_be_so(signed_in: TestClient, provider: IdentityProvider) -> None:
    provider.away = True

    away = _ask(signed_in, provider.token())

    assert away.status_code == 503
    assert away.headers["retry-after"]


def test_what_a_person_does_stands_in_the_audit_under_their_name(
    signed_in: TestClient, provider: IdentityProvider, profile: dict[str, Any], database: EmbeddedServer
) -> None:
    sub = "auth0|" + "x" * 200
    token = {"Authorization": f"Bearer {provider.token(sub=sub, scope='matches:write decisions:write')}"}
    made = signed_in.post("/v1/matches", json=profile, headers=token)
    decision = {"plan": made.json()["plans"][0]["id"], "decision": "accept", "reason": "r", "decided_by": "d"}
    decided = signed_in.post(f"{made.headers['location']}/decisions", json=decision, headers=token)

    assert (made.status_code, decided.status_code) == (201, 201)
    with psycopg.connect(database.owner_url) as connection:
        callers = connection.execute("select caller from audit_events union select caller from decisions").fetchall()
    assert callers == [(f"user:{sub}@127.0.0.1",)]
    limited = signed_in.get("/v1/me", headers=token)
    assert limited.headers["ratelimit-policy"]


def test_what_is_signed_raw_works_where_nothing_is_changed(signed_in: TestClient, provider: IdentityProvider) -> None:
    assert _ask(signed_in, _signed_raw()(provider)).status_code == 200
