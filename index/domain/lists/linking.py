"""Decides which image belongs to which row of a catalogue (挂接): by its code, by its file's name, or by its position.

Nothing is linked that is not certain: two images of one name, or two rows for one image, are told and left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from index.domain.folding import folded
from index.domain.lists.entries import Entry, Fault

#: A name's ending begins with a letter: the last part of 12.034 is none.
_ENDING = re.compile(r"\.[A-Za-z][A-Za-z0-9]{0,4}$")
_DIGITS = re.compile(r"(\d+)")


class By(StrEnum):
    CODE = "code"
    NAME = "name"
    POSITION = "position"


@dataclass(frozen=True, slots=True)
class Image:
    """A captured item that a row may describe: the path it came by (shown), the code it was told, how many pages.

    `filed` is the code it is filed under; `entered` says that a row of some list became it already.
    """

    item_id: str
    path: str
    code: str = ""
    pages: int = 0
    filed: str = ""
    entered: bool = False


@dataclass(frozen=True, slots=True)
class Links:
    """Rows with their images, and what is left over on both sides; `entries` keep their order and gain faults."""

    entries: tuple[Entry, ...]
    images: Mapping[int, Image]
    """Row number -> its image."""
    left: tuple[Image, ...]
    """Images that no row speaks of."""


def link(entries: Sequence[Entry], images: Sequence[Image], by: By) -> Links:
    """Find each entry's image. Images are taken in the natural order of their paths (2 before 10) for a position.

    Rows without an image get the fault entry-no-image, with several entry-two-images, an image of several rows
    entry-image-twice; a count of pages that differs warns.
    """
    found = _by_position(entries, images) if by is By.POSITION else _by_key(entries, images, by)
    taken = _times(image for several in found.values() for image in several)
    told = tuple(_told(entry, found.get(entry.number, ()), taken) for entry in entries)
    sound = {entry.number: found[entry.number][0] for entry in told if _is_linked(entry, found)}
    used = {image.item_id for image in sound.values()}
    return Links(told, sound, tuple(one for one in images if one.item_id not in used and not one.entered))


def key(code: str) -> str:
    """A code as it is compared: codes in file names have other signs (· is no sign of a file's name)."""
    return "".join(character for character in folded(code).text.upper() if character.isalnum())


def name_key(path: str) -> str:
    """A file's name as it is compared: without its folders and its ending."""
    return key(_ENDING.sub("", re.split(r"[\\/]", path.strip())[-1]))


def natural(path: str) -> tuple[tuple[int, str], ...]:
    """Sorts 2 before 10."""
    return tuple((int(part), "") if part.isdecimal() else (-1, part) for part in _DIGITS.split(path) if part)


def _by_position(entries: Sequence[Entry], images: Sequence[Image]) -> dict[int, tuple[Image, ...]]:
    ordered = sorted(images, key=lambda image: natural(image.path))
    return {entry.number: (image,) for entry, image in zip(entries, ordered, strict=False)}


def _by_key(entries: Sequence[Entry], images: Sequence[Image], by: By) -> dict[int, tuple[Image, ...]]:
    named: dict[str, list[Image]] = {}
    for image in images:
        for one in _keys(image, by):
            named.setdefault(one, []).append(image)
    return {entry.number: tuple(named.get(_asked(entry, by), ())) for entry in entries}


def _keys(image: Image, by: By) -> set[str]:
    """By code: what a cover or a profile told, else the file's name, which often is the code; and its own code."""
    if by is By.NAME:
        return {name_key(image.path)} - {""}
    return {key(image.code) or name_key(image.path), key(image.filed)} - {""}


def _asked(entry: Entry, by: By) -> str:
    name = entry.value("file_name") if by is By.NAME else ""
    return name_key(name) if name else key(entry.value("reference_code"))


def _times(images: Iterable[Image]) -> Mapping[str, int]:
    times: dict[str, int] = {}
    for image in images:
        times[image.item_id] = times.get(image.item_id, 0) + 1
    return times


def _told(entry: Entry, found: Sequence[Image], taken: Mapping[str, int]) -> Entry:
    if not found:
        return entry.with_faults(Fault("entry-no-image"))
    if len(found) > 1:
        return entry.with_faults(Fault("entry-two-images", {"names": ", ".join(image.path for image in found[:3])}))
    if taken[found[0].item_id] > 1:
        return entry.with_faults(Fault("entry-image-twice", {"name": found[0].path}))
    said = entry.value("pages")
    if said and found[0].pages and int(said) != found[0].pages:
        return entry.with_faults(Fault("entry-pages-differ", {"said": said, "pages": found[0].pages}))
    return entry


def _is_linked(entry: Entry, found: Mapping[int, tuple[Image, ...]]) -> bool:
    unlinked = {"entry-no-image", "entry-two-images", "entry-image-twice"}
    return bool(found.get(entry.number)) and not unlinked & {fault.code for fault in entry.faults}
