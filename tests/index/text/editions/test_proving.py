"""A file's bytes are held against its seal before they are believed; a large one's beside the reading, once a day."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from index.domain.access import Marking, Permit
from index.domain.errors import Passing
from index.domain.searching.tree import Query, Words
from index.ports import PageText, Search
from index.text.editions import edition, proving
from index.text.editions.proving import DAY, NEVER, Prover
from index.text.fast.adapter import FastIndex

PERMIT = Permit(frozenset(Marking), unfiled=True)
PAGES = [PageText(f"p{n}", f"i{n}", 1, f"档案第{n}页" * 9, marking="open", filed=True) for n in range(20)]


class Hours:
    """A clock that stands still until it is told."""

    now = 1000 * DAY

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Hours:
    return Hours()


@pytest.fixture
def prover(clock: Hours) -> Iterator[Prover]:
    """For which everything is large."""
    prover = Prover(clock, large=1)
    yield prover
    prover.close()


@pytest.fixture
def root(tmp_path: Path) -> Path:
    index = FastIndex(tmp_path / "text")
    index.add(PAGES)
    index.close()
    return tmp_path / "text"


def total(index: FastIndex) -> int:
    return index.search(Search(Query(Words("档案")), PERMIT)).total


def text_of(root: Path) -> Path:
    return next(root.glob("edition-*/*.text"))


def flip(path: Path, at: int) -> None:
    with path.open("r+b") as file:
        file.seek(at)
        (byte,) = file.read(1)
        file.seek(at)
        file.write(bytes([byte ^ 1]))


def test_a_flipped_byte_anywhere_is_noticed_before_anything_is_answered(root: Path) -> None:
    for path in root.glob("edition-*/*"):
        for at in range(0, path.stat().st_size, max(1, path.stat().st_size // 50)):
            flip(path, at)
            index = FastIndex(root)
            with pytest.raises(Passing) as damaged:
                total(index)
            assert damaged.value.code == "index-damaged", (path.name, at)
            flip(path, at)
    assert total(FastIndex(root)) == 20


def test_what_is_large_answers_until_it_is_looked_through(root: Path, prover: Prover) -> None:
    for at in range(0, text_of(root).stat().st_size, 97):
        flip(text_of(root), at)
        index = FastIndex(root, prover=prover)
        with pytest.raises(Passing) as damaged:
            index.generation()
            prover.wait()
            total(index)
        assert damaged.value.code == "index-damaged", at
        with pytest.raises(Passing):
            index.versions()
        flip(text_of(root), at)
        index.close()


def test_a_rebuild_mends_what_was_found_beside_the_reading(root: Path, prover: Prover) -> None:
    flip(text_of(root), 100)
    index = FastIndex(root, prover=prover)
    index.generation()
    prover.wait()
    assert index.rebuild(PAGES, lambda done, of: None) == 20
    assert total(index) == 20
    prover.wait()
    assert total(index) == 20
    index.close()


def test_a_large_file_is_looked_through_once_a_day_by_all_together(root: Path, prover: Prover, clock: Hours) -> None:
    def opened() -> float:
        index = FastIndex(root, prover=prover)
        assert total(index) == 20
        prover.wait()
        index.close()
        return proving.last_proved(text_of(root))

    assert proving.last_proved(text_of(root)) == NEVER
    first = opened()
    assert first == clock.now
    clock.now += DAY / 2
    assert opened() == first
    clock.now += DAY
    assert opened() == clock.now


def test_a_note_says_nothing_of_a_file_that_was_written_since(root: Path, prover: Prover, clock: Hours) -> None:
    proving.note(text_of(root), clock.now, large=1)
    assert proving.last_proved(text_of(root)) == clock.now
    flip(text_of(root), 50)
    assert proving.last_proved(text_of(root)) == NEVER
    with pytest.raises(Passing):
        index = FastIndex(root, prover=prover)
        index.generation()
        prover.wait()
        total(index)


def test_a_note_that_is_damaged_says_nothing(root: Path, clock: Hours) -> None:
    proving.note(text_of(root), clock.now, large=1)
    written = (root / "PROVED").read_bytes()
    for at in range(len(written)):
        (root / "PROVED").write_bytes(written[:at] + bytes([written[at] ^ 2]) + written[at + 1 :])
        assert proving.last_proved(text_of(root)) == NEVER, at
    (root / "PROVED").write_bytes(written)
    assert proving.last_proved(text_of(root)) == clock.now


def test_what_is_small_is_not_noted(root: Path, clock: Hours) -> None:
    proving.note(text_of(root), clock.now)
    assert not (root / "PROVED").exists()


def test_a_file_that_a_commit_takes_away_is_still_looked_through(root: Path, prover: Prover) -> None:
    sealed = edition.current(root)
    assert sealed
    spoilt: list[str] = []
    with prover._turn:
        assert prover.believes(text_of(root), sealed, lambda: spoilt.append("text"))
        text_of(root).unlink()
    prover.wait()
    assert spoilt == []
