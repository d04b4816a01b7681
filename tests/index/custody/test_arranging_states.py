"""Hands on pages at random: never a page lost or doubled, numbers without a gap, counts right, the index agreed."""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from index.catalogue.sql import SqlWork
from index.custody import blanks, facing, joining, moving, removing, replacing, splitting, turning, undoing
from index.custody.arranging import VERBS
from index.domain.errors import MunimentError
from index.domain.holdings import Item, ItemState, Page, PageRole, PageState
from ingest.stages.index import bring_up_to_date
from tests.fakes.config.homes import MORNING, Room, room_at
from tests.fakes.index.holdings import reading
from tests.index.custody.test_pages import Shelf

PICK = st.integers(0, 11)


class Hands(RuleBasedStateMachine):
    """Two volumes and two loose pages; people turn, move, split, join, part, replace, take out, put back and undo."""

    @initialize()
    def lay_out(self) -> None:
        self.kept = tempfile.TemporaryDirectory()
        self.room: Room = room_at(Path(self.kept.name) / "home")
        self.shelf = Shelf(self.room)
        for texts in ("甲乙丙丁戊", "子丑寅", "一", "二"):
            self.shelf.volume(*texts)
        self.frames = {(page.scan_id, page.frame) for page in self.pages()}
        self.codes: dict[str, str] = {}

    def teardown(self) -> None:
        self.room.home.catalogue.close()
        self.kept.cleanup()

    def pages(self) -> list[Page]:
        with self.room.home.catalogue.reading() as work:
            return [page for item in self.items(work) for page in work.arrangement.of_item(item.id)]

    @staticmethod
    def items(work: SqlWork) -> list[Item]:
        return [work.items.get(item_id) for item_id in work.items.in_state(*ItemState)]

    def act(self, nth: int, deed: Callable[[SqlWork, Item, list[Page]], object]) -> None:
        """On one of the items; what is refused changes nothing."""
        before = self.told()
        try:
            with self.room.home.catalogue.writing() as work:
                items = self.items(work)
                item = items[nth % len(items)]
                deed(work, item, list(work.arrangement.of_item(item.id)))
        except MunimentError:
            assert self.told() == before

    def told(self) -> object:
        with self.room.home.catalogue.reading() as work:
            items = self.items(work)
            pages = [work.arrangement.of_item(item.id) for item in items]
            return items, pages, sum(1 for _ in work.journal.all())

    @staticmethod
    def some(pages: list[Page], picks: list[int]) -> list[str]:
        return [pages[pick % len(pages)].id for pick in picks] if pages else []

    @rule(nth=PICK, picks=st.lists(PICK, min_size=1, max_size=3), to=PICK)
    def move(self, nth: int, picks: list[int], to: int) -> None:
        self.act(nth, lambda w, i, p: moving.move(w, i.id, i.version, self.some(p, picks), to, "clerk", "错序"))

    @rule(nth=PICK, picks=st.lists(PICK, min_size=1, max_size=2), quarters=st.integers(1, 3))
    def turn(self, nth: int, picks: list[int], quarters: int) -> None:
        jobs = self.room.jobs
        self.act(
            nth, lambda w, i, p: turning.turn(w, jobs, i.id, i.version, self.some(p, picks), quarters, "clerk", "倒")
        )

    @rule(nth=PICK, picks=st.lists(PICK, min_size=1, max_size=2))
    def take_out(self, nth: int, picks: list[int]) -> None:
        self.act(nth, lambda w, i, p: removing.take_out(w, i.id, i.version, self.some(p, picks), "clerk", "重复"))

    @rule(nth=PICK, picks=st.lists(PICK, min_size=1, max_size=2))
    def put_back(self, nth: int, picks: list[int]) -> None:
        self.act(nth, lambda w, i, p: removing.put_back(w, i.id, i.version, self.some(p, picks), "clerk", "不重复"))

    @rule(nth=PICK, other=PICK, picks=st.lists(PICK, min_size=1, max_size=2))
    def move_over(self, nth: int, other: int, picks: list[int]) -> None:
        def deed(work: SqlWork, item: Item, pages: list[Page]) -> None:
            to = self.items(work)[other % len(self.items(work))]
            moving.move_to(work, item.id, item.version, self.some(pages, picks), to.id, to.version, "clerk", "错件")

        self.act(nth, deed)

    @rule(nth=PICK, first=st.integers(1, 6), length=st.integers(0, 3))
    def split(self, nth: int, first: int, length: int) -> None:
        jobs = self.room.jobs
        last = first + length
        self.act(
            nth,
            lambda w, i, p: splitting.split_off(w, jobs, i.id, i.version, first, last, "clerk", MORNING, "两件"),
        )

    @rule(nth=PICK, other=PICK)
    def join(self, nth: int, other: int) -> None:
        def deed(work: SqlWork, item: Item, pages: list[Page]) -> None:
            to = self.items(work)[other % len(self.items(work))]
            joining.join(work, item.id, item.version, to.id, to.version, "clerk", "一件")

        self.act(nth, deed)

    @rule(nth=PICK, pick=PICK, other=PICK)
    def replaced(self, nth: int, pick: int, other: int) -> None:
        def deed(work: SqlWork, item: Item, pages: list[Page]) -> None:
            to = self.items(work)[other % len(self.items(work))]
            [page] = self.some(pages, [pick]) or [""]
            replacing.replace_page(work, item.id, item.version, page, to.id, to.version, "clerk", "重扫")

        self.act(nth, deed)

    @rule(nth=PICK, pick=PICK, right_first=st.booleans(), turned=st.booleans())
    def part(self, nth: int, pick: int, right_first: bool, turned: bool) -> None:
        def deed(work: SqlWork, item: Item, pages: list[Page]) -> None:
            [page] = self.some(pages, [pick]) or [""]
            jobs = self.room.jobs
            facing.part(work, jobs, item.id, item.version, page, "clerk", "跨页", right_first=right_first)

        self.act(nth, deed)

    @rule(nth=PICK, pick=PICK)
    def unpart(self, nth: int, pick: int) -> None:
        def deed(work: SqlWork, item: Item, pages: list[Page]) -> None:
            [page] = self.some([one for one in pages if one.part], [pick]) or [""]
            facing.unpart(work, item.id, item.version, page, "clerk", "还原")

        self.act(nth, deed)

    @rule(nth=PICK, picks=st.lists(PICK, min_size=1, max_size=2), blank=st.booleans())
    def looked(self, nth: int, picks: list[int], blank: bool) -> None:
        jobs = self.room.jobs
        self.act(nth, lambda w, i, p: blanks.look_at(w, jobs, i.id, self.some(p, picks), blank, "clerk"))

    @rule(nth=PICK)
    def undo(self, nth: int) -> None:
        self.act(nth, lambda w, i, p: undoing.undo(w, self.room.jobs, i.id, i.version, "clerk"))

    @rule()
    def read(self) -> None:
        """Whatever waits is read, and the index brought up to date."""
        with self.room.home.catalogue.writing() as work:
            for page_id in work.pages.waiting():
                work.pages.save(work.pages.get(page_id), replace(reading("字", turned=0), words=()))
        bring_up_to_date(self.room.home)
        with self.room.home.catalogue.reading() as work:
            found = {
                page.id
                for item in self.items(work)
                if item.state is not ItemState.WITHDRAWN
                for page in work.pages.of_item(item.id)
                if page.state is PageState.READ
            }
        assert set(self.room.home.text.versions()) == found

    @invariant()
    def no_page_is_lost_or_doubled(self) -> None:
        pages = self.pages()
        standing = Counter((page.scan_id, page.frame, page.part) for page in pages)
        assert set(standing.values()) <= {1}
        assert {(scan, frame) for scan, frame, _ in standing} == self.frames
        for scan, frame in self.frames:
            here = {page.part: page.role for page in pages if (page.scan_id, page.frame) == (scan, frame)}
            whole = here[0] is not PageRole.PARTED
            halves = [role is not PageRole.PARTED for part, role in here.items() if part]
            # Either the frame stands as one, or both its halves do.
            assert not any(halves) if whole else halves == [True, True]

    @invariant()
    def numbers_run_from_one_and_counts_are_right(self) -> None:
        with self.room.home.catalogue.reading() as work:
            for item in self.items(work):
                numbers = [page.number for page in work.pages.of_item(item.id)]
                assert numbers == list(range(1, item.page_count + 1))
                assert item.page_count or item.state is ItemState.WITHDRAWN
                ranks = [page.rank for page in work.arrangement.of_item(item.id)]
                assert ranks == sorted(ranks)

    @invariant()
    def every_change_stands_in_the_journal(self) -> None:
        with self.room.home.catalogue.reading() as work:
            for item in self.items(work):
                if item.joined_to:
                    assert item.state is ItemState.WITHDRAWN and joining.follow(work, item).joined_to is None
                    assert any(event.verb == "withdrawn" for event in work.journal.of(item.id))
            assert all(event.actor == "clerk" for event in work.journal.all() if event.verb in VERBS)


TestHands = Hands.TestCase
TestHands.settings = settings(
    max_examples=2, stateful_step_count=15, deadline=None, suppress_health_check=list(HealthCheck)
)


class LongHands(Hands):
    """The same for a whole working day."""


TestLongHands = pytest.mark.slow(pytest.mark.timeout(400)(LongHands.TestCase))
TestLongHands.settings = settings(TestHands.settings, max_examples=30, stateful_step_count=30)
