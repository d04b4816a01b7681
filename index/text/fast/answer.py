"""Decides which pages answer a search, in which order, and what is counted of them: only what the permit admits."""

from __future__ import annotations

from index.ports import Found, Search
from index.text.fast.admission import admitted
from index.text.fast.budget import Budget, affordable
from index.text.fast.generation import Generation
from index.text.fast.ordering import counted, items_of, shown
from index.text.fast.scoring import Scorer


def answer(generation: Generation, search: Search) -> Found:
    """Pages are admitted before anything is looked for or counted."""
    if search.permit.nothing or not generation.standing:
        return Found(0, (), {facet: {} for facet in search.facets})
    whole, generation = generation, affordable(generation, search, Budget(generation.pages))
    found = Scorer(generation, admitted(generation, search)).scored(search.query.tree)
    facets = counted(generation, found.pages, search.facets)
    items = len(items_of(generation, found.pages)) if search.by_item else 0
    return Found(len(found.pages), shown(generation, found, search), facets, items, cut_short=generation is not whole)
