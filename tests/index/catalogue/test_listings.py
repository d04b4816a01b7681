"""Lists and counts never show what a reader may not see, and always agree with each other."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import pytest

from index.catalogue.sql import SqlCatalogue
from index.domain.access import Marking, Role, permit_of
from index.domain.holdings import Item, ItemState
from index.domain.scan import ScanState
from index.ports import Selection
from tests.fakes.config.homes import MORNING
from tests.fakes.index.holdings import item, scan


@pytest.fixture
def full(catalogue: SqlCatalogue) -> SqlCatalogue:
    """An item of every marking in every state, of two years."""
    with catalogue.writing() as work:
        for number, (state, marking) in enumerate(product(ItemState, ("", *Marking)), start=1):
            filed = state is ItemState.FILED
            values = {"title": f"第{number}号_%", "marking": marking, "series": "WS", "date": f"{2020 + number % 2}-05"}
            code = f"J101-WS·2020-Y-{number:04d}" if filed else ""
            made = item(state, values, fonds_id="fonds-1", reference_code=code, page_count=2, confidence=number / 100)
            work.items.add(made)
    return catalogue


def listed(catalogue: SqlCatalogue, role: Role, **bounds: object) -> list[Item]:
    with catalogue.reading() as work:
        found, total = work.listings.items(Selection(permit_of(role), **bounds))  # type: ignore[arg-type]
    assert len(found) == total
    return list(found)


def test_a_reader_sees_what_is_filed_and_open_to_the_house(full: SqlCatalogue) -> None:
    seen = listed(full, Role.READER)
    assert {(one.state, one.value("marking")) for one in seen} == {
        (ItemState.FILED, "open"),
        (ItemState.FILED, "internal"),
    }


def test_an_archivist_sees_everything(full: SqlCatalogue) -> None:
    seen = listed(full, Role.ARCHIVIST)
    assert len(seen) == len(ItemState) * 5 - 1, "filed without a marking: nobody's"


def test_an_administrator_sees_nothing_anywhere(full: SqlCatalogue) -> None:
    permit = permit_of(Role.ADMINISTRATOR)
    with full.reading() as work:
        assert work.listings.items(Selection(permit)) == ([], 0)
        assert work.listings.tree(permit) == [] and work.listings.doubtful(permit) == []
        assert work.listings.years(permit, "", "") == {}


@pytest.mark.parametrize("role", [Role.READER, Role.ARCHIVIST])
def test_counts_agree_with_lists(full: SqlCatalogue, role: Role) -> None:
    permit, filed = permit_of(role), listed(full, role, states=(ItemState.FILED,))
    with full.reading() as work:
        [branch] = work.listings.tree(permit)
        assert (branch.items, branch.pages) == (len(filed), 2 * len(filed))
        years = work.listings.years(permit, "fonds-1", "WS")
        assert sum(years.values()) == len(filed)
        for year, count in years.items():
            assert len(listed(full, role, year=year, states=(ItemState.FILED,))) == count


def test_the_most_doubtful_comes_first_and_readers_review_nothing(full: SqlCatalogue) -> None:
    with full.reading() as work:
        doubtful = work.listings.doubtful(permit_of(Role.ARCHIVIST))
        assert work.listings.doubtful(permit_of(Role.READER)) == []
    assert [one.confidence for one in doubtful] == sorted(one.confidence for one in doubtful)
    assert len(doubtful) == 5


def test_pages_of_a_list_cover_it_once(full: SqlCatalogue) -> None:
    everything = Selection(permit_of(Role.ARCHIVIST))
    with full.reading() as work:
        whole, total = work.listings.items(everything)
        slices = [one for at in range(0, total, 7) for one in work.listings.items(everything, 7, at)[0]]
    assert slices == list(whole)


def test_chosen_items_stay_within_the_permit(full: SqlCatalogue) -> None:
    every = [one.id for one in listed(full, Role.ARCHIVIST)]
    assert len(listed(full, Role.READER, item_ids=every)) == 2
    assert listed(full, Role.READER, item_ids=[]) == []
    assert len(listed(full, Role.READER, item_ids=[*map(str, range(40_000)), *every])) == 2


def test_todays_files_are_told_by_what_became_of_them(catalogue: SqlCatalogue) -> None:
    filed, review = item(ItemState.FILED), item(ItemState.REVIEW)
    with catalogue.writing() as work:
        for one in (filed, review):
            work.items.add(one)
        work.scans.add(scan(state=ScanState.READ, item_id=filed.id))
        work.scans.add(scan(state=ScanState.READ, item_id=review.id))
        work.scans.add(scan(state=ScanState.STORED, item_id=review.id))
        work.scans.add(replace(scan(), seen_at=MORNING.replace(year=2025)))
        assert work.listings.arrived(MORNING) == {"filed": 1, "review": 1, "stored": 1}
        assert work.listings.today(MORNING) == {"read": 2, "stored": 1}


@pytest.mark.parametrize("order", ["title", "date"])
def test_a_listing_runs_both_ways_and_its_pages_fit_together(full: SqlCatalogue, order: str) -> None:
    whole = listed(full, Role.ARCHIVIST, order=order)
    assert [(one.value(order), one.id) for one in whole] == sorted((one.value(order), one.id) for one in whole)
    selection = Selection(permit_of(Role.ARCHIVIST), order=order, backwards=True)
    with full.reading() as work:
        parts = [work.listings.items(selection, 7, start)[0] for start in range(0, len(whole), 7)]
    assert [one.id for part in parts for one in part] == [one.id for one in reversed(whole)]


def test_the_figures_count_every_item_by_its_state(full: SqlCatalogue) -> None:
    with full.reading() as work:
        assert work.listings.states() == dict.fromkeys(ItemState, 5)
