"""Decides how well pages are read: characters wrong, lines in order, boxes on words, what a confidence is worth.

Pages are our own (`tests/paper.py`) or, where MUNIMENT_BENCH_PAGES names a folder with a `truth.jsonl` beside its
pictures, those: a record has name, file, cls, rotate, size, text and lines of {text, kind, quad}.
Characters are compared after NFKC, with dashes, quotes and dots drawn together and white space dropped.
"""

from __future__ import annotations

import json
import os
import tempfile
import time
import unicodedata
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from functools import partial
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from index.domain.reading import Box, PageReading
from ingest.engines.judging import looked_at
from ingest.engines.own_text import own_text
from ingest.imaging.paper import Kind, Sheet
from ingest.sandbox import Limits
from ingest.stages.recognise import PageRead, ReadingHints, ReadingSettings, engine_of, read_page, read_sheet
from tests.bench import meter, pages
from tests.paper import AGES, printed, render, save
from tests.sheets import sheet

_ALIKE = str.maketrans(
    dict.fromkeys("—–─−-", "-") | dict.fromkeys("“”″", '"') | dict.fromkeys("‘’′", "'") | {"…": "..."}
)
_DOTS = str.maketrans(dict.fromkeys("・•", "·"))
#: Edges of the bins of a reliability plot.
BINS = (0.0, 0.5, 0.7, 0.8, 0.9, 0.95, 0.99, 0.999, 1.0001)
Rectangle = tuple[float, float, float, float]
"""Left, top, right and bottom as fractions of the upright page."""


@dataclass(frozen=True, slots=True)
class Truth:
    """A page and what stands on it; `rotate` clockwise quarter turns were applied to the picture."""

    name: str
    kind: str
    path: Path
    text: str
    lines: tuple[tuple[str, Rectangle], ...]
    rotate: int = 0


@dataclass
class Tally:
    """What was counted over the pages of one kind."""

    pages: int = 0
    cpu: float = 0.0
    wrong: int = 0
    characters: int = 0
    upright: int = 0
    ordered: int = 0
    lines: int = 0
    boxes: list[float] = field(default_factory=list)
    said: list[tuple[float, bool]] = field(default_factory=list)

    def __add__(self, other: Tally) -> Tally:
        pairs = ((getattr(self, name), getattr(other, name)) for name in self.__dataclass_fields__)
        return Tally(*(one + another for one, another in pairs))

    def figures(self) -> Mapping[str, float]:
        """CER, share in order, share of boxes that overlap by half, in per cent; CPU seconds a page."""
        return {
            "cer": round(100 * self.wrong / max(1, self.characters), 3),
            "in_order": round(100 * self.ordered / max(1, self.lines), 2),
            "boxes": round(100 * sum(one >= 0.5 for one in self.boxes) / max(1, len(self.boxes)), 2),
            "upright": round(100 * self.upright / max(1, self.pages), 1),
            "cpu": round(self.cpu / max(1, self.pages), 2),
        }


def truths(folder: Path) -> Iterator[Truth]:
    """The pages to be read; ours are written into `folder`."""
    given = os.environ.get("MUNIMENT_BENCH_PAGES")
    yield from _given(Path(given)) if given else _own(folder)


def _given(folder: Path) -> Iterator[Truth]:
    for record in (folder / "truth.jsonl").read_text(encoding="utf-8").splitlines():
        said = json.loads(record)
        lines = tuple((line["text"], _rectangle(line["quad"], said["size"], said["rotate"])) for line in said["lines"])
        yield Truth(said["name"], said["cls"], folder / said["file"], said["text"], lines, said["rotate"])


def _rectangle(quad: Sequence[Sequence[float]], size: Sequence[float], rotate: int) -> Rectangle:
    across, down = size
    points = [(x / across, y / down) for x, y in quad]
    for _ in range(rotate % 4):  # back, counter-clockwise
        points = [(y, 1 - x) for x, y in points]
    return (min(x for x, _ in points), min(y for _, y in points), max(x for x, _ in points), max(y for _, y in points))


def _own(folder: Path) -> Iterator[Truth]:
    folder.mkdir(parents=True, exist_ok=True)
    kinds = ("notice", "contract", "timetable", "registration", "minutes", "prose")
    for number, (age, kind) in enumerate((age, kind) for age in AGES for kind in kinds):
        made = sheet(kind, 300 + number, "hant" if number % 3 == 2 else "hans")
        image = render(made, age, number)
        path = save([image], folder / f"{age}-{kind}.{'tif' if age == 'fax' else 'jpg'}")
        lines = tuple((line.text, _corners(line.box)) for line in printed(made).lines)
        text = "\n".join(line for line, _ in lines)
        yield Truth(f"{age}-{kind}", age, path, text, lines, image.info.get("turned", 0))


def _corners(box: tuple[float, float, float, float]) -> Rectangle:
    x, y, w, h = box
    return x, y, x + w, y + h


# -- reading and comparing -------------------------------------------------------------------------


def measured(engine: str, cross_check: bool = False) -> Mapping[str, Tally]:
    """Every page read by `engine` as a worker's cage reads it, by kind of page."""
    found: dict[str, Tally] = {}
    with tempfile.TemporaryDirectory() as place:
        for truth in truths(Path(place) / "pages"):
            tally = _compared(truth, *_read(truth, engine, cross_check, place))
            found[truth.kind] = found.get(truth.kind, Tally()) + tally
    return found


def readings(engine: str) -> Iterator[tuple[Truth, PageReading]]:
    """Every page with what `engine` made of it."""
    with tempfile.TemporaryDirectory() as place:
        for truth in truths(Path(place) / "pages"):
            yield truth, _read(truth, engine, False, place)[0].reading


def _read(truth: Truth, engine: str, cross_check: bool, folder: str) -> tuple[PageRead, float]:
    form = {"png": "png", "jpg": "jpeg", "tif": "tiff"}[truth.path.suffix[1:]]
    settings = ReadingSettings(engine=engine, cross_check=cross_check)
    before = meter.own_cpu()
    read = read_page(str(truth.path), form, 1, ReadingHints(), folder, settings, Limits())
    return read, meter.own_cpu() - before


def rapid_alone(scans: Sequence[pages.Scan]) -> list[meter.Spent]:
    """What rapidocr spends by itself: one thread, the cleaned page in memory, no line-direction classifier."""
    import cv2
    from rapidocr import RapidOCR

    cv2.setNumThreads(1)
    threads = {f"EngineConfig.onnxruntime.{kind}_op_num_threads": 1 for kind in ("intra", "inter")}
    engine = RapidOCR(params={"Global.log_level": "critical", "Global.use_cls": False, **threads})
    cleaned = [_upright(scan.path) for scan in scans]
    engine(cleaned[0], use_cls=False)
    return [_spent(partial(engine, page, use_cls=False)) for page in cleaned]


def _upright(path: Path) -> NDArray[np.uint8]:
    with Image.open(path) as scan:
        image = scan if scan.mode in ("L", "RGB") else scan.convert("L")
        cleaned = looked_at(image, round(float(scan.info["dpi"][0])), None).cleaned
        return np.asarray(cleaned.image.convert("RGB"))


def _spent(work: Callable[[], object]) -> meter.Spent:
    before, start = meter.own_cpu(), time.monotonic()
    work()
    return meter.Spent(meter.own_cpu() - before, time.monotonic() - start)


def blank_page() -> float:
    """CPU seconds of a blank sheet of A4 at 300 dpi, pictures and all."""
    sheet = Sheet(Image.fromarray(np.random.default_rng(1).integers(236, 248, (3508, 2480), np.uint8)), 300, Kind.IMAGE)
    settings = ReadingSettings()
    with tempfile.TemporaryDirectory() as folder:
        engine = engine_of(settings)
        read_sheet(sheet, ReadingHints(), engine, folder, settings)
        return _spent(lambda: read_sheet(sheet, ReadingHints(), engine, folder, settings)).cpu


def text_layers(path: str, count: int) -> float:
    """Born-digital pages a CPU-second, up to text and boxes."""
    own_text(path, "pdf", 1, Limits())
    return count / _spent(lambda: [own_text(path, "pdf", number, Limits()) for number in range(1, count + 1)]).cpu


def _compared(truth: Truth, read: PageRead, cpu: float) -> Tally:
    reading = read.reading
    true, ours = normal(truth.text), normal(reading.text)
    ordered, lines = _in_order(truth, ours)
    return Tally(
        pages=1,
        cpu=cpu,
        wrong=distance(true, ours),
        characters=len(true),
        upright=int(reading.turned == -truth.rotate % 4),
        ordered=ordered,
        lines=lines,
        boxes=list(_overlaps(truth, reading)),
        said=list(_said(true, reading)),
    )


def normal(text: str) -> str:
    """The text as it is compared."""
    plain = unicodedata.normalize("NFKC", text).translate(_ALIKE).translate(_DOTS)
    return "".join(char for char in plain if not char.isspace())


def distance(one: str, other: str) -> int:
    """How many characters must be put in, taken out or changed (Levenshtein), row by row in numpy."""
    across = np.array([ord(char) for char in other], np.int64)
    steps = np.arange(len(other) + 1)
    row = steps.copy()
    for number, char in enumerate(one, start=1):
        best = np.minimum(row[:-1] + (across != ord(char)), row[1:] + 1)
        row = np.minimum.accumulate(np.concatenate([[number], best]) - steps) + steps
    return int(row[-1])


def _in_order(truth: Truth, ours: str) -> tuple[int, int]:
    """The longest run of true lines found in their order, and how many were found at all (lines that are unique)."""
    lines = [normal(line) for line, _ in truth.lines]
    places = [ours.find(line) for line in lines if len(line) >= 4 and ours.count(line) == 1]
    tails: list[int] = []
    for place in places:
        at = bisect_right(tails, place)
        tails[at : at + 1] = [place]
    return len(tails), len(places)


def _overlaps(truth: Truth, reading: PageReading) -> Iterator[float]:
    """Of lines found as they stand: the overlap (intersection over union) of the box of our words with the true one."""
    for text, rectangle in truth.lines:
        if len(text) < 2 or reading.text.count(text) != 1:
            continue
        start = reading.text.find(text)
        boxes = [word.box for word in reading.words if start <= word.start < start + len(text)]
        if boxes:
            yield _overlap(rectangle, _around(boxes))


def _around(boxes: Sequence[Box]) -> Rectangle:
    return (
        min(box.x for box in boxes),
        min(box.y for box in boxes),
        max(box.x + box.w for box in boxes),
        max(box.y + box.h for box in boxes),
    )


def _overlap(one: Rectangle, other: Rectangle) -> float:
    across = max(0.0, min(one[2], other[2]) - max(one[0], other[0]))
    down = max(0.0, min(one[3], other[3]) - max(one[1], other[1]))
    areas = sum((box[2] - box[0]) * (box[3] - box[1]) for box in (one, other))
    return across * down / max(areas - across * down, 1e-12)


def _said(true: str, reading: PageReading) -> Iterator[tuple[float, bool]]:
    """Every character read: how sure the reader was, and whether it is right."""
    read = [(char, word.confidence) for word in reading.words for char in normal(word.text)]
    ours = "".join(char for char, _ in read)
    right = [False] * len(read)
    for block in SequenceMatcher(None, true, ours, autojunk=False).get_matching_blocks():
        right[block.b : block.b + block.size] = [True] * block.size
    yield from ((confidence, is_right) for (_, confidence), is_right in zip(read, right, strict=True))


def reliability(said: Sequence[tuple[float, bool]]) -> list[dict[str, float]]:
    """The points of a reliability plot: what was said on average, the share that was right, how many characters."""
    sure, right = np.array([one for one, _ in said]), np.array([fine for _, fine in said])
    points = []
    for low, high in pairwise(BINS):
        inside = (sure >= low) & (sure < high)
        if inside.any():
            count = int(inside.sum())
            means = (round(float(one[inside].mean()), 4) for one in (sure, right))
            points.append(dict(zip(("said", "right", "characters"), (*means, count), strict=True)))
    return points


def marking(tally: Tally, below: float = 0.95) -> Mapping[str, float]:
    """The share of all characters that are shown as doubtful (`below`), and the share of the wrong ones among them."""
    marked = [right for sure, right in tally.said if sure < below]
    wrong = sum(not right for _, right in tally.said)
    shares = len(marked) / max(1, len(tally.said)), sum(not right for right in marked) / max(1, wrong)
    return {"marked": round(100 * shares[0], 2), "wrong_among_them": round(100 * shares[1], 1), "wrong": wrong}


def plot(points: Sequence[Mapping[str, float]]) -> str:
    """The same as a plot in letters, for a terminal: o is what was right, | what was said."""
    rows = []
    for point in points:
        row = [" "] * 51
        row[round(50 * point["said"])] = "|"
        row[round(50 * point["right"])] = "o"
        rows.append(f"{point['said']:.3f} {''.join(row)} {point['right']:.4f} ({point['characters']})")
    return "\n".join(rows)
