"""Decides what becomes of the drop folder: events wake the watcher, but looking at every file is the truth.

It looks at start, when woken, when a file may have settled, and every minute; a lost event costs a minute, not a
scan. One watcher a home (a lock), and one bad file never stops the loop.
"""

from __future__ import annotations

import os
import signal
import stat
import struct
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta

import structlog
from watchdog.events import DirMovedEvent, FileClosedEvent, FileMovedEvent, FileSystemEvent, FileSystemEventHandler
from watchdog.observers.inotify import InotifyObserver
from watchdog.observers.polling import PollingObserver

from config.locks import hold
from config.wiring import Home
from index.domain.errors import Busy, DiskFull
from index.domain.holdings import Fonds
from index.domain.identity import new_id
from index.domain.naming import Profile
from index.domain.scan import Reason, Scan, ScanState
from index.ports import Work
from ingest.imaging.ends import end_parses
from ingest.ledger import Arrival, close_vanished, note, place_in_drop, row_of
from ingest.parking import source_of
from ingest.profiles import by_profile
from ingest.runs import could_be_page, goes_on, is_single_page, numbered, run_of
from ingest.settling import Look, closed, is_ready, is_temporary, look, looks_at
from ingest.stages.receive import changed_since

log = structlog.get_logger()

#: A captured source that changes within this time is a newer version of its scan; seconds.
WATCHED_AFTER = 3600.0


def serve(home: Home) -> None:
    """Watch until SIGTERM or SIGINT. Raises Conflict("second-watcher")."""
    with hold(home.folder("locks") / "watch", "second-watcher"):
        watcher = Watcher(home)
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: watcher.stop())
        watcher.run()


@dataclass
class Watcher:
    """Looks at the drop folder of one home. `steady` is a clock that only goes forward, in seconds."""

    home: Home
    steady: Callable[[], float] = time.monotonic
    _looks: dict[bytes, Look] = field(default_factory=dict)
    _ended: set[bytes] = field(default_factory=set)
    _noted: set[bytes] = field(default_factory=set)
    _handed: dict[bytes, Look] = field(default_factory=dict)
    _branching: set[bytes] = field(default_factory=set)
    _fondses: Sequence[Fonds] = ()
    _wake: threading.Event = field(default_factory=threading.Event)
    _stopping: bool = False

    @property
    def root(self) -> bytes:
        return os.fsencode(self.home.folder("drop"))

    @property
    def settle(self) -> float:
        watch = self.home.settings.watch
        return watch.network_settle_seconds if watch.network else watch.settle_seconds

    def stop(self) -> None:
        self._stopping = True
        self._wake.set()

    def run(self) -> None:
        """Look, then wait for an event, a file that may have settled, or the minute."""
        # Only full events tell of a file that was moved in from outside.
        observer = PollingObserver() if self.home.settings.watch.network else InotifyObserver(generate_full_events=True)
        observer.schedule(_Bell(self), str(self.home.folder("drop")), recursive=True)
        observer.start()
        try:
            while not self._stopping:
                self._wake.wait(self._look_safely())
                self._wake.clear()
        finally:
            observer.stop()
            observer.join()

    def _look_safely(self) -> float:
        try:
            return self.look_at_everything()
        except (Busy, DiskFull) as error:
            log.warning("later", stage="watch", code=error.code)
            return self.settle

    def ended(self, path: bytes) -> None:
        """An event said that this file was closed after writing or moved in."""
        self._ended.add(path)
        self._wake.set()

    def look_at_everything(self) -> float:
        """One look at every file: notes what is new, hands over what is ready; seconds until the next look."""
        now = self.steady()
        self.home.jobs.beat("watcher", "")
        ended, self._ended = self._ended, set()
        found = {path: self._looked(path, now, ended) for path in self._files()}
        self._looks = {path: seen for path, seen in found.items() if seen}
        self._forget_the_gone()
        close_vanished(self.home)
        with self.home.catalogue.reading() as work:
            self._fondses = work.fonds.all()
        handed = [scan for folder, names in self._folders().items() for scan in self._take(folder, names, now)]
        handed += self._changed_after_capture()
        for scan in handed:
            self.home.jobs.ask("receive", scan.id)
        return self._until_next(now)

    def _forget_the_gone(self) -> None:
        self._noted &= self._looks.keys()
        self._handed = {path: seen for path, seen in self._handed.items() if path in self._looks}

    def _files(self) -> Iterator[bytes]:
        """Every path that is no folder; a link to a folder is not followed, but met."""
        self._branching = set()
        for folder, folders, names in os.walk(self.root):
            links = [name for name in folders if os.path.islink(os.path.join(folder, name))]
            if len(folders) > len(links):
                self._branching.add(folder)
            yield from (os.path.join(folder, name) for name in (*names, *links))

    def _looked(self, path: bytes, now: float, ended: set[bytes]) -> Look | None:
        try:
            seen = look(path, now, self._looks.get(path))
        except FileNotFoundError:
            return None
        except OSError as error:
            log.warning("later", stage="watch", path=os.fsdecode(path), problem=error.strerror)
            return None
        return closed(seen) if self._has_ended(path, ended) else seen

    def _has_ended(self, path: bytes, ended: set[bytes]) -> bool:
        """An event told the end of this file, or that a folder above it was moved in whole."""
        while ended and len(path) > len(self.root):
            if path in ended:
                return True
            path = os.path.dirname(path)
        return False

    def _folders(self) -> dict[bytes, list[bytes]]:
        folders: dict[bytes, list[bytes]] = {}
        for path in sorted(self._looks):
            folder, name = os.path.split(path)
            folders.setdefault(folder, []).append(name)
        return folders

    def _take(self, folder: bytes, names: Sequence[bytes], now: float) -> list[Scan]:
        """What of one folder is ready now, as rows that wait to be received."""
        names = [name for name in names if self._is_news(folder, name)]
        plain = [name for name in names if self._is_plain(os.path.join(folder, name))]
        arrivals = self._arrivals(folder, plain, now)
        fresh = [name for name in names if os.path.join(folder, name) not in self._noted]
        if not fresh and not arrivals:
            return []
        with self.home.catalogue.writing() as work:
            self._note_all(work, folder, fresh)
            return [self._hand_over(work, arrival) for arrival in arrivals]

    def _is_news(self, folder: bytes, name: bytes) -> bool:
        """Not a file that was handed over or ignored already and only waits to be moved aside."""
        path = os.path.join(folder, name)
        return not self._looks[path].same(self._handed.get(path))

    def _is_plain(self, path: bytes) -> bool:
        return self._looks[path].plain and not is_temporary(self._relative(path))

    def _arrivals(self, folder: bytes, names: Sequence[bytes], now: float) -> list[Arrival]:
        """The ready files of a folder: as one run when it is one, else each by itself."""
        ready = [name for name in names if self._is_ready(os.path.join(folder, name), now)]
        profile = self.home.settings.profile_of(self._relative(folder))
        if profile:
            return self._named(folder, ready, profile) if self._rests(folder, names, ready, now) else []
        if not self._may_be_run(folder, names):
            return [self._arrival(folder, name) for name in ready]
        return self._as_run(folder, ready) if self._rests(folder, names, ready, now) else []

    def _rests(self, folder: bytes, names: Sequence[bytes], ready: Sequence[bytes], now: float) -> bool:
        """Every file of the folder is whole, and nothing new has come for a while."""
        return len(ready) == len(names) and now - self._last_change(folder, names) >= self._folder_settle

    def _named(self, folder: bytes, names: Sequence[bytes], profile: Profile) -> list[Arrival]:
        """The items of a folder whose profile tells how its files are named."""
        with self.home.catalogue.reading() as work:
            earlier = work.runs.all_in(self._relative(folder))
        return by_profile([self._arrival(folder, name) for name in names], profile, earlier)

    def _may_be_run(self, folder: bytes, names: Sequence[bytes]) -> bool:
        """A folder below the fonds' own, with nothing in it but numbered images and no folder of its own."""
        deep = self._relative(folder).count(b"/") >= 1 or not self._is_fonds(folder)
        inside = folder != self.root and deep
        return inside and all(map(could_be_page, names)) and folder not in self._branching

    def _is_fonds(self, folder: bytes) -> bool:
        name = self._relative(folder).decode("utf-8", "replace")
        return any(fonds.answers_to(name) for fonds in self._fondses)

    @property
    def _folder_settle(self) -> float:
        return max(self.settle, self.home.settings.watch.folder_settle_seconds)

    def _last_change(self, folder: bytes, names: Sequence[bytes]) -> float:
        return max((self._looks[os.path.join(folder, name)].since for name in names), default=0.0)

    def _as_run(self, folder: bytes, names: Sequence[bytes]) -> list[Arrival]:
        with self.home.catalogue.reading() as work:
            earlier = list(work.runs.newest_in(self._relative(folder)))
        if earlier and goes_on([scan.path.rsplit(b"/", 1)[-1] for scan in earlier], names):
            return self._numbered(folder, numbered(names) or names, earlier[0].run or "", earlier[-1].position)
        ordered = run_of(names, lambda name: is_single_page(os.path.join(folder, name)))
        if ordered is None:
            return [self._arrival(folder, name) for name in names]
        return self._numbered(folder, ordered, new_id(), 0)

    def _numbered(self, folder: bytes, names: Sequence[bytes], run: str, start: int) -> list[Arrival]:
        return [
            replace(self._arrival(folder, name), run=run, position=position)
            for position, name in enumerate(names, start=start + 1)
        ]

    def _arrival(self, folder: bytes, name: bytes) -> Arrival:
        path = os.path.join(folder, name)
        fonds_id, hints = place_in_drop(self._relative(path), self._fondses)
        return Arrival(self._relative(path), "drop", self._looks[path], fonds_id, hints=hints)

    def _is_ready(self, path: bytes, now: float) -> bool:
        return is_ready(self._looks[path], now, self.settle, lambda: _end_parses(path))

    def _note_all(self, work: Work, folder: bytes, names: Sequence[bytes]) -> None:
        """A row for every file from the first look on; what is no file of ours is ignored, with the reason."""
        for name in names:
            arrival, path = self._arrival(folder, name), os.path.join(folder, name)
            self._noted.add(path)
            if row_of(work, arrival) is None:
                reason = self._why_ignored(path)
                note(self.home, work, arrival, ScanState.IGNORED if reason else ScanState.SEEN, reason)

    def _why_ignored(self, path: bytes) -> Reason | None:
        if is_temporary(self._relative(path)):
            return Reason("temporary-name")
        seen = self._looks[path]
        return None if seen.plain else Reason("special-file", {"found": stat.filemode(seen.mode)})

    def _hand_over(self, work: Work, arrival: Arrival) -> Scan:
        self._handed[os.path.join(self.root, arrival.path)] = arrival.look
        return note(self.home, work, arrival, ScanState.SETTLING)

    def _changed_after_capture(self) -> list[Scan]:
        """Captured sources whose bytes are others now: somebody was still writing."""
        since = self.home.clock.now() - timedelta(seconds=WATCHED_AFTER)
        with self.home.catalogue.reading() as work:
            young = work.scans.in_states(ScanState.STORED, ScanState.READ, ScanState.QUARANTINED, since=since)
        return [scan for scan in young if scan.home == "drop" and scan.parked and self._differs(scan)]

    def _differs(self, scan: Scan) -> bool:
        """It was written to, and whoever wrote has paused for the settle time."""
        source = source_of(self.home, scan)
        return changed_since(self.home, scan) and time.time() - os.stat(source).st_mtime > self.settle

    def _until_next(self, now: float) -> float:
        """Seconds until something may have settled, at most the time of a routine look."""
        looks = [at - now for seen in self._looks.values() for at in looks_at(seen, self.settle, self._folder_settle)]
        return min([self.home.settings.watch.rescan_seconds, *(max(0.2, wait) for wait in looks if wait > 0)])

    def _relative(self, path: bytes) -> bytes:
        return os.path.relpath(path, self.root)


class _Bell(FileSystemEventHandler):
    """Turns events into a wake-up; never decides anything."""

    def __init__(self, watcher: Watcher) -> None:
        self._watcher = watcher

    def on_any_event(self, event: FileSystemEvent) -> None:
        place = event.src_path
        if isinstance(event, FileMovedEvent | DirMovedEvent):
            place = event.dest_path
        if place and isinstance(event, FileClosedEvent | FileMovedEvent | DirMovedEvent):
            self._watcher.ended(os.fsencode(place))
        elif event.event_type in ("created", "moved"):
            self._watcher._wake.set()


def _end_parses(path: bytes) -> bool | None:
    try:
        return end_parses(path)
    except (OSError, struct.error):  # it went, or was cut short while we looked
        return False
