"""Decides whose word counts: what a person gave always beats what was guessed.

A description is a mapping from field name (domain glossary) to `Value`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from index.domain.reading import Box

#: The fields of an item's description, in the order of DA/T 18 as the review form shows them.
FIELDS = (
    "title",
    "document_number",
    "creator",
    "date",
    "marking",
    "marking_scheme",
    "marking_term",
    "pack",
    "series",
    "retention",
    "subject_key",
    "persons",
    "doc_type",
    "version_kind",
    "keywords",
    "language",
    "note",
)


@dataclass(frozen=True, slots=True)
class Evidence:
    """Why a value is proposed: the place on a page (1-based), or the rule, and the words that decided."""

    words: str = ""
    page: int | None = None
    box: Box | None = None
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Value:
    """A field's value with its confidence (0..1) and evidence; `given_by` names the person, if one decided."""

    value: str
    confidence: float
    evidence: Evidence | None = None
    given_by: str | None = None

    @property
    def given(self) -> bool:
        return self.given_by is not None


Description = Mapping[str, Value]


def given_beats_guessed(current: Description, proposed: Description) -> dict[str, Value]:
    """`current` with the proposals of `proposed` laid in wherever no person has decided."""
    kept = {name: value for name, value in current.items() if value.given}
    return {**current, **proposed, **kept}


def withdrawn_guesses(current: Description) -> dict[str, Value]:
    """Only what people gave: where a fresh reading starts from."""
    return {name: value for name, value in current.items() if value.given}
