"""Lines come in the order a person reads them, whatever order the engine found them in."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.engines.order import in_reading_order
from ingest.engines.port import Line, Seen
from ingest.imaging.rulings import NO_RULINGS, Ruling, Rulings, Table, rulings_of
from tests.layouts import HEIGHT, LAYOUTS, LEFT, RIGHT, TOP, WIDTH, Layout, Setter

made = st.builds(lambda name, seed: LAYOUTS[name](Random(seed)), st.sampled_from(sorted(LAYOUTS)), st.integers(0, 999))


def read(layout: Layout, pieces: Sequence[Line] | None = None) -> list[Seen]:
    lines = in_reading_order(layout.pieces if pieces is None else pieces, layout.rulings, WIDTH, HEIGHT)
    return [seen for line in lines for seen in line]


def texts(lines: Sequence[Line]) -> list[str]:
    return ["|".join(seen.text for seen in line) for line in lines]


def share_in_order(layout: Layout) -> float:
    """The longest run of lines that come in their order (others between them left out), of all lines."""
    places = {id(piece[0]): number for number, piece in enumerate(layout.pieces)}
    tails: list[int] = []
    for seen in read(layout):
        number = places[id(seen)]
        at = bisect_left(tails, number)
        tails[at : at + 1] = [number]
    return len(tails) / len(places)


@pytest.mark.parametrize("name", sorted(LAYOUTS))
def test_lines_come_in_order(name: str) -> None:
    shares = [share_in_order(LAYOUTS[name](Random(seed))) for seed in range(1000, 1012)]
    assert sum(shares) / len(shares) >= 0.99


@settings(max_examples=30, deadline=None)
@given(made, st.randoms(use_true_random=False))
def test_the_engines_order_does_not_matter_and_nothing_is_lost(layout: Layout, chance: Random) -> None:
    mixed = list(layout.pieces)
    chance.shuffle(mixed)
    found = read(layout, mixed)
    assert found == read(layout)
    assert sorted(map(id, found)) == sorted(id(piece[0]) for piece in layout.pieces)


@settings(max_examples=20, deadline=None)
@given(made, st.sampled_from((0.25, 0.5, 2.0, 4.0)))
def test_the_resolution_does_not_matter(layout: Layout, scale: float) -> None:
    larger = [tuple(_scaled(seen, scale) for seen in piece) for piece in layout.pieces]
    lines = in_reading_order(larger, _rulings_scaled(layout.rulings, scale), WIDTH * scale, HEIGHT * scale)
    assert [seen.text for line in lines for seen in line] == [seen.text for seen in read(layout)]


side = st.integers(0, 60).map(lambda tens: 10.0 * tens)
anywhere = st.lists(
    st.builds(Seen, st.sampled_from(("甲", "甲乙丙,", "姓名:", "12", "word")), side, side, side, side, st.just(0.9))
)
grids = st.lists(st.builds(lambda at, start, long: Ruling(at, start, start + long), side, side, side), max_size=8)


@settings(max_examples=80, deadline=None)
@given(anywhere, grids, grids, st.randoms(use_true_random=False))
def test_no_rubbish_is_lost_or_doubled(
    seen: list[Seen], across: list[Ruling], down: list[Ruling], chance: Random
) -> None:
    """Boxes of no height, boxes on boxes, lines ruled anywhere: every word still comes out once, in one order."""
    rulings = rulings_of(across, down)
    pieces = [(one,) for one in seen]
    found = [one for line in in_reading_order(pieces, rulings, 600, 600) for one in line]
    assert sorted(map(id, found)) == sorted(map(id, seen))
    chance.shuffle(pieces)
    assert [one for line in in_reading_order(pieces, rulings, 600, 600) for one in line] == found


def _scaled(seen: Seen, scale: float) -> Seen:
    left, top, width, height = (side * scale for side in (seen.left, seen.top, seen.width, seen.height))
    return Seen(seen.text, left, top, width, height, seen.confidence)


def _rulings_scaled(rulings: Rulings, scale: float) -> Rulings:
    def lines(rulings: Sequence[Ruling]) -> tuple[Ruling, ...]:
        return tuple(Ruling(line.at * scale, line.start * scale, line.end * scale) for line in rulings)

    def table(table: Table) -> Table:
        return Table(tuple(y * scale for y in table.rows), tuple(x * scale for x in table.columns), table.owners)

    return Rulings(lines(rulings.horizontal), lines(rulings.vertical), tuple(map(table, rulings.tables)))


def test_an_empty_page_has_no_lines() -> None:
    assert in_reading_order([], NO_RULINGS, WIDTH, HEIGHT) == ()


def test_pieces_on_one_row_become_one_line() -> None:
    setter = Setter(Random(1))
    setter.put("姓名:", LEFT, TOP)
    setter.put("甲乙", LEFT + 200, TOP + 5)
    assert texts(in_reading_order(setter.pieces[::-1], NO_RULINGS, WIDTH, HEIGHT)) == ["姓名:|甲乙"]


def test_a_row_of_single_lines_is_one_line_and_a_cell_of_several_is_read_whole() -> None:
    setter = Setter(Random(1), 28)
    setter.put("序号", LEFT + 10, TOP + 20)
    setter.put("题名", LEFT + 210, TOP + 20)
    setter.put("1", LEFT + 10, TOP + 110)
    setter.put("关于修理", LEFT + 210, TOP + 90)
    setter.put("锅炉的报告", LEFT + 210, TOP + 130)
    across = [Ruling(y, LEFT, LEFT + 500) for y in (TOP, TOP + 70, TOP + 180)]
    down = [Ruling(x, TOP, TOP + 180) for x in (LEFT, LEFT + 200, LEFT + 500)]
    lines = in_reading_order(setter.pieces, rulings_of(across, down), WIDTH, HEIGHT)
    assert texts(lines) == ["序号|题名", "1", "关于修理", "锅炉的报告"]


def test_a_cell_over_several_rows_comes_before_them() -> None:
    setter = Setter(Random(1), 28)
    setter.put("本人", LEFT + 10, TOP + 60)
    setter.put("姓名", LEFT + 210, TOP + 20)
    setter.put("甲", LEFT + 410, TOP + 20)
    setter.put("部门", LEFT + 210, TOP + 100)
    setter.put("乙", LEFT + 410, TOP + 100)
    across = [
        Ruling(TOP, LEFT, LEFT + 600),
        Ruling(TOP + 80, LEFT + 200, LEFT + 600),
        Ruling(TOP + 160, LEFT, LEFT + 600),
    ]
    down = [Ruling(x, TOP, TOP + 160) for x in (LEFT, LEFT + 200, LEFT + 400, LEFT + 600)]
    lines = in_reading_order(setter.pieces, rulings_of(across, down), WIDTH, HEIGHT)
    assert texts(lines) == ["本人", "姓名|甲", "部门|乙"]


def test_characters_below_each_other_in_a_cell_are_one_line() -> None:
    setter = Setter(Random(1), 28)
    for number, char in enumerate("备注"):
        setter.put(char, LEFT + 10, TOP + 20 + 60 * number)
    setter.put("没有", LEFT + 110, TOP + 50)
    across = [Ruling(y, LEFT, LEFT + 300) for y in (TOP, TOP + 160)]
    down = [Ruling(x, TOP, TOP + 160) for x in (LEFT, LEFT + 60, LEFT + 300)]
    lines = in_reading_order(setter.pieces, rulings_of(across, down), WIDTH, HEIGHT)
    assert texts(lines) == ["备|注|没有"]


def test_the_pages_number_comes_last_even_from_the_head() -> None:
    setter = Setter(Random(1))
    setter.put("0012", RIGHT - 80, 60)
    setter.column(LEFT, RIGHT, TOP, TOP + 400)
    assert read(setter.layout())[-1].text == "0012"


def test_a_ruled_line_between_columns_parts_them_whatever_stands_there() -> None:
    setter = Setter(Random(1))
    for number in range(3):
        setter.put(f"左{number}", LEFT, TOP + 60 * number)
        setter.put(f"右{number}", WIDTH / 2 + 40, TOP + 60 * number)
    parted = Rulings(vertical=(Ruling(WIDTH / 2, TOP, TOP + 180),))
    assert texts(in_reading_order(setter.pieces, parted, WIDTH, HEIGHT)) == ["左0", "左1", "左2", "右0", "右1", "右2"]
    rows = in_reading_order(setter.pieces, NO_RULINGS, WIDTH, HEIGHT)
    assert texts(rows) == ["左0|右0", "左1|右1", "左2|右2"]


def test_a_line_that_an_engine_drew_across_two_columns_is_cut() -> None:
    """Tesseract, told that there is one column, reads across the strip between two."""
    setter = Setter(Random(1))
    setter.column(LEFT, LEFT + 600, TOP, TOP + 800)
    left, setter.pieces = setter.pieces, []
    setter.lean = 0.0
    setter.column(LEFT + 680, RIGHT, TOP, TOP + 800)
    across = [(*one, *other) for one, other in zip(left, setter.pieces, strict=True)]
    lines = in_reading_order(across, NO_RULINGS, WIDTH, HEIGHT)
    assert lines == (*left, *setter.pieces)


def test_words_are_cut_at_a_ruled_line() -> None:
    words = (Seen("姓名", 100, 100, 60, 30, 0.9), Seen("甲乙", 172, 100, 60, 30, 0.9))
    grid = rulings_of([Ruling(y, 90, 300) for y in (80, 150, 220)], [Ruling(x, 80, 220) for x in (90, 166, 300)])
    below = replace(words[0], top=170.0)
    lines = in_reading_order([words, (below,)], grid, 400, 600)
    assert texts(lines) == ["姓名|甲乙", "姓名"]
