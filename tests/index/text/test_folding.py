"""Folding many texts at once says what folding them one by one says."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from index.domain.folding import folded
from index.text.alphabet import text_of
from index.text.folding import laid, traced

SIGNS = "档檔案劳勞aAbÄéß-‐\u00ad–\u2013 \n\t\u3000\u200b\ufeff\u20601２〔(…①㈱½,。_\0\ud800Ⅷﬁ́"


@given(st.text(st.sampled_from(SIGNS) | st.characters(), max_size=40))
def test_every_folded_character_is_traced_as_one_by_one(text: str) -> None:
    found, known = traced(text), folded(text)
    assert (found.text, list(found.offsets)) == (known.text, list(known.offsets))


texts = st.lists(st.text(st.sampled_from(SIGNS) | st.characters(), max_size=24), max_size=6)


@given(texts)
def test_many_at_once_fold_as_one_by_one(texts: list[str]) -> None:
    together = laid(texts)
    found = [text_of(together.codes[start : end - 1]) for start, end in pairwise(together.starts.tolist())]
    assert found == [folded(text).text for text in texts]
    assert together.starts[-1] == len(together.codes)
    assert (together.codes[together.starts[1:] - 1] == 0).all()
