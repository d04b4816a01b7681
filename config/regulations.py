"""Decides which regulations this room has: reads a pack's folder, strictly, and says what is wrong with it.

`pack.toml` is the regulation, `cases.toml` its worked examples, `README.md` its source. A pack that does not check is
not loaded.
"""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import MISSING, fields, replace
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any, TypeVar, get_type_hints

from config.soundness import Problem, problems
from index.domain.errors import WrongUse
from index.domain.folding import folded
from index.domain.rules.policy import (
    AccessRow,
    Duty,
    Elsewhere,
    Floor,
    Pack,
    Rule,
    ScheduleRow,
    Series,
    Slot,
)
from index.domain.rules.provisions import LANGUAGES, Condition, DestructionRule, Gate, IntakeRule, LoanRule, Seal
from index.domain.rules.ruling import Because, because, because_of

PACKS = Path(__file__).parent / "packs"
_MOST_BYTES = 4_000_000

_Part = TypeVar("_Part")
_Reading = Callable[[Any], Any]

_KINDS: dict[str, type[Any]] = {
    "series": Series,
    "schedule": ScheduleRow,
    "rules": Rule,
    "floors": Floor,
    "checklist": Slot,
    "duties": Duty,
    "access": AccessRow,
    "loans": LoanRule,
    "sealed": Seal,
    "gates": Gate,
    "intake": IntakeRule,
    "destruction": DestructionRule,
    "conditions": Condition,
    "elsewhere": Elsewhere,
}


def load_all(folder: Path = PACKS) -> tuple[Pack, ...]:
    """Every pack in `folder`, by id; raises WrongUse("bad-pack") at the first that does not check."""
    return tuple(load(one.parent) for one in sorted(folder.glob("*/pack.toml")))


def load(folder: Path) -> Pack:
    """The pack in `folder`; raises WrongUse("bad-pack") naming file, key and problem."""
    pack = _read(folder)
    for problem in problems(pack):
        raise _bad(folder, problem.key, problem.why)
    return pack


def check(folder: Path) -> tuple[Problem, ...]:
    """Everything that is wrong with the pack in `folder`; empty when it may be loaded."""
    try:
        return problems(_read(folder))
    except WrongUse as error:
        return (_told(error),)


def _told(refused: WrongUse) -> Problem:
    """What `_bad` refused."""
    why = refused.details["problem"]
    assert isinstance(why, Because)
    return Problem(str(refused.details["key"]), why)


def read_edition(name: str, place: Path, digest: str = "") -> Pack:
    """The edition of a regulation that stands in the file `place`, and has this digest; raises WrongUse("bad-pack")."""
    pack = _read(Path(name), place)
    if digest not in ("", pack.digest):
        raise _bad(Path(name), "digest", because("pack-edition-changed", digest=digest[:12]))
    return pack


def file_of(folder: Path) -> Path:
    return folder / "pack.toml"


def _read(folder: Path, place: Path | None = None) -> Pack:
    try:
        raw = _bytes(place or file_of(folder))
        said = tomllib.loads(raw.decode())
    except (OSError, ValueError, RecursionError, WrongUse) as error:
        raise _bad(folder, "-", _plainly(error)) from error
    if said.get("id") != folder.name:
        raise _bad(folder, "id", because("pack-name", name=folder.name))
    return _pack(folder, _unfolded_parts(folder, said), hashlib.sha256(raw).hexdigest())


def _bytes(place: Path) -> bytes:
    """What stands in a file; a pipe or a device would never end, and no regulation is that long."""
    if not place.exists() or place.is_file():
        with place.open("rb") as opened:
            raw = opened.read(_MOST_BYTES + 1)
        if len(raw) <= _MOST_BYTES:
            return raw
    raise WrongUse("pack-no-plain-file", megabytes=_MOST_BYTES // 1_000_000)


def _plainly(error: Exception) -> Because:
    """What went wrong without the path of this machine: notices of it stand on pages."""
    if isinstance(error, WrongUse):
        return because_of(error)
    if isinstance(error, OSError):
        return because("pack-unreadable", said=error.strerror or "I/O")
    return because("pack-not-toml", said=error)


def _unfolded_parts(folder: Path, said: dict[str, Any]) -> dict[str, Any]:
    """`said` with its tables of parts turned into values, and its marking laid open."""
    parts = {name: tuple(_parts(folder, name, kind, said.get(name, []))) for name, kind in _KINDS.items()}
    if "scheme" in said:
        raise _bad(folder, "scheme", because("pack-scheme-place"))
    marking = said.pop("marking", {})
    if not isinstance(marking, dict) or set(marking) != {"default", "scheme"}:
        raise _bad(folder, "marking", because("pack-marking-table"))
    return {**said, **parts, "marking": marking["default"], "scheme": marking["scheme"]}


def _parts(folder: Path, name: str, kind: type[_Part], said: object) -> Iterator[_Part]:
    if not isinstance(said, list):
        raise _bad(folder, name, because("pack-want-tables"))
    for number, one in enumerate(said, 1):
        yield _part(folder, f"{name}[{number}]", kind, one)


def _pack(folder: Path, said: dict[str, Any], digest: str) -> Pack:
    if "digest" in said:
        raise _bad(folder, "digest", because("pack-digest"))
    pack: Pack = _part(folder, "", Pack, said)
    series = tuple(replace(one, names=_series_names(one)) for one in pack.series)
    return replace(pack, series=series, digest=digest)


def _series_names(series: Series) -> tuple[str, ...]:
    """What a folder may be called to mean this series: its code, its titles, and the names of the pack."""
    code = series.code
    spelt = (code, code.replace("·", "-"), code.replace("·", "."), code.replace("·", ""), *series.title.values())
    return tuple(dict.fromkeys((*series.names, *(folded(one).text for one in spelt))))


def _part(folder: Path, place: str, kind: type[_Part], said: object) -> _Part:
    """A value of `kind` from a table; every key must be one of its fields, every field without a default be there."""
    if not isinstance(said, dict):
        raise _bad(folder, place, because("pack-want-table"))
    known = {one.name: one for one in fields(kind)}  # type: ignore[arg-type]
    for key in said:
        if key not in known:
            raise _bad(folder, _key(place, key), because("pack-key-unknown"))
    for name, one in known.items():
        if one.default is MISSING and one.default_factory is MISSING and said.get(name) in (None, ""):
            raise _bad(folder, _key(place, name), because("pack-key-missing"))
    return kind(**{key: _value(folder, _key(place, key), _reading(kind, key), value) for key, value in said.items()})


def _key(place: str, key: str) -> str:
    return f"{place}.{key}" if place else key


def _value(folder: Path, place: str, reading: _Reading, value: object) -> object:
    try:
        return reading(value)
    except WrongUse as error:
        raise _bad(folder, place, because_of(error)) from error


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise WrongUse("pack-want-text")
    return value


def _texts(value: object) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise WrongUse("pack-want-texts")
    return tuple(_text(one) for one in value)


def _terms(value: object) -> tuple[str, ...]:
    return tuple(folded(one).text for one in _texts(value))


def _titles(value: object) -> Mapping[str, str]:
    if not isinstance(value, dict) or set(value) != set(LANGUAGES):
        raise WrongUse("pack-want-languages", languages=", ".join(LANGUAGES))
    return {language: _text(value[language]) for language in LANGUAGES}


def _sentence(value: object) -> Mapping[str, str]:
    """In three languages; editions that homes keep from before have it in English alone (`problems` refuses that)."""
    return {"en": value} if isinstance(value, str) else _titles(value)


def _settings(value: object) -> Mapping[str, str]:
    if not isinstance(value, dict):
        raise WrongUse("pack-want-table")
    return {key: _text(one) for key, one in value.items()}


def _called(value: object) -> Mapping[str, Mapping[str, str]]:
    if not isinstance(value, dict):
        raise WrongUse("pack-want-table")
    return {name: _titles(titles) for name, titles in value.items()}


def _exactly(kind: type[Any]) -> _Reading:
    def reading(value: object) -> object:
        if type(value) is not kind:
            raise WrongUse(f"pack-want-{kind.__name__}")
        return value

    return reading


def _one_of(kind: type[StrEnum]) -> _Reading:
    def reading(value: object) -> object:
        if not isinstance(value, str) or value not in list(kind):
            raise WrongUse("pack-want-one-of", value=value, choices=", ".join(kind))
        return kind(value)

    return reading


def _share(value: object) -> float:
    if not isinstance(value, float) or not 0 < value <= 1:
        raise WrongUse("pack-want-share")
    return value


def _ready(value: object) -> object:
    return value


#: How a value is read by the type of its field; what is folded or has a shape of its own stands below.
_BY_TYPE: Mapping[Any, _Reading] = {
    str: _text,
    bool: _exactly(bool),
    int: _exactly(int),
    float: _share,
    date: _exactly(date),
    tuple[str, ...]: _texts,
}
_BY_KEY: Mapping[str, _Reading] = {
    **dict.fromkeys(("any", "all", "beside", "none", "names", "superiors", "own_words"), _terms),
    **dict.fromkeys(("what", "evidence", "why"), _sentence),
    **dict.fromkeys(("title", "note"), _titles),
    "settings": _settings,
    "called": _called,
}


def _reading(kind: type[Any], key: str) -> _Reading:
    told = _HINTS[kind][key]
    if key in _BY_KEY:
        return _BY_KEY[key]
    if isinstance(told, type) and issubclass(told, StrEnum):
        return _one_of(told)
    return _BY_TYPE.get(told, _ready)


_TABLES: tuple[type[Any], ...] = (Pack, *_KINDS.values())
_HINTS: Mapping[type[Any], Mapping[str, Any]] = {kind: get_type_hints(kind) for kind in _TABLES}


def _bad(folder: Path, key: str, problem: Because) -> WrongUse:
    return WrongUse("bad-pack", file=f"{folder.name}/pack.toml", key=key, problem=problem)
