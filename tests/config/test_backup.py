"""A backup is whole or refused; what is restored verifies."""

from __future__ import annotations

import hashlib
import io
import os
import tarfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from config.backup import _Told, backup, restore
from config.wiring import Home
from index.custody.verifying import verify
from index.domain.access import Role, permit_of
from index.domain.errors import Missing, WrongUse
from index.ports import Selection
from ingest.stages.index import rebuild
from tests.fakes.config.homes import Room, room_at
from tests.fakes.index.text.memory import MemoryTextIndex
from tests.fakes.ingest.cage import paper

ODD = "坏\n名".encode("gbk") + b".pdf"


def silent(done: int, of: int) -> None:
    """Nobody watches."""


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    made = room_at(tmp_path / "home")
    made.drop("J101/甲.pdf", paper("一份文件"))
    made.drop("J101/坏.pdf", paper("bad-file damaged-file"))
    made.drop("J101/乙.pdf", paper("一份文件"))
    made.work()
    made.lay(b"J101/" + ODD, paper("还在扫描"))
    yield made
    made.home.catalogue.close()


@pytest.fixture
def archive(room: Room, tmp_path: Path) -> Path:
    backup(room.home, tmp_path / "muniment.tar", silent)
    return tmp_path / "muniment.tar"


def restored(archive: Path, tmp_path: Path) -> Home:
    home = restore(archive, tmp_path / "elsewhere", silent)
    home.__dict__["text"] = MemoryTextIndex()
    return home


def findings(home: Home) -> list[str]:
    everything = Selection(permit_of(Role.ARCHIVIST))
    found = verify(home.catalogue, home.vault, home.text, everything, silent).findings
    return [f"{finding.check} {finding.target}" for finding in found]


def test_a_restored_home_holds_everything_and_verifies(room: Room, archive: Path, tmp_path: Path) -> None:
    home = restored(archive, tmp_path)
    assert rebuild(home, silent) == 1
    assert findings(home) == []
    again = Room(home, room.cage)
    assert again.scans() == room.scans() and again.items() == room.items()
    for folder in ("quarantine", "duplicates", "drop"):
        assert again.lies(folder) == room.lies(folder)
    modes = {place.stat().st_mode & 0o777 for place in home.folder("vault").glob("??/??/*")}
    assert modes == {0o440}
    assert (home.path / "catalogue.db").stat().st_mode & 0o777 == 0o600
    home.catalogue.close()


def test_a_backup_is_its_owners_alone_and_leaves_no_draft(archive: Path) -> None:
    assert archive.stat().st_mode & 0o777 == 0o600
    assert list(archive.parent.glob("*.part")) == []


@pytest.mark.slow
def test_what_comes_in_while_a_backup_is_made_is_in_it_or_not_and_nothing_breaks(room: Room, tmp_path: Path) -> None:
    def meanwhile(done: int, of: int) -> None:
        room.drop(f"J101/又{done}.pdf", paper(f"又一份{done}"))
        room.work()

    backup(room.home, tmp_path / "live.tar", meanwhile)
    home = restored(tmp_path / "live.tar", tmp_path)
    rebuild(home, silent)
    assert findings(home) == []
    assert len(Room(home, room.cage).items()) == 1
    home.catalogue.close()


def test_a_file_that_is_cut_short_while_it_is_added_stays_as_long_as_was_said() -> None:
    told = _Told(io.BytesIO(b"12"))
    assert told.read(5) == b"12\0\0\0"
    assert told.digest.hexdigest() == hashlib.sha256(b"12\0\0\0").hexdigest()


def test_a_home_without_settings_of_its_own_is_backed_up_all_the_same(room: Room, tmp_path: Path) -> None:
    (room.home.path / "settings.toml").unlink()
    backup(room.home, tmp_path / "bare.tar", silent)
    restore(tmp_path / "bare.tar", tmp_path / "elsewhere", silent).catalogue.close()


def test_a_master_that_is_gone_stops_no_backup_and_is_named(room: Room, tmp_path: Path) -> None:
    lost = next(iter(room.home.vault.digests()))
    Path(room.home.vault.path(lost)).unlink()
    kept = backup(room.home, tmp_path / "rest.tar", silent)
    assert [name.rsplit("/", 1)[-1] for name in kept.missing] == [lost]
    restore(tmp_path / "rest.tar", tmp_path / "elsewhere", silent).catalogue.close()


def test_a_backup_into_a_full_disk_leaves_the_old_one(
    room: Room, archive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = archive.read_bytes()

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(tarfile.TarFile, "addfile", full)
    with pytest.raises(OSError, match="No space"):
        backup(room.home, archive, silent)
    assert archive.read_bytes() == before


@pytest.mark.parametrize("damage", ["cut", "flip", "no manifest", "one file less", "no tar", "empty"])
def test_a_damaged_backup_is_refused_and_leaves_nothing_behind(archive: Path, tmp_path: Path, damage: str) -> None:
    whole = bytearray(archive.read_bytes())
    if damage == "cut":
        archive.write_bytes(whole[: len(whole) // 2])
    elif damage == "flip":
        at = whole.index("一份文件".encode())
        whole[at] ^= 1
        archive.write_bytes(whole)
    elif damage == "no tar":
        archive.write_bytes(b"nothing of the kind" * 100)
    elif damage == "empty":
        archive.write_bytes(b"")
    else:
        _without(archive, "manifest.json" if damage == "no manifest" else "settings.toml")
    with pytest.raises(WrongUse) as told:
        restore(archive, tmp_path / "elsewhere", silent)
    assert told.value.code == "bad-backup"
    assert list((tmp_path / "elsewhere").iterdir()) == []


def _without(archive: Path, name: str) -> None:
    with tarfile.open(archive) as old:
        kept = [
            (member, opened.read() if (opened := old.extractfile(member)) else b"")
            for member in old.getmembers()
            if member.name != name
        ]
    with tarfile.open(archive, "w") as new:
        for member, content in kept:
            new.addfile(member, io.BytesIO(content))


def test_a_backup_that_would_write_outside_the_home_is_refused(archive: Path, tmp_path: Path) -> None:
    with tarfile.open(archive, "w") as tar:
        entry = tarfile.TarInfo("../outside")
        entry.size = 3
        tar.addfile(entry, io.BytesIO(b"bad"))
    with pytest.raises(WrongUse):
        restore(archive, tmp_path / "elsewhere", silent)
    assert not (tmp_path / "outside").exists()


def test_nothing_is_restored_over_a_home_or_out_of_nothing(room: Room, archive: Path, tmp_path: Path) -> None:
    with pytest.raises(WrongUse) as told:
        restore(archive, room.home.path, silent)
    assert told.value.code == "home-not-empty"
    with pytest.raises(Missing):
        restore(tmp_path / "none.tar", tmp_path / "elsewhere", silent)


def test_names_of_any_bytes_come_back(room: Room, archive: Path, tmp_path: Path) -> None:
    home = restore(archive, tmp_path / "elsewhere", silent)
    assert ODD in os.listdir(os.fsencode(home.folder("drop") / "J101"))
    home.catalogue.close()
