"""Decides which grammar writes a code, loose or in a volume, and which code stands for the class it is numbered in.

A fonds names one grammar; what is loose and what is bound in a volume cannot always be written in the same one:
DA/T 22-2015 and the item form of DA/T 13-2022 know no volume, the volume forms no loose item. Until a loose item of a
volume fonds is bound, it bears the item form.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import replace

from index.domain.errors import WrongUse
from index.domain.identity import DAT13_ITEM, DAT13_LEGACY, DAT13_VOLUME, DAT22, ReferenceCode, numbered, parse, render
from index.domain.rules.policy import Pack

GRAMMARS = (DAT22, DAT13_ITEM, DAT13_VOLUME, DAT13_LEGACY)
"""What a fonds may name."""

_LOOSE = {DAT22: DAT22, DAT13_ITEM: DAT13_ITEM, DAT13_VOLUME: DAT13_ITEM, DAT13_LEGACY: DAT13_ITEM}
_NAME = re.compile(r"[A-Z0-9\u3400-\u9fff]{2,20}")


def grammar_of(code: ReferenceCode, fonds_grammar: str) -> str:
    """The grammar that has a place for every part of `code` that a fonds of this grammar shows."""
    if not code.file_number:
        return _LOOSE[fonds_grammar]
    return DAT13_LEGACY if fonds_grammar == DAT13_LEGACY and code.catalogue_number else DAT13_VOLUME


def written(code: ReferenceCode, fonds_grammar: str, organisations: Mapping[str, str] | None = None) -> str:
    """The code as a fonds of this grammar shows it; raises WrongUse("bad-reference-code")."""
    grammar = grammar_of(code, fonds_grammar)
    return render(_shown(code, grammar), grammar, organisations)


def read(text: str, fonds_grammar: str, organisations: Mapping[str, str] | None = None) -> ReferenceCode | None:
    """The parts of a code that stands on paper, by the fonds's own grammar first; None when none can read it."""
    for grammar in dict.fromkeys((_LOOSE[fonds_grammar], fonds_grammar, DAT13_VOLUME, DAT13_LEGACY)):
        with suppress(WrongUse):
            return parse(text, grammar, organisations)
    return None


def with_number(code: ReferenceCode, number: int, fonds_grammar: str) -> ReferenceCode:
    """`code` with this item number, padded as its grammar pads it."""
    return numbered(code, number, grammar_of(code, fonds_grammar))


def class_of(code: ReferenceCode) -> ReferenceCode:
    """The lowest class, in which item numbers restart: the code without its item number (DA/T 22-2015 5.4)."""
    return replace(code, item_number="")


def loose(code: ReferenceCode) -> ReferenceCode:
    """The class that an item of a volume belonged to before it was bound."""
    return replace(code, item_number="", file_number="", catalogue_number="")


def class_words(code: ReferenceCode, fonds_grammar: str, organisations: Mapping[str, str] | None = None) -> str:
    """The class or the volume as people write it: its code without an item number."""
    last = with_number(code, 1, fonds_grammar)
    return written(last, fonds_grammar, organisations).rpartition("-")[0]


def organisations(packs: Iterable[Pack]) -> Mapping[str, str]:
    """Code of an organisation or topic -> the name that DA/T 13-2022 writes for it (BGS -> 办公室).

    A code that stands for several series, or whose name has no place in a reference code, is written as it is.
    """
    names: dict[str, set[str]] = {}
    for series in (series for pack in packs for series in pack.series if series.organisation):
        names.setdefault(series.organisation, set()).add(series.title.get("zh-Hans", ""))
    single = {code: found.pop() for code, found in names.items() if len(found) == 1}
    fitting = {code: name for code, name in single.items() if _NAME.fullmatch(name)}
    return {code: name for code, name in fitting.items() if list(fitting.values()).count(name) == 1}


def _shown(code: ReferenceCode, grammar: str) -> ReferenceCode:
    """The parts that this grammar writes: the legacy form says nothing of series and year, the others of catalogues."""
    if grammar != DAT13_LEGACY:
        return replace(code, catalogue_number="")
    return ReferenceCode(
        code.fonds,
        catalogue_number=code.catalogue_number,
        file_number=code.file_number,
        item_number=code.item_number,
    )
