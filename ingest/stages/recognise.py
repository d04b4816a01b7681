"""Decides how one page is read: its own text where that is sound, else rendered, cleaned, recognised; one cage call.

Whatever comes out lies on the upright page: the picture the reading room shows, with every box a fraction of it.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from PIL import Image

from index.domain.facing import turned_back
from index.domain.looks import Colour, Look
from index.domain.reading import Box, PageReading, Script
from index.domain.separators import MAY_BE_SIGNED
from ingest.engines.choice import engine_called, other_than
from ingest.engines.judging import Upright, judge, looked_at, quarter_turned, turned_by
from ingest.engines.keeping import kept, nothing
from ingest.engines.own_text import own_text, picture_of
from ingest.engines.port import OcrEngine
from ingest.engines.scripts import script_of_text
from ingest.engines.sealing import stamps_of
from ingest.imaging import look
from ingest.imaging.inspection import inspected
from ingest.imaging.paper import Kind, Sheet
from ingest.imaging.shown import write_shown
from ingest.imaging.signs import sign_on
from ingest.sandbox import Limits
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
    """The room's choices: engine and its time, whether another one reads doubtful lines too, the pictures' measures.

    Times in seconds, long sides of the page pictures in pixels, JPEG quality.
    """

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
    return engine_called(settings.engine, settings.engine_seconds)


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
    coloured, dpi = _coloured(sheet, page, reading.turned, hints.crop)
    _show(coloured, dpi, folder, settings)
    stamps = () if reading.blank else stamps_of(coloured, dpi, reading.script, engine)
    reading = _telling(replace(reading, stamps=stamps), sheet.not_shown)
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
    return quarter_turned(page, turned), nothing(engine, turned), looked


def _written(page: Image.Image, dpi: int, hints: ReadingHints, engine: OcrEngine, settings: ReadingSettings) -> Read:
    """Cleaned and read; a page on which only edges, folds or stains were seen turns out to be blank after all."""
    upright, fixed = _standing(page, dpi, hints, engine), hints.given_turn is not None
    if not hints.written and look.is_blank(look.small(upright.cleaned.image, upright.cleaned.dpi).ink):
        return _as_blank(page, hints, _inspected(upright), engine)
    judged = judge(upright, hints.script if hints.script is not Script.NONE else None, engine, fixed=fixed)
    second = other_than(engine, settings.engine_seconds) if settings.cross_check else None
    reading = kept(judged, engine, second)
    if fixed and reading.turned != upright.turned:
        seen = replace(_inspected(judged.upright), spread=None)  # the page stays as the person has it
        return upright.page, turned_back(reading, upright.turned), seen
    return judged.upright.page, reading, _inspected(judged.upright, fixed)


def _separator(
    page: Image.Image, dpi: int, sign: str, engine: OcrEngine, folder: str, settings: ReadingSettings
) -> PageRead:
    """A sheet that only steers the scanning: shown as it lies, and not read."""
    _show(page, dpi, folder, settings)
    reading = PageReading("", (), Script.NONE, 0, engine.name, engine.version(), 1.0, blank=True)
    return PageRead(reading, page.width, page.height, dpi, Kind.SCAN, Look(sign=sign))


def _standing(image: Image.Image, dpi: int, hints: ReadingHints, engine: OcrEngine) -> Upright:
    """The page as a person turned it, else as its lines and the pages before say."""
    if hints.given_turn is not None:
        return turned_by(image, dpi, hints.given_turn)
    return looked_at(image, dpi, hints.turned, engine.needs_script)


def cropped(image: Image.Image, crop: Box | None) -> Image.Image:
    """The part of a frame that is the page; all of it without a crop."""
    if crop is None:
        return image
    left, top = round(crop.x * image.width), round(crop.y * image.height)
    right, bottom = round((crop.x + crop.w) * image.width), round((crop.y + crop.h) * image.height)
    return image.crop((left, top, max(left + 1, right), max(top + 1, bottom)))


def _inspected(upright: Upright, fixed: bool = False) -> Look:
    """How the page was scanned. One that a person turned may lie on its side: a gap between its lines is no gutter."""
    gray = upright.page if upright.page.mode == "L" else upright.page.convert("L")
    small = look.small(gray, upright.dpi)
    seen = inspected(upright.page, small, -upright.cleaned.angle)
    lying = fixed and seen.spread is not None and look.lies_sideways(small.ink)
    return replace(seen, spread=None) if lying else seen


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
        _show(*_coloured(sheet, quarter_turned(cropped(sheet.image, crop), turned), turned, crop), folder, settings)


def _coloured(sheet: Sheet, page: Image.Image, turned: int, crop: Box | None) -> tuple[Image.Image, int]:
    """The upright `page` and its dpi; of a large one the smaller copy in colour, cropped and turned likewise."""
    if sheet.colour is None:
        return page, sheet.dpi
    dpi = round(sheet.dpi * max(sheet.colour.size) / max(sheet.image.size))
    return quarter_turned(cropped(sheet.colour, crop), turned), dpi


def _show(page: Image.Image, dpi: int, folder: str, settings: ReadingSettings) -> None:
    write_shown(page, dpi, folder, settings.shown_side, settings.thumb_side, settings.jpeg_quality)
