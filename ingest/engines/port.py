"""Decides what a reading engine is: given one clean gray picture, which words stand where, and how sure."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from PIL import Image

from index.domain.reading import Script


class Arrangement(StrEnum):
    """How the text stands on the picture, as far as a cheap look can tell."""

    COLUMN = "column"
    """One line below the other over the whole width; tables and forms too."""
    MIXED = "mixed"
    """Several columns of running text."""
    BAND = "band"
    """A few lines cut out of a page, to try a script on."""
    LINE = "line"
    """One line, cut out close."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A run of characters without a space, its box in pixels of the picture, and its confidence (0..1)."""

    text: str
    left: float
    top: float
    width: float
    height: float
    confidence: float


Line = tuple[Seen, ...]


@dataclass(frozen=True, slots=True)
class EngineReading:
    """Lines of words in reading order.

    `turned` are the clockwise quarter turns the engine found the picture to need; boxes lie on the picture as turned.
    """

    lines: tuple[Line, ...]
    turned: int = 0

    @property
    def words(self) -> tuple[Seen, ...]:
        return tuple(word for line in self.lines for word in line)

    @property
    def confidence(self) -> float:
        """The mean over characters; 0 where nothing was read."""
        words = self.words
        total = sum(len(word.text) for word in words)
        return sum(word.confidence * len(word.text) for word in words) / total if total else 0.0


class OcrEngine(Protocol):
    """A reader of pictures. Every method raises EngineFailed when the engine crashes, hangs or returns rubbish."""

    @property
    def name(self) -> str:
        """As settings and readings call it."""

    @property
    def needs_script(self) -> bool:
        """Whether it has to be told the script, and cannot see by itself which way up a page stands."""

    def version(self) -> str:
        """What decides its results besides its settings."""

    def read(self, image: Image.Image, dpi: int, script: Script, arrangement: Arrangement) -> EngineReading:
        """The words on an upright picture of mode L."""

    def turns_to_upright(self, image: Image.Image, dpi: int) -> int | None:
        """How many clockwise quarter turns make the picture upright; None where too little stands on it to tell."""
