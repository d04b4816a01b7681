"""The benches' own instruments: they count what they say."""

from __future__ import annotations

import mmap
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from PIL import Image

from tests.bench import meter, pages

BURN = "import time\nwhile time.process_time() < 0.3: pass"


def test_the_processor_time_of_a_grandchild_is_counted() -> None:
    nested = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {BURN!r}])"
    assert meter.run([sys.executable, "-c", nested]).cpu >= 0.3


def test_what_a_process_ran_is_counted_finely() -> None:
    before, begun = meter.ran(os.getpid()), time.process_time()
    while time.process_time() - begun < 0.02:
        pass
    assert 0.019 <= meter.ran(os.getpid()) - before < 0.1


def test_a_child_that_died_still_counts_for_its_tree() -> None:
    before = meter.cpu_of(os.getpid())
    subprocess.run([sys.executable, "-c", BURN], check=True)
    assert meter.cpu_of(os.getpid()) - before >= 0.29


def test_memory_is_that_of_the_whole_tree() -> None:
    assert meter.largest_of(os.getpid()) > 0
    assert meter.pss_of(os.getpid()) > 0


def test_a_mapped_file_is_not_a_processes_own_memory(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"x" * (64 << 20))
    own, everything = meter.own_of(os.getpid()), meter.pss_of(os.getpid())
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
        assert sum(content[::4096]) > 0
        assert meter.pss_of(os.getpid()) - everything > 50
        assert meter.own_of(os.getpid()) - own < 10
    kept = b"y" * (64 << 20)
    assert len(kept) and meter.own_of(os.getpid()) - own > 50


@pytest.mark.slow
def test_a_long_volume_is_one_tiff_of_numbered_pages(tmp_path: Path) -> None:
    with Image.open(pages.long_volume(tmp_path / "volume.tif", 2)) as tiff:
        assert getattr(tiff, "n_frames", 1) == 2
