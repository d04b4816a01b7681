"""Decides in which order the papers of a file lie where the regulation wants them by their signing date (TN-13)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from index.domain.errors import Refused


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper of a file: when it was signed, when it came in."""

    id: str
    signed: date | None
    received: datetime


def by_signing_date(papers: Iterable[Paper]) -> tuple[Paper, ...]:
    """In the order in which they were signed; of one day, in the order in which they came in, then by id.

    Raises Refused("unsigned-date") for a paper whose signing date nobody knows.
    """
    return tuple(sorted(papers, key=_key))


def _key(paper: Paper) -> tuple[date, datetime, str]:
    if paper.signed is None:
        raise Refused("unsigned-date")
    return paper.signed, paper.received, paper.id
