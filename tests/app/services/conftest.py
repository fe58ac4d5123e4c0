"""An identity provider on this machine: it serves its keys over HTTP and signs whatever it is asked to.

And the webhooks of two boards.
"""

import json
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import jwt
import psycopg
import pytest
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key as generate_rsa_key
from jwt.algorithms import ECAlgorithm, RSAAlgorithm
from pydantic import SecretStr

from app.db.embedded import EmbeddedServer
from app.db.session import Database
from app.services.audit import open_anchor
from app.services.ledger import Ledger
from app.services.vault import open_vault
from app.services.webhooks import Webhooks
from app.settings import Settings
from tests.app.services.telling import HOST

AUDIENCE = "stackway"


@cache
def _rsa_key(_name: str, bits: int) -> Any:  # noqa: ANN401 # the library's own type
    """A key, made once for all tests, since each takes a tenth of a second."""
    return generate_rsa_key(65537, bits)


@dataclass(slots=True)
class IdentityProvider:
    """Its keys by name, what it publishes of them, and how often that was asked for."""

    issuer: str
    owner: str = "provider"
    keys: dict[str, Any] = field(default_factory=dict)
    published: dict[str, Any] = field(default_factory=lambda: {"keys": []})
    fetches: int = 0
    away: bool = False

    def add_key(self, kid: str, *, curve: bool = False, **described: object) -> None:
        """Make a key and publish its public half."""
        if curve:
            key: Any = generate_private_key(SECP256R1())
            public = ECAlgorithm.to_jwk(key.public_key(), as_dict=True)
        else:
            key = _rsa_key(f"{self.owner} {kid}", int(str(described.pop("bits", 2048))))
            public = RSAAlgorithm.to_jwk(key.public_key(), as_dict=True)
        self.keys[kid] = key
        self.published["keys"].append({**public, "kid": kid, "use": "sig", **described})

    def claims(self, **other: object) -> dict[str, Any]:
        """Claims of a token that works, but for the changes; None leaves one out, a timedelta is a time from now."""
        now = int(time.time())
        other = {name: now + int(v.total_seconds()) if isinstance(v, timedelta) else v for name, v in other.items()}
        claims = {
            "iss": self.issuer,
            "aud": AUDIENCE,
            "sub": "248289761001",
            "iat": now,
            "exp": now + 300,
            "stackway_board": "alamo",
            "scope": "lookups:read matches:write openid",
            **other,
        }
        return {name: value for name, value in claims.items() if value is not None}

    def token(self, kid: str = "main", algorithm: str = "RS256", **claims: object) -> str:
        """A token signed with the key of this name."""
        return jwt.encode(self.claims(**claims), self.keys[kid], algorithm, headers={"kid": kid})


@pytest.fixture
def provider() -> Iterator[IdentityProvider]:
    """A provider with one RSA key, `main`, and one on a curve, `curved`."""

    class Answers(BaseHTTPRequestHandler):
        def do_GET(self) -> None:  # the library's name
            provider.fetches += 1
            configuration = {"issuer": provider.issuer, "jwks_uri": f"{provider.issuer}/keys"}
            found = {"/keys": provider.published, "/.well-known/openid-configuration": configuration}.get(self.path)
            self.send_response(500 if provider.away else 200 if found else 404)
            self.end_headers()
            self.wfile.write(json.dumps(found).encode())

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Answers) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        provider = IdentityProvider(f"http://127.0.0.1:{server.server_address[1]}")
        provider.add_key("main")
        provider.add_key("curved", curve=True)
        yield provider
        server.shutdown()


@pytest.fixture
def ledger(database: EmbeddedServer, data_dir: Path) -> Iterator[Ledger]:
    with psycopg.connect(database.owner_url) as connection:
        connection.execute("insert into boards (slug, name) values ('alamo', 'alamo'), ('cameron', 'cameron')")
    settings = Settings(database_url=SecretStr(database.url), data_dir=data_dir)
    with closing(Database(database.url, settings)) as pool:
        yield Ledger(pool, open_vault(settings), open_anchor(settings))


@pytest.fixture
def webhooks(ledger: Ledger) -> Webhooks:
    return Webhooks(ledger, (HOST,))
