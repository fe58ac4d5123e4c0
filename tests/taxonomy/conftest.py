"""Invented deliveries in the publishers' own layouts, and the folder of official data where there is one."""

import zipfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from xml.sax.saxutils import escape

import pytest

from taxonomy.loaders.files import list_files
from taxonomy.loaders.source import Delivery, Source, list_sources, recognise

OFFICIAL = Path(__file__).parents[2].parent / "shared" / "data"

Deliver = Callable[[str, Mapping[str, str | Sequence[Sequence[object]]]], Delivery]


def small(source: Source) -> Source:
    """The manifest for a handful of invented rows: every check but the number of rows."""
    return replace(source, tables=tuple(replace(t, minimum_rows=0) for t in source.tables))


def find_source(source_id: str) -> Source:
    return next(s for s in list_sources() if s.id == source_id)


def write_workbook(path: Path, sheet: str, rows: Sequence[Sequence[object]]) -> None:
    """A workbook of one sheet, as small as the format allows."""
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    rel = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"
    lines = "".join(f"<row>{''.join(map(_cell, row))}</row>" for row in rows)
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{package}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{package}/relationships">'
        f'<Relationship Id="r1" Type="{rel}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{rel}"><sheets>'
        f'<sheet name="{sheet}" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{package}/relationships">'
        f'<Relationship Id="r1" Type="{rel}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{main}"><sheetData>{lines}</sheetData></worksheet>',
    }
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, f'<?xml version="1.0" encoding="UTF-8"?>{content}')


def _cell(value: object) -> str:
    if isinstance(value, int | float):
        return f"<c><v>{value}</v></c>"
    return f'<c t="inlineStr"><is><t xml:space="preserve">{escape(str(value))}</t></is></c>'


@pytest.fixture
def deliver(tmp_path: Path) -> Deliver:
    """Write invented files (name to text, or to rows of a sheet) and recognise them as a delivery of one source."""

    def build(source_id: str, files: Mapping[str, str | Sequence[Sequence[object]]]) -> Delivery:
        source = small(find_source(source_id))
        for name, content in files.items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            if isinstance(content, str):
                path.write_text(content, encoding="utf-8")
            else:
                write_workbook(path, source.tables[0].sheet or "Sheet1", content)
        return recognise(list_files([tmp_path]), [source])[0][source_id]

    return build


@pytest.fixture(scope="session")
def official_data() -> Path:
    """The folder of official files beside the checkout."""
    if not OFFICIAL.is_dir():
        pytest.skip("the folder of official data is not beside the checkout")
    return OFFICIAL
