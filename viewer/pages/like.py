"""Decides which pages are shown as like one: those that share most of what tells it from others, within the permit."""

from __future__ import annotations

from dataclasses import dataclass, replace

from fastapi import Query
from fastapi.responses import Response

from config.wiring import Home
from index.domain.access import Permit
from index.domain.errors import Missing, Passing
from index.domain.folding import folded
from index.domain.holdings import Item, Page
from index.domain.kindred import candidates, enough, kindred
from index.domain.query import Either, Every, Words
from index.domain.query import Query as Asked
from index.ports import Search
from viewer import frame
from viewer.finding import Answer, Shown, find
from viewer.narrowing import series_title
from viewer.pages.search import note_restricted
from viewer.reading import note_reading, readable
from viewer.visit import Here, Visit

MOST = 20
"""Items that are shown."""


@dataclass(frozen=True, slots=True)
class Model:
    """The page that others are to be like."""

    item: Item
    page: Page
    text: str


def like(visit: Here, item_id: str, page: int = Query(1, ge=1)) -> Response:
    model = _model(visit, item_id, page)
    note_reading(visit, model.item, model.page.number)
    tree = _about(visit.home, visit.permit, model)
    answer = _found(visit, tree, model)
    note_restricted(visit, f"≈ {model.item.reference_code or model.item.id}", answer.hits)
    shown = {"answer": answer, "model": model, "about": bool(tree.nodes), "series_title": series_title}
    return frame.show(visit, "like.html", **shown)


def _model(visit: Visit, item_id: str, number: int) -> Model:
    with visit.home.catalogue.reading() as work:
        item = readable(work, visit.permit, item_id)
        pages = [page for page in work.pages.of_item(item.id) if page.number == number]
        if not pages:
            raise Missing("no-such-page")
        reading = work.pages.reading(pages[0].id)
        return Model(item, pages[0], reading.text if reading else "")


def _about(home: Home, permit: Permit, model: Model) -> Either:
    """What the page is about. How common a word is is counted within the permit: rarity would tell of the rest."""
    often = candidates(folded(f"{model.item.title}\n{model.text}").text)
    try:
        pages = home.text.search(Search(Asked(Every(())), permit, facets=(), limit=0)).total
        spread = {term: _spread(home, permit, term) for term in often}
    except Passing:
        return Either(())
    return kindred(often, spread, pages)


def _spread(home: Home, permit: Permit, term: str) -> int:
    return home.text.search(Search(Asked(Words(term)), permit, facets=(), limit=0)).total


def _found(visit: Visit, tree: Either, model: Model) -> Answer:
    """The nearest pages of other items, an item once; those that share too little are left out."""
    search = Search(Asked(tree), visit.permit, without=(model.item.id,), facets=(), limit=2 * MOST, by_item=True)
    answer = find(visit.home, search)
    near = tuple(hit for hit in answer.hits if _shared(hit, tree) >= enough(tree.nodes))[:MOST]
    return replace(answer, hits=tuple(replace(hit, also=(), more=0) for hit in near))


def _shared(hit: Shown, tree: Either) -> int:
    """How many of the words the page has."""
    text = folded(f"{hit.page.text}\n{hit.item.title}").text
    return sum(leaf.text in text for leaf in Asked(tree).leaves if isinstance(leaf, Words))
