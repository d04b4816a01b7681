"""Decides how well papers find their place: the labelled set through a room's own stages, compared with the truth.

    MUNIMENT_BENCH_FILING=practice:300:1:tesseract python -m tests.bench.bench filing
    python -m tests.bench.filing --part practice --count 300 --engine spoilt --failures 20

A home is founded with the fonds of the part, its documents are dropped (loose or in folders) and go through receive,
divide, describe, classify and file as a worker does them; the words of a page come from `readings.py`, and `filed.py`
says what is right. Documents of packs that are not loaded are left out. No failures are shown of the evaluation.
"""

from __future__ import annotations

import argparse
import json
import os
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import ClassVar

from config import regulations
from config.founding import found
from config.wiring import Home
from index.domain.rules.policy import Pack
from ingest.reading import PageRead
from tests.bench.filed import Outcome, failures, figures
from tests.bench.readings import Reads, reader
from tests.fakes.config.homes import HandClock, Room
from tests.fakes.index.jobs.memory import MemoryJobs
from tests.fakes.index.text.memory import MemoryTextIndex
from tests.fakes.ingest.cage import FakeCage, pages_of
from tests.fakes.ingest.cage import paper as file_of
from tests.labelled.composing import Document
from tests.labelled.grammar import part
from tests.labelled.making import PARTS, SEEN, labelled


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


def outcomes(name: str, count: int, seed: int, reads: Reads, only_read: bool = False) -> list[Outcome]:
    """The documents of a part (or those read before) in a fresh home, worked through to the end."""
    packs = tuple(pack.id for pack in regulations.load_all())
    made = labelled(seed, count, name, packs)
    documents = {one.name: one for one in made if not only_read or reads.has_read(one)}
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
    """CODE=TITLE:PACKS of the part, for the packs that are loaded."""
    for code, said in part(name).fonds.items():
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


def measured(name: str = "practice", count: int = 300, seed: int = 1, engine: str = "tesseract") -> dict[str, object]:
    """Everything as one line of figures (shares in per cent)."""
    return figures(name, engine, outcomes(name, count, seed, reader(engine)))


def filing() -> dict[str, object]:
    """As the environment asks: MUNIMENT_BENCH_FILING=part:count:seed:engine."""
    asked = os.environ.get("MUNIMENT_BENCH_FILING", "practice:200:1:spoilt").split(":")
    return measured(asked[0], int(asked[1]), int(asked[2]), asked[3])


def main() -> None:
    """Print one JSON line, and of the parts that may be seen what failed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--part", default="practice", choices=PARTS)
    parser.add_argument("--count", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--engine", default="tesseract", help="tesseract, rapidocr, auto, or spoilt")
    parser.add_argument("--only-read", action="store_true", help="leave out what the engine has not read yet")
    parser.add_argument("--failures", type=int, default=0, help="so many failures, of a part that may be seen")
    given = parser.parse_args()
    found = outcomes(given.part, given.count, given.seed, reader(given.engine), given.only_read)
    if given.part in SEEN:
        for line in failures(found, given.failures):
            print(line)
    print(json.dumps({"bench": "filing", **figures(given.part, given.engine, found)}, ensure_ascii=False))


if __name__ == "__main__":
    main()
