"""Decides how corrections are kept beside the machine's readings, and that they follow when a page is read again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, replace
from typing import Any

from sqlalchemy import Connection, Row, delete, func, insert, select, update

from index.catalogue import rows, tables
from index.catalogue.placed import pack_words
from index.domain.following import followed
from index.domain.holdings import ItemState, PageRole
from index.domain.proof.alignment import Swap, distance, normalised, swaps
from index.domain.proof.laid_over import laid_over
from index.domain.proof.proofing import FOR_A_PERSON, IN_FORCE, UNDECIDED, Correction, Standing, in_force
from index.domain.proof.text_quality import Proof
from index.domain.reading import Box, PageReading

_correction = tables.correction.c
_item = tables.item.c
_page = tables.page.c
_proof = tables.proof.c
_reading = tables.reading.c

#: So many of the newest corrections teach which characters this room's paper confuses.
TEACHING = 5_000


class ProofBook:
    def __init__(self, connection: Connection) -> None:
        self._sql = connection

    def machine(self, page_id: str) -> PageReading | None:
        query = (
            select(tables.reading, _page.script, _page.turned, _page.confidence, _page.blank)
            .join(tables.page, _page.id == _reading.page_id)
            .where(_reading.page_id == page_id)
        )
        row = self._sql.execute(query).first()
        return rows.reading(row) if row else None

    def reading(self, page_id: str) -> PageReading | None:
        """What everybody reads: the machine's, with the corrections in force laid over it."""
        machine = self.machine(page_id)
        return laid_over(machine, self._of(page_id, IN_FORCE)) if machine else None

    def of(self, page_id: str) -> Sequence[Correction]:
        return self._of(page_id, Standing)

    def keep(self, corrections: Iterable[Correction]) -> None:
        given = [*corrections]
        for one in given:
            known = update(tables.correction).where(_correction.id == one.id).values(_row(one))
            if self._sql.execute(known).rowcount == 0:
                taught = [list(asdict(swap).values()) for swap in swaps(one.read, one.after)]
                self._sql.execute(insert(tables.correction).values(**_row(one), swaps=taught))

        for page_id in {one.page_id for one in given}:
            self.copy_fair(page_id)

    def copy_fair(self, page_id: str) -> None:
        """Lay out again what hits show of the page, where that differs from what the machine read."""
        self._sql.execute(delete(tables.fair_copy).where(tables.fair_copy.c.page_id == page_id))
        machine, read = self.machine(page_id), self.reading(page_id)
        if machine and read and read.text != machine.text:
            copied = {"page_id": page_id, "text": read.text, "words": pack_words(read.words)}
            self._sql.execute(insert(tables.fair_copy).values(copied))

    def changed(self, page_id: str, doubtful: int) -> None:
        raised = {"version": _page.version + 1, "doubtful": doubtful}
        self._sql.execute(update(tables.page).where(_page.id == page_id).values(raised))

    def finish(self, proof: Proof) -> None:
        self._sql.execute(delete(tables.proof).where(_proof.page_id == proof.page_id))
        self._sql.execute(insert(tables.proof).values(asdict(proof)))

    def finished(self, page_id: str) -> Proof | None:
        row = self._sql.execute(select(tables.proof).where(_proof.page_id == page_id)).first()
        return Proof(**row._mapping) if row else None

    def disputed(self, limit: int = 0) -> Mapping[str, int]:
        pages = tables.correction.join(tables.page, _page.id == _correction.page_id)
        query = select(_page.id, func.count()).select_from(pages.join(tables.item, _item.id == _page.item_id))
        query = query.where(_page.role == PageRole.CONTENT, _item.state != ItemState.WITHDRAWN)
        query = query.where(_correction.state.in_(FOR_A_PERSON)).group_by(_page.id).order_by(_page.id)
        return dict(self._sql.execute(query.limit(limit) if limit else query).all())

    def swaps(self) -> Mapping[Swap, int]:
        query = select(_correction.swaps).where(_correction.state.in_(IN_FORCE), _correction.read != _correction.after)
        taught = self._sql.execute(query.order_by(_correction.at.desc()).limit(TEACHING)).scalars()
        return Counter(Swap(*one) for found in taught for one in found)

    def _of(self, page_id: str, states: Iterable[Standing]) -> list[Correction]:
        query = select(tables.correction).where(_correction.page_id == page_id, _correction.state.in_(list(states)))
        return [_read(row) for row in self._sql.execute(query.order_by(_correction.at, _correction.id))]

    # -- read again --

    def follow(self, page_id: str, before: PageReading | None, after: PageReading) -> None:
        """The machine reads the page otherwise now: every correction finds its place in the new reading."""
        moved = before is not None and before.turned != after.turned
        standing = self._of(page_id, IN_FORCE)
        self.keep(followed(standing, after, moved=moved))
        for entries in _by_person(self._of(page_id, UNDECIDED)):
            self.keep(followed(entries, after, moved=moved))
        self._measure_again(page_id, after)

    def _measure_again(self, page_id: str, machine: PageReading) -> None:
        """A page that was proofed says at once how well the new reading does."""
        proof = self.finished(page_id)
        if proof:
            self.finish(measured(proof, machine, self._of(page_id, IN_FORCE)))

    def forget(self, page_ids: Iterable[str]) -> None:
        """The page is no more (a newer version of its scan is shorter)."""
        for table in (tables.correction, tables.fair_copy, tables.proof):
            self._sql.execute(delete(table).where(table.c.page_id.in_(page_ids)))


def measured(proof: Proof, machine: PageReading, corrections: Iterable[Correction]) -> Proof:
    """The proof with the distance of the machine's text from what stands on the paper."""
    true = laid_over(machine, in_force(corrections)).text
    return replace(proof, characters=len(normalised(true)), wrong=distance(machine.text, true))


def _by_person(entries: Iterable[Correction]) -> Iterable[list[Correction]]:
    """Two entries of one line stand in the same place: each person's find their own way."""
    found: dict[str, list[Correction]] = {}
    for entry in entries:
        found.setdefault(entry.by, []).append(entry)
    return found.values()


def _row(one: Correction) -> dict[str, Any]:
    plain = ("id", "page_id", "start", "read", "before", "after", "by", "at", "state", "entry")
    return {**{name: getattr(one, name) for name in plain}, "box": [one.box.x, one.box.y, one.box.w, one.box.h]}


def _read(row: Row[Any]) -> Correction:
    fields: dict[str, Any] = dict(row._mapping)
    del fields["swaps"]
    return Correction(**{**fields, "box": Box(*row.box), "state": Standing(row.state)})
