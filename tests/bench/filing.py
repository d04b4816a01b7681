"""Decides how well papers find their place: the labelled set through a room's own stages, compared with the truth.

    MUNIMENT_BENCH_FILING=practice:300:1:tesseract python -m tests.bench.bench filing
    python -m tests.bench.filing --half practice --count 300 --engine spoilt --failures 20

A home is founded with the fonds of the half, its documents are dropped (loose or in folders) and go through receive,
divide, describe, classify and file as a worker does them; the words of a page come from `readings.py`. Documents of
packs that are not loaded are left out. Values are compared after NFKC, with brackets, dashes, quotes and dots drawn
together, white space dropped, and traditional characters kept; a subject key and a creator in simplified characters, a
room by its numbers, a number that is only counted (No. 12, 第12号) by its digits. A subject is asked where the pack's
series keeps files of subjects. Filed alone is a share of the papers that belong somewhere, wrongly filed alone (fonds,
pack, series, retention or subject, or a paper that belongs nowhere) one of all. Failures are only shown of the practice
half.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import time
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, ClassVar

from config import regulations
from config.founding import found
from config.wiring import Home
from index.domain.folding import folded
from index.domain.holdings import Item, ItemState
from index.domain.policy import Pack
from ingest.reading import PageRead
from tests.bench.readings import Reads, reader
from tests.fakes.config.homes import HandClock, Room
from tests.fakes.index.jobs.memory import MemoryJobs
from tests.fakes.index.text.memory import MemoryTextIndex
from tests.fakes.ingest.cage import FakeCage, pages_of
from tests.fakes.ingest.cage import paper as file_of
from tests.labelled.composing import Document
from tests.labelled.grammar import half
from tests.labelled.making import labelled

FIELDS = ("title", "date", "document_number", "creator", "subject_key")
BINS = (0.0, 0.5, 0.7, 0.8, 0.9, 0.95, 0.98, 1.0001)
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
    return any(_normal(name, said) == _normal(name, one) for one in true.split("|"))


def _normal(name: str, value: str) -> str:
    """A value as it is compared."""
    if name == "subject_key":
        room = re.fullmatch(r"\D{0,3}(\d+)\D+(\d+)\D+(\d{3,4})\D?", value)
        value = "-".join(room.groups()) if room else folded(value).text
    if name == "creator":
        value = folded(value).text
    if name == "document_number":
        bare = re.fullmatch(r"(?:No\.?|№|第)?\s*(\d+)\s*[号號]?", value)
        value = bare[1] if bare else value
    plain = unicodedata.normalize("NFKC", value).translate(_ALIKE)
    return "".join(char for char in plain if not char.isspace())


# -- the room ----------------------------------------------------------------------------------------------------------


class _Cage(FakeCage):
    """A cage in which every file is a document's name: its pages are read as `reads` says."""

    def __init__(self, reads: Reads, documents: Mapping[str, Document]) -> None:
        super().__init__()
        self.reads, self.documents = reads, documents

    def _read_page(self, path: str, form: str, number: int, *_: object) -> PageRead:
        name = pages_of(path)[number - 1].partition("\n")[0]
        return PageRead(self.reads.page(self.documents[name], number), 1654, 2339, 200, "scan")


class _Timed(Room):
    """A room that counts what describing and classifying take."""

    spent: ClassVar[dict[str, float]] = defaultdict(float)

    def work_on(self, actor: str, target: str = "") -> None:
        before = time.process_time()
        super().work_on(actor, target)
        if actor in ("describe", "classify"):
            self.spent[target] += time.process_time() - before


def outcomes(name: str, count: int, seed: int, reads: Reads) -> list[Outcome]:
    """The documents of a half, dropped into a fresh home and worked through to the end."""
    packs = tuple(pack.id for pack in regulations.load_all())
    documents = {one.name: one for one in labelled(seed, count, name, packs)}
    with TemporaryDirectory() as place:
        room = _Timed(_home(Path(place) / "home", name, packs), _Cage(reads, documents))
        scans = {one.name: _dropped(room, one) for one in documents.values()}
        room.work(10_000_000)
        outcomes = [_outcome(room, one, scans[one.name]) for one in documents.values()]
        room.home.catalogue.close()
    return outcomes


def _home(path: Path, name: str, packs: Sequence[str]) -> Home:
    home = found(path, [], list(_fonds(name, packs)))
    home.__dict__.update(clock=HandClock(), jobs=MemoryJobs(), text=MemoryTextIndex())
    return home


def _fonds(name: str, packs: Sequence[str]) -> Iterator[str]:
    """CODE=TITLE:PACKS of the half, for the packs that are loaded."""
    for code, said in half(name).fonds.items():
        title, _, named = said.partition(":")
        kept = [one for one in named.split(",") if one in packs]
        if kept:
            yield f"{code}={title}:{','.join(kept)}"


def _dropped(room: Room, document: Document) -> str:
    pages = [f"{document.name}\n{number}" for number in range(1, len(document.pages) + 1)]
    return room.drop("/".join((*document.folders, f"{document.name}.pdf")), file_of(*pages))


def _outcome(room: _Timed, document: Document, scan_id: str) -> Outcome:
    with room.home.catalogue.reading() as work:
        item = work.items.get(str(work.scans.get(scan_id).item_id))
        fonds = work.fonds.get(item.fonds_id).code if item.fonds_id else ""
    return Outcome(document, item, fonds, room.spent[item.id], _keeps_subjects(room.home.packs, document))


def _keeps_subjects(packs: Sequence[Pack], document: Document) -> bool:
    named = document.truth.series.split("|")
    return any(
        pack.id == document.truth.pack and one.code in named and one.subject for pack in packs for one in pack.series
    )


# -- the figures -------------------------------------------------------------------------------------------------------


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
        }


def _exactness(outcomes: Sequence[Outcome], name: str) -> float | None:
    """The share of exact values where the paper bears one; a title is asked of every paper."""
    asked = [one for one in outcomes if name == "title" or one.asks(name)]
    return _share(asked, lambda one: one.is_right(name))


def _share(outcomes: Sequence[Outcome], right: Any) -> float | None:
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


def measured(name: str = "practice", count: int = 300, seed: int = 1, engine: str = "tesseract") -> dict[str, object]:
    """Everything as one line of figures (shares in per cent)."""
    return figures(name, engine, outcomes(name, count, seed, reader(engine)))


def figures(name: str, engine: str, found: Sequence[Outcome]) -> dict[str, object]:
    by_pack: dict[str, Tally] = defaultdict(Tally)
    for one in found:
        by_pack[one.document.truth.pack or "nowhere"].outcomes.append(one)
    loose = Tally([one for one in found if not one.document.folders])
    nowhere = [one for one in found if not one.belongs]
    return {
        "half": name,
        "engine": engine,
        **Tally(list(found)).figures(),
        "nowhere_filed": sum(one.filed for one in nowhere),
        "wrong_because": dict(Counter(why for one in found for why in one.wrongs)),
        "cpu_ms": round(1000 * sum(one.cpu for one in found) / max(1, len(found)), 1),
        "loose": loose.figures(),
        "packs": {pack: tally.figures() for pack, tally in sorted(by_pack.items())},
        "reliability": reliability(found),
    }


def filing() -> dict[str, object]:
    """As the environment asks: MUNIMENT_BENCH_FILING=half:count:seed:engine."""
    asked = os.environ.get("MUNIMENT_BENCH_FILING", "practice:200:1:spoilt").split(":")
    return measured(asked[0], int(asked[1]), int(asked[2]), asked[3])


def _failures(found: Sequence[Outcome], count: int) -> Iterator[str]:
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


def main() -> None:
    """Print one JSON line, and of the practice half what failed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--half", default="practice", choices=("practice", "evaluation"))
    parser.add_argument("--count", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--engine", default="tesseract", help="tesseract, rapidocr, auto, or spoilt")
    parser.add_argument("--failures", type=int, default=0, help="so many failures, of the practice half")
    given = parser.parse_args()
    found = outcomes(given.half, given.count, given.seed, reader(given.engine))
    if given.half == "practice":
        for line in _failures(found, given.failures):
            print(line)
    print(json.dumps({"bench": "filing", **figures(given.half, given.engine, found)}, ensure_ascii=False))


if __name__ == "__main__":
    main()
