"""Decides which lines of a reading are one row of a form: words that wrap in their cells are read cell by cell.

到职日 | 期 | 二〇〇〇年十一月二 | 十九日 are four lines to a reader, one label and one day to whoever filled them in.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from index.domain.reading import Box, Word

Row = tuple[str, Sequence[Word]]

#: How far apart wrapped lines may stand, in heights of a line, and how far their left edges.
_LEADING, _INDENT = 0.65, 1.2
_MOST_LINES, _MOST_APART = 4, 2.2
_SAME = 0.5
"""The share of the lower line's height by which two lines that stand side by side overlap."""
_ARABIC = re.compile(r"[0-9]")
_MIDDLE, _OFF_MIDDLE = 0.5, 0.03
_UNFINISHED = re.compile(
    r"(?:[12][0-9]{3}|[12一二][〇○零oO0-9一二三四五六七八九]{3})\s*(?:年\s*(?:[0-9一二三四五六七八九十]{1,3}\s*(?:月\s*[0-9一二三四五六七八九十廿]{0,3})?)?"
    r"|[-./]\s*(?:[0-9]{1,2}\s*[-./]?\s*)?)?$"
)
_REST = re.compile(
    r"(?:年\s*)?(?:[0-9一二三四五六七八九十]{0,3}\s*[月用]\s*)?[0-9一二三四五六七八九十廿]{0,3}\s*[日曰]|[-./]?[0-9]{1,2}(?:[-./][0-9]{1,2})?"
)


def beside_one_another(rows: Sequence[Row]) -> Iterator[Row]:
    """The rows with those joined that stand side by side, and the rest of a date below its beginning joined to it."""
    joined = [*_side_by_side(rows)]
    at = 0
    while at < len(joined):
        whole = _with_rest(joined[at], joined[at + 1]) if at + 1 < len(joined) else None
        yield whole or joined[at]
        at += 2 if whole else 1


def around(boxes: Iterable[Box]) -> Box | None:
    """The smallest box that holds them all; None when there is none."""
    held = list(boxes)
    if not held:
        return None
    x, y = min(box.x for box in held), min(box.y for box in held)
    right, bottom = max(box.x + box.w for box in held), max(box.y + box.h for box in held)
    return Box(x, y, right - x, bottom - y)


# -- cells that were read one after the other --------------------------------------------------------------------------


def _side_by_side(rows: Sequence[Row]) -> Iterator[Row]:
    at = 0
    while at < len(rows):
        cells = [*_run_of_cells(rows, at)]
        lines = [line for cell in cells for line in cell]
        yield _as_one(lines) if len(cells) > 1 else rows[at]
        at += len(lines) if len(cells) > 1 else 1


def _run_of_cells(rows: Sequence[Row], at: int) -> Iterator[Sequence[Row]]:
    """The cells from `at` on, each of one or more lines, as long as each stands to the right of the one before."""
    cell = _cell(rows, at)
    while cell:
        yield cell
        at += len(cell)
        behind = _cell(rows, at)
        cell = behind if behind and _stands_beside(_box(cell), _box(behind)) else []


def _cell(rows: Sequence[Row], at: int) -> list[Row]:
    """The line at `at` with those that wrap below it; none when it is not a cell's."""
    held: list[Row] = []
    for row in rows[at:]:
        if held and not _wraps(_box(held[-1:]), _box([row])):
            break
        held.append(row)
    return held if len(held) <= _MOST_LINES else []


def _wraps(above: Box | None, below: Box | None) -> bool:
    if above is None or below is None:
        return False
    height = min(above.h, below.h)
    gap = below.y - above.y - above.h
    return -height * _SAME < gap < height * _LEADING and abs(above.x - below.x) < height * _INDENT


def _stands_beside(left: Box | None, right: Box | None) -> bool:
    if left is None or right is None:
        return False
    shared = min(left.y + left.h, right.y + right.h) - max(left.y, right.y)
    return right.x > left.x + left.w and shared > _SAME * min(left.h, right.h)


def _as_one(rows: Sequence[Row]) -> Row:
    return " ".join(text for text, _ in rows), [word for _, words in rows for word in words]


def _box(rows: Sequence[Row]) -> Box | None:
    return around(word.box for _, words in rows for word in words)


# -- a date that goes on below its beginning ---------------------------------------------------------------------------


def _with_rest(row: Row, below: Row) -> Row | None:
    """The row with the rest of a date put behind its beginning; None where there is no such rest."""
    rest, said = _box([below]), "".join(below[0].split())
    if rest is None or not _REST.fullmatch(said):
        return None
    begin = 0
    for end in _ends_of_cells(row[1]):
        cell, is_last = row[1][begin:end], end == len(row[1])
        if _is_begun(cell, said) and (_lies_below(cell, rest) or (is_last and _is_centred(rest))):
            at = _behind(row[0], "".join(word.text for word in row[1][:end]))
            return f"{row[0][:at]}{below[0]} {row[0][at:]}", [*row[1][:end], *below[1], *row[1][end:]]
        begin = end
    return None


def _behind(text: str, said: str) -> int:
    """Where in `text` the signs of `said` are at their end, spaces left out of both."""
    left = len("".join(said.split()))
    for at, sign in enumerate(text):
        if not left:
            return at
        left -= not sign.isspace()
    return len(text)


def _ends_of_cells(words: Sequence[Word]) -> Iterator[int]:
    for at, word in enumerate(words, 1):
        if at == len(words) or words[at].box.x - word.box.x - word.box.w > word.box.h:
            yield at


def _is_begun(cell: Sequence[Word], rest: str) -> bool:
    """Whether a cell ends with a date that lacks its end, in the numerals in which the rest is written."""
    begun = _UNFINISHED.search("".join(word.text for word in cell))
    return begun is not None and bool(_ARABIC.search(begun[0])) == bool(_ARABIC.search(rest))


def _lies_below(cell: Sequence[Word], rest: Box) -> bool:
    first, end = cell[0].box, cell[-1].box
    return rest.y - end.y < _MOST_APART * end.h and first.x - end.h < rest.x < end.x + end.w


def _is_centred(rest: Box) -> bool:
    return abs(rest.x + rest.w / 2 - _MIDDLE) < _OFF_MIDDLE
