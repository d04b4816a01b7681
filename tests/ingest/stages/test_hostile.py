"""Every hostile file that lies about on this machine is either read or refused with a sentence, within its time."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from index.domain.errors import BadScan, MunimentError
from index.domain.sentences.all import SENTENCES
from ingest.sandbox import Cage, Limits
from ingest.stages.recognise import PageRead, ReadingHints, ReadingSettings, read_page
from ingest.stages.render import lay_out
from tests.fakes.ingest import caged

CORPUS = Path(__file__).parents[4] / "shared" / "corpus"
FOLDERS = ("hostile_images", "hostile_pdf", "scans_and_pdf", "formats", "en_scans", "zh_lines")
#: One file in so many; MUNIMENT_TEST_EVERY=1 takes them all, some minutes.
EVERY = int(os.environ.get("MUNIMENT_TEST_EVERY", "7"))
LIMITS = Limits(seconds=30)


def hostile_files() -> list[Path]:
    files = [path for folder in FOLDERS for path in sorted((CORPUS / folder).rglob("*")) if path.is_file()]
    return files[::EVERY]


@pytest.fixture(scope="module")
def cage() -> Iterator[Cage]:
    cage = Cage(LIMITS)
    yield cage
    cage.close()


def read_all(cage: Cage, path: Path, folder: Path) -> list[PageRead]:
    layout = cage.run(lay_out, str(path), path.name, LIMITS)
    settings = ReadingSettings()
    return [
        cage.run(read_page, str(path), layout.format, page.number, ReadingHints(), str(folder), settings, LIMITS)
        for page in layout.pages[:2]
    ]


@pytest.mark.slow
@pytest.mark.timeout(1_800)
def test_no_hostile_file_stays_unexplained(cage: Cage, tmp_path: Path) -> None:
    for path in hostile_files():
        began = time.monotonic()
        try:
            for read in read_all(cage, path, tmp_path):
                words = read.reading.words
                assert all(read.reading.text[w.start : w.start + len(w.text)] == w.text for w in words), path
                assert all(w.box.x >= 0 and w.box.x + w.box.w <= 1.0001 and w.box.h >= 0 for w in words), path
        except MunimentError as refusal:
            assert isinstance(refusal, BadScan), (path, refusal.code, refusal.details)
            assert refusal.code in SENTENCES
        assert time.monotonic() - began < 3 * LIMITS.seconds + 5, path
    assert cage.run(caged.double, 2) == 4
