"""Decides the command that tries a naming profile on files before it is set: how they would group, and what is left."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated

import typer

from config.console import AsJson, say, say_json
from index.domain import naming
from index.domain.errors import Missing


def profile_try(
    profile: Annotated[str, typer.Argument(help="A profile, or a pattern such as {name}_{page}.")],
    paths: Annotated[list[Path], typer.Argument(metavar="PATH...")],
    as_json: AsJson = False,
) -> None:
    """Show how files would group into items, folder by folder; nothing is taken in."""
    by = naming.profile(profile)
    folders = {folder: naming.grouped(names, by) for folder, names in _folders(paths)}
    if as_json:
        say_json({"folders": [_told(folder, found) for folder, found in folders.items()]})
        return
    for folder, found in folders.items():
        _say(folder, found)


def _folders(paths: Sequence[Path]) -> Iterator[tuple[str, list[str]]]:
    """Each folder with the names of its files; files that are named alone stand by the folder they lie in."""
    loose: dict[str, list[str]] = {}
    for path in paths:
        if not os.path.lexists(path):
            raise Missing("no-such-file", path=path)
        if path.is_dir():
            yield from ((folder, files) for folder, _, files in sorted(os.walk(path)) if files)
        else:
            loose.setdefault(str(path.parent), []).append(path.name)
    yield from loose.items()


def _told(folder: str, found: naming.Grouped) -> dict[str, object]:
    items = [
        {
            "item": group.item,
            "reference_code": group.code,
            "files": [page.name for page in group.pages],
            "missing": group.missing,
        }
        for group in found.groups
    ]
    return {"folder": folder, "items": items, "left": list(found.left)}


def _say(folder: str, found: naming.Grouped) -> None:
    say(f"{folder}/")
    for group in found.groups:
        lacking = f"  ({group.missing} missing)" if group.missing else ""
        say(f"  {group.item or '*'}{lacking}")
        for page in group.pages:
            say(f"    {page.name}  {page.half}".rstrip())
    for name in found.left:
        say(f"  ?  {name}")
