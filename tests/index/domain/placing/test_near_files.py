from __future__ import annotations

from dataclasses import replace

import pytest

from index.domain.description import Evidence
from index.domain.placing.near_files import CALLED, NEAR, SHAPE, beside_open_files
from index.domain.placing.opinions import Why
from index.domain.placing.placement import Placement

SURE = Placement(pack="tenants", series="ZY·ZH·01", subject="tenant", confidence=0.97, threshold=0.8, doubtful=())


def beside(key: str, *open_files: str) -> tuple[str, str]:
    """The key that is proposed, and the rule that casts doubt on it; empty where it stays sure."""
    found = beside_open_files(replace(SURE, subject_key=key), open_files)
    rules = [why.rule for why in found.why if why.field == "subject_key"]
    assert bool(rules) == ("subject_key" in found.doubtful) == (not found.sure)
    return found.subject_key, "".join(rules)


@pytest.mark.parametrize(
    ("key", "open_file"),
    [
        ("云帆贸易有限公司", "云帜贸易有限公司"),
        ("雲帜貿易有限公司", "云帆贸易有限公司"),
        ("白石湾云帆贸易有限公", "白石湾云帆贸易有限公司"),
        ("白石湾云帜贸昜有限公司", "白石湾云帆贸易有限公司"),
        ("小满咖非馆", "小满咖啡馆"),
    ],
)
def test_a_name_that_is_nearly_that_of_an_open_file_is_proposed_as_it_and_left_to_a_person(
    key: str, open_file: str
) -> None:
    assert beside(key, "白石建材有限公司", open_file) == (open_file, NEAR)


@pytest.mark.parametrize(
    ("key", "open_file"),
    [
        ("云帆贸易有限公司", "云帆贸易有限公司"),
        ("云帆建材有限公司", "云帆贸易有限公司"),
        ("第一药店", "第二药店"),
        ("季川", "季禾"),
        ("A座703", "A座704"),
        ("A0123", "A0124"),
        ("3-2-1201", "3-2-1202"),
    ],
)
def test_another_name_and_another_number_are_other_subjects(key: str, open_file: str) -> None:
    assert beside(key, open_file) == (key, "")


@pytest.mark.parametrize(
    ("key", "doubted"),
    [("A0129", False), ("A129", True), ("20240129", True), ("B0129", False)],
)
def test_a_number_that_looks_like_no_other_is_left_to_a_person(key: str, doubted: bool) -> None:
    assert beside(key, *(f"A{number:04}" for number in range(5))) == (key, SHAPE if doubted else "")
    assert beside(key, "A0001", "A0002") == (key, "")


@pytest.mark.parametrize(("key", "doubted"), [("12-1-502", False), ("3-1201", True), ("B-1203", True)])
def test_a_room_has_the_parts_that_the_other_rooms_have(key: str, doubted: bool) -> None:
    rooms = [f"3-2-{floor}01" for floor in range(1, 7)]
    assert beside(key, *rooms) == (key, SHAPE if doubted else "")


def test_a_series_without_subject_files_is_left_alone() -> None:
    general = replace(SURE, subject="", subject_key="云帜贸易有限公司")
    assert beside_open_files(general, ["云帆贸易有限公司"]) == general


@pytest.mark.parametrize(
    ("called", "key", "sure"),
    [(("A0123",), "A0123", True), (("A0123", "A0456"), "季小满", False), ((), "季小满", True)],
)
def test_a_name_leads_to_the_one_file_that_bears_it_and_is_doubted_where_several_do(
    called: tuple[str, ...], key: str, sure: bool
) -> None:
    read = Why("subject_key", "季小满", 0.9, Evidence(words="姓名:季小满"))
    named = replace(SURE, subject="employee_number", subject_key="季小满", why=(read,))
    found = beside_open_files(named, ["A0123", "A0456"], called)
    assert (found.subject_key, found.sure) == (key, sure)
    assert (found.why[0].value, found.why[0].evidence.rule) == (key, CALLED if called else "")


def test_a_file_that_the_name_itself_opened_stays_its_own() -> None:
    named = replace(SURE, subject="employee_number", subject_key="季小满")
    assert beside_open_files(named, ["季小满", "A0123"], ["A0123"]) == named
