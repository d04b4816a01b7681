"""The commands of year-end: their JSON, their exit codes, and that a dry run writes nothing."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest

import muniment
from tests.fakes.config.homes import room_at
from tests.fakes.index.year_end import School
from tests.test_commands import DOOR, Run, entered
from tests.test_commands import run as run


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    monkeypatch.setattr(muniment, "front_door", DOOR)


@pytest.fixture
def school(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[School]:
    made = School(room_at(tmp_path / "home"))
    entered(made.room, monkeypatch)
    made.person()
    for title in ("关于开学的通知", "关于放假的通知", "关于体检的通知"):
        made.file(2, "J101", title=title, creator="校长室")
    yield made
    made.room.home.catalogue.close()


CLASS = ("--fonds", "J101", "--series", "WS·XZ", "--year", "2024")


def test_the_years_are_listed_with_what_is_open(school: School, run: Run) -> None:
    [year] = run("year", "list", "--json").json["years"]
    assert year == {
        **{"fonds": "J101", "pack": "school", "series": "WS·XZ", "department": "XZ", "year": "2024"},
        **{"due": "overdue", "closing_day": "2025-08-31", "days_left": -449, "closed_at": None, "closed_by": None},
        **{"filed": 3, "pages": 6, "waiting": 0, "loose": 3, "drafts": 0, "unset": 0, "late": 0},
    }
    assert run("year", "list", "--fonds", "C301", "--json").json == {"years": []}
    assert "3 filed" in run("year", "list").out


def test_a_year_is_closed_once_and_opened_with_a_reason(school: School, run: Run) -> None:
    told = run("year", "close", *CLASS, "--json").json
    assert (told["closed"], told["volumes"]) == (True, [{"kind": "box", "number": 1, "code": ""}])
    assert run("year", "close", *CLASS).code == 4
    assert run("renumber", *CLASS, "--dry-run").code == 4
    assert run("year", "reopen", *CLASS).code == 2
    assert run("year", "reopen", *CLASS, "--reason", "漏归一份", "--json").json["closed"] is False
    assert run("year", "close", "--fonds", "J101", "--series", "WS·XZ", "--year", "1999").code == 2


def test_a_dry_run_shows_old_and_new_and_writes_nothing(school: School, run: Run) -> None:
    change = ("renumber", "--fonds", "J101", "--grammar", "dat13-2022-item")
    shown = run(*change, "--dry-run", "--json").json
    assert tuple(shown["changes"][0][name] for name in ("old", "new")) == (
        "J101-WS·2024-D10-XZ-0001",
        "J101-WS·2024·D10·行政-0001",
    )
    assert run("show", "J101-WS·2024·D10·行政-0001").code == 2
    assert run(*change).code == 2
    assert run(*change, "--reason", "换新标准", "--approved-by", "nobody").code == 4
    done = run(*change, "--reason", "换新标准", "--approved-by", "archivist", "--json").json
    assert done["renumbering"] and done["changes"] == shown["changes"]
    told = run("show", "J101-WS·2024-D10-XZ-0001", "--json").json
    assert told["reference_code"] == "J101-WS·2024·D10·行政-0001"
    assert told["former_codes"] == ["J101-WS·2024-D10-XZ-0001"]
    assert (told["state"], told["stage"], told["place"]) == ("filed", "filed", "平时分类橱")


@pytest.mark.parametrize("words", [(), CLASS[2:], (*CLASS[2:], "--grammar", "dat22-2015"), ("--grammar", "dat99")])
def test_renumbering_wants_to_know_what(school: School, run: Run, words: tuple[str, ...]) -> None:
    said = run("renumber", "--fonds", "J101", *words, "--dry-run")
    assert said.code == (0 if words == CLASS[2:] else 2)


def test_a_box_is_shelved_at_an_address(school: School, run: Run) -> None:
    run("year", "close", *CLASS)
    run("place", "add", "room", "1", "--title", "库房")
    run("place", "add", "cabinet", "03", "--inside", "1")
    run("place", "add", "shelf", "2", "--inside", "1-03")
    with school.room.home.catalogue.reading() as work:
        [box] = work.volumes.listed()
    assert run("shelve", box.id, "1-99").code == 2
    assert run("shelve", box.id, "1-03-2", "--json").json["slot"] == "001"
    assert run("show", "J101-WS·2024-D10-XZ-0001", "--json").json["place"] == "1-03-2-001"
    places = run("place", "list", "--json").json["places"]
    assert [one["holds"] for one in places if one["address"] == "1-03-2"] == [[box.title]]


def test_catalogues_of_year_end_are_exported(school: School, run: Run, tmp_path: Path) -> None:
    items = [school.get(f"J101-WS·2024-D10-XZ-000{number}") for number in (1, 2)]
    school.seal(school.assemble(items, title="第一实验小学2024年通知"))
    for kind in ("file-catalogue", "contents-list", "full-catalogue", "note-sheet"):
        assert run("export", kind, "--out", tmp_path / f"{kind}.xlsx", "--fonds", "J101").code == 0
    rows = list(openpyxl.load_workbook(tmp_path / "full-catalogue.xlsx").active.iter_rows(values_only=True))
    assert rows[1][1:3] == ("J101-WS·2024·D10·行政-001", "第一实验小学2024年通知")
    assert [row[3] for row in rows[2:]] == ["题名", "关于开学的通知", "关于放假的通知"]
    assert run("export", "contents-list", "--out", tmp_path / "x.csv", "--volume", "nowhere").code == 2
    assert os.path.exists(tmp_path / "note-sheet.xlsx")
