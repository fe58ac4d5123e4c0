"""Files that were made to do harm are refused quickly, by a process that may use so much memory and no more."""

import io
import resource
import tempfile
import time
import zipfile
from collections.abc import Callable
from typing import IO

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from app.errors import InvalidListError
from app.jobs.files import Kind, RawRow
from app.services.intake import split_upload

SECONDS = 20.0  # on a machine with much else to do; alone, each takes a fifth of one or less
SHEET = "xl/worksheets/sheet1.xml"


def split(content: bytes | IO[bytes], kind: Kind, most_rows: int = 1000) -> list[RawRow]:
    """All rows of an upload."""
    with tempfile.TemporaryFile() as file:
        file.write(content if isinstance(content, bytes) else content.read())
        with split_upload(file, kind, rows_a_part=20, most_rows=most_rows) as opened:
            return [row for part in opened.parts for row in part]


def zipped(**parts: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as book:
        for name, content in parts.items():
            book.writestr(name.replace("__", "/"), content)
    return file.getvalue()


def bomb() -> bytes:
    """More than is unpacked, in little more than a megabyte of nothing."""
    file = io.BytesIO()
    with (
        zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as book,
        book.open(SHEET, "w", force_zip64=True) as part,
    ):
        for _ in range(320):
            part.write(b" " * 2**20)
    return file.getvalue()


def workbook(cells: str, more: str = "") -> bytes:
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    packed = "http://schemas.openxmlformats.org/package/2006/relationships"
    return zipped(
        **{
            "_rels__.rels": f'<Relationships xmlns="{packed}"><Relationship Id="r0" Type="{office}/officeDocument" '
            'Target="xl/workbook.xml"/></Relationships>'.encode(),
            "xl___rels__workbook.xml.rels": f'<Relationships xmlns="{packed}"><Relationship Id="r1" '
            f'Type="{office}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>'.encode(),
            "xl__workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{office}"><sheets>'
            '<sheet name="a" sheetId="1" r:id="r1"/></sheets></workbook>'.encode(),
            "xl__worksheets__sheet1.xml": f'{more}<worksheet xmlns="{main}"><sheetData>{cells}</sheetData>'
            "</worksheet>".encode(),
        }
    )


def text(address: str, value: str) -> str:
    return f'<c r="{address}" t="inlineStr"><is><t>{value}</t></is></c>'


def parquet(table: pa.Table, **options: object) -> bytes:
    file = io.BytesIO()
    pq.write_table(table, file, **options)
    return file.getvalue()


def cut(content: bytes) -> bytes:
    """The footer of another file on what is not its own."""
    return content[: len(content) // 3] + content[-(len(content) // 3) :]


def entities() -> bytes:
    """The billion laughs, in a sheet."""
    lines = "".join(f'<!ENTITY a{n + 1} "{f"&a{n};" * 10}">' for n in range(9))
    return workbook(
        f"<row>{text('A1', 'reference')}{text('B1', '&a9;')}</row>", f'<!DOCTYPE x [<!ENTITY a0 "ha">{lines}]>'
    )


HARMFUL: dict[str, tuple[Callable[[], bytes], Kind]] = {
    "zip bomb": (bomb, Kind.XLSX),
    "zip of too many parts": (lambda: zipped(**{f"p{n}": b"" for n in range(3000)}), Kind.XLSX),
    "zip cut short": (lambda: workbook("")[:-40], Kind.XLSX),
    "cells too far apart": (
        lambda: workbook(f"<row>{text('A1', 'zip')}</row><row>{text('XFD1048576', '1')}</row>"), Kind.XLSX,
    ),
    "entities in a sheet": (entities, Kind.XLSX),
    "a workbook that is none": (lambda: zipped(**{"a.txt": b"hello"}), Kind.XLSX),
    "an empty workbook": (lambda: workbook(""), Kind.XLSX),
    "five million rows in a small Parquet file": (
        lambda: parquet(pa.table({"zip": pa.array(["1"]).take(pa.array([0] * 5_000_000))}), use_dictionary=True),
        Kind.PARQUET,
    ),
    "a Parquet footer that lies": (
        lambda: cut(parquet(pa.table({"zip": [str(n) for n in range(9999)]}))), Kind.PARQUET,
    ),
    "a Parquet file of nests": (
        lambda: parquet(pa.table({"zip": [{"a": 1}]})), Kind.PARQUET,
    ),
    "a Parquet file of five thousand columns": (
        lambda: parquet(pa.table({f"c{n}": [1] for n in range(5000)})), Kind.PARQUET,
    ),
    "a cell of a quarter of a gigabyte": (
        lambda: parquet(pa.table({"zip": pa.array([b"x" * 2**28]).cast(pa.string())}), compression="zstd"),
        Kind.PARQUET,
    ),
    "a heading of a million columns": (lambda: b"a," * 1_000_000 + b"\n", Kind.CSV),
    "a line without an end": (lambda: b"zip\n" + b"9" * 8_000_000, Kind.CSV),
    "a cell without an end": (lambda: b'zip,reference\n1,"' + b"9\n" * 4_000_000, Kind.CSV),
    "NUL in the heading": (lambda: b"zi\x00p\n1\n", Kind.CSV),
    "UTF-16 without its mark": (lambda: "zip\n78207\n".encode("utf-16-le"), Kind.CSV),
    "UTF-16 cut in two": (lambda: "zip\n78207\n".encode("utf-16")[:-1], Kind.CSV),
    "two encodings": (lambda: "reference\nPeña\n".encode() + "Muñoz\n".encode("cp1252"), Kind.CSV),
    "a program": (lambda: b"\x7fELF" + bytes(range(256)) * 40, Kind.CSV),
    "a picture": (lambda: b"\x89PNG\r\n\x1a\n" + bytes(4000), Kind.PARQUET),
    "too many rows": (lambda: b"zip\n" + b"78207\n" * 1001, Kind.CSV),
}  # fmt: skip


@pytest.mark.parametrize("what", HARMFUL)
def test_a_file_made_to_do_harm_is_refused_quickly_and_in_little_memory(what: str) -> None:
    make, kind = HARMFUL[what]
    content = make()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    started = time.monotonic()

    with pytest.raises(InvalidListError, match="the list"):
        split(content, kind)

    assert time.monotonic() - started < SECONDS
    # Little of it ever reaches the service; the other process has its own limit.
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 64 * 1024


@pytest.mark.parametrize(
    ("content", "kind", "rows"),
    [
        (b"reference,zip\n=1+1,78207\n@x,1\n", Kind.CSV, [(1, ["=1+1", "78207"]), (2, ["@x", "1"])]),
        (b"reference,zip\nA\x00B,78207\n", Kind.CSV, [(1, ["A\x00B", "78207"])]),
        (b"zip\n" + b"," * 500_000 + b"1\n2\n", Kind.CSV, [(1, ["", "…"]), (2, ["2"])]),
        (b"[" * 100_000 + b"\n", Kind.JSONL, [(1, "[" * 100_000)]),
        (b"{" + b" " * 3_000_000 + b"}\n{}\n", Kind.JSONL, [(1, "…"), (2, "{}")]),
        ("﻿zip\r\n78207\r\n".encode(), Kind.CSV, [(1, ["78207"])]),
    ],
    ids=["formulas", "NUL in a cell", "cells without columns", "deep JSON", "a line too long", "mark of order"],
)
def test_what_is_odd_in_one_row_is_that_rows_own_matter(content: bytes, kind: Kind, rows: list[RawRow]) -> None:
    assert split(content, kind) == rows
