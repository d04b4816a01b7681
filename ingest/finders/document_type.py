"""Decides what kind of document (文种) a title names."""

from __future__ import annotations

import re

from index.domain.folding import folded
from index.domain.placing.document_types import TYPES

_LATIN_TYPES = (
    *("notice", "report", "minutes", "agreement", "contract", "plan", "letter", "memorandum", "memo", "certificate"),
    *(
        "application",
        "form",
        "summary",
        "policy",
        "invoice",
        "receipt",
        "agenda",
        "list",
        "schedule",
        "resume",
        "circular",
    ),
)
_BY_LENGTH = tuple(sorted(set(TYPES), key=len, reverse=True))
_TAIL = re.compile(r"(?:\(.{1,16}\)|[<>\"'.…]|复印件|副本|[一二三四五六七八九十0-9]{1,3})+$")


def document_type(title: str) -> str:
    """The kind `title` ends with (a bracketed remark aside), in simplified characters; empty when it names none."""
    said = _TAIL.sub("", folded(title).text)
    found = next((kind for kind in _BY_LENGTH if said.endswith(kind)), "")
    if found or not said.isascii():
        return found
    return next((word for word in reversed(re.findall(r"[a-z]+", said)) if word in _LATIN_TYPES), "")
