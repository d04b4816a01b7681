"""Decides how a command speaks: JSON on standard output, the rest on standard error, bars while it works."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from config import wiring
from config.wiring import Home
from index.domain.errors import Missing, WrongUse
from index.ports import Progress as Progressing

HomeDir = Annotated[Path, typer.Option("--home", envvar="MUNIMENT_HOME", help="The archive home.")]
AsJson = Annotated[bool, typer.Option("--json", help="JSON on standard output, and nothing else there.")]
DEFAULT_HOME = Path.home() / "muniment"


def open_home(path: Path) -> Home:
    """The home a command was pointed at; raises Missing("no-home")."""
    return wiring.open_home(path.absolute())


def to_write(path: Path) -> Path:
    """The place of a file to be written; raises Missing("no-such-file") for its folder, WrongUse("bad-value")."""
    place = path.absolute()
    if not place.parent.is_dir():
        raise Missing("no-such-file", path=place.parent)
    if place.is_dir():
        raise WrongUse("bad-value", field="file", value=place, hint="")
    return place


def plain(words: str) -> str:
    """Words typed in a terminal of another encoding, as text: what is no UTF-8 becomes replacement marks."""
    return words.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def say(text: str = "") -> None:
    """A line of the answer."""
    print(text)


def say_json(value: object) -> None:
    """One JSON value on a line of its own."""
    print(json.dumps(value, ensure_ascii=False, default=str), flush=True)


def tell(text: str) -> None:
    """A line for the person at the keyboard, beside the answer."""
    Console(stderr=True, highlight=False, markup=False).print(text, soft_wrap=True)


def language() -> str:
    """The language a command speaks: the person's own, by the environment."""
    spoken = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or ""
    if spoken.startswith(("zh_TW", "zh_HK", "zh_MO", "zh_Hant")):
        return "zh-Hant"
    return "zh-Hans" if spoken.startswith("zh") else "en"


@contextmanager
def bar(what: str) -> Iterator[Progressing]:
    """A progress bar on standard error; where nobody watches, nothing."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as shown:
        task = shown.add_task(what, total=None)
        yield lambda done, of: shown.update(task, completed=done, total=of or None)
