"""Decides whether the regulations of a fonds can stand side by side: no two of them may claim one series."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass

from index.domain.errors import Conflict
from index.domain.holdings import Fonds
from index.domain.rules.policy import Pack
from index.domain.rules.ruling import Because, because


@dataclass(frozen=True, slots=True)
class Claim:
    """One series of a fonds that two packs claim."""

    fonds: str
    series: str
    one: str
    other: str

    @property
    def why(self) -> Because:
        return because("series-claimed-twice", **asdict(self))

    def refused(self) -> Conflict:
        return Conflict("series-claimed-twice", **asdict(self))


def claims(fonds: Fonds, packs: Mapping[str, Pack]) -> Iterator[Claim]:
    """Every series that is claimed twice in this fonds, by the packs in the order of its list."""
    claimed: dict[str, str] = {}
    for name in fonds.packs:
        for series in packs[name].series if name in packs else ():
            if series.code in claimed:
                yield Claim(fonds.code, series.code, claimed[series.code], name)
            claimed.setdefault(series.code, name)


def heed_claims(fondses: Sequence[Fonds], packs: Sequence[Pack]) -> None:
    """Raises Conflict("series-claimed-twice") naming the fonds, the series and both packs."""
    by_id = {pack.id: pack for pack in packs}
    for fonds in fondses:
        for claim in claims(fonds, by_id):
            raise claim.refused()
