"""Decides how a spreadsheet becomes lines of text: XLSX and CSV as offices write them, opened in the cage alone.

A number is what a person sees (12, not 12.0), a day is ISO, a formula its last result. CSV comes in UTF-8, UTF-16 and
GB 18030, with commas, semicolons or tabs.
"""

from __future__ import annotations

import csv
import io
import re
import warnings
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import date, datetime, time
from itertools import islice
from pathlib import Path
from zipfile import BadZipFile

from index.domain.errors import BadScan

MOST_ROWS, MOST_COLUMNS = 100_000, 60
_ZIP = b"PK\x03\x04"
_OLD_WORKBOOK = b"\xd0\xcf\x11\xe0"
_ENCODINGS = ("utf-8-sig", "gb18030", "big5hkscs")
#: GB 18030 reads nearly any bytes, those of Big5 as characters for private use, which nobody writes in a list.
_NOBODYS = re.compile("[\ue000-\uf8ff]")


def lines(path: str, sheet: str = "") -> list[list[str]]:
    """The cells of every row; of the named sheet of a workbook, else of the one with most rows.

    Raises BadScan("old-workbook" | "no-such-sheet" | "no-spreadsheet" | "too-many-rows").
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
    yield from ([_text(cell) for cell in row] for row in fullest.iter_rows(values_only=True))


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
    yield from csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text))


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
