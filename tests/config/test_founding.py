"""How a home begins, and that beginning again harms nothing."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from config import regulations
from config.founding import found
from config.regulations import load_all
from config.wiring import FOLDERS, Home, open_home
from index.domain.errors import Conflict, Missing, WrongUse
from index.domain.events import broken_links
from index.domain.holdings import Fonds
from tests.fakes.config.regulations import pack as regulation


def fondses(home: Home) -> dict[str, Fonds]:
    with home.catalogue.reading() as work:
        return {fonds.code: fonds for fonds in work.fonds.all()}


def test_a_home_has_its_folders_its_fonds_and_nothing_open_to_others(tmp_path: Path) -> None:
    home = found(tmp_path / "home", [], [])
    expected: dict[str, tuple[str, ...]] = {}
    for one in load_all():
        for code in one.example_fonds:
            expected[code] = (*expected.get(code, ()), one.id)
    assert {code: fonds.packs for code, fonds in fondses(home).items()} == expected
    assert expected["J101"] == ("school",) and "employees" in expected["C301"]
    assert all((home.path / name).is_dir() for name in (*FOLDERS, "drop/J101", "drop/C301"))
    assert [(home.path / name).stat().st_mode & 0o777 for name in ("settings.toml", "catalogue.db")] == [0o600] * 2
    with home.catalogue.reading() as work:
        assert list(broken_links(work.journal.all())) == []


def test_again_is_harmless(tmp_path: Path) -> None:
    first = fondses(found(tmp_path / "home", ["school"], ["Z9=某校:school"]))
    (tmp_path / "home/settings.toml").write_text("[packs]\nchosen = ['school']\n# ours\n")
    again = found(tmp_path / "home", [], [])
    assert fondses(again) == first
    assert "# ours" in (tmp_path / "home/settings.toml").read_text()


def test_a_fonds_can_be_added_later_and_is_never_changed(tmp_path: Path) -> None:
    found(tmp_path / "home", [], ["Z9=某校:school"])
    home = found(tmp_path / "home", [], ["Z9=别名:employees", "Z8=某公司:employees,school"])
    told = {code: (fonds.title, fonds.packs) for code, fonds in fondses(home).items()}
    assert told == {"Z8": ("某公司", ("employees", "school")), "Z9": ("某校", ("school",))}
    assert (home.path / "drop/Z8").is_dir()


@pytest.mark.parametrize(
    ("packs", "fonds", "error"),
    [
        (["shcool"], [], Missing),
        ([], ["Z9=某校:shcool"], Missing),
        ([], ["没有等号"], WrongUse),
        ([], ["../x=某校"], WrongUse),
        ([], ["Z9="], WrongUse),
    ],
)
def test_wrong_use_is_refused_before_anything_is_made(
    tmp_path: Path, packs: list[str], fonds: list[str], error: type[Exception]
) -> None:
    with pytest.raises(error):
        found(tmp_path / "home", packs, fonds)
    assert not (tmp_path / "home").exists()


def test_two_regulations_that_claim_one_series_are_refused_before_anything_is_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    school, employees = regulation("school"), regulation("employees")
    monkeypatch.setattr(regulations, "load_all", lambda: (school, employees, replace(school, id="other")))
    with pytest.raises(Conflict) as refused:
        found(tmp_path / "home", [], ["Z9=某校:school,other"])
    assert (refused.value.details["one"], refused.value.details["other"]) == ("school", "other")
    assert not (tmp_path / "home").exists()


def test_a_fonds_without_packs_gets_those_that_name_its_code(tmp_path: Path) -> None:
    home = found(tmp_path / "home", [], ["J101=某校", "Z9=某处:employees"])
    assert {code: fonds.packs for code, fonds in fondses(home).items()} == {"J101": ("school",), "Z9": ("employees",)}


def test_a_folder_that_is_no_home_is_not_opened(tmp_path: Path) -> None:
    with pytest.raises(Missing) as told:
        open_home(tmp_path)
    assert told.value.code == "no-home" and list(tmp_path.iterdir()) == []
