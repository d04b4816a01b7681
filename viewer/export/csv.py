"""Decides how a catalogue is written as CSV: UTF-8 with its mark (for old office programs), CRLF, no live formulas."""

from __future__ import annotations

import csv
from pathlib import Path

from index.ports import Progress
from viewer.export.catalogue import Catalogue

#: A spreadsheet takes a cell that begins so for a formula, and would run what somebody wrote on paper.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def write(catalogue: Catalogue, path: Path, progress: Progress) -> None:
    """The column names, then every row of every booklet; covers have no place in CSV.

    Inner rows stand behind theirs, under the names of their own columns.
    """
    with path.open("w", encoding="utf-8-sig", newline="") as out:
        writer = csv.writer(out, lineterminator="\r\n")
        writer.writerow(catalogue.names)
        lines = (line for booklet in catalogue.booklets for line in catalogue.lines(booklet))
        for done, line in enumerate(lines, 1):
            writer.writerow(_harmless(cell) for cell in line.cells)
            progress(min(done, catalogue.size), catalogue.size)


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(FORMULA_STARTS) else cell
