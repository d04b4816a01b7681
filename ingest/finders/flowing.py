"""Decides which lines of a page go on in the next one: names and numbers of rooms are broken anywhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from ingest.finders.paper import Line, Paper

_FULL, _LONG = 0.85, 24
#: From which size a line is part of a title, and how far two of its lines may differ in size.
LARGE, _ALIKE = 1.2, 0.2
_DAY = re.compile(r"[12二一][\d〇○零oO一二三四五六七八九]{3}\s?[年.-].{0,12}$")
_OTHER_SIZE, _INDENT = 0.3, 0.15
"""How much larger a line is, and how much of the sheet farther to the right, that no line above goes on in."""


def flowing(paper: Paper) -> Iterator[Line]:
    """The lines, their cells parted by a space, each that runs to the edge joined with the one it goes on in."""
    for page in paper.pages:
        edge = max(_LONG, _FULL * max(len(line.text) for line in page))
        held: list[Line] = []
        for line in (replace(line, text=" ".join(line.cells)) for line in page):
            if held and not _goes_on(held[-1], line, edge):
                yield _joined(held)
                held = []
            held.append(line)
        if held:
            yield _joined(held)


def _goes_on(last: Line, line: Line, edge: float) -> bool:
    """Whether it was broken at the edge of the page, or both are lines of one title."""
    if last.plain.endswith(("。", ":", ";", ".")) or _DAY.match(line.plain) or _is_set_apart(last, line):
        return False
    titled = min(last.size, line.size) >= LARGE and abs(last.size - line.size) <= _ALIKE
    return len(last.text) >= edge or titled


def _is_set_apart(last: Line, line: Line) -> bool:
    """Whether it is set in another size, or begins far to the right of the line above."""
    indented = bool(last.box and line.box) and _left(line) - _left(last) > _INDENT
    return abs(last.size - line.size) > _OTHER_SIZE or indented


def _left(line: Line) -> float:
    return line.box.x if line.box else 0.0


def _joined(lines: list[Line]) -> Line:
    cells = tuple(cell for line in lines for cell in line.cells)
    least = tuple(sure for line in lines for sure in line.cells_least)
    text = "".join(line.text for line in lines)
    return replace(lines[0], text=text, least=min(line.least for line in lines), cells=cells, cells_least=least)
