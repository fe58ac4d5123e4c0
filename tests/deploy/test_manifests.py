"""The manifests: nothing in them runs with more rights than it needs, and every setting they name is one."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from app.settings import Settings

DEPLOY = Path(__file__).parents[2] / "deploy"
COMPOSE: dict[str, Any] = yaml.safe_load((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))
OBJECTS: list[dict[str, Any]] = list(
    yaml.safe_load_all((DEPLOY / "kubernetes/stackway.yaml").read_text(encoding="utf-8"))
)


def _pods() -> Iterator[Any]:
    for found in OBJECTS:
        spec = found.get("spec", {})
        template = spec.get("jobTemplate", {}).get("spec", spec).get("template")
        if template is not None:
            yield pytest.param(template["spec"], id=found["metadata"]["name"])


@pytest.mark.parametrize("pod", list(_pods()))
def test_a_pod_runs_without_rights_and_within_limits(pod: dict[str, Any]) -> None:
    assert pod["securityContext"]["runAsNonRoot"] is True
    assert pod["securityContext"]["seccompProfile"] == {"type": "RuntimeDefault"}
    assert pod["automountServiceAccountToken"] is False
    for container in pod["containers"]:
        rights = container["securityContext"]
        assert rights["allowPrivilegeEscalation"] is False
        assert rights["readOnlyRootFilesystem"] is True
        assert rights["capabilities"] == {"drop": ["ALL"]}
        assert container["resources"]["limits"]["memory"]
        assert container["resources"]["requests"]["cpu"]


def test_the_service_is_watched_and_ends_in_peace() -> None:
    pod = next(o["spec"]["template"]["spec"] for o in OBJECTS if o["kind"] == "Deployment")
    (container,) = pod["containers"]

    assert container["livenessProbe"]["httpGet"]["path"] == "/livez"
    assert container["readinessProbe"]["httpGet"]["path"] == "/readyz"
    assert pod["terminationGracePeriodSeconds"] > 20 + 5  # what serve waits, and what it is warned before


def test_the_service_never_has_the_owners_word() -> None:
    pods = [o["spec"]["template"]["spec"] for o in OBJECTS if o["kind"] == "Deployment"]

    assert len(pods) == 2
    assert "owner" not in str(pods)
    assert "owner" not in str([COMPOSE["services"][name] for name in ("service", "worker")])


def test_no_secret_stands_in_a_manifest_and_every_setting_is_one() -> None:
    words = "".join(path.read_text(encoding="utf-8") for path in DEPLOY.rglob("*") if path.is_file())
    named = set(re.findall(r"STACKWAY_([A-Z_]*[A-Z])\b", words)) - {"RETAIN"}

    assert {name.lower() for name in named} <= set(Settings.model_fields)
    assert not re.search(r"://\w+:[^$@\s\"]+@", words)


def test_compose_services_of_ours_have_no_rights_and_a_closed_file_system() -> None:
    for name in ("migrate", "service", "worker"):
        service = COMPOSE["services"][name]
        assert (service["read_only"], service["cap_drop"]) == (True, ["ALL"])
    assert COMPOSE["services"]["service"]["ports"] == ["127.0.0.1:8000:8000"]


def test_whoever_takes_addresses_of_webhooks_and_whoever_sends_to_them_have_the_same_settings() -> None:
    composed = [COMPOSE["services"][name]["environment"] for name in ("service", "worker")]
    pods = [o["spec"]["template"]["spec"]["containers"][0]["env"] for o in OBJECTS if o["kind"] == "Deployment"]
    held = {o["metadata"]["name"]: o["data"] for o in OBJECTS if o["kind"] == "ConfigMap"}

    for name in ("webhook_hosts", "webhook_networks"):
        variable = f"STACKWAY_{name.upper()}"
        in_compose = {environment[variable] for environment in composed}
        in_pods = [one["valueFrom"]["configMapKeyRef"] for env in pods for one in env if one["name"] == variable]
        assert in_compose == {f"${{{variable}:-[]}}"}
        assert in_pods == [in_pods[0]] * 2
        assert Settings(**{name: json.loads(held[in_pods[0]["name"]][in_pods[0]["key"]])}) == Settings()
