"""Decides in which files a segment's pages lie: one of their text, one of what is kept beside it. They never change."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.text.fast.arrays import ArrayWriter, Mapped, Out, mapped
from index.text.fast.columns import Columns, columns_in, joined
from index.text.fast.fusing import Fusion, Source
from index.text.fast.inverted import Text, put, text_of

TEXT, PAGES = ".text", ".pages"


@dataclass(frozen=True)
class Segment:
    """Pages numbered from 0, the deleted ones too: what is deleted is told by Whoosh's table of contents."""

    name: str
    text: Text
    columns: Columns
    files: tuple[Mapped, ...]

    def __len__(self) -> int:
        return len(self.columns)

    def living(self, deleted: Any) -> NDArray[np.bool_]:
        """True for each page but those of these numbers."""
        lives = np.ones(len(self), np.bool_)
        lives[list(deleted)] = False
        return lives

    def ease(self) -> None:
        """See `Mapped.ease`."""
        for file in self.files:
            file.ease()


def open_segment(folder: Path, name: str) -> Segment:
    """The segment of that name; its arrays are mapped and stay readable when its files are taken away."""
    text, pages = (mapped(folder / (name + kind)) for kind in (TEXT, PAGES))
    return Segment(name, text_of(text.arrays), columns_in(pages.arrays), (text, pages))


def write_text(out: Out, sources: Sequence[Source]) -> None:
    """The texts as one; written as it is when it is only one and all of it stays."""
    file = ArrayWriter(out)
    if len(sources) == 1 and sources[0].stays.all():
        text = sources[0].text
        file.put("addresses", text.addresses)
        put(file, text.pieces, text.dictionary)
    else:
        fusion = Fusion(sources)
        file.stream("addresses", np.uint32, fusion.addresses())
        put(file, fusion.pieces, fusion.dictionary())
    file.close()


def write_pages(out: Out, sources: Sequence[tuple[Columns, NDArray[np.bool_]]]) -> None:
    file = ArrayWriter(out)
    joined(sources).put(file)
    file.close()
