"""The benches' own instruments: they count what they say."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

from tests.bench import meter, pages

BURN = "import time\nwhile time.process_time() < 0.3: pass"


def test_the_processor_time_of_a_grandchild_is_counted() -> None:
    nested = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {BURN!r}])"
    assert meter.run([sys.executable, "-c", nested]).cpu >= 0.3


def test_a_child_that_died_still_counts_for_its_tree() -> None:
    before = meter.cpu_of(os.getpid())
    subprocess.run([sys.executable, "-c", BURN], check=True)
    assert meter.cpu_of(os.getpid()) - before >= 0.29


def test_memory_is_that_of_the_whole_tree() -> None:
    assert meter.largest_of(os.getpid()) > 0
    assert meter.pss_of(os.getpid()) > 0


@pytest.mark.slow
def test_a_long_volume_is_one_tiff_of_numbered_pages(tmp_path: Path) -> None:
    with Image.open(pages.long_volume(tmp_path / "volume.tif", 2)) as tiff:
        assert getattr(tiff, "n_frames", 1) == 2
