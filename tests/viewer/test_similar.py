"""What is offered below the exact hits: apart from them, within the reader's permit, and journalled as they are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from urllib.parse import quote

import pytest

from index.catalogue.proofs import ProofBook
from index.domain.access import Role, permit_of
from index.domain.description import Value
from index.domain.errors import Passing
from index.domain.proof.alignment import Swap
from index.domain.searching.language import read
from index.ports import Found, Search, TextIndex
from tests.viewer.conftest import Enter
from tests.viewer.seeding import MORNING, Room, index
from viewer import similar as module
from viewer.similar import FEW, Misread, Similar, is_looked_for, similar


def misread(held: Room, name: str, meant: str, stands: str, confidence: float = 0.6, page: int = 0) -> None:
    """The page was read so, and its reader doubted it."""
    with held.home.catalogue.writing() as work:
        at = work.pages.of_item(held.items[name])[page]
        reading = work.pages.reading(at.id)
        assert reading is not None and meant in reading.text and len(meant) == len(stands)
        text = reading.text.replace(meant, stands)
        other = {n for n, (one, two) in enumerate(zip(reading.text, text, strict=True)) if one != two}
        words = tuple(
            replace(word, text=text[word.start : word.start + len(word.text)], confidence=confidence)
            if word.start in other
            else replace(word, confidence=0.999)
            for word in reading.words
        )
        work.pages.save(at, replace(reading, text=text, words=words))
    index(held.home, held.items[name])


def ask(held: Room, query: str, name: str = "archivist", **bounds: object) -> Sequence[Similar]:
    return misread_pages(held, query, name, **bounds).pages


def misread_pages(held: Room, query: str, name: str = "archivist", **bounds: object) -> Misread:
    return similar(held.home, Search(read(query, MORNING.date()), held.people[name].permit, **bounds))  # type: ignore[arg-type]


def test_a_page_that_was_misread_is_offered_with_what_stands_there_and_where(held: Room) -> None:
    misread(held, "contract", "保密义务", "保密文务")
    first, *others = ask(held, "保密义务")
    assert others == [] and first.item.id == held.items["contract"]
    assert set(first.stands) == {"保密文务"}
    assert ("保密文务", True) in first.snippet.parts
    assert first.boxes and all(0 < box.x < 1 and 0 < box.w < 1 for box in first.boxes)
    assert 0 < first.likelihood < 1


def test_what_the_reader_was_sure_of_is_not_offered(held: Room) -> None:
    misread(held, "contract", "保密义务", "保密口务", confidence=0.999)
    assert ask(held, "保密义务") == ()


def test_a_page_that_holds_it_exactly_is_never_similar(held: Room) -> None:
    hits = {hit.page.id for hit in ask(held, "保密义务")}
    with held.home.catalogue.reading() as work:
        assert hits.isdisjoint(page.id for page in work.pages.of_item(held.items["contract"]))


def test_bounds_and_permit_hold_for_similar_pages_too(held: Room, enter: Enter) -> None:
    misread(held, "contract", "保密义务", "保密文务")
    assert ask(held, "保密义务", fonds="C301") and not ask(held, "保密义务", fonds="J101")
    assert ask(held, "保密义务", "reader") == ()
    assert enter("reader").get("/api/search?q=保密义务&similar=1").json()["similar"] == []
    assert "保密文务" not in enter("reader").get("/search?q=保密义务&similar=1").text


def test_what_was_marked_anew_is_gone_before_the_index_knows(held: Room) -> None:
    misread(held, "notice", "植树活动", "植村活动")
    assert ask(held, "植树活动", "reader")
    with held.home.catalogue.writing() as work:
        item = work.items.get(held.items["notice"])
        work.items.save(replace(item, description={**item.description, "marking": Value("confidential", 1)}))
    assert ask(held, "植树活动", "reader") == ()


def test_json_tells_similar_pages_apart(held: Room, enter: Enter) -> None:
    misread(held, "contract", "保密义务", "保密文务")
    told = enter("archivist").get("/api/search?q=保密义务").json()
    assert held.items["contract"] not in {hit["item"] for hit in told["hits"]}
    assert [one["item"] for one in told["similar"]] == [held.items["contract"]]
    one = told["similar"][0]
    assert set(one["stands"]) == {"保密文务"} and "保密文务" in one["snippet"] and 0 < one["likelihood"] < 1
    assert "score" not in one and one["fonds"] == "C301" and one["page"] == 1
    assert enter("archivist").get("/api/search?q=保密义务&similar=0").json()["similar"] == []


def test_the_page_shows_them_below_and_calls_them_what_they_are(held: Room, enter: Enter) -> None:
    misread(held, "contract", "保密义务", "保密文务")
    shown = enter("archivist").get("/search?q=保密义务").text
    above, below = shown.split('<section class="similar"')
    assert held.items["contract"] not in above and held.items["contract"] in below
    assert "可能误识的结果" in below and "识读为" in below and "<mark>保密文务</mark>" in below
    assert quote("保密文务") in below  # its page opens with what stands there marked


def test_where_none_is_likely_the_page_says_so(enter: Enter) -> None:
    assert "未见疑似误识的页" in enter("archivist").get("/search?q=绝无此词").text


def test_where_many_answer_they_are_asked_for_by_a_link(
    held: Room, enter: Enter, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "FEW", 1)
    shown = enter("archivist").get("/search?q=学校").text
    assert '<section class="similar"' not in shown
    assert "similar=1#similar" in shown
    assert '<section class="similar"' in enter("archivist").get("/search?q=学校&similar=1").text


@pytest.mark.parametrize(
    ("total", "offset", "asked", "looked_for"),
    [
        (0, 0, None, True),
        (FEW - 1, 0, None, True),
        (FEW, 0, None, False),
        (0, 20, None, False),
        (1000, 0, True, True),
        (0, 0, False, False),
    ],
)
def test_they_are_looked_for_where_few_answer_or_when_asked(
    total: int, offset: int, asked: bool | None, looked_for: bool
) -> None:
    search = Search(read("学校", MORNING.date()), permit_of(Role.READER), offset=offset)
    assert is_looked_for(search, total, asked) is looked_for


def test_similar_pages_of_personal_records_are_journalled_as_exact_ones_are(held: Room, enter: Enter) -> None:
    misread(held, "contract", "保密义务", "保密文务")
    enter("archivist").get("/search?q=保密义务")
    with held.home.catalogue.reading() as work:
        logged = [event for event in work.journal.all() if event.verb == "search"]
    assert held.items["contract"] in str(logged[-1].details["items"])


def test_what_this_room_has_corrected_before_is_known_to_be_alike(held: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    misread(held, "contract", "保密义务", "保众义务", confidence=0.99)
    before = {one.likelihood for one in ask(held, "保密义务")}
    taught = {Swap("众", "密", "保", "义"): 5}
    monkeypatch.setattr(ProofBook, "swaps", lambda self: taught)
    after = ask(held, "保密义务")
    assert len(after) == 1 and all(after[0].likelihood > one for one in before)


def test_without_its_index_the_room_offers_none(held: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    def away(search: Search) -> None:
        raise Passing("index-damaged")

    monkeypatch.setattr(held.home.text, "search", away)
    assert ask(held, "保密义务") == ()


class Cut:
    """An index that looks through a part of the pages only."""

    def __init__(self, text: TextIndex) -> None:
        self._text = text

    def search(self, search: Search) -> Found:
        return replace(self._text.search(search), cut_short=True)


def test_where_only_some_pages_were_looked_through_that_is_told(held: Room, enter: Enter) -> None:
    misread(held, "contract", "保密义务", "保密文务")
    assert misread_pages(held, "保密义务").whole
    held.home.__dict__["text"] = Cut(held.home.text)
    found = misread_pages(held, "保密义务")
    assert found.pages and not found.whole
    told = enter("archivist").get("/search?q=保密义务").text
    assert "以下结果只查了一部分页面" in told
    assert enter("archivist").get("/api/search?q=保密义务").json()["similar_whole"] is False
