"""Decides how a room's own catalogue enters ours (挂接): every fault told first, then row by row, each on its own.

A row's values are a person's: they beat what was guessed, and a filed item keeps its reference code. What was entered
is remembered, so that a run that was cut short goes on, and more images may come later.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime

from index.custody.correcting import correct
from index.custody.filing import file_item, lacks, place_of
from index.domain.description import Value
from index.domain.errors import Missing, WrongUse
from index.domain.holdings import Fonds, Item, ItemState
from index.domain.identity import DAT13_VOLUME, ReferenceCode, parse
from index.domain.lists.entries import BESIDE, Entry, Fault, entries
from index.domain.lists.importing import Import
from index.domain.lists.linking import Image, link
from index.domain.retention import period
from index.domain.rules.policy import Pack, Series
from index.ports import Work


@dataclass(frozen=True, slots=True)
class Report:
    """What a run would do: every row that was not entered yet, its image if it has one, and what is left over."""

    entries: tuple[Entry, ...] = ()
    images: Mapping[int, Image] = field(default_factory=dict)
    left: tuple[Image, ...] = ()
    entered: int = 0
    with_images: bool = True
    """Whether a row needs its image: a register's does not."""

    @property
    def ready(self) -> list[Entry]:
        linked = self.images if self.with_images else {entry.number for entry in self.entries}
        return [entry for entry in self.entries if entry.sound and entry.number in linked]

    @property
    def faulty(self) -> list[Entry]:
        return [entry for entry in self.entries if entry.faults]


def dry_run(work: Work, one: Import, packs: Sequence[Pack]) -> Report:
    """What would be entered, and every fault of every row; nothing is written.

    A row whose record says all of it already, from an earlier list, counts as entered.
    """
    rows = work.imports.rows(one.id)
    done = {kept.target for kept in rows if kept.target}
    refused = {kept.row.number: kept.refused for kept in rows if kept.refused}
    fonds = work.fonds.get(one.fonds_id)
    images = [image for image in work.imports.images(one.fonds_id) if _within(image, one.folder)]
    read = entries(one.form, [kept.row for kept in rows if not kept.target], one.columns)
    links = link(read, [image for image in images if image.item_id not in done], one.link)
    look = _Look(work, one, fonds, packs, links.images, refused)
    told = [look.told(entry) for entry in links.entries]
    waiting = tuple(entry for entry in told if not look.says_all(entry))
    return Report(waiting, links.images, links.left, len(done) + len(told) - len(waiting))


def enter(
    work: Work, one: Import, entry: Entry, image: Image, actor: str, now: datetime, packs: Sequence[Pack]
) -> Item:
    """Lay a sound row's values into its item, and file it where that is complete; returns the item as it is now.

    Raises what `correct` and `file_item` raise; a row whose item is another by now raises Conflict.
    """
    item = work.items.get(image.item_id)
    told = _with_told_code(work, item, entry, actor)
    changes = _changes(work, told, entry, one, packs)
    corrected = correct(work, told.id, told.version, changes, actor, now, packs)
    filed = _filed_if_complete(work, corrected, actor, now, packs)
    _keep_old_code(work, filed, entry)
    work.imports.mark(one.id, entry.number, item.id)
    work.journal.write(actor, "imported", item.id, list=one.name, row=entry.number, sha256=one.sha256)
    return filed


def _keep_old_code(work: Work, filed: Item, entry: Entry) -> None:
    """A code that the item could not keep (of another class or grammar) still leads to it."""
    code = entry.value("reference_code")
    if code and filed.filed and filed.reference_code != code and not work.codes.taken(code):
        work.codes.remember(filed.id, code)


def _within(image: Image, folder: str) -> bool:
    """Whether the path runs through this folder; a path is `…/folder/below/name`."""
    wanted = folder.strip("/")
    return not wanted or f"/{wanted}/" in f"/{image.path}/"


@dataclass(frozen=True, slots=True)
class _Look:
    """What only the catalogue can tell of a row."""

    work: Work
    one: Import
    fonds: Fonds
    packs: Sequence[Pack]
    images: Mapping[int, Image]
    refused: Mapping[int, Fault]

    def told(self, entry: Entry) -> Entry:
        """The entry with the faults of its place and its code, and why it was not taken when it was tried."""
        before = [self.refused[entry.number]] if entry.number in self.refused else []
        return entry.with_faults(*self._of_place(entry), *self._of_code(entry), *before)

    def says_all(self, entry: Entry) -> bool:
        """Whether an earlier list gave the record everything that this row says."""
        image = self.images.get(entry.number)
        if image is None or not image.entered or not entry.sound:
            return False
        item = self.work.items.get(image.item_id)
        return all(item.value(name) == value for name, value in _said(entry).items())

    def _of_place(self, entry: Entry) -> Iterator[Fault]:
        if entry.value("fonds") and not self.fonds.answers_to(entry.value("fonds")):
            yield Fault("entry-other-fonds", {"fonds": entry.value("fonds")})
        said = entry.value("series") or self.one.series
        if said and place(said, self.fonds, self.packs) is None:
            yield Fault("no-such-series", {"series": said})

    def _of_code(self, entry: Entry) -> Iterator[Fault]:
        """A code that another record has already; the row's own image may have it."""
        code, image = entry.value("reference_code"), self.images.get(entry.number)
        with suppress(Missing):
            if code and image and self.work.items.get(code).id != image.item_id:
                yield Fault("entry-code-taken", {"code": code})


def _said(entry: Entry) -> dict[str, str]:
    """What a row says that has a place in a description."""
    return {name: value for name, value in entry.values.items() if name not in (*BESIDE, "fonds", "series")}


def place(series: str, fonds: Fonds, packs: Sequence[Pack]) -> tuple[Pack, Series] | None:
    """The pack of the fonds, and its series of this code; None where there is none or more than one."""
    found = [(pack, known) for pack in packs if pack.id in fonds.packs for known in pack.series if known.code == series]
    return found[0] if len(found) == 1 else None


def code_parts(code: str, fonds: Fonds) -> ReferenceCode | None:
    """The parts of a reference code in the fonds' grammar, or as a volume's; None when it is written otherwise."""
    for grammar in (fonds.grammar, DAT13_VOLUME):
        with suppress(WrongUse):
            return parse(code, grammar)
    return None


def place_of_code(code: str, fonds: Fonds, packs: Sequence[Pack]) -> tuple[Pack, Series] | None:
    """The series that the parts of a reference code name."""
    parts = code_parts(code, fonds)
    if parts is None:
        return None
    named = "·".join(filter(None, (parts.series, parts.organisation)))
    return place(named, fonds, packs) or place(parts.series, fonds, packs)


def _with_told_code(work: Work, item: Item, entry: Entry, actor: str) -> Item:
    """The code of the catalogue is what the item is told to have; filing keeps it where it is free and of the class."""
    code = entry.value("reference_code")
    if not code or item.value("reference_code") == code:
        return item
    said = {**item.description, "reference_code": Value(code, 1.0, None, actor)}
    return work.items.save(replace(item, description=said))


def _changes(work: Work, item: Item, entry: Entry, one: Import, packs: Sequence[Pack]) -> dict[str, str]:
    """What the row says, and what its place says where the row does not; a code says how long it is kept as well."""
    fonds, code = work.fonds.get(one.fonds_id), entry.value("reference_code")
    series = entry.value("series") or one.series
    placed = place(series, fonds, packs) if series else place_of_code(code, fonds, packs)
    parts = code_parts(code, fonds)
    kept = {"retention": str(period(parts.retention))} if parts and parts.retention else {}
    return {**_placed(item, placed), **kept, **_said(entry), "fonds": fonds.code}


def _placed(item: Item, placed: tuple[Pack, Series] | None) -> dict[str, str]:
    """Pack and series, and what the series decides where nobody has said otherwise."""
    if placed is None:
        return {}
    pack, series = placed
    rest = {"retention": str(pack.retention(series)), "marking": str(series.marking)}
    known = item.value("series") == series.code
    unsaid = {name: value for name, value in rest.items() if not (known and item.value(name))}
    return {"pack": pack.id, "series": series.code, **unsaid}


def _filed_if_complete(work: Work, item: Item, actor: str, now: datetime, packs: Sequence[Pack]) -> Item:
    """A row names the series and a person stands for it: what is complete is filed, the rest stays in review."""
    series_said = item.description.get("series")
    if item.state is not ItemState.REVIEW or series_said is None or not series_said.given:
        return item
    with suppress(Missing):
        pack, series = place_of(item, packs)
        if not lacks(item, pack, series):
            return file_item(work, item.id, actor, now, packs)
    return item
