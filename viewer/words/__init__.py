"""Decides what the pages say: English stands in the code, simplified and traditional Chinese in `<language>/*.po`.

One file a part of the pages; the catalogues are read at start, nothing is compiled. A name in braces is filled in:
`say("zh-Hans", "{n} pages", n=3)`.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from babel.messages.pofile import read_po

SOURCE = "en"
LANGUAGES: Mapping[str, str] = {"zh-Hans": "简体", "zh-Hant": "繁體", "en": "English"}
"""Each language of the room, with the name it has for itself."""

FOLDER = Path(__file__).parent


@cache
def catalogue(language: str) -> Mapping[str, str]:
    """English -> what is said in `language`; empty for English itself."""
    said: dict[str, str] = {}
    for path in sorted((FOLDER / language).glob("*.po")):
        with path.open("rb") as source:
            said |= {str(one.id): str(one.string) for one in read_po(source) if one.id and one.string}
    return said


def say(language: str, message: str, **values: object) -> str:
    """`message` in `language`, its braces filled; a message nobody translated is shown in English."""
    said = catalogue(language).get(message, message)
    return said.format_map(values) if values else said
