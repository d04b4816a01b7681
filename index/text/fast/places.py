"""Decides where a leaf stands in an inverted text, and how much that says for each page.

A leaf is proven by as few of its pairs as cover it, the rarest first; what is left is looked up in the next ones.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from index.domain.searching.tree import Section, Wild, Words
from index.text.analyzer import Part, pairs, parts
from index.text.fast.dictionary import Range
from index.text.fast.inverted import Text
from index.text.fast.pieces import SECTIONS, Addresses, Numbers, Pieces
from index.text.matching import around, stretches

#: A leaf that stands in a description speaks for the page as much as this many in its text.
_DESCRIPTION_COUNTS = 5

#: Looking up one page costs as much as placing so many addresses.
_LOOKED_UP = 16

Counts = tuple[Numbers, NDArray[np.float32]]
"""Pages in order, and how much the leaf counts on each."""

_NOWHERE: Addresses = np.zeros(0, np.uint32)


def counts(text: Text, leaf: Words | Wild, only: Numbers | None = None) -> tuple[Numbers, NDArray[np.float32], int]:
    """The pages on which a folded leaf stands, those that are gone too; and on how many it stands at most.

    Of `only` some pages the others may be left out.
    """
    found = _wild(text, leaf.pattern) if isinstance(leaf, Wild) else _proven(text, parts(leaf.text))
    if leaf.section is not Section.ANYWHERE:
        pages, numbers = _within(text, found, leaf.section)
    elif only is not None and len(only) * _LOOKED_UP < len(found):
        return *_anywhere(text, found, only), len(found)
    else:
        pages, numbers = _anywhere(text, found)
    return pages, numbers, len(pages)


def work(text: Text, leaf: Words | Wild) -> int:
    """How many addresses are looked at for a leaf, at most; known before any of them is."""
    if isinstance(leaf, Words):
        return _work(text, parts(leaf.text))
    return sum(_work(text, pairs(literal)) for literal, _, _ in stretches(leaf.pattern))


def _work(text: Text, needed: tuple[Part, ...]) -> int:
    """Of several neighbouring terms all addresses, as they are sorted; of one no more than the rarest part has."""
    terms = [terms for _, terms in _looked_up(text, needed)]
    rarest = min((_frequency(text, one) for one in terms), default=0)
    return sum(rarest if one[1] - one[0] == 1 else _frequency(text, one) for one in terms)


def frequency(text: Text, leaf: Words | Wild) -> int:
    """How often a leaf may stand at most, by the rarest of its parts."""
    needed = parts(leaf.text) if isinstance(leaf, Words) else pairs(stretches(leaf.pattern)[0][0])
    found = _looked_up(text, needed)
    return min((_frequency(text, terms) for _, terms in found), default=0)


def _anywhere(text: Text, found: Addresses, only: Numbers | None = None) -> Counts:
    """By what plain words are looked for in: descriptions that lead, seals, bodies."""
    pieces = text.pieces
    if pieces.only_bodies:
        return _in_bodies(pieces, found, only)
    seals, bodies, others = (_before(found, border) for border in pieces.borders)
    pages, numbers = _in_bodies(pieces, found[bodies:others], only)
    weights = np.ones(bodies, np.float32)
    weights[:seals] = _DESCRIPTION_COUNTS
    return _summed(
        np.concatenate((pieces.pages.take(pieces.at(found[:bodies])), pages)), np.concatenate((weights, numbers))
    )


def _within(text: Text, found: Addresses, section: Section) -> Counts:
    """By one section of the descriptions, on pages that lead and on others."""
    seals, _, others = text.pieces.borders
    first, last = _before(found, seals), _before(found, others)
    pieces = text.pieces.at(np.concatenate((found[:first], found[last:])))
    wanted = pieces[text.pieces.sections.take(pieces) == SECTIONS[section]]
    return _summed(text.pieces.pages.take(wanted), np.ones(len(wanted), np.float32))


def _in_bodies(pieces: Pieces, found: Addresses, only: Numbers | None) -> Counts:
    """Of some pages only: these are looked up in what was found, instead of the other way round."""
    if only is None:
        return _counted(pieces.bodies_at(found))
    bodies = only.astype(np.intp) + pieces.first_body
    numbers = found.searchsorted(pieces.starts.take(bodies + 1)) - found.searchsorted(pieces.starts.take(bodies))
    holds = numbers.nonzero()[0]
    return only.take(holds), numbers.take(holds).astype(np.float32)


def _before(found: Addresses, border: int) -> int:
    """How many lie before an address; asked with their own type, as numpy would copy them all to another."""
    if not border or not len(found):
        return 0
    return int(found.searchsorted(np.uint32(border))) if border < 1 << 32 else len(found)


def _counted(pages: Numbers) -> Counts:
    """Each page of a list in order once, and how often it stands there."""
    if not len(pages):
        return _NOWHERE, np.zeros(0, np.float32)
    last = (pages[1:] != pages[:-1]).nonzero()[0]
    begins = np.empty(len(last) + 2, np.intp)
    begins[0], begins[-1] = 0, len(pages)
    np.add(last, 1, out=begins[1:-1])
    return pages.take(begins[:-1]), (begins[1:] - begins[:-1]).astype(np.float32)


def _summed(pages: Numbers, weights: NDArray[np.float32]) -> Counts:
    """Each page of any list once, and the sum of its weights."""
    if not len(pages):
        return _NOWHERE, np.zeros(0, np.float32)
    order = np.argsort(pages, kind="stable")
    pages = pages[order]
    begins = np.flatnonzero(np.diff(pages, prepend=~pages[:1]))
    return pages[begins], np.add.reduceat(weights[order], begins)


def _proven(text: Text, needed: tuple[Part, ...]) -> Addresses:
    """Where enough parts stand together to prove the whole leaf: the addresses at which it begins."""
    found = _looked_up(text, needed)
    if len(found) == 1:
        return _sorted(text, found[0][1])
    if not found:
        return _NOWHERE
    found.sort(key=lambda one: _frequency(text, one[1]))
    rarest, terms = found[0]
    starts = _earlier(_sorted(text, terms), rarest.at)
    proven = set(rarest.proves)
    for part, terms in found[1:]:
        if not len(starts):
            break
        if not proven.issuperset(part.proves):
            proven.update(part.proves)
            starts = _followed(starts, _sorted(text, terms), part.at)
    return starts


def _looked_up(text: Text, needed: tuple[Part, ...]) -> list[tuple[Part, Range]]:
    """Each part with its terms; nothing when one of them stands nowhere."""
    found = []
    for part in needed:
        terms = _terms(text, part)
        if terms[0] == terms[1]:
            return []
        found.append((part, terms))
    return found


def _earlier(found: Addresses, at: int) -> Addresses:
    """Where a leaf begins whose part `at` characters on stands here."""
    return found[_before(found, at) :] - np.uint32(at) if at else found


def _terms(text: Text, part: Part) -> Range:
    """The terms that prove a part: neighbours in the dictionary."""
    dictionary = text.dictionary
    word = part.word
    if word is not None:
        return dictionary.words_beginning(word) if part.begins else dictionary.word(word)
    return dictionary.beginning(part.term) if part.begins else dictionary.pair(part.term)


def _frequency(text: Text, terms: Range) -> int:
    first, last = text.dictionary.postings(terms)
    return last - first


def _sorted(text: Text, terms: Range) -> Addresses:
    found = text.at(terms)
    return found if terms[1] - terms[0] == 1 else np.sort(found)


def _followed(starts: Addresses, found: Addresses, at: int) -> Addresses:
    """Those of `starts` that have one of `found` `at` characters behind them."""
    if len(found) < len(starts):
        found = _earlier(found, at)
        return found[_holds(starts, found)]
    return starts[_holds(found, starts + np.uint32(at))]


def _holds(known: Addresses, sought: Addresses) -> NDArray[np.bool_]:
    places = known.searchsorted(sought)
    held: NDArray[np.bool_] = known.take(places, mode="clip") == sought
    return held


def _wild(text: Text, pattern: str) -> Addresses:
    """Where a pattern begins: from its last stretch backwards, the nearest beginning of the rest within reach."""
    pieces, (before, behind) = stretches(pattern), around(pattern)
    last = pieces[-1][0]
    found = _with_room(text, _proven(text, pairs(last)), len(last) + behind if behind else 0)
    for (literal, _, _), (_, least, most) in zip(pieces[-2::-1], pieces[:0:-1], strict=True):
        starts = _proven(text, pairs(literal)) if len(found) else _NOWHERE
        found = starts[_reach(text, starts, found, len(literal), least, most)] if len(starts) else _NOWHERE
    return _with_room(text, found, -before)


def _with_room(text: Text, found: Addresses, on: int) -> Addresses:
    """Those whose piece goes on so far, with its border at the latest; backwards for less than nothing."""
    if not on:
        return found
    there = found.astype(np.int64) + on
    inside = (there >= 0) & (there < text.pieces.extent)
    other = there[inside].astype(np.uint32)
    roomy: Addresses = found[inside][text.pieces.at(other) == text.pieces.at(found[inside])]
    return roomy


def _reach(text: Text, starts: Addresses, found: Addresses, length: int, least: int, most: int) -> NDArray[np.bool_]:
    """Which of `starts` have one of `found` from `least` to `most` characters behind their `length`, in one piece."""
    nearest = starts.astype(np.int64) + length + least
    places = found.searchsorted(nearest.astype(found.dtype))
    reached = found.take(places, mode="clip").astype(np.int64)
    near: NDArray[np.bool_] = (reached >= nearest) & (reached <= nearest + (most - least))
    near &= text.pieces.at(starts) == text.pieces.at(found.take(places, mode="clip"))
    return near
