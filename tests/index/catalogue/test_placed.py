"""Words packed in blocks: nothing is lost, and a stretch of the text gets just the words on it."""

from __future__ import annotations

import json
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.catalogue.placed import pack_words, places_at, unpack_words
from index.domain.reading import Box, Word, places_of

TEXT = "劳动合同 annual report 二〇二四年\n" * 20


@st.composite
def words(draw: st.DrawFn) -> tuple[Word, ...]:
    """Words of one to five characters one behind the other, with gaps between some."""
    found, at = [], draw(st.integers(0, 5))
    for length, gap in draw(st.lists(st.tuples(st.integers(1, 5), st.integers(0, 2)), max_size=160)):
        if at + length > len(TEXT):
            break
        side = at % 1000 / 1000
        found.append(Word(TEXT[at : at + length], at, Box(side, side / 2, 0.02, 0.018), 0.875))
        at += length + gap
    return tuple(found)


@given(words())
@settings(deadline=None, max_examples=60)
def test_what_is_packed_comes_back(placed: tuple[Word, ...]) -> None:
    assert unpack_words(pack_words(placed), TEXT) == placed


@given(words(), st.lists(st.tuples(st.integers(0, 400), st.integers(1, 40)), max_size=5))
@settings(deadline=None, max_examples=60)
def test_a_stretch_gets_the_words_that_touch_it(placed: tuple[Word, ...], at: list[tuple[int, int]]) -> None:
    stretches = [(start, start + length) for start, length in at]
    everything = places_of(placed)
    expected = [[place for place in everything if place.touches(*stretch)] for stretch in stretches]
    assert places_at(pack_words(placed), TEXT, stretches) == expected


def test_what_older_versions_kept_is_read() -> None:
    old = zlib.compress(json.dumps([[0, 2, 0.1, 0.2, 0.3, 0.02, 0.9], [2, 2, 0.4, 0.2, 0.3, 0.02, 0.8]]).encode(), 6)
    assert [word.text for word in unpack_words(old, TEXT)] == ["劳动", "合同"]
    [[place]] = places_at(old, TEXT, [(3, 4)])
    assert place.start == 2 and place.x == pytest.approx(0.4)


def test_a_page_without_words_has_none() -> None:
    assert unpack_words(pack_words(()), "") == ()
    assert places_at(pack_words(()), "", [(0, 3)]) == [[]]
