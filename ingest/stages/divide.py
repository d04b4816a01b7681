"""Decides which documents a pile of scanned pages holds: from its pages in order and the separators among them.

A separator begins a document, several in a row begin one. The blank page behind a separator is its back, scanned with
it. What a cover sheet says counts for the document behind it; of two covers in a row, the one next to it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from index.domain.holdings import Page
from index.domain.separators import Cover, cover_of


@dataclass(frozen=True, slots=True)
class Document:
    """`pages` of one document, the `sheets` that stood before it, and what their cover says."""

    pages: tuple[Page, ...] = ()
    sheets: tuple[Page, ...] = ()
    cover: Cover | None = None

    @property
    def everything(self) -> tuple[Page, ...]:
        return self.sheets + self.pages


def documents(pages: Sequence[Page]) -> list[Document]:
    """The documents in order, at least one; sheets behind the last document stay with it."""
    found = [Document()]
    for page, cover in _signed(pages):
        found[-1:] = _with(found[-1], page, cover)
    return _without_a_trailing_one(found)


def _signed(pages: Sequence[Page]) -> Iterator[tuple[Page, Cover | None]]:
    """Each page with what its sign says; the back of a separator says that one too comes before the document."""
    front: Page | None = None
    for page in pages:
        cover = cover_of(page.look.sign)
        back = front is not None and cover is None and page.blank
        yield page, Cover() if back else cover
        front = page if cover else None


def _with(document: Document, page: Page, cover: Cover | None) -> Sequence[Document]:
    if cover is None:
        return (replace(document, pages=(*document.pages, page)),)
    if document.pages:
        return document, _begun(Document(), page, cover)
    return (_begun(document, page, cover),)


def _begun(document: Document, page: Page, cover: Cover) -> Document:
    return replace(document, sheets=(*document.sheets, page), cover=document.cover if cover.plain else cover)


def _without_a_trailing_one(found: list[Document]) -> list[Document]:
    """Separators with nothing behind them begin nothing."""
    *whole, last = found
    if not whole or last.pages:
        return found
    return [*whole[:-1], replace(whole[-1], sheets=whole[-1].sheets + last.sheets)]
