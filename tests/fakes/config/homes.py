"""Homes for tests: founded once, copied for each, with a clock and a queue that the test holds in its hands."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Callable, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from zoneinfo import ZoneInfo

from sqlalchemy import Engine, event

from config import regulations
from config.founding import found
from config.wiring import Home
from index.catalogue.engine import open_engine
from index.domain.holdings import Item, ItemState, Page
from index.domain.rules.policy import Pack
from index.domain.scan import Scan, ScanState
from ingest import worker
from ingest.actors import Desk
from ingest.ledger import Arrival, note, place_in_drop
from ingest.pipeline import ASIDE, STAGES
from ingest.settling import look
from tests.fakes.index.jobs.memory import MemoryJobs
from tests.fakes.index.text.memory import MemoryTextIndex
from tests.fakes.ingest.cage import FakeCage

TRIES = 4
#: The regulations a test room works by: one of each shape, item by item and one file a subject.
PACKS = ("employees", "school")
MORNING = datetime(2026, 11, 23, 1, 30, tzinfo=UTC)


class HandClock:
    """The room's clock, moved by hand; every look at it is a millisecond later, as looks are."""

    zone = ZoneInfo("Asia/Shanghai")

    def __init__(self) -> None:
        self.at = MORNING

    def now(self) -> datetime:
        self.at += timedelta(milliseconds=1)
        return self.at

    def today(self) -> date:
        return self.at.astimezone(self.zone).date()

    def pass_by(self, **time: float) -> None:
        self.at += timedelta(**time)


@cache
def _packs() -> tuple[Pack, ...]:
    return tuple(regulations.load(regulations.PACKS / name) for name in PACKS)


@cache
def _template() -> TemporaryDirectory[str]:
    """A founded home, made once; kept in the cache so that it lives as long as the tests."""
    kept = TemporaryDirectory(prefix="muniment-home-", ignore_cleanup_errors=True)
    found(Path(kept.name) / "home", PACKS, []).catalogue.close()
    return kept


def fresh_home(path: Path) -> Home:
    """A home of both packs with the fonds J101 (school) and C301 (employees), its index and queue in memory."""
    shutil.copytree(Path(_template().name) / "home", path)
    home = Home(path)
    home.__dict__.update(clock=HandClock(), jobs=MemoryJobs(), text=MemoryTextIndex(), packs=_packs())
    home.catalogue.__dict__["_engine"] = engine_at(path / "catalogue.db")
    return home


def engine_at(path: Path) -> Engine:
    """The one engine of all tests, turned to this catalogue: what it compiled for one home it need not for the next.

    Nothing is synced: no test survives a power cut, and waiting for the disk would take most of their time.
    """
    engine, at_hand = _engine()
    engine.dispose()
    at_hand[:] = [path]
    return engine


@cache
def _engine() -> tuple[Engine, list[Path]]:
    engine, at_hand = open_engine(Path("at-hand"), synchronous="OFF"), list[Path]()

    def connect(*_: object) -> sqlite3.Connection:
        return sqlite3.connect(at_hand[0], check_same_thread=False)

    event.listen(engine, "do_connect", connect)
    return engine, at_hand


@dataclass(frozen=True)
class Room:
    """A home at work without processes: files are dropped, and the test says when anybody works."""

    home: Home
    cage: FakeCage

    @property
    def jobs(self) -> MemoryJobs:
        return self.home.jobs  # type: ignore[return-value]

    @property
    def clock(self) -> HandClock:
        return self.home.clock  # type: ignore[return-value]

    @property
    def desk(self) -> Desk:
        return Desk(self.home, self.cage)  # type: ignore[arg-type]

    def lay(self, path: str | bytes, content: bytes) -> bytes:
        """Write a file below the drop folder; its path as the ledger names it."""
        below = path.encode() if isinstance(path, str) else path
        place = os.path.join(os.fsencode(self.home.folder("drop")), below)
        os.makedirs(os.path.dirname(place), exist_ok=True)
        with open(place, "wb") as opened:
            opened.write(content)
        return below

    def drop(self, path: str | bytes, content: bytes, *, run: str | None = None, position: int = 0) -> str:
        """Lay a file and hand it over as the watcher does once it is ready; the scan's id."""
        below = self.lay(path, content)
        place = os.path.join(os.fsencode(self.home.folder("drop")), below)
        with self.home.catalogue.writing() as work:
            fonds_id, hints = place_in_drop(below, work.fonds.all())
            arrival = Arrival(below, "drop", look(place, 0.0, None), fonds_id, None, hints, run, position)
            scan = note(self.home, work, arrival, ScanState.SETTLING)
        self.jobs.ask("receive", scan.id)
        return scan.id

    def work(self, times: int = 10_000) -> int:
        """Be the worker until nothing is asked for; how many messages that took."""
        done = 0
        while self.jobs.queue and done < times:
            actor, *ids = self.jobs.take()
            self.work_on(actor, *ids)
            done += 1
        return done

    def work_on(self, actor: str, target: str = "") -> None:
        """One message through the worker's own edge, given up when it fails as often as dramatiq would try."""
        stage = next(stage for stage in (*STAGES, *ASIDE) if stage.name == actor)
        act = worker._actor(self.desk, stage, worker._Doing())
        for _ in range(TRIES):
            try:
                return act(target)
            except Exception:  # what the edge lets through is what dramatiq tries again
                continue
        worker._give_up(self.desk)(actor, target, str(TRIES))

    def scan(self, scan_id: str) -> Scan:
        with self.home.catalogue.reading() as work:
            return work.scans.get(scan_id)

    def scans(self) -> Sequence[Scan]:
        with self.home.catalogue.reading() as work:
            return work.scans.in_states(*ScanState)

    def items(self) -> list[Item]:
        with self.home.catalogue.reading() as work:
            return [work.items.get(item_id) for item_id in work.items.in_state(*ItemState)]

    def pages(self, item_id: str) -> Sequence[Page]:
        with self.home.catalogue.reading() as work:
            return work.pages.of_item(item_id)

    def lies(self, folder: str) -> list[str]:
        """Everything that lies in a folder of the home, by its path below it."""
        root = self.home.folder(folder)
        return sorted(str(place.relative_to(root)) for place in root.rglob("*") if not place.is_dir())


def room_at(path: Path) -> Room:
    return Room(fresh_home(path), FakeCage())


Scene = Callable[[Room], object]


def room_after(scene: Scene, path: Path) -> Room:
    """A room in which `scene` was played: once for all tests that begin with it, each gets a copy of its own."""
    kept, memory, cage = _played(scene)
    shutil.copytree(Path(kept.name) / "home", path)
    home = Home(path)
    home.__dict__.update(deepcopy(memory), packs=_packs())
    home.catalogue.__dict__["_engine"] = engine_at(path / "catalogue.db")
    return Room(home, deepcopy(cage))


@cache
def _played(scene: Scene) -> tuple[TemporaryDirectory[str], Mapping[str, object], FakeCage]:
    """The folder of the home after the scene, and what its clock, queue, index and cage then hold in memory."""
    kept = TemporaryDirectory(prefix="muniment-scene-", ignore_cleanup_errors=True)
    room = room_at(Path(kept.name) / "home")
    scene(room)
    room.home.catalogue.close()
    return kept, {part: room.home.__dict__[part] for part in ("clock", "jobs", "text")}, room.cage
