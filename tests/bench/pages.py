"""Decides which pages the benches read: one mix of kinds, scripts and ages, the same in every run.

Where MUNIMENT_BENCH_PAGES names a folder with a `truth.jsonl` beside its pictures, those pages are the mix.
"""

from __future__ import annotations

import json
import os
import shutil
from dataclasses import dataclass, replace
from pathlib import Path

from PIL.TiffImagePlugin import AppendingTiffWriter

from tests.bench import meter
from tests.paper import AGES, render, save, save_born_digital
from tests.sheets import sheet, volume

KINDS = ("notice", "contract", "minutes", "timetable", "registration", "letter", "prose", "plan")
LANGUAGES = {"hans": "chi_sim", "hant": "chi_tra", "mixed": "chi_sim", "latin": "eng"}


@dataclass(frozen=True, slots=True)
class Scan:
    """A dropped file of one page and the language that bare Tesseract is told."""

    path: Path
    language: str

    def bare_tesseract(self) -> meter.Spent:
        """What Tesseract alone spends on the very file."""
        command = ("tesseract", str(self.path), "-", "-l", self.language, "--psm", "3")
        return meter.run(command, OMP_THREAD_LIMIT="1")


def mix(folder: Path, count: int = 24) -> list[Scan]:
    """`count` one-page scans: every age in turn, every kind in turn, a third of them in traditional characters."""
    if given := os.environ.get("MUNIMENT_BENCH_PAGES"):
        return _given(Path(given), folder, count)
    ages = list(AGES)
    return [_scan(folder, number, KINDS[number % len(KINDS)], ages[number % len(ages)]) for number in range(count)]


def _given(source: Path, folder: Path, count: int) -> list[Scan]:
    """Every so many of the pages given, so that each kind is among them."""
    folder.mkdir(parents=True, exist_ok=True)
    records = [json.loads(line) for line in (source / "truth.jsonl").read_text(encoding="utf-8").splitlines()]
    chosen = [records[number * len(records) // count] for number in range(count)]
    return [
        Scan(Path(shutil.copy(source / one["file"], folder / one["file"])), LANGUAGES[one["lang"]]) for one in chosen
    ]


def _scan(folder: Path, number: int, kind: str, age: str) -> Scan:
    made = sheet(kind, 100 + number, "hant" if number % 3 == 2 else "hans")
    suffix = "tif" if age == "fax" else "jpg"
    path = save([render(made, age, number)], folder / f"scan{number:03}.{suffix}")
    return Scan(path, LANGUAGES[made.script])


def born_digital(path: Path, pages: int, seed: int = 1) -> Path:
    """A PDF with a text layer on every page."""
    return save_born_digital(volume(pages, seed, "minutes"), path)


def long_volume(path: Path, pages: int) -> Path:
    """A TIFF of many short numbered pages, black and white, written page by page."""
    with AppendingTiffWriter(path, new=True) as tiff:
        for page in volume(pages, 9):
            short = replace(page, blocks=page.blocks[:4])
            render(short, "fax", page.number or 0).save(tiff, "TIFF", compression="group4", dpi=(200, 200))
            tiff.newFrame()
    return path
