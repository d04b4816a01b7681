"""Decides how completeness is told: as JSON for the command and the API, and in which order."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from index.custody.assessing import Assessed
from index.domain.rules.completeness import Account, Place, State, account


def incomplete_first(found: Iterable[Assessed]) -> list[Assessed]:
    """Those that lack most first; of the same score, in the order of the catalogue."""
    return sorted(found, key=lambda one: one.found.score)


def by_pack(found: Sequence[Assessed]) -> dict[tuple[str, str], list[Assessed]]:
    """The units of each regulation of each fonds, by (fonds code, pack id)."""
    grouped: dict[tuple[str, str], list[Assessed]] = {}
    for one in found:
        grouped.setdefault((one.fonds.code, one.pack.id), []).append(one)
    return grouped


def completeness_json(found: Sequence[Assessed]) -> dict[str, object]:
    """{"packs": [totals of each regulation of each fonds], "units": [each file, year or fonds]}."""
    packs = [
        {"fonds": fonds, "pack": pack, **_account_json(account([one.found for one in units]))}
        for (fonds, pack), units in by_pack(found).items()
    ]
    return {"packs": packs, "units": [unit_json(one) for one in found]}


def _account_json(total: Account) -> Mapping[str, object]:
    return {
        "units": total.units,
        "complete": total.complete,
        "filled": total.filled,
        "asked": total.asked,
        "score": round(total.score, 4),
        "missing": dict(total.missing),
    }


def unit_json(one: Assessed) -> dict[str, object]:
    """One file, year or fonds, with every place of its checklist."""
    return {
        "unit": one.unit.key,
        "per": one.unit.per.value,
        "fonds": one.fonds.code,
        "pack": one.pack.id,
        "pack_version": one.pack.version,
        "series": one.file.series if one.file else "",
        "name": one.name,
        "filled": one.found.filled,
        "asked": one.found.asked,
        "score": round(one.found.score, 4),
        "missing": [place.slot.number for place in one.found.of(State.MISSING)],
        "undecided": list(one.found.undecided),
        "slots": [_place_json(place) for place in one.found.places],
    }


def _place_json(place: Place) -> dict[str, object]:
    word = place.word
    said = {"said": word.said.value, "reason": word.reason, "by": word.by, "at": word.at.isoformat()} if word else None
    return {
        "number": place.slot.number,
        "title": place.slot.title["zh-Hans"],
        "clause": place.slot.clause,
        "condition": place.condition,
        "state": place.state.value,
        "items": place.count,
        "word": said,
    }
