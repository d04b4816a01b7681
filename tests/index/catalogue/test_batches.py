"""The book of batches: what goes in comes out, codes count within a day, marks are written over."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from index.catalogue.sql import SqlCatalogue
from index.domain.batch import Batch, BatchState, Mark, Verdict
from index.domain.errors import Conflict, Missing
from index.domain.identity import new_id
from index.domain.looks import Colour, Look
from index.domain.proof.sampling import Drawing
from index.domain.scan import ScanState
from tests.fakes.config.homes import MORNING, HandClock
from tests.fakes.index.holdings import item, reading, scan

DAY = date(2026, 11, 23)


def batch(key: str = "here", day: date = DAY, **fields: object) -> Batch:
    return Batch(**{"id": new_id(), "key": key, "day": day, "opened_at": MORNING, "seed": 7, **fields})  # type: ignore[arg-type]


def holding(catalogue: SqlCatalogue, kept: Batch, pages: int = 2, path: bytes = b"J101/x/a.tif") -> list[str]:
    """A read scan of so many pages in the batch; their ids."""
    with catalogue.writing() as work:
        work.items.add(one := item(values={"title": "纪要"}))
        held = scan(path, ScanState.READ, item_id=one.id, sha256="a" * 64, batch_id=kept.id)
        work.scans.add(held)
        laid = work.pages.lay_out(held, pages)
        for page in laid:
            work.pages.save(replace(page, dpi=300, look=Look(Colour.GRAY, -1.25, 240, 80)), reading())
    return [page.id for page in laid]


def test_a_batch_comes_back_as_it_went_in(catalogue: SqlCatalogue) -> None:
    whole = batch(
        fonds_id="fonds-1",
        title="会议\n记录",
        state=BatchState.SIGNED,
        expected_pages=120,
        operator="老王",
        note="说明",
        drawings=(Drawing("p9", 100, 5), Drawing("q9", 20, 1)),
        seal="a" * 64,
        checked_by="first",
        checked_at=MORNING,
        signed_by="second",
        signed_at=MORNING + timedelta(hours=1),
    )
    with catalogue.writing() as work:
        kept = work.batches.add(whole)
    with catalogue.reading() as work:
        assert work.batches.get(whole.id) == work.batches.get(kept.code) == kept
        assert replace(kept, code="", version=0) == whole
        with pytest.raises(Missing) as missing:
            work.batches.get("20261123-9")
    assert missing.value.code == "no-such-batch"


OLD_SCAN = """
    INSERT INTO scan (id, path, home, state, seen_at, changed_at, hints, position, size, mtime_ns, inode, released)
    VALUES ('s', x'61', 'drop', 'read', '2020-01-02 03:04:05.000000', '2020-01-02 03:04:05.000000', '[]',
            2, 0, 0, 0, 0);
"""


def test_a_home_of_the_first_revision_gets_the_book_and_its_scans_are_in_no_batch(tmp_path: Path) -> None:
    place = tmp_path / "old.db"
    with closing(sqlite3.connect(place)) as old:
        old.executescript(Path(__file__).with_name("shape_0001.sql").read_text(encoding="utf-8"))
        old.executescript(OLD_SCAN)
    catalogue = SqlCatalogue(place, HandClock())
    catalogue.migrate()
    with catalogue.writing() as work:
        assert work.scans.get("s").batch_id is None
        assert work.batches.get(work.batches.add(batch()).id).code == "20261123-1"
    catalogue.close()
    with closing(sqlite3.connect(place)) as new:
        assert new.execute("SELECT 1 FROM sqlite_master WHERE name = 'scan_batch'").fetchone()


def test_codes_count_within_their_day(catalogue: SqlCatalogue) -> None:
    days = (DAY, DAY, DAY + timedelta(days=1), DAY)
    with catalogue.writing() as work:
        codes = [work.batches.add(batch(day=day)).code for day in days]
    assert codes == ["20261123-1", "20261123-2", "20261124-1", "20261123-3"]


def test_two_people_do_not_overwrite_each_other(catalogue: SqlCatalogue) -> None:
    with catalogue.writing() as work:
        kept = work.batches.add(batch())
        newer = work.batches.save(replace(kept, title="甲"))
        assert newer.version == kept.version + 1
        with pytest.raises(Conflict):
            work.batches.save(replace(kept, title="乙"))
        assert work.batches.get(kept.id).title == "甲"


def test_the_newest_of_a_key_comes_first_also_while_it_is_empty(catalogue: SqlCatalogue) -> None:
    with catalogue.writing() as work:
        old, new = (work.batches.add(batch("a", opened_at=MORNING + timedelta(hours=n))) for n in range(2))
        work.batches.add(batch("b"))
        assert work.batches.listed(key="a", limit=1) == ([new], 2)
        assert [one.id for one in work.batches.listed(key="a")[0]] == [new.id, old.id]
        assert work.batches.listed() == ([], 0)


def test_a_list_holds_what_has_a_captured_file_in_the_states_asked_for(catalogue: SqlCatalogue) -> None:
    with catalogue.writing() as work:
        one, two, empty = (work.batches.add(batch()) for _ in range(3))
        work.scans.add(scan(b"J101/x/b.tif", ScanState.DUPLICATE, batch_id=empty.id))
        two = work.batches.save(replace(two, state=BatchState.CHECKED))
    holding(catalogue, one)
    holding(catalogue, two, path=b"J101/x/c.tif")
    with catalogue.reading() as work:
        assert {kept.id for kept in work.batches.listed()[0]} == {one.id, two.id}
        assert work.batches.listed((BatchState.CHECKED,)) == ([two], 1)
        assert work.batches.listed(limit=1, offset=1)[1] == 2


def test_pages_come_with_their_file_and_only_of_captured_scans(catalogue: SqlCatalogue) -> None:
    with catalogue.writing() as work:
        kept = work.batches.add(batch())
    later, first = holding(catalogue, kept, path=b"J101/x/b.tif"), holding(catalogue, kept, path=b"J101/x/a.tif")
    with catalogue.writing() as work:
        work.scans.add(scan(b"J101/x/z.tif", ScanState.QUARANTINED, batch_id=kept.id))
    with catalogue.reading() as work:
        found = work.batches.pages([kept.id])
        assert [one.page.id for one in found] == [*first, *later]
        assert (found[0].file, found[0].title, found[0].sha256) == ("a.tif", "纪要", "a" * 64)
        assert found[0].page == work.pages.get(first[0]) and found[0].page.look.skew == -1.25
        assert work.batches.files([kept.id]) == {kept.id: {"read": 2, "quarantined": 1}}
        assert work.batches.pages([]) == [] and work.batches.marks(["none"]) == {"none": []}


def test_a_mark_is_written_over_what_was_said_before(catalogue: SqlCatalogue) -> None:
    marks = (Mark("p", 1), Mark("p", 1, Verdict.BAD, "太浅", "first", MORNING), Mark("a"))
    with catalogue.writing() as work:
        kept = work.batches.add(batch())
        for mark in marks:
            work.batches.mark(kept.id, mark)
    with catalogue.reading() as work:
        assert work.batches.marks([kept.id])[kept.id] == [marks[2], marks[1]]
