"""Decides what a filled-in review form means: each value in its stored form, and what is wrong beside which field.

The form shows a series together with its pack ("school/WS·XZ"), so that it works without a script; fields stand in the
order of DA/T 18.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass

from index.domain.dates import PartialDate, dates_in, partial_date
from index.domain.errors import WrongUse
from index.domain.holdings import Fonds, Item
from index.domain.rules.policy import ArrangedBy, Pack, Series
from viewer.naming import follows

FIELDS = (
    "title",
    "document_number",
    "creator",
    "date",
    "marking",
    "fonds",
    "pack",
    "series",
    "retention",
    "subject_key",
    "persons",
    "note",
)

REQUIRED = ("title", "marking", "fonds", "pack", "series", "retention")

SURE = 0.8
"""The confidence from which a value counts as sure where no pack says otherwise."""


@dataclass(frozen=True, slots=True)
class Choices:
    """What can be chosen in this room."""

    fondses: Sequence[Fonds]
    packs: Sequence[Pack]

    def fonds(self, code: str) -> Fonds | None:
        return next((fonds for fonds in self.fondses if fonds.code == code), None)

    def pack(self, pack_id: str) -> Pack | None:
        return next((pack for pack in self.packs if pack.id == pack_id), None)

    def series(self, shown: str) -> Series | None:
        """The series that "pack/code" names."""
        pack_id, _, code = shown.partition("/")
        pack = self.pack(pack_id)
        return pack.series_of(code) if pack else None

    @property
    def retentions(self) -> list[str]:
        """The statute's three first, then what the packs' schedules name, unset last (B.10)."""
        named = {str(row.kept) for pack in self.packs for row in pack.schedule}
        known = ["permanent", "30y", "10y"]
        return [*known, *sorted(named - {*known, "unset"}, key=_years), "unset"]


def _years(retention: str) -> int:
    return int(retention.rstrip("y"))


def shown(item: Item, fonds: Fonds | None) -> dict[str, str]:
    """The item's values as the form shows them."""
    values = {name: item.value(name) for name in FIELDS}
    series = f"{item.value('pack')}/{item.value('series')}" if item.value("series") else ""
    return {**values, "fonds": fonds.code if fonds else "", "series": series}


def meant(typed: Mapping[str, str]) -> dict[str, str]:
    """What was typed, in its stored form; what cannot be understood stays as it was typed."""
    values = {name: typed.get(name, "").strip() for name in FIELDS}
    day = as_date(values["date"])
    pack, _, series = values["series"].partition("/")
    return {**values, "date": day.iso if day else values["date"], "pack": values["pack"] or pack, "series": series}


def as_date(text: str) -> PartialDate | None:
    """A date in any form that paper or people write (2024-03, 20240305, 2024年3月5日), or None."""
    with suppress(WrongUse):
        return partial_date(text)
    found = dates_in(text)
    return found[0].date if len(found) == 1 and (found[0].start, found[0].end) == (0, len(text)) else None


def problems(typed: Mapping[str, str], choices: Choices) -> dict[str, str]:
    """field -> what is wrong with it, as a message to be translated; empty when the item can be filed."""
    found: dict[str, str] = {}
    for name, message in _problems(typed, choices):
        found.setdefault(name, message)
    return found


def unreadable(typed: Mapping[str, str]) -> dict[str, str]:
    """What is wrong even when the item only is kept for later: a date that is none."""
    date = typed.get("date", "").strip()
    return {"date": "This is no date. Write 2024-03-05, or 2024-03, or 2024."} if date and not as_date(date) else {}


def _problems(typed: Mapping[str, str], choices: Choices) -> Iterator[tuple[str, str]]:
    yield from unreadable(typed).items()
    for name in REQUIRED:
        if not meant(typed)[name]:
            yield name, "This is needed before the item can be filed."
    yield from _misplaced(typed, choices)
    series = choices.series(typed.get("series", ""))
    if series:
        yield from _missing_for(series, typed)


def _misplaced(typed: Mapping[str, str], choices: Choices) -> Iterator[tuple[str, str]]:
    pack, fonds = meant(typed)["pack"], choices.fonds(typed.get("fonds", ""))
    if typed.get("series") and typed["series"].partition("/")[0] != pack:
        yield "series", "This series belongs to another regulation."
    if pack and fonds and pack not in fonds.packs:
        yield "pack", "The fonds does not follow this regulation."


def _missing_for(series: Series, typed: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """What this series files by: a subject file by its subject, everything else by its date (SCH-12: school years)."""
    if series.arranged_by is ArrangedBy.SUBJECT_FILE:
        if not typed.get("subject_key", "").strip():
            yield "subject_key", "This series keeps one file a subject: give its number or name."
        return
    day = as_date(typed.get("date", "").strip())
    if day is None:
        yield "date", "This series is filed by date: give at least the year."
    elif series.year == "academic" and day.month is None:
        yield "date", "This series is filed by school year: give at least the month."


def doubts(item: Item, choices: Choices) -> tuple[str, ...]:
    """The fields a person has to look at: proposed without much confidence, or missing and needed."""
    pack = choices.pack(item.value("pack"))
    sure = pack.threshold if pack else SURE
    fonds = next((fonds for fonds in choices.fondses if fonds.id == item.fonds_id), None)
    lacking = problems(shown(item, fonds), choices)
    return tuple(name for name in FIELDS if name in lacking or _doubted(item, name, sure))


def _doubted(item: Item, name: str, sure: float) -> bool:
    """A value that only follows from the regulation is no doubt of its own, once there is what it follows from."""
    value = item.description.get(name)
    if value is None or not value.value or value.given:
        return False
    if follows(name, value):
        return not item.value("series" if name == "retention" else "pack")
    return value.confidence < sure
