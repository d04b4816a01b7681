"""Decides how an archive home begins: its folders, settings, catalogue and fonds; again is harmless."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from pathlib import Path

from config import regulations
from config.claims import heed_claims
from config.wiring import FOLDERS, Home
from index.domain.errors import Missing, WrongUse
from index.domain.holdings import Fonds
from index.domain.identity import new_id
from index.domain.people import OPERATOR
from index.domain.rules.policy import Pack
from index.ports import Work

_FONDS = re.compile(r"(?P<code>[A-Za-z0-9]{1,16})=(?P<title>[^:]+)(?::(?P<packs>[a-z0-9,-]+))?")


def found(path: Path, chosen: Sequence[str], fonds: Sequence[str]) -> Home:
    """Make the home at `path`. `fonds` are CODE=TITLE[:PACK[,PACK]]; none makes one for each pack's example code.

    A home that has its fonds already gets those that are named and no others.
    Raises Missing("no-such-pack"), WrongUse("bad-fonds" | "bad-pack") and Conflict("series-claimed-twice") before
    anything is made.
    """
    packs = _packs(chosen)
    named = [_fonds(given, packs) for given in fonds]
    heed_claims(named or _examples(packs), regulations.load_all())
    path.mkdir(parents=True, exist_ok=True)
    for folder in FOLDERS:
        (path / folder).mkdir(exist_ok=True)
    _write_settings(path / "settings.toml", chosen)
    home = Home(path)
    home.catalogue.migrate()
    with home.catalogue.writing() as work:
        for one in named or ([] if work.fonds.all() else _examples(packs)):
            _enter(work, one)
        every = work.fonds.all()
    for one in every:
        (path / "drop" / one.code).mkdir(exist_ok=True)
    return home


def _packs(chosen: Sequence[str]) -> list[Pack]:
    known = {pack.id: pack for pack in regulations.load_all()}
    for name in chosen:
        if name not in known:
            raise Missing("no-such-pack", pack=name)
    return [known[name] for name in chosen or known]


def _fonds(given: str, packs: Sequence[Pack]) -> Fonds:
    match = _FONDS.fullmatch(given)
    if match is None:
        raise WrongUse("bad-fonds", given=given)
    named = match["packs"].split(",") if match["packs"] else _usual(match["code"], packs)
    for name in named:
        if name not in {pack.id for pack in regulations.load_all()}:
            raise Missing("no-such-pack", pack=name)
    return Fonds(new_id(), match["code"], match["title"].strip(), tuple(named))


def _usual(code: str, packs: Sequence[Pack]) -> list[str]:
    """The packs that name this code as their example; all where none does."""
    return [pack.id for pack in packs if code in pack.example_fonds] or [pack.id for pack in packs]


def _examples(packs: Sequence[Pack]) -> list[Fonds]:
    """One fonds for each distinct example code of the packs; packs that share a code share the fonds."""
    by_code: dict[str, list[Pack]] = {}
    for pack in packs:
        for code in pack.example_fonds:
            by_code.setdefault(code, []).append(pack)
    return [
        Fonds(new_id(), code, sharing[0].title["zh-Hans"], tuple(pack.id for pack in sharing))
        for code, sharing in by_code.items()
    ]


def _enter(work: Work, fonds: Fonds) -> None:
    if work.fonds.by_code(fonds.code) is None:
        work.fonds.add(fonds)
        work.journal.write(OPERATOR, "fonds-added", fonds.id, code=fonds.code, title=fonds.title)


def _write_settings(place: Path, chosen: Sequence[str]) -> None:
    """Only what this home decided; everything else keeps its default. Mode 0600: it may come to hold secrets."""
    if place.exists():
        return
    names = ", ".join(f'"{name}"' for name in chosen)
    heading = "# What this archive room decided. Every key and its default: config/default.toml."
    text = f"{heading}\n\n[packs]\nchosen = [{names}]\n"
    descriptor = os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as opened:
        opened.write(text)
