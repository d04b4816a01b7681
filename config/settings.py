"""Decides what may be set, what it is when nobody sets it, and that a misspelt key is an error with its name.

`HOME/settings.toml` beats `config/default.toml`; an environment variable `MUNIMENT_<PART>__<KEY>` beats both.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal, get_args
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from index.domain.errors import WrongUse
from index.domain.naming import Profile, profile

PREFIX = "MUNIMENT_"
DEFAULTS = Path(__file__).with_name("default.toml")


def _known_zone(name: str) -> str:
    """Raises ValueError for a time zone that nobody knows."""
    try:
        return ZoneInfo(name).key
    except (ZoneInfoNotFoundError, OSError) as error:
        raise ValueError(f"no such time zone: {name}") from error


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Room(_Part):
    """The archive room itself."""

    name: str
    timezone: Annotated[str, AfterValidator(_known_zone)]
    language: Literal["zh-Hans", "zh-Hant", "en"]


class Watch(_Part):
    """When a dropped file is taken; seconds."""

    settle_seconds: float = Field(gt=0)
    network_settle_seconds: float = Field(gt=0)
    folder_settle_seconds: float = Field(gt=0)
    network: bool
    rescan_seconds: float = Field(gt=0)


class Ocr(_Part):
    """How pages are read; `timeout_seconds` for one run of Tesseract on one page."""

    engine: Literal["auto", "rapidocr", "tesseract"]
    timeout_seconds: float = Field(gt=0)
    cross_check: bool
    """Whether the other engine reads the doubtful lines too; what it says counts in their confidence."""
    doubtful: float = Field(ge=0, le=1)
    doubtful_page: float = Field(ge=0, le=1)
    series: dict[str, Literal["auto", "rapidocr", "tesseract"]]
    """FONDS or FONDS/SERIES -> the engine that reads what is known to belong there."""


ENGINES: tuple[str, ...] = get_args(Ocr.model_fields["engine"].annotation)
"""What can be asked to read; the first is the room's own choice."""


class Proof(_Part):
    """How text is proofed: which series two people enter, the rate that is good enough, how often makes a habit."""

    double_entry: list[str]
    most_wrong: float = Field(ge=0, le=1)
    confusions: int = Field(gt=0)


class Cage(_Part):
    """What one hostile file may cost."""

    seconds: float = Field(gt=0)
    memory_mb: int = Field(gt=0)
    megapixels: int = Field(gt=0)
    pages: int = Field(gt=0)
    file_mb: int = Field(gt=0)


class Zip(_Part):
    """How much one ZIP may hold: files, megabytes unpacked, times its own size."""

    files: int = Field(gt=0)
    megabytes: int = Field(gt=0)
    ratio: int = Field(gt=0)


class Pages(_Part):
    """How pages are counted where a register asks for their number (DA/T 22: blank ones are not)."""

    count_blank: bool


class Queue(_Part):
    """How work is handed out. `broker` is "embedded" or the URL of a Redis server."""

    broker: str
    workers: int = Field(ge=0)
    deliveries: int = Field(gt=0)
    lease_seconds: float = Field(gt=0)
    sweep_seconds: float = Field(gt=0)


def _without_password(address: str) -> str:
    """Raises ValueError for an address with a password in it: settings are shown, copied and backed up."""
    if ":" in address.partition("://")[2].rpartition("@")[0]:
        raise ValueError("a password stands in text.password_file or MUNIMENT_TEXT_PASSWORD, not in the address")
    return address


class Text(_Part):
    """What holds the full text: "fast" or "stock" in the home's own folder, or the server at `address`.

    "fast" keeps it in shards: `fonds_pages` gives a fonds a shard of its own, `shard_pages` divides a shard, and
    `processes` search beside the asking one; 0 is decided by size.
    """

    engine: Literal["fast", "stock", "postgresql", "opensearch"]
    processes: int = Field(ge=0, le=64)
    fonds_pages: int = Field(gt=0)
    shard_pages: int = Field(gt=0)
    address: Annotated[str, AfterValidator(_without_password)]
    password_file: str


class Viewer(_Part):
    """Who may reach the pages, and how long a session lasts."""

    host: str
    port: int = Field(gt=0, lt=65536)
    hosts: list[str]
    https: bool
    certificate: str
    key: str
    idle_minutes: int = Field(gt=0)
    session_hours: int = Field(gt=0)
    password_length: int = Field(ge=8)
    attempts: int = Field(gt=0)
    attempt_minutes: int = Field(gt=0)


class Packs(_Part):
    """Which regulations this home has chosen."""

    chosen: list[str]


def _known_patterns(profiles: dict[str, str]) -> dict[str, str]:
    """Raises ValueError for a pattern that is none."""
    for named in profiles.values():
        try:
            profile(named)
        except WrongUse as error:
            raise ValueError(str(error)) from error
    return profiles


class Quality(_Part):
    """What a batch sheet calls good enough (`index.domain.proof.quality`), and how much of a batch is looked at."""

    least_dpi: int = Field(ge=0)
    dpi_for_reading: int = Field(ge=0)
    least_colour: Literal["bitonal", "gray", "colour"]
    most_skew: float = Field(ge=0)
    least_paper: int = Field(ge=0, le=255)
    most_ink: int = Field(ge=0, le=255)
    least_contrast: int = Field(ge=0, le=255)
    least_confidence: float = Field(ge=0, le=1)
    most_blank_percent: float = Field(ge=0, le=100)
    sample_percent: float = Field(gt=0, le=100)
    sample_least: int = Field(ge=1)
    pass_percent: float = Field(ge=0, le=100)


class Settings(_Part):
    room: Room
    watch: Watch
    ocr: Ocr
    proof: Proof
    cage: Cage
    zip: Zip
    pages: Pages
    queue: Queue
    text: Text
    viewer: Viewer
    packs: Packs
    quality: Quality
    profiles: Annotated[dict[str, str], AfterValidator(_known_patterns)]
    """Folder below the drop folder -> the profile (its name or pattern) by which names in it and below it are read."""

    def profile_of(self, folder: bytes) -> Profile | None:
        """The profile of a folder (its path below the drop folder): its own, else that of the nearest above it."""
        path = folder.decode("utf-8", "replace")
        while path:
            if path in self.profiles:
                return profile(self.profiles[path])
            path = path.rpartition("/")[0]
        return None


def load(path: Path, environment: Mapping[str, str] = os.environ) -> Settings:
    """The settings of a home. Raises WrongUse("bad-setting") naming file and key."""
    values = _read(DEFAULTS)
    if path.exists():
        _lay_over(values, _read(path))
        _check(values, str(path))
    _lay_over(values, _from_environment(environment))
    return _check(values, "the environment")


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise WrongUse("bad-setting", file=path, key="?", problem=error) from error


def _lay_over(values: dict[str, Any], above: Mapping[str, Any]) -> None:
    for part, keys in above.items():
        if isinstance(keys, Mapping) and isinstance(values.get(part), dict):
            values[part].update(keys)
        else:
            values[part] = keys


def _from_environment(environment: Mapping[str, str]) -> dict[str, Any]:
    """MUNIMENT_OCR__ENGINE=tesseract -> {"ocr": {"engine": "tesseract"}}; lists are split at commas."""
    values: dict[str, Any] = {}
    for name, value in environment.items():
        part, mark, key = name.removeprefix(PREFIX).lower().partition("__")
        if name.startswith(PREFIX) and mark:
            values.setdefault(part, {})[key] = _listed(part, key, value)
    return values


def _listed(part: str, key: str, value: str) -> str | list[str]:
    return (
        value.split(",")
        if (part, key) in {("viewer", "hosts"), ("packs", "chosen"), ("proof", "double_entry")}
        else value
    )


def _check(values: Mapping[str, Any], where: str) -> Settings:
    try:
        return Settings.model_validate(values)
    except ValidationError as error:
        first = error.errors()[0]
        key = ".".join(str(part) for part in first["loc"])
        raise WrongUse("bad-setting", file=where, key=key, problem=first["msg"]) from error
