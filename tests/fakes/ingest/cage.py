"""A cage without a child: the bytes of a scan are its text, page after page, and some first lines are hostile.

A ZIP is unpacked as the real cage does it: nothing of that needs a child.

A page whose first line is `bad CODE` cannot be captured, `broken` is an engine that fails, `hang` one that takes too
long, `blank` a page without a word, `smudged` one with writing that cannot be read, the text of a sign a separator with
that code on it. `bad CODE` on the first line of the whole file spoils the file itself.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from index.domain.errors import BadScan, EngineFailed, Missing
from index.domain.looks import Look
from index.domain.reading import Box, PageReading, Script, Word
from index.domain.separators import is_sign
from ingest.imaging.archive import Caps, Unpacked, unpack
from ingest.reading import Layout, PageRead
from ingest.sandbox import Limits

_PDF = (b"%PDF-1.4\n", b"\n%%EOF")
_JPEG = (b"\xff\xd8\xff\xe0\n", b"\n\xff\xd9")


def paper(*pages: str) -> bytes:
    """A file of these pages, whose head and end satisfy the watcher."""
    return _PDF[0] + "\f".join(pages).encode() + _PDF[1]


def picture(page: str) -> bytes:
    """A single-page image with this text, whose head and end satisfy the watcher."""
    return _JPEG[0] + page.encode() + _JPEG[1]


def pages_of(path: str) -> list[str]:
    content = Path(path).read_bytes()
    for head, end in (_PDF, _JPEG):
        content = content.removeprefix(head).removesuffix(end)
    return content.decode().split("\f")


class FakeCage:
    """Answers the two questions that a worker asks.

    `read` lists every page that was tried, `opened` every file, `drawn` every page drawn anew and how it
    stands; in the files of `healed` every page can be read.
    """

    def __init__(self) -> None:
        self.limits = Limits()
        self.opened: list[str] = []
        self.read: list[tuple[str, int]] = []
        self.healed: set[str] = set()
        self.drawn: list[tuple[int, int]] = []

    def run(self, function: Callable[..., Any], *args: Any, seconds: float | None = None) -> Any:
        return getattr(self, function.__name__)(*args)

    def retire_if_idle(self) -> bool:
        return True

    def close(self) -> None:
        """Nothing is open."""

    def _lay_out(self, path: str, name: str, limits: Limits) -> Layout:
        self.opened.append(path)
        if Path(path).read_bytes().startswith(b"PK"):
            return Layout("zip", 0)
        pages = pages_of(path)
        first = pages[0].partition("\n")[0]
        if first.startswith("bad-file "):
            raise BadScan(first.split()[1])
        if first == "misnamed" and name:
            raise BadScan("wrong-name", named="pdf", found="text")
        return Layout("pdf", len(pages))

    def unpack(self, path: str, folder: str, caps: Caps) -> tuple[Unpacked, ...]:
        return unpack(path, folder, caps)

    def _read_page(
        self,
        path: str,
        form: str,
        number: int,
        expected: object,
        folder: str,
        engine: str,
        limits: Limits,
        given: object,
    ) -> PageRead:
        pages = pages_of(path)
        if number > len(pages):
            raise Missing("no-such-page")
        self.read.append((path, number))
        text = pages[number - 1]
        if is_sign(text):
            return PageRead(reading(""), 1000, 1400, 300, "image", Look(sign=text))
        if text == "smudged":
            return PageRead(replace(reading(""), confidence=0.0, blank=False), 1000, 1400, 300, "image")
        if path not in self.healed:
            _refuse(text.partition("\n")[0])
        return PageRead(reading("" if text == "blank" else text), 1000, 1400, 300, "image")

    def _draw_page(self, path: str, form: str, number: int, kind: str, turned: int, *_: object) -> None:
        self.drawn.append((number, turned))


def _refuse(first: str) -> None:
    if first.startswith("bad "):
        raise BadScan(first.split()[1])
    if first == "broken":
        raise EngineFailed("decoder-died", status=-9)
    if first == "hang":
        raise BadScan("took-too-long", seconds="90")


def reading(text: str) -> PageReading:
    """What a perfect engine reads: a word for every line, the first of them set large in the middle, as titles are."""
    words, at = [], 0
    for row, line in enumerate(text.split("\n")):
        box = Box(0.1, min(0.95, 0.15 + row * 0.03), min(0.8, 0.02 * len(line)), 0.016)
        if line:
            words.append(Word(line, at, box if row else Box(0.25, 0.08, 0.5, 0.03), 0.98))
        at += len(line) + 1
    return PageReading(text, tuple(words), Script.HANS, 0, "fake", "1", 0.98, blank=not text)
