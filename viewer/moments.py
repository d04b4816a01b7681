"""Decides how times are written: 2024-03-05 14:20 in tables, in the room's own zone; 2024年3月5日 in prose."""

from __future__ import annotations

from datetime import datetime, tzinfo

_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]


def moment(at: datetime, zone: tzinfo) -> str:
    """A moment, to the minute."""
    return at.astimezone(zone).strftime("%Y-%m-%d %H:%M")


def prose_day(iso: str, language: str) -> str:
    """A day known in part (2024, 2024-03, 2024-03-05) as it is read in a sentence."""
    parts = [int(part) for part in iso.split("-") if part.isdecimal()]
    if language != "en":
        return "".join(f"{part}{unit}" for part, unit in zip(parts, "年月日", strict=False))
    month = _MONTHS[parts[1] - 1 : parts[1]] if len(parts) > 1 else []
    return " ".join([*map(str, parts[2:]), *month, *map(str, parts[:1])])
