"""Decides what is right of a filed paper: its values beside the truth, its figures by pack and by confidence.

Values are compared after NFKC, with brackets, dashes, quotes and dots drawn together, white space dropped, and
traditional characters kept; a subject key and a creator in simplified characters, a room by its numbers, a number that
is only counted (No. 12, 第12号) by its digits. A subject is asked where the pack's series keeps files of subjects.
Filed alone is a share of the papers that belong somewhere, wrongly filed alone (fonds, pack, series, retention or
subject, or a paper that belongs nowhere) one of all. `title_folded` does not heed the script.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from index.domain.agents import each_creator
from index.domain.folding import folded
from index.domain.holdings import Item, ItemState
from tests.labelled.composing import Document

FIELDS = ("title", "date", "document_number", "creator", "subject_key")
#: What issue 5 aims at, in per cent, of papers that an engine has read.
AT_LEAST = {"filed_alone": 85, "series": 97, "retention_of_filed": 100, "title": 95, "date": 98, "document_number": 98}
MOST_WRONGLY_FILED = 1
BINS = (0.0, 0.5, 0.7, 0.8, 0.83, 0.85, 0.87, 0.9, 0.95, 0.98, 1.0001)
_ALIKE = str.maketrans(
    {
        **dict.fromkeys("〔[【〖{(", "("),
        **dict.fromkeys("〕]】〗})", ")"),
        **dict.fromkeys("—–─−-―", "-"),
        **dict.fromkeys("“”″「」『』〝〞", '"'),
        **dict.fromkeys("‘’′", "'"),
        **dict.fromkeys("・•∙‧", "·"),
        **dict.fromkeys("《〈«‹", "<"),
        **dict.fromkeys("》〉»›", ">"),
    }
)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a document: its item, its fonds' code, and the CPU seconds of describing and classifying."""

    document: Document
    item: Item
    fonds: str
    cpu: float
    keeps_subjects: bool
    """Whether its true series keeps a file of each subject."""

    @property
    def filed(self) -> bool:
        return self.item.state is ItemState.FILED

    def said(self, name: str) -> str:
        return self.fonds if name == "fonds" else self.item.value(name)

    def is_right(self, name: str) -> bool:
        """Whether a field says what the truth says; nothing where the paper says nothing."""
        return agree(name, self.said(name), getattr(self.document.truth, name))

    def asks(self, name: str) -> bool:
        """Whether there is a true value: on the paper, in the regulations, or of a subject that has a file."""
        said = getattr(self.document.truth, name)
        return bool(said) and (name != "subject_key" or self.keeps_subjects)

    @property
    def titled(self) -> bool:
        """Whether the title is right in whatever script, as an engine may take one for the other."""
        said, true = self.said("title"), self.document.truth.title
        return self.is_right("title") or (bool(true) and folded(said).text == folded(true).text)

    @property
    def belongs(self) -> bool:
        return bool(self.document.truth.series)

    @property
    def wrongs(self) -> list[str]:
        """Why its filing is wrong: the names of what it was filed under and should not have been."""
        if not self.filed:
            return []
        if not self.belongs:
            return ["nowhere"]
        asked = ["fonds", "pack", "series", *filter(self.asks, ("retention", "subject_key"))]
        return [name for name in asked if not self.is_right(name)]


def agree(name: str, said: str, true: str) -> bool:
    """Whether a field's value is one of the true ones (parted by `|`), compared as above."""
    if name == "title" and not true:
        return said.startswith("[") or not said
    right = {_normal(name, one) for one in true.split("|")}
    return _normal(name, said) in right or (name == "creator" and _all_named(said, true))


def _all_named(said: str, true: str) -> bool:
    """Whether every creator that is said is one of the true ones: of two parties either may stand, or both."""
    names = {_normal("creator", one) for one in re.split("[|；;]", true)}
    return bool(said) and all(_normal("creator", one) in names for one in each_creator(said))


def _normal(name: str, value: str) -> str:
    """A value as it is compared."""
    if name == "subject_key":
        room = re.fullmatch(r"\D{0,3}(\d+)\D+(?:(\d+)\D+)?(\d{3,4})\D?", value)
        value = "-".join(filter(None, room.groups())) if room else folded(value).text
    if name == "creator":
        value = folded(value).text
    if name == "document_number":
        bare = re.fullmatch(r"(?:No\.?|№|第)?\s*(\d+)\s*[号號]?", value)
        value = bare[1] if bare else value
    plain = unicodedata.normalize("NFKC", value).translate(_ALIKE)
    return "".join(char for char in plain if not char.isspace())


@dataclass
class Tally:
    """What was counted of one pack, or of all."""

    outcomes: list[Outcome] = field(default_factory=list)

    def figures(self) -> dict[str, object]:
        belonging = [one for one in self.outcomes if one.belongs]
        filed = [one for one in self.outcomes if one.filed]
        wrong = [one for one in filed if one.wrongs]
        kept = [one for one in filed if one.document.truth.retention and one.belongs]
        return {
            "documents": len(self.outcomes),
            "fonds": _share(belonging, lambda one: one.is_right("fonds")),
            "pack": _share(belonging, lambda one: one.is_right("pack")),
            "series": _share(belonging, lambda one: one.is_right("pack") and one.is_right("series")),
            "filed_alone": _share(belonging, lambda one: one.filed),
            "wrongly_filed_alone": round(100 * len(wrong) / max(1, len(self.outcomes)), 2),
            "retention_of_filed": _share(kept, lambda one: one.is_right("retention")),
            **{name: _exactness(belonging, name) for name in FIELDS},
            "title_folded": _share(belonging, lambda one: one.titled),
        }


def _exactness(outcomes: Sequence[Outcome], name: str) -> float | None:
    """The share of exact values where the paper bears one; a title is asked of every paper."""
    asked = [one for one in outcomes if name == "title" or one.asks(name)]
    return _share(asked, lambda one: one.is_right(name))


def _share(outcomes: Sequence[Outcome], right: Callable[[Outcome], bool]) -> float | None:
    return round(100 * sum(map(right, outcomes)) / len(outcomes), 2) if outcomes else None


def reliability(outcomes: Sequence[Outcome]) -> list[dict[str, object]]:
    """By the confidence an item was given: how many, and the share whose pack and series are right."""
    points: list[dict[str, object]] = []
    for low, high in pairwise(BINS):
        inside = [one for one in outcomes if low <= one.item.confidence < high]
        if inside:
            said = sum(one.item.confidence for one in inside) / len(inside)
            right = _share(inside, lambda one: one.belongs and one.is_right("pack") and one.is_right("series"))
            points.append({"said": round(said, 3), "right": right, "documents": len(inside)})
    return points


def key_reliability(outcomes: Sequence[Outcome]) -> list[dict[str, object]]:
    """By the confidence a subject's key was given, where there is a true one: how many, and the share that is right."""
    points: list[dict[str, object]] = []
    asked = [one for one in outcomes if one.belongs and one.asks("subject_key") and one.said("subject_key")]
    for low, high in pairwise(BINS):
        inside = [one for one in asked if low <= one.item.description["subject_key"].confidence < high]
        if inside:
            right = _share(inside, lambda one: one.is_right("subject_key"))
            points.append({"from": low, "right": right, "documents": len(inside)})
    return points


def figures(name: str, engine: str, found: Sequence[Outcome]) -> dict[str, object]:
    """The figures of all, of papers that came loose, of each pack, each age and each script, and of confidence."""
    said = Tally(list(found)).figures()
    loose = Tally([one for one in found if not one.document.folders])
    nowhere = [one for one in found if not one.belongs]
    return {
        "part": name,
        "engine": engine,
        **said,
        **({} if engine == "spoilt" else _against_aims(said)),
        "nowhere_filed": sum(one.filed for one in nowhere),
        "wrong_because": dict(Counter(why for one in found for why in one.wrongs)),
        "cpu_ms": round(1000 * sum(one.cpu for one in found) / max(1, len(found)), 1),
        "loose": loose.figures(),
        "packs": _parted(found, lambda one: one.document.truth.pack or "nowhere"),
        "ages": _parted(found, lambda one: one.document.age),
        "scripts": _parted(found, lambda one: one.document.script),
        "reliability": reliability(found),
        "key_reliability": key_reliability(found),
    }


def _parted(found: Sequence[Outcome], part: Callable[[Outcome], str]) -> dict[str, dict[str, object]]:
    parts: dict[str, Tally] = defaultdict(Tally)
    for one in found:
        parts[part(one)].outcomes.append(one)
    return {name: tally.figures() for name, tally in sorted(parts.items())}


def _against_aims(said: Mapping[str, object]) -> dict[str, object]:
    """The aims and whether all are met; a figure of nothing meets its aim."""
    least = {name: said[name] for name in AT_LEAST if said[name] is not None}
    met = all(float(str(ours)) >= AT_LEAST[name] for name, ours in least.items())
    few = float(str(said["wrongly_filed_alone"])) <= MOST_WRONGLY_FILED
    must = {name: f">= {aim}" for name, aim in AT_LEAST.items()} | {"wrongly_filed_alone": f"<= {MOST_WRONGLY_FILED}"}
    return {"must": must, "ok": met and few}


def failures(found: Sequence[Outcome], count: int) -> Iterator[str]:
    """What went wrong, for developers: the fields that differ, as said and as true."""
    checked = ("fonds", "pack", "series", "retention", *FIELDS)
    for one in found:
        asked = [name for name in checked if name == "title" or one.asks(name)]
        wrong = [name for name in asked if not one.is_right(name)]
        if count > 0 and (one.wrongs or (one.belongs and (wrong or not one.filed))):
            count -= 1
            told = "; ".join(f"{name}: {one.said(name)!r} is {getattr(one.document.truth, name)!r}" for name in wrong)
            state = "WRONGLY FILED" if one.wrongs else "filed" if one.filed else f"review ({one.item.confidence})"
            yield f"{one.document.name} [{one.document.age}, {one.document.script}] {state} {told}"
