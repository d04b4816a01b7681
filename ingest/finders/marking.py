"""Decides how closely a paper asks to be held, and in whose words: the state's (机密★10年), the site's, or a person's.

A state secret has no place in a networked room: it is shown to a person at once, never filed alone (A.16 X4).
"""

from __future__ import annotations

import re
from dataclasses import replace

from index.domain.access import Marking
from index.domain.description import Evidence, Value
from ingest.finders.paper import Line, Paper, plain
from ingest.finders.subject import identity_numbers

STATE_SECRET, SITE, COMMERCIAL, PERSONAL_DATA = "state-secret", "site-marking", "commercial", "personal-data"

_STATE = re.compile(r"(?:绝密|机密|秘密)\s*[★☆*✩]\s*(?:长期|\d{1,3}\s*(?:年|个月))?")
_TERM = re.compile(r"[★☆*✩]\s*(?P<term>长期|\d{1,3}\s*(?:年|个月))")
_LEVEL = re.compile(r"(?:密\s*级\s*:?\s*)?(?:绝\s*密|机\s*密|秘\s*密)(?:\s*件)?")
_COMMERCIAL = re.compile(
    r"(?:密\s*级\s*:?\s*)?(?:核心|普通)?(?:商业秘密|商密)(?:\s*[★☆*✩]\s*(?:长期|\d{1,3}\s*(?:年|个月))?)?|confidential",
    re.IGNORECASE,
)
_INTERNAL = re.compile(r"内部(?:文件|资料|材料|使用)|注意保存|internal use only", re.IGNORECASE)
#: Signs of a sentence, which speaks of such papers: 内部文件不得外传。
_TEXT = re.compile(r"[,。;]")
_HEAD, _NOTE = 8, 20


def marking(paper: Paper) -> Value | None:
    """The marking the paper bears or its content asks for; `evidence.rule` names the scheme. None: nothing said."""
    for line in paper.first[:_HEAD]:
        found = _printed(line)
        if found is not None:
            return found
    return _personal(paper)


def scheme_of(found: Value) -> Value | None:
    """Whose words a marking is in (`marking_scheme`)."""
    return replace(found, value=found.evidence.rule) if found.evidence and found.evidence.rule else None


def term_of(found: Value) -> Value | None:
    """How long it is to be held so (`marking_term`), where the paper says it behind the star: 10年, 长期."""
    said = _TERM.search(plain(found.evidence.words)) if found.evidence else None
    return replace(found, value="".join(said["term"].split())) if said else None


def _printed(line: Line) -> Value | None:
    state = _STATE.search(line.plain)
    if state:
        return Value(Marking.CONFIDENTIAL, 0.95, line.evidence(STATE_SECRET, line.said(state)))
    if _LEVEL.fullmatch(line.plain):
        return Value(Marking.CONFIDENTIAL, 0.85, line.evidence(SITE))
    if _COMMERCIAL.fullmatch(line.plain):
        return Value(Marking.CONFIDENTIAL, 0.9, line.evidence(COMMERCIAL))
    if _INTERNAL.search(line.plain) and len(line.plain) <= _NOTE and not _TEXT.search(line.plain):
        return Value(Marking.INTERNAL, 0.9, line.evidence(SITE))
    return None


def _personal(paper: Paper) -> Value | None:
    found = next(identity_numbers(paper), None)
    if found is None:
        return None
    place = found.evidence or Evidence()
    return Value(Marking.PERSONAL, 0.92, Evidence(place.words, place.page, place.box, PERSONAL_DATA))
