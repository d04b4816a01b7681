"""Decides which text of a document a paper is (稿本): original, copy, draft; only where the paper itself says so.

The kinds are those of DA/T 18 (草稿, 正本, 副本, 原件, 试行本, 修订本, 复印件 ...). A stamp is read as a line.
"""

from __future__ import annotations

import re

from index.domain.description import Value
from ingest.finders.paper import Line, Paper

#: What a paper bears -> what it is called; the more telling first.
_BORNE: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"(?:与|和|同)原[件本]?(?:核对)?(?:一致|相符|无异)"), "复印件"),
    (re.compile(r"^[(\[【〈《]?复印件[)\]】〉》]?$"), "复印件"),
    (re.compile(r"^[(\[【]?(?:征求意见稿|送审稿|讨论稿|草案|初稿|草稿)[)\]】]?$"), "草稿"),
    (re.compile(r"[(\[【](?:征求意见稿|送审稿|讨论稿|草案|初稿|草稿)[)\]】]$"), "草稿"),
    (re.compile(r"^[(\[【]?(?P<kind>正本|副本|抄件|原件|试行本|修订本)[)\]】]?$"), ""),
    (re.compile(r"^(?:true\s+copy|certified\s+copy|copy)$", re.IGNORECASE), "复印件"),
    (re.compile(r"^(?:original)$", re.IGNORECASE), "原件"),
    (re.compile(r"^(?:draft)$", re.IGNORECASE), "草稿"),
)


def version_kind(paper: Paper) -> Value | None:
    """The text that the paper says it is; None where it says nothing."""
    for pattern, kind in _BORNE:
        for line in paper.lines:
            said = pattern.search(line.plain)
            if said:
                return _told(line, kind or said["kind"])
    return None


def _told(line: Line, kind: str) -> Value:
    return Value(kind, 0.9 * line.confidence, line.evidence("version"))
