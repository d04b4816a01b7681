"""Decides which fonts of the machine stand in for an OFD's: a serif and a sans with Chinese, regular and bold.

The fonts that lie in an OFD are not opened: they are subsets without names for their glyphs as a rule, and a font is
the most hostile of files.
"""

from __future__ import annotations

import os
from functools import cache, lru_cache
from pathlib import Path

from PIL import ImageFont

from index.domain.errors import Missing
from ingest.imaging.ofd.marks import Face

#: By serif and bold: names in the order of preference, with the face that holds simplified Chinese.
_KNOWN = {
    (True, False): (
        ("NotoSerifCJK-Regular.ttc", 2),
        ("NotoSerifCJKsc-Regular.otf", 0),
        ("SourceHanSerifSC-Regular.otf", 0),
    ),
    (True, True): (("NotoSerifCJK-Bold.ttc", 2), ("NotoSerifCJKsc-Bold.otf", 0), ("SourceHanSerifSC-Bold.otf", 0)),
    (False, False): (
        ("NotoSansCJK-Regular.ttc", 2),
        ("NotoSansCJKsc-Regular.otf", 0),
        ("SourceHanSansSC-Regular.otf", 0),
    ),
    (False, True): (("NotoSansCJK-Bold.ttc", 2), ("NotoSansCJKsc-Bold.otf", 0), ("SourceHanSansSC-Bold.otf", 0)),
}
_LAST_RESORT = (("wqy-zenhei.ttc", 0), ("wqy-microhei.ttc", 0))


@lru_cache(maxsize=64)
def font(face: Face, pixels: int) -> ImageFont.FreeTypeFont:
    """The font of the machine for a face, so many pixels high. Raises Missing("font-missing")."""
    path, number = _file(face)
    return ImageFont.truetype(path, pixels, number, layout_engine=ImageFont.Layout.BASIC)


@cache
def _file(face: Face) -> tuple[str, int]:
    present = _present()
    wanted = _KNOWN[face.serif, face.bold]
    others = [one for names in _KNOWN.values() for one in names]
    for name, number in (*wanted, *others, *_LAST_RESORT):
        if name in present:
            return present[name], number
    raise Missing("font-missing", font="Noto CJK")


@cache
def _present() -> dict[str, str]:
    shared = [*os.environ.get("XDG_DATA_DIRS", "").split(":"), "/usr/local/share", "/usr/share"]
    folders = [Path(folder) / "fonts" for folder in shared if folder]
    folders += [Path.home() / ".local/share/fonts", Path.home() / ".fonts"]
    return {path.name: str(path) for folder in reversed(folders) for path in folder.rglob("*.[ot]t[cf]")}
