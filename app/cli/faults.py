"""What went wrong, for the person at the keyboard: one plain line for each fault, and the exit code."""

import sys
from collections.abc import Iterable

from app.errors import AppError, FieldError, InvalidInputError, is_no_room

OK, FAULT, USAGE, SOME_ROWS_FAILED = 0, 1, 2, 3


class UsageFault(Exception):  # noqa: N818 # a fault of use, in the words of the exit codes
    """What was asked cannot be done as asked: each line names the file or option, the field and the remedy."""

    def __init__(self, *lines: str) -> None:
        self.lines = lines
        super().__init__("\n".join(lines))


def of_fields(source: str, faults: Iterable[FieldError]) -> UsageFault:
    """The faults of a profile, each with the file it was read from."""
    return UsageFault(*(f"{source}: {f.pointer or 'the profile'} {f.message}; {f.remedy}." for f in faults))


def report(error: Exception) -> int:
    """Say on standard error what went wrong; return the exit code."""
    code, lines = _judge(error)
    for line in lines:
        sys.stderr.write(f"stackway: {line}\n")
    return code


def _judge(error: Exception) -> tuple[int, tuple[str, ...]]:
    from taxonomy.integrity import IntegrityError
    from taxonomy.loaders.files import SourceError
    from taxonomy.snapshot import SnapshotError

    match error:
        case UsageFault():
            return USAGE, error.lines
        case InvalidInputError():
            return USAGE, of_fields("the input", error.errors).lines or (error.detail,)
        case SourceError() | IntegrityError():
            return USAGE, (f"{error}. The data in use stays.",)
        case AppError() | SnapshotError():
            return FAULT, (f"{str(error).removesuffix('.')}.",)
        case OSError():
            return FAULT, (_of_file(error),)
    return FAULT, (_unexpected(error),)


def _of_file(error: OSError) -> str:
    name = error.filename or "a file"
    if is_no_room(error):
        return f"{name}: its disk is full. Make room there and run the same command again."
    return f"{name}: {error.strerror or type(error).__name__}."


def _unexpected(error: Exception) -> str:
    from app.logs import whereabouts

    # Never the message of an exception nobody foresaw: it may quote a person's words.
    said = whereabouts(error)
    return f"something went wrong inside ({said['error']} at {said['where']}). Please report this line."
