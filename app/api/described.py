"""Operations whose replies are bytes made once: the document tells what is in them, and nothing validates them.

The framework makes a validator of each reply's type when it starts and never uses it; that of an answer alone took a
twentieth of the start. What an operation reads it works out with the operation; of those that nobody has asked for, a
start need not.
"""

from collections.abc import Callable, Mapping, Sequence
from threading import RLock
from typing import Any

from fastapi.routing import APIRoute
from starlette.routing import compile_path

_WORKING_OUT = RLock()  # a request and the description may ask for the same operation at once


class DescribedRoute(APIRoute):
    """An operation that gives a response whole; `replies` are the types that its bytes hold, by status.

    Until somebody asks for it, or for its description, it only knows its address and methods.
    """

    def __init__(  # the framework's own parameters
        self,
        path: str,
        endpoint: Callable[..., Any],
        *,
        methods: Sequence[str] | None = None,
        response_model: type | None = None,
        responses: Mapping[int | str, dict[str, Any]] | None = None,
        status_code: int | None = None,
        **options: Any,  # noqa: ANN401 # whatever else the framework takes
    ) -> None:
        said = {status: dict(reply) for status, reply in (responses or {}).items()}
        self.replies = {str(status): reply.pop("model") for status, reply in said.items() if "model" in reply}
        if response_model:
            self.replies[str(status_code or 200)] = response_model
        # What requests are told apart by.
        self.path, self.endpoint, self.methods = path, endpoint, set(methods or ("GET",))
        self.path_regex, self.path_format, self.param_convertors = compile_path(path)
        self._yet_to_do = {**options, "methods": methods, "responses": said, "status_code": status_code}

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 # asked for what is not there yet
        with _WORKING_OUT:
            options = vars(self).pop("_yet_to_do", None)
            if options is not None:
                super().__init__(self.path, self.endpoint, response_model=None, **options)
        if name not in vars(self):
            raise AttributeError(name)
        return vars(self)[name]
