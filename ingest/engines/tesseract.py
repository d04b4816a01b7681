"""Decides how Tesseract is asked, through pytesseract: once a page, for words, boxes and confidences together.

The picture is handed over as a plain gray TIFF of ours, by path: pytesseract would write a PNG (twice the time), and
Tesseract itself loops for ever on a TIFF that points to itself and reads a float TIFF as empty (ocr.md).
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import groupby

import pytesseract
from PIL import Image
from pytesseract.pytesseract import run_tesseract

from index.domain.errors import EngineFailed
from index.domain.reading import Script
from ingest.engines.port import Arrangement, EngineReading, Seen

LANGUAGES: Mapping[Script, str] = {Script.HANS: "chi_sim", Script.HANT: "chi_tra", Script.LATIN: "eng"}
#: psm 4 wherever a line may be read across the page, tables among them (2.9 % against 4.4 % of characters wrong with
#: psm 3, at the same cost); psm 3 for columns of running text; never psm 6 on whole pages (ocr.md).
_PAGE_SEGMENTATION: Mapping[Arrangement, int] = {
    Arrangement.COLUMN: 4,
    Arrangement.MIXED: 3,
    Arrangement.BAND: 6,
    Arrangement.LINE: 7,
}
#: Tesseract would read every doubtful line a second time as white on black.
_NEVER_INVERT = "-c invert_threshold=0"
_WORD_LEVEL, _COLUMNS = "5", 12


class Tesseract:
    """The engine that is always there."""

    def __init__(self, seconds: float = 100.0) -> None:
        self._seconds = seconds

    @property
    def name(self) -> str:
        return "tesseract"

    @property
    def needs_script(self) -> bool:
        return True

    def version(self) -> str:
        return _version()

    def read(self, image: Image.Image, dpi: int, script: Script, arrangement: Arrangement) -> EngineReading:
        """See OcrEngine; the script chooses the language model."""
        settings = f"--psm {_PAGE_SEGMENTATION[arrangement]} {_NEVER_INVERT} -c tessedit_create_tsv=1"
        return reading_of(self._run(image, dpi, "tsv", LANGUAGES[script], settings))

    def turns_to_upright(self, image: Image.Image, dpi: int) -> int | None:
        """See OcrEngine; by Tesseract's own orientation test."""
        try:
            return turns_of(self._run(image, dpi, "osd", "osd", "--psm 0"))
        except EngineFailed as failure:
            if "Too few characters" in str(failure.details.get("problem")):
                return None
            raise

    def _run(self, image: Image.Image, dpi: int, kind: str, language: str, settings: str) -> bytes:
        with tempfile.TemporaryDirectory(prefix="page-") as folder:
            picture, answer = os.path.join(folder, "page.tif"), os.path.join(folder, "answer")
            image.save(picture, "TIFF", compression=None, dpi=(dpi, dpi))
            try:
                run_tesseract(
                    picture, answer, kind, language, config=f"--dpi {dpi} {settings}", timeout=int(self._seconds)
                )
                with open(f"{answer}.{kind}", "rb") as file:
                    return file.read()
            except pytesseract.TesseractNotFoundError as error:
                raise EngineFailed("engine-missing", engine="tesseract") from error
            except (pytesseract.TesseractError, RuntimeError, FileNotFoundError, UnicodeDecodeError) as error:
                raise EngineFailed("engine-failed", problem=f"tesseract: {error}"[:300]) from error


@lru_cache(maxsize=1)
def _version() -> str:
    try:
        return str(pytesseract.get_tesseract_version())
    except pytesseract.TesseractNotFoundError as error:
        raise EngineFailed("engine-missing", engine="tesseract") from error


def turns_of(answer: bytes) -> int:
    """Clockwise quarter turns from Tesseract's orientation test ("Rotate: 90")."""
    for line in answer.decode(errors="replace").splitlines():
        label, _, value = line.partition(":")
        if label == "Rotate" and value.strip().isdigit():
            return int(value) // 90 % 4
    raise EngineFailed("engine-failed", problem="tesseract: no orientation in its answer")


def reading_of(answer: bytes) -> EngineReading:
    """The words of a table as Tesseract writes it; raises EngineFailed where it is not one."""
    try:
        rows = [row.split("\t") for row in answer.decode().splitlines()]
        lines = tuple(tuple(_words(line)) for _, line in groupby(_word_rows(rows), key=lambda row: row[1:5]))
    except (UnicodeDecodeError, ValueError) as error:
        raise EngineFailed("engine-failed", problem=f"tesseract: {error}"[:300]) from error
    return EngineReading(tuple(line for line in lines if line))


def _word_rows(rows: list[list[str]]) -> Iterator[list[str]]:
    """Rows of single words: page, block, paragraph, line and word number, then box, confidence and text."""
    if not rows or len(rows[0]) != _COLUMNS:
        raise ValueError("not a table of words")
    for row in rows[1:]:
        if len(row) != _COLUMNS:
            raise ValueError("a row of the table breaks off")
        if row[0] == _WORD_LEVEL:
            yield row


def _words(rows: Iterable[list[str]]) -> Iterator[Seen]:
    for row in rows:
        text = "".join(char for char in row[11] if char.isprintable() and not char.isspace())
        if text:
            left, top, width, height = (float(number) for number in row[6:10])
            yield Seen(text, left, top, width, height, min(max(float(row[10]), 0.0), 100.0) / 100)
