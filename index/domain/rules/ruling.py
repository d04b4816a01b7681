"""Decides what the answer of a regulation looks like: yes or no, by which clause, and why, in a sentence."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from index.domain.errors import MunimentError, Refused, sentence, without_stop


@dataclass(frozen=True, slots=True)
class Because:
    """One reason: a code of `sentences.py` with the words that fill it, and the clause it stands on."""

    code: str
    clause: str = ""
    details: Mapping[str, str | Because] = field(default_factory=dict)
    """What fills it; a reason within it is told in the same language."""

    def words(self, language: str = "en", called: Mapping[str, Mapping[str, str]] | None = None) -> str:
        """The sentence; short names in it as `called` of the pack has them."""
        details = {name: _spoken(said, language, called or {}) for name, said in self.details.items()}
        return sentence(self.code, language, clause=self.clause, **details)


_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")
_JOINED = re.compile(r" (or|and) ")
_JOINING = {"zh-Hans": {"or": "或", "and": "及"}, "zh-Hant": {"or": "或", "and": "及"}}


def _spoken(said: str | Because, language: str, called: Mapping[str, Mapping[str, str]]) -> str:
    """What is named by the pack's short names and joined as expressions are, in the reader's own words."""
    if isinstance(said, Because):
        return without_stop(said.words(language, called))
    joined = _JOINED.sub(lambda word: _JOINING.get(language, {}).get(word[1], word[0]), said)
    return _NAME.sub(lambda name: called.get(name[0], {}).get(language, name[0]), joined)


def because(code: str, clause: str = "", **details: object) -> Because:
    return Because(code, clause, _kept(details))


def because_of(refused: MunimentError) -> Because:
    """The reason for which something was refused."""
    return Because(refused.code, "", _kept(refused.details))


def _kept(details: Mapping[str, object]) -> dict[str, str | Because]:
    return {name: value if isinstance(value, Because) else str(value) for name, value in details.items()}


@dataclass(frozen=True, slots=True)
class Ruling:
    """Whether a thing may be done, and every reason that speaks against it; `logged` when the asking is noted."""

    allowed: bool
    reasons: tuple[Because, ...] = ()
    logged: bool = False

    def demand(self) -> None:
        """Raise Refused with the first reason where the answer is no."""
        if not self.allowed:
            first = self.reasons[0]
            raise Refused(first.code, clause=first.clause, **first.details)


def ruled(reasons: tuple[Because, ...], logged: bool = False) -> Ruling:
    """Allowed where nothing speaks against it."""
    return Ruling(not reasons, reasons, logged)
