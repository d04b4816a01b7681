"""Decides how RapidOCR is asked: where the lines stand, which way up they are, and every character on them by itself.

One model reads simplified, traditional and Latin alike, so no script has to be known. Its line-direction classifier is
left out: it turns upright lines upside down (ocr.md). Instead a few lines are read as they stand, and only where that
fails turned as well: most pages pay nothing for it. The models lie in the wheel and are named by path: nothing is
fetched.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import rapidocr
from numpy.typing import NDArray
from PIL import Image
from rapidocr import RapidOCR
from rapidocr.ch_ppocr_det import TextDetector
from rapidocr.ch_ppocr_rec import TextRecInput, TextRecognizer
from rapidocr.inference_engine.onnxruntime.main import ONNXRuntimeError
from rapidocr.utils.process_img import get_rotate_crop_image

from index.domain.errors import EngineFailed
from index.domain.reading import Script
from ingest.engines import tiling
from ingest.engines.decoding import Decoded, Decoder
from ingest.engines.placing import Gray, Place, placed
from ingest.engines.port import Arrangement, EngineReading, Line
from ingest.engines.vertical import set_anew

NAME = "rapidocr"
_DETECTOR, _RECOGNISER = "PP-OCRv6_det_small", "PP-OCRv6_rec_small"
#: The long side of what the detector looks at (A4 at 110 dpi: a third of the cost of 171, the same lines). Small print
#: is looked at again, larger. Sheets beyond A4 are looked at in tiles of the reading size.
DETECTION_SIDE, FINE_SIDE, TILE_SIDE = 1_280, 2_000, 2_600
#: Lines lower than this in what the detector saw are small print.
_SMALL_PRINT = 13
#: Lines read first, to see which way up they stand; below this mean the other ways are tried, and must beat it by that.
_TRIED, _STANDS, _BY = 4, 0.85, 0.08
#: Columns set anew are read with more than this; what is no column with at most 0.76.
_COLUMNS = 0.88
_TALL = 1.5
#: So many times as wide as high, a picture holds one line, which the detector misses for want of a margin.
_STRIP = 5
#: So much of the lines' area must be in tall lines before the page is taken to lie on its side or to run downwards.
_MOSTLY = 0.6

Quads = NDArray[np.float32]
Corners = NDArray[np.float32]


class Rapid:
    """The default reader (rapidocr 3.10, PP-OCRv6 small)."""

    @property
    def name(self) -> str:
        return NAME

    @property
    def needs_script(self) -> bool:
        return False

    def version(self) -> str:
        return f"{version(NAME)} {_RECOGNISER}"

    def read(self, image: Image.Image, dpi: int, script: Script, arrangement: Arrangement) -> EngineReading:
        """See OcrEngine; neither script nor arrangement need be known."""
        with _told_plainly():
            gray = np.asarray(image)
            return _read_line(_models(), gray) if arrangement is Arrangement.LINE else _read(_models(), gray)

    def turns_to_upright(self, image: Image.Image, dpi: int) -> int | None:
        """See OcrEngine; reading tells by itself."""
        reading = self.read(image, dpi, Script.NONE, Arrangement.COLUMN)
        return reading.turned if reading.lines or reading.turned else None


@contextmanager
def _told_plainly() -> Iterator[None]:
    try:
        yield
    except (ONNXRuntimeError, cv2.error) as error:
        raise EngineFailed("engine-failed", problem=f"rapidocr: {error}"[:300]) from error


@dataclass(frozen=True, slots=True)
class Models:
    """Detector and recogniser, loaded once a process."""

    detector: TextDetector
    recogniser: TextRecognizer

    def detect(self, gray: Gray) -> Quads:
        """The lines on a picture, looked at no larger than DETECTION_SIDE, or FINE_SIDE where the print is small."""
        quads = self._seen_at(gray, DETECTION_SIDE)
        share = DETECTION_SIDE / max(gray.shape)
        if share < 1 and _is_small_print(quads * share):
            return self._seen_at(gray, FINE_SIDE)
        return quads

    def _seen_at(self, gray: Gray, side: int) -> Quads:
        share = min(1.0, side / max(gray.shape))
        size = round(gray.shape[1] * share), round(gray.shape[0] * share)
        small = cv2.resize(gray, size, interpolation=cv2.INTER_AREA) if share < 1 else gray
        found = self.detector(cv2.cvtColor(small, cv2.COLOR_GRAY2BGR)).boxes
        quads = np.zeros((0, 4, 2), np.float32) if found is None else found.astype(np.float32)
        return quads / np.float32(share)

    def recognise(self, crops: Sequence[Gray]) -> list[Decoded]:
        """Each line that was cut out, characters by themselves."""
        if not crops:
            return []
        lines = [cv2.cvtColor(crop, cv2.COLOR_GRAY2BGR) for crop in crops]
        answer: Sequence[Any] = self.recogniser(TextRecInput(img=lines, return_word_box=True)).word_results
        return list(answer)


def _is_small_print(quads: Quads) -> bool:
    heights = np.minimum(*_sides(quads))
    return bool(heights.size and np.percentile(heights, 25) < _SMALL_PRINT)


@cache
def _models() -> Models:
    folder = Path(rapidocr.__file__).parent / "models"
    one_thread = {f"EngineConfig.onnxruntime.{kind}_op_num_threads": 1 for kind in ("intra", "inter")}
    paths = {"Det.model_path": str(folder / f"{_DETECTOR}.onnx"), "Rec.model_path": str(folder / f"{_RECOGNISER}.onnx")}
    cv2.setNumThreads(1)
    chosen = RapidOCR(params={"Global.log_level": "critical", "Global.use_cls": False, **one_thread, **paths}).cfg
    for part in (chosen.Det, chosen.Rec):
        part.engine_cfg = chosen.EngineConfig.onnxruntime
    chosen.Rec.font_path = None
    # One line at a time, no wider than it is: padding to the longest of six costs a third more.
    chosen.Rec.rec_batch_num, chosen.Rec.rec_img_shape = 1, [3, 48, 48]
    recogniser = TextRecognizer(chosen.Rec)
    recogniser.postprocess_op = Decoder(  # type: ignore[assignment]
        recogniser.postprocess_op.character
    )
    return Models(TextDetector(chosen.Det), recogniser)


def _read_line(models: Models, gray: Gray) -> EngineReading:
    """A line that was cut out: nothing is looked for."""
    line = _placed(models.recognise([gray])[0], gray, _whole(gray))
    return EngineReading((line,) if line else ())


def _whole(gray: Gray) -> Corners:
    height, width = gray.shape
    return np.array([(0, 0), (width, 0), (width, height), (0, height)], np.float32)


# -- a page ----------------------------------------------------------------------------------------


def _read(models: Models, gray: Gray) -> EngineReading:
    quads = _lines_on(models, gray)
    quarters = _quarters(models, gray, quads) if _stands_tall(quads) else 0
    if quarters is None:
        return _read_columns(models, gray, quads)
    quads = _turned(quads, gray.shape, quarters)
    gray = np.ascontiguousarray(np.rot90(gray, -quarters))
    crops = [_cut_out(gray, quad) for quad in quads]
    tried, turned = _tried(models, crops)
    if turned:
        quads = _turned(quads, gray.shape, turned)
        crops = [_half_turned(crop) for crop in crops]
    rest = [at for at in range(len(crops)) if at not in tried]
    read = {**tried, **dict(zip(rest, models.recognise([crops[at] for at in rest]), strict=True))}
    lines = (_placed(read[at], crops[at], quads[at]) for at in range(len(crops)))
    return EngineReading(tuple(line for line in lines if line), (quarters + turned) % 4)


def _lines_on(models: Models, gray: Gray) -> Quads:
    """An ordinary page is looked at whole, a large drawing in tiles; a strip on which nothing is seen is one line."""
    if max(gray.shape) > TILE_SIDE:
        return tiling.detected(gray, TILE_SIDE, models.detect)
    quads = models.detect(gray)
    return quads if len(quads) or gray.shape[1] < _STRIP * gray.shape[0] else _whole(gray)[None]


def _cut_out(gray: Gray, quad: Corners) -> Gray:
    crop: Gray = get_rotate_crop_image(gray, quad.copy())
    return crop


def _tried(models: Models, crops: Sequence[Gray]) -> tuple[dict[int, Decoded], int]:
    """The longest lines, read; and 2 quarter turns where they had to be turned by half."""
    longest = sorted(range(len(crops)), key=lambda at: -crops[at].shape[1] / crops[at].shape[0])[:_TRIED]
    upright = models.recognise([crops[at] for at in longest])
    if _sureness(upright) >= _STANDS:
        return dict(zip(longest, upright, strict=True)), 0
    upended = models.recognise([_half_turned(crops[at]) for at in longest])
    turned = _sureness(upended) > _sureness(upright) + _BY
    return dict(zip(longest, upended if turned else upright, strict=True)), 2 if turned else 0


def _sureness(lines: Sequence[Decoded]) -> float:
    """Of all characters read; what cannot be read comes out short and unsure."""
    sure = [one for line in lines for one in line.sureness]
    return sum(sure) / len(sure) if sure else 0.0


def _half_turned(crop: Gray) -> Gray:
    return np.ascontiguousarray(crop[::-1, ::-1])


def _turned(quads: Quads, shape: tuple[int, ...], quarters: int) -> Quads:
    """The lines on the picture (of `shape`) after so many clockwise quarter turns, their corners in order again."""
    height, width = shape
    for _ in range(quarters):
        quads = np.stack([height - quads[..., 1], quads[..., 0]], axis=-1)[:, [3, 0, 1, 2]]
        height, width = width, height
    return quads


def _placed(decoded: Decoded, crop: Gray, quad: Corners) -> Line:
    return placed(decoded, crop, Place(quad)) if decoded.characters else ()


# -- a page on its side, or one whose lines run downwards ------------------------------------------


def _stands_tall(quads: Quads) -> bool:
    wide, tall = _sides(quads)
    area = wide * tall
    return bool(area[tall >= _TALL * wide].sum() > _MOSTLY * area.sum()) if area.size else False


def _sides(quads: Quads) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    return np.linalg.norm(quads[:, 1] - quads[:, 0], axis=1), np.linalg.norm(quads[:, 3] - quads[:, 0], axis=1)


def _quarters(models: Models, gray: Gray, quads: Quads) -> int | None:
    """The quarter turns that make a page upright whose lines stand tall; None where they are columns of upright Han.

    The recogniser also knows Han that lies on its left side, as columns do when they are turned into lines. So columns
    read well turned counter-clockwise (3) and set anew; a page to be turned that way is rubbish when set anew.
    """
    wide, tall = _sides(quads)
    longest = [int(at) for at in np.argsort(-tall / np.maximum(wide, 1))[:_TRIED]]
    crops = [_cut_out(gray, quads[at]) for at in longest]  # turned counter-clockwise by the cutting
    counter = _sureness(models.recognise(crops))
    if _sureness(models.recognise([_half_turned(crop) for crop in crops])) > counter:
        return 1
    anew = _sureness(models.recognise([set_anew(_as_it_stood(crop)).line for crop in crops]))
    return None if anew > _COLUMNS else 3


def _as_it_stood(crop: Gray) -> Gray:
    """Cutting turns a tall line by a quarter; a column is looked at as it stands."""
    return np.ascontiguousarray(np.rot90(crop, -1))


def _read_columns(models: Models, gray: Gray, quads: Quads) -> EngineReading:
    """Tall lines set anew, the others (a heading, a page number) as they are."""
    wide, tall = _sides(quads)
    crops = [_cut_out(gray, quad) for quad in quads]
    columns = {at: set_anew(_as_it_stood(crops[at])) for at in range(len(quads)) if tall[at] >= _TALL * wide[at]}
    read = models.recognise([columns[at].line if at in columns else crop for at, crop in enumerate(crops)])
    lines = []
    for at, decoded in enumerate(read):
        if at in columns:
            lines.append(_placed(columns[at].back(decoded), crops[at], _downwards(quads[at])))
        else:
            lines.append(_placed(decoded, crops[at], quads[at]))
    return EngineReading(tuple(line for line in lines if line))


def _downwards(quad: Corners) -> Corners:
    """The corners of a column as those of a line from its head to its foot: its upper right corner comes first."""
    turned: Corners = quad[[1, 2, 3, 0]]
    return turned
