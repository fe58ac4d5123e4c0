"""SOC occupations whose figures BLS publishes only for a wider group: reviewed data, not a rule over code numbers."""

import tomllib
from functools import cache

from taxonomy.loaders.source import SOURCES

_FILE = SOURCES / "reviewed" / "published_groups.toml"


@cache
def list_groups() -> dict[str, tuple[str, ...]]:
    """Published group code ("31-1120") to the SOC codes of its members."""
    data = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    return {group["code"]: tuple(group["members"]) for group in data["groups"]}
