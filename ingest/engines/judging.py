"""Decides which way up a page stands and in which script it is written, as cheaply as can be.

Whether lines run sideways is seen without an engine. The rest is tried on three lines cut out of the cleaned page:
confidence falls below a half upside down, and is highest in the right script. Where the batch says what to expect even
that is left out: the page is read, and only a doubtful reading is tried again. The engine's own orientation test is
asked last.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from PIL import Image

from index.domain.reading import Script
from ingest.engines.order import in_reading_order
from ingest.engines.port import Arrangement, EngineReading, Line, OcrEngine
from ingest.engines.scripts import LEAST_SURE_EXPECTED, han_confidence, is_doubtful, is_latin, script_of_text, sureness
from ingest.imaging import look
from ingest.imaging.rulings import Ruling, find_rulings
from ingest.stages.clean import Cleaned, clean

#: Lines cut out, and the rows of air left above and below them in the small copy.
_LINES, _AIR = 3, 2.5
#: From the first on a page stands upright; below the second it cannot be read either way (upside down, Han comes out at
#: 0.1-0.3, Latin at up to 0.5); from the third on no other script can be better.
UPRIGHT, READABLE, CERTAIN = 0.6, 0.38, 0.93
#: Within this a few lines do not decide between two scripts; the whole page may have to.
CLOSE = 0.05
_ORIENTATION_DPI = 150
_CLOCKWISE = {1: Image.Transpose.ROTATE_270, 2: Image.Transpose.ROTATE_180, 3: Image.Transpose.ROTATE_90}


@dataclass(frozen=True, slots=True)
class Upright:
    """A page turned clockwise by `turned` quarters, and the same page cleaned."""

    page: Image.Image
    dpi: int
    turned: int
    cleaned: Cleaned

    def as_turned(self, quarters: int) -> Upright:
        """The same, turned clockwise by so many quarters; what was cleaned is cleaned still."""
        page, cleaned = quarter_turned(self.page, quarters), quarter_turned(self.cleaned.image, quarters)
        turned = replace(self.cleaned, image=cleaned, width=page.width, height=page.height)
        return Upright(page, self.dpi, (self.turned + quarters) % 4, turned)

    def turned_further(self, quarters: int) -> Upright:
        further = turned_by(self.page, self.dpi, quarters)
        return replace(further, turned=(self.turned + quarters) % 4)


def quarter_turned(page: Image.Image, quarters: int) -> Image.Image:
    """The page turned clockwise by so many quarters."""
    turn = _CLOCKWISE.get(quarters % 4)
    return page.transpose(turn) if turn is not None else page


def turned_by(page: Image.Image, dpi: int, quarters: int, sideways: bool = False) -> Upright:
    """The page turned clockwise by so many quarters, and cleaned; its lines may still run `sideways` then."""
    upright = quarter_turned(page, quarters)
    return Upright(upright, dpi, quarters % 4, clean(upright, dpi, sideways))


@dataclass(frozen=True, slots=True)
class Judged:
    """A page the right way up, its script, and what the engine read on it."""

    upright: Upright
    script: Script
    reading: EngineReading


def looked_at(page: Image.Image, dpi: int, expected: int | None, needs_upright: bool = True) -> Upright:
    """The page turned as the batch leads to expect, if its lines do not run across that.

    An engine that does not need it upright is shown it as it lies: lines that run downwards may be columns of Han.
    """
    gray = page if page.mode == "L" else page.convert("L")
    sideways = look.lies_sideways(look.small(gray, dpi).ink)
    fits = expected is not None and expected % 2 == sideways
    quarters = expected if expected is not None and fits else int(sideways and needs_upright)
    return turned_by(page, dpi, quarters, sideways=sideways != quarters % 2)


def judge(upright: Upright, expected: Script | None, engine: OcrEngine, *, fixed: bool = False) -> Judged:
    """Read the page; with an expected script at once, and again only where that was doubtful.

    `fixed`: a person turned it; no other way up is tried, except by an engine that sees by itself that it reads better.
    """
    if not engine.needs_script:
        return _read_at_once(upright, engine)
    reading = None
    if expected is not None:
        reading = _whole(upright, expected, engine)
        if not is_doubtful(reading, LEAST_SURE_EXPECTED) and is_latin(reading) == (expected is Script.LATIN):
            return Judged(upright, expected, reading)
    standing, best, second = _tried(upright, expected, engine, fixed)
    if reading is None or best is not expected or standing.turned != upright.turned:
        reading = _whole(standing, best, engine)
    if second is not None and is_doubtful(reading):
        other = _whole(standing, second, engine)
        best, reading = max((best, reading), (second, other), key=lambda read: sureness(read[1]))
    return Judged(standing, best if reading.words else Script.NONE, reading)


def _read_at_once(upright: Upright, engine: OcrEngine) -> Judged:
    """By an engine that reads every script and says itself which way up the page stands."""
    reading = _whole(upright, Script.NONE, engine)
    upright = upright.as_turned(reading.turned)
    return Judged(upright, script_of_text("".join(word.text for word in reading.words)), reading)


def _tried(
    upright: Upright, expected: Script | None, engine: OcrEngine, fixed: bool
) -> tuple[Upright, Script, Script | None]:
    """The page standing, the script that reads best, and another one if the lines tried do not rule it out.

    Latin lines prove little: the page around them may be Han, so the whole has to bear them out.
    """
    first = Script.HANT if expected is Script.HANT else Script.HANS
    upright, reading = (upright, _band(upright, first, engine)) if fixed else _standing(upright, first, engine)
    latin = is_latin(reading)
    other = Script.LATIN if latin else Script.HANS if first is Script.HANT else Script.HANT
    sure = reading.confidence if latin else han_confidence(reading)
    if sure >= CERTAIN and not latin:
        return upright, first, other
    tried = _band(upright, other, engine)
    rival = tried.confidence if latin else han_confidence(tried)
    best, second = (first, other) if sure >= rival else (other, first)
    return upright, best, second if latin or abs(sure - rival) < CLOSE else None


def _standing(upright: Upright, script: Script, engine: OcrEngine) -> tuple[Upright, EngineReading]:
    """As it is, or upside down, or as the engine's orientation test says where neither can be read."""
    asis = _band(upright, script, engine)
    if asis.confidence >= UPRIGHT:
        return upright, asis
    turned = upright.as_turned(2)
    reading = _band(turned, script, engine)
    if max(asis.confidence, reading.confidence) >= READABLE:
        return (upright, asis) if asis.confidence >= reading.confidence else (turned, reading)
    turns = engine.turns_to_upright(*_for_orientation(upright.cleaned))
    if turns is None:  # nothing to go by: a photograph, a drawing, a single figure
        return upright.turned_further(-upright.turned), asis
    turned = upright.turned_further(turns)
    return turned, _band(turned, script, engine)


def _whole(upright: Upright, script: Script, engine: OcrEngine) -> EngineReading:
    """The whole page, its lines in the order in which people read them."""
    image, dpi = upright.cleaned.image, upright.cleaned.dpi
    small = look.small(image, dpi)
    arrangement = Arrangement.MIXED if look.gutters(small.ink) else Arrangement.COLUMN
    reading = engine.read(image, dpi, script, arrangement)
    if reading.turned:
        image = quarter_turned(image, reading.turned)
        small = look.small(image, dpi)
    return replace(reading, lines=_ordered(reading.lines, small, image.size))


def _ordered(lines: Sequence[Line], small: look.Small, size: tuple[int, int]) -> tuple[Line, ...]:
    """In reading order, by what was read, the lines ruled on the page, and the gutters seen in its ink."""
    by = size[0] / small.ink.shape[1]
    gutters = [Ruling(one.at * by, one.top * by, one.bottom * by) for one in look.gutters(small.ink)]
    return in_reading_order(lines, find_rulings(small, by), *size, gutters)


def _band(upright: Upright, script: Script, engine: OcrEngine) -> EngineReading:
    """The lines with the most ink on them, read alone; the whole page where no lines are seen."""
    image, dpi = upright.cleaned.image, upright.cleaned.dpi
    small = look.small(image, dpi)
    lines = look.densest_lines(small.ink, _LINES)
    if lines is None:
        return _whole(upright, script, engine)
    by = image.height / small.ink.shape[0]
    top, bottom = max(0, round((lines[0] - _AIR) * by)), min(image.height, round((lines[1] + _AIR) * by))
    return engine.read(image.crop((0, top, image.width, bottom)), dpi, script, Arrangement.BAND)


def _for_orientation(cleaned: Cleaned) -> tuple[Image.Image, int]:
    by = max(1, round(cleaned.dpi / _ORIENTATION_DPI))
    return cleaned.image.reduce(by), round(cleaned.dpi / by)
