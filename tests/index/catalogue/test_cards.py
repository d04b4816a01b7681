"""Cards of pages that were found: the text as everybody reads it, boxes of the words that are asked for."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from index.catalogue.sql import SqlCatalogue
from index.domain.description import Value
from index.domain.holdings import Item, ItemState, PageRole
from index.domain.proof.proofing import Correction, Standing
from index.domain.reading import Box, PageReading, Script, Word
from index.ports import Work
from tests.fakes.config.homes import MORNING
from tests.fakes.index.holdings import scan

TEXT = "劳动合洞\n第二行"
_SIGNS = tuple(Word(sign, at, Box(at / 10, 0.1, 0.1, 0.05), 0.9) for at, sign in enumerate("劳动合洞"))
WORDS = (*_SIGNS, Word("第二行", 5, Box(0, 0.2, 0.3, 0.05), 0.9))


def laid(work: Work, pages: int = 2) -> list[str]:
    said = {"title": "合同", "series": "WS", "marking": "open", "date": "2024-03-05"}
    item = Item("one", ItemState.FILED, MORNING, "fonds-1", reference_code="J101-1")
    work.items.add(replace(item, description={name: Value(value, 1.0) for name, value in said.items()}))
    one = scan(b"a.pdf", item_id="one")
    work.scans.add(one)
    made = work.pages.lay_out(one, pages)
    work.pages.save(made[0], PageReading(TEXT, WORDS, Script.HANS, 0, "fake", "1", 0.9))
    return [page.id for page in made]


def test_a_card_has_the_page_its_item_and_the_places_of_words(catalogue: SqlCatalogue) -> None:
    with catalogue.writing() as work:
        first, second = laid(work)
        cards = work.cards.of([second, "no-such-page", first])
    assert set(cards) == {first, second}
    card = cards[first]
    assert (card.number, card.script, card.text) == (1, Script.HANS, TEXT)
    entry = card.item
    assert (entry.id, entry.title, entry.reference_code, entry.fonds) == ("one", "合同", "J101-1", "J101")
    assert (entry.filed, entry.page_count, entry.value("date"), entry.value("nothing")) == (True, 2, "2024-03-05", "")
    on_both = card.places([(2, 4), (6, 7)])
    assert [[place.start for place in found] for found in on_both] == [[2, 3], [5]]
    assert cards[second].text == "" and cards[second].places([(0, 1)]) == [()]


def given(page_id: str, after: str, **fields: Any) -> Correction:
    line = Correction("c1", page_id, 0, "劳动合洞", Box(0, 0.1, 0.4, 0.05), "劳动合洞", after, "张", MORNING)
    return replace(line, **fields)


def test_a_card_reads_as_people_corrected_it(catalogue: SqlCatalogue) -> None:
    with catalogue.writing() as work:
        first, _ = laid(work)
        work.proofs.keep([given(first, "劳动合同")])
        card = work.cards.of([first])[first]
        assert card.text == "劳动合同\n第二行"
        [found] = card.places([(2, 4)])
    assert [place.start for place in found] == [2, 3]


def read_and_shown(work: Work, page_id: str) -> tuple[str, str]:
    reading = work.pages.reading(page_id)
    assert reading
    return reading.text, work.cards.of([page_id])[page_id].text


def test_whatever_becomes_of_corrections_a_card_reads_as_everybody_does(catalogue: SqlCatalogue) -> None:
    with catalogue.writing() as work:
        first, _ = laid(work)
        seen = []
        for correction in (
            given(first, "劳动合洞"),
            given(first, "劳动合同"),
            given(first, "劳动合词", id="c2", entry=1, state=Standing.ENTERED),
            given(first, "劳动合同", state=Standing.REPLACED),
        ):
            work.proofs.keep([correction])
            seen.append(read_and_shown(work, first))
        work.proofs.keep([given(first, "劳动合同")])
        otherwise = tuple(replace(word, text=word.text.replace("洞", "司")) for word in WORDS)
        again = PageReading(TEXT.replace("洞", "司"), otherwise, Script.HANS, 0, "other", "2", 0.9)
        work.pages.save(work.pages.get(first), again)
        seen.append(read_and_shown(work, first))
    assert [shown for _, shown in seen] == [read for read, _ in seen]
    assert [read.split("\n")[0] for read, _ in seen] == ["劳动合洞", "劳动合同", "劳动合同", "劳动合洞", "劳动合同"]


def test_pages_taken_out_have_neither_card_nor_number(catalogue: SqlCatalogue) -> None:
    with catalogue.writing() as work:
        first, second = laid(work)
        assert work.cards.numbers([first, second]) == {first: 1, second: 2}
        work.arrangement.lay([replace(work.pages.get(first), role=PageRole.REMOVED)])
        assert work.cards.numbers([first, second]) == {second: 1}
        assert set(work.cards.of([first, second])) == {second}
