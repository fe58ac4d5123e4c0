"""Settings come from the environment and nowhere else."""

from pathlib import Path

import pytest
from pydantic import SecretStr, ValidationError

from app.errors import InvalidInputError
from app.settings import Settings, publish, read_settings

FIELDS = Settings.model_fields


@pytest.fixture(autouse=True)
def _clean(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in FIELDS:
        monkeypatch.delenv(f"STACKWAY_{name.upper()}", raising=False)


@pytest.mark.parametrize("name", FIELDS)
def test_every_setting_says_what_it_is(name: str) -> None:
    assert FIELDS[name].description


def test_the_environment_sets_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STACKWAY_PORT", "9000")
    monkeypatch.setenv("STACKWAY_DATA_DIR", "/srv/data")

    settings = Settings()

    assert (settings.port, settings.data_dir) == (9000, Path("/srv/data"))


def test_they_cannot_be_changed() -> None:
    with pytest.raises(ValidationError):
        Settings().port = 1


def test_a_password_is_not_shown() -> None:
    settings = Settings(database_url=SecretStr("postgresql://u:canary@h/d"))

    assert "canary" not in repr(settings)


def test_what_is_published_is_what_a_worker_reads(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("PORT", "DATABASE_URL", "LOG_LEVEL"):
        monkeypatch.setenv(f"STACKWAY_{name}", "")  # so that the test's environment is put back as it was
        monkeypatch.delenv(f"STACKWAY_{name}")
    settings = Settings(port=9000, database_url=SecretStr("postgresql://u:p@h/d"), log_level="error")

    publish(settings)

    assert Settings() == settings


ISSUER = '[{"issuer": "https://login.example", "audience": "stackway", "boards": ["alamo"]}]'


def test_issuers_are_read_from_json_and_reach_a_worker(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STACKWAY_OIDC_ISSUERS", ISSUER)
    settings = read_settings()
    monkeypatch.delenv("STACKWAY_OIDC_ISSUERS")

    publish(settings)

    assert Settings().oidc_issuers == settings.oidc_issuers
    assert settings.oidc_issuers[0].boards == ("alamo",)


@pytest.mark.parametrize(
    "value",
    [
        "[",
        ISSUER.replace("https", "http"),
        ISSUER.replace("https://login.example", "login"),
        ISSUER.replace('["alamo"]', "[]"),
        ISSUER.replace("alamo", "A board"),
        ISSUER.replace('"audience"', '"for_whom"'),
    ],
)
def test_issuers_that_cannot_be_trusted_are_refused_with_the_name_of_the_setting(
    monkeypatch: pytest.MonkeyPatch, value: str
) -> None:
    monkeypatch.setenv("STACKWAY_OIDC_ISSUERS", value)

    with pytest.raises(InvalidInputError) as caught:
        read_settings()

    assert caught.value.errors[0].pointer.startswith("/oidc_issuers")


@pytest.mark.parametrize("algorithm", ["none", "HS256", "RS384"])
def test_no_other_algorithm_can_be_allowed(monkeypatch: pytest.MonkeyPatch, algorithm: str) -> None:
    monkeypatch.setenv("STACKWAY_OIDC_ALGORITHMS", f'["{algorithm}"]')

    with pytest.raises(InvalidInputError):
        read_settings()


def test_every_fault_is_named_at_once_and_no_value(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STACKWAY_WEBHOOK_HOSTS", "canary")
    monkeypatch.setenv("STACKWAY_PORT", "canary")

    with pytest.raises(InvalidInputError) as caught:
        read_settings()

    assert {error.pointer: error.message for error in caught.value.errors} == {
        "/webhook_hosts": "is not valid JSON",
        "/port": "is text, must be a whole number",
    }


def test_what_is_given_stands_before_the_environment_and_names_are_read_in_any_case(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("STACKWAY_PORT", "9000")
    monkeypatch.setenv("stackway_board", "alamo")

    settings = Settings(port=9001)

    assert (settings.port, settings.board) == (9001, "alamo")
    assert settings.model_fields_set == {"port", "board"}
