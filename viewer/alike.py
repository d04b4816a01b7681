"""Decides which pages are like one: those that share most of what tells it from others, within the permit."""

from __future__ import annotations

from dataclasses import dataclass, replace

from config.wiring import Home
from index.domain.access import Permit
from index.domain.errors import Missing, Passing
from index.domain.folding import folded
from index.domain.holdings import Item, Page
from index.domain.searching.kindred import CANDIDATES, candidates, enough, kindred
from index.domain.searching.tree import Either, Every, Node, Query, Words
from index.ports import Search, Work
from viewer.finding import Answer, Shown, find, without_lagging
from viewer.reading import readable

MOST = 20
"""Items that are shown."""


@dataclass(frozen=True, slots=True)
class Model:
    """The page that others are to be like."""

    item: Item
    page: Page
    text: str


@dataclass(frozen=True, slots=True)
class Kin:
    """What was found like a page; `about` are the words that it was looked for by, none where it says too little."""

    answer: Answer
    about: tuple[str, ...]

    def as_json(self) -> dict[str, object]:
        return {**self.answer.as_json_by_item(), "about": list(self.about)}


def model_of(work: Work, permit: Permit, item_id: str, number: int) -> Model:
    """Page `number` of the item, for whoever may read it; raises Missing("no-such-page") and as `readable`."""
    item = readable(work, permit, item_id)
    pages = [page for page in work.pages.of_item(item.id) if page.number == number]
    if not pages:
        raise Missing("no-such-page")
    reading = work.pages.reading(pages[0].id)
    return Model(item, pages[0], reading.text if reading else "")


def like(home: Home, permit: Permit, model: Model) -> Kin:
    """The nearest pages of other items, an item once; those that share too little are left out."""
    tree = _about(home, permit, model)
    search = Search(Query(tree), permit, without=(model.item.id,), facets=(), limit=2 * MOST, by_item=True)
    answer = find(home, search)
    near = tuple(hit for hit in answer.hits if _shared(hit, tree) >= enough(tree.nodes))[:MOST]
    hits = tuple(replace(hit, also=(), more=0) for hit in near)
    leaves = Query(tree).leaves
    return Kin(replace(answer, hits=hits), tuple(leaf.text for leaf in leaves if isinstance(leaf, Words)))


def _about(home: Home, permit: Permit, model: Model) -> Either:
    """What the page is about. How common a word is is counted within the permit: rarity would tell of the rest."""
    often = candidates(folded(f"{model.item.title}\n{model.text}").text)
    with home.catalogue.reading() as work:
        counting = without_lagging(work, Search(Query(Every(())), permit, facets=(), limit=0, share=1 / CANDIDATES))

    def pages(node: Node) -> int:
        return home.text.search(replace(counting, query=Query(node))).total

    try:
        return kindred(often, {term: pages(Words(term)) for term in often}, pages(Every(())))
    except Passing:
        return Either(())


def _shared(hit: Shown, tree: Either) -> int:
    """How many of the words the page has."""
    text = folded(f"{hit.page.text}\n{hit.item.title}").text
    return sum(leaf.text in text for leaf in Query(tree).leaves if isinstance(leaf, Words))
