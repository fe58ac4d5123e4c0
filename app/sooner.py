"""What libraries do while they are imported, and a start need not wait for."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from pydantic import BaseModel


@contextmanager
def validators_later() -> Iterator[None]:
    """Models of a library that are loaded within have their validators made when something is first read by them.

    The framework has some forty that only describe what the service can do.
    """
    BaseModel.model_config["defer_build"] = True
    try:
        yield
    finally:
        del BaseModel.model_config["defer_build"]


@contextmanager
def without(library: str) -> Iterator[None]:
    """An optional library is not taken along by others that are loaded within, though it is installed."""
    if library in sys.modules:
        yield
        return
    sys.modules[library] = None  # type: ignore[assignment] # the import system's own way to say "not here"
    try:
        yield
    finally:
        del sys.modules[library]
