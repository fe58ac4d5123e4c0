"""Whether a workbook can be opened at no risk: what it unpacks to, and how far its cells lie apart.

A workbook is a zip archive; a small one may unpack to more than a machine holds, and its reader makes room for every
cell between the first and the last. Both are found by unpacking as a stream, before any reader sees it.
"""

import re
import zipfile
import zlib
from pathlib import Path

from app.jobs.headings import ListError

_MOST_BYTES = 300 * 2**20  # unpacked, all parts together; a sheet of 100,000 rows and 30 columns takes about 150
_MOST_PARTS = 2_000
_MOST_CELLS = 20_000_000  # between the first and the last of a sheet
_BLOCK = 1 << 20
_OVERLAP = 64  # bytes of a block looked at again, so that no address is cut in two
# As all programs write addresses; each begins with fixed letters, since a pattern that does is found ten times faster.
_ADDRESSES = (re.compile(rb'r="([A-Za-z]{1,4})([0-9]{1,9})"'), re.compile(rb"r='([A-Za-z]{1,4})([0-9]{1,9})'"))


def check_workbook(path: Path, name: str) -> None:
    """Refuse a workbook that would fill the memory.

    Raises:
        ListError: it is no workbook, or one that unpacks to too much.
    """
    try:
        with zipfile.ZipFile(path) as book:
            parts = book.infolist()
            if len(parts) > _MOST_PARTS:
                raise ListError(f"{name}: holds more than {_MOST_PARTS} parts; save the list alone in a new workbook.")
            if "xl/workbook.xml" not in book.NameToInfo:  # the reader would take other kinds, which nobody looked at
                raise ListError(f"{name}: is not an .xlsx workbook; save it as .xlsx or .csv.")
            left = _MOST_BYTES
            for part in parts:
                left = _check_part(book, part, left, name)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError, ValueError):
        raise ListError(f"{name}: cannot be read as a workbook; save it as .xlsx or .csv.") from None


def _check_part(book: zipfile.ZipFile, part: zipfile.ZipInfo, left: int, name: str) -> int:
    rows = columns = 0
    is_sheet = part.filename.startswith("xl/worksheets/")
    tail = b""
    with book.open(part) as stream:
        while block := stream.read(_BLOCK):
            left -= len(block)
            if left < 0:
                raise ListError(f"{name}: unpacks to more than {_MOST_BYTES >> 20} MiB; save it as .csv, or in parts.")
            if is_sheet:
                rows, columns = _reach(tail + block, rows, columns)
                tail = block[-_OVERLAP:]
            if rows * columns > _MOST_CELLS:
                raise ListError(f"{name}: has cells too far apart; save the list alone as .csv.")
    return left


def _reach(xml: bytes, rows: int, columns: int) -> tuple[int, int]:
    """The farthest row and column of any cell so far."""
    for letters, digits in {found for pattern in _ADDRESSES for found in pattern.findall(xml)}:
        column = 0
        for letter in letters.upper():
            column = column * 26 + letter - 64
        rows, columns = max(rows, int(digits)), max(columns, column)
    return rows, columns
