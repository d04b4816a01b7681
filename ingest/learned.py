"""Decides how what was learned is kept: as JSON under its digest, never as code; what is damaged counts as nothing."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict
from functools import lru_cache
from pathlib import Path

import structlog

from config.wiring import Home
from index.domain.placing.lessons import Learned

log = structlog.get_logger()


def learned(home: Home) -> Learned:
    """What was learned; nothing where there is none, or where its digest is not its own."""
    place = _place(home)
    with suppress(FileNotFoundError):
        return _read(place, place.stat().st_mtime_ns)
    return Learned()


def taught(home: Home) -> int:
    """How many items had been confirmed when it was learned last."""
    try:
        return int(str(_sealed(_place(home))["taught"]))
    except (OSError, ValueError, KeyError, TypeError):
        return 0


def keep(home: Home, one: Learned, taught: int) -> None:
    """Write it whole beside the old one, then in its place."""
    place = _place(home)
    place.parent.mkdir(exist_ok=True)
    said = json.dumps({"taught": taught, "learned": asdict(one)}, ensure_ascii=False)
    fresh = place.with_suffix(".new")
    fresh.write_text(f"{hashlib.sha256(said.encode()).hexdigest()}\n{said}", "utf-8")
    fresh.replace(place)
    log.info("learned", lessons=one.lessons, places=len(one.examples))


def _place(home: Home) -> Path:
    return home.path / "learned" / "lessons.json"


@lru_cache(maxsize=4)
def _read(place: Path, changed: int) -> Learned:
    """As it is kept; `changed` is when, so that a worker that lives long reads it anew."""
    try:
        said = _sealed(place)["learned"]
        return Learned(**said)  # type: ignore[arg-type]
    except (ValueError, KeyError, TypeError) as error:
        log.warning("not learned", file=place.name, error=str(error))
        return Learned()


def _sealed(place: Path) -> Mapping[str, object]:
    """The content of the file. Raises ValueError where it is not what was written."""
    seal, _, said = place.read_text("utf-8").partition("\n")
    if hashlib.sha256(said.encode()).hexdigest() != seal:
        raise ValueError("its digest is another")
    content: Mapping[str, object] = json.loads(said)
    return content
