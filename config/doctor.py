"""Decides what this machine needs, and says how to mend what is missing."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from config.wiring import Home
from index.domain.errors import MunimentError

_TESSDATA = (Path("/usr/share/tesseract-ocr/5/tessdata"), Path("/usr/share/tessdata"))
_LANGUAGES = {"chi_sim": "tesseract-ocr-chi-sim", "chi_tra": "tesseract-ocr-chi-tra", "eng": "tesseract-ocr-eng"}
_FONTS = Path("/usr/share/fonts")
_LITTLE_ROOM = 2 * 1024**3


@dataclass(frozen=True, slots=True)
class Symptom:
    """One thing looked at: whether it is well, and what mends it."""

    what: str
    well: bool
    mend: str = ""


def examine(home: Home | None, language: str = "en") -> list[Symptom]:
    """Everything that is looked at, well or not; what is wrong with a regulation is told in `language`."""
    return [*_machine(), *(_home(home, language) if home else [])]


def _machine() -> Iterator[Symptom]:
    yield Symptom(f"Python {sys.version.split()[0]}", sys.version_info >= (3, 11), "install Python 3.11 or newer")
    yield Symptom("tesseract", shutil.which("tesseract") is not None, "apt-get install tesseract-ocr")
    for language, package in {**_LANGUAGES, "osd": "tesseract-ocr-osd"}.items():
        there = any((folder / f"{language}.traineddata").exists() for folder in _TESSDATA)
        yield Symptom(f"tesseract: {language}", there, f"apt-get install {package}")
    font = any(_FONTS.rglob("Noto*CJK*")) if _FONTS.exists() else False
    yield Symptom("a font with Chinese", font, "apt-get install fonts-noto-cjk")


def _home(home: Home, language: str) -> Iterator[Symptom]:
    free = shutil.disk_usage(home.path).free
    yield Symptom(f"room on the disk: {free // 1024**2} MB", free > _LITTLE_ROOM, "make room, or move the home")
    for name in ("settings.toml", "catalogue.db"):
        shut = not (home.path / name).stat().st_mode & 0o077
        yield Symptom(f"{name} is not open to others", shut, f"chmod 600 {home.path / name}")
    yield _text(home)
    yield Symptom("the packs can be loaded", bool(home.packs), "muniment pack check")
    yield from (Symptom("the regulations as they stand", False, one.words(language)) for one in home.notices())


def _text(home: Home) -> Symptom:
    """Whether the full text can be asked: a server may be away, or its client not installed."""
    engine = home.settings.text.engine
    try:
        home.text.size()
    except (MunimentError, ImportError) as error:
        problem = error.sentence() if isinstance(error, MunimentError) else f"pip install 'muniment[{engine}]'"
        return Symptom(f"full text: {engine}", False, problem)
    return Symptom(f"full text: {engine}", True)
