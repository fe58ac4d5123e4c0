"""What can go wrong, as one tree. Messages name the field, the kind of value and the remedy; never the value itself."""

import errno
from collections.abc import Mapping
from typing import ClassVar

from taxonomy.frozen import frozen


@frozen
class FieldError:
    """One fault of the input. `pointer` is a JSON pointer (RFC 6901) from the root of what was given."""

    pointer: str
    code: str
    message: str
    remedy: str


class AppError(Exception):
    """A fault with a plain sentence for the person who asked. Subclasses say which status and which name it has."""

    status: ClassVar[int] = 500
    code: ClassVar[str] = "internal_error"
    title: ClassVar[str] = "Something went wrong on our side"

    def __init__(
        self,
        detail: str | None = None,
        *,
        errors: tuple[FieldError, ...] = (),
        headers: Mapping[str, str] | None = None,
    ) -> None:
        self.detail = detail or self.title
        self.errors = errors
        self.headers = dict(headers or {})
        super().__init__(self.detail)


class MalformedJsonError(AppError):
    """The body is not JSON."""

    status = 400
    code = "malformed_json"
    title = "The body is not valid JSON"


class UnauthorizedError(AppError):
    """No key or token, or none that works. Which of both, and why, is not told."""

    status = 401
    code = "unauthorized"
    title = "This needs an API key or token that works"

    def __init__(self, detail: str | None = None) -> None:
        super().__init__(detail, headers={"WWW-Authenticate": 'Bearer realm="stackway"'})


class ForbiddenError(AppError):
    """The caller is known and lacks a right; `scope` names it."""

    status = 403
    code = "forbidden"
    title = "The API key or token lacks a right"

    def __init__(self, scope: str = "") -> None:
        challenge = f'Bearer realm="stackway", error="insufficient_scope", scope="{scope}"'
        super().__init__(f"The API key or token lacks the scope {scope}.", headers={"WWW-Authenticate": challenge})


class NotFoundError(AppError):
    """Nothing is kept or known under this address."""

    status = 404
    code = "not_found"
    title = "Nothing is found under this address"


class InFlightError(AppError):
    """A request with the same Idempotency-Key is being answered now."""

    status = 409
    code = "in_flight"
    title = "A request with this Idempotency-Key is being answered"

    def __init__(self) -> None:
        super().__init__(headers={"Retry-After": "1"})


class ReplyErasedError(AppError):
    """What a request made has been erased, and the request comes again: to do it again would undo the erasing."""

    status = 409
    code = "reply_erased"
    title = "What the first request with this Idempotency-Key made has been erased; give a new request a new key"


class SettledError(AppError):
    """What is to be settled was settled before."""

    status = 409
    code = "settled"
    title = "This has its result already"


class OnHoldError(AppError):
    """Somebody is on legal hold: nothing of them is erased."""

    status = 409
    code = "on_hold"
    title = "This person is on legal hold; nothing of them is erased until it is lifted"


class PreconditionFailedError(AppError):
    """The record was changed since the caller read it."""

    status = 412
    code = "precondition_failed"
    title = "The record was changed since it was read; read it again"


class PreconditionRequiredError(AppError):
    """A change has to say which version it is a change of."""

    status = 428
    code = "precondition_required"
    title = "Send If-Match with the ETag of the record as it was read"


class BodyTooSlowError(AppError):
    """The body did not arrive in time."""

    status = 408
    code = "body_too_slow"
    title = "The body did not arrive in time"


class HeadersTooLargeError(AppError):
    """The address and headers are longer than the service reads."""

    status = 431
    code = "headers_too_large"
    title = "The address and headers of the request are too long"


class HeadersTooSlowError(AppError):
    """The headers did not arrive in time."""

    status = 408
    code = "headers_too_slow"
    title = "The headers did not arrive in time"


class NotHttpError(AppError):
    """What was sent cannot be read as HTTP."""

    status = 400
    code = "not_http"
    title = "What was sent cannot be read as HTTP"


class BodyTooLargeError(AppError):
    """The body is larger than the service reads."""

    status = 413
    code = "body_too_large"
    title = "The body is too large"


class NotAcceptableError(AppError):
    """The caller takes nothing that the operation gives."""

    status = 406
    code = "not_acceptable"
    title = "What Accept names is not given here"


class UnsupportedMediaTypeError(AppError):
    """The body is not sent as what the operation reads; `Accept-Post` names that."""

    status = 415
    code = "unsupported_media_type"
    title = "The body is not sent as what is read here"


class InvalidInputError(AppError):
    """The request can be read but says something it must not."""

    status = 422
    code = "invalid_input"
    title = "The input is not valid"


class InvalidListError(InvalidInputError):
    """A file that is no list of people. The detail says what to change."""

    code = "invalid_list"
    title = "The list cannot be read"


class ConflictError(AppError):
    """The record is not in a state in which this can be done."""

    status = 409
    code = "conflict"
    title = "The record is not in a state in which this can be done"


class IntakeError(InvalidInputError):
    """A profile that cannot be used. `errors` names every fault found, so that all can be mended at once."""

    title = "The profile is not valid"

    def __init__(self, errors: tuple[FieldError, ...]) -> None:
        count = len(errors)
        super().__init__(f"The profile has {count} fault{'' if count == 1 else 's'}; see errors.", errors=errors)


class TooManyRequestsError(AppError):
    """The key has used up what it may ask for now."""

    status = 429
    code = "too_many_requests"
    title = "Too many requests with this key"

    def __init__(self, wait_seconds: int = 1) -> None:
        super().__init__(f"Try again in {wait_seconds} s.", headers={"Retry-After": str(wait_seconds)})


class KeyReusedError(InvalidInputError):
    """An Idempotency-Key that came with another request before."""

    code = "idempotency_key_reused"
    title = "This Idempotency-Key came with another request before; give each request its own"


class ConfigurationError(AppError):
    """The service is set up in a way it refuses to run with; the message says what to change."""

    code = "configuration"
    title = "The service is not set up"


class BusyError(AppError):
    """As many requests as the process takes at once are being answered."""

    status = 503
    code = "busy"
    title = "Too many requests are being answered now"

    def __init__(self) -> None:
        super().__init__("Try again in 1 s.", headers={"Retry-After": "1"})


class UnavailableError(AppError):
    """Something the service needs is away for now."""

    status = 503
    code = "unavailable"
    title = "The service cannot answer for now"

    def __init__(self, detail: str | None = None) -> None:
        super().__init__(detail, headers={"Retry-After": "5"})


class NoRoomError(AppError):
    """A disk is full. Nothing was kept of what was asked, and all that was kept before is as it was."""

    status = 503
    code = "no_room"
    title = "A disk of the service is full"

    def __init__(self, detail: str | None = None) -> None:
        super().__init__(detail, headers={"Retry-After": "60"})


_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


def is_no_room(error: OSError) -> bool:
    """Whether a disk, a quota or a limit on the length of files ended a write."""
    # numpy gives no number, and says that so many bytes were "requested" and so many "written".
    return error.errno in _FULL or (error.errno is None and "written" in str(error))
