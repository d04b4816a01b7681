"""The life of scans and items at random: no way that is none, and the ledger always adds up."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, invariant, rule

from index.custody import quarantine
from index.custody.correcting import correct
from index.custody.withdrawing import reopen, withdraw
from index.domain.errors import MunimentError
from index.domain.holdings import _NEXT as ITEM_STEPS
from index.domain.holdings import ItemState
from index.domain.scan import _NEXT as SCAN_STEPS
from index.domain.scan import AT_REST, ScanState
from ingest.pipeline import due, sweep
from tests.fakes.config.homes import Room, room_at
from tests.fakes.ingest.cage import paper, picture
from viewer.status import status

TEXTS = st.sampled_from(["甲", "乙", "丙", "bad-file damaged-file", "misnamed", "甲\fbad damaged-file", "\f\f"])


def reachable(steps: dict[object, frozenset[object]]) -> dict[object, set[object]]:
    """Every state that may follow in one or more steps: a look sees only some of them."""
    found = {state: set(after) | {state} for state, after in steps.items()}
    for _ in steps:
        for state, after in found.items():
            found[state] = after | {later for one in after for later in found[one]}
    return found


SCANS, ITEMS = reachable(SCAN_STEPS), reachable(ITEM_STEPS)  # type: ignore[arg-type]


class Archive(RuleBasedStateMachine):
    """Files dropped, worked on for a while, queues lost, people retrying, correcting, withdrawing."""

    scans = Bundle("scans")

    @initialize()
    def found(self) -> None:
        self.kept = tempfile.TemporaryDirectory()
        self.room: Room = room_at(Path(self.kept.name) / "home")
        self.number = 0
        self.scan_states: dict[str, ScanState] = {}
        self.item_states: dict[str, ItemState] = {}

    def teardown(self) -> None:
        self.settle()
        self.adds_up()
        assert all(scan.state in AT_REST for scan in self.room.scans())
        self.room.home.catalogue.close()
        self.kept.cleanup()

    @rule(text=TEXTS, target=scans)
    def dropped(self, text: str) -> str:
        self.number += 1
        return self.room.drop(f"J101/{self.number}.pdf", paper(*text.split("\f")))

    @rule(texts=st.lists(TEXTS, min_size=1, max_size=3), run=st.sampled_from("ab"))
    def page_dropped(self, texts: list[str], run: str) -> None:
        for text in texts:
            self.number += 1
            name = f"J101/{run}/{self.number:03d}.jpg"
            self.room.drop(name, picture(text.replace("\f", " ")), run=run, position=self.number)

    @rule(messages=st.integers(1, 12))
    def worked(self, messages: int) -> None:
        self.room.work(messages)

    @rule()
    def queue_lost(self) -> None:
        self.room.jobs.lose()
        sweep(self.room.home)

    @rule()
    def message_delivered_twice(self) -> None:
        if self.room.jobs.queue:
            actor, *ids = self.room.jobs.queue[0]
            self.room.work_on(actor, *ids)

    @rule(scan=scans, released=st.booleans())
    def tried_again(self, scan: str, released: bool) -> None:
        step = quarantine.release if released else quarantine.retry
        with _refusable(), self.room.home.catalogue.writing() as work:
            step(work, self.room.jobs, scan, "clerk", self.room.clock.now())

    @rule(scan=scans)
    def file_lost(self, scan: str) -> None:
        parked = self.room.scan(scan).parked
        if parked:
            (self.room.home.path / parked.decode()).unlink(missing_ok=True)

    @rule(nth=st.integers(0, 9), what=st.sampled_from(["correct", "withdraw", "reopen"]))
    def person_acted(self, nth: int, what: str) -> None:
        items = self.room.items()
        if not items:
            return
        one, now = items[nth % len(items)], self.room.clock.now()
        with _refusable(), self.room.home.catalogue.writing() as work:
            if what == "correct":
                correct(work, one.id, one.version, {"title": f"题{nth}"}, "clerk", now, self.room.home.packs)
            elif what == "withdraw":
                withdraw(work, one.id, one.version, "误扫", "clerk", now)
            else:
                reopen(work, one.id, one.version, "clerk", now)

    @rule()
    def settle(self) -> None:
        for _ in range(4):
            sweep(self.room.home)
            self.room.work()
        assert list(due(self.room.home)) == []

    @invariant()
    def states_follow_their_table(self) -> None:
        for scan in self.room.scans():
            assert scan.state in SCANS[self.scan_states.get(scan.id, ScanState.SEEN)]
            self.scan_states[scan.id] = scan.state
        for item in self.room.items():
            assert item.state in ITEMS[self.item_states.get(item.id, ItemState.CAPTURED)]
            self.item_states[item.id] = item.state

    @invariant()
    def adds_up(self) -> None:
        ledger = status(self.room.home)["ledger"]
        assert isinstance(ledger, dict)
        parts = ("stored", "duplicate", "quarantined", "ignored", "in_flight")
        assert ledger["seen"] == sum(ledger[part] for part in parts) == len(self.room.scans())

    @invariant()
    def everything_is_explained_and_nothing_is_doubled(self) -> None:
        for scan in self.room.scans():
            explained = scan.reason is not None
            assert explained == (scan.state in (ScanState.DUPLICATE, ScanState.QUARANTINED, ScanState.IGNORED))
        codes = [item.reference_code for item in self.room.items() if item.reference_code]
        assert len(codes) == len(set(codes))


class _refusable:
    """A person may be told no."""

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> bool:
        return kind is not None and issubclass(kind, MunimentError)


TestArchive = Archive.TestCase
TestArchive.settings = settings(
    max_examples=4, stateful_step_count=12, deadline=None, suppress_health_check=list(HealthCheck)
)


class LongArchive(Archive):
    """The same for as long as a working week."""


TestLongArchive = pytest.mark.slow(LongArchive.TestCase)
TestLongArchive.settings = settings(TestArchive.settings, max_examples=40, stateful_step_count=40)
