"""Decides what the full catalogue says (全引目录): each file's row, followed at once by its contents list.

The columns of both are those of 案卷目录 and 卷内文件目录 (B.9, D.5); widths are such that both stand on one sheet.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from viewer.export import contents_list, file_catalogue
from viewer.export.catalogue import Booklet, Catalogue, Column
from viewer.export.holders import Holder

TITLE = "全引目录"

_WIDTHS = (14.0, 46.0, 58.0, 62.0, 20.0, 20.0, 22.0, 18.0)


def _as_wide(columns: Sequence[Column], widths: Sequence[float]) -> tuple[Column, ...]:
    return tuple(replace(column, width=width) for column, width in zip(columns, widths, strict=True))


COLUMNS = _as_wide(file_catalogue.COLUMNS[:-1], _WIDTHS)
#: The last column of a contents list takes the room of the last two.
INNER = _as_wide(contents_list.COLUMNS, (*_WIDTHS[:6], sum(_WIDTHS[6:])))


def catalogue(found: Sequence[Holder]) -> Catalogue:
    return Catalogue(TITLE, COLUMNS, tuple(_booklet(group) for group in file_catalogue.together(found)), INNER)


def _booklet(group: Sequence[Holder]) -> Booklet:
    rows = tuple(file_catalogue.row(number, one) for number, one in enumerate(group, 1))
    return Booklet(file_catalogue.cover(group), rows, tuple(tuple(contents_list.rows(one)) for one in group))
