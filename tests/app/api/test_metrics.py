"""`/metrics`: who may read it, and that it says nothing of anybody."""

from fastapi.testclient import TestClient
from prometheus_client.parser import text_string_to_metric_families
from pydantic import SecretStr

from app.services.answering import MatchEngine
from app.settings import Settings
from tests.app.conftest import client_of


def test_this_machine_reads_it_in_the_form_prometheus_reads(client: TestClient, engine: MatchEngine) -> None:
    client.get("/v1/occupations/canary-code?q=canary")
    client.get("/canary")
    client.request("CANARY", "/v1/me")

    text = client.get("/metrics").text

    families = {family.name: family for family in text_string_to_metric_families(text)}
    assert families["stackway_info"].samples[0].labels["snapshot"] == engine.snapshot.digest
    assert 'route="/v1/occupations/{code}",status="404"' in text
    assert 'method="other"' in text
    assert "canary" not in text.lower()


def test_others_need_the_token(settings: Settings, engine: MatchEngine) -> None:
    with client_of(settings, engine) as client:
        elsewhere = TestClient(client.app, client=("192.0.2.7", 50000))
        assert elsewhere.get("/metrics").status_code == 401
    with client_of(settings.model_copy(update={"metrics_token": SecretStr("let-me-in")}), engine) as client:
        elsewhere = TestClient(client.app, client=("192.0.2.7", 50000))
        assert elsewhere.get("/metrics", headers={"Authorization": "Bearer let-me-in"}).status_code == 200
        assert elsewhere.get("/metrics", headers={"Authorization": "Bearer let-me-out"}).status_code == 401
        assert client.get("/metrics").status_code == 401


def test_it_needs_no_database(engine: MatchEngine) -> None:
    away = Settings(database_url=SecretStr("postgresql://stackway_app@127.0.0.1:1/none"), database_timeout_seconds=1)
    with client_of(away, engine) as client:
        assert client.get("/metrics").status_code == 200
