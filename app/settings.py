"""Everything that can be set, read from `STACKWAY_*` environment variables. The only reader of the environment."""

import ipaddress
import os
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

import orjson
from platformdirs import user_data_path
from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    SecretStr,
    ValidationError,
    model_validator,
)
from pydantic_core import PydanticCustomError

from app.api.field_errors import HOST_PATTERN, field_errors
from app.errors import InvalidInputError

# Any package beside us may ask pydantic to show it all that is read, and that is people's profiles: none does, unless
# whoever runs this says so. Nor does a start look through all that is installed for one that would.
os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")

PREFIX = "STACKWAY_"

BoardName = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]{0,62}$")]


def is_loopback(host: str) -> bool:
    """Whether a name or address, as written without a port, is this machine itself."""
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host.lower() == "localhost"


def is_safe_to_fetch(address: str) -> bool:
    """Whether nobody on the way can change what an address gives: https, or this machine itself."""
    parts = urlsplit(address)
    return bool(parts.hostname) and (
        parts.scheme == "https" or (parts.scheme == "http" and is_loopback(parts.hostname or ""))
    )


def _checked_address(address: str) -> str:
    if not is_safe_to_fetch(address):
        raise PydanticCustomError("unsafe_address", "must be an https address")
    return address


def _checked_network(network: str) -> str:
    try:
        ipaddress.ip_network(network)
    except ValueError:
        raise PydanticCustomError("no_network", "must be a network such as 10.20.0.0/16") from None
    return network


def _from_json(given: object) -> object:
    if not isinstance(given, str):
        return given  # by code
    try:
        return orjson.loads(given)
    except orjson.JSONDecodeError:
        raise PydanticCustomError("no_json", "must be JSON") from None


_Address = Annotated[str, AfterValidator(_checked_address)]
_AsJson = BeforeValidator(_from_json)


class TrustedIssuer(BaseModel):
    """An identity provider whose tokens let people in."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    issuer: _Address  # as its tokens say it, to the letter
    audience: Annotated[str, Field(min_length=1)]
    boards: Annotated[tuple[BoardName, ...], Field(min_length=1)]  # it may speak for these and no other
    jwks_url: _Address | None = None  # None: from the issuer's /.well-known/openid-configuration


class Settings(BaseModel):
    """The settings of one process; frozen, and handed to whatever needs them. The environment has what is not given."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    database_url: SecretStr | None = Field(
        default=None,
        description="PostgreSQL the service uses, as an unprivileged role; without it an embedded one is started",
    )
    database_owner_url: SecretStr | None = Field(
        default=None,
        description="PostgreSQL as the owner of the tables, read by `stackway db upgrade` only; default: database_url",
    )
    eeo_database_url: SecretStr | None = Field(
        default=None,
        description="The same PostgreSQL as the role stackway_eeo, the only one that reaches demographic data; without "
        "it none is taken",
    )
    data_dir: Path = Field(
        default_factory=lambda: user_data_path("stackway", appauthor=False),
        description="Folder that holds the installed snapshots",
    )
    fetch_proxy: str | None = Field(
        default=None, description="Proxy that `stackway data fetch` goes through, such as http://proxy.example:3128"
    )
    embedded_dir: Path | None = Field(
        default=None,
        description="Folder of the embedded PostgreSQL; short and without spaces; default: chosen by app.db.embedded",
    )
    board: BoardName = Field(
        default="demo", description="Board whose records the service keeps in local mode, which has no keys"
    )
    access: Literal["keys", "local"] = Field(
        default="keys",
        description="keys: every request needs an API key; local: none does, on this machine only, which `serve` "
        "chooses where it starts the embedded PostgreSQL",
    )
    requests_per_minute: Annotated[int, Field(ge=1)] = Field(
        default=6000, description="Requests a minute one API key may make of one process"
    )
    oidc_issuers: Annotated[tuple[TrustedIssuer, ...], _AsJson] = Field(
        default=(),
        description="Identity providers whose tokens let people in, as JSON: "
        '[{"issuer": "https://login.example", "audience": "stackway", "boards": ["alamo"]}], with "jwks_url" where '
        "the provider's configuration does not say it; a token of an issuer with several boards names its board",
    )
    oidc_algorithms: Annotated[tuple[Literal["RS256", "PS256", "ES256", "EdDSA"], ...], _AsJson] = Field(
        default=("RS256", "PS256", "ES256", "EdDSA"), description="Algorithms a token may be signed with, as JSON"
    )
    oidc_board_claim: str = Field(default="stackway_board", description="Claim of a token that names the board")
    oidc_scope_claim: str = Field(default="scope", description="Claim of a token that names the scopes")
    host: str = Field(default="127.0.0.1", description="Address to listen on")
    port: Annotated[int, Field(ge=0, le=65535)] = Field(default=8765, description="Port to listen on; 0: any free one")
    workers: Annotated[int, Field(ge=1, le=256)] = Field(default=1, description="Processes that answer requests")
    log_level: Literal["debug", "info", "warning", "error"] = Field(
        default="info", description="Least severe log line to write"
    )
    secret_key: SecretStr | None = Field(
        default=None,
        description="64 hexadecimal digits that all keys of people and of the audit come from, the same for every "
        "process; without it the file secret.key in data_dir is made and used. Lost: nothing kept can be read",
    )
    previous_secret_keys: SecretStr | None = Field(
        default=None,
        description="Secret keys of before, separated by commas, newest first: what was kept under them still opens, "
        "until `stackway db rewrap` has put it under the newest",
    )
    audit_anchor: str | None = Field(
        default=None,
        description="File to which the newest code of the audit is written after each event, or - for standard output; "
        "keep it where nobody who can change the database can; default: audit-anchor.jsonl in data_dir",
    )
    metrics_token: SecretStr | None = Field(
        default=None,
        description="Word that /metrics asks for as `Authorization: Bearer`; without it, it answers this machine only",
    )
    traces_endpoint: Annotated[str, AfterValidator(_checked_address)] | None = Field(
        default=None,
        description="OTLP address that spans are sent to over HTTP, such as https://collector.example/v1/traces; needs "
        "stackway[telemetry]; without it nothing is traced",
    )
    retain_seeker_days: Annotated[int, Field(ge=1)] | None = Field(
        default=None,
        description="Days after which `stackway db expire` erases people who were neither changed nor matched since; "
        "without it they are kept until somebody erases them",
    )
    retain_match_days: Annotated[int, Field(ge=1)] | None = Field(
        default=None,
        description="Days after which `stackway db expire` erases answers to profiles that were sent and not kept",
    )
    retain_list_days: Annotated[int, Field(ge=1)] | None = Field(
        default=None,
        description="Days after which `stackway db expire` erases lists that did not move since, with their answers",
    )
    review_days: Annotated[int, Field(ge=1, le=365)] = Field(
        default=30, description="Days in which a request for review of a plan is to be settled"
    )
    max_requests_at_once: Annotated[int, Field(ge=1)] = Field(
        default=100,
        description="Requests one process answers at once; more are told 503 and when to try again. As many bodies may "
        "be on their way besides, half of them of one board",
    )
    max_streams_at_once: Annotated[int, Field(ge=1)] = Field(
        default=1000, description="Event streams one process keeps open at once, beside the requests"
    )
    max_header_bytes: Annotated[int, Field(ge=1024)] = Field(
        default=32_768, description="Longest request line and headers read, in bytes"
    )
    header_timeout_seconds: Annotated[float, Field(gt=0, le=600)] = Field(
        default=10, description="Longest wait for a request's headers, from when the connection was made"
    )
    max_body_bytes: Annotated[int, Field(ge=1)] = Field(
        default=1_048_576, description="Longest request body read, in bytes"
    )
    body_timeout_seconds: Annotated[float, Field(gt=0, le=600)] = Field(
        default=10, description="Longest wait for a whole request body"
    )
    max_list_bytes: Annotated[int, Field(ge=1)] = Field(
        default=67_108_864, description="Longest list read over HTTP, in bytes; `stackway batch` has no limit"
    )
    max_list_rows: Annotated[int, Field(ge=1, le=10_000_000)] = Field(
        default=100_000, description="Most people on a list read over HTTP"
    )
    list_timeout_seconds: Annotated[float, Field(gt=0, le=3600)] = Field(
        default=120, description="Longest wait for a whole list"
    )
    list_lease_seconds: Annotated[int, Field(ge=1, le=3600)] = Field(
        default=30, description="How long a worker that says nothing keeps the rows it took, before another takes them"
    )
    webhook_hosts: Annotated[tuple[Annotated[str, Field(pattern=HOST_PATTERN)], ...], _AsJson] = Field(
        default=(),
        description='Hosts that webhooks may send to, as JSON: ["intake.example", "hooks.example:8443"]; without any, '
        "webhooks are off. Certificates are checked against those the machine trusts",
    )
    webhook_networks: Annotated[tuple[Annotated[str, AfterValidator(_checked_network)], ...], _AsJson] = Field(
        default=(),
        description='Private networks that those hosts may lie in, as JSON: ["10.20.0.0/16"]; all else that is not '
        "public is refused",
    )
    database_pool_size: Annotated[int, Field(ge=1, le=200)] = Field(
        default=5, description="Database connections a process keeps open"
    )
    database_timeout_seconds: Annotated[int, Field(ge=1, le=600)] = Field(
        default=5, description="Longest wait for a connection, and longest time one statement may take"
    )

    @model_validator(mode="before")
    @classmethod
    def _and_the_environment(cls, given: dict[str, Any]) -> dict[str, Any]:
        said = {name.lower(): value for name, value in os.environ.items()}
        names = {name: f"{PREFIX}{name}".lower() for name in cls.model_fields}
        return {name: said[variable] for name, variable in names.items() if variable in said} | given

    @property
    def listens_on_this_machine_only(self) -> bool:
        """Whether nobody else can reach the address it listens on."""
        return is_loopback(self.host)


def read_settings(**given: Any) -> Settings:  # noqa: ANN401 # checked here
    """The settings of the environment; those given come first.

    Raises:
        InvalidInputError: with every fault found; its pointers are the names of settings.
    """
    try:
        return Settings(**given)
    except ValidationError as error:
        raise InvalidInputError("The settings have faults.", errors=field_errors(error)) from None


def environment(settings: Settings) -> dict[str, str]:
    """The environment of another process that is to have these settings."""
    return {**os.environ, **_variables(settings)}


def publish(settings: Settings) -> None:
    """Put settings into the environment, for worker processes that read theirs from it."""
    os.environ.update(_variables(settings))


def _variables(settings: Settings) -> dict[str, str]:
    given = {name: getattr(settings, name) for name in settings.model_fields_set}
    return {PREFIX + name.upper(): _written(value) for name, value in given.items() if value is not None}


def share_metrics(folder: Path) -> None:
    """Name the folder in which worker processes add up what they count, before they start."""
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = str(folder)


def _written(value: Any) -> str:  # noqa: ANN401 # of any setting
    if isinstance(value, SecretStr):
        return value.get_secret_value()
    if isinstance(value, tuple):
        items = [item.model_dump(mode="json") if isinstance(item, BaseModel) else item for item in value]
        return orjson.dumps(items).decode()
    return str(value)
