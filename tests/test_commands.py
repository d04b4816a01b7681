"""The front door: names, shapes of JSON and exit codes that scripts rely on (design: interface.md)."""

from __future__ import annotations

import json
import os
import shutil
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import structlog

import muniment
from config import wiring
from config.regulations import PACKS
from index.domain.access import Role
from index.domain.holdings import ItemState
from index.ports import Found, Search
from tests.fakes.config.homes import Room, room_after, room_at
from tests.fakes.ingest.cage import paper
from viewer import passwords

NOTICE = "关于开展2024年春季消防安全检查的通知\n各年级组:\n现将有关事项通知如下。\n第一实验小学校长室\n2024年3月5日"
PROSE = "窗外的雨下了一整天。\n没有人知道它什么时候停。"
ITEM = {
    *("id", "reference_code", "title", "fonds", "pack", "series", "retention", "date", "document_number", "creator"),
    *("pack_version", "pack_digest", "marking", "subject_key", "persons", "language", "pages", "confidence", "why"),
}


@dataclass(frozen=True)
class Said:
    """What a command left: its exit code, its answer, and what it told the person beside it."""

    code: int
    out: str
    err: str

    @property
    def lines(self) -> list[Any]:
        """The answer as JSON, a value a line; nothing else may stand there."""
        return [json.loads(line) for line in self.out.splitlines()]

    @property
    def json(self) -> Any:
        [value] = self.lines
        return value


Run = Callable[..., Said]
DOOR = cache(muniment.front_door)


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    monkeypatch.setattr(muniment, "front_door", DOOR)


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """run("search", "词", "--json"): one command as a shell would start it."""

    def run(*words: str | os.PathLike[str]) -> Said:
        capsys.readouterr()
        with structlog.testing.capture_logs():
            code = muniment._outcome([os.fspath(word) for word in words])
        said = capsys.readouterr()
        return Said(code, said.out, said.err)

    return run


def busy(room: Room) -> None:
    """One item filed, one in review, one duplicate and one file in quarantine."""
    for name, content in {"通知": NOTICE, "散文": PROSE, "又": NOTICE, "坏": "bad-file damaged-file"}.items():
        room.drop(f"J101/{name}.pdf", paper(content))
    room.work()


@pytest.fixture
def room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Room]:
    """A home that had something to do."""
    made = room_after(busy, tmp_path / "home")
    yield entered(made, monkeypatch)
    made.home.catalogue.close()


@pytest.fixture
def bare(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Room]:
    """A home that was just founded."""
    made = room_at(tmp_path / "home")
    yield entered(made, monkeypatch)
    made.home.catalogue.close()


def entered(room: Room, monkeypatch: pytest.MonkeyPatch) -> Room:
    """Let commands open this one."""
    monkeypatch.setattr(os, "fsync", lambda descriptor: None)
    monkeypatch.setenv("MUNIMENT_HOME", str(room.home.path))
    monkeypatch.setattr(wiring, "open_home", lambda path: room.home)
    monkeypatch.setattr(passwords, "hashed", lambda password: "hash")
    return room


def filed(room: Room) -> str:
    return next(item.id for item in room.items() if item.state is ItemState.FILED)


# -- wrong use ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "words",
    [
        ["nonsense"],
        ["search"],
        ["search", "词", "--colour"],
        ["search", "词", "--limit", "many"],
        ["search", "词", "--from", "昨天"],
        ["ingest", "/nowhere/at/all"],
        ["show", "J101-WS·2024-Y-9999"],
        ["export", "loan-register", "--out", "x.xlsx"],
        ["export", "item-catalogue", "--out", "x.xlsx", "--fonds", "X1"],
        ["export", "item-catalogue", "--out", "/nowhere/at/all.xlsx"],
        ["export", "item-catalogue", "--out", "/"],
        ["export", "batch-sheet", "--out", "x.pdf", "--format", "pdf", "--batch", "20261123-9"],
        ["backup", "/nowhere/at/all.tar"],
        ["user", "disable", "nobody"],
        ["pack", "show", "banks"],
        ["quarantine", "retry", "nobody"],
        ["search", "词", "--as", "nobody"],
    ],
)
def test_wrong_use_ends_with_2_and_says_nothing_on_standard_output(bare: Room, run: Run, words: list[str]) -> None:
    said = run(*words)
    assert (said.code, said.out) == (2, "")
    assert said.err


@pytest.mark.parametrize("words", [["--fonds", "X1"], ["--pack", "banks"]])
def test_an_unknown_fonds_or_pack_is_wrong_use_before_anything_is_read(
    bare: Room, run: Run, tmp_path: Path, words: list[str]
) -> None:
    (tmp_path / "a.pdf").write_bytes(paper("新"))
    assert run("ingest", tmp_path / "a.pdf", *words).code == 2
    assert bare.scans() == []


def test_without_a_home_every_command_says_so(run: Run, tmp_path: Path) -> None:
    for words in (["status"], ["search", "词"], ["ingest", str(tmp_path)], ["verify"], ["backup", "x"]):
        assert run(*words, "--home", tmp_path / "none").code == 2
    assert not (tmp_path / "none").exists()


def test_a_fault_of_ours_ends_with_1_and_a_number(bare: Room, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(path: Path) -> None:
        raise RuntimeError("a fault of ours")

    monkeypatch.setattr(wiring, "open_home", broken)
    said = run("status", "--json")
    assert said.code == 1 and "RuntimeError" not in said.err.splitlines()[-1]


# -- init --------------------------------------------------------------------------------------------------------------


def test_init_prints_the_first_password_once_and_is_harmless_again(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "new"
    first = run("init", "--home", home, "--fonds", "Z9=某校:school", "--admin", "老王")
    assert first.code == 0 and first.out.startswith("老王: ")
    again = run("init", "--home", home)
    assert (again.code, again.out) == (0, "") and "Z9 某校" in again.err and "J101" not in again.err


def test_init_with_an_unknown_pack_or_a_bad_fonds_makes_nothing(run: Run, tmp_path: Path) -> None:
    assert run("init", "--home", tmp_path / "new", "--pack", "banks").code == 2
    assert run("init", "--home", tmp_path / "new", "--fonds", "没有等号").code == 2
    assert not (tmp_path / "new").exists()


# -- ingest ------------------------------------------------------------------------------------------------------------


@pytest.fixture
def somebody_works(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    room.jobs.at_work = [{"id": "w", "kind": "worker"}]
    monkeypatch.setattr(time, "sleep", lambda seconds: room.work(2))


@pytest.mark.usefixtures("somebody_works")
def test_ingest_tells_a_line_a_file_and_ends_with_3_when_a_person_is_needed(
    room: Room, run: Run, tmp_path: Path
) -> None:
    folder = tmp_path / "扫描"
    folder.mkdir()
    pages = {
        "甲": NOTICE.replace("消防", "交通") + "\f第二页",
        "乙": "雨",
        "丙": NOTICE,
        "丁": "bad-file truncated-file",
    }
    for name, content in pages.items():
        (folder / name).write_bytes(paper(*content.split("\f")))
    os.mkfifo(folder / "管")
    said = run("ingest", folder, "--fonds", "J101", "--json")
    told = {Path(line["path"]).name: line for line in said.lines}
    assert said.code == 3
    assert {name: line["state"] for name, line in told.items()} == {
        "甲": "filed",
        "乙": "review",
        "丙": "duplicate",
        "丁": "quarantined",
        "管": "ignored",
    }
    assert all(set(line) == {"path", "sha256", "state", "reason", "items"} for line in told.values())
    assert [bool(line["reason"]) for line in told.values()] == [
        line["state"] not in ("filed", "review") for line in told.values()
    ]
    [item] = told["甲"]["items"]
    assert set(item) >= {*ITEM, "text"}
    assert (item["fonds"], item["pack"], item["pages"], item["date"]) == ("J101", "school", 2, "2024-03-05")
    assert item["text"].split("\f")[1] == "第二页" and 0 <= item["confidence"] <= 1
    assert all(set(why) >= {"field", "value", "confidence", "evidence"} for why in item["why"])
    assert sorted(path.name for path in folder.iterdir()) == sorted(told)


@pytest.mark.usefixtures("somebody_works")
def test_ingest_of_what_files_itself_ends_with_0_and_again_tells_the_same(room: Room, run: Run, tmp_path: Path) -> None:
    (tmp_path / "甲.pdf").write_bytes(paper(NOTICE.replace("消防", "交通")))
    first, again = (run("ingest", tmp_path / "甲.pdf", "--json") for _ in range(2))
    assert first.code == again.code == 0 and first.out == again.out


@pytest.mark.usefixtures("somebody_works")
def test_a_name_that_is_no_text_is_told_in_base64_too(room: Room, run: Run, tmp_path: Path) -> None:
    place = os.fsencode(tmp_path) + b"/\xb5\xb5.pdf"
    with open(place, "wb") as opened:
        opened.write(paper(NOTICE.replace("消防", "交通")))
    line = run("ingest", os.fsdecode(place), "--json").json
    assert line["path_b64"] and "\ufffd" in line["path"]


# -- reading -----------------------------------------------------------------------------------------------------------


def test_search_answers_in_the_agreed_shape(room: Room, run: Run) -> None:
    answer = run("search", "消防安全", "--json").json
    assert set(answer) >= {"total", "took_ms", "hits", "facets"}
    [hit] = answer["hits"]
    assert set(hit) >= {
        *("item", "reference_code", "title", "fonds", "series", "date", "page", "snippet", "boxes", "score"),
    }
    assert (hit["item"], hit["page"], hit["fonds"]) == (filed(room), 1, "J101")
    assert hit["boxes"] and all(0 <= side <= 1 for box in hit["boxes"] for side in box)
    assert set(answer["facets"]) >= {"fonds", "series", "year", "retention"}


@pytest.mark.parametrize(
    ("bounds", "total"),
    [
        (["--fonds", "J101"], 1),
        (["--fonds", "C301"], 0),
        (["--from", "2024-03", "--to", "2024"], 1),
        (["--from", "2024-03-06"], 0),
        (["--to", "2024-02"], 0),
    ],
)
def test_search_keeps_within_its_bounds(room: Room, run: Run, bounds: list[str], total: int) -> None:
    assert run("search", "消防安全", *bounds, "--json").json["total"] == total


def test_search_as_a_person_keeps_to_that_persons_rights_and_is_journalled(room: Room, run: Run) -> None:
    for name, role in (("读者", Role.READER), ("管理员", Role.ADMINISTRATOR)):
        assert run("user", "add", name, "--role", role).code == 0
    assert run("search", "雨", "--json").json["total"] == 1
    assert run("search", "雨", "--as", "读者", "--json").json["total"] == 0
    assert run("search", "消防", "--as", "读者", "--json").json["total"] == 1
    refused = run("search", "消防", "--as", "管理员", "--json")
    assert (refused.code, refused.out) == (4, "")
    assert run("user", "disable", "读者").code == 0
    assert run("search", "消防", "--as", "读者").code == 4
    with room.home.catalogue.reading() as work:
        searched = [(event.actor, event.details["query"]) for event in work.journal.of("command-line")]
    assert searched == [("operator", "雨"), ("读者", "雨"), ("读者", "消防")]


@pytest.mark.parametrize("said", ["2024-13", "2024-02-30", "昨天", "2024-1", "24-01-01"])
def test_a_date_that_does_not_exist_is_told_as_it_was_typed(bare: Room, run: Run, said: str) -> None:
    for end in ("--from", "--to"):
        assert run("search", "词", end, said).err.strip() == (
            f"“{said}” is not a date. Write 2024-03-05, 2024-03 or 2024."
        )


def test_what_may_have_been_meant_is_told_beside_the_hits(room: Room, run: Run) -> None:
    said = run("search", "检察")
    assert "did you mean: 检查 (1 pages)" in said.err
    assert run("search", "检察", "--json").json["did_you_mean"] == [{"query": "检查", "pages": 1}]
    assert run("search", "消防安全", "--json").json["read_as"] == "“消防安全”"


def test_searches_are_kept_for_a_person_and_tell_what_is_new(room: Room, run: Run) -> None:
    run("user", "add", "读者", "--role", "reader")
    as_reader = ("--as", "读者")
    kept = run("saved", "add", "消防", "--name", "防火", *as_reader, "--json").json
    assert (kept["name"], kept["query"], kept["told"]) == ("防火", "消防", True)
    room.drop("J101/又一.pdf", paper(NOTICE.replace("年级组", "教研组")))
    room.work()
    [one] = run("saved", "list", *as_reader, "--json").json["searches"]
    assert (one["id"], one["new"], one["whole"]) == (kept["id"], 1, True)
    assert run("saved", "list", *as_reader).out.split() == [kept["id"], "1", "防火"]
    assert len(run("saved", "new", "防火", *as_reader, "--json").json["hits"]) == 1
    assert run("saved", "list", *as_reader, "--json").json["searches"][0]["new"] == 0
    assert run("saved", "remove", kept["id"], *as_reader).code == 0
    assert run("saved", "list", *as_reader, "--json").json == {"searches": []}


@pytest.mark.parametrize(
    "words",
    [
        ["list"],
        ["list", "--as", "nobody"],
        ["add", "消防"],
        ["add", " ", "--as", "读者"],
        ["remove", "防火", "--as", "读者"],
        ["new", "防火", "--as", "读者"],
    ],
)
def test_a_kept_search_is_somebodys(bare: Room, run: Run, words: list[str]) -> None:
    run("user", "add", "读者", "--role", "reader")
    said = run("saved", *words)
    assert (said.code, said.out) == (2, "") and said.err


def test_pages_like_one_are_found_within_ones_rights_and_journalled(room: Room, run: Run) -> None:
    room.drop("J101/又一.pdf", paper(NOTICE.replace("年级组", "教研组")))
    room.work()
    first = filed(room)
    told = run("like", first, "--json").json
    [hit] = told["hits"]
    assert hit["item"] != first and "消防" in told["about"]
    assert hit["title"] in run("like", first).out
    assert run("like", first, "--page", "9").code == 2
    run("user", "add", "管理员", "--role", "administrator")
    assert run("like", first, "--as", "管理员").code == 4
    with room.home.catalogue.reading() as work:
        read = [event.verb for event in work.journal.of(first)]
    assert read.count("read") == 2


@pytest.mark.parametrize("words", [["search", "\udcb5\udcb5"], ["show", "\udcb5\udcb5"]])
def test_words_that_are_no_text_find_nothing_and_are_no_fault(bare: Room, run: Run, words: list[str]) -> None:
    assert run(*words, "--json").code in (0, 2)


def test_show_finds_an_item_by_id_and_by_code(room: Room, run: Run) -> None:
    by_id = run("show", filed(room), "--text", "--json").json
    by_code = run("show", by_id["reference_code"], "--json").json
    assert set(by_id) == {*by_code, "text"} and by_id["text"] == NOTICE
    assert run("show", filed(room)).out.count("\n") > 5


def test_show_tells_a_reader_nothing_of_what_is_not_filed(room: Room, run: Run) -> None:
    run("user", "add", "读者")
    review = next(item.id for item in room.items() if item.state is ItemState.REVIEW)
    assert run("show", review, "--json").code == 0
    assert run("show", review, "--as", "读者", "--json").code == 2


# -- state -------------------------------------------------------------------------------------------------------------


def test_status_adds_up(room: Room, run: Run) -> None:
    told = run("status", "--json").json
    assert set(told) >= {"ledger", "queues", "index", "workers"}
    ledger = told["ledger"]
    assert {
        name: ledger[name] for name in ("seen", "stored", "duplicate", "quarantined", "ignored", "review", "filed")
    } == {
        "seen": 4,
        "stored": 2,
        "duplicate": 1,
        "quarantined": 1,
        "ignored": 0,
        "review": 1,
        "filed": 1,
    }
    assert told["index"] == {"pages": 2, "behind": 0, "missing": []}


def test_verify_is_content_or_ends_with_3_and_says_what_it_found(room: Room, run: Run) -> None:
    whole = run("verify", "--json")
    assert whole.code == 0 and whole.json["ok"] and whole.json["findings"] == []
    room.home.text.remove(list(room.home.text.versions())[:1])
    damaged = run("verify", "--json")
    assert damaged.code == 3 and not damaged.json["ok"]
    assert set(damaged.json["findings"][0]) == {"check", "target", "expected", "found"}
    assert run("reindex").code == 0 and run("verify").code == 0


def test_quarantine_is_listed_and_tried_again(room: Room, run: Run) -> None:
    [file] = run("quarantine", "list", "--json").json["files"]
    assert set(file) >= {"id", "path", "sha256", "reason", "since"}
    assert file["path"] == "J101/坏.pdf" and "damaged" in file["reason"]
    assert run("quarantine", "retry").code == 0
    room.work()
    assert run("quarantine", "list", "--json").json["files"][0]["id"] == file["id"]
    assert run("quarantine", "release", file["id"]).code == 0
    assert run("quarantine", "release", file["id"]).code == 4


# -- the rest ----------------------------------------------------------------------------------------------------------


def test_packs_are_listed_with_their_series(run: Run) -> None:
    packs = run("pack", "list", "--json").json["packs"]
    assert {pack["id"] for pack in packs} >= {"school", "employees"}
    assert all(set(pack) >= {"id", "title", "version", "series"} for pack in packs)
    assert all(set(series) >= {"code", "title", "retention"} for pack in packs for series in pack["series"])
    shown = run("pack", "show", "school", "--json").json
    assert shown in packs


def test_completeness_tells_every_file_and_year_and_what_is_missing(room: Room, run: Run) -> None:
    told = run("completeness", "--json").json
    [year] = told["units"]
    assert (year["fonds"], year["pack"], year["name"], year["per"]) == ("J101", "school", "2024", "year")
    assert (year["filled"], year["asked"], year["missing"]) == (1, 5, ["1", "3", "4", "5"])
    assert run("completeness", "--json", "--fonds", "C301").json == {"packs": [], "units": []}
    said = run("completeness", "--gaps")
    assert "1/5" in said.out and "0 of 1 complete" in said.err


def test_the_edition_that_a_decision_names_can_still_be_read(bare: Room, run: Run) -> None:
    del bare.home.__dict__["packs"]
    school = bare.home.packs_by_id["school"]
    [edition] = run("pack", "editions", "school", "--json").json["editions"]
    assert edition["digest"] == school.digest
    shown = run("pack", "show", "school", "--digest", school.digest[:12], "--json").json
    assert (shown["digest"], shown["drafter"], shown["approver"]) == (school.digest, "档案室", "校长")
    assert shown["supersedes"] == ["1"]
    assert run("pack", "show", "school", "--version", "99").code == 2
    assert "School documents" in run("pack", "show", "school").out


def test_a_pack_is_checked_from_within_its_folder(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(PACKS / "school")
    assert run("pack", "check", ".").code == 0


def test_every_pack_of_the_house_checks(run: Run) -> None:
    assert run("pack", "check", "--json").json == {"ok": True, "problems": []}


def test_a_pack_that_is_not_sound_is_wrong_use(run: Run, tmp_path: Path) -> None:
    (tmp_path / "pack.toml").write_text("id = 'x'\n")
    said = run("pack", "check", tmp_path, "--json")
    assert said.code == 2 and said.json["ok"] is False and said.json["problems"]


@pytest.mark.parametrize(
    ("spoken", "reason"),
    [
        ("zh_CN.UTF-8", "应与文件夹同名：copy"),
        ("zh_TW.UTF-8", "應與文件夾同名：copy"),
        ("C", "must be the folder's name, copy"),
    ],
)
def test_what_is_wrong_with_a_pack_is_told_in_the_language_of_who_asks(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, spoken: str, reason: str
) -> None:
    shutil.copytree(PACKS / "school", tmp_path / "copy")
    monkeypatch.setenv("LC_ALL", spoken)
    said = run("pack", "check", tmp_path / "copy", "--json")
    wrong = {"file": "copy/pack.toml", "key": "id", "problem": reason, "code": "pack-name"}
    assert said.json["problems"] == [wrong]
    assert f"copy/pack.toml: id: {reason}" in said.err


def test_people_are_added_listed_and_closed_and_the_last_administrator_stays(bare: Room, run: Run) -> None:
    assert run("user", "add", "老王", "--role", "administrator").out.startswith("老王: ")
    assert run("user", "add", "老王").code == 4
    assert run("user", "disable", "老王").code == 4
    run("user", "add", "小李")
    run("user", "disable", "小李")
    assert run("user", "list", "--json").json["people"] == [
        {"name": "小李", "role": "reader", "disabled": True},
        {"name": "老王", "role": "administrator", "disabled": False},
    ]
    assert run("user", "enable", "小李").code == 0 and run("user", "reset", "小李").out.startswith("小李: ")


def test_the_catalogue_is_exported_within_ones_rights(room: Room, run: Run, tmp_path: Path) -> None:
    said = run("export", "item-catalogue", "--out", tmp_path / "a.csv", "--format", "csv", "--fonds", "J101")
    assert said.code == 0 and said.out == "" and "消防安全" in (tmp_path / "a.csv").read_text("utf-8-sig")
    run("export", "item-catalogue", "--out", tmp_path / "b.csv", "--format", "csv", "--query", "没有这个词")
    assert "消防安全" not in (tmp_path / "b.csv").read_text("utf-8-sig")


@pytest.mark.slow
def test_separators_and_covers_are_printed(room: Room, run: Run, tmp_path: Path) -> None:
    said = run("export", "separators", "--out", tmp_path / "a.pdf", "--count", "3")
    assert said.code == 0 and (tmp_path / "a.pdf").read_bytes().startswith(b"%PDF")
    told = ("--fonds", "J101", "--series", "WS·XZ", "--title", "会议纪要", "--reference-code", "J101-WS·2024-Y-0001")
    assert run("export", "separators", "--out", tmp_path / "b.pdf", *told).code == 0
    assert run("export", "separators", "--out", tmp_path / "c.pdf", "--fonds", "X1").code == 2
    assert run("export", "separators", "--out", tmp_path / "c.pdf", "--count", "0").code == 2


def test_a_profile_is_tried_on_files(run: Run, tmp_path: Path) -> None:
    for name in ("甲_2.jpg", "甲_1.jpg", "读我.txt"):
        (tmp_path / name).write_bytes(b"")
    [folder] = run("profile", "try", "name_page", tmp_path, "--json").json["folders"]
    assert folder["items"] == [
        {"item": "甲", "reference_code": "", "files": ["甲_1.jpg", "甲_2.jpg"], "missing": 0}
    ] and folder["left"] == ["读我.txt"]
    assert "读我.txt" in run("profile", "try", "{name}_{page}", tmp_path / "甲_1.jpg", tmp_path / "读我.txt").out
    assert run("profile", "try", "{nom}", tmp_path).code == 2
    assert run("profile", "try", "name_page", tmp_path / "nothing").code == 2


def test_the_text_of_an_item_is_exported_within_ones_rights_and_journalled(
    room: Room, run: Run, tmp_path: Path
) -> None:
    filed = next(item for item in room.items() if item.state is ItemState.FILED)
    where = {"alto": tmp_path / "alto", "hocr": tmp_path / "item.hocr"}
    for kind, out in where.items():
        assert run("export", kind, "--item", filed.reference_code, "--out", out).code == 0
    assert run("export", "alto", "--item", filed.id, "--out", tmp_path / "alto.zip").code == 0
    assert [path.name for path in where["alto"].iterdir()] == [f"{filed.reference_code}-0001.xml"]
    assert "消防安全检查" in where["hocr"].read_text(encoding="utf-8")
    with room.home.catalogue.reading() as work:
        taken = [event.details["form"] for event in work.journal.of(filed.id) if event.verb == "download"]
    assert taken == ["alto", "hocr", "alto"]


@pytest.mark.parametrize("kind", ["alto", "hocr", "access-copy"])
def test_of_an_item_that_is_not_there_no_copy_is_taken(kind: str, room: Room, run: Run, tmp_path: Path) -> None:
    said = run("export", kind, "--item", "J101-9999", "--out", tmp_path / "out")
    assert said.code == 2 and list(tmp_path.glob("out*")) == []


def test_the_sheet_of_a_batch_is_exported_to_those_who_capture(room: Room, run: Run, tmp_path: Path) -> None:
    wanted = ("export", "batch-sheet", "--out", tmp_path / "a.csv", "--format", "csv", "--batch", "20261123-1")
    said = run(*wanted)
    assert said.code == 0 and said.out == "" and "通知.pdf" in (tmp_path / "a.csv").read_text("utf-8-sig")
    run("user", "add", "小李")
    assert run(*wanted, "--as", "小李").code == 4


def test_a_backup_is_written_and_a_bad_one_refused(room: Room, run: Run, tmp_path: Path) -> None:
    assert run("backup", tmp_path / "home.tar").code == 0
    (tmp_path / "bad.tar").write_bytes(b"nothing of the kind" * 100)
    assert run("restore", tmp_path / "bad.tar", "--home", tmp_path / "elsewhere").code == 2
    assert run("restore", tmp_path / "home.tar", "--home", room.home.path).code == 2


def test_doctor_says_what_is_missing_and_how_to_mend_it(bare: Room, run: Run) -> None:
    said = run("doctor", "--json")
    assert said.code in (0, 3) and said.json["ok"] == (said.code == 0)
    assert all(check["well"] or check["mend"] for check in said.json["checks"])


def test_every_command_says_what_it_is_for(run: Run) -> None:
    for name in muniment.COMMANDS:
        assert run(name, "--help").code == 0
    for name in muniment.GROUPS:
        assert run(name, "--help").code == 0


class _Cut:
    """An index that looks through a part of the pages only."""

    def search(self, search: Search) -> Found:
        return Found(0, (), {}, cut_short=True)


@pytest.mark.parametrize(("spoken", "said"), [("zh_CN.UTF-8", "只查了一部分页面"), ("zh_TW.UTF-8", "只查了一部分頁面")])
def test_a_search_that_asks_for_too_much_says_how_to_narrow_it(
    bare: Room, run: Run, monkeypatch: pytest.MonkeyPatch, spoken: str, said: str
) -> None:
    bare.home.__dict__["text"] = _Cut()
    assert "only a part of the pages" in run("search", "的*是*年").err
    monkeypatch.setenv("LC_ALL", spoken)
    assert said in run("search", "的*是*年").err
    told = run("search", "的*是*年", "--json").json
    assert (told["whole"], told["cut_short"], told["did_you_mean"]) == (False, True, [])
