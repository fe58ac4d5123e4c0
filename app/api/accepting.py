"""`Accept`, read as RFC 9110 has it: what a caller does not take is not done first and sent then."""

from collections.abc import Collection

from fastapi import Request
from fastapi.routing import APIRoute

from app.errors import NotAcceptableError


def check_accept(request: Request) -> None:
    """Refuse a request whose reply its caller would not take.

    Raises:
        NotAcceptableError: none of what the operation gives is among what the caller takes.
    """
    accept, route = request.headers.get("accept"), request.scope.get("route")
    if not accept or not isinstance(route, APIRoute):
        return
    given = media_types(route)
    if given and not _takes(accept, given):
        raise NotAcceptableError(f"This operation gives {', '.join(sorted(given))}.")


def media_types(route: APIRoute) -> frozenset[str]:
    """What an operation replies with when all goes well; empty: nothing, or what nobody has said."""
    replies = (reply for status, reply in route.responses.items() if str(status).startswith("2"))
    return frozenset(kind for reply in replies for kind in reply.get("content", {}))


def _takes(accept: str, given: Collection[str]) -> bool:
    ranges = [part.replace(" ", "").lower().split(";") for part in accept.split(",")]
    wanted = {name for name, *parameters in ranges if not _is_zero(parameters)}
    return any({kind, f"{kind.partition('/')[0]}/*", "*/*"} & wanted for kind in given)


def _is_zero(parameters: Collection[str]) -> bool:
    weights = [parameter.removeprefix("q=") for parameter in parameters if parameter.startswith("q=")]
    return any(weight.strip("0.") == "" for weight in weights)
