"""Decides who made a paper in Latin letters: for whom it is signed, whom a label names, or by its letterhead."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import zip_longest

from index.domain.description import Value
from ingest.finders.paper import Line, Paper

_BODY = re.compile(
    r"\b(?:Bureau|Ministry|Department|School|University|College|Company|Co\.|Ltd|Limited|Inc|Corporation|Office"
    r"|Committee|Council|Commission|Authority|Association|Agency|Institute|Government|Board|Branch|Group|Services|Associates"
    r"|Supplies|Partners|Bank|Trust|Contractors|Division|Mission|Hospital|Court|Clinic|Society|Union|Club|Foundation"
    r"|Consultants|Engineers|Enterprises|Holdings|Industries|Centre|Center|Registry|Embassy|Laboratory|plc|PLC|LLC|Pty|GmbH)(?!\w)"
)
_ON_BEHALF = re.compile(r"(?:for and )?on behalf of:?\s+(?P<body>.{4,80})", re.IGNORECASE)
_LABEL = re.compile(
    r"\b(?:Employer|Lessor|Landlord|Licensor|Sellers?|Vendor|Supplier|Issued by|Issuing (?:Authority|Office|Body)|From"
    r"|Prepared by|Submitted by|Published by|Institution|Client|Owner|Taxpayer)\s*:\s*(?P<body>.{4,80})"
)
_BETWEEN = re.compile(
    r"\bbetween:?\s+(?P<body>[A-Z].{4,80}?)(?:,?\s*\(|\s+of the (?:one|first) part|,?\s+(?:and|AND)\s)",
    re.DOTALL | re.IGNORECASE,
)
_TO = re.compile(
    r"^(?:To|Attn|Attention|Messrs|Dear|The\s+(?:\w+\s+){0,2}(?:Clerk|Manager|Director|Secretary|Registrar|Commissioner|Engineer))\b"
)
_SENTENCE = re.compile(
    r"[a-z]{3,}\.\s*[A-Z][a-z]|\b(?:is|are|was|were|has|have|shall|will|that|with|this|of the (?:one|other))\b"
)
_ALIKE = 0.2
_LONGEST, _LARGE, _HEAD, _END = 100, 1.3, 3, 6
_EDGES = " ,;:—-"
#: Who signs in an office, and for nobody else: Registrar of Companies.
_OFFICE = re.compile(
    r"(?:The )?(?:Registrar|Commissioner|Controller|Auditor|Attorney|Surveyor)[ -](?:of|General)\b[A-Za-z ]{0,40}"
)
_FOR = re.compile(r"^For (?P<body>[A-Z][^:]{6,80})(?::.*)?$")
_ABBREVIATED = re.compile(r"\b(?:Co|Inc|Corp|Ltd)\.$")


def latin_creator(paper: Paper) -> Value | None:
    """The body in whose name the paper was written."""
    return next(_found(paper), None)


def _found(paper: Paper) -> Iterator[Value]:
    for pattern, sure in ((_ON_BEHALF, 0.8), (_FOR, 0.8), (_LABEL, 0.75)):
        for line in _with_rest(paper.lines):
            match = pattern.search(_plain(line))
            if match and _BODY.search(match["body"]):
                yield Value(_name(line, match.start("body"), match.end("body")), sure, line.evidence("label"))
    yield from _large_head(paper)
    heads = (line for at, line in enumerate(_whole_heads(paper.first)) if at == 0 or line.centred)
    yield from (Value(_name(line), 0.75, line.evidence("letterhead")) for line in heads if _is_body(line))
    yield from _parties(paper)
    yield from (Value(_name(line), 0.7, line.evidence("signature")) for line in paper.lines[-_END:] if _is_body(line))
    offices = (line for line in paper.lines[-_END:] if _OFFICE.fullmatch(_plain(line).strip(_EDGES)))
    yield from (Value(_name(line), 0.66, line.evidence("signature")) for line in offices)


def _with_rest(lines: Sequence[Line]) -> Iterator[Line]:
    """Each line, one whose name begins with the next (on behalf of Northlake / & Bridge Co.) with its rest."""
    for line, below in zip_longest(lines, lines[1:]):
        said = _ON_BEHALF.search(_plain(line)) if line.text.isascii() else None
        yield replace(line, text=f"{line.text} {below.text}") if said and _goes_on(said["body"], below) else line


def _whole_heads(lines: Sequence[Line]) -> Iterator[Line]:
    """The lines at the head, the first with its rest where a name did not fit: … Office - Materials / Laboratory."""
    for at, (line, below) in enumerate(zip_longest(lines[:_HEAD], lines[1 : _HEAD + 1])):
        broken = at == 0 and _BODY.search(line.text) and _goes_on(line.text, below)
        yield replace(line, text=f"{line.text} {below.text}") if broken else line


def _goes_on(name: str, below: Line | None) -> bool:
    """Whether it is the name of a body only with the line below."""
    return below is not None and not is_latin_body(name) and is_latin_body(f"{name} {below.text}")


def _large_head(paper: Paper) -> Iterator[Value]:
    """A name set large on the first line, and on the second where it did not fit."""
    lines = [line for line in paper.first[:2] if line.text.isascii()]
    if not lines or lines[0].size < _LARGE:
        return
    alike = len(lines) > 1 and abs(lines[1].size / lines[0].size - 1) < _ALIKE
    broken = len(lines) > 1 and lines[0].text.rstrip().endswith(",")
    both = _tidy(" ".join(line.text for line in lines)) if alike or broken else ""
    name = next(filter(is_latin_body, (both, _name(lines[0]))), "")
    if name:
        yield Value(name, 0.8, lines[0].evidence("letterhead"))


def _parties(paper: Paper) -> Iterator[Value]:
    """The first party of an agreement, whose name may be broken over two lines."""
    text = " ".join(_plain(line) for line in paper.first)
    match = _BETWEEN.search(text)
    if match and _BODY.search(match["body"]):
        line = next((line for line in paper.first if match["body"].startswith(_plain(line)[:12])), paper.first[0])
        yield Value(_tidy(match["body"]), 0.72, line.evidence("label"))


def is_latin_body(text: str) -> bool:
    """Whether the text is the name of a body: the last of its words says so."""
    found = [*_BODY.finditer(text)] if text.isascii() and ":" not in text and not _SENTENCE.search(text) else []
    return bool(found) and not text[found[-1].end() :].strip(" .,")


def _is_body(line: Line) -> bool:
    """Whether the line is the name of a body, not whom it is written to, a title, or a sentence."""
    said = _plain(line)
    return (
        said.isascii()
        and len(said) < _LONGEST
        and line.size < _LARGE
        and bool(_BODY.search(said))
        and ":" not in said
        and not _TO.match(said)
        and not _SENTENCE.search(said)
    )


def _plain(line: Line) -> str:
    """The text without the accents that engines see in specks, place for place."""
    return "".join(unicodedata.normalize("NFD", char)[0] for char in line.text)


def _name(line: Line, begin: int = 0, end: int | None = None) -> str:
    """The name as it stands; a speck between two words is the space that it hid."""
    return _tidy(re.sub(r"(?<=[a-z])'(?=[A-Z])", " ", _plain(line)[begin:end]))


def _tidy(name: str) -> str:
    """Without the signs around it, but for the dot of an abbreviation."""
    bare = name.strip(_EDGES)
    return bare if _ABBREVIATED.search(bare) else bare.rstrip(".")
