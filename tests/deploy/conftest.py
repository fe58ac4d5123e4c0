"""A profile a test may change."""

import copy
from typing import Any

import pytest

from app.api.examples import PROFILE


@pytest.fixture
def profile() -> dict[str, Any]:
    return copy.deepcopy(PROFILE)
