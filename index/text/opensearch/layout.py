"""Decides what an index of OpenSearch is told about our pages, and what one page is in it.

Text comes folded and marked from us, so that every engine finds the same; the analyzers fold by our table once more,
so that whoever asks the server by other means finds either script too. Each stretch of text is kept as pairs of
characters, found as phrases, and as single characters, found by patterns.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from index.domain.folding import folded, same_signs
from index.domain.searching.tree import Section
from index.ports import PageText
from index.text.days import latest
from index.text.marked import MARK, marked, plain

#: The fields with text: each section, what stands on the page, and the description of pages that lead their item.
DESCRIPTION = tuple(section.value for section in Section if section)
PAGE, LEAD = "page", "lead"
SIGNS = "signs"
#: No phrase and no pattern reaches from one value of a field into the next.
_APART = 10_000
_DEEPEST = 1_000_000
#: More pages than any item has, as a list tells of it.
PAGES_OF_ITEM = 10_000

#: How often a leaf stands on a page counts, and nothing else: the server would know how rare it is among the pages of
#: everybody, and a score would tell readers of those that they may not see.
_OFTEN = "return query.boost * doc.freq / (doc.freq + 1.2);"

Body = dict[str, Any]


def creation() -> Body:
    """The body that creates an index."""
    return {"settings": _settings(), "mappings": {"dynamic": "strict", "properties": _properties()}}


def _settings() -> Body:
    fold = [f"{_escaped(sign)}=>{_escaped(other)}" for sign, other in sorted(same_signs().items())]
    return {
        "index": {"max_result_window": _DEEPEST, "max_inner_result_window": PAGES_OF_ITEM},
        "similarity": {"often": {"type": "scripted", "script": {"source": _OFTEN}}},
        "analysis": {
            "char_filter": {
                "fold": {"type": "mapping", "mappings": fold},
                "unmark": {"type": "mapping", "mappings": [f"{_escaped(MARK)}=>"]},
            },
            "tokenizer": {
                "pair": {"type": "ngram", "min_gram": 2, "max_gram": 2},
                "sign": {"type": "ngram", "min_gram": 1, "max_gram": 1},
            },
            "analyzer": {
                "pairs": {"type": "custom", "char_filter": ["fold"], "tokenizer": "pair"},
                "signs": {"type": "custom", "char_filter": ["fold", "unmark"], "tokenizer": "sign"},
            },
        },
    }


def _escaped(sign: str) -> str:
    """A character as a mapping writes it, whatever it means there."""
    pieces = sign.encode("utf-16-be")
    return "".join(f"\\u{pieces[at : at + 2].hex()}" for at in range(0, len(pieces), 2))


def _properties() -> Body:
    stamps = ("page_id", "item_id", "fonds", "series", "year", "retention", "marking", "language")
    keywords = {name: {"type": "keyword"} for name in (*stamps, "date", "latest", "sorted_code")}
    flags = {name: {"type": "boolean"} for name in ("filed", "leads", "undated", "uncoded")}
    kept = {"type": "keyword", "index": False, "doc_values": False}
    texts = {name: _text() for name in (*DESCRIPTION, PAGE, LEAD)}
    return {**keywords, **flags, **texts, "version": {"type": "long"}, "digest": kept}


def _text() -> Body:
    common = {"type": "text", "similarity": "often", "position_increment_gap": _APART}
    return {**common, "analyzer": "pairs", "fields": {SIGNS: {**common, "analyzer": "signs"}}}


def document(page: PageText) -> Body:
    """One page as the server keeps it."""
    codes = [folded(code).text for code in page.code.split("\n") if code]
    described: dict[str, list[str]] = {
        Section.TITLE.value: _marked(page.title),
        Section.DOCUMENT_NUMBER.value: _marked(page.document_number),
        Section.CREATOR.value: _marked(page.creator),
        Section.CODE.value: [marked(code) for code in codes],
    }
    sorted_code = plain(codes[0]) if codes else ""
    said: Body = {
        "page_id": page.page_id,
        "item_id": page.item_id,
        "version": page.version,
        "fonds": page.fonds,
        "series": page.series,
        "year": page.date[:4],
        "retention": page.retention,
        "marking": page.marking,
        "language": page.language,
        "date": page.date,
        "latest": latest(page.date),
        "filed": page.filed,
        "leads": page.leads,
        "undated": not page.date,
        "uncoded": not sorted_code,
        "sorted_code": sorted_code,
        **described,
        PAGE: [*_marked(page.seals), *_marked(page.text)],
        LEAD: [part for parts in described.values() for part in parts] if page.leads else [],
    }
    return {**said, "digest": digest(said)}


def _marked(text: str) -> list[str]:
    return [marked(folded(text).text)] if text else []


def digest(document: Mapping[str, object]) -> str:
    """By what is seen that a document was changed."""
    said = {name: value for name, value in document.items() if name != "digest"}
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()
