"""Decides which text of a page's seals is kept: what an engine reads on them, kept apart from the page's own."""

from __future__ import annotations

from collections.abc import Iterator

from PIL import Image

from index.domain.reading import Script, Stamp
from ingest.engines.port import Arrangement, OcrEngine
from ingest.imaging.stamps import Seal, seals_on

#: Less is a smudge, a star or a signature across a seal.
_LEAST_SURE, _SHORTEST = 0.6, 2


def stamps_of(page: Image.Image, dpi: int, script: Script, engine: OcrEngine) -> tuple[Stamp, ...]:
    """The seals of the upright page that can be read, each line a stamp of its own."""
    known = Script.HANS if script in (Script.NONE, Script.LATIN) else script
    return tuple(stamp for seal in seals_on(page, dpi) for stamp in _read(seal, dpi, known, engine))


def _read(seal: Seal, dpi: int, script: Script, engine: OcrEngine) -> Iterator[Stamp]:
    for line in seal.lines:
        reading = engine.read(line, dpi, script, Arrangement.LINE)
        text = "".join(word.text for word in reading.words)
        if len(text) >= _SHORTEST and reading.confidence >= _LEAST_SURE:
            yield Stamp(text, seal.box, reading.confidence)
