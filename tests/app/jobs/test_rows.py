"""Reading lists as people's programs write them."""

import json
import zipfile
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from app.jobs.headings import ListError
from app.jobs.rows import read_rows
from tests.app.jobs.conftest import WriteList
from tests.app.jobs.people import ALSO_GOOD, BAD, GOOD, HEADING

NAMES = "reference;job_title_1;job_duties_1"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_encodings_and_separators_of_spreadsheets_give_the_same_row(
    encoding: str, separator: str, tmp_path: Path
) -> None:
    path = tmp_path / "list.csv"
    lines = [separator.join(NAMES.split(";")), separator.join(["Peña", "niñera", '"cooks, cleans; drives"'])]
    path.write_bytes("\r\n".join(lines).encode(encoding))

    (row,) = read_rows(path)

    assert row.reference == "Peña"
    assert row.seeker is not None
    assert row.seeker.work_history[0].title == "niñera"
    assert row.seeker.work_history[0].duties == "cooks, cleans; drives"


def test_a_row_with_faults_names_every_column_and_stops_no_other(write_list: WriteList) -> None:
    rows = list(read_rows(write_list(HEADING, GOOD, BAD, "", ALSO_GOOD)))

    assert [row.number for row in rows] == [1, 2, 4]
    assert [row.seeker is None for row in rows] == [False, True, False]
    assert {fault.column for fault in rows[1].faults} == {"zip", "job_months_1"}


def test_a_row_of_nothing_but_a_name_says_that_it_says_nothing(write_list: WriteList) -> None:
    (row,) = read_rows(write_list(HEADING, "A-9,78207,,,,"))

    assert [fault.code for fault in row.faults] == ["empty_profile"]


def test_a_row_with_a_stray_separator_is_refused_rather_than_shifted(write_list: WriteList) -> None:
    (row,) = read_rows(write_list("reference,job_title_1", "A-1,cook,cleaner"))

    assert row.seeker is None
    assert row.faults[0].code == "too_many_cells"


def test_json_lines_hold_whole_profiles_and_faults_by_pointer(tmp_path: Path) -> None:
    path = tmp_path / "list.jsonl"
    good = {"reference": "A-1", "skills": [{"text": "welding"}]}
    path.write_text(f'{json.dumps(good)}\n\n{{"skills": 1}}\nnot json\n[]\n')

    rows = list(read_rows(path))

    assert [row.number for row in rows] == [1, 2, 3, 4]
    assert rows[0].seeker is not None
    assert rows[0].reference == "A-1"
    assert rows[1].faults[0].column == "/skills"
    assert rows[2].faults[0].code == "malformed_json"
    assert rows[3].faults


def test_parquet_with_typed_cells_is_read_like_the_csv(tmp_path: Path, write_list: WriteList) -> None:
    path = tmp_path / "list.parquet"
    columns = {"reference": ["A-3"], "zip": [78207], "job_title_1": ["cashier"], "job_months_1": [12.0]}
    pq.write_table(pa.table(columns | {"education": ["high_school_diploma"]}), path)

    (from_parquet,) = read_rows(path)
    (from_csv,) = read_rows(write_list(HEADING, ALSO_GOOD))

    assert from_parquet.seeker == from_csv.seeker


def workbook(path: Path, *rows: tuple[str | int, ...]) -> Path:
    """The least a spreadsheet program takes for a workbook: one sheet, numbers as numbers."""
    cells = [
        "".join(
            f"<c><v>{c}</v></c>" if isinstance(c, int) else f'<c t="inlineStr"><is><t>{c}</t></is></c>' for c in row
        )
        for row in rows
    ]
    office, main = "http://schemas.openxmlformats.org", "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    relation = f"{office}/officeDocument/2006/relationships"
    with zipfile.ZipFile(path, "w") as book:
        book.writestr(
            "_rels/.rels",
            f'<Relationships xmlns="{office}/package/2006/relationships"><Relationship Id="r0" '
            f'Type="{relation}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        )
        book.writestr(
            "xl/_rels/workbook.xml.rels",
            f'<Relationships xmlns="{office}/package/2006/relationships"><Relationship Id="r1" '
            f'Type="{relation}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        )
        book.writestr(
            "xl/workbook.xml",
            f'<workbook xmlns="{main}" xmlns:r="{relation}"><sheets><sheet name="list" sheetId="1" r:id="r1"/></sheets>'
            "</workbook>",
        )
        sheet = "".join(f"<row>{row}</row>" for row in cells)
        book.writestr(
            "xl/worksheets/sheet1.xml", f'<worksheet xmlns="{main}"><sheetData>{sheet}</sheetData></worksheet>'
        )
    return path


def test_a_workbook_with_numbers_as_numbers_is_read_like_the_csv(tmp_path: Path, write_list: WriteList) -> None:
    names = ("reference", "zip", "job_title_1", "job_months_1", "education")
    path = workbook(tmp_path / "list.xlsx", names, ("A-3", 78207, "cashier", 12, "high_school_diploma"))

    (from_workbook,) = read_rows(path)
    (from_csv,) = read_rows(write_list(HEADING, ALSO_GOOD))

    assert from_workbook.seeker == from_csv.seeker is not None


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("list.csv", b"", "is empty"),
        ("list.csv", b"reference,max_out_of_pocket\nA,1\n", "did you mean max_out_of_pocket_usd?"),
        ("list.csv", b"zip,zip\n1,2\n", "given twice: zip"),
        ("list.csv", b'reference,job_title_1\nA-1,"cook\n', "Close each quotation mark"),
        ("list.csv", b"reference\n\x81\n", "save it as UTF-8"),
        ("list.xlsx", b"no workbook", "cannot be read as a workbook"),
        ("list.parquet", b"no parquet", "cannot be read as Parquet"),
        ("list.pdf", b"%PDF", "give a list as"),
    ],
)
def test_a_file_that_is_no_list_is_refused_with_the_remedy(
    name: str, content: bytes, said: str, tmp_path: Path
) -> None:
    path = tmp_path / name
    path.write_bytes(content)

    with pytest.raises(ListError, match="list") as refused:
        list(read_rows(path))

    assert said in str(refused.value)
    assert name in str(refused.value)
