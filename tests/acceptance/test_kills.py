"""A story of kill -9: whatever dies, at whatever step, nothing is lost and nothing is doubled.

Every kill hits a process at a moment when it holds a lease (or, for `index`, the index's lock as well): that the lease
was still held is seen after the kill, and a kill that came too late does not count.
"""

from __future__ import annotations

import hashlib
import json
import os
import signal
import sqlite3
import subprocess
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from itertools import cycle
from pathlib import Path

import psutil
import pytest
from PIL.Image import Image

from tests import paper, sheets
from tests.driver import Archive, wait_until

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]

KILLS = 24
STAGES = ("receive", "render", "recognise", "divide", "describe", "classify", "file", "index")
VICTIMS = (*STAGES, "watch", "serve")
PATIENCE = 300.0


@pytest.fixture
def archive(tmp_path: Path, free_port: int) -> Iterator[Archive]:
    settings = {
        # Who dies matters here, not who reads: each kill would take RapidOCR's models along, two seconds to load again.
        "MUNIMENT_OCR__ENGINE": "tesseract",
        "MUNIMENT_QUEUE__DELIVERIES": "1000",
        "MUNIMENT_QUEUE__SWEEP_SECONDS": "10",
        "MUNIMENT_WATCH__SETTLE_SECONDS": "0.5",
        "MUNIMENT_WATCH__FOLDER_SETTLE_SECONDS": "2",
        "MUNIMENT_VIEWER__PORT": str(free_port),
    }
    archive = Archive(tmp_path / "home", settings)
    archive.home.mkdir()
    archive.ask("init", "--pack", "school", "--pack", "employees")
    yield archive


def test_twenty_four_kills_lose_nothing_and_double_nothing(archive: Archive, tmp_path: Path) -> None:
    dropped: list[str] = []
    with archive.running("run --workers 2") as (run,):
        wait_until(lambda: len(archive.json("status")["workers"]) >= 3, 60)
        kills: Counter[str] = Counter()
        victims = cycle(VICTIMS)
        for batch in range(40):
            dropped += drop_some(archive, tmp_path / "papers", batch)
            for _ in range(3):
                victim = next(victims)
                kills[victim] += kill(archive, run, victim)
            if kills.total() >= KILLS and all(kills[victim] for victim in VICTIMS):
                break
        assert kills.total() >= KILLS and all(kills[victim] for victim in VICTIMS), kills
        wait_until(archive.at_rest(len(dropped)), PATIENCE, every=1)
    assert_all_accounted_for(archive, dropped)


def drop_some(archive: Archive, papers: Path, batch: int) -> list[str]:
    """Two single pages, now and then a volume, a duplicate, and a broken one; the SHA-256 of each file dropped."""
    papers.mkdir(exist_ok=True)
    made = [papers / f"{batch:03d}-{number}.jpg" for number in range(2)]
    for number, path in enumerate(made):
        paper.save([page(batch * 10 + number)], path)
    if batch % 3 == 0:
        made.append(papers / f"{batch:03d}.tif")
        paper.save([page(batch * 10 + number) for number in range(5, 8)], made[-1])
    if batch % 4 == 0:
        made += [papers / f"{batch:03d}-again.jpg", papers / f"{batch:03d}-broken.jpg"]
        made[-2].write_bytes(made[0].read_bytes())
        made[-1].write_bytes(made[1].read_bytes()[:2000])
    for path in made:
        archive.lay(path, "J101")
    return [hashlib.sha256(path.read_bytes()).hexdigest() for path in made]


def page(seed: int) -> Image:
    return paper.render(sheets.sheet("notice", seed=seed), "clean", seed=seed, dpi=90)


def kill(archive: Archive, run: subprocess.Popen[bytes], victim: str) -> int:
    """1 when a process was killed while it held what `victim` names, 0 when none was caught in time."""
    if victim in ("watch", "serve"):
        return kill_child(run, victim)
    return kill_holder(archive, victim)


def kill_child(run: subprocess.Popen[bytes], command: str) -> int:
    for child in psutil.Process(run.pid).children():
        with suppress(psutil.NoSuchProcess):
            if command in child.cmdline():
                child.kill()
                return 1
    return 0


def kill_holder(archive: Archive, stage: str, seconds: float = 15.0) -> int:
    """Watch the leases until a worker of this stage holds one; kill it, and see that it still did."""
    end = time.monotonic() + seconds
    jobs = sqlite3.connect(f"file:{archive.home / 'jobs.db'}?mode=ro", uri=True)
    try:
        while time.monotonic() < end:
            for key, owner in holders(jobs, stage):
                if killed(int(owner.split(":")[1])) and (key, owner) in holders(jobs, stage):
                    return 1
    finally:
        jobs.close()
    return 0


def holders(jobs: sqlite3.Connection, stage: str) -> list[tuple[int, str]]:
    query = "SELECT key, owner FROM message WHERE owner IS NOT NULL AND (asks = ? OR asks LIKE ?)"
    return [(key, owner) for key, owner in jobs.execute(query, (stage, f"{stage} %"))]


def killed(pid: int) -> bool:
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        return False
    return True


def assert_all_accounted_for(archive: Archive, dropped: list[str]) -> None:
    """The ledger adds up, every distinct scan is one item, every byte is there, the index equals the catalogue."""
    ledger = archive.json("status")["ledger"]
    assert ledger["seen"] == len(dropped)
    assert ledger["stored"] + ledger["duplicate"] + ledger["quarantined"] + ledger["ignored"] == ledger["seen"]
    catalogue = sqlite3.connect(archive.home / "catalogue.db")
    sound = {row[0] for row in catalogue.execute("SELECT sha256 FROM scan WHERE state = 'read'")}
    items = catalogue.execute("SELECT count(*) FROM item WHERE state IN ('filed', 'review')").fetchone()[0]
    frames = catalogue.execute("SELECT count(*), count(DISTINCT scan_id || '/' || frame) FROM page").fetchone()
    unread = catalogue.execute(
        "SELECT count(*) FROM page JOIN scan ON scan.id = page.scan_id"
        " WHERE scan.state = 'read' AND page.state != 'read'"
    ).fetchone()[0]
    codes = [row[0] for row in catalogue.execute("SELECT reference_code FROM item WHERE reference_code IS NOT NULL")]
    catalogue.close()
    assert items == len(sound) == ledger["stored"]
    assert frames[0] == frames[1] and unread == 0
    assert len(codes) == len(set(codes))
    assert Counter(everything_kept(archive.home)) == Counter(dropped)
    outcome = archive.json("verify")
    assert outcome["ok"], json.dumps(outcome["findings"][:5])


def everything_kept(home: Path) -> Iterator[str]:
    for folder in ("drop", "done", "duplicates", "quarantine"):
        for path in (home / folder).rglob("*"):
            if path.is_file() and not path.name.endswith(".reason.txt"):
                yield hashlib.sha256(path.read_bytes()).hexdigest()
