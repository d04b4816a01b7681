"""Decides what binds records into a set (成套): attachment, reply, translation, forwarding (SCH-08, OV-18).

A paper cites the other by its document number or its title; which item that is may only be known when it comes in.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from index.domain.folding import folded


class Bond(StrEnum):
    """What an item is to the one it cites."""

    ATTACHMENT = "attachment"
    ENCLOSING = "enclosing"
    REPLY = "reply"
    FORWARDING = "forwarding"
    TRANSLATION = "translation"


@dataclass(frozen=True, slots=True)
class Citation:
    """Another document as a paper names it: by number, title or both; empty for the one scanned just before."""

    bond: Bond
    number: str = ""
    title: str = ""
    confidence: float = 0.0
    words: str = ""
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Relation:
    """A citation of an item; `other_id` is the item cited, once known. `given_by` names who said it or denied it."""

    id: str
    item_id: str
    bond: Bond
    number: str
    title: str
    confidence: float
    words: str
    at: datetime
    page: int | None = None
    other_id: str | None = None
    given_by: str | None = None
    denied: bool = False


def number_key(number: str) -> str:
    """A document number as it is compared: 校发〔2024〕15号, 校发[2024]第15号 and 校發(2024)15號 are one."""
    return re.sub(r"[\s第]", "", folded(number).text)


def title_key(title: str) -> str:
    """A title as it is compared: from 关于 or 转发 on, as papers are cited without the name of who made them."""
    said = re.sub(r"[<>\s]", "", folded(title).text)
    about = re.search(r"关于|转发|印发|批转", said)
    return said[about.start() :] if about else said


def is_denied(citation: Citation, relations: Sequence[Relation]) -> bool:
    """Whether a person said that this is none."""
    return any(one.denied and (one.bond, one.number, one.title) == _named(citation) for one in relations)


def _named(citation: Citation) -> tuple[Bond, str, str]:
    return citation.bond, number_key(citation.number), title_key(citation.title)
