"""Decides what was read on a page of the labelled set: by an engine, once a picture, or by spoiling the true words.

An engine's readings are kept in the folder that MUNIMENT_BENCH_READINGS names, by engine, version and the picture's
SHA-256, so that a second run needs neither press nor engine. Spoilt words are for a quick look only: an engine errs
otherwise.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from functools import cache, cached_property
from io import BytesIO
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any, Protocol

from index.domain.reading import Box, PageReading, Script, Stamp, Word
from ingest.sandbox import Limits
from ingest.stages.recognise import ReadingHints, ReadingSettings, engine_of, read_page
from tests import furniture, paper, typeset
from tests.labelled.composing import Document
from tests.labelled.making import PARTS, labelled
from tests.paper import printed, render
from tests.sheet import Sheet
from tests.typeset import Placed


class Reads(Protocol):
    """Reads a page of a document (from 1), and says which documents take no time."""

    def page(self, document: Document, number: int) -> PageReading: ...
    def has_read(self, document: Document) -> bool: ...


class Engine:
    """Pages as an engine reads them, kept in `folder`."""

    def __init__(self, name: str, folder: Path) -> None:
        self.settings, self.folder = ReadingSettings(engine=name), folder

    @cached_property
    def kept(self) -> Path:
        engine = engine_of(self.settings)
        return self.folder / "".join(char if char.isalnum() else "-" for char in f"{engine.name}-{engine.version()}")

    def has_read(self, document: Document) -> bool:
        drawn = (self.folder / "drawn" / _key(document, number) for number in range(1, len(document.pages) + 1))
        return all(one.exists() and (self.kept / f"{one.read_text()}.json").exists() for one in drawn)

    def page(self, document: Document, number: int) -> PageReading:
        drawn = self.folder / "drawn" / _key(document, number)
        if not drawn.exists():
            return self._read(document, number, drawn)
        kept = self.kept / f"{drawn.read_text()}.json"
        return _reading(json.loads(kept.read_text("utf-8"))) if kept.exists() else self._read(document, number, drawn)

    def _read(self, document: Document, number: int, drawn: Path) -> PageReading:
        form, picture = _scanned(document, number)
        digest = hashlib.sha256(picture).hexdigest()
        with TemporaryDirectory() as folder:
            path = Path(folder) / "scan"
            path.write_bytes(picture)
            read = read_page(str(path), form, 1, ReadingHints(), folder, self.settings, Limits()).reading
        self.kept.mkdir(parents=True, exist_ok=True)
        (self.kept / f"{digest}.json").write_text(json.dumps(asdict(read), ensure_ascii=False), "utf-8")
        drawn.parent.mkdir(parents=True, exist_ok=True)
        drawn.write_text(digest)
        return read


def _scanned(document: Document, number: int) -> tuple[str, bytes]:
    """The page as a scanner delivers it: its format and its bytes."""
    image, saved = render(document.pages[number - 1], document.age, number), BytesIO()
    if image.mode == "1":
        image.save(saved, "TIFF", compression="group4", dpi=image.info["dpi"])
        return "tiff", saved.getvalue()
    image.convert("RGB").save(saved, "JPEG", quality=85, dpi=image.info["dpi"])
    return "jpeg", saved.getvalue()


def _key(document: Document, number: int) -> str:
    """Names a picture before it is drawn: by its words, its age, and how the press works."""
    said = f"{_press()}/{document.pages[number - 1]!r}/{document.age}/{number}"
    return hashlib.sha256(said.encode()).hexdigest()


@cache
def _press() -> str:
    sources = (Path(str(module.__file__)).read_bytes() for module in (paper, typeset, furniture))
    return hashlib.sha256(b"".join(sources)).hexdigest()


def _reading(said: dict[str, Any]) -> PageReading:
    words = tuple(Word(**{**word, "box": Box(**word["box"])}) for word in said.pop("words"))
    stamps = tuple(Stamp(**{**stamp, "box": Box(**stamp["box"])}) for stamp in said.pop("stamps"))
    return PageReading(**{**said, "words": words, "stamps": stamps, "script": Script(said["script"])})


# -- spoilt words ------------------------------------------------------------------------------------------------------

#: Characters that engines take for one another on aged paper; both ways.
_ALIKE = (
    *(
        "己已",
        "未末",
        "土士",
        "人入",
        "日曰",
        "大太",
        "千干",
        "于干",
        "由田",
        "会全",
        "目日",
        "问间",
        "任仕",
        "侍待",
        "析折",
    ),
    *(
        "晴睛",
        "拔拨",
        "设没",
        "货贷",
        "请清",
        "帐账",
        "赔陪",
        "坏环",
        "徒徙",
        "同向",
        "休体",
        "限根",
        "例列",
        "科料",
        "比此",
    ),
    *(
        "0O",
        "1l",
        "5S",
        "8B",
        "2Z",
        "一-",
        ":;",
        ",.",
        "。.",
        "、,",
        "(C",
        ")J",
        "号写",
        "年牛",
        "月用",
        "第弟",
        "表衣",
    ),
)
_RATE = {"clean": 0.004, "noisy": 0.015, "skew": 0.01, "turned": 0.01, "light": 0.015, "fax": 0.03}


class Spoilt:
    """Pages as an engine might have read them: the true lines, some characters wrong, lost or parted by a space."""

    def has_read(self, document: Document) -> bool:
        return True

    def page(self, document: Document, number: int) -> PageReading:
        sheet, rng = document.pages[number - 1], Random(f"{document.name}/{number}")
        text, words = "", list[Word]()
        for row in _rows(printed(sheet, 72).lines):
            for place in row:
                said = _spoilt(place.text, rng, _RATE[document.age])
                if said:
                    words.append(Word(said, len(text), Box(*place.box), rng.uniform(0.85, 0.99)))
                    text += said + " "
            text = text.rstrip(" ") + "\n"
        return PageReading(text.rstrip("\n"), tuple(words), _script(sheet), 0, "spoilt", "1", 0.95, blank=not words)


def _script(sheet: Sheet) -> Script:
    return Script(sheet.script)


def _rows(lines: Sequence[Placed]) -> Iterator[list[Placed]]:
    """Runs that stand beside one another, from the left, as one line of text."""
    row: list[Placed] = []
    for place in sorted(lines, key=lambda place: place.box[1] + place.box[3] / 2):
        if row and place.box[1] + place.box[3] / 2 > row[0].box[1] + row[0].box[3]:
            yield sorted(row, key=lambda one: one.box[0])
            row = []
        row.append(place)
    if row:
        yield sorted(row, key=lambda one: one.box[0])


def _spoilt(text: str, rng: Random, rate: float) -> str:
    return "".join(_character(character, rng) if rng.random() < rate else character for character in text).strip()


def _character(character: str, rng: Random) -> str:
    alike = [pair.replace(character, "", 1) for pair in _ALIKE if character in pair]
    if alike and rng.random() < 0.8:
        return rng.choice(alike)
    return rng.choice(("", character + " ", "口" if ord(character) > 255 else character))


def reader(engine: str) -> Reads:
    """`spoilt`, or an engine by its name, whose readings are kept where MUNIMENT_BENCH_READINGS says."""
    if engine == "spoilt":
        return Spoilt()
    folder = os.environ.get("MUNIMENT_BENCH_READINGS")
    if not folder:
        raise SystemExit("MUNIMENT_BENCH_READINGS must name the folder where readings are kept.")
    return Engine(engine, Path(folder))


def main() -> None:
    """Read a part once, so that every bench afterwards takes seconds."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--part", default="practice", choices=PARTS)
    parser.add_argument("--count", type=int, default=336)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--engine", default="tesseract")
    given = parser.parse_args()
    reads = reader(given.engine)
    for document in labelled(given.seed, given.count, given.part):
        for number in range(1, len(document.pages) + 1):
            reads.page(document, number)


if __name__ == "__main__":
    main()
