"""The order people gave to pages is kept as they gave it; lists show what the reader may see."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import inspect, text

from index.catalogue.sql import SqlCatalogue
from index.domain.access import Role, permit_of
from index.domain.holdings import Item, ItemState, Page, PageRole
from index.domain.reading import Box
from tests.fakes.config.homes import MORNING, HandClock, engine_at
from tests.fakes.index.holdings import item, reading, scan

ARCHIVIST, READER = permit_of(Role.ARCHIVIST), permit_of(Role.READER)


def shelved(
    catalogue: SqlCatalogue, minute: int = 0, *, blank: bool = False, frames: int = 2, fonds_id: str | None = None
) -> tuple[Item, list[Page]]:
    """An item in review, captured so many minutes past the morning, with its pages read."""
    with catalogue.writing() as work:
        made = replace(item(ItemState.REVIEW, fonds_id=fonds_id), captured_at=MORNING + timedelta(minutes=minute))
        work.items.add(made)
        source = scan(f"J101/{made.id}.pdf".encode(), item_id=made.id)
        work.scans.add(source)
        for page in work.pages.lay_out(source, frames):
            work.pages.save(page, replace(reading(""), blank=blank, words=()))
        return work.items.get(made.id), list(work.pages.of_item(made.id))


def test_what_a_person_decided_comes_back_and_is_numbered(catalogue: SqlCatalogue) -> None:
    made, [first, second] = shelved(catalogue)
    crop = Box(0.0, 0.0, 0.48, 1.0)
    half = replace(second, id="half", part=1, rank=0, crop=crop, given_turn=1, given_blank=True)
    with catalogue.writing() as work:
        work.arrangement.lay([half, replace(first, role=PageRole.REMOVED)])
    with catalogue.reading() as work:
        shown, every = work.pages.of_item(made.id), work.arrangement.of_item(made.id)
        assert [(page.id, page.number) for page in shown] == [("half", 1), (second.id, 2)]
        assert {page.id for page in every} == {"half", first.id, second.id}
        assert (shown[0].crop, shown[0].given_turn, shown[0].given_blank) == (crop, 1, True)
        assert work.items.get(made.id).page_count == 2
        assert work.arrangement.of_items([made.id, "none"]) == {made.id: shown, "none": []}


def test_only_what_changed_is_told_to_the_index(catalogue: SqlCatalogue) -> None:
    made, pages = shelved(catalogue)
    with catalogue.writing() as work:
        before = {page.id: page.version for page in work.pages.of_item(made.id)}
        work.arrangement.lay([pages[0], replace(pages[1], given_turn=1)])
        after = {page.id: page.version for page in work.pages.of_item(made.id)}
    assert after == {pages[0].id: before[pages[0].id], pages[1].id: before[pages[1].id] + 1}


def test_neighbours_are_those_captured_before_and_after_of_the_same_fonds(catalogue: SqlCatalogue) -> None:
    made = [shelved(catalogue, minute, fonds_id="fonds-1")[0] for minute in range(5)]
    with catalogue.writing() as work:
        gone = work.items.save(replace(work.items.get(made[3].id), state=ItemState.WITHDRAWN))
        beside = work.arrangement.beside(made[2], ARCHIVIST, 1)
        assert [one.id for one in beside] == [made[1].id, made[4].id] and gone.id not in {one.id for one in beside}
        assert not work.arrangement.beside(made[2], READER, 5)


def test_rescans_are_single_pages_in_review_captured_since(catalogue: SqlCatalogue) -> None:
    shelved(catalogue, frames=1)
    volume, _ = shelved(catalogue, minute=1)
    after, _ = shelved(catalogue, frames=1, minute=2)
    shelved(catalogue, frames=2, minute=3)
    with catalogue.reading() as work:
        assert [one.id for one in work.arrangement.rescans(volume, ARCHIVIST, 9)] == [after.id]


@pytest.mark.parametrize("looked", [True, False])
def test_blank_pages_are_listed_apart_by_whether_somebody_looked(catalogue: SqlCatalogue, looked: bool) -> None:
    made, [first, second] = shelved(catalogue, blank=True)
    shelved(catalogue)
    with catalogue.writing() as work:
        work.arrangement.lay([replace(first, given_blank=True)])
        found = work.arrangement.blank(ARCHIVIST, looked, 10, 0)
        assert [(one.id, page.id) for one, page in found] == [(made.id, first.id if looked else second.id)]
        assert not work.arrangement.blank(READER, looked, 10, 0)


def test_a_catalogue_of_yesterday_learns_the_new_columns(tmp_path: Path, clock: HandClock) -> None:
    made = SqlCatalogue(tmp_path / "old.db", clock)
    engine = made.__dict__["_engine"] = engine_at(tmp_path / "old.db")
    made.migrate()
    with engine.begin() as sql:
        for table, column in (("item", "joined_to"), ("page", "crop"), ("page", "given_blank")):
            sql.execute(text(f"ALTER TABLE {table} DROP COLUMN {column}"))
        sql.execute(text("UPDATE alembic_version SET version_num = '0002'"))
    made.migrate()
    assert {"crop", "given_blank"} <= {column["name"] for column in inspect(engine).get_columns("page")}
    assert "joined_to" in {column["name"] for column in inspect(engine).get_columns("item")}
    made.close()
