"""Decides which of the home's fonds a document belongs to where no folder says: by whose paper it is (来源原则).

A fonds is told by its title as creator, in the title, as addressee or in the text, by its code, by the regulations it
follows, and by what the rest of the batch belongs to. Reasons add up; a second fonds close behind casts doubt.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import prod

from index.domain.description import Evidence
from index.domain.folding import folded
from index.domain.holdings import Fonds
from index.domain.placing.opinions import Candidate, DocumentWords, Why
from index.domain.placing.terms import Sought, Terms

LEAST = 0.72
"""From here on a fonds needs no person to confirm it."""
_CREATOR, _TITLE, _ADDRESSEE, _FOLDER, _CODE = 0.92, 0.88, 0.85, 0.9, 0.85
_TEXT, _NEAR, _ONLY = 0.62, 0.75, 0.9
_PACK, _BATCH = 0.9, 0.72
_FOREIGN = 0.6
_UNNAMED = frozenset(("fonds-pack", "fonds-words", "fonds-batch"))
_PLAINLY = frozenset(("fonds-creator", "fonds-title", "folder", "fonds-code"))
_NAMED = frozenset(("fonds-addressee", "fonds-text", "fonds-near"))
_BESIDE_PLAIN, _BESIDE_NAMED = 0.6, 0.85
_BODIES = ("公司", "集团", "厂", "学校", "中学", "小学", "医院", "中心", "银行", "酒店", "大厦", "协会", "研究所", "院")
_WORDS, _FEW = 0.5, 5
_FEWEST_BESIDE = 2
_SAFE_GAP = 0.3
_CEILING = 0.99
_SHORTEST = 4
_HEAD = 200


@dataclass(frozen=True, slots=True)
class Provenance:
    """The fonds with how sure it is and why, the strongest reason first; no fonds where nothing speaks for any."""

    fonds: Fonds | None = None
    confidence: float = 0.0
    why: tuple[Why, ...] = ()

    @property
    def sure(self) -> bool:
        return self.confidence >= LEAST


def provenance(
    fondses: Sequence[Fonds],
    document: DocumentWords,
    candidates: Sequence[Candidate] = (),
    beside: Mapping[str, int] | None = None,
) -> Provenance:
    """Whose paper `document` is, among `fondses`; `beside` counts the fonds (by id) of the rest of its batch."""
    asked = _Asked(fondses, document, candidates, beside or {})
    found = {fonds.id: tuple(asked.reasons(fonds)) for fonds in fondses}
    ranked = sorted(fondses, key=lambda fonds: -_sure(found[fonds.id]))
    if not ranked or not found[ranked[0].id]:
        return Provenance()
    best = found[ranked[0].id]
    seconds = (_sure(found[one.id]) * _rivalry(best, found[one.id]) for one in ranked[1:])
    second = max(seconds, default=0.0)
    doubt = max(0.0, _SAFE_GAP - (_sure(best) - second)) if second else 0.0
    return Provenance(ranked[0], round(_sure(best) - doubt, 3), tuple(sorted(best, key=lambda why: -why.confidence)))


def _rivalry(best: Sequence[Why], other: Sequence[Why]) -> float:
    """How much of another fonds' reasons casts doubt: of one that only its regulation speaks for, little beside one
    that the paper names, the less the plainer it does."""
    if any(why.rule not in _UNNAMED for why in other):
        return 1.0
    rules = {why.rule for why in best}
    return _BESIDE_PLAIN if rules & _PLAINLY else _BESIDE_NAMED if rules & _NAMED else 1.0


def _sure(reasons: Iterable[Why]) -> float:
    return min(1 - prod(1 - why.confidence for why in reasons), _CEILING)


@dataclass(frozen=True)
class _Asked:
    """All that is known when a fonds is asked for; `reasons` are what speaks for one of them."""

    fondses: Sequence[Fonds]
    document: DocumentWords
    candidates: Sequence[Candidate]
    beside: Mapping[str, int]

    @cached_property
    def names(self) -> Mapping[str, str]:
        return {fonds.id: folded(fonds.title).text for fonds in self.fondses}

    def reasons(self, fonds: Fonds) -> Iterator[Why]:
        if len(self.fondses) == 1:
            yield _why(fonds, _ONLY, fonds.code, "only-fonds")
        if len(self.names[fonds.id]) >= _SHORTEST:
            yield from self._by_name(fonds)
        yield from self._by_code(fonds)
        yield from self._by_pack(fonds)
        yield from self._by_words(fonds)
        yield from self._by_batch(fonds)

    def _by_name(self, fonds: Fonds) -> Iterator[Why]:
        """Where its title stands: the plainest place speaks, and only without any what is nearly its title."""
        name, document = self.names[fonds.id], self.document
        places = (
            (document.creator, name, _CREATOR, "fonds-creator"),
            (document.title, name, _TITLE, "fonds-title"),
            (document.text, f"{name}:", _ADDRESSEE, "fonds-addressee"),
            ("\n".join(document.hints), name, _FOLDER, "folder"),
            (document.text, name, _TEXT, "fonds-text"),
        )
        longer = [other for other in self.names.values() if name in other and other != name]
        found = [(says, rule) for said, words, says, rule in places if words in _struck(said, longer)]
        if found:
            yield _why(fonds, found[0][0], fonds.title, found[0][1])
        else:
            yield from self._by_misread_name(fonds)

    def _by_misread_name(self, fonds: Fonds) -> Iterator[Why]:
        """One character wrong; not where the very name of another fonds stands."""
        name, document = self.names[fonds.id], self.document
        looked = "\n".join((document.creator, document.title, document.text[:_HEAD]))
        others = [other for other in self.names.values() if other != name]
        near = Terms((name,)).nearly_in(Sought(_struck(looked, others))).get(name)
        if near:
            yield _why(fonds, _NEAR, near.words, "fonds-near")

    def _by_code(self, fonds: Fonds) -> Iterator[Why]:
        """A reference code that begins with the fonds number, or a folder called by it."""
        code, hints = folded(fonds.code).text, self.document.hints
        if f"{code}-" in self.document.text or any(hint == code or hint.startswith(f"{code}-") for hint in hints):
            yield _why(fonds, _CODE, fonds.code, "fonds-code")

    def _by_pack(self, fonds: Fonds) -> Iterator[Why]:
        """The regulation that decides of its place, the more so the fewer fonds follow it."""
        best = next((one for one in self.candidates if one.pack.id in fonds.packs), None)
        if best:
            following = sum(best.pack.id in one.packs for one in self.fondses)
            says = _PACK * best.confidence / following * (_FOREIGN if self._is_foreign(fonds) else 1.0)
            yield _why(fonds, says, best.pack.id, "fonds-pack")

    def _is_foreign(self, fonds: Fonds) -> bool:
        """Whether a body made it that is neither ours nor set above us: another firm's notice is not our paper."""
        creator = self.document.creator
        if not creator.endswith(_BODIES) or any(name in creator or creator in name for name in self.names.values()):
            return False
        packs = {one.pack.id: one.pack for one in self.candidates if one.pack.id in fonds.packs}
        return not any(word in creator for pack in packs.values() for word in pack.superiors)

    def _by_words(self, fonds: Fonds) -> Iterator[Why]:
        """Words that bodies of its kind call themselves by (学校, 物业), where they stand in the paper."""
        packs = {one.pack.id: one.pack for one in self.candidates if one.pack.id in fonds.packs}
        said = "\n".join((self.document.title, self.document.creator, self.document.text))
        found = [word for pack in packs.values() for word in pack.own_words if word in said]
        if found and not self._is_foreign(fonds):
            yield _why(fonds, _WORDS, "|".join(found[:_FEW]), "fonds-words")

    def _by_batch(self, fonds: Fonds) -> Iterator[Why]:
        count, all_of = self.beside.get(fonds.id, 0), sum(self.beside.values())
        if count >= _FEWEST_BESIDE:
            yield _why(fonds, _BATCH * count / all_of, f"{count}/{all_of}", "fonds-batch")


def _struck(text: str, names: Iterable[str]) -> str:
    """The text without these names: a bureau's name within its kindergarten's is not the bureau."""
    for name in sorted(filter(None, names), key=len, reverse=True):
        text = text.replace(name, "\n")
    return text


def _why(fonds: Fonds, says: float, words: str, rule: str) -> Why:
    return Why("fonds", fonds.code, says, Evidence(words=words, rule=rule))
