"""Decides what an archivist sees before a naming profile is set: how the names of a folder or pasted ones would group.

Nothing is changed here: a profile holds once it stands in the settings. Only names are looked at, never a file.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated

from fastapi import Form
from fastapi.responses import Response

from index.domain.errors import WrongUse
from index.domain.naming import PROFILES, Grouped, grouped, profile
from viewer import frame
from viewer.visit import Here, Visit

#: Folders offered, and names looked at: as many as a person can look through.
MOST_FOLDERS, MOST_NAMES = 300, 3000


@dataclass(frozen=True, slots=True)
class Tried:
    """What was typed: the profile (its name or pattern), a folder below the drop folder or names, one a line."""

    profile: str = "name_page"
    folder: str = ""
    names: str = ""


@dataclass(frozen=True, slots=True)
class Shown:
    """How it would be grouped, or what is wrong with the pattern."""

    found: Grouped = field(default_factory=Grouped)
    problem: WrongUse | None = None
    looked: bool = False


def form(visit: Here) -> Response:
    return _page(visit, Tried(), Shown())


def preview(
    visit: Here,
    profile: Annotated[str, Form(max_length=120)] = "",
    folder: Annotated[str, Form(max_length=4000)] = "",
    names: Annotated[str, Form(max_length=400_000)] = "",
) -> Response:
    """The same page with the groups; pasted names come before a folder."""
    tried = Tried(profile.strip(), folder, names)
    return _page(visit, tried, shown(tried, visit.home.folder("drop")))


def shown(tried: Tried, drop: Path) -> Shown:
    try:
        by = profile(tried.profile)
    except WrongUse as problem:
        return Shown(problem=problem)
    pasted = [os.path.basename(name.strip().replace("\\", "/")) for name in tried.names.splitlines()]
    names = sorted(filter(None, pasted)) or _names_in(drop, tried.folder)
    return Shown(grouped(dict.fromkeys(names[:MOST_NAMES]), by), looked=True)


def _names_in(drop: Path, folder: str) -> list[str]:
    """The files that lie in a folder below the drop folder; none where it is not one of those offered."""
    if folder not in folders(drop):
        return []
    with os.scandir(drop / folder) as entries:
        return sorted(entry.name for entry in entries if entry.is_file(follow_symlinks=False) and _is_text(entry.name))


def folders(drop: Path) -> list[str]:
    """The folders below the drop folder in which files lie, by their path below it."""
    found = []
    for folder, _, files in sorted(os.walk(drop)):
        below = os.path.relpath(folder, drop)
        if files and below != "." and _is_text(below):
            found.append(below)
    return found[:MOST_FOLDERS]


def _is_text(name: str) -> bool:
    """Whether it can be shown: bytes that are no text are handled by the watcher, not here."""
    return not any("\ud800" <= character <= "\udfff" for character in name)


def _page(visit: Visit, tried: Tried, shown: Shown) -> Response:
    return frame.show(
        visit,
        "profiles.html",
        422 if shown.problem else 200,
        tried=tried,
        shown=shown,
        known=PROFILES,
        folders=folders(visit.home.folder("drop")),
        settled=list(_settled(visit)),
        line=setting_line(tried, shown),
    )


def setting_line(tried: Tried, shown: Shown) -> str:
    """The line of settings.toml that sets what was tried and fits some name; an example before that."""
    if not shown.found.groups:
        return _line("J101/合同", "name_page")
    return _line(tried.folder or "J101/合同", tried.profile)


def _line(folder: str, named: str) -> str:
    """Quoted as JSON is: what that escapes, TOML reads likewise."""
    return f"{json.dumps(folder, ensure_ascii=False)} = {json.dumps(named, ensure_ascii=False)}"


def _settled(visit: Visit) -> Iterator[tuple[str, str, str]]:
    """Folder, profile and pattern of every line in the settings."""
    for folder, named in visit.home.settings.profiles.items():
        yield folder, named, profile(named).pattern
