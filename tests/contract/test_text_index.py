"""What every TextIndex does, whichever engine stands behind it. The 200 substrings are the heart of it."""

from __future__ import annotations

import os
import random
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, closing, nullcontext
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg
import pytest

from index.domain.access import Marking, Permit, Role, permit_of
from index.domain.folding import folded
from index.domain.searching.likeness import loosened
from index.domain.searching.look_alikes import look_alikes
from index.domain.searching.tree import (
    Dated,
    Either,
    Every,
    Facet,
    Likely,
    Node,
    Query,
    Section,
    Stamped,
    Wild,
    Without,
    Words,
)
from index.ports import Found, PageText, Search, Sort, TextIndex
from index.text.fast.adapter import FastIndex
from index.text.opensearch.adapter import OpenSearchIndex
from index.text.postgresql.adapter import PostgresIndex
from index.text.shards.adapter import ShardedIndex
from index.text.shards.shares import Sizes
from index.text.stock.adapter import WhooshIndex
from tests.fakes.index.text.hands import ThreadHand
from tests.fakes.index.text.memory import MemoryTextIndex
from tests.fakes.index.text.pages import made_pages, substrings

ALL = Permit(frozenset(Marking), unfiled=True)
READER = permit_of(Role.READER)
NOTHING = Either(())
EVERYTHING = Every(())
FEW = Sizes(own=3, most=6)

#: Each adapter by its name, opened over a folder of its own. A further one is one more line.
ADAPTERS: dict[str, Callable[[Path], AbstractContextManager[TextIndex]]] = {
    "fast": lambda folder: closing(FastIndex(folder / "text")),
    "shards": lambda folder: closing(ShardedIndex(folder / "text", FEW)),
    "crew": lambda folder: closing(ShardedIndex(folder / "text", FEW, processes=2, hired=ThreadHand)),
    "stock": lambda folder: closing(WhooshIndex(folder / "text")),
    "memory": lambda folder: nullcontext(MemoryTextIndex()),
}
SERVERS = ("postgresql", "opensearch")
NAMES = [*ADAPTERS, *(pytest.param(name, marks=[pytest.mark.slow, pytest.mark.servers]) for name in SERVERS)]


@pytest.fixture(params=NAMES)
def index(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[TextIndex]:
    opened = ADAPTERS[request.param](tmp_path) if request.param in ADAPTERS else served(request)
    with opened as adapter:
        yield adapter


def served(request: pytest.FixtureRequest) -> AbstractContextManager[TextIndex]:
    """An empty index on a server: PostgreSQL is started here, an OpenSearch is used where there is one."""
    if request.param == "postgresql":
        return closing(emptied(request.getfixturevalue("postgresql_address")))
    if not (address := os.environ.get("MUNIMENT_TEST_OPENSEARCH")):
        pytest.skip("MUNIMENT_TEST_OPENSEARCH names no server")
    return closing(OpenSearchIndex(address, name=f"muniment-test-{uuid4().hex}"))


def emptied(address: str) -> PostgresIndex:
    with psycopg.connect(address) as connection:
        connection.execute("DROP SCHEMA IF EXISTS muniment_text CASCADE")
    return PostgresIndex(address)


def page(page_id: str, text: str = "档案", **stamps: Any) -> PageText:
    plain = PageText(page_id, f"item-of-{page_id}", 1, text, marking="open", filed=True)
    return replace(plain, **stamps)


def leaf(text: str, section: Section = Section.ANYWHERE) -> Words:
    return Words(folded(text).text, section)


def tree(asked: str | Node) -> Node:
    """Words apart are all wanted, as the plainest query has it."""
    return Every(tuple(leaf(word) for word in asked.split())) if isinstance(asked, str) else asked


def ask(index: TextIndex, asked: str | Node = EVERYTHING, permit: Permit = ALL, **bounds: Any) -> Found:
    return index.search(replace(Search(Query(tree(asked)), permit, limit=1000), **bounds))


def ids(found: Found) -> list[str]:
    return sorted(hit.page_id for hit in found.hits)


def order(found: Found) -> list[str]:
    return [hit.page_id for hit in found.hits]


# -- what is found ---------------------------------------------------------------------------------


def test_a_new_index_answers_with_nothing(index: TextIndex) -> None:
    assert ask(index, "档案").total == 0
    assert ask(index).total == 0
    assert index.versions() == {}
    assert index.size() == 0
    assert list(index.check()) == []


@pytest.mark.parametrize("query", ["劳动合同", "勞動合同", "動合", "劳動合同"])
def test_either_script_finds_both(index: TextIndex, query: str) -> None:
    index.add([page("hans", "签订劳动合同。"), page("hant", "簽訂勞動合同。"), page("other", "劳动与合同")])
    assert ids(ask(index, query)) == ["hans", "hant"]


def test_one_character_is_found_wherever_it_stands(index: TextIndex) -> None:
    index.add([page("first", "档案室"), page("last", "存档"), page("before-a-sign", "存檔。"), page("none", "案卷")])
    assert ids(ask(index, "档")) == ["before-a-sign", "first", "last"]


@pytest.mark.parametrize(("text", "found"), [("劳动合同", "han"), ("document", "latin"), ("the letter", "latin")])
def test_a_word_broken_over_two_lines_is_found(index: TextIndex, text: str, found: str) -> None:
    pages = [
        page("han", "签订劳\n  动合同"),
        page("latin", "the docu-\nment and the\nletter"),
        page("no", "2003-\n00042"),
    ]
    index.add(pages)
    assert ids(ask(index, leaf(text))) == [found]
    assert ids(ask(index, leaf("2003-00042"))) == ["no"]


@pytest.mark.parametrize("query", ["ABC-123", "ABC-123", "abc", "ABC", "-1", "23"])
def test_width_and_case_do_not_matter(index: TextIndex, query: str) -> None:
    index.add([page("full", "编号ABC-123号"), page("half", "编号abc-123号")])
    assert ids(ask(index, leaf(query))) == ["full", "half"]


@pytest.mark.parametrize("query", ["2003-00042", "00042", "0042-", "3-0", "WS·2003", "15号", "(2003)115", "J0", "7,"])
def test_any_part_of_a_code_is_found(index: TextIndex, query: str) -> None:
    index.add([page("code", "档号J001-WS·2003-00042-17,国函〔2003〕115号"), page("other", "2003年第42号")])
    assert ids(ask(index, leaf(query))) == ["code"]


def test_a_word_of_letters_is_found_from_its_beginning(index: TextIndex) -> None:
    index.add([page("a", "The annual report."), page("b", "annually reporting"), page("c", "biannual report")])
    assert ids(ask(index, "annual")) == ["a", "b"]
    assert ids(ask(index, "annual report")) == ["a", "b"]
    assert ids(ask(index, leaf("annual report"))) == ["a"]
    assert ids(ask(index, "nual")) == []


@pytest.mark.parametrize("sign", ["?", "*", "(", "\\", "%", "_", '"', "'", "|", "&", "^", "~", ":", "$", "😀", "𠮷"])
def test_a_sign_that_an_engine_may_have_its_own_use_for_is_a_character(index: TextIndex, sign: str) -> None:
    index.add([page("has", f"甲{sign}乙{sign}1"), page("lacks", "甲乙丙1")])
    for text in (sign, f"甲{sign}", f"{sign}乙{sign}1"):
        assert ids(ask(index, leaf(text))) == ["has"], text


def test_a_page_of_any_length_is_found_to_its_last_character(index: TextIndex) -> None:
    index.add([page("long", "存卷" * 60_000 + "终"), page("empty", "")])
    assert ids(ask(index, "存卷终")) == ["long"]
    assert ids(ask(index)) == ["empty", "long"]


# -- trees -----------------------------------------------------------------------------------------

LETTERS = ("甲", "乙", "丙", "甲乙", "乙丙", "甲丙", "甲乙丙", "丁")
A, B, C = (Words(letter) for letter in "甲乙丙")


@pytest.mark.parametrize(
    ("node", "expected"),
    [
        (A, {"甲", "甲乙", "甲丙", "甲乙丙"}),
        (Every((A, B)), {"甲乙", "甲乙丙"}),
        (Either((A, B)), {"甲", "乙", "甲乙", "乙丙", "甲丙", "甲乙丙"}),
        (Every((A, Without(B))), {"甲", "甲丙"}),
        (Without(A), {"乙", "丙", "乙丙", "丁"}),
        (Without(Without(A)), {"甲", "甲乙", "甲丙", "甲乙丙"}),
        (Every((Without(A), Without(B))), {"丙", "丁"}),
        (Every((A, Either((B, C)))), {"甲乙", "甲丙", "甲乙丙"}),
        (Every((A, Without(Either((B, C))))), {"甲"}),
        (Every((A, Without(Every((B, C))))), {"甲", "甲乙", "甲丙"}),
        (Either((Every((A, B)), Every((B, C)))), {"甲乙", "乙丙", "甲乙丙"}),
        (Either((A, Without(B))), {"甲", "丙", "甲乙", "甲丙", "甲乙丙", "丁"}),
        (Likely(Either((A, B)), 0.5), {"甲", "乙", "甲乙", "乙丙", "甲丙", "甲乙丙"}),
        (EVERYTHING, set(LETTERS)),
        (NOTHING, set()),
        (Every((A, NOTHING)), set()),
        (Either((A, NOTHING)), {"甲", "甲乙", "甲丙", "甲乙丙"}),
        (Without(NOTHING), set(LETTERS)),
        (Without(EVERYTHING), set()),
        (Either((EVERYTHING,)), set(LETTERS)),
        (Every((A, Stamped(Facet.FONDS, "甲"))), {"甲"}),
        (Either((A, Stamped(Facet.FONDS, "丁"))), {"甲", "甲乙", "甲丙", "甲乙丙", "丁"}),
        (Without(Stamped(Facet.FONDS, "甲")), set(LETTERS) - {"甲"}),
        (Stamped(Facet.FONDS, "无此全宗"), set()),
    ],
)
def test_a_tree_is_answered(index: TextIndex, node: Node, expected: set[str]) -> None:
    index.add([page(letters, f"{letters}字", fonds=letters) for letters in LETTERS])
    found = ask(index, node)
    assert set(ids(found)) == expected
    assert found.total == len(expected)


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("劳动合同", {"alike", "any", "lost", "put-in", "end", "broken"}),
        ("动合同", {"alike", "any", "lost", "put-in", "broken"}),
        ("权益", {"two"}),
        ("甲乙丙丁", set()),
    ],
)
def test_a_loosened_query_finds_what_was_misread_and_nothing_exact(
    index: TextIndex, asked: str, expected: set[str]
) -> None:
    misread = {"alike": "劳动台同", "any": "劳动口同", "lost": "劳合同", "put-in": "劳动、合同", "end": "芳动合同"}
    misread |= {"exact": "劳动合同", "other": "动台", "broken": "劳动\n口同", "two": "杈益"}
    index.add([page(name, f"前文{text}后文") for name, text in misread.items()])
    loose = loosened(Query(leaf(asked)), look_alikes())
    assert loose is not None
    assert set(ids(ask(index, loose.tree))) == expected


def test_every_facet_can_be_asked_for_in_a_tree(index: TextIndex) -> None:
    stamps = {"fonds": "A", "series": "WS", "retention": "30y", "marking": "internal", "language": "zh-Hant"}
    index.add([page("in", date="20200300", **stamps), page("out", date="20210101")])
    for facet in Facet:
        value = "2020" if facet is Facet.YEAR else stamps[facet]
        assert ids(ask(index, Stamped(facet, value))) == ["in"], facet
        assert ids(ask(index, Without(Stamped(facet, value)))) == ["out"], facet


def test_a_tree_of_many_leaves_is_answered(index: TextIndex) -> None:
    index.add([page("last", "第199页"), page("none", "别的")])
    assert ids(ask(index, Either(tuple(Words(f"第{number}页") for number in range(200))))) == ["last"]
    assert ids(ask(index, Every(tuple(Without(Words(f"第{number}页")) for number in range(200))))) == ["none"]


# -- sections --------------------------------------------------------------------------------------


def described() -> list[PageText]:
    said = {"title": "关于借款的通知", "document_number": "国函〔2003〕115号", "creator": "某某公司"}
    said |= {"code": "J001-WS·2003-0042\n甲字第7号\n旧号99"}
    one = {"item_id": "one", **said}
    return [
        page("first", "正文第一页", leads=True, **one),
        page("second", "正文第二页", seals="某某公司财务专用章", **one),
        page("other", "某某公司关于借款的通知,国函〔2003〕115号,J001-WS·2003-0042"),
    ]


@pytest.mark.parametrize(
    ("text", "section", "expected"),
    [
        ("借款", Section.ANYWHERE, ["first", "other"]),
        ("借款", Section.TITLE, ["first", "second"]),
        ("115号", Section.DOCUMENT_NUMBER, ["first", "second"]),
        ("115号", Section.TITLE, []),
        ("公司", Section.CREATOR, ["first", "second"]),
        ("公司", Section.ANYWHERE, ["first", "other", "second"]),
        ("专用章", Section.ANYWHERE, ["second"]),
        ("专用章", Section.CREATOR, []),
        ("2003-0042", Section.CODE, ["first", "second"]),
        ("字第7", Section.CODE, ["first", "second"]),
        ("旧号99", Section.ANYWHERE, ["first"]),
        ("正文", Section.TITLE, []),
        ("通", Section.TITLE, ["first", "second"]),
        ("知", Section.TITLE, ["first", "second"]),
    ],
)
def test_a_leaf_is_looked_for_in_its_section(
    index: TextIndex, text: str, section: Section, expected: list[str]
) -> None:
    index.add(described())
    assert ids(ask(index, leaf(text, section))) == expected


def test_the_description_stands_with_every_page_beside_its_own_words(index: TextIndex) -> None:
    index.add(described())
    assert ids(ask(index, Every((leaf("借款", Section.TITLE), leaf("第二页"))))) == ["second"]
    assert ids(ask(index, Every((leaf("借款"), leaf("第二页"))))) == []
    assert ids(ask(index, Every((leaf("第二页"), Without(leaf("借款")))))) == ["second"]
    assert ids(ask(index, Without(leaf("借款", Section.TITLE)))) == ["other"]


@pytest.mark.parametrize("text", ["通知国函", "号某某", "公司j001", "0042甲", "号旧号", "99正文", "99某某", "章正文"])
def test_nothing_is_found_across_the_borders_of_sections(index: TextIndex, text: str) -> None:
    index.add([replace(one, leads=True) for one in described()])
    for section in Section:
        assert ids(ask(index, leaf(text, section))) == [], section


# -- patterns --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("劳?合同", ["one"]),
        ("劳??合同", ["two"]),
        ("劳*合同", ["far", "none", "one", "two"]),
        ("劳?*合同", ["far", "farther", "one", "two"]),
        ("劳*动?合*同", ["two"]),
        ("a?c", ["letters", "word"]),
        ("a*1", ["letters"]),
        ("劳*约", []),
        ("bca", []),
        ("bcx", ["word"]),
        ("bc", ["letters", "word"]),
        ("劳*?同", ["far", "none", "one", "two"]),
    ],
)
def test_signs_stand_for_characters(index: TextIndex, pattern: str, expected: list[str]) -> None:
    index.add(spaced_out())
    assert ids(ask(index, Wild(pattern))) == expected


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("??abc", ["letters", "word"]),
        ("???abc", []),
        ("劳?合同?", []),
        ("号abc-?", ["letters"]),
        ("号abc-??", []),
        ("?号*1", ["letters"]),
        ("??号*1", []),
    ],
)
def test_signs_at_the_ends_stand_for_characters_too(index: TextIndex, pattern: str, expected: list[str]) -> None:
    """Or they are passed over, where an engine cannot ask for a character that may be any."""
    index.add(spaced_out())
    passed_over = isinstance(index, OpenSearchIndex)
    assert ids(ask(index, Wild(pattern))) == (ids(ask(index, Wild(pattern.strip("?")))) if passed_over else expected)


def spaced_out() -> list[PageText]:
    texts = {
        "none": "劳合同",
        "one": "勞動合同",
        "two": "劳动之\n合同",
        "far": f"劳{'一' * 32}合同",
        "farther": f"劳{'一' * 33}合同",
        "letters": "编号ABC-1",
        "word": "xxabcxx",
    }
    return [page(name, text) for name, text in texts.items()]


def test_a_pattern_keeps_to_its_section_and_within_one_part(index: TextIndex) -> None:
    index.add([page("p", "劳动合同", title="借还款", creator="款合", seals="款印", code="甲1\n甲2", leads=True)])
    assert ids(ask(index, Wild("借?款", Section.TITLE))) == ["p"]
    assert ids(ask(index, Wild("劳?合", Section.TITLE))) == []
    for across in ("借*合", "款*同", "甲*甲", "印*劳", "1*甲"):
        assert ids(ask(index, Wild(across))) == [], across
    for beyond in ("印?", "?劳", "合同?", "?借*款", "借*款?", "2?"):
        assert isinstance(index, OpenSearchIndex) or ids(ask(index, Wild(beyond))) == [], beyond


# -- who may see what ------------------------------------------------------------------------------


def test_what_the_permit_does_not_admit_is_in_no_hit_count_or_facet(index: TextIndex) -> None:
    index.add(
        [
            page("open", fonds="A", date="20200101", language="en"),
            page("personal", marking="personal", fonds="B", date="20190101", language="zh-Hans"),
            page("unfiled", filed=False, fonds="C", date="20180101"),
            page("unmarked", marking="", fonds="D"),
        ]
    )
    others = Without(Words("无"))
    for node in (Words("档案"), EVERYTHING, others, Either((Words("档案"), others)), Stamped(Facet.LANGUAGE, "en")):
        found = ask(index, node, READER)
        assert (found.total, ids(found)) == (1, ["open"])
        assert found.facets["fonds"] == {"A": 1}
        assert found.facets["year"] == {"2020": 1}
        assert found.facets["marking"] == {"open": 1}
        assert found.facets["language"] == {"en": 1}


def test_a_tree_cannot_ask_beyond_the_permit(index: TextIndex) -> None:
    index.add([page("personal", marking="personal", fonds="B")])
    for node in (Stamped(Facet.MARKING, "personal"), Stamped(Facet.FONDS, "B"), Without(NOTHING), Wild("档?")):
        assert ask(index, node, READER).total == 0


def test_who_may_see_nothing_is_told_nothing(index: TextIndex) -> None:
    index.add([page("p", fonds="A")])
    found = ask(index, "档案", permit_of(Role.ADMINISTRATOR))
    assert (found.total, found.hits) == (0, ())
    assert set(found.facets) == set(Facet)
    assert not any(found.facets.values())


def test_items_left_out_are_not_counted(index: TextIndex) -> None:
    index.add([page("p", item_id="i", fonds="A"), page("q", item_id="i", fonds="A"), page("r", item_id="j", fonds="B")])
    found = ask(index, "档案", without={"i"})
    assert (found.total, ids(found), found.facets["fonds"]) == (1, ["r"], {"B": 1})


def test_only_the_items_named_are_looked_into(index: TextIndex) -> None:
    index.add([page(name, item_id=f"item-{name}", fonds=name) for name in "pqr"])
    found = ask(index, "档案", within={"item-p", "item-r", "item-x"})
    assert (found.total, ids(found), found.facets["fonds"]) == (2, ["p", "r"], {"p": 1, "r": 1})
    assert ids(ask(index, "档案", within={"item-p", "item-q"}, without={"item-q"})) == ["p"]
    assert ask(index, "档案", within={"item-x"}).total == 0


# -- within which bounds ---------------------------------------------------------------------------


def test_bounds_narrow_hits_and_facets(index: TextIndex) -> None:
    stamps = {"fonds": "A", "series": "WS", "retention": "30y", "marking": "internal", "language": "zh-Hant"}
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
        ("202403", "202403", ["day", "month", "year"]),
        ("20240306", "", ["month", "year"]),
        ("20240306", "20240331", ["month", "year"]),
        ("", "20240229", ["before", "year"]),
        ("", "202402", ["before", "year"]),
        ("20250101", "", []),
        ("20230630", "20230630", ["before"]),
        ("", "", ["before", "day", "month", "undated", "year"]),
    ],
)
def test_dates_bound_and_a_date_without_day_may_be_any_day(
    index: TextIndex, first: str, last: str, expected: list[str]
) -> None:
    dates = {"year": "20240000", "month": "20240300", "day": "20240305", "before": "20230630", "undated": ""}
    index.add([page(name, date=date) for name, date in dates.items()])
    assert ids(ask(index, "档案", date_from=first, date_to=last)) == expected
    assert ids(ask(index, Every((Words("档案"), Dated(first, last))))) == expected
    assert ids(ask(index, Without(Dated(first, last)))) == sorted(dates.keys() - set(expected))


# -- in which order --------------------------------------------------------------------------------


def test_an_empty_query_lists_the_latest_first_and_slices_fit_together(index: TextIndex) -> None:
    index.add([page(f"p{day:02d}", date=f"202401{day:02d}") for day in range(1, 21)])
    whole = order(ask(index))
    assert whole == [f"p{day:02d}" for day in range(20, 0, -1)]
    slices = [page_id for offset in range(0, 21, 7) for page_id in order(ask(index, limit=7, offset=offset))]
    assert slices == whole
    assert ask(index, limit=7).total == 20
    assert ask(index, limit=0).total == 20


def test_pages_that_say_it_more_often_or_in_the_title_come_first(index: TextIndex) -> None:
    titled = page("title", "正文", title="合同合同合同合同", leads=True)
    index.add([page("once", "合同"), page("often", "合同、合同、合同"), titled])
    assert order(ask(index, "合同"))[-1] == "once"


def test_what_is_only_likely_comes_after_what_is_exact(index: TextIndex) -> None:
    index.add([page("exact", "甲丁"), page("likely", "乙乙乙", date="20240101"), page("both", "甲乙")])
    assert order(ask(index, Either((A, Likely(B, 0.01))))) == ["both", "exact", "likely"]
    assert order(ask(index, Either((Likely(A, 0.01), B))))[-1] == "exact"


def test_what_is_left_out_or_stamped_adds_nothing_to_a_score(index: TextIndex) -> None:
    index.add([page("p", "甲", fonds="F", date="20240101"), page("q", "乙", fonds="F", date="20240102")])
    plain = ask(index, A).hits[0].score
    asked = Every((A, Without(B), Stamped(Facet.FONDS, "F"), Dated("2024", "")))
    assert ask(index, asked).hits[0].score == pytest.approx(plain)


@pytest.mark.parametrize(
    ("sort", "expected"),
    [
        (Sort.NEWEST, ["new", "tie-a", "tie-b", "old", "undated"]),
        (Sort.OLDEST, ["old", "tie-a", "tie-b", "new", "undated"]),
        (Sort.CODE, ["undated", "old", "new", "tie-a", "tie-b"]),
    ],
)
def test_pages_are_sorted_by_date_or_code(index: TextIndex, sort: Sort, expected: list[str]) -> None:
    index.add(
        [
            page("old", "档案档案档案", date="19990101", code="J001-WS-0002"),
            page("new", date="20240101", code="J001-WS-0010\nA"),
            page("tie-b", "档案档案", date="20100101"),
            page("tie-a", date="20100101"),
            page("undated", code="J001-WS-0001"),
        ]
    )
    assert order(ask(index, "档案", sort=sort)) == expected
    assert order(ask(index, "档案", sort=sort, limit=2, offset=1)) == expected[1:3]


def test_the_best_are_first_however_many_tie_behind_them(index: TextIndex) -> None:
    """Their ids are the last, so that an order by id alone would drop them."""
    tied = [page(f"p{number:02d}", "合同与别的文字", date="20200101") for number in range(12)]
    index.add([*tied, page("z1", "合同合同合同", date="20200101"), page("z2", "合同合同合同", date="20200101")])
    assert order(ask(index, "合同", limit=4)) == ["z1", "z2", "p00", "p01"]
    assert order(ask(index, "合同", limit=3, offset=1)) == ["z2", "p00", "p01"]


def test_pages_of_one_code_stand_in_the_order_of_their_ids(index: TextIndex) -> None:
    index.add([page(f"p{number}", code="J001-0001", date="2020") for number in (3, 1, 2)])
    assert order(ask(index, sort=Sort.CODE)) == ["p1", "p2", "p3"]


# -- by item ---------------------------------------------------------------------------------------


def volumes() -> list[PageText]:
    """Two items of three pages and one of one, of which some say it more often."""
    counts = {"a1": 1, "a2": 3, "a3": 0, "b1": 2, "b2": 1, "b3": 4, "c1": 2}
    return [page(name, "档案" * often or "无", item_id=name[0]) for name, often in counts.items()]


def test_by_item_a_hit_is_the_best_page_with_the_others_behind_it(index: TextIndex) -> None:
    index.add(volumes())
    found = ask(index, "档案", by_item=True)
    assert [(hit.page_id, hit.item_id, hit.others) for hit in found.hits] == [
        ("b3", "b", ("b1", "b2")),
        ("a2", "a", ("a1",)),
        ("c1", "c", ()),
    ]
    assert (found.total, found.items) == (6, 3)


def test_by_item_slices_count_items_and_fit_together(index: TextIndex) -> None:
    index.add(volumes())
    whole = ask(index, "档案", by_item=True, sort=Sort.CODE).hits
    slices = [ask(index, "档案", by_item=True, sort=Sort.CODE, limit=1, offset=offset).hits for offset in range(4)]
    assert [hit for part in slices for hit in part] == list(whole)
    assert ask(index, "档案", by_item=True, limit=0).items == 3


def test_by_item_nothing_is_told_of_what_the_permit_does_not_admit(index: TextIndex) -> None:
    index.add([replace(one, marking="personal" if one.page_id in {"b3", "c1"} else "open") for one in volumes()])
    found = ask(index, "档案", READER, by_item=True)
    assert {hit.item_id: hit.others for hit in found.hits} == {"a": ("a1",), "b": ("b2",)}
    assert (found.total, found.items) == (4, 2)


# -- facets ----------------------------------------------------------------------------------------


def test_only_the_facets_asked_for_are_counted_the_most_first(index: TextIndex) -> None:
    index.add([page(f"p{number}", fonds="AB"[number > 0], date="20200101") for number in range(4)])
    assert set(ask(index).facets) == set(Facet)
    found = ask(index, facets=(Facet.FONDS,), limit=1)
    assert {name: list(counts.items()) for name, counts in found.facets.items()} == {"fonds": [("B", 3), ("A", 1)]}
    assert ask(index, facets=()).facets == {}


# -- adding, replacing, forgetting -----------------------------------------------------------------


def test_a_page_added_again_replaces_itself(index: TextIndex) -> None:
    index.add([page("p", "劳动", fonds="A", title="旧题"), page("q", "劳动", fonds="A")])
    index.add([page("p", "合同", fonds="B", version=2, title="新题")])
    assert ids(ask(index, "劳动")) == ["q"]
    assert ids(ask(index, "合同")) == ["p"]
    assert ids(ask(index, leaf("旧题", Section.TITLE))) == []
    assert ids(ask(index, Without(Words("合同")))) == ["q"]
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
    assert ids(ask(index, Without(Words("无")))) == ["q"]
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

CODES = (
    "2003-0",
    "-WS·19",
    "号",
    ")1",
    "(19",
    "0042",
    "8)",
    "19",
    "1",
    "-y-00",
    "annual",
    "an index of names",
    "ll in",
)


def misjudged(index: TextIndex, texts: dict[str, str], sought: Sequence[str]) -> dict[str, set[str]]:
    """Each leaf with the pages that hold it and were not found, and those found that do not."""
    latin = re.compile("[a-z]+(?: [a-z]+)*")

    def holds(text: str, piece: str) -> bool:
        if latin.fullmatch(piece):
            return re.search(rf"(?<![a-z]){piece}", text) is not None
        return piece in text

    wrong = {
        piece: set(ids(ask(index, Words(piece), facets=())))
        ^ {name for name, text in texts.items() if holds(text, piece)}
        for piece in sought
    }
    return {piece: pages for piece, pages in wrong.items() if pages}


@pytest.mark.slow
def test_two_hundred_substrings_are_found_exactly(index: TextIndex) -> None:
    pages = made_pages(320)
    for start in range(0, len(pages), 80):
        index.add(pages[start : start + 80])
    index.add(pages[:40])
    texts = {one.page_id: folded(one.text).text for one in pages}
    sought = [*substrings(list(texts.values()), 200), *CODES]
    sought += sorted({sign for text in list(texts.values())[:4] for sign in text if sign > "\u2e80"})[:60]
    assert misjudged(index, texts, sought) == {}


@pytest.mark.slow
def test_substrings_are_found_exactly_through_deletions_replacements_and_a_rebuild(index: TextIndex) -> None:
    dice = random.Random(11)
    known = {one.page_id: one for one in made_pages(60, seed=2)}
    index.add(list(known.values()))
    for turn in range(6):
        gone = dice.sample(sorted(known), 8)
        index.remove(gone)
        known = {name: one for name, one in known.items() if name not in gone}
        changed = [
            replace(known[name], text=known[name].text[::-1], version=9) for name in dice.sample(sorted(known), 8)
        ]
        fresh = [*made_pages(8, seed=100 + turn), *changed]
        index.add(fresh)
        known |= {one.page_id: one for one in fresh}
        if turn == 3:
            index.rebuild(list(known.values()), lambda done, of: None)
        index.tidy()
        texts = {name: folded(one.text).text for name, one in known.items()}
        assert misjudged(index, texts, substrings(list(texts.values()), 30, seed=turn)) == {}
    assert index.versions() == {name: one.version for name, one in known.items()}


def grown(dice: random.Random, leaves: Sequence[Node], depth: int) -> Node:
    """A tree of these leaves and all that joins them."""
    if not depth or dice.random() < 0.2:
        return dice.choice(leaves)
    inner = tuple(grown(dice, leaves, depth - 1) for _ in range(dice.randrange(1, 4)))
    return dice.choice((Every(inner), Either(inner), Without(inner[0]), Likely(inner[0], 0.5)))


def leaves_of(dice: random.Random, texts: list[str]) -> list[Node]:
    pieces = substrings(texts, 24, seed=dice.randrange(1000))
    wild = [Wild(f"{piece[0]}{dice.choice('?*')}{piece[-1]}") for piece in pieces[:6] if not set(piece) & {"?", "*"}]
    sections = [Words(piece[:2], dice.choice([*Section])) for piece in pieces[6:14]]
    stamps: list[Node] = [
        Stamped(Facet.FONDS, "F1"),
        Stamped(Facet.RETENTION, "30y"),
        Dated("1980", "1999"),
        Dated("", "1970"),
    ]
    return [*map(Words, pieces), *(Words(piece[0]) for piece in pieces[:3]), *wild, *sections, *stamps]


@pytest.mark.slow
def test_any_tree_is_answered_as_by_looking_through_every_page(index: TextIndex) -> None:
    dice = random.Random(5)
    pages = [
        replace(page, title=page.text[:20], creator=page.text[20:30], code=page.text[-12:], leads=place % 3 == 0)
        for place, page in enumerate(made_pages(60, seed=3, length=120))
    ]
    beyond_doubt = MemoryTextIndex()
    for one in (index, beyond_doubt):
        one.add(pages)
        one.remove([page.page_id for page in pages[::7]])
    leaves = leaves_of(dice, [folded(page.text).text for page in pages])
    for _ in range(120):
        node, permit = grown(dice, leaves, 3), dice.choice((ALL, READER))
        found, expected = ask(index, node, permit), ask(beyond_doubt, node, permit)
        assert (found.total, ids(found), found.facets) == (expected.total, ids(expected), expected.facets), node
        for sort in (Sort.NEWEST, Sort.OLDEST, Sort.CODE):
            assert order(ask(index, node, permit, sort=sort)) == order(ask(beyond_doubt, node, permit, sort=sort)), sort
