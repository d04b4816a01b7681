"""The index follows the catalogue, and what ails of it is written again from there without being asked for."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from config.wiring import Home
from index.domain.access import Role, permit_of
from index.domain.holdings import ItemState
from index.domain.searching.language import read
from index.domain.searching.tree import Query, Words
from index.ports import Found, PageText, Search
from index.text.shards.adapter import ShardedIndex
from index.text.stock.adapter import WhooshIndex
from ingest.pipeline import due, sweep
from ingest.stages import index as stage
from tests.fakes.config.homes import Room
from tests.fakes.ingest.cage import paper
from tests.index.text.shards.conftest import spoilt
from tests.ingest.test_actors import NOTICE, PROSE

ASKED = Search(Query(Words("通知")), permit_of(Role.ARCHIVIST))


def opened(room: Room) -> ShardedIndex:
    """The index that the home opens, as another process would."""
    close(room)
    room.home.__dict__.pop("text")
    assert isinstance(room.home.text, ShardedIndex)
    return room.home.text


def close(room: Room) -> None:
    if isinstance(room.home.text, ShardedIndex):
        room.home.text.close()


@pytest.fixture
def held(room: Room) -> Iterator[Room]:
    """Two documents captured, in the index that a home has by default."""
    opened(room)
    room.drop("J101/通知.pdf", paper(NOTICE))
    room.drop("J101/散文.pdf", paper(PROSE))
    room.work()
    yield room
    close(room)


def found(room: Room) -> Found:
    return room.home.text.search(ASKED)


def place(room: Room) -> Path:
    return room.home.folder("index")


def test_a_damaged_part_is_due_and_mended_by_the_indexer(held: Room) -> None:
    before = found(held)
    assert before.total == 1
    assert list(due(held.home)) == []
    spoilt(place(held), ".pages")
    index = opened(held)
    assert (found(held).total, len(found(held).missing)) == (0, 1)
    assert ("index", "") in set(due(held.home))
    sweep(held.home)
    held.work()
    assert found(held) == before
    assert (index.ailing(), list(index.check()), list(due(held.home))) == ([], [], [])


def test_an_index_of_a_former_kind_is_written_again_when_work_begins(held: Room) -> None:
    before, versions = found(held), held.home.text.versions()
    close(held)
    place(held).rename(held.home.path / "elsewhere")
    with closing(WhooshIndex(place(held))) as stock:
        stock.add([PageText("old", "old", 1, "通知")])
    index = opened(held)
    assert index.ailing() == ("…",)
    sweep(held.home)
    held.work()
    assert (found(held), index.versions(), index.ailing()) == (before, versions, [])


@pytest.mark.parametrize("while_open", [True, False])
def test_an_index_whose_folder_was_taken_away_is_written_again(held: Room, while_open: bool) -> None:
    before, versions = found(held), held.home.text.versions()
    shutil.rmtree(place(held))
    index = held.home.text if while_open else opened(held)
    assert ("index", "") in set(due(held.home))
    sweep(held.home)
    held.work()
    assert (found(held), index.versions(), list(due(held.home))) == (before, versions, [])


def test_an_empty_index_of_a_room_without_pages_is_nothing_to_mend(room: Room) -> None:
    opened(room)
    assert list(due(room.home)) == []
    close(room)


def test_damage_that_writing_finds_is_mended_alone(held: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    index = held.home.text
    assert isinstance(index, ShardedIndex)
    gone = next(place(held).glob("shard-*"))
    before = found(held)

    def lost(home: Home) -> list[PageText]:
        """The shard goes just before the first batch."""
        if gone.exists():
            shutil.rmtree(gone)
        return batch(home)

    batch = stage._next_batch
    monkeypatch.setattr(stage, "_next_batch", lost)
    monkeypatch.setattr(index, "rebuild", None)
    with held.home.catalogue.writing() as work:
        work.items.restamp(next(iter(work.items.in_state(*ItemState))))
    assert stage.bring_up_to_date(held.home) > 0
    assert found(held) == before
    assert index.ailing() == []


def test_tidying_writes_an_index_without_a_book_again(held: Room) -> None:
    before = found(held)
    (place(held) / "BOOK").unlink()
    stage.tidy(held.home)
    assert found(held) == before


def test_who_signed_is_found_as_one_who_answers_for_it(held: Room) -> None:
    held.drop("J101/请示.pdf", paper(f"签发人:方敏\n{NOTICE}"))
    held.work()
    for words in ("方敏", "“方敏(签发人)”"):
        asked = Search(read(f"人名:{words}", held.home.clock.today()), permit_of(Role.ARCHIVIST))
        assert held.home.text.search(asked).total == 1
