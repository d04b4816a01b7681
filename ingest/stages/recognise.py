"""Decides how one page is read: its own text where that is sound, else rendered, cleaned, recognised; one cage call.

Whatever comes out lies on the upright page: the picture the reading room shows, with every box a fraction of it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from PIL import Image

from index.domain.errors import WrongUse
from index.domain.looks import Look
from index.domain.reading import Box, PageReading, Script
from index.domain.separators import MAY_BE_SIGNED
from ingest.engines import pdf_text
from ingest.engines.calibration import Opinion, calibrated
from ingest.engines.crosscheck import opinions
from ingest.engines.joining import joined
from ingest.engines.judging import Judged, Upright, judge, looked_at, quarter_turned
from ingest.engines.port import EngineReading, OcrEngine, Seen
from ingest.engines.scripts import script_of_text
from ingest.engines.sealing import stamps_of
from ingest.engines.soundness import is_sound
from ingest.engines.tesseract import Tesseract
from ingest.imaging import look, pdf
from ingest.imaging.inspection import inspected
from ingest.imaging.paper import Kind, Sheet
from ingest.imaging.shown import write_shown
from ingest.imaging.signs import sign_on
from ingest.sandbox import Limits
from ingest.stages.clean import CLEANING
from ingest.stages.render import drawn_dpi, render_page

#: A page with a text layer needs no more pixels than a screen has.
TEXT_DPI = 120


@dataclass(frozen=True, slots=True)
class ReadingHints:
    """What the pages before agree on. A script given here is tried on the whole page at once: only if they do agree."""

    script: Script | None = None
    turned: int | None = None


@dataclass(frozen=True, slots=True)
class ReadingSettings:
    """The room's choices: engine and its time, whether another engine reads doubtful lines too, long sides of the page
    pictures in pixels, JPEG quality."""

    engine: str = "auto"
    engine_seconds: float = 100.0
    cross_check: bool = False
    shown_side: int = 2_500
    thumb_side: int = 320
    jpeg_quality: int = 80


@dataclass(frozen=True, slots=True)
class PageRead:
    """A page read: `width` and `height` in pixels of the upright page at `dpi`."""

    reading: PageReading
    width: int
    height: int
    dpi: int
    kind: Kind
    look: Look = field(default_factory=Look)


Engines = Mapping[str, Callable[[ReadingSettings], OcrEngine]]


def _rapid(_: ReadingSettings) -> OcrEngine:
    from ingest.engines.rapid import Rapid  # half a second and 100 MB that Tesseract alone does not need

    return Rapid()


def _tesseract(settings: ReadingSettings) -> OcrEngine:
    return Tesseract(settings.engine_seconds)


ENGINES: Engines = {"auto": _rapid, "rapidocr": _rapid, "tesseract": _tesseract}


def read_page(
    path: str, format: str, number: int, hints: ReadingHints, folder: str, settings: ReadingSettings, limits: Limits
) -> PageRead:
    """Page `number` (from 1) of the file at `path`, whose `format` lay_out found; page.jpg and thumb.jpg in `folder`.

    The same page may be read again: the pictures are replaced whole. Raises BadScan, Missing("no-such-page"),
    EngineFailed("engine-failed" or "engine-missing").
    """
    if format == "pdf":
        read = _read_text_layer(path, number, folder, settings, limits)
        if read is not None:
            return read
    return read_sheet(render_page(path, format, number, limits), hints, engine_of(settings), folder, settings)


def engine_of(settings: ReadingSettings) -> OcrEngine:
    if settings.engine not in ENGINES:
        raise WrongUse("bad-setting", file="settings.toml", key="ocr.engine", problem=settings.engine)
    return ENGINES[settings.engine](settings)


def read_sheet(
    sheet: Sheet, hints: ReadingHints, engine: OcrEngine, folder: str, settings: ReadingSettings
) -> PageRead:
    """One page that is a picture: turned upright, cleaned, and read, unless it is blank or a separator."""
    if sign := sign_on(sheet.image, sheet.dpi):
        return _separator(sheet.image, sheet.dpi, sign, engine, folder, settings)
    upright = looked_at(sheet.image, sheet.dpi, hints.turned)
    looked = _inspected(upright)
    if look.is_blank(look.small(upright.cleaned.image, upright.cleaned.dpi).ink):
        page, reading = sheet.image, _nothing(engine)
    else:
        judged = judge(upright, hints.script if hints.script is not Script.NONE else None, engine)
        page, looked = judged.upright.page, _inspected(judged.upright)
        reading = _reading(judged, engine, _second(engine, settings))
    _show(page, sheet.dpi, folder, settings)
    kind = Kind.IMAGE if sheet.kind is Kind.IMAGE else Kind.SCAN
    return PageRead(reading, page.width, page.height, sheet.dpi, kind, looked)


def _separator(
    page: Image.Image, dpi: int, sign: str, engine: OcrEngine, folder: str, settings: ReadingSettings
) -> PageRead:
    """A sheet that only steers the scanning: shown as it lies, and not read."""
    _show(page, dpi, folder, settings)
    reading = PageReading("", (), Script.NONE, 0, engine.name, engine.version(), 1.0, blank=True)
    return PageRead(reading, page.width, page.height, dpi, Kind.SCAN, Look(sign=sign))


def _inspected(upright: Upright) -> Look:
    gray = upright.page if upright.page.mode == "L" else upright.page.convert("L")
    return inspected(upright.page, look.small(gray, upright.dpi), -upright.cleaned.angle)


def _second(engine: OcrEngine, settings: ReadingSettings) -> OcrEngine | None:
    """The engine whose opinion is asked besides: the other one."""
    if not settings.cross_check:
        return None
    return ENGINES["rapidocr" if engine.name == "tesseract" else "tesseract"](settings)


def _reading(judged: Judged, engine: OcrEngine, second: OcrEngine | None) -> PageReading:
    cleaned = judged.upright.cleaned

    def place(seen: Seen) -> Box:
        return cleaned.box(seen.left, seen.top, seen.width, seen.height)

    sure = _calibrated(judged, engine, second)
    text, words = joined(sure, place)
    return PageReading(
        text=text,
        words=words,
        script=judged.script,
        turned=judged.upright.turned,
        engine=engine.name,
        engine_version=engine.version(),
        confidence=sure.confidence,
        settings={
            "script": judged.script.value,
            "dpi": str(cleaned.dpi),
            "cleaning": CLEANING,
            **({"second": f"{second.name} {second.version()}"} if second else {}),
        },
        stamps=stamps_of(judged.upright.page, judged.upright.dpi, judged.script, engine),
    )


def _calibrated(judged: Judged, engine: OcrEngine, second: OcrEngine | None) -> EngineReading:
    """The same words with the chance that they are right: by what the engine says, and what the second one reads."""
    cleaned, reading = judged.upright.cleaned, judged.reading
    said = opinions(reading, cleaned.image, cleaned.dpi, judged.script, second) if second else {}
    return EngineReading(
        tuple(
            tuple(
                replace(word, confidence=calibrated(engine.name, word.confidence, said.get((row, at), Opinion.ALONE)))
                for at, word in enumerate(line)
            )
            for row, line in enumerate(reading.lines)
        )
    )


def _nothing(engine: OcrEngine) -> PageReading:
    """A blank page is kept, and says so."""
    settings = {"cleaning": CLEANING}
    return PageReading("", (), Script.NONE, 0, engine.name, engine.version(), 1.0, blank=True, settings=settings)


def _read_text_layer(path: str, number: int, folder: str, settings: ReadingSettings, limits: Limits) -> PageRead | None:
    """The page by its own text, or None where it has none that is sound."""
    document = pdf.opened(path)
    facts = document.facts(number, limits)
    layer = pdf_text.read(path, number, facts) if is_sound(facts) else None
    if layer is None:
        return None
    text, words = joined(layer.reading, layer.place)
    page = document.draw(number, TEXT_DPI, gray=False)
    dpi = drawn_dpi(facts, TEXT_DPI)
    if MAY_BE_SIGNED.search(text) and (sign := sign_on(page, dpi)):
        return _separator(page, dpi, sign, engine_of(settings), folder, settings)
    _show(page, dpi, folder, settings)
    reading = PageReading(text, words, script_of_text(text), 0, pdf_text.NAME, pdf_text.version(), 1.0)
    return PageRead(reading, page.width, page.height, dpi, Kind.TEXT)


def draw_page(path: str, format: str, number: int, kind: Kind, turned: int, folder: str, limits: Limits) -> None:
    """The pictures of a page that was read before, drawn again as they were then. Raises BadScan."""
    settings = ReadingSettings()
    if kind is Kind.TEXT:
        document = pdf.opened(path)
        page, dpi = document.draw(number, TEXT_DPI, gray=False), drawn_dpi(document.facts(number, limits), TEXT_DPI)
    else:
        sheet = render_page(path, format, number, limits)
        page, dpi = quarter_turned(sheet.image, turned), sheet.dpi
    _show(page, dpi, folder, settings)


def _show(page: Image.Image, dpi: int, folder: str, settings: ReadingSettings) -> None:
    write_shown(page, dpi, folder, settings.shown_side, settings.thumb_side, settings.jpeg_quality)
