"""The method on the starter set, for the properties."""

import sys
from pathlib import Path

import pytest

from matching.world import World

sys.path.insert(0, str(Path(__file__).parent))  # import mode importlib leaves siblings out

from profiles import Method


@pytest.fixture(scope="session")
def method(starter_world: World) -> Method:
    """The method on the starter set."""
    return Method(starter_world)
