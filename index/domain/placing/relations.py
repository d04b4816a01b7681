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

    @property
    def tie(self) -> tuple[Bond, str, str] | None:
        """What is what to which, from whichever side it is said: enclosing is being attached, turned round."""
        if self.other_id is None:
            return None
        if self.bond is Bond.ENCLOSING:
            return (Bond.ATTACHMENT, self.other_id, self.item_id)
        return (self.bond, self.item_id, self.other_id)

    @property
    def turned(self) -> tuple[Bond, str, str] | None:
        """The same the other way round, which cannot hold as well."""
        tie = self.tie
        return (tie[0], tie[2], tie[1]) if tie else None

    def cites_as(self, other: Relation) -> bool:
        """Whether both are the same words of the same paper."""
        said = (self.item_id, self.bond, self.number, self.title)
        return said == (other.item_id, other.bond, other.number, other.title)

    @property
    def unnamed(self) -> bool:
        """It says that there is another, not which: the one scanned before was taken for it."""
        return not self.number and not self.title


def number_key(number: str) -> str:
    """A document number as it is compared: 校发〔2024〕15号, 校发[2024]第15号 and 校發(2024)15號 are one."""
    return re.sub(r"[\s第]", "", folded(number).text)


def title_key(title: str) -> str:
    """A title as it is compared: from 关于 or 转发 on, as papers are cited without the name of who made them."""
    said = re.sub(r"[<>\s]", "", folded(title).text)
    about = re.search(r"关于|转发|印发|批转", said)
    return said[about.start() :] if about else said


def is_settled(found: Relation, said: Sequence[Relation]) -> bool:
    """Whether a person has spoken of what was found, for or against, so that nothing is to be found any more."""
    return any(_settles(one, found) for one in said if one.given_by)


def _settles(said: Relation, found: Relation) -> bool:
    if said.cites_as(found) or (found.tie and said.tie == found.tie):
        return True
    if said.denied:
        return False
    guessed = found.unnamed and (said.item_id, said.bond) == (found.item_id, found.bond)
    return guessed or bool(found.tie and said.turned == found.tie)
