"""Files that were made to do harm, or that are not what they are called: each made by code, none kept."""

import gzip
import io
import struct
import zipfile
from collections.abc import Callable
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from app.jobs.files import Kind

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKED = "http://schemas.openxmlformats.org/package/2006/relationships"
SHEET = "xl/worksheets/sheet1.xml"
OLE = bytes.fromhex("d0cf11e0a1b11ae1")  # what an old workbook begins with, and an encrypted new one


def zipped(parts: dict[str, bytes], **options: Any) -> bytes:  # noqa: ANN401 # of the archive
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=1, **options) as book:
        for name, content in parts.items():
            book.writestr(name, content)
    return file.getvalue()


def book_parts(sheet: bytes, sheets: str = '<sheet name="a" sheetId="1" r:id="r1"/>') -> dict[str, bytes]:
    """The parts of a workbook around one sheet."""
    return {
        "_rels/.rels": f'<Relationships xmlns="{PACKED}"><Relationship Id="r0" Type="{OFFICE}/officeDocument" '
        'Target="xl/workbook.xml"/></Relationships>'.encode(),
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKED}"><Relationship Id="r1" '
        f'Type="{OFFICE}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>'.encode(),
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>{sheets}</sheets></workbook>'.encode(),
        SHEET: sheet,
    }


def sheet(cells: str, before: str = "") -> bytes:
    return f'{before}<worksheet xmlns="{MAIN}"><sheetData>{cells}</sheetData></worksheet>'.encode()


def workbook(cells: str, before: str = "", **more: bytes) -> bytes:
    return zipped({**book_parts(sheet(cells, before)), **{n.replace("__", "/"): c for n, c in more.items()}})


def text(address: str, value: str) -> str:
    return f'<c r="{address}" t="inlineStr"><is><t>{value}</t></is></c>'


def row(number: int, *values: str) -> str:
    return f"<row>{''.join(text(f'{chr(65 + n)}{number}', value) for n, value in enumerate(values))}</row>"


def of_spaces(mebibytes: int) -> bytes:
    """A sheet that unpacks to so much, in little more than nothing."""
    return _long_sheet([b" " * 2**20] * mebibytes)


def of_cells(mebibytes: int) -> bytes:
    """A sheet of so much, all of it cells as they should be."""
    line = row(2, "78207", "A-1042").encode()
    return _long_sheet([b"<sheetData>", *[line * (2**20 // len(line))] * mebibytes])


def _long_sheet(pieces: list[bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as book:
        for name, content in book_parts(b"").items():
            if name != SHEET:
                book.writestr(name, content)
        with book.open(SHEET, "w", force_zip64=True) as part:
            for piece in pieces:
                part.write(piece)
    return file.getvalue()


def laughs(deep: int, wide: int, seed: str = "ha") -> bytes:
    """Entities made of entities, in a sheet."""
    lines = "".join(f'<!ENTITY a{n + 1} "{f"&a{n};" * wide}">' for n in range(deep))
    return workbook(row(1, "reference", f"&a{deep};"), f'<!DOCTYPE x [<!ENTITY a0 "{seed}">{lines}]>')


def overlapping(copies: int) -> bytes:
    """Many names for one part: every one unpacks anew, though the archive holds it once."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as book:
        book.writestr("a", bytes(2**20))
        for number in range(copies):
            book.filelist.append(same := zipfile.ZipInfo(f"b{number}"))
            for name in ("compress_type", "CRC", "compress_size", "file_size", "header_offset"):
                setattr(same, name, getattr(book.filelist[0], name))
    return file.getvalue()


def spoilt(content: bytes, before: bytes, after: bytes) -> bytes:
    assert before in content
    return content.replace(before, after)


def with_flag(content: bytes) -> bytes:
    """Every part is called encrypted."""
    return content.replace(b"PK\x01\x02\x14\x03\x14\x00\x00\x00", b"PK\x01\x02\x14\x03\x14\x00\x01\x00")


def parquet(table: pa.Table, **options: Any) -> bytes:  # noqa: ANN401 # of the writer
    file = io.BytesIO()
    pq.write_table(table, file, **options)
    return file.getvalue()


def cut(content: bytes) -> bytes:
    """The footer of another file on what is not its own."""
    return content[: len(content) // 3] + content[-(len(content) // 3) :]


def nested(depth: int) -> pa.Table:
    kind: pa.DataType = pa.string()
    for _ in range(depth):
        kind = pa.list_(kind)
    return pa.table({"zip": pa.nulls(1, kind)})


PEOPLE = b"reference,zip\nA-1042,78207\n"
TABLE = pa.table({"zip": [str(n) for n in range(9999)]})
BOOK = workbook(row(1, "reference", "zip") + row(2, "A-1042", "78207"))

Made = tuple[Callable[[], bytes], Kind]

WORKBOOKS: dict[str, Made] = {name: (make, Kind.XLSX) for name, make in {
    "a bomb of spaces": lambda: of_spaces(320),
    "parts without number": lambda: zipped({f"p{n}": b"" for n in range(3000)}),
    "an archive of parts that overlap": lambda: overlapping(400),
    "an archive cut short": lambda: BOOK[:-40],
    "an archive whose sums are wrong": lambda: spoilt(BOOK, b"PK\x01\x02", b"PK\x01\x02"[:2] + b"\x01\x03"),
    "an archive called encrypted": lambda: with_flag(BOOK),
    "an archive in an archive": lambda: zipped({"list.xlsx": BOOK}),
    "an archive for a sheet": lambda: zipped(book_parts(BOOK)),
    "names that lead elsewhere": lambda: zipped({"../../../etc/passwd": b"x", "/etc/shadow": b"x"}),
    "cells too far apart": lambda: workbook(f"{row(1, 'zip')}<row>{text('XFD1048576', '1')}</row>"),
    "an address beyond every sheet": lambda: workbook(f"{row(1, 'zip')}<row>{text('ZZZZ999999999', '1')}</row>"),
    "entities of entities": lambda: laughs(9, 10),
    "one long entity again and again": lambda: laughs(1, 5000, "x" * 50_000),
    "an entity that is a file": lambda: workbook(
        row(1, "&a;", "zip"), '<!DOCTYPE x [<!ENTITY a SYSTEM "/etc/passwd">]>'
    ),
    "a sheet that does not end": lambda: zipped(book_parts(sheet(row(1, "zip"))[:-40])),
    "a sheet that is no XML": lambda: zipped(book_parts(b"\x00\xff<" * 1000)),
    "shared texts that are not there": lambda: workbook('<row><c r="A1" t="s"><v>99999999</v></c></row>'),
    "no sheet": lambda: zipped(book_parts(sheet(""), "")),
    "an empty sheet": lambda: workbook(""),
    "a text of sixty megabytes": lambda: workbook(row(1, "reference", "zip") + row(2, "x" * 60_000_000, "78207")),
    "sixteen thousand columns": lambda: workbook(
        "<row>" + "".join(f'<c t="inlineStr"><is><t>c{n}</t></is></c>' for n in range(16_384)) + "</row>"
    ),
    "a document that is no table": lambda: zipped({"word/document.xml": b"<w/>"}),
    "an open document": lambda: zipped({
        "mimetype": b"application/vnd.oasis.opendocument.spreadsheet",
        "content.xml": b'<office:spreadsheet><table:table table:name="a"><table:table-row '
        b'table:number-rows-repeated="1048576"><table:table-cell table:number-columns-repeated="16384" '
        b'office:value-type="string"><text:p>zip</text:p></table:table-cell></table:table-row></table:table>'
        b"</office:spreadsheet>",
    }),
    "a binary workbook": lambda: zipped({"xl/workbook.bin": bytes(1000), "xl/worksheets/sheet1.bin": bytes(1000)}),
    "an old workbook": lambda: OLE + bytes(4096),
    "a list that is no workbook": lambda: PEOPLE,
}.items()}  # fmt: skip

PARQUETS: dict[str, Made] = {name: (make, Kind.PARQUET) for name, make in {
    "five million rows in a small file": lambda: parquet(
        pa.table({"zip": pa.array(["1"]).take(pa.array([0] * 5_000_000))}), use_dictionary=True
    ),
    "a footer of another file": lambda: cut(parquet(TABLE)),
    "a footer longer than the file": lambda: parquet(TABLE)[:-8] + struct.pack("<I", 2**31 - 1) + b"PAR1",
    "a footer of nothing": lambda: b"PAR1" + bytes(100) + struct.pack("<I", 100) + b"PAR1",
    "an encrypted footer": lambda: parquet(TABLE)[:-4] + b"PARE",
    "a file cut short": lambda: parquet(TABLE)[:-9],
    "pages that are no pages": lambda: b"PAR1" + b"\xff" * 20_000 + parquet(TABLE)[20_004:],
    "a column of structures": lambda: parquet(pa.table({"zip": [{"a": 1}]})),
    "a column of maps": lambda: parquet(pa.table({"zip": pa.array([[("a", 1)]], pa.map_(pa.string(), pa.int64()))})),
    "lists of lists of lists": lambda: parquet(nested(40)),
    "lists of structures": lambda: parquet(pa.table({"zip": [[{"a": "x"}]]})),
    "days of no calendar": lambda: parquet(pa.table({"zip": pa.array([2**53], pa.timestamp("ms"))})),
    "five thousand columns": lambda: parquet(pa.table({f"c{n}": [1] for n in range(5000)})),
    "a cell of a quarter of a gigabyte": lambda: parquet(
        pa.table({"zip": pa.array([b"x" * 2**28]).cast(pa.string())}), compression="zstd"
    ),
    "cells of five megabytes": lambda: parquet(pa.table({"zip": ["x" * 5_000_000] * 20}), compression="zstd"),
    "a picture": lambda: b"\x89PNG\r\n\x1a\n" + bytes(4000),
}.items()}  # fmt: skip

TEXTS: dict[str, Made] = {name: (make, Kind.CSV) for name, make in {
    "a heading of a million columns": lambda: b"a," * 1_000_000 + b"\n",
    "rows of a million columns": lambda: b"zip\n" + b"7," * 1_000_000 + b"\n",
    "a line without an end": lambda: b"zip\n" + b"9" * 8_000_000,
    "a cell without an end": lambda: b'zip,reference\n1,"' + b"9\n" * 4_000_000,
    "a quotation mark in the middle": lambda: b'zip,reference\n"78207"x,"A\n',
    "one column twice": lambda: b"zip,zip\n78207,78208\n",
    "nothing but NUL": lambda: bytes(100_000),
    "NUL in the heading": lambda: b"zi\x00p\n1\n",
    "UTF-16 without its mark": lambda: "zip\n78207\n".encode("utf-16-le"),
    "UTF-16 cut in two": lambda: "zip\n78207\n".encode("utf-16")[:-1],
    "UTF-16 after the mark of UTF-8": lambda: b"\xef\xbb\xbf" + "zip\n78207\n".encode("utf-16"),
    "UTF-32": lambda: "zip\n78207\n".encode("utf-32"),
    "two encodings": lambda: "reference\nPeña\n".encode() + "Muñoz\n".encode("cp1252"),
    "a packed list": lambda: gzip.compress(PEOPLE),
    "a packed list cut short": lambda: gzip.compress(PEOPLE * 1000)[:60],
    "a workbook called CSV": lambda: BOOK,
    "a page": lambda: b"<!doctype html><table><tr><td>zip</td></tr></table>",
    "a document for print": lambda: b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n",
    "a program": lambda: b"\x7fELF" + bytes(range(256)) * 40,
    "too many rows": lambda: b"zip\n" + b"78207\n" * 1001,
    "an empty file": lambda: b"",
}.items()} | {"no line of JSON": (lambda: b"\n \n" * 1000, Kind.JSONL)}  # fmt: skip

HARMFUL = {**WORKBOOKS, **PARQUETS, **TEXTS}
# Made with much work; with the slow tests.
LARGE: dict[str, Made] = {
    "a sheet of 599 megabytes of cells": (lambda: of_cells(571), Kind.XLSX),
    "a sheet of three gigabytes of spaces": (lambda: of_spaces(3 * 1024), Kind.XLSX),
}
