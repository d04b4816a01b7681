"""Decides how what an engine read becomes the page's reading: text, boxes on the page, confidence as measured."""

from __future__ import annotations

from dataclasses import replace

from index.domain.reading import Box, PageReading, Script
from ingest.engines.calibration import Opinion, calibrated
from ingest.engines.crosscheck import Opinions, opinions
from ingest.engines.joining import joined
from ingest.engines.judging import Judged
from ingest.engines.port import EngineReading, OcrEngine, Seen
from ingest.stages.clean import CLEANING


def kept(judged: Judged, engine: OcrEngine, second: OcrEngine | None) -> PageReading:
    """The reading of a page that `engine` read; what `second` makes of doubtful lines counts in their confidence."""
    cleaned = judged.upright.cleaned

    def place(seen: Seen) -> Box:
        return cleaned.box(seen.left, seen.top, seen.width, seen.height)

    said = opinions(judged.reading, cleaned.image, cleaned.dpi, judged.script, second) if second else {}
    sure = _calibrated(judged.reading, engine.name, said)
    text, words = joined(sure, place)
    settings = {"script": judged.script.value, "dpi": str(cleaned.dpi), "cleaning": CLEANING}
    return PageReading(
        text=text,
        words=words,
        script=judged.script,
        turned=judged.upright.turned,
        engine=engine.name,
        engine_version=engine.version(),
        confidence=sure.confidence,
        settings={**settings, "second": f"{second.name} {second.version()}"} if second else settings,
    )


def _calibrated(reading: EngineReading, engine: str, said: Opinions) -> EngineReading:
    """The same words with the chance that they are right."""

    def weighed(word: Seen, row: int, at: int) -> Seen:
        opinion = said.get((row, at), Opinion.ALONE)
        return replace(word, confidence=calibrated(engine, word.confidence, opinion))

    return EngineReading(
        tuple(tuple(weighed(word, row, at) for at, word in enumerate(line)) for row, line in enumerate(reading.lines))
    )


def nothing(engine: OcrEngine, turned: int = 0) -> PageReading:
    """A blank page is kept, and says so."""
    settings = {"cleaning": CLEANING}
    return PageReading("", (), Script.NONE, turned, engine.name, engine.version(), 1.0, blank=True, settings=settings)
