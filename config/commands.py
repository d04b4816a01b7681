"""Decides the commands about the home itself: found it, keep it, bring it back, read its regulations, examine it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from config.console import DEFAULT_HOME, AsJson, HomeDir, bar, language, open_home, say, say_json, tell, to_write
from index.domain.errors import Missing, WrongUse, sentence

NEEDS_A_PERSON = 3


def backup(file: Path, home: HomeDir = DEFAULT_HOME) -> None:
    """Everything that cannot be made again, into one file, while the room goes on working."""
    from config.backup import backup as write

    opened, place = open_home(home), to_write(file)
    with bar("backup") as progress:
        kept = write(opened, place, progress)
    tell(f"{kept.files} files in {file}")
    for name in kept.missing:
        tell(sentence("no-such-file", language(), path=name))
    if kept.missing:
        raise typer.Exit(NEEDS_A_PERSON)


def pack_list(as_json: AsJson = False) -> None:
    """The regulations at hand."""
    from config import regulations

    packs = regulations.load_all()
    if as_json:
        say_json({"packs": [_told(pack) for pack in packs]})
        return
    for pack in packs:
        say(f"{pack.id:<18} {pack.version:<8} {pack.title['zh-Hans']}")


def pack_show(pack: Annotated[str, typer.Argument(metavar="ID")], as_json: AsJson = False) -> None:
    """One regulation: its series, how long each is kept, and the clause that says so."""
    from config import regulations

    found = next((one for one in regulations.load_all() if one.id == pack), None)
    if found is None:
        raise Missing("no-such-pack", pack=pack)
    if as_json:
        say_json(_told(found))
        return
    say(f"{found.title['zh-Hans']} ({found.id} {found.version}, {found.effective_from})")
    for series in found.series:
        say(f"  {series.code:<10} {found.retention(series)!s:<10} {series.title['zh-Hans']}  [{series.clause}]")


def pack_check(folder: Path, as_json: AsJson = False) -> None:
    """Whether a pack's folder is sound: file, key and reason of everything that is not."""
    from config import regulations

    problems = regulations.check(folder)
    if as_json:
        say_json({"ok": not problems, "problems": [str(problem) for problem in problems]})
    for problem in problems:
        tell(f"{problem.key}: {problem.words}")
    if problems:
        raise WrongUse("bad-pack", file=folder, key=problems[0].key, problem=problems[0].words)
    tell(f"{folder}: ok")


def _told(pack: object) -> dict[str, object]:
    from index.domain.policy import Pack

    assert isinstance(pack, Pack)
    series = [
        {"code": one.code, "title": one.title["zh-Hans"], "retention": str(pack.retention(one))} for one in pack.series
    ]
    return {"id": pack.id, "title": pack.title["zh-Hans"], "version": pack.version, "series": series}


def doctor(home: HomeDir = DEFAULT_HOME, as_json: AsJson = False) -> None:
    """What is missing on this machine, and how to mend it."""
    from config.doctor import examine

    symptoms = examine(open_home(home) if (home / "catalogue.db").exists() else None)
    if as_json:
        say_json({"ok": all(one.well for one in symptoms), "checks": [_symptom(one) for one in symptoms]})
    else:
        for one in symptoms:
            say(f"{'ok  ' if one.well else 'MEND'}  {one.what}{'' if one.well else ': ' + one.mend}")
    if not all(one.well for one in symptoms):
        raise typer.Exit(NEEDS_A_PERSON)


def _symptom(symptom: object) -> dict[str, object]:
    from dataclasses import asdict

    from config.doctor import Symptom

    assert isinstance(symptom, Symptom)
    return asdict(symptom)
