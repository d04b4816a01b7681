"""Decides where an item belongs by all that the room knows: its paper, its folders, its batch, earlier filings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from config.wiring import Home
from index.domain.description import Evidence, Value, given_beats_guessed
from index.domain.holdings import Fonds, Item
from index.domain.placing.examples import Likeness, liked
from index.domain.placing.lessons import learned_opinions
from index.domain.placing.near_files import beside_open_files
from index.domain.placing.opinions import DocumentWords, Opinion
from index.domain.placing.placement import Placement
from index.domain.placing.provenance import Provenance
from index.domain.reading import PageReading
from index.domain.rules.particulars import Stated, asked_for
from index.domain.rules.policy import Pack
from index.ports import Work
from ingest.finders.fields import Labels, fields
from ingest.finders.paper import Paper
from ingest.learned import learned
from ingest.stages.classify import propose, propose_among, told_place

_DOUBTED = 0.49
"""What an item is given at most that cannot be filed without a person; of it, as much as its place is sure."""


ROWS = "several-rows"
"""Why a period is doubted: the schedule has more than one row that the paper could fall under."""

#: The fields that a place decides.
PLACED = ("pack", "series", "retention", "marking", "doc_type", "subject_key")


@dataclass(frozen=True)
class Case:
    """An item with everything that its place is decided by; `beside` counts the fonds of the rest of its batch."""

    item: Item
    readings: Sequence[PageReading]
    hints: Sequence[str]
    fondses: Sequence[Fonds]
    pack: str | None
    beside: Mapping[str, int]

    @cached_property
    def paper(self) -> Paper:
        return Paper.of(self.readings)

    @property
    def fonds(self) -> Fonds | None:
        """The fonds that a folder or a person gave; one that was chosen by the machine is chosen anew."""
        chosen = self.item.description.get("fonds")
        given = chosen is None or chosen.given
        return next((one for one in self.fondses if one.id == self.item.fonds_id), None) if given else None


def case_of(work: Work, item_id: str) -> Case:
    item, scans = work.items.get(item_id), work.scans.of_item(item_id)
    beside = work.fonds.beside(scans[0].batch_id or "") if scans else {}
    pack = scans[0].pack if scans else None
    return Case(item, readings_of(work, item), hints_of(work, item), work.fonds.all(), pack, beside)


def place(home: Home, case: Case) -> tuple[Placement, Provenance]:
    """Where it belongs, and to which fonds: one that somebody gave, else chosen by what the paper says."""
    item, fonds = case.item, case.fonds
    packs, told = told_place(packs_of(home, fonds, case.pack), item.description)

    def heard(among: Sequence[Pack], words: DocumentWords) -> tuple[Sequence[Opinion], Likeness]:
        """What people told, what earlier filings say, and which of these packs' examples it is like."""
        taught = learned_opinions(learned(home), among, words)
        return [*told, *taught], Likeness() if told else liked(home.exemplars, among, words)

    if fonds:
        found = propose(case.paper, item.description, packs, case.hints, fonds.title, heard)
        return _beside_open_files(home, case, found, fonds), Provenance(fonds, 1.0)
    found, whose = propose_among(case.paper, item.description, case.fondses, packs, case.hints, case.beside, heard)
    return _beside_open_files(home, case, found, whose.fonds), whose


def _beside_open_files(home: Home, case: Case, found: Placement, fonds: Fonds | None) -> Placement:
    """A key that nobody gave is held against the files that this fonds has open."""
    told = case.item.description.get("subject_key")
    if fonds is None or not found.subject or (told and told.given):
        return found
    with home.catalogue.reading() as work:
        called = work.files.called(fonds.id, found.subject, found.subject_key)
        return beside_open_files(found, work.files.keys(fonds.id, found.subject), called)


def packs_of(home: Home, fonds: Fonds | None, given: str | None) -> list[Pack]:
    """The packs an item may belong to: the one that was given, else those of its fonds, else all."""
    allowed = [given] if given else fonds.packs if fonds else list(home.packs_by_id)
    return [home.packs_by_id[name] for name in allowed if name in home.packs_by_id]


def placed(item: Item, placement: Placement, found: Provenance) -> dict[str, object]:
    """What changes in an item by this proposal; what a person gave stays."""
    values = {
        name: _because(placement, name, value) for name in PLACED if (value := str(getattr(placement, name) or ""))
    }
    fonds = found.fonds
    if fonds and found.why:
        values["fonds"] = Value(fonds.code, found.confidence, found.why[0].evidence)
    return {
        "description": given_beats_guessed(item.description, values),
        "fonds_id": fonds.id if fonds else None,
        "pack_version": placement.pack_version,
        "pack_digest": placement.pack_digest,
        "confidence": _told(placement, fonds is not None),
    }


def _told(placement: Placement, known: bool) -> float:
    """How sure the item is: the least sure come first in review, also among those that nobody may file alone."""
    return placement.confidence if known and not placement.doubtful else round(placement.confidence * _DOUBTED, 3)


def _because(placement: Placement, name: str, value: str) -> Value:
    """The value with what speaks loudest for it; a field that is doubted is never surer than the placement.

    A rule may be sure of a series against which something else speaks; a period that is doubted has no words to show.
    """
    why = next((why for why in placement.why if why.field == name and why.value == value), None)
    doubted = name in placement.doubtful
    if why:
        return Value(value, min(why.confidence, placement.confidence) if doubted else why.confidence, why.evidence)
    if doubted and name == "retention":
        return Value(value, min(placement.confidence, _DOUBTED), Evidence(rule=ROWS))
    return Value(value, placement.confidence, Evidence())


def stated(home: Home, case: Case, fonds: Fonds | None) -> list[Stated]:
    """What the paper says in the fields of every regulation that it may belong to; which it is, a person may change."""
    asking = [(pack, labels) for pack in packs_of(home, fonds, case.pack) if (labels := _labels(pack))]
    return [
        Stated(case.item.id, pack.id, number, one.value, one.confidence, one.evidence.words, one.evidence.page or 1)
        for pack, labels in asking
        for number, one in fields(case.paper, labels).items()
        if one.evidence
    ]


def _labels(pack: Pack) -> Labels:
    return tuple((slot.number, slot.labels) for slot in asked_for(pack))


def readings_of(work: Work, item: Item) -> list[PageReading]:
    found = (work.pages.reading(page.id) for page in work.pages.of_item(item.id))
    return [reading for reading in found if reading]


def hints_of(work: Work, item: Item) -> tuple[str, ...]:
    scans = work.scans.of_item(item.id)
    return scans[0].hints if scans else ()
