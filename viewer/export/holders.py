"""Decides what a catalogue of files takes in: sealed volumes, boxes and subject files, as far as one may read in them.

A holder of which this person may read nothing is not listed at all; its counts are of what they may read.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from index.domain.access import Permit
from index.domain.arranging.coding import class_of, class_words
from index.domain.arranging.contents import ContentsLine, by_signing, listed, ordered
from index.domain.arranging.volumes import Extent, Kind, Volume, extent
from index.domain.holdings import File, Fonds, Item
from index.domain.retention import RetentionPeriod, period
from index.domain.rules.policy import Pack, Series
from index.ports import Progress, Work
from viewer.reading import admitted


@dataclass(frozen=True, slots=True)
class Bounds:
    """Which holders: of a fonds, series and year, or one by its id or code; empty means any."""

    fonds: str = ""
    series: str = ""
    year: str = ""
    holder: str = ""


@dataclass(frozen=True, slots=True)
class Holder:
    """A volume, box or subject file, with those of its items that this person may read, in their order."""

    id: str
    fonds: Fonds
    series: str
    series_title: str
    year: str
    reference_code: str
    first_code: str
    """The code it bore when it was first numbered (归档时的案卷号)."""
    title: str
    retention: RetentionPeriod
    extent: Extent
    lines: tuple[ContentsLine, ...]
    volume: Volume | None = None


def holders(
    work: Work, permit: Permit, packs: Mapping[str, Pack], bounds: Bounds, kinds: Collection[Kind], progress: Progress
) -> list[Holder]:
    """In the order of their codes; subject files count as volumes and are listed where no year is asked for."""
    chosen = work.fonds.by_code(bounds.fonds) if bounds.fonds else None
    every = work.volumes.listed(chosen.id if chosen else "", bounds.series, bounds.year[:4])
    volumes = [one for one in every if one.sealed and one.kind in kinds]
    subjects = Kind.VOLUME in kinds and not bounds.year
    files = [] if not subjects else _files(work, packs, [chosen] if chosen else work.fonds.all(), bounds.series)
    total = len(volumes) + len(files)
    found: list[Holder] = []
    for done, volume in enumerate(volumes, 1):
        found += _of_volume(work, permit, packs, volume)
        progress(done, total)
    for done, (file, fonds, pack, series) in enumerate(files, len(volumes) + 1):
        found += _of_file(work, permit, file, fonds, pack, series)
        progress(done, total)
    within = (one for one in found if bounds.holder in ("", one.id, one.reference_code))
    return sorted(within, key=lambda one: (one.fonds.code, one.series, one.year, one.reference_code, one.title))


def _files(
    work: Work, packs: Mapping[str, Pack], fondses: Sequence[Fonds], series: str
) -> list[tuple[File, Fonds, Pack, Series]]:
    return [
        (file, fonds, pack, one)
        for fonds in fondses
        for pack, one in _subject_series(packs, fonds, series)
        for file in work.files.of_series(fonds.id, one.code)
    ]


def _subject_series(packs: Mapping[str, Pack], fonds: Fonds, code: str) -> Iterator[tuple[Pack, Series]]:
    for pack in (packs[pack_id] for pack_id in fonds.packs if pack_id in packs):
        yield from ((pack, one) for one in pack.series if one.subject and code in ("", one.code))


def _of_volume(work: Work, permit: Permit, packs: Mapping[str, Pack], volume: Volume) -> Iterator[Holder]:
    items = _readable(work, permit, volume.id)
    if not items:
        return
    fonds, pack = work.fonds.get(volume.fonds_id), packs.get(volume.pack)
    series = pack.series_of(volume.series) if pack else None
    lines, reach = _listed(work, items)
    yield Holder(
        id=volume.id,
        fonds=fonds,
        series=volume.series,
        series_title=series.title.get("zh-Hans", series.code) if series else volume.series,
        year=volume.year,
        reference_code=volume.reference_code or f"{class_words(volume.code, fonds.grammar)} 盒{volume.number}",
        first_code=_first_code(work, volume),
        title=volume.title,
        retention=period(volume.retention),
        extent=reach,
        lines=lines,
        volume=volume,
    )


def _of_file(work: Work, permit: Permit, file: File, fonds: Fonds, pack: Pack, series: Series) -> Iterator[Holder]:
    items = _readable(work, permit, file.id, signing=by_signing(pack))
    if not items:
        return
    code = next((item.code for item in items if item.code), None)
    words = class_words(class_of(code), fonds.grammar) if code else ""
    lines, reach = _listed(work, items)
    title = series.title.get("zh-Hans", series.code)
    yield Holder(file.id, fonds, series.code, title, "", words, words, file.title, _longest(items), reach, lines)


def _readable(work: Work, permit: Permit, holder_id: str, *, signing: bool = False) -> list[Item]:
    items = [item for item in work.volumes.items(holder_id) if admitted(item, permit)]
    return ordered(items, signing=signing)


def _listed(work: Work, items: Sequence[Item]) -> tuple[tuple[ContentsLine, ...], Extent]:
    pages = work.arrangement.of_items([item.id for item in items])
    counts = {item_id: sum(not page.blank for page in held) for item_id, held in pages.items()}
    return listed(items, counts), extent(items, list(counts.values()))


def _longest(items: Sequence[Item]) -> RetentionPeriod:
    """A file is kept as long as its longest item; while one is unset, so is the file."""
    kept = [period(item.value("retention")) for item in items]
    unset = [one for one in kept if one.years is None and not one.permanent]
    return unset[0] if unset else max(kept, key=lambda one: (one.permanent, one.years or 0))


def _first_code(work: Work, volume: Volume) -> str:
    for renumbering in work.codes.noted(volume.fonds_id):
        for changed, old, _ in renumbering.changes:
            if changed == volume.id and old:
                return old
    return volume.reference_code
