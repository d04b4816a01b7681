"""Decides which font of the machine prints Chinese: the first known one in the folders where systems keep fonts."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from index.domain.errors import Missing


@dataclass(frozen=True, slots=True)
class Font:
    """A font file, and which face of it when it is a collection."""

    path: Path
    face: int = 0


#: File names in the order of preference, with the face that holds simplified Chinese.
_KNOWN = (
    ("NotoSansCJK-Regular.ttc", 2),
    ("NotoSansCJKsc-Regular.otf", 0),
    ("NotoSansSC-Regular.otf", 0),
    ("SourceHanSansSC-Regular.otf", 0),
    ("SourceHanSansCN-Regular.otf", 0),
    ("wqy-zenhei.ttc", 0),
    ("wqy-microhei.ttc", 0),
)


def font_folders() -> tuple[Path, ...]:
    """Where fonts lie: the system's data folders (XDG Base Directory) and the user's own."""
    shared = [*os.environ.get("XDG_DATA_DIRS", "").split(":"), "/usr/local/share", "/usr/share"]
    own = (Path.home() / ".local/share/fonts", Path.home() / ".fonts")
    return tuple(Path(folder) / "fonts" for folder in dict.fromkeys(shared) if folder) + own


def chinese_font(folders: Sequence[Path] | None = None) -> Font:
    """The font to print with; raises Missing("font-missing") when the machine has none."""
    for folder in font_folders() if folders is None else folders:
        present = {path.name: path for path in folder.rglob("*.[ot]t[cf]")}
        for name, face in _KNOWN:
            if name in present:
                return Font(present[name], face)
    raise Missing("font-missing", font="Noto Sans CJK")
