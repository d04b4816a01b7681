"""Transactions: begun as writers, told plainly when they cannot be; an older catalogue becomes today's once."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy.exc import OperationalError

from index.catalogue import engine, migrate
from index.catalogue.sql import SqlCatalogue
from index.domain.errors import Busy, DiskFull
from index.domain.events import broken_links
from index.domain.holdings import PageRole
from tests.fakes.config.homes import HandClock

ROOT = Path(__file__).parents[3]


def test_migrating_again_changes_nothing(catalogue: SqlCatalogue, tmp_path: Path) -> None:
    def shape() -> list[tuple[str]]:
        raw = sqlite3.connect(tmp_path / "catalogue.db")
        rows = raw.execute("SELECT sql FROM sqlite_master ORDER BY name").fetchall()
        raw.close()
        return rows

    before = shape()
    catalogue.migrate()
    assert shape() == before
    with catalogue.reading() as work:
        assert len(work.fonds.all()) == 1


def test_the_newest_revision_is_the_one_that_is_looked_for() -> None:
    folder = Path(migrate.__file__).parent / "migrations"
    config = Config()
    config.set_main_option("script_location", str(folder))
    assert ScriptDirectory.from_config(config).get_current_head() == migrate.HEAD


def test_the_file_is_its_owners_alone(catalogue: SqlCatalogue, tmp_path: Path) -> None:
    assert (tmp_path / "catalogue.db").stat().st_mode & 0o777 == 0o600


def test_a_writer_that_waits_too_long_is_busy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "BUSY_MILLISECONDS", 1)
    impatient = SqlCatalogue(tmp_path / "catalogue.db", HandClock())
    impatient.migrate()
    with impatient.writing(), pytest.raises(Busy), impatient.writing():
        raise AssertionError("two writers at once")
    impatient.close()


def test_a_full_disk_is_told_and_what_was_there_stays(catalogue: SqlCatalogue) -> None:
    with pytest.raises(DiskFull), catalogue.writing() as work:
        pages = work.scans._sql.exec_driver_sql("PRAGMA page_count").scalar_one()
        work.scans._sql.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
        for number in range(1000):
            work.journal.write("clerk", "noted", str(number), text="字" * 1000)
    with catalogue.reading() as work:
        assert list(work.journal.all()) == [] and len(work.fonds.all()) == 1
    with catalogue.writing() as work:
        work.journal.write("clerk", "noted", "again")


def test_what_is_no_passing_trouble_keeps_its_own_name(catalogue: SqlCatalogue) -> None:
    with pytest.raises(OperationalError), catalogue.writing() as work:
        work.scans._sql.exec_driver_sql("SELECT * FROM nowhere")


def test_a_backup_is_of_one_moment(catalogue: SqlCatalogue, tmp_path: Path) -> None:
    with catalogue.writing() as work:
        work.journal.write("clerk", "noted", "inside")
    catalogue.backup(tmp_path / "copy.db")
    with catalogue.writing() as work:
        work.journal.write("clerk", "noted", "after")
    copy = SqlCatalogue(tmp_path / "copy.db", HandClock())
    with copy.reading() as work:
        assert [event.target for event in work.journal.all()] == ["inside"]
    copy.close()


WRITER = """
import sys
from contextlib import closing
from pathlib import Path
from config.clock import RoomClock
from index.catalogue.sql import SqlCatalogue
catalogue = SqlCatalogue(Path(sys.argv[1]), RoomClock("Asia/Shanghai"))
for _ in range(20):
    with catalogue.writing() as work:
        work.journal.write(sys.argv[2], "took", str(work.items.next_number("class")))
"""


@pytest.mark.slow
def test_four_processes_take_numbers_and_write_the_journal_without_gap_or_break(
    catalogue: SqlCatalogue, tmp_path: Path
) -> None:
    command = [sys.executable, "-c", WRITER, str(tmp_path / "catalogue.db")]
    writers = [subprocess.Popen([*command, f"writer-{n}"], cwd=ROOT) for n in range(4)]
    assert [writer.wait(60) for writer in writers] == [0] * 4
    with catalogue.reading() as work:
        events = list(work.journal.all())
    assert [event.target for event in events] == [str(number) for number in range(1, 81)]
    assert list(broken_links(events)) == []


def test_a_home_of_the_first_revision_is_brought_up_to_date(tmp_path: Path, clock: HandClock) -> None:
    place = tmp_path / "old.db"
    with closing(sqlite3.connect(place)) as old:
        old.executescript(Path(__file__).with_name("shape_0001.sql").read_text(encoding="utf-8"))
        old.executescript(OLD_PAGE)
    catalogue = SqlCatalogue(place, clock)
    catalogue.migrate()
    with catalogue.reading() as work:
        page = work.pages.get("p")
    catalogue.close()
    assert (page.rank, page.part, page.role, page.given_turn) == (200_003, 0, PageRole.CONTENT, None)
    with closing(sqlite3.connect(place)) as new:
        shape = new.execute("SELECT sql FROM sqlite_master WHERE name = 'page'").fetchone()[0]
    assert "UNIQUE (scan_id, frame, part)" in shape


OLD_PAGE = """
    INSERT INTO item (id, state, captured_at, filing_year, pack_version, pack_digest, description, confidence,
                      page_count, version, origin, title, document_number, creator, date, pack, series, retention,
                      marking)
    VALUES ('i', 'review', 0, '', '', '', '{}', 0, 1, 1, '', '', '', '', '', '', '', '', '');
    INSERT INTO scan (id, path, home, state, seen_at, changed_at, hints, position, size, mtime_ns, inode, released)
    VALUES ('s', x'61', 'drop', 'read', 0, 0, '[]', 2, 0, 0, 0, 0);
    INSERT INTO page (id, item_id, scan_id, number, frame, state, width, height, dpi, kind, blank, turned, script,
                      confidence, "key", version, indexed_version)
    VALUES ('p', 'i', 's', 1, 3, 'read', 1, 1, 1, 'scan', 0, 0, 'hans', 1, '', 1, 1);
    INSERT INTO reading (page_id, text, words, engine, engine_version, settings)
    VALUES ('p', '', x'', 'tesseract', '5', '{}');
"""
