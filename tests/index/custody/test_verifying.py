"""verify finds what is not whole, and is content with what is."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from index.custody.verifying import verify
from index.domain.access import Role, permit_of
from index.ports import PageText, Progress, Selection, Verified
from tests.fakes.config.homes import Room
from tests.fakes.ingest.cage import paper


@pytest.fixture
def full(room: Room) -> Room:
    room.drop("J101/甲.pdf", paper("一份文件", "第二页"))
    room.drop("J101/坏.pdf", paper("好的一页", "bad damaged-file"))
    room.work()
    return room


def verified(room: Room, progress: Progress = lambda done, of: None) -> Verified:
    home = room.home
    return verify(home.catalogue, home.vault, home.text, Selection(permit_of(Role.ARCHIVIST)), progress)


def checks(room: Room) -> list[str]:
    return [finding.check for finding in verified(room).findings]


def test_a_home_at_rest_is_whole(full: Room) -> None:
    outcome = verified(full)
    assert outcome.ok
    assert outcome.checked == {"vault": 2, "journal": outcome.checked["journal"], "pages": 2, "index": 2}


def test_other_bytes_and_missing_files_are_found(full: Room) -> None:
    first, second = [Path(full.home.vault.path(sha)) for sha in full.home.vault.digests()]
    first.chmod(0o640)
    first.write_bytes(b"other")
    assert checks(full) == ["fixity"]
    first.unlink()
    second.unlink()
    assert checks(full) == ["vault", "vault"]


def test_a_changed_journal_is_found(full: Room) -> None:
    raw = sqlite3.connect(full.home.path / "catalogue.db")
    raw.execute("UPDATE event SET actor = 'nobody' WHERE seq = 2")
    raw.commit()
    raw.close()
    assert checks(full) == ["journal"]


def test_an_index_that_is_not_the_catalogue_is_found(full: Room) -> None:
    page_id, other = full.home.text.versions()
    full.home.text.remove([page_id])
    full.home.text.add([PageText("stranger", "item", 1, "字"), PageText(other, "item", 99, "字")])
    assert [(f.target, f.expected, f.found) for f in verified(full).findings] == [
        (page_id, "held", "missing"),
        ("stranger", "not held", "held"),
        (other, verified(full).findings[-1].expected, "99"),
    ]


def test_scans_that_come_in_while_the_vault_is_hashed_are_no_findings(full: Room) -> None:
    def meanwhile(done: int, of: int) -> None:
        if done == of:
            full.drop("J101/乙.pdf", paper("后来的文件"))
            full.work()

    assert verified(full, meanwhile).findings == []
