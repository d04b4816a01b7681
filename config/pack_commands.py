"""Decides the commands about regulations: list them, show an edition of one, check a folder or all of them."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from config import examples, regulations
from config.claims import Claim, claims
from config.console import DEFAULT_HOME, AsJson, HomeDir, language, open_home, say, say_json, tell
from config.soundness import Problem
from index.domain.errors import Missing, WrongUse
from index.domain.holdings import Fonds
from index.domain.rules.policy import Duty, Pack
from index.domain.rules.provisions import Titles, in_language
from index.domain.rules.timing_words import words as in_words

Id = Annotated[str, typer.Argument(metavar="ID")]


def pack_list(as_json: AsJson = False) -> None:
    """The regulations at hand."""
    packs = regulations.load_all()
    if as_json:
        say_json({"packs": [_told(pack) for pack in packs]})
        return
    for pack in packs:
        say(f"{pack.id:<18} {pack.version:<8} {_title(pack.title)}")


def pack_show(
    pack: Id,
    home: HomeDir = DEFAULT_HOME,
    digest: Annotated[str, typer.Option(help="An edition this home kept, by the digest a decision names.")] = "",
    version: Annotated[str, typer.Option(help="An edition this home kept, by its version.")] = "",
    as_json: AsJson = False,
) -> None:
    """One regulation, as it lies here or as it was: who made it, its series, periods and duties, clause by clause."""
    found = open_home(home).editions.get(pack, digest=digest, version=version) if digest or version else _at_hand(pack)
    if as_json:
        say_json(_told(found))
        return
    for line in _lines(found):
        say(line)


def _at_hand(name: str) -> Pack:
    if not regulations.file_of(regulations.PACKS / name).exists():
        raise Missing("no-such-pack", pack=name)
    return regulations.load(regulations.PACKS / name)


def pack_editions(pack: Id, home: HomeDir = DEFAULT_HOME, as_json: AsJson = False) -> None:
    """Every edition of a regulation that was ever in force in this home, and since when; the last is in force."""
    history = open_home(home).editions.history(pack)
    if as_json:
        say_json({"editions": [{"at": one.at, "version": one.version, "digest": one.digest} for one in history]})
        return
    for one in history:
        say(f"{one.at[:19]}  {one.version:<8} {one.digest}")


def pack_check(folder: Annotated[Path | None, typer.Argument()] = None, as_json: AsJson = False) -> None:
    """Whether a pack's folder is sound, or all of them: file, key and reason of everything that is not."""
    folders = [folder.resolve()] if folder else sorted(one.parent for one in regulations.PACKS.glob("*/pack.toml"))
    found = [(one.name, problem) for one in folders for problem in (*regulations.check(one), *examples.check(one))]
    if folder is None and not found:
        found = [(claim.other, Problem("series", claim.why)) for claim in _claims()]
    if as_json:
        say_json({"ok": not found, "problems": [_problem(name, one) for name, one in found]})
    for name, one in found:
        tell(f"{name}/{one.file}: {one.key}: {one.words(language())}")
    if found:
        name, first = found[0]
        raise WrongUse("bad-pack", file=f"{name}/{first.file}", key=first.key, problem=first.why)
    for sound in folders:
        tell(f"{sound.name}: ok")


def _problem(name: str, one: Problem) -> dict[str, str]:
    told = {"file": f"{name}/{one.file}", "key": one.key, "problem": one.words(language())}
    return {**told, "code": one.why.code}


def _claims() -> list[Claim]:
    """What two packs would claim in a fonds whose code both name as their example."""
    packs = {pack.id: pack for pack in regulations.load_all()}
    codes = sorted({code for pack in packs.values() for code in pack.example_fonds})
    shared = [Fonds("", code, code, tuple(p.id for p in packs.values() if code in p.example_fonds)) for code in codes]
    return [claim for fonds in shared for claim in claims(fonds, packs)]


#: What is told whole, as the pack has it.
_PARTS = ("duties", "access", "loans", "sealed", "gates", "intake", "destruction", "checklist", "conditions")


def _title(titles: Titles) -> str:
    return in_language(titles, language())


def _lines(pack: Pack) -> list[str]:
    """The regulation for the eye: its life, its series and periods, its duties."""
    return [
        f"{_title(pack.title)} ({pack.id} {pack.version}, {pack.effective_from}) {pack.digest}",
        f"  drafter {pack.drafter} · approver {pack.approver} · interpreter {pack.interpreter}"
        f" · custodian {pack.custodian} · supersedes {', '.join(pack.supersedes) or '—'}",
        *(f"  {one.code:<10} {pack.retention(one)!s:<10} {_title(one.title)}  [{one.clause}]" for one in pack.series),
        *(_duty(one, pack) for one in pack.duties),
    ]


def _duty(one: Duty, pack: Pack) -> str:
    when = in_words(one.when, language(), pack.called)
    return f"  {when}: {_named(one.who, pack)}: {_title(one.what)} → {_title(one.evidence)}  [{one.clause}]"


def _named(who: str, pack: Pack) -> str:
    return "、".join(_title(pack.called.get(one, {"en": one})) for one in who.split(", "))


def _told(pack: Pack) -> dict[str, object]:
    series = [
        {"code": one.code, "title": one.title["zh-Hans"], "retention": str(pack.retention(one)), "clause": one.clause}
        for one in pack.series
    ]
    life = {name: getattr(pack, name) for name in ("drafter", "approver", "interpreter", "custodian", "digest")}
    return {
        "id": pack.id,
        "title": pack.title["zh-Hans"],
        "version": pack.version,
        "effective_from": pack.effective_from.isoformat(),
        "supersedes": list(pack.supersedes),
        **life,
        "series": series,
        "disposal_approver": pack.disposal_approver,
        **{part: [asdict(one) for one in getattr(pack, part)] for part in _PARTS},
    }
