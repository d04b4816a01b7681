"""What is odd about pages, by their printed numbers and by their looks: as tables, and at random."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.domain.description import Evidence, Value
from index.domain.holdings import Page
from index.domain.looks import Look
from index.domain.paging import FAR, NEAR_BITS, Finding, Odd, findings, likeness, moved_evidence, printed
from index.domain.reading import Box


def pages(*numbers: object) -> list[Page]:
    """Pages that bear these numbers: 3, "3/12", or "" for none."""
    return [Page(f"p{n}", "item", "scan", n, n, look=Look(printed=str(one))) for n, one in enumerate(numbers, 1)]


def numbering(*numbers: object) -> list[tuple[object, ...]]:
    return [_told(finding) for finding in findings(pages(*numbers), lambda _: "")]


def _told(finding: Finding) -> tuple[object, ...]:
    shown = {Odd.ORDER: (finding.pages,), Odd.MISSING: (finding.pages[0], finding.printed, finding.count)}
    return (finding.kind.value, *shown.get(finding.kind, (finding.pages,)))


NOTHING: list[tuple[object, ...]] = []


@pytest.mark.parametrize(
    ("numbers", "told"),
    [
        # -- nothing to say --
        ((1, 2, 3, 4), NOTHING),
        ((), NOTHING),
        (("", "", ""), NOTHING),
        (("", 2, 3), NOTHING),  # a cover without a number
        (("", "", 1, 2, 3), NOTHING),  # cover and contents
        ((1, "", 3, "", 5), NOTHING),  # blank backs count and bear none
        ((157, 158, 159), NOTHING),  # pages of a bound volume
        ((1, 2, 3, 1, 2), NOTHING),  # an attachment begins again
        (("", 2, 3, 1, 2), NOTHING),  # so it does behind a cover
        ((1, 2, 3, "", 2, 3), NOTHING),  # an attachment with a cover of its own
        (("1/3", "2/3", "3/3", "1/2", "2/2"), NOTHING),
        ((1, 2, 8, 4, 5), NOTHING),  # a 3 read as 8: its place is free
        ((1, 2, 2, 3), NOTHING),  # the number alone does not prove it is there twice
        ((1, 2, 3, 4000, 5), NOTHING),  # a year in the corner
        # -- missing --
        ((1, 2, 4, 5), [("missing", 2, (3,), 1)]),
        ((1, 5), [("missing", 1, (2, 3, 4), 3)]),
        ((1, "", 4), [("missing", 2 - 1, (2, 3), 1)]),  # one of two, nobody can say which
        ((2, 3), [("missing", 0, (1,), 1)]),
        (("3/5", "4/5"), [("missing", 0, (1, 2), 2), ("missing", 2, (5,), 1)]),
        (("1/3", "2/3", ""), NOTHING),
        ((1, 2, 3, 1, 3), [("missing", 4, (2,), 1)]),  # in the attachment
        # -- out of order --
        ((1, 3, 2, 4), [("order", (2,))]),
        ((5, 6, 1, 2, 3, 4), [("order", (1, 2))]),
        ((1, 5, 3, 4, 2, 6), [("order", (2, 5))]),
        ((4, 1, 2, 3), [("order", (1,))]),
        ((1, 2, 4, "", 7, 6), [("order", (5,)), ("missing", 2, (3,), 1)]),  # the page between is the fifth
        ((1, 2, 5, 3, 6), [("order", (3,)), ("missing", 4, (4,), 1)]),
        # -- only the fronts --
        ((1, 3, 5, 7), [("one-side", (1, 4))]),
        ((2, 4, 6), [("one-side", (1, 3))]),
        ((1, 3), [("missing", 1, (2,), 1)]),
    ],
)
def test_numbers_say_what_is_missing_or_out_of_order(numbers: Sequence[object], told: list[tuple[object, ...]]) -> None:
    assert sorted(numbering(*numbers)) == sorted(told)


@given(st.integers(2, 60), st.integers(0, 3), st.integers(0, 2))
def test_a_whole_document_is_never_suspected(length: int, covers: int, attachments: int) -> None:
    parts: list[object] = [""] * covers
    for _ in range(attachments + 1):
        parts += range(1, length + 1)
    assert numbering(*parts) == []


@given(st.integers(3, 60), st.data())
def test_the_one_page_that_lacks_is_named(length: int, data: st.DataObject) -> None:
    lacks = data.draw(st.integers(2, length - 1))
    kept = [number for number in range(1, length + 1) if number != lacks]
    found = numbering(*kept)
    assert found == [("missing", lacks - 1, (lacks,), 1)]


@given(st.integers(4, FAR), st.data())
def test_a_page_in_another_place_is_found_and_nothing_is_missed(length: int, data: st.DataObject) -> None:
    # A number further from its place than FAR is taken as misread: that much may be missed.
    numbers = list(range(1, length + 1))
    start, to = data.draw(st.permutations(range(length)))[:2]
    moved = numbers.pop(start)
    numbers.insert(to, moved)
    [(kind, places)] = numbering(*numbers)
    assert kind == "order"
    # Of two neighbours either may be the one that moved.
    assert places == (to + 1,) if abs(start - to) > 1 else places in ((to + 1,), (start + 1,))


@given(st.lists(st.one_of(st.just(""), st.integers(1, 40), st.builds("{}/{}".format, st.integers(1, 9), st.just(9)))))
def test_whatever_the_numbers_findings_name_pages_that_are_there(numbers: list[object]) -> None:
    for finding in findings(pages(*numbers), lambda _: ""):
        assert all(0 <= place <= len(numbers) for place in finding.pages)
        assert finding.kind is not Odd.MISSING or 0 < finding.count <= len(finding.printed)


@pytest.mark.parametrize(
    ("text", "said"), [("", (0, 0)), ("7", (7, 0)), ("7/12", (7, 12)), ("x", (0, 0)), ("7/", (7, 0)), ("/", (0, 0))]
)
def test_a_printed_number_is_taken_apart(text: str, said: tuple[int, int]) -> None:
    assert printed(text) == said


# -- looks -------------------------------------------------------------------------------------------------------------

TEXT = "关于春季消防安全检查的通知各科室请于三月五日前完成自查并将结果报送办公室特此通知"


def looking(*prints: int, blank: Sequence[int] = (), numbers: Sequence[str] = ()) -> list[Page]:
    made = []
    for n, one in enumerate(prints, 1):
        look = Look(fingerprint=f"{one:016x}", printed=numbers[n - 1] if numbers else "")
        made.append(Page(f"p{n}", "item", "scan", n, n, look=look, blank=n in blank))
    return made


def flipped(mark: int, bits: int) -> int:
    return mark ^ sum(1 << at for at in random.Random(bits).sample(range(64), bits))


MARK = 0x0F1E2D3C4B5A6978


@pytest.mark.parametrize(
    ("bits", "texts", "twice"),
    [
        (0, (TEXT, TEXT), True),
        (NEAR_BITS, (TEXT, TEXT), True),
        (NEAR_BITS + 1, (TEXT, TEXT), False),
        (4, (TEXT, TEXT.replace("三", "兰")), True),  # read a little differently
        (4, (TEXT, TEXT[:20] + "另一份表格里填的是别的人和别的事情"), False),  # the same form, filled in otherwise
        (2, ("", ""), True),  # a photograph
        (6, ("", ""), False),
        (2, (TEXT, ""), False),
    ],
)
def test_a_page_is_there_twice_when_it_looks_and_reads_alike(bits: int, texts: tuple[str, str], twice: bool) -> None:
    made = looking(MARK, flipped(MARK, bits))
    said = dict(zip(("p1", "p2"), texts, strict=True))
    found = findings(made, said.__getitem__)
    assert found == ((Finding(Odd.TWICE, (1, 2)),) if twice else ())


def test_two_pages_with_different_numbers_are_not_one_page_twice() -> None:
    assert not findings(looking(MARK, MARK, numbers=("1", "2")), lambda _: TEXT)
    [found] = findings(looking(MARK, MARK, numbers=("2", "2")), lambda _: TEXT)[-1:]
    assert found.kind is Odd.TWICE


def test_blank_pages_are_never_twins_and_are_told_together_until_somebody_looked() -> None:
    made = looking(MARK, MARK, MARK, blank=(1, 2))
    assert findings(made, lambda _: "") == (Finding(Odd.BLANK, (1, 2), count=2),)
    looked = [replace(page, given_blank=True) if page.blank else page for page in made]
    assert findings(looked, lambda _: "") == ()


def test_two_facing_pages_are_told_until_they_are_parted() -> None:
    made = [replace(page, look=replace(page.look, spread=0.5)) for page in looking(MARK, flipped(MARK, 40))]
    assert findings(made, lambda _: TEXT) == (Finding(Odd.SPREAD, (1, 2), count=2),)
    assert findings([replace(page, part=1) for page in made], lambda _: TEXT) == ()


@given(st.text(max_size=60), st.text(max_size=60))
def test_likeness_is_even_and_whole_for_the_same(one: str, other: str) -> None:
    assert likeness(one, other) == likeness(other, one)
    assert 0 <= likeness(one, other) <= 1 and likeness(one, one) == 1


# -- evidence ----------------------------------------------------------------------------------------------------------


def test_evidence_follows_its_page_and_is_lost_with_it() -> None:
    here, gone = Evidence("甲", 3, Box(0, 0, 1, 1)), Evidence("乙", 1, Box(0, 0, 1, 1))
    given_by = {"title": Value("题", 1.0, here), "date": Value("2024", 0.9, gone), "note": Value("", 1.0)}
    after = moved_evidence(given_by, {2: 1, 3: 2})
    assert after["title"].evidence == replace(here, page=2)
    assert after["date"].evidence == replace(gone, page=None, box=None)
    assert after["note"] == given_by["note"]
