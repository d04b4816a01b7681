from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from config.regulations import PACKS, check, load, load_all
from index.domain.errors import WrongUse
from index.domain.rules.policy import ArrangedBy

GOOD = """
id = "small"
version = "1"
effective_from = 2026-01-01
drafter = "office"
approver = "head"
interpreter = "office"
custodian = "archivist"
example_fonds = ["J101"]
threshold = 0.8
title = { zh-Hans = "小", zh-Hant = "小", en = "Small" }
marking = { default = "internal", scheme = "internal" }

[[series]]
code = "WS·A"
category = "WS"
title = { zh-Hans = "來文", zh-Hant = "來文", en = "Letters" }
clause = "C-1"
retention = "ten"

[[schedule]]
id = "ten"
title = { zh-Hans = "十年", zh-Hant = "十年", en = "Ten years" }
period = "10y"
trigger = "document-year-end"
clause = "C-2"

[[rules]]
id = "letters"
clause = "C-1"
series = "WS·A"
where = "title"
any = ["來文"]

[[access]]
role = "archivist"
rights = ["R", "E"]
clause = "C-3"
"""
#: The series of each regulation (domain notes D.0).
SERIES = {
    "school": "WS·DZ WS·XZ WS·GH WS·SX WS·SJ RS KU·01 KU·02 KU·03 KU·04 KJ JX ZP LY LX",
    "employees": "RS·ZZ RS·LZ PX",
    "customers": "ZY·KH·JC ZY·KH·TZ ZY·KH·YW ZY·KH·JY ZY·KH·XY ZY·KH·FX",
    "property-owners": "ZY·YH·SF ZY·YH·ZX ZY·YH·TZ ZY·YH·WP ZY·YH·CL ZY·YH·LS",
    "tenants": "ZY·ZH·01 ZY·ZH·02 ZY·ZH·03 ZY·ZH·04 ZY·ZH·05 ZY·ZH·06 ZY·ZH·07 ZY·ZH·08 ZY·ZH·09 ZY·ZH·10 ZY·ZH·11",
    "enterprise": "WS SC KJ KU ZP LY LX DZ SW HT ZJ",
    "employees-hr": "RS·NB RS·WB",
    "customer-quality": "ZY·XX ZY·ZL ZY·TS ZY·MY",
    "dealers": "ZY·JX ZY·YY ZY·YD ZY·LS",
    "health-forms": "ZY·DC ZY·GK",
    "municipal": "WS ZY KU ZP LY LX SW 征集 寄存",
    "overseas": "GL JS SB KY CP KU RS",
}
SECOND_RULE = """
[[rules]]
id = "more"
clause = "C-1"
series = "WS·A"
where = "title"
any = ["{any}"]
none = ["{none}"]
"""


def written(folder: Path, text: str, name: str = "small") -> Path:
    pack = folder / name
    pack.mkdir(parents=True)
    (pack / "pack.toml").write_text(text, encoding="utf-8")
    return pack


def test_the_packs_of_the_house_check_and_load() -> None:
    found = [pack.id for pack in load_all()]
    assert found == sorted(file.parent.name for file in PACKS.glob("*/pack.toml"))
    assert {name: check(PACKS / name) for name in found} == dict.fromkeys(found, ())


def test_a_pack_bears_the_digest_of_its_file() -> None:
    school = load(PACKS / "school")
    assert school.digest == hashlib.sha256((PACKS / "school" / "pack.toml").read_bytes()).hexdigest()


def test_the_series_are_those_of_the_regulation() -> None:
    for name, codes in SERIES.items():
        assert {one.code for one in load(PACKS / name).series} == set(codes.split())


def test_a_personnel_file_is_one_file_a_person_with_fourteen_places() -> None:
    employees = load(PACKS / "employees")
    serving = employees.series_of("RS·ZZ")
    assert serving is not None
    assert (serving.arranged_by, serving.subject) == (ArrangedBy.SUBJECT_FILE, "employee_number")
    assert len(employees.checklist) == 14


def test_words_are_folded_and_a_series_answers_to_its_code_and_titles(tmp_path: Path) -> None:
    pack = load(written(tmp_path, GOOD))
    assert pack.rules[0].any == ("来文",)
    assert set(pack.series[0].names) >= {"ws·a", "ws-a", "来文", "letters"}


BROKEN = [
    ("version = ", "verison = ", "verison", "is not known"),
    ('drafter = "office"\n', "", "drafter", "is missing"),
    ('clause = "C-1"\nseries', "series", "rules[1].clause", "is missing"),
    ('where = "title"', 'where = "heading"', "rules[1].where", "heading"),
    ('any = ["來文"]', "", "rules letters", "no words"),
    ('any = ["來文"]', 'any = "來文"', "rules[1].any", "list"),
    ('any = ["來文"]', 'any = ["來文"]\nexcludes = ["WS·Z"]', "rules letters", "there is no series WS·Z"),
    ('any = ["來文"]', 'any = ["來文"]\nretention = "five"', "rules letters", "no schedule row five"),
    ('any = ["來文"]', 'any = ["來文"]\nat_least = 2', "rules letters", "can never fire"),
    ('any = ["來文"]', 'any = ["來文"]\nnone = ["文"]', "rules letters", "can never fire"),
    ('any = ["來文"]', 'any = ["來文"]\nbeside = ["收文"]\nnone = ["收"]', "rules letters", "can never fire"),
    ('retention = "ten"', 'retention = "five"', "series WS·A", "no schedule row five"),
    ('retention = "ten"', 'retention = "ten"\nscheme = "state_secret"', "series WS·A", "state secret"),
    ('retention = "ten"', 'retention = "ten"\nsubject = "tenant"', "series WS·A", "subject file"),
    ('category = "WS"', 'category = "RS"', "series WS·A", "category"),
    ('period = "10y"', 'period = "long"', "schedule ten", "not a period"),
    ('period = "10y"', 'period = "10y"\nhost = "long"', "schedule ten", "not a period"),
    ('scheme = "internal" }', 'scheme = "state_secret" }', "marking", "state secret"),
    ('default = "internal", ', "", "marking", "needs default"),
    ('default = "internal"', 'default = "secret"', "marking", "secret"),
    ("threshold = 0.8", "threshold = 8.0", "threshold", "at most 1"),
    ("effective_from = 2026-01-01", 'effective_from = "soon"', "effective_from", "must be a day"),
    (', en = "Small"', "", "title", "must have"),
    ('rights = ["R", "E"]', 'rights = ["R", "E"]\nonly = ["HT"]', "access archivist", "HT is no series"),
    ('role = "archivist"', 'role = "clerk"', "custodian", "no row"),
    ('example_fonds = ["J101"]', "example_fonds = []", "example_fonds", "no fonds"),
    ('id = "small"', 'id = "big"', "id", "folder"),
    ('id = "small"', 'id = "small"\ndigest = "x"', "digest", "not written"),
    ('id = "small"', 'id = "small"\nscheme = "internal"', "scheme", "marking"),
    ('id = "small"', 'id = "small"\nduties = 5', "duties", "list of tables"),
    ('id = "small"', 'id = "small"\nduties = "none"', "duties", "list of tables"),
    ('id = "small"', 'id = "small"\nduties = ["none"]', "duties[1]", "must be a table"),
    ('id = "small"', "id = = 1", "-", "TOML"),
    ('id = "small"', f"id = {'[' * 5000}", "-", "recursion"),
    ('id = "small"', f"id = {'9' * 5000}", "-", "digits"),
    ('id = "small"', f'id = "small" # {"x" * 4_000_000}', "-", "4 MB"),
]


@pytest.mark.parametrize(("good", "bad", "key", "problem"), BROKEN)
def test_a_broken_pack_is_not_loaded_and_says_which_key_and_why(
    tmp_path: Path, good: str, bad: str, key: str, problem: str
) -> None:
    assert good in GOOD
    folder = written(tmp_path, GOOD.replace(good, bad, 1))
    found = check(folder)
    [told] = [one for one in found if one.key == key and problem in one.words()]
    assert all(re.search("[\u3400-\u9fff]", told.words(language)) for language in ("zh-Hans", "zh-Hant"))
    with pytest.raises(WrongUse) as refused:
        load(folder)
    assert refused.value.code == "bad-pack"
    assert refused.value.details["file"] == "small/pack.toml"
    first = found[0].words("zh-Hans").rstrip("。")
    assert refused.value.sentence("zh-Hans").endswith(f"small/pack.toml 中的 {found[0].key}：{first}。")


def test_an_orphan_series_is_found_unless_it_says_why_no_rule_leads_there(tmp_path: Path) -> None:
    orphan = GOOD.replace('code = "WS·A"', 'code = "WS·B"', 1)
    assert [one.words() for one in check(written(tmp_path / "a", orphan)) if one.key == "series WS·B"]
    said = orphan.replace('retention = "ten"', 'retention = "ten"\nby_hand = "rare"', 1)
    assert not [one for one in check(written(tmp_path / "b", said)) if one.key == "series WS·B"]


def test_a_rule_that_says_nothing_new_is_found(tmp_path: Path) -> None:
    same = GOOD + SECOND_RULE.format(any="来文", none="请柬")
    assert [one.key for one in check(written(tmp_path, same))] == ["rules more"]


def test_names_given_twice_are_found(tmp_path: Path) -> None:
    twice = GOOD + SECOND_RULE.format(any="去文", none="请柬").replace('"more"', '"letters"')
    assert [one.key for one in check(written(tmp_path, twice))] == ["rules"]


def test_a_pack_without_an_access_matrix_is_not_loaded(tmp_path: Path) -> None:
    bare = GOOD[: GOOD.index("[[access]]")]
    assert "access" in [one.key for one in check(written(tmp_path, bare))]


def test_a_file_that_goes_before_its_longest_item_is_found(tmp_path: Path) -> None:
    text = (PACKS / "employees" / "pack.toml").read_text(encoding="utf-8")
    folder = written(tmp_path, text.replace("longest_item = true\n", ""), "employees")
    assert [one.key for one in check(folder)] == ["schedule separated"]


def test_a_folder_without_a_pack_is_a_problem_not_a_crash(tmp_path: Path) -> None:
    assert [one.key for one in check(tmp_path / "nothing")] == ["-"]
    assert load_all(tmp_path) == ()


@pytest.mark.parametrize("lay", [os.mkfifo, Path.mkdir, lambda place: place.symlink_to("/dev/zero")])
def test_what_is_no_file_is_a_problem_and_nobody_waits_for_its_end(
    tmp_path: Path, lay: Callable[[Path], object]
) -> None:
    (tmp_path / "small").mkdir()
    lay(tmp_path / "small" / "pack.toml")
    assert [one.key for one in check(tmp_path / "small")] == ["-"]


def test_another_encoding_is_a_problem_not_a_crash(tmp_path: Path) -> None:
    folder = written(tmp_path, "")
    (folder / "pack.toml").write_bytes(GOOD.encode("gb18030"))
    assert [one.key for one in check(folder)] == ["-"]


def test_a_unit_abroad_keeps_as_long_as_the_longer_of_two_laws_asks(tmp_path: Path) -> None:
    two = GOOD.replace('period = "10y"', 'period = "10y"\nhost = "12y"\nhost_basis = "Companies Act"')
    pack = load(written(tmp_path, two))
    assert str(pack.retention(pack.series[0])) == "12y"
    assert (pack.schedule[0].period, pack.schedule[0].host_basis) == ("10y", "Companies Act")
