"""A year's records at random, through every deed of year-end: codes stay single, lists true, what is locked stays."""

from __future__ import annotations

import tempfile
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from index.catalogue.sql import SqlWork
from index.custody.assembling import Shelf, assemble, close_year, put_in, seal, take_out, unseal
from index.custody.closing import is_closed, reopen
from index.custody.correcting import correct
from index.custody.filing import file_item
from index.custody.listing import lines_of
from index.custody.ordering import move_in_class, move_in_volume
from index.custody.renumbering import carry_out, plan_class, plan_fonds
from index.custody.shelving import add_place, shelve
from index.custody.withdrawing import reopen as bring_back
from index.custody.withdrawing import withdraw
from index.domain.arranging.coding import GRAMMARS, written
from index.domain.arranging.places import PlaceKind
from index.domain.arranging.stages import Stage, stage_of
from index.domain.arranging.volumes import Kind
from index.domain.errors import MunimentError
from index.domain.holdings import Item, ItemState
from index.ports import Selection
from tests.fakes.config.homes import MORNING, room_at
from tests.fakes.index.year_end import ARCHIVIST, AUGUST, School

NTH = st.integers(0, 11)
KIND = st.sampled_from(Kind)


class Year(RuleBasedStateMachine):
    """Filed, placed, assembled, sealed, shelved, closed, opened, corrected, withdrawn, renumbered: in any order."""

    @initialize()
    def found(self) -> None:
        self.kept = tempfile.TemporaryDirectory()
        self.school = School(room_at(Path(self.kept.name) / "home"))
        self.school.person()
        self.home = self.school.room.home
        self.seen: dict[str, set[str]] = {}
        self.numbers: dict[str, int] = {}
        with self.home.catalogue.writing() as work:
            room = add_place(work, PlaceKind.ROOM, "1", "", None, "archivist")
            self.cabinet = add_place(work, PlaceKind.CABINET, "1", "", room.id, "archivist").id

    def teardown(self) -> None:
        self.home.catalogue.close()
        self.kept.cleanup()

    def items(self, work: SqlWork) -> list[Item]:
        return list(work.listings.items(Selection(ARCHIVIST, states=tuple(ItemState)))[0])

    def pick(self, work: SqlWork, nth: int, count: int = 1) -> list[Item]:
        items = sorted(self.items(work), key=lambda item: item.id)
        return [items[(nth + step) % len(items)] for step in range(min(count, len(items)))]

    @rule(retention=st.sampled_from(["10y", "10y", "permanent"]), pages=st.integers(1, 3))
    def filed(self, retention: str, pages: int) -> None:
        late = self._closed()
        made = self.school.file(pages, self._number(), retention=retention)
        assert made.late == late

    @rule(nth=NTH, count=st.integers(1, 3), kind=KIND)
    def assembled(self, nth: int, count: int, kind: Kind) -> None:
        with suppress(MunimentError), self.home.catalogue.writing() as work:
            ids = [one.id for one in self.pick(work, nth, count)] if self.items(work) else []
            assemble(work, self._shelf(work), kind, ids, "", "archivist", MORNING, AUGUST)

    @rule(
        nth=NTH, other=NTH, to=st.integers(0, 4), what=st.sampled_from(["in", "out", "seal", "open", "shelve", "move"])
    )
    def volume_changed(self, nth: int, other: int, to: int, what: str) -> None:
        with suppress(MunimentError), self.home.catalogue.writing() as work:
            volumes = work.volumes.listed()
            if not volumes:
                return
            volume, shelf = volumes[nth % len(volumes)], self._shelf(work)
            ids = [one.id for one in self.pick(work, other)]
            match what:
                case "in":
                    put_in(work, volume, ids, "archivist")
                case "out":
                    take_out(work, shelf, volume, ids, "archivist")
                case "seal":
                    seal(work, shelf, volume, "archivist", MORNING)
                case "open":
                    unseal(work, volume, "漏订", "archivist")
                case "shelve":
                    shelve(work, volume, self.cabinet, "archivist", MORNING, slot=f"{volume.kind}{to}")
                case "move":
                    move_in_volume(work, volume, ids, to, "archivist")

    @rule(nth=NTH, to=st.integers(0, 4))
    def placed(self, nth: int, to: int) -> None:
        with suppress(MunimentError), self.home.catalogue.writing() as work:
            ids = [one.id for one in self.pick(work, nth)] if self.items(work) else []
            move_in_class(work, ARCHIVIST, self._shelf(work), ids, to, "archivist")

    @rule(nth=NTH, what=st.sampled_from(["title", "retention", "withdraw", "back"]))
    def person_acted(self, nth: int, what: str) -> None:
        with suppress(MunimentError), self.home.catalogue.writing() as work:
            if not self.items(work):
                return
            [one] = self.pick(work, nth)
            if what == "withdraw":
                withdraw(work, one.id, one.version, "重份", "clerk", MORNING)
            elif what == "back":
                bring_back(work, one.id, one.version, "clerk", MORNING)
                file_item(work, one.id, "clerk", MORNING, self.home.packs)
            else:
                said = {"title": f"题{nth}"} if what == "title" else {"retention": ["10y", "permanent"][nth % 2]}
                correct(work, one.id, one.version, said, "clerk", MORNING, self.home.packs)

    @rule(opened=st.booleans())
    def year_closed_or_opened(self, opened: bool) -> None:
        with suppress(MunimentError), self.home.catalogue.writing() as work:
            fonds = work.fonds.get(self._fonds(work))
            if opened:
                reopen(work, fonds.id, "WS·XZ", "2024", "漏归", "archivist")
            else:
                close_year(work, ARCHIVIST, self.home.packs, fonds.id, "WS·XZ", "2024", "archivist", MORNING, AUGUST)

    @rule(what=st.sampled_from(["class", "J101", "J202", *GRAMMARS]))
    def renumbered(self, what: str) -> None:
        with suppress(MunimentError), self.home.catalogue.writing() as work:
            fonds = work.fonds.get(self._fonds(work))
            if what == "class":
                plan = plan_class(work, ARCHIVIST, self._shelf(work))
            else:
                number, grammar = ("", what) if what in GRAMMARS else (what, "")
                plan = plan_fonds(work, fonds, self.home.packs, number, grammar)
            carry_out(work, plan, "调整", "clerk", "archivist", MORNING)

    # -- what always holds --

    @invariant()
    def every_code_ever_borne_leads_to_an_item_that_bore_it(self) -> None:
        with self.home.catalogue.reading() as work:
            for item in self.items(work):
                if item.reference_code:
                    self.seen.setdefault(item.reference_code, set()).add(item.id)
            for code, bearers in self.seen.items():
                assert work.items.get(code).id in bearers

    @invariant()
    def a_code_is_what_its_parts_say_and_nobody_elses(self) -> None:
        with self.home.catalogue.reading() as work:
            items = [item for item in self.items(work) if item.reference_code]
            grammar = work.fonds.get(self._fonds(work)).grammar
            names = self._shelf(work).names
            assert len({item.reference_code for item in items}) == len(items)
            for item in items:
                assert item.code and written(item.code, grammar, names) == item.reference_code

    @invariant()
    def lists_say_what_lies_in_a_sealed_volume_and_numbers_have_no_gap(self) -> None:
        with self.home.catalogue.reading() as work:
            volumes = work.volumes.listed()
            for volume in volumes:
                lying = work.volumes.items(volume.id)
                newest = work.contents.newest(volume.id)
                if volume.sealed:
                    assert newest and newest.lines == lines_of(work, volume.id)
                    assert all(stage_of(item) in (Stage.ARRANGED, Stage.SHELVED) for item in lying)
                    assert all(bool(item.shelved_at) == bool(volume.location_id) for item in lying)
                else:
                    assert all(stage_of(item) is Stage.FILED for item in lying)
            versions = [[one.version for one in work.contents.versions(volume.id)] for volume in volumes]
            assert all(told == list(range(1, len(told) + 1)) for told in versions)

    @invariant()
    def a_volumes_number_never_changes(self) -> None:
        with self.home.catalogue.reading() as work:
            for volume in work.volumes.listed():
                if volume.number:
                    assert self.numbers.setdefault(volume.id, volume.number) == volume.number

    @invariant()
    def what_lies_nowhere_is_loose_and_filed(self) -> None:
        with self.home.catalogue.reading() as work:
            known = {volume.id for volume in work.volumes.listed()}
            for item in self.items(work):
                assert item.volume_id is None or (item.filed and item.volume_id in known)

    def _fonds(self, work: SqlWork) -> str:
        fonds = work.fonds.by_code("J101")
        assert fonds
        return fonds.id

    def _number(self) -> str:
        with self.home.catalogue.reading() as work:
            return work.fonds.get(self._fonds(work)).code

    def _shelf(self, work: SqlWork) -> Shelf:
        return self.school.shelf(work)

    def _closed(self) -> bool:
        with self.home.catalogue.reading() as work:
            return is_closed(work, self._fonds(work), "WS·XZ", "2024")


TestYear = Year.TestCase
TestYear.settings = settings(
    max_examples=6, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck)
)


class LongYear(Year):
    """The same for as long as a year is."""


TestLongYear = pytest.mark.slow(LongYear.TestCase)
TestLongYear.settings = settings(TestYear.settings, max_examples=20, stateful_step_count=50)
