"""Decides in which languages a thing is said: simplified and traditional Chinese, and English."""

from __future__ import annotations


def said(hans: str, hant: str, en: str) -> dict[str, str]:
    return {"zh-Hans": hans, "zh-Hant": hant, "en": en}
