"""Which edition of a regulation is in force, and that every one that ever was can still be read."""

from __future__ import annotations

import shutil
import tarfile
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from config.backup import backup
from config.doctor import examine
from config.editions import Editions, InForce
from config.founding import found
from config.regulations import PACKS, read_edition
from config.wiring import Home, open_home
from index.domain.errors import Missing, WrongUse
from index.domain.holdings import Fonds
from tests.fakes.config.homes import HandClock

SCHOOL = Fonds("1", "J101", "学校", ("school", "copy"))


@pytest.fixture
def editions(tmp_path: Path) -> Editions:
    """A home's editions over a folder in which the school's regulation can be edited."""
    shutil.copytree(PACKS / "school", tmp_path / "packs/school")
    return Editions(tmp_path / "editions", tmp_path / "packs")


def edit(editions: Editions, old: str, new: str, name: str = "school") -> None:
    file = editions.packs / name / "pack.toml"
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def now(editions: Editions, *fondses: Fonds, chosen: tuple[str, ...] = ()) -> InForce:
    return editions.in_force(chosen, fondses, HandClock())


def test_the_first_edition_comes_into_force_at_once_and_is_kept(editions: Editions) -> None:
    held = now(editions)
    [pack] = held.packs
    assert held.notices == ()
    assert [one.digest for one in editions.history("school")] == [pack.digest]
    assert editions.get("school", digest=pack.digest[:8]) == pack
    assert now(editions) == held
    assert len(editions.history("school")) == 1


def test_a_broken_edit_leaves_the_last_good_edition_in_force_and_says_why(editions: Editions) -> None:
    [good] = now(editions).packs
    edit(editions, 'where = "title"', 'where = "heading"')
    held = now(editions)
    assert held.packs == (good,)
    [notice] = held.notices
    assert notice.code == "pack-broken"
    assert notice.details["file"] == "school/pack.toml"
    assert notice.details["key"] == "rules[1].where"
    assert notice.details["version"] == good.version


def test_a_pack_that_is_taken_away_stays_in_force(editions: Editions) -> None:
    [good] = now(editions).packs
    shutil.rmtree(editions.packs / "school")
    held = now(editions)
    assert (held.packs, [one.code for one in held.notices]) == ((good,), ["pack-broken"])


def test_one_that_never_checked_is_not_loaded_and_the_others_are(editions: Editions) -> None:
    shutil.copytree(PACKS / "employees", editions.packs / "employees")
    edit(editions, 'custodian = "archivist"', 'custodian = "nobody"', "employees")
    held = now(editions)
    assert [pack.id for pack in held.packs] == ["school"]
    assert [(one.code, one.details["key"]) for one in held.notices] == [("pack-not-loaded", "custodian")]


def test_a_later_edition_takes_over_and_the_earlier_can_still_be_read(editions: Editions) -> None:
    [first] = now(editions).packs
    edit(editions, 'version = "2"', 'version = "3"')
    edit(editions, 'supersedes = ["1"]', 'supersedes = ["1", "2"]')
    edit(editions, 'period = "10y"', 'period = "15y"')
    held = now(editions)
    [second] = held.packs
    assert (second.version, held.notices) == ("3", ())
    assert editions.get("school", digest=first.digest) == first
    assert editions.get("school", version="2") == first
    assert editions.get("school") == second
    with pytest.raises(Missing):
        editions.get("school", version="9")


def test_an_edition_whose_duties_were_said_in_english_alone_can_still_be_read(editions: Editions) -> None:
    [new] = now(editions).packs
    said = new.duties[0].what
    words = ", ".join(f'{language} = "{said[language]}"' for language in said)
    edit(editions, f"what = {{ {words} }}", f'what = "{said["en"]}"')
    broken = now(editions)
    assert broken.packs == (new,)
    assert [notice.code for notice in broken.notices] == ["pack-broken"]
    old = read_edition("school", editions.packs / "school/pack.toml")
    assert old.duties[0].what == {"en": said["en"]}


def test_an_edition_holds_from_its_day(editions: Editions) -> None:
    [first] = now(editions).packs
    tomorrow = HandClock().today() + timedelta(days=1)
    edit(editions, "effective_from = 2026-11-23", f"effective_from = {tomorrow}")
    held = now(editions)
    assert (held.packs, [one.code for one in held.notices]) == ((first,), ["edition-waits"])
    clock = HandClock()
    clock.pass_by(days=1)
    assert editions.in_force((), (), clock).packs[0].effective_from == tomorrow


def test_an_edit_that_keeps_its_version_or_forgets_what_it_supersedes_is_told(editions: Editions) -> None:
    now(editions)
    edit(editions, 'drafter = "档案室"', 'drafter = "办公室"')
    assert [one.code for one in now(editions).notices] == ["edition-same-version"]
    edit(editions, 'version = "2"', 'version = "3"')
    assert [one.code for one in now(editions).notices] == ["edition-supersedes"]


def test_an_edition_that_comes_back_is_in_force_again(editions: Editions) -> None:
    [first] = now(editions).packs
    edit(editions, 'drafter = "档案室"', 'drafter = "办公室"')
    now(editions)
    edit(editions, 'drafter = "办公室"', 'drafter = "档案室"')
    assert now(editions).packs == (first,)
    assert [one.digest for one in editions.history("school")][::2] == [first.digest] * 2


def test_a_line_that_a_stopped_machine_left_half_written_harms_nothing(editions: Editions) -> None:
    [first] = now(editions).packs
    history = editions.folder / "school/history.jsonl"
    history.write_text(history.read_text(encoding="utf-8")[:30], encoding="utf-8")
    assert now(editions).packs == (first,)
    assert now(editions).packs == (first,)
    edit(editions, 'version = "2"', 'version = "3"')
    now(editions)
    assert editions.get("school").version == "3"


def test_a_new_pack_that_claims_a_series_of_another_stays_out_and_both_are_named(editions: Editions) -> None:
    [school] = now(editions, SCHOOL).packs
    shutil.copytree(editions.packs / "school", editions.packs / "copy")
    edit(editions, 'id = "school"', 'id = "copy"', "copy")
    held = now(editions, SCHOOL)
    assert held.packs == (school,)
    assert {one.code for one in held.notices} == {"series-claimed-twice"}
    assert {(one.details["one"], one.details["other"]) for one in held.notices} == {("school", "copy")}
    apart = now(editions, replace(SCHOOL, packs=("school",)))
    assert [pack.id for pack in apart.packs] == ["copy", "school"]


def test_of_two_new_packs_that_claim_the_same_series_one_comes_into_force(editions: Editions) -> None:
    shutil.copytree(editions.packs / "school", editions.packs / "copy")
    edit(editions, 'id = "school"', 'id = "copy"', "copy")
    held = now(editions, SCHOOL)
    assert [pack.id for pack in held.packs] == ["school"]
    assert {one.code for one in held.notices} == {"series-claimed-twice"}


def test_the_text_of_an_edition_that_somebody_changed_later_is_not_that_edition(editions: Editions) -> None:
    [first] = now(editions).packs
    kept = editions.folder / f"school/{first.digest}.toml"
    kept.write_text(kept.read_text("utf-8").replace('period = "10y"', 'period = "1y"'), "utf-8")
    with pytest.raises(WrongUse) as refused:
        editions.get("school", digest=first.digest)
    assert refused.value.details["key"] == "digest"


def test_an_edit_that_comes_to_claim_a_series_of_another_does_not_take_over(editions: Editions) -> None:
    shutil.copytree(PACKS / "employees", editions.packs / "employees")
    both = replace(SCHOOL, packs=("school", "employees"))
    before = now(editions, both).packs
    edit(editions, 'code = "PX"\ncategory = "PX"', 'code = "RS"\ncategory = "RS"', "employees")
    file = editions.packs / "employees/pack.toml"
    file.write_text(file.read_text(encoding="utf-8").replace('series = "PX"', 'series = "RS"'), encoding="utf-8")
    held = now(editions, both)
    assert held.packs == before
    assert [(one.code, one.details["series"]) for one in held.notices] == [("series-claimed-twice", "RS")]


def test_a_home_goes_on_with_the_last_good_edition_and_doctor_status_and_backup_know(
    editions: Editions, tmp_path: Path
) -> None:
    home = home_with(editions, found(tmp_path / "home", [], ["J101=学校:school"]).path)
    [good] = home.packs
    edit(editions, 'where = "title"', 'where = "heading"')
    again = home_with(editions, home.path)
    assert again.packs == (good,)
    told = again.notices()[0].words()
    assert "rules[1].where in school/pack.toml" in told
    assert told in [one.mend for one in examine(again) if not one.well]
    chinese = again.notices()[0].words("zh-Hans")
    assert "school/pack.toml 中的 rules[1].where：“heading”不可用" in chinese
    assert chinese in [one.mend for one in examine(again, "zh-Hans") if not one.well]
    assert backup(again, tmp_path / "home.tar", lambda done, of: None).files > 2
    with tarfile.open(tmp_path / "home.tar") as kept:
        assert f"editions/school/{good.digest}.toml" in kept.getnames()


def test_a_process_at_work_tells_of_an_edit_and_follows_it_when_it_is_started_again(
    editions: Editions, tmp_path: Path
) -> None:
    home = home_with(editions, found(tmp_path / "home", [], ["J101=学校:school"]).path)
    [before] = home.packs
    assert home.notices() == ()
    edit(editions, 'version = "2"', 'version = "3"')
    assert [one.code for one in home.notices()] == ["edition-supersedes", "edition-at-restart"]
    assert home.packs == (before,)
    assert [one.version for one in home.editions.history("school")] == ["2"]
    assert home_with(editions, home.path).packs[0].version == "3"


def home_with(editions: Editions, path: Path) -> Home:
    """The home as a process that starts now opens it, over the folder in which this test edits."""
    home = open_home(path)
    home.__dict__["editions"] = replace(editions, folder=path / "editions")
    return home


def test_only_what_was_chosen_holds(editions: Editions) -> None:
    shutil.copytree(PACKS / "employees", editions.packs / "employees")
    assert [pack.id for pack in now(editions, chosen=("employees",)).packs] == ["employees"]
