"""Programs that read PDFs, as people's readers do: what they find in a file, and where."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Mapping
from contextlib import closing
from pathlib import Path
from shutil import which

import pypdfium2
from pdfminer.high_level import extract_text

Text = Callable[[Path], str]


def by_pdftotext(path: Path) -> str:
    return subprocess.run(["pdftotext", path, "-"], check=True, capture_output=True, text=True).stdout


def by_pdfminer(path: Path) -> str:
    return str(extract_text(path))


def by_pdfium(path: Path) -> str:
    with closing(pypdfium2.PdfDocument(path)) as document:
        return "\f".join(_text(page) for page in document)


def _text(page: pypdfium2.PdfPage) -> str:
    with closing(page), closing(page.get_textpage()) as layer:
        return str(layer.get_text_range()).replace("\r\n", "\n")


#: pdftotext is a part of the set-up for development; a machine that came by its tools otherwise may lack it.
READERS: Mapping[str, Text] = {
    "pdfminer": by_pdfminer,
    "pdfium": by_pdfium,
    **({"pdftotext": by_pdftotext} if which("pdftotext") else {}),
}


def place_of(path: Path, words: str) -> tuple[float, float, float, float]:
    """Where pdfium finds `words` on the first page: left, top, right, bottom in points from the upper left."""
    with closing(pypdfium2.PdfDocument(path)) as document, closing(document[0]) as page:
        with closing(page.get_textpage()) as layer:
            start, count = layer.search(words).get_next()
            boxes = [layer.get_charbox(at) for at in range(start, start + count)]
        height = page.get_height()
    left, right = min(box[0] for box in boxes), max(box[2] for box in boxes)
    return left, height - max(box[3] for box in boxes), right, height - min(box[1] for box in boxes)
