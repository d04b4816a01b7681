"""A machine that mistakes what a test wants it to mistake: the page of a seeded item, read with these errors."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from config.wiring import Home
from index.custody.proofing import recount
from index.domain.reading import PageReading

BELOW = 0.85


def misread(home: Home, page_id: str, swaps: Mapping[str, str], confidence: float = 0.5, engine: str = "seed") -> str:
    """Read the page with every character of `swaps` mistaken, of this confidence; returns the true text."""
    with home.catalogue.writing() as work:
        page, true = work.pages.get(page_id), work.proofs.machine(page_id)
        assert true
        wrong = mistaken(true, swaps, confidence)
        work.pages.save(page, replace(wrong, engine=engine))
        recount(work, page_id, BELOW)
        work.pages.indexed({page_id: work.pages.get(page_id).version})
    return true.text


def mistaken(true: PageReading, swaps: Mapping[str, str], confidence: float) -> PageReading:
    words = tuple(
        replace(word, text=swaps[word.text], confidence=confidence) if word.text in swaps else word
        for word in true.words
    )
    mean = sum(word.confidence for word in words) / max(1, len(words))
    return replace(true, text="".join(swaps.get(char, char) for char in true.text), words=words, confidence=mean)
