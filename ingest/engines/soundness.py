"""Decides whether a PDF page's own text can be trusted, or the page is read like a scan.

A layer is sound when it is there, its characters are ones people write, and it is the page's text rather than a
stamp or somebody's OCR on a scan: layers with a space between Han glyphs make every phrase unfindable (lessons.md).
"""

from __future__ import annotations

import unicodedata

from ingest.imaging.pdf import PageFacts

#: More of these than this share and the layer is rubbish.
MOST_ODD = 0.05
MOST_ACCENTED = 0.35
#: Letters and figures among what is not a leader to a page number or a line to write on.
LEAST_LETTERS = 0.4
_LEADERS = ".…·_-—─"
#: On a page that is mostly picture, less text than this is a stamp or a page number beside a scan.
LEAST_BESIDE_A_SCAN = 200
MOSTLY_PICTURE = 0.5


def is_sound(facts: PageFacts) -> bool:
    """Whether to take the words of the layer as the page's text."""
    if facts.hidden or facts.filled or not facts.text.strip():
        return False
    if facts.pictured >= MOSTLY_PICTURE and _length(facts.text) < LEAST_BESIDE_A_SCAN:
        return False
    return reads_sanely(facts.text)


def reads_sanely(text: str) -> bool:
    """Whether the characters are ones people write; a font without a mapping gives controls, private use or (cid:1)."""
    written = [char for char in text if not char.isspace()]
    if not written or "(cid:" in text:
        return False
    if sum(map(str.isalnum, written)) < LEAST_LETTERS * sum(char not in _LEADERS for char in written):
        return False
    odd = sum(map(_is_odd, written))
    accented = sum(map(_is_accented, written))
    return odd <= MOST_ODD * len(written) and accented <= MOST_ACCENTED * len(written)


def _length(text: str) -> int:
    return sum(not char.isspace() for char in text)


def _is_odd(char: str) -> bool:
    return char == "\ufffd" or unicodedata.category(char) in ("Cc", "Co", "Cn", "Cs")


def _is_accented(char: str) -> bool:
    """Latin-1's upper half: a little in French, nearly everything in Chinese bytes taken for Latin."""
    return "\u00a1" <= char <= "\u00ff" and char not in "·×§°±"
