"""Decides the commands about the home itself: keep it and examine it."""

from __future__ import annotations

from pathlib import Path

import typer

from config.console import DEFAULT_HOME, AsJson, HomeDir, bar, language, open_home, say, say_json, tell, to_write
from index.domain.errors import sentence

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


def doctor(home: HomeDir = DEFAULT_HOME, as_json: AsJson = False) -> None:
    """What is missing on this machine, and how to mend it."""
    from config.doctor import examine

    symptoms = examine(open_home(home) if (home / "catalogue.db").exists() else None, language())
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
