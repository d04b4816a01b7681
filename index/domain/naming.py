"""Decides what a scanner's file names say: which files are one item, in which order, and what is left over.

A profile is a pattern of fixed words and fields, for the name without its ending:

    {name}_{page}          合同_001, 合同_002 ...     one item a name, in the order of the pages
    {code}_{page:4}        J101-WS·2024-Y-0001_0001   the name is the reference code
    IMG{date}_{page}       IMG20241126_0001           one item a day
    {sheet}{side:A/B}      001A, 001B ...             front and back of each sheet
    {name}_{half:front/back}                          all fronts, and all backs from the last sheet to the first
    {name}{backs-behind}                              the same in one file: the second half are the backs

`{item}` is a number that tells items apart, `{any}` is passed over, `{page:4}` has just four digits. No expression of a
user is ever run: a name is matched in steps bounded by its length times the pattern's.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from index.domain.errors import WrongUse

#: The schemes that scanners and scanning programs come with.
PROFILES: Mapping[str, str] = {
    "name_page": "{name}_{page}",
    "name-page": "{name}-{page}",
    "code_page": "{code}_{page}",
    "date_page": "IMG{date}_{page}",
    "item_page": "{item}_{page}",
    "sheet-sides": "{sheet}{side:A/B}",
    "name-sheet-sides": "{name}_{sheet}_{side:f/b}",
    "fronts-backs": "{name}_{half:front/back}",
    "正面-背面": "{name}_{half:正面/背面}",
    "backs-behind": "{name}{backs-behind}",
}

_TEXTS, _NUMBERS = ("name", "code", "any"), ("page", "sheet", "item", "date")
_CHOICES, _MARK = ("side", "half"), "backs-behind"
_APART = ("name", "code", "date", "item")
_FIELD = re.compile(r"\{([^{}]*)\}")
_ENDING = re.compile(r"\.[A-Za-z0-9]{1,5}$")
_LONGEST, _MOST_DIGITS = 120, 9
#: More than any number of these digits.
_BEYOND = 1_000_000_000
FRONT, BACK, FOLDED = "front", "back", "folded"


@dataclass(frozen=True, slots=True)
class Named:
    """What the name of a scan says: the `item` it belongs to (as shown), the code it gives, which half it is."""

    item: str = ""
    code: str = ""
    half: str = ""


@dataclass(frozen=True, slots=True)
class _Part:
    """A piece of a pattern: fixed `words` (one of them), or a run of characters that `holds` allows."""

    field: str
    words: tuple[str, ...] = ()
    holds: Callable[[str], bool] | None = None
    width: int = 0


@dataclass(frozen=True, slots=True)
class Profile:
    """A pattern, ready to be matched. Made by `profile()`."""

    pattern: str
    parts: tuple[_Part, ...]

    @property
    def folded(self) -> bool:
        return any(part.field == _MARK for part in self.parts)

    def has(self, *fields: str) -> bool:
        return any(part.field in fields for part in self.parts)


@dataclass(frozen=True, slots=True)
class Page:
    """A file in its group: `place` orders it and stays the same whatever comes later."""

    name: str
    place: int
    half: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """The files of one item, in order."""

    item: str
    code: str
    pages: tuple[Page, ...]
    missing: int = 0
    """How many numbers lack between the first and the last."""


@dataclass(frozen=True, slots=True)
class Grouped:
    """How the names of a folder belong together, and those that the profile says nothing of."""

    groups: tuple[Group, ...] = ()
    left: tuple[str, ...] = ()


# -- patterns ----------------------------------------------------------------------------------------------------------


def profile(named: str) -> Profile:
    """The profile of this name, or of this pattern. Raises WrongUse("bad-pattern") that says what is wrong with it."""
    pattern = PROFILES.get(named, named)
    if len(pattern) > _LONGEST:
        raise _wrong(pattern, f"> {_LONGEST}")
    parts = tuple(_parts(_ENDING.sub("", pattern)))
    _check(pattern, parts)
    return Profile(pattern, parts)


def _wrong(pattern: str, problem: str) -> WrongUse:
    return WrongUse("bad-pattern", pattern=pattern[:_LONGEST], problem=problem)


def _parts(pattern: str) -> Iterator[_Part]:
    at = 0
    for found in _FIELD.finditer(pattern):
        if found.start() > at:
            yield _Part("", (pattern[at : found.start()].casefold(),))
        yield _field(pattern, found[1])
        at = found.end()
    if at < len(pattern):
        yield _Part("", (pattern[at:].casefold(),))


def _field(pattern: str, said: str) -> _Part:
    name, _, told = said.partition(":")
    if name in _CHOICES:
        words = tuple(word.casefold() for word in told.split("/"))
        if len(words) != 2 or not all(words) or words[0] == words[1]:
            raise _wrong(pattern, said)
        return _Part(name, words)
    if name in _NUMBERS and (not told or (told.isascii() and told.isdecimal() and 0 < int(told) <= _MOST_DIGITS)):
        return _Part(name, holds=_is_digit, width=int(told or (8 if name == "date" else 0)))
    if name in _TEXTS and not told:
        return _Part(name, holds=_is_anything)
    if said == _MARK:
        return _Part(_MARK, ("",))
    raise _wrong(pattern, f"{{{said}}}")


def _is_digit(character: str) -> bool:
    return character.isascii() and character.isdecimal()


def _is_anything(character: str) -> bool:
    return character != "/"


def _check(pattern: str, parts: Sequence[_Part]) -> None:
    """One field a name, two runs of characters never side by side, and something that says what belongs together."""
    fields = [part.field for part in parts if part.field and part.field != "any"]
    if len(set(fields)) != len(fields):
        raise _wrong(pattern, "{…}{…}")
    for part, behind in pairwise(parts):
        if part.holds and part.holds is behind.holds and not part.width and not behind.width:
            raise _wrong(pattern, f"{{{part.field}}}{{{behind.field}}}")
    if any("{" in word or "}" in word for part in parts for word in part.words):
        raise _wrong(pattern, "{ }")
    if not set(fields) & {*_APART, "page", "sheet", *_CHOICES}:
        raise _wrong(pattern, "{name}, {page} …")


# -- names -------------------------------------------------------------------------------------------------------------


def read(name: str, by: Profile) -> Mapping[str, str] | None:
    """field -> what stands in its place, or None when the pattern does not fit; runs of text take as much as they can.

    First it is found, from the end backwards, from where the rest of the name fits the rest of the pattern; then it is
    read off forwards. Neither takes more than a few steps a character and part.
    """
    stem = _ENDING.sub("", name)
    folded = stem.casefold()
    if len(folded) != len(stem):  # a few letters grow when folded, and places would shift
        folded = stem
    fits = _fits(folded, by.parts)
    return _read_off(stem, folded, by.parts, fits) if fits[0][0] else None


def _read_off(stem: str, folded: str, parts: Sequence[_Part], fits: Sequence[Sequence[bool]]) -> Mapping[str, str]:
    found, at = {}, 0
    for number, part in enumerate(parts):
        ends = [end for end in _ends(folded, at, part) if fits[number + 1][end]]
        # Words take no digit from a number right behind them.
        short = part.holds is _is_anything and parts[number + 1 :] and parts[number + 1].holds is _is_digit
        end = min(ends) if short else max(ends)
        found[part.field] = stem[at:end] if part.holds else folded[at:end]
        at = end
    return found


def _fits(text: str, parts: Sequence[_Part]) -> list[list[bool]]:
    """[part][place]: whether text[place:] fits parts[part:]."""
    fits = [[False] * len(text) + [True]]
    for part in reversed(parts):
        fits.insert(0, _fit(text, part, fits[0]))
    return fits


def _fit(text: str, part: _Part, behind: Sequence[bool]) -> list[bool]:
    """[place]: whether this part and what is behind it fit from there on."""
    if part.holds is not _is_anything:
        return [any(behind[end] for end in _ends(text, at, part)) for at in range(len(text) + 1)]
    fit = [False] * (len(text) + 1)
    for at in range(len(text) - 1, -1, -1):
        fit[at] = _is_anything(text[at]) and (behind[at + 1] or fit[at + 1])
    return fit


def _ends(text: str, at: int, part: _Part) -> Iterator[int]:
    """The places where this part may end when it begins at `at`."""
    if part.holds is None:
        yield from (at + len(word) for word in part.words if text.startswith(word, at))
        return
    most = len(text) - at if part.holds is _is_anything else part.width or _MOST_DIGITS
    for length in range(1, min(most, len(text) - at) + 1):
        if not part.holds(text[at + length - 1]):
            return
        if length >= part.width:
            yield at + length


# -- groups ------------------------------------------------------------------------------------------------------------


def grouped(names: Iterable[str], by: Profile) -> Grouped:
    """The items that these files are, each in its order; files of a name and place that is taken already are left."""
    found: dict[tuple[str, ...], list[tuple[str, Mapping[str, str]]]] = {}
    left = []
    for name in sorted(names):
        said = read(name, by)
        if said is None:
            left.append(name)
        else:
            key = tuple(said.get(field, "").casefold() for field in _APART)
            found.setdefault(key, []).append((name, said))
    groups = [_group(files, by) for files in found.values()]
    kept = {page.name for group in groups for page in group.pages}
    doubled = [name for files in found.values() for name, _ in files if name not in kept]
    return Grouped(tuple(groups), tuple(sorted(left + doubled)))


def _group(files: Sequence[tuple[str, Mapping[str, str]]], by: Profile) -> Group:
    first = files[0][1]
    item = " ".join(first[field] for field in _APART if first.get(field))
    placed: dict[int, Page] = {}
    for name, said in files:
        page = Page(name, _place(said, by), _half(said, by))
        placed.setdefault(page.place, page)
    numbers = {_number(said) for _, said in files}
    missing = max(numbers) - min(numbers) + 1 - len(numbers)
    return Group(item, first.get("code", ""), tuple(placed[place] for place in sorted(placed)), missing)


def _number(said: Mapping[str, str]) -> int:
    return int(said.get("sheet") or said.get("page") or 0)


def _place(said: Mapping[str, str], by: Profile) -> int:
    """Where a file stands in its item: by its sheet or page, fronts before backs.

    Backs that were scanned from the last to the first count down: their places lie behind those of all fronts.
    """
    number = _number(said)
    if by.has("side"):
        return 2 * number + _chosen(said, by, "side")
    return number + _chosen(said, by, "half") * _BEYOND


def _half(said: Mapping[str, str], by: Profile) -> str:
    if by.folded:
        return FOLDED
    return (FRONT, BACK)[_chosen(said, by, "half")] if by.has("half") else ""


def _chosen(said: Mapping[str, str], by: Profile, field: str) -> int:
    words = next((part.words for part in by.parts if part.field == field), ())
    return words.index(said[field]) if field in said else 0
