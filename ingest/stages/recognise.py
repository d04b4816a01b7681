"""Decides how one page is read: its own text where that is sound, else rendered, cleaned, recognised; one cage call.

Whatever comes out lies on the upright page: the picture the reading room shows, with every box a fraction of it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from PIL import Image

from index.domain.errors import WrongUse
from index.domain.facing import quarter_turned_box
from index.domain.looks import Colour, Look
from index.domain.reading import Box, PageReading, Script
from index.domain.separators import MAY_BE_SIGNED
from ingest.engines.calibration import Opinion, calibrated
from ingest.engines.crosscheck import opinions
from ingest.engines.joining import joined
from ingest.engines.judging import Judged, Upright, judge, looked_at, quarter_turned, turned_by
from ingest.engines.own_text import own_text, picture_of
from ingest.engines.port import EngineReading, OcrEngine, Seen
from ingest.engines.scripts import script_of_text
from ingest.engines.sealing import stamps_of
from ingest.engines.tesseract import Tesseract
from ingest.imaging import look
from ingest.imaging.inspection import inspected
from ingest.imaging.paper import Kind, Sheet
from ingest.imaging.shown import write_shown
from ingest.imaging.signs import sign_on
from ingest.sandbox import Limits
from ingest.stages.clean import CLEANING
from ingest.stages.render import render_page


@dataclass(frozen=True, slots=True)
class ReadingHints:
    """What the pages before agree on. A script given here is tried on the whole page at once: only if they do agree.

    What a person decided is no hint: `crop` is the half of the frame that is the page, `given_turn` its quarter turns
    (nothing is looked for then), `written` that something stands on it although it looks blank.
    """

    script: Script | None = None
    turned: int | None = None
    crop: Box | None = None
    given_turn: int | None = None
    written: bool = False

    @property
    def as_scanned(self) -> bool:
        """Whether nobody decided which part of the frame is looked at and how it stands."""
        return self.crop is None and not self.given_turn


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
    read = _read_own_text(path, format, number, folder, settings, limits) if hints.as_scanned else None
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
    if hints.crop is None and (sign := sign_on(sheet.image, sheet.dpi)):
        return _separator(sheet.image, sheet.dpi, sign, engine, folder, settings)
    whole = cropped(sheet.image, hints.crop)
    page, reading, looked = _blank(whole, sheet.dpi, hints, engine) or _written(
        whole, sheet.dpi, hints, engine, settings
    )
    _show_sheet(sheet, page, reading.turned, folder, settings, hints.crop)
    reading = _telling(reading, sheet.not_shown)
    looked = looked if sheet.colour is None else replace(looked, colour=Colour.COLOUR)
    kind = Kind.IMAGE if sheet.kind is Kind.IMAGE else Kind.SCAN
    return PageRead(reading, page.width, page.height, sheet.dpi, kind, looked)


Read = tuple[Image.Image, PageReading, Look]


def _blank(page: Image.Image, dpi: int, hints: ReadingHints, engine: OcrEngine) -> Read | None:
    """A page on which nothing is seen at the first look, not even faintly; it stands as scanned or turned by hand."""
    small = look.small(page if page.mode == "L" else page.convert("L"), dpi)
    if hints.written or not look.is_empty(small):
        return None
    return _as_blank(page, hints, inspected(page, small, 0.0), engine)


def _as_blank(page: Image.Image, hints: ReadingHints, looked: Look, engine: OcrEngine) -> Read:
    turned = hints.given_turn or 0
    return quarter_turned(page, turned), replace(_nothing(engine), turned=turned), looked


def _written(page: Image.Image, dpi: int, hints: ReadingHints, engine: OcrEngine, settings: ReadingSettings) -> Read:
    """Cleaned and read; a page on which only edges, folds or stains were seen turns out to be blank after all."""
    upright, fixed = _standing(page, dpi, hints), hints.given_turn is not None
    if not hints.written and look.is_blank(look.small(upright.cleaned.image, upright.cleaned.dpi).ink):
        return _as_blank(page, hints, _inspected(upright), engine)
    judged = judge(upright, hints.script if hints.script is not Script.NONE else None, engine, fixed=fixed)
    reading = _reading(judged, engine, _second(engine, settings))
    if fixed and reading.turned != upright.turned:
        return upright.page, turned_back(reading, upright.turned), _inspected(judged.upright)
    return judged.upright.page, reading, _inspected(judged.upright)


def _separator(
    page: Image.Image, dpi: int, sign: str, engine: OcrEngine, folder: str, settings: ReadingSettings
) -> PageRead:
    """A sheet that only steers the scanning: shown as it lies, and not read."""
    _show(page, dpi, folder, settings)
    reading = PageReading("", (), Script.NONE, 0, engine.name, engine.version(), 1.0, blank=True)
    return PageRead(reading, page.width, page.height, dpi, Kind.SCAN, Look(sign=sign))


def _standing(image: Image.Image, dpi: int, hints: ReadingHints) -> Upright:
    """The page as a person turned it, else as its lines and the pages before say."""
    if hints.given_turn is not None:
        return turned_by(image, dpi, hints.given_turn)
    return looked_at(image, dpi, hints.turned)


def turned_back(reading: PageReading, turned: int) -> PageReading:
    """What an engine read another way up than the person wants the page: its words lie where they are seen then."""
    quarters = turned - reading.turned
    words = tuple(replace(word, box=quarter_turned_box(word.box, quarters)) for word in reading.words)
    stamps = tuple(replace(stamp, box=quarter_turned_box(stamp.box, quarters)) for stamp in reading.stamps)
    return replace(reading, words=words, stamps=stamps, turned=turned)


def cropped(image: Image.Image, crop: Box | None) -> Image.Image:
    """The part of a frame that is the page; all of it without a crop."""
    if crop is None:
        return image
    left, top = round(crop.x * image.width), round(crop.y * image.height)
    right, bottom = round((crop.x + crop.w) * image.width), round((crop.y + crop.h) * image.height)
    return image.crop((left, top, max(left + 1, right), max(top + 1, bottom)))


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


def _read_own_text(
    path: str, format: str, number: int, folder: str, settings: ReadingSettings, limits: Limits
) -> PageRead | None:
    """The page by its own text, or None where it has none that is sound."""
    own = own_text(path, format, number, limits)
    if own is None:
        return None
    shown, script = picture_of(path, format, number, limits), script_of_text(own.text)
    if MAY_BE_SIGNED.search(own.text) and (sign := sign_on(shown.picture, shown.dpi)):
        return _separator(shown.picture, shown.dpi, sign, engine_of(settings), folder, settings)
    _show(shown.picture, shown.dpi, folder, settings)
    reading = PageReading(own.text, own.words, script, 0, own.engine, own.version, 1.0)
    reading = _telling(reading, shown.not_shown)
    return PageRead(reading, shown.picture.width, shown.picture.height, shown.dpi, Kind.TEXT)


def _telling(reading: PageReading, not_shown: str) -> PageReading:
    """The reading, which says what the picture of its page does not show."""
    return replace(reading, settings={**reading.settings, "not_shown": not_shown}) if not_shown else reading


def draw_page(
    path: str, format: str, number: int, kind: Kind, turned: int, folder: str, limits: Limits, crop: Box | None = None
) -> None:
    """The pictures of a page that was read before, drawn again as they were then. Raises BadScan."""
    settings = ReadingSettings()
    if kind is Kind.TEXT:
        shown = picture_of(path, format, number, limits)
        _show(shown.picture, shown.dpi, folder, settings)
    else:
        sheet = render_page(path, format, number, limits)
        _show_sheet(sheet, quarter_turned(cropped(sheet.image, crop), turned), turned, folder, settings, crop)


def _show_sheet(
    sheet: Sheet,
    page: Image.Image,
    turned: int,
    folder: str,
    settings: ReadingSettings,
    crop: Box | None = None,
) -> None:
    """The upright `page`, or of a large one its copy in colour, cropped and turned likewise."""
    if sheet.colour is not None:
        dpi = round(sheet.dpi * max(sheet.colour.size) / max(sheet.image.size))
        _show(quarter_turned(cropped(sheet.colour, crop), turned), dpi, folder, settings)
    else:
        _show(page, sheet.dpi, folder, settings)


def _show(page: Image.Image, dpi: int, folder: str, settings: ReadingSettings) -> None:
    write_shown(page, dpi, folder, settings.shown_side, settings.thumb_side, settings.jpeg_quality)
