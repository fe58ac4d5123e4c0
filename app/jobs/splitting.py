"""A file taken apart in a process of its own, which may use so much memory and time and no more.

A file from outside is read by libraries written in other languages; one that was made to fill the memory, or to hit a
fault in them, ends this process and nothing else. Run as `python -m app.jobs.splitting KIND ROWS MOST [numbered]` with
the file as standard input. It writes lines of JSON: the heading, then rows in groups of ROWS, and where the file is
refused a line that says why.
"""

import os  # how pressing this process is
import resource
import signal
import sys
from collections.abc import Iterator
from itertools import islice
from operator import itemgetter
from pathlib import Path

import orjson

from app.jobs.files import Kind, RawRow, open_list
from app.jobs.headings import ListError

_MEMORY = 1 << 30  # bytes of addresses; libraries reserve about half of them without ever using them
_WRITABLE = 480 * 2**20  # bytes it may write to: more of a file than that is refused, well under what its test allows
_CPU_SECONDS = 20
_NICENESS = 5  # who asks the service something in the meantime comes first
_FILE = Path("/dev/fd/0")
NAME = "the list"  # its own name may be a person's


def split(kind: Kind, rows_a_part: int, most_rows: int, *, numbered: bool) -> None:
    """Write the heading and the rows of standard input, or why it is refused."""
    try:
        opened = open_list(_FILE, kind, NAME, numbered=numbered)
        _write({"heading": opened.heading})
        # Corrections come in any order, and go where the rows they correct were.
        rows = iter(sorted(opened.rows, key=itemgetter(0))) if numbered else opened.rows
        _write({"end": _split(rows, rows_a_part, most_rows)})
    except ListError as error:
        _write({"refused": str(error)})
    except MemoryError:
        _write({"refused": f"{NAME}: takes too much memory to read; save it as .csv, or send it in parts."})


def _split(rows: Iterator[RawRow], rows_a_part: int, most_rows: int) -> int:
    count = 0
    while part := list(islice(rows, rows_a_part)):
        count += len(part)
        if count > most_rows:
            raise ListError(f"{NAME}: has more than {most_rows} rows; send it in parts, or use `stackway batch`.")
        _write({"rows": part})
    if count == 0:
        raise ListError(f"{NAME}: holds nobody; give a row for each person.")
    return count


def _write(line: object) -> None:
    sys.stdout.buffer.write(orjson.dumps(line) + b"\n")
    sys.stdout.buffer.flush()


def main() -> None:
    """Limit this process first, and then look at the file."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # who started it ends it
    os.nice(_NICENESS)
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    resource.setrlimit(resource.RLIMIT_DATA, (_WRITABLE, _WRITABLE))
    resource.setrlimit(resource.RLIMIT_CPU, (_CPU_SECONDS, _CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    kind, rows_a_part, most_rows, *how = sys.argv[1:]
    split(Kind(kind), int(rows_a_part), int(most_rows), numbered="numbered" in how)


if __name__ == "__main__":
    main()
