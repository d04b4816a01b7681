"""Decides which example papers a regulation has: `papers.txt` beside its `pack.toml`, one paper a line.

    WS·XZ | 10y | 关于调整作息时间的通知 | 各处室、年级组:自下周一起执行夏季作息时间

Series (`-`: it belongs to none), period (`-`: open), title (`-`: it bears none), and words that stand on it. Examples
are no part of the regulation: they decide nothing for which a rule speaks, and change no edition.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from functools import lru_cache
from pathlib import Path

from config.regulations import PACKS, load
from config.soundness import Problem
from index.domain.errors import WrongUse
from index.domain.folding import folded
from index.domain.placing.examples import NOWHERE, Example, Exemplars
from index.domain.retention import period
from index.domain.rules.ruling import Because, because, because_of

_PAPERS = "papers.txt"
_OPEN = "-"
_PARTS = 4


@lru_cache(maxsize=8)
def exemplars(packs: tuple[str, ...], folder: Path = PACKS) -> Exemplars:
    """What the examples of these packs teach; some seconds of work for all of them, once a process."""
    return Exemplars({pack: tuple(examples_of(folder / pack)) for pack in packs})


def examples_of(folder: Path) -> Iterator[Example]:
    """The examples of the pack in `folder`; none where it lists none. Lines that are no example are left out."""
    for _, parts in _lines(folder):
        if len(parts) == _PARTS:
            series, kept, title, words = parts
            yield Example(series, _given(kept), _given(folded(title).text), folded(words).text)


def check(folder: Path) -> Iterator[Problem]:
    """What is wrong with the example papers of the pack in `folder`; nothing while the pack itself cannot be read."""
    try:
        codes = {NOWHERE, *(one.code for one in load(folder).series)}
    except WrongUse:
        return
    for number, parts in _lines(folder):
        for why in _faults(parts, codes):
            yield Problem(str(number), why, _PAPERS)


def _faults(parts: list[str], codes: Collection[str]) -> Iterator[Because]:
    if len(parts) != _PARTS or not all(parts):
        yield because("pack-example-parts")
        return
    if parts[0] not in codes:
        yield because("pack-example-series", series=parts[0])
    if parts[1] != _OPEN:
        try:
            period(parts[1])
        except WrongUse as error:
            yield because_of(error)


def _given(said: str) -> str:
    return "" if said == _OPEN else said


def _lines(folder: Path) -> Iterator[tuple[int, list[str]]]:
    place = folder / _PAPERS
    said = place.read_text("utf-8") if place.is_file() else ""
    for number, line in enumerate(said.splitlines(), 1):
        if line.strip() and not line.startswith("#"):
            yield number, [part.strip() for part in line.split("|")]
