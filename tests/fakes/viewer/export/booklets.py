"""Booklets of the item catalogue, without a room behind them."""

from __future__ import annotations

from viewer.export.catalogue import Booklet, Catalogue
from viewer.export.item_catalogue import COLUMNS, COVER, TITLE


def booklet(year: str, *titles: str) -> Booklet:
    cover = tuple(zip(COVER, ("S100", "第一实验小学", year, "永久", "行政"), strict=True))
    rows = ((str(n), f"00{n}", "", "教务处", title, "20240305", "", "2", "") for n, title in enumerate(titles, 1))
    return Booklet(cover, tuple(rows))


def catalogue(*booklets: Booklet) -> Catalogue:
    return Catalogue(TITLE, COLUMNS, booklets)


def silent(done: int, of: int) -> None:
    """No progress is shown."""
