from __future__ import annotations

import pytest

from ingest.finders.known_names import by_most, mended
from ingest.finders.paper import Paper
from tests.fakes.ingest.finders.readings import page

SCHOOL = "柳河实验中学"


@pytest.mark.parametrize(
    ("read", "spelt"),
    [
        ("柳河口验中学教务处", "柳河实验中学教务处"),
        ("中共柳河实验字学总支部", "中共柳河实验中学总支部"),
        ("柳河實驗中學", "柳河實驗中學"),
        ("青河实验中学", "青河实验中学"),
    ],
)
def test_a_known_name_is_mended_where_reading_slipped_and_another_place_is_another_body(read: str, spelt: str) -> None:
    assert mended(read, (SCHOOL,)) == spelt


@pytest.mark.parametrize("read", ["临湖市财政局", "临湖市财政局文件", "临湖市人事局"])
def test_what_an_office_is_for_tells_it_apart(read: str) -> None:
    assert mended(read, ("临湖市民政局",)) == read


def test_ordinals_tell_bodies_apart() -> None:
    assert mended("柳河中学第二党支部", ("柳河中学第一党支部",)) == "柳河中学第二党支部"


def test_a_name_is_spelt_as_the_paper_mostly_spells_it() -> None:
    paper = Paper.of([page("请溪区教育局文件", "清溪区教育局", "清溪区教育局印发")])
    assert by_most("请溪区教育局", paper) == "清溪区教育局"
    assert by_most("清溪区教育局", paper) == "清溪区教育局"
