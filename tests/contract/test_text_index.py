"""What every TextIndex does, whichever engine stands behind it. The 200 substrings are the heart of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from index.domain.access import Marking, Permit, Role, permit_of
from index.domain.folding import folded
from index.ports import Found, PageText, Search, TextIndex
from index.text.adapter import WhooshIndex
from tests.fakes.index.text.memory import MemoryTextIndex
from tests.fakes.index.text.pages import made_pages, substrings

ALL = Permit(frozenset(Marking), unfiled=True)
READER = permit_of(Role.READER)


@pytest.fixture(params=["whoosh", "memory"])
def index(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[TextIndex]:
    if request.param == "memory":
        yield MemoryTextIndex()
        return
    whoosh = WhooshIndex(tmp_path / "text")
    yield whoosh
    whoosh.close()


def page(page_id: str, text: str = "档案", **stamps: Any) -> PageText:
    plain = PageText(page_id, f"item-of-{page_id}", 1, text, marking="open", filed=True)
    return replace(plain, **stamps)


def ask(index: TextIndex, query: str = "", permit: Permit = ALL, **bounds: Any) -> Found:
    return index.search(replace(Search(query, permit, limit=1000), **bounds))


def ids(found: Found) -> list[str]:
    return sorted(hit.page_id for hit in found.hits)


# -- what is found ---------------------------------------------------------------------------------


def test_a_new_index_answers_with_nothing(index: TextIndex) -> None:
    assert ask(index, "档案").total == 0
    assert index.versions() == {}
    assert list(index.check()) == []


@pytest.mark.parametrize("query", ["劳动合同", "勞動合同", "動合", "劳動合同"])
def test_either_script_finds_both(index: TextIndex, query: str) -> None:
    index.add([page("hans", "签订劳动合同。"), page("hant", "簽訂勞動合同。"), page("other", "劳动与合同")])
    assert ids(ask(index, query)) == ["hans", "hant"]


def test_one_character_is_found_wherever_it_stands(index: TextIndex) -> None:
    index.add([page("first", "档案室"), page("last", "存档"), page("before-a-sign", "存檔。"), page("none", "案卷")])
    assert ids(ask(index, "档")) == ["before-a-sign", "first", "last"]


def test_a_word_broken_over_two_lines_is_found(index: TextIndex) -> None:
    index.add(
        [page("han", "签订劳\n  动合同"), page("latin", "the docu-\nment and the\nletter"), page("no", "2003-\n00042")]
    )
    assert ids(ask(index, "劳动合同")) == ["han"]
    assert ids(ask(index, "document")) == ["latin"]
    assert ids(ask(index, '"the letter"')) == ["latin"]
    assert ids(ask(index, "2003-00042")) == ["no"]


@pytest.mark.parametrize("query", ["ABC-123", "ABC-123", "abc", "ABC", "-1", "23"])
def test_width_and_case_do_not_matter(index: TextIndex, query: str) -> None:
    index.add([page("full", "编号ABC-123号"), page("half", "编号abc-123号")])
    assert ids(ask(index, f'"{query}"')) == ["full", "half"]


@pytest.mark.parametrize("query", ["2003-00042", "00042", "0042-", "3-0", "WS·2003", "15号", "(2003)115", "J0"])
def test_any_part_of_a_code_is_found(index: TextIndex, query: str) -> None:
    index.add([page("code", "档号J001-WS·2003-00042-17,国函〔2003〕115号"), page("other", "2003年第42号")])
    assert ids(ask(index, query)) == ["code"]


def test_a_word_of_letters_is_found_from_its_beginning(index: TextIndex) -> None:
    index.add([page("a", "The annual report."), page("b", "annually reporting"), page("c", "biannual report")])
    assert ids(ask(index, "annual")) == ["a", "b"]
    assert ids(ask(index, "annual report")) == ["a", "b"]
    assert ids(ask(index, '"annual report"')) == ["a"]


def test_every_word_is_wanted_and_quotes_hold_a_phrase(index: TextIndex) -> None:
    index.add([page("apart", "合同由劳动者签"), page("phrase", "劳动合同")])
    assert ids(ask(index, "劳动 合同")) == ["apart", "phrase"]
    for quoted in ('"劳动合同"', "“劳动合同”", "「勞動合同」", "『劳动合同』", "“劳动合同"):
        assert ids(ask(index, quoted)) == ["phrase"]


def test_what_is_left_out_is_left_out_of_text_and_heading(index: TextIndex) -> None:
    index.add([page("text", "档案借款"), page("heading", "档案", heading="关于借款的通知"), page("left", "档案")])
    assert ids(ask(index, "档案 -借款")) == ["left"]
    assert ids(ask(index, "-借款")) == ["left"]


def test_a_heading_is_found_but_nothing_across_its_border(index: TextIndex) -> None:
    index.add([page("p", "合同正文", heading="劳动")])
    assert ids(ask(index, "劳动")) == ["p"]
    assert ids(ask(index, "正文 劳动")) == ["p"]
    assert ids(ask(index, "劳动合同")) == []


@pytest.mark.parametrize("query", ['"', "“”", "- ", "--", "   ", "\n", "“\t”", "\u200b"])
def test_a_query_of_signs_only_is_answered(index: TextIndex, query: str) -> None:
    index.add([page("p")])
    assert isinstance(ask(index, query), Found)


def test_an_answer_says_how_it_was_read(index: TextIndex) -> None:
    found = ask(index, "勞動  “合 同” -借款")
    assert found.leaves == ("劳动", "合同")
    assert found.read_as == "“劳动” + “合同” − “借款”"


def test_a_page_of_any_length_is_found_to_its_last_character(index: TextIndex) -> None:
    index.add([page("long", "存卷" * 60_000 + "终"), page("empty", "")])
    assert ids(ask(index, "存卷终")) == ["long"]
    assert ids(ask(index)) == ["empty", "long"]


# -- who may see what ------------------------------------------------------------------------------


def test_what_the_permit_does_not_admit_is_in_no_hit_count_or_facet(index: TextIndex) -> None:
    index.add(
        [
            page("open", fonds="A", date="20200101"),
            page("personal", marking="personal", fonds="B", date="20190101"),
            page("unfiled", filed=False, fonds="C", date="20180101"),
            page("unmarked", marking="", fonds="D"),
        ]
    )
    for query in ("档案", ""):
        found = ask(index, query, READER)
        assert (found.total, ids(found)) == (1, ["open"])
        assert found.facets["fonds"] == {"A": 1}
        assert found.facets["year"] == {"2020": 1}
        assert found.facets["marking"] == {"open": 1}


def test_who_may_see_nothing_is_told_nothing(index: TextIndex) -> None:
    index.add([page("p", fonds="A")])
    found = ask(index, "档案", permit_of(Role.ADMINISTRATOR))
    assert (found.total, found.hits) == (0, ())
    assert not any(found.facets.values())


def test_items_left_out_are_not_counted(index: TextIndex) -> None:
    index.add([page("p", item_id="i", fonds="A"), page("q", item_id="i", fonds="A"), page("r", item_id="j", fonds="B")])
    found = ask(index, "档案", without={"i"})
    assert (found.total, ids(found), found.facets["fonds"]) == (1, ["r"], {"B": 1})


# -- within which bounds ---------------------------------------------------------------------------


def test_bounds_narrow_hits_and_facets(index: TextIndex) -> None:
    stamps = {"fonds": "A", "series": "WS", "retention": "30y", "marking": "internal"}
    index.add([page("in", date="20200101", **stamps), page("out", date="20210101", fonds="B")])
    for name, value in {**stamps, "year": "2020", "item_id": "item-of-in"}.items():
        bounds: dict[str, Any] = {name: value}
        found = ask(index, "档案", **bounds)
        assert (found.total, ids(found), found.facets["fonds"]) == (1, ["in"], {"A": 1}), name


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        ("20240101", "20241231", ["day", "month", "year"]),
        ("2024", "2024", ["day", "month", "year"]),
        ("20240306", "", ["month", "year"]),
        ("20240306", "20240331", ["month", "year"]),
        ("", "20240229", ["before", "year"]),
        ("20250101", "", []),
        ("20230630", "20230630", ["before"]),
    ],
)
def test_dates_bound_and_a_date_without_day_may_be_any_day(
    index: TextIndex, first: str, last: str, expected: list[str]
) -> None:
    dates = {"year": "20240000", "month": "20240300", "day": "20240305", "before": "20230630", "undated": ""}
    index.add([page(name, date=date) for name, date in dates.items()])
    assert ids(ask(index, "档案", date_from=first, date_to=last)) == expected


def test_an_empty_query_lists_the_latest_first_and_slices_fit_together(index: TextIndex) -> None:
    index.add([page(f"p{day:02d}", date=f"202401{day:02d}") for day in range(1, 21)])
    whole = [hit.page_id for hit in ask(index).hits]
    assert whole == [f"p{day:02d}" for day in range(20, 0, -1)]
    slices = [hit.page_id for offset in range(0, 21, 7) for hit in ask(index, limit=7, offset=offset).hits]
    assert slices == whole
    assert ask(index, limit=7).total == 20


def test_pages_that_say_it_more_often_or_in_the_heading_come_first(index: TextIndex) -> None:
    index.add(
        [page("once", "合同"), page("often", "合同、合同、合同"), page("title", "正文", heading="合同合同合同合同")]
    )
    assert [hit.page_id for hit in ask(index, "合同").hits][-1] == "once"


# -- adding, replacing, forgetting -----------------------------------------------------------------


def test_a_page_added_again_replaces_itself(index: TextIndex) -> None:
    index.add([page("p", "劳动", fonds="A"), page("q", "劳动", fonds="A")])
    index.add([page("p", "合同", fonds="B", version=2)])
    assert ids(ask(index, "劳动")) == ["q"]
    assert ids(ask(index, "合同")) == ["p"]
    assert ask(index).facets["fonds"] == {"A": 1, "B": 1}
    assert index.versions() == {"p": 2, "q": 1}


def test_of_a_page_given_twice_at_once_the_last_counts(index: TextIndex) -> None:
    index.add([page("p", "劳动"), page("p", "合同", version=2)])
    assert index.versions() == {"p": 2}
    assert (ask(index, "劳动").total, ask(index, "合同").total) == (0, 1)


def test_what_is_removed_is_forgotten_and_unknown_ids_do_no_harm(index: TextIndex) -> None:
    index.add([page("p"), page("q")])
    index.remove({"p", "never-seen"})
    index.remove([])
    index.add([])
    assert ids(ask(index, "档案")) == ["q"]
    assert (index.versions(), index.size()) == ({"q": 1}, 1)


def test_a_removed_page_can_come_back(index: TextIndex) -> None:
    index.add([page("p")])
    index.remove({"p"})
    index.add([page("p", version=2)])
    assert index.versions() == {"p": 2}
    assert ask(index, "档案").total == 1


def test_a_rebuild_replaces_everything_and_tells_its_progress(index: TextIndex) -> None:
    index.add([page("old", "旧"), page("kept", "旧")])
    told: list[int] = []
    pages = [page("kept", "新", version=2), page("new", "新")]
    assert index.rebuild(iter(pages), lambda done, of: told.append(done)) == 2
    assert told[-1] == 2
    assert (index.versions(), index.size()) == ({"kept": 2, "new": 1}, 2)
    assert (ask(index, "旧").total, ids(ask(index, "新"))) == (0, ["kept", "new"])
    assert list(index.check()) == []


def test_a_rebuild_of_nothing_empties_the_index(index: TextIndex) -> None:
    index.add([page("p")])
    assert index.rebuild([], lambda done, of: None) == 0
    assert index.versions() == {}


# -- exactness -------------------------------------------------------------------------------------


@pytest.mark.slow
def test_two_hundred_substrings_are_found_exactly(index: TextIndex) -> None:
    pages = made_pages(320)
    for start in range(0, len(pages), 80):
        index.add(pages[start : start + 80])
    index.add(pages[:40])
    texts = {one.page_id: folded(one.text).text for one in pages}
    sought = substrings(list(texts.values()), 200)
    sought += sorted({sign for text in list(texts.values())[:4] for sign in text if sign > "\u2e80"})[:60]
    wrong = {
        leaf: set(ids(ask(index, f"「{leaf}」"))) ^ {page_id for page_id, text in texts.items() if leaf in text}
        for leaf in sought
    }
    assert {leaf: pages for leaf, pages in wrong.items() if pages} == {}
