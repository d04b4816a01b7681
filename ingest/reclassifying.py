"""Decides what a changed regulation, or more lessons, mean for items that are here already: proposals, nothing more.

What waits for a person is proposed anew, and what people gave stays. A filed item is never touched: where it would
belong now is kept beside it until a person files it so, or the regulations agree with its place again.

Every hundred items are kept together with how far it came: whoever is stopped in the middle goes on from there.
"""

from __future__ import annotations

import json
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from config.wiring import Home
from index.domain.errors import Conflict
from index.domain.holdings import Item, ItemState
from index.domain.placing.placement import Placement
from index.domain.placing.proposals import Proposal
from index.ports import Progress, Work
from ingest.placing import Case, case_of, place, placed, stated

#: Items that are read in one transaction and written in the next.
BATCH = 100
OUTCOMES = ("changed", "proposed", "same")


def reclassify(home: Home, fonds_id: str | None, progress: Progress) -> Mapping[str, int]:
    """Propose anew for every item in review or filed, of this fonds if one is named.

    Returns how many in review have other proposals now (changed), how many filed ones have one (proposed), and how
    many stay as they are (same).
    """
    mark = _Mark.of(home, fonds_id)
    last, counts = mark.reached()
    with home.catalogue.reading() as work:
        ids = sorted(work.items.in_state(ItemState.REVIEW, ItemState.FILED))
    for at in range(bisect_right(ids, last), len(ids), BATCH):
        batch = ids[at : at + BATCH]
        counts.update(_batch(home, batch, fonds_id))
        mark.set(batch[-1], counts)
        progress(at + len(batch), len(ids))
    mark.place.unlink(missing_ok=True)
    return counts


@dataclass(frozen=True)
class _Mark:
    """How far it came, kept in `place` by what was `asked`: of which fonds, by which editions.

    By other editions it begins anew. Items are walked in the order of their ids, so that new ones come behind.
    """

    place: Path
    asked: str

    @classmethod
    def of(cls, home: Home, fonds_id: str | None) -> _Mark:
        editions = " ".join(sorted(pack.digest for pack in home.packs))
        return cls(home.folder("locks") / "reclassify.json", f"{fonds_id or 'all'} {editions}")

    def reached(self) -> tuple[str, Counter[str]]:
        """The last item that was asked about, empty at the beginning, and what came of all up to it."""
        with suppress(FileNotFoundError, ValueError, KeyError, TypeError):
            said = json.loads(self.place.read_text("utf-8"))
            if said["asked"] == self.asked:
                return str(said["last"]), Counter(said["counts"])
        return "", Counter(dict.fromkeys(OUTCOMES, 0))

    def set(self, last: str, counts: Mapping[str, int]) -> None:
        fresh = self.place.with_suffix(".new")
        fresh.write_text(json.dumps({"asked": self.asked, "last": last, "counts": counts}), "utf-8")
        fresh.replace(self.place)


def _batch(home: Home, ids: Sequence[str], fonds_id: str | None) -> Iterator[str]:
    with home.catalogue.reading() as work:
        cases = [case for item_id in ids if (case := _case(work, item_id, fonds_id))]
    found = [(case, *place(home, case)) for case in cases]
    particulars = [(case.item.id, stated(home, case, fonds.fonds)) for case, _, fonds in found]
    with home.catalogue.writing() as work:
        for item_id, said in particulars:
            work.particulars.state(item_id, said)
        for case, placement, fonds in found:
            if case.item.filed:
                yield _beside(home, work, case.item, placement)
            else:
                yield _anew(work, case.item, replace(case.item, **placed(case.item, placement, fonds)))  # type: ignore[arg-type]


def _case(work: Work, item_id: str, fonds_id: str | None) -> Case | None:
    case = case_of(work, item_id)
    return case if fonds_id in (None, case.item.fonds_id) else None


def _anew(work: Work, before: Item, after: Item) -> str:
    """Save what is proposed now, unless a person was quicker."""
    if _said(before) == _said(after):
        return "same"
    with suppress(Conflict):
        work.items.save(after)
        return "changed"
    return "same"


def _said(item: Item) -> object:
    return item.fonds_id, {name: value.value for name, value in item.description.items()}, item.confidence


def _beside(home: Home, work: Work, item: Item, placement: Placement) -> str:
    """Keep where a filed item would belong now, when that is elsewhere and sure enough."""
    proposal = _proposal(home, item, placement)
    if proposal is None:
        work.proposals.drop(item.id)
        return "same"
    work.proposals.put(proposal)
    return "proposed"


def _proposal(home: Home, item: Item, now: Placement) -> Proposal | None:
    given = [name for name in ("pack", "series") if _is_given(item, name)]
    elsewhere = (now.pack, now.series) != (item.value("pack"), item.value("series"))
    longer = not _is_given(item, "retention") and now.retention != item.value("retention")
    if given or not now.series or not now.sure or not (elsewhere or longer):
        return None
    why = now.why[0]
    return Proposal(
        item.id,
        now.pack,
        now.pack_version,
        now.pack_digest,
        now.series,
        now.retention,
        now.marking,
        now.confidence,
        why.evidence.words,
        why.rule,
        why.clause,
        home.clock.now(),
    )


def _is_given(item: Item, name: str) -> bool:
    value = item.description.get(name)
    return value is not None and value.given
