"""Decides how a template is written down: a head of `key words`, a line `--`, and the paper, one block a line.

    == school-notice
    series WS·XZ
    keep 10y
    title 关于[开展清洁|检查门窗]的通知
    number {no:柳中}
    --
    R {school}文件
    N {number}
    T {title}
    P 各处室:{day:-20}会议[决定|议定],……
    S {school}

`[a|b]` is one of these, `{gap}` a gap of `slots.py` or a key of the head or of the part's names. Marks of lines:
R letterhead, N number, T title, H heading, P paragraph, L line, C centred, > at the right, ^ small, F form
(label=value;...), G ruled row (cell¦cell), S signature (body, then the day), s the same without a stamp, K red frame
(line/line), X picture (photo or plan), B next page. `P ~pool 3-5` takes paragraphs of a pool; `?` before a mark makes
the line come or not. Keys with a meaning are KEYS.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random

KEYS = (
    "series",
    "keep",
    "type",
    "title",
    "number",
    "creator",
    "subject",
    "marking",
    "date",
    "script",
    "years",
    "fonds",
)
#: Beside these: `folder` (departments in whose folder it may come) and `face` (serif, sans).
_GAP = re.compile(r"\{([^{}:]+)(?::([^{}]*))?\}")
_CHOICE = re.compile(r"\[([^\[\]]*)\]")


@dataclass(frozen=True, slots=True)
class Template:
    """A kind of document: its pack, what its head says, and its paper as (mark, words)."""

    name: str
    pack: str
    head: Mapping[str, str]
    lines: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the set: its templates, pools of paragraphs, names, and what its fonds are called."""

    templates: tuple[Template, ...]
    pools: Mapping[str, tuple[str, ...]]
    names: Mapping[str, str]
    fonds: Mapping[str, str]
    """Fonds code -> title:packs, as a home is founded with."""


@cache
def part(name: str) -> Part:
    """The part of that name: practice, rehearsal, drill ...."""
    folder = Path(__file__).parent / name
    sections = {path.stem: tuple(_sections(path)) for path in sorted(folder.glob("*.txt"))}
    pools = dict(sections.pop("pools"))
    names = dict(sections.pop("names"))
    templates = tuple(_template(pack, *section) for pack, found in sections.items() for section in found)
    return Part(templates, pools, _pairs(names["names"]), _pairs(names["fonds"]))


def _sections(path: Path) -> Iterator[tuple[str, tuple[str, ...]]]:
    for section in re.split(r"^== *", path.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]:
        title, *lines = section.split("\n")
        yield title.strip(), tuple(line for line in lines if line.strip() and not line.startswith("#"))


def _pairs(lines: tuple[str, ...]) -> Mapping[str, str]:
    return {key: value.strip() for key, _, value in (line.partition(" ") for line in lines)}


def _template(pack: str, name: str, lines: tuple[str, ...]) -> Template:
    at = lines.index("--")
    body = tuple((mark, words.strip()) for mark, _, words in (line.partition(" ") for line in lines[at + 1 :]))
    return Template(name, pack, _pairs(lines[:at]), body)


def expanded(text: str, rng: Random, fill: Callable[[str, str], str]) -> str:
    """`text` with one of every choice and every gap filled, from the inside out."""
    while True:
        choice = _CHOICE.search(text)
        if choice is None:
            break
        text = text[: choice.start()] + rng.choice(choice[1].split("|")) + text[choice.end() :]
    return _GAP.sub(lambda gap: fill(gap[1], gap[2] or ""), text)
