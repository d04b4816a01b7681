"""Decides which days a date can mean that knows its year or month only: better shown too often than never found."""

from __future__ import annotations


def latest(date: str) -> str:
    """The last day that a date cut short or padded with 00 can mean, beyond any real one; empty for none."""
    parts = (date[:4], date[4:6], date[6:8])
    return "".join("99" if part in {"", "00"} else part for part in parts) if date else ""
