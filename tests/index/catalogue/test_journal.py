"""The journal only grows, and says so when somebody changed it."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from index.catalogue.sql import SqlCatalogue
from index.domain.events import broken_links
from index.domain.holdings import ItemState


@pytest.fixture
def written(catalogue: SqlCatalogue) -> SqlCatalogue:
    with catalogue.writing() as work:
        work.journal.write("clerk", "corrected", "item-1", changes={"title": ["甲", "乙"]}, pages=3, sure=0.5)
        work.journal.write("clerk", "withdrawn", "item-1", reason="误扫", before=ItemState.FILED, gone=None)
        work.journal.write("muniment", "captured", "item-2", names=("a", "b"))
    return catalogue


def broken(catalogue: SqlCatalogue) -> list[int]:
    with catalogue.reading() as work:
        return [event.seq for event in broken_links(work.journal.all())]


def test_entries_are_numbered_and_chained_and_found_by_their_target(written: SqlCatalogue) -> None:
    assert broken(written) == []
    with written.reading() as work:
        assert [event.seq for event in work.journal.all()] == [1, 2, 3]
        assert [event.verb for event in work.journal.of("item-1")] == ["corrected", "withdrawn"]


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ("UPDATE event SET actor = 'nobody' WHERE seq = 2", [2]),
        ('UPDATE event SET details = \'{"reason": "另"}\' WHERE seq = 2', [2]),
        ("UPDATE event SET at = '2020-01-01 00:00:00.000000' WHERE seq = 1", [1]),
        ("UPDATE event SET hash = before WHERE seq = 2", [2, 3]),
        ("DELETE FROM event WHERE seq = 2", [3]),
        ("DELETE FROM event WHERE seq = 1", [2]),
        ("UPDATE event SET seq = 9 WHERE seq = 3", [9]),
    ],
)
def test_a_row_that_was_changed_or_taken_away_is_told(
    written: SqlCatalogue, tmp_path: Path, change: str, found: list[int]
) -> None:
    raw = sqlite3.connect(tmp_path / "catalogue.db")
    raw.execute(change)
    raw.commit()
    raw.close()
    assert broken(written) == found


def test_what_is_rolled_back_is_not_in_the_journal_and_leaves_no_gap(written: SqlCatalogue) -> None:
    with pytest.raises(ZeroDivisionError), written.writing() as work:
        work.journal.write("clerk", "filed", "item-3")
        raise ZeroDivisionError
    with written.writing() as work:
        work.journal.write("clerk", "filed", "item-4")
    with written.reading() as work:
        assert [(event.seq, event.target) for event in work.journal.all()][-1] == (4, "item-4")
    assert broken(written) == []
