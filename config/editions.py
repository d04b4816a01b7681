"""Decides which edition of each regulation is in force in a home, and keeps every edition that ever was.

`HOME/editions/<pack>/<digest>.toml` is the text of an edition, word for word; `history.jsonl` beside it says which came
into force when, the last line which is now. What does not check, or claims a series of another pack of its fonds, does
not come into force: the last good edition stays, and a notice says why (S1:235-237, S1:518).
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

from config import regulations
from config.claims import claims
from index.domain.errors import Missing, WrongUse
from index.domain.holdings import Fonds
from index.domain.rules.policy import Pack
from index.domain.rules.ruling import Because, because
from index.ports import Clock

_HISTORY = "history.jsonl"


@dataclass(frozen=True, slots=True)
class InForce:
    """The regulations that hold in a home, and what has to be said about those that do not hold as they stand."""

    packs: tuple[Pack, ...]
    notices: tuple[Because, ...]


@dataclass(frozen=True, slots=True)
class Edition:
    """An edition that came into force at a moment (ISO)."""

    at: str
    version: str
    digest: str


@dataclass(frozen=True)
class Editions:
    """The editions that a home keeps below `folder`; `packs` is the folder in which people edit regulations."""

    folder: Path
    packs: Path = regulations.PACKS

    def in_force(self, chosen: Sequence[str], fondses: Sequence[Fonds], clock: Clock) -> InForce:
        """What holds now, of the chosen packs or of all; an edition that is new and good comes into force here."""
        held = self.look(chosen, fondses, clock)
        for pack in held.packs:
            self.keep(pack, clock.now())
        return held

    def look(self, chosen: Sequence[str], fondses: Sequence[Fonds], clock: Clock) -> InForce:
        """What would hold if it were asked now; nothing comes into force."""
        names = chosen or sorted({*_folders(self.packs), *_folders(self.folder)})
        settled = _without_claims([self._settled(name, clock.today()) for name in names], fondses)
        packs = tuple(one.pack for one in settled if one.pack)
        return InForce(packs, tuple(notice for one in settled for notice in one.notices))

    def keep(self, pack: Pack, now: datetime) -> None:
        """Keep its text and let it come into force; the same again changes nothing.

        A text that somebody has changed since `pack` was read waits for the next time.
        """
        if self._last(pack.id) == pack.digest:
            return
        text = regulations.file_of(self.packs / pack.id).read_bytes()
        if hashlib.sha256(text).hexdigest() != pack.digest:
            return
        place = self._text(pack.id, pack.digest)
        place.parent.mkdir(parents=True, exist_ok=True)
        _write_once(place, text)
        line = json.dumps({"at": now.isoformat(), "version": pack.version, "digest": pack.digest})
        with (place.parent / _HISTORY).open("a", encoding="utf-8") as opened:
            opened.write(f"{line}\n")

    def get(self, name: str, *, digest: str = "", version: str = "") -> Pack:
        """The edition with this digest (its beginning is enough) or, of this version, the newest.

        Raises Missing("no-such-edition"), and WrongUse("bad-pack") where its format is one that is read no more or its
        text is another.
        """
        for one in reversed(self.history(name)):
            if one.digest.startswith(digest) and version in ("", one.version):
                return regulations.read_edition(name, self._text(name, one.digest), one.digest)
        raise Missing("no-such-edition", pack=name, edition=digest or version)

    def history(self, name: str) -> tuple[Edition, ...]:
        """What came into force when, in that order; an edition that came back stands there again."""
        place = self.folder / name / _HISTORY
        lines = place.read_text("utf-8").splitlines() if place.exists() else []
        return tuple(edition for line in lines if (edition := _edition(line)))

    def _text(self, name: str, digest: str) -> Path:
        return self.folder / name / f"{digest}.toml"

    def _last(self, name: str) -> str:
        history = self.history(name)
        return history[-1].digest if history else ""

    def _settled(self, name: str, today: date) -> _Settled:
        try:
            edited = regulations.load(self.packs / name)
        except WrongUse as error:
            former = self._former(name)
            return _Settled(former, former, (_broken(name, error, former),))
        if edited.digest == self._last(name):
            return _Settled(edited, edited)
        return _renewed(edited, self._former(name), today)

    def _former(self, name: str) -> Pack | None:
        """The edition that came into force last; None when there is none, or it is read no more."""
        try:
            return self.get(name)
        except (Missing, WrongUse):
            return None


@dataclass(frozen=True, slots=True)
class _Settled:
    """What holds of one pack: its edition, the one before, and what has to be said."""

    pack: Pack | None
    former: Pack | None
    notices: tuple[Because, ...] = ()

    @property
    def fresh(self) -> bool:
        return self.pack is not None and (self.former is None or self.former.digest != self.pack.digest)

    def has(self, series: str) -> bool:
        return self.pack is not None and self.pack.series_of(series) is not None


def _renewed(edited: Pack, former: Pack | None, today: date) -> _Settled:
    """An edition that checks: it holds from its day, the first of all at once."""
    if former is None:
        return _Settled(edited, None)
    if edited.effective_from > today:
        waits = because("edition-waits", pack=edited.id, version=edited.version, day=edited.effective_from)
        return _Settled(former, former, (waits,))
    return _Settled(edited, former, tuple(_about_the_version(edited, former)))


def _edition(line: str) -> Edition | None:
    """An entry of the history; a line that a stopped machine left half written says nothing, and is written again."""
    try:
        return Edition(**json.loads(line))
    except (ValueError, TypeError):
        return None


def _broken(name: str, error: WrongUse, former: Pack | None) -> Because:
    told: dict[str, Any] = {key: error.details.get(key, "") for key in ("file", "key", "problem")}
    if former is None:
        return because("pack-not-loaded", pack=name, **told)
    return because("pack-broken", pack=name, version=former.version, digest=former.digest[:12], **told)


def _about_the_version(edited: Pack, former: Pack) -> Iterable[Because]:
    """A later edition has a later version, and says which it supersedes (S1:237)."""
    if edited.version == former.version:
        yield because("edition-same-version", pack=edited.id, version=edited.version)
    elif former.version not in edited.supersedes:
        yield because("edition-supersedes", pack=edited.id, version=edited.version, former=former.version)


def _without_claims(found: Sequence[_Settled], fondses: Sequence[Fonds]) -> list[_Settled]:
    """Of two packs that claim a series, the one that is new stays out, and its former edition holds."""
    settled = {one.pack.id: one for one in found if one.pack}
    for fonds in fondses:
        for claim in list(claims(fonds, {name: one.pack for name, one in settled.items() if one.pack})):
            if not all(settled[name].has(claim.series) for name in (claim.one, claim.other)):
                continue  # one of the two is held back already
            late = next((name for name in (claim.other, claim.one) if settled[name].fresh), claim.other)
            settled[late] = _held_back(settled[late], claim.why)
    return [settled.get(one.pack.id, one) if one.pack else one for one in found]


def _held_back(one: _Settled, why: Because) -> _Settled:
    """Without what is new: its former edition holds again, and what was said of the new one is beside the point."""
    return replace(one, pack=one.former, notices=(why,)) if one.fresh else replace(one, notices=(*one.notices, why))


def _folders(place: Path) -> list[str]:
    return [one.name for one in place.iterdir() if one.is_dir()] if place.is_dir() else []


def _write_once(place: Path, text: bytes) -> None:
    """The whole text or nothing, whenever the machine stops."""
    if place.exists():
        return
    descriptor, draft = tempfile.mkstemp(dir=place.parent)
    with os.fdopen(descriptor, "wb") as opened:
        opened.write(text)
        opened.flush()
        os.fsync(opened.fileno())
    os.replace(draft, place)
