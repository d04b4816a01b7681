"""What the page of an item shows beside the picture."""

from __future__ import annotations

from dataclasses import replace

import pytest

from index.domain.reading import Box, Stamp
from tests.viewer.conftest import Enter
from tests.viewer.seeding import Room, index

SEAL = Stamp("松果岭实验学校", Box(0.7, 0.7, 0.2, 0.1), 0.9)


def seal(held: Room, name: str, *stamps: Stamp) -> str:
    """Press these on the first page of the item; returns where the page is."""
    page = held.pages(name)[0]
    with held.home.catalogue.writing() as work:
        read = work.pages.reading(page.id)
        assert read
        work.pages.save(page, replace(read, stamps=stamps))
    return f"/items/{page.item_id}"


def test_what_a_seal_says_stands_apart_from_the_text(held: Room, enter: Enter) -> None:
    shown = enter("archivist").get(seal(held, "notice", SEAL)).text
    section = shown[shown.index('class="seals"') :]
    assert "<h3>印章</h3>" in section and SEAL.text in section[: section.index("</section>")]


@pytest.mark.parametrize("stamps", [(), (replace(SEAL, text=""),)])
def test_without_a_legible_seal_nothing_is_said_of_seals(held: Room, enter: Enter, stamps: tuple[Stamp, ...]) -> None:
    assert "印章" not in enter("archivist").get(seal(held, "notice", *stamps)).text


def test_a_seal_that_was_asked_for_is_boxed_among_the_hits(held: Room, enter: Enter) -> None:
    seal(held, "notice", SEAL)
    index(held.home, held.items["notice"])
    hits = enter("archivist").get("/api/search", params={"q": SEAL.text}).json()["hits"]
    box = [SEAL.box.x, SEAL.box.y, SEAL.box.w, SEAL.box.h]
    assert box in next(hit["boxes"] for hit in hits if hit["item"] == held.items["notice"])


def test_what_is_to_be_marked_may_be_longer_than_a_query(held: Room, enter: Enter) -> None:
    """What stands at several misread places is in quotes, each: longer than what was typed."""
    asked = {"q": "“学校” " * 60}
    assert enter("archivist").get(f"/items/{held.items['notice']}?page=1", params=asked).status_code == 200
