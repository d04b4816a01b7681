"""A list is read in the cage, entered slice by slice, taken up where it was left, and never entered twice."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, cast

import pytest

from index.domain.errors import BadScan, Missing, WrongUse
from index.domain.holdings import ItemState
from index.domain.lists.importing import Import, ImportState, Kind
from index.domain.lists.linking import By
from ingest import importing
from ingest.actors import Desk
from ingest.importing import enter_all, settled, take_in
from ingest.pipeline import due
from ingest.sandbox import Cage
from tests.fakes.config.homes import Room
from tests.fakes.ingest.cage import paper


class Open:
    """A cage without a child: the list is opened here."""

    def run(self, function: Callable[..., Any], *args: Any) -> Any:
        return function(*args)


CAGE = cast(Cage, Open())


class Ends(Cage):
    """A cage in which nothing is read to its end."""

    def __init__(self, end: BaseException) -> None:
        self.end = end

    def run(self, *_: Any, **__: Any) -> Any:
        raise self.end


def csv(path: Path, *rows: str) -> Path:
    path.write_text("\n".join(("文件名,题名,日期", *rows)), "utf-8")
    return path


def silent(done: int, of: int) -> None:
    """Nobody watches."""


def scanned(room: Room, count: int) -> None:
    for number in range(1, count + 1):
        room.drop(f"J101/卷/{number}.pdf", paper(f"第{number}页上的话"))
    room.work()


def read(room: Room, file: Path, fonds: str = "J101") -> Import:
    one = take_in(room.home, CAGE, file, Kind.CATALOGUE, fonds, "clerk")
    return settled(room.home, one, dict(one.columns), By.NAME, "", "WS·XZ")


def test_every_row_goes_to_its_image(room: Room, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importing, "SLICE", 2)
    scanned(room, 5)
    one = read(room, csv(tmp_path / "a.csv", *(f"{n}.pdf,第{n}件,2024-03-0{n}" for n in range(1, 6))))
    assert enter_all(room.home, one, "clerk", silent) == 5
    titles = {item.title: item.origin for item in room.items() if item.state is ItemState.FILED}
    assert titles == {f"第{n}件": f"{n}.pdf" for n in range(1, 6)}
    codes = sorted(item.reference_code for item in room.items())
    assert [code[-4:] for code in codes] == ["0001", "0002", "0003", "0004", "0005"]


def test_a_worker_goes_on_where_it_was_left(room: Room, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importing, "SLICE", 1)
    scanned(room, 3)
    one = read(room, csv(tmp_path / "a.csv", "1.pdf,甲,2024", "2.pdf,乙,2024", "3.pdf,丙,2024"))
    importing.begin(room.home, one)
    importing.enter(room.desk, one.id)
    assert ("enter", one.id) in list(due(room.home))
    room.jobs.ask("enter", one.id)
    room.work()
    with room.home.catalogue.reading() as work:
        assert work.imports.get(one.id).state is ImportState.DONE
    assert sorted(item.title for item in room.items()) == ["丙", "乙", "甲"]
    assert due_of_imports(room) == []


def due_of_imports(room: Room) -> list[tuple[str, str]]:
    return [asked for asked in due(room.home) if asked[0] in ("enter", "tabulate")]


def test_more_images_may_come_later(room: Room, tmp_path: Path) -> None:
    scanned(room, 1)
    file = csv(tmp_path / "a.csv", "1.pdf,甲,2024", "2.pdf,乙,2024")
    assert enter_all(room.home, read(room, file), "clerk", silent) == 1
    scanned(room, 2)
    again = read(room, file)
    assert enter_all(room.home, again, "clerk", silent) == 1
    with room.home.catalogue.reading() as work:
        assert len(work.imports.all()) == 1


def test_what_a_regulation_keeps_out_is_told_and_the_rest_goes_on(room: Room, tmp_path: Path) -> None:
    """EA-06: training is no part of a personnel file, whoever says so."""
    for number in (1, 2):
        room.drop(f"C301/{number}.pdf", paper(f"第{number}页上的话"))
    room.work()
    file = tmp_path / "a.csv"
    file.write_text("文件名,题名,工号\n1.pdf,培训结业证书,E001\n2.pdf,劳动合同,E001\n", "utf-8")
    one = take_in(room.home, CAGE, file, Kind.CATALOGUE, "C301", "clerk")
    one = settled(room.home, one, dict(one.columns), By.NAME, "", "RS·ZZ")
    assert enter_all(room.home, one, "clerk", silent) == 1
    with room.home.catalogue.reading() as work:
        first, second = work.imports.rows(one.id)
    assert (first.target, first.refused and first.refused.code) == ("", "kept-out")
    assert second.target and second.refused is None


def test_columns_settled_once_hold_for_the_next_list_of_the_same_headings(room: Room, tmp_path: Path) -> None:
    first = take_in(room.home, CAGE, csv(tmp_path / "a.csv", "1,甲,2024"), Kind.CATALOGUE, "J101", "clerk")
    settled(room.home, first, {"title": 0, "note": 1}, By.NAME, "", "")
    second = take_in(room.home, CAGE, csv(tmp_path / "b.csv", "2,乙,2024"), Kind.CATALOGUE, "J101", "clerk")
    assert second.columns == {"title": 0, "note": 1}


def test_what_cannot_be_taken_in_is_told(room: Room, tmp_path: Path) -> None:
    empty = tmp_path / "empty.csv"
    empty.write_bytes(b"")
    with pytest.raises(BadScan) as nothing:
        take_in(room.home, CAGE, empty, Kind.CATALOGUE, "J101", "clerk")
    assert nothing.value.code == "no-rows"
    with pytest.raises(Missing):
        take_in(room.home, CAGE, csv(tmp_path / "a.csv", "1,甲,"), Kind.CATALOGUE, "X999", "clerk")
    with pytest.raises(Missing):
        take_in(room.home, CAGE, tmp_path / "no.csv", Kind.CATALOGUE, "J101", "clerk")
    one = take_in(room.home, CAGE, csv(tmp_path / "a.csv", "1,甲,"), Kind.CATALOGUE, "J101", "clerk")
    with pytest.raises(WrongUse):
        settled(room.home, one, {"date": 1}, By.NAME, "", "")


def test_a_list_that_cannot_be_read_is_kept_as_such_with_the_reason(room: Room, tmp_path: Path) -> None:
    with pytest.raises(BadScan):
        read(room, csv(tmp_path / "a.csv"))
    with room.home.catalogue.reading() as work:
        [one] = work.imports.all()
    assert (one.state, one.reason) == (ImportState.FAILED, "no-rows")


def test_a_damaged_list_is_told_as_a_list_not_as_a_scan(room: Room, tmp_path: Path) -> None:
    with pytest.raises(BadScan) as told:
        take_in(room.home, Ends(BadScan("damaged-file")), csv(tmp_path / "a.csv"), Kind.CATALOGUE, "J101", "clerk")
    assert told.value.code == "no-spreadsheet"


def test_a_list_whose_command_was_killed_is_not_looked_for_again_and_again(room: Room, tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt):
        take_in(room.home, Ends(KeyboardInterrupt()), csv(tmp_path / "a.csv"), Kind.CATALOGUE, "J101", "clerk")
    [import_id] = [target for actor, target in due(room.home) if actor == "tabulate"]
    importing.read(Desk(room.home, Ends(Missing("no-such-file", path="imports"))), import_id)
    assert [actor for actor, _ in due(room.home)] == []
    with room.home.catalogue.reading() as work:
        assert work.imports.get(import_id).reason == "no-such-file"
