"""What tells a page from others: terms that stand on it often and on few pages, each worth what it tells."""

from __future__ import annotations

from index.domain.searching.kindred import CANDIDATES, KEPT, candidates, enough, kindred
from index.domain.searching.tree import Either, Likely, Words


def test_candidates_are_pairs_words_and_numbers_without_what_binds() -> None:
    found = candidates("劳动合同的期限 annual report 2024 in a 12")
    assert set(found) == {"劳动", "动合", "合同", "期限", "annual", "report", "2024"}


def test_the_most_frequent_are_kept_and_no_more_than_are_looked_up() -> None:
    text = "".join(f"{chr(0x6000 + n)}{chr(0x7000 + n)}。" for n in range(100)) + "离职。离职。"
    found = candidates(text)
    assert len(found) == CANDIDATES
    assert next(iter(found.items())) == ("离职", 2)


def about(often: dict[str, int], spread: dict[str, int], pages: int = 1000) -> dict[str, float]:
    return {leaf.node.text: leaf.weight for leaf in kindred(often, spread, pages).nodes}  # type: ignore[union-attr]


def test_rare_terms_tell_more_than_common_ones_and_what_stands_alone_or_everywhere_nothing() -> None:
    spread = {"稀": 3, "常": 200, "独": 1, "满": 900, "无": 0}
    found = about(dict.fromkeys(spread, 2), spread)
    assert list(found) == ["稀", "常"]
    assert found["稀"] == 1.0 > found["常"] > 0


def test_what_stands_often_on_the_page_tells_more() -> None:
    assert list(about({"一次": 1, "三次": 3}, {"一次": 10, "三次": 10})) == ["三次", "一次"]


def test_only_so_many_are_kept_and_a_page_of_nothing_is_like_none() -> None:
    assert len(about({str(n): 1 for n in range(40)}, {str(n): 5 for n in range(40)})) == KEPT
    assert kindred({}, {}, 0) == Either(())


def test_in_a_small_room_two_pages_can_be_alike() -> None:
    assert kindred({"合同": 2}, {"合同": 2}, 2) == Either((Likely(Words("合同"), 1.0),))


def test_where_few_terms_are_kept_half_of_them_are_enough() -> None:
    assert [enough(range(count)) for count in (0, 1, 2, 4, 6, 16)] == [1, 1, 1, 2, 3, 3]
