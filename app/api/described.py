"""Operations whose replies are bytes made once: the document tells what is in them, and nothing validates them.

The framework makes a validator of each reply's type when it starts and never uses it; that of an answer alone took a
twentieth of the start.
"""

from collections.abc import Callable, Mapping
from typing import Any

from fastapi.routing import APIRoute


class DescribedRoute(APIRoute):
    """An operation that gives a response whole; `replies` are the types that its bytes hold, by status."""

    def __init__(  # the framework's own parameters
        self,
        path: str,
        endpoint: Callable[..., Any],
        *,
        response_model: type | None = None,
        responses: Mapping[int | str, dict[str, Any]] | None = None,
        status_code: int | None = None,
        **options: Any,  # noqa: ANN401 # whatever else the framework takes
    ) -> None:
        said = {status: dict(reply) for status, reply in (responses or {}).items()}
        self.replies = {str(status): reply.pop("model") for status, reply in said.items() if "model" in reply}
        if response_model:
            self.replies[str(status_code or 200)] = response_model
        super().__init__(path, endpoint, response_model=None, responses=said, status_code=status_code, **options)
