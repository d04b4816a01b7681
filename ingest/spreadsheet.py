"""Decides how a spreadsheet becomes lines of text: XLSX and CSV as offices write them, opened in the cage alone.

A number is what a person sees (12, not 12.0), a day is ISO, a formula its last result; what stands in merged cells
stands in each row of them. CSV comes in UTF-8, UTF-16 and GB 18030, with commas, semicolons or tabs.
"""

from __future__ import annotations

import csv
import io
import re
import warnings
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import date, datetime, time
from itertools import islice
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from index.domain.errors import BadScan

MOST_ROWS, MOST_COLUMNS = 100_000, 60
_ZIP = b"PK\x03\x04"
_OLD_WORKBOOK = b"\xd0\xcf\x11\xe0"
_ENCODINGS = ("utf-8-sig", "gb18030", "big5hkscs")
#: GB 18030 reads nearly any bytes, those of Big5 as characters for private use, which nobody writes in a list.
_NOBODYS = re.compile("[\ue000-\uf8ff]")
_MERGED = re.compile(r'<(?:\w+:)?mergeCell\s[^>]*ref="([A-Z]+\d+:[A-Z]+\d+)"')


def lines(path: str, sheet: str = "") -> list[list[str]]:
    """The cells of every row; of the named sheet of a workbook, else of the one with most rows.

    Raises BadScan("old-workbook" | "no-such-sheet" | "no-spreadsheet" | "too-many-rows" | "open-quote").
    """
    file = Path(path)
    with file.open("rb") as opened:
        begin = opened.read(4)
    if begin == _OLD_WORKBOOK:
        raise BadScan("old-workbook")
    return _bounded(_of_workbook(file, sheet) if begin == _ZIP else _of_text(file.read_bytes()))


def _bounded(rows: Iterable[Iterable[str]]) -> list[list[str]]:
    kept = [list(islice(row, MOST_COLUMNS)) for row in islice(rows, MOST_ROWS + 1)]
    if len(kept) > MOST_ROWS:
        raise BadScan("too-many-rows", most=MOST_ROWS)
    return kept


def _of_workbook(file: Path, wanted: str) -> Iterator[list[str]]:
    from openpyxl import load_workbook
    from openpyxl.utils import range_boundaries
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what of a workbook's dress it does not know is nothing to us
            book = load_workbook(file, read_only=True, data_only=True)
    except (InvalidFileException, BadZipFile, KeyError, ValueError) as error:
        raise BadScan("no-spreadsheet") from error
    if wanted and wanted not in book.sheetnames:
        raise BadScan("no-such-sheet", sheet=wanted, sheets=", ".join(book.sheetnames))
    sheets = [book[wanted]] if wanted else [one for one in book.worksheets if one.sheet_state == "visible"]
    fullest = max(sheets, key=lambda one: one.max_row or 0)
    fullest.reset_dimensions()  # programs write wrong ones, and rows would be lost
    said = ([_text(cell) for cell in row] for row in fullest.iter_rows(values_only=True))
    with ZipFile(file) as parts:
        # Read row by row, as a long sheet has to be, it does not tell what is merged in it: that stands at its end.
        end = parts.read(fullest._worksheet_path).rpartition(b"sheetData>")[2].decode("utf-8", "replace")
    yield from _filled_down(said, [range_boundaries(place) for place in _MERGED.findall(end)])


def _filled_down(rows: Iterable[list[str]], merged: Iterable[tuple[int, int, int, int]]) -> Iterator[list[str]]:
    """The rows, with what stands in cells that are merged over several rows in each of them, in their first column."""
    below: dict[int, list[tuple[int, int]]] = defaultdict(list)
    held: dict[tuple[int, int], str] = {}
    for left, top, _, bottom in merged:
        held[top, left - 1] = ""
        for row in range(top + 1, min(bottom, MOST_ROWS) + 1):
            below[row].append((left - 1, top))
    for number, cells in enumerate(rows, 1):
        for column, top in below[number]:
            cells += [""] * (column + 1 - len(cells))
            cells[column] = cells[column] or held[top, column]
        held |= {(number, column): cell for column, cell in enumerate(cells) if (number, column) in held}
        yield cells


def _text(cell: object) -> str:
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat(" ", "minutes")
    return cell.isoformat() if isinstance(cell, date) else str(cell)


def _of_text(content: bytes) -> Iterator[list[str]]:
    text = _decoded(content)
    if "\x00" in text:
        raise BadScan("no-spreadsheet")
    # The limit is the whole process's: it only grows.
    csv.field_size_limit(max(csv.field_size_limit(), len(text) + 1))
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text))
    at = tall = 0
    for row in rows:
        at, tall = rows.line_num, rows.line_num - at
        yield row
    if tall > 1 and text.count('"') % 2:
        raise BadScan("open-quote")  # it was never closed, and the last rows became one cell


def _decoded(content: bytes) -> str:
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return content.decode("utf-16", "replace")
    for encoding in _ENCODINGS:
        with suppress(UnicodeDecodeError):
            text = content.decode(encoding)
            if not _NOBODYS.search(text):
                return text
    raise BadScan("no-spreadsheet")


def _delimiter(text: str) -> str:
    """The sign that parts most of the first lines."""
    top = "\n".join(text.splitlines()[:20])
    return max(",\t;", key=top.count)
