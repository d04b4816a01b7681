"""Decides how a document is set in traditional characters: as a converter has them, its truth likewise."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import opencc

from tests.sheet import Block, Chop, Form, Grid, Line, Sheet, Signed


@cache
def _converter() -> opencc.OpenCC:
    return opencc.OpenCC("s2t")


@cache
def converted(text: str) -> str:
    """The text in traditional characters."""
    return str(_converter().convert(text))


def in_traditional(sheet: Sheet) -> Sheet:
    """The same sheet with every word converted."""
    return replace(sheet, blocks=tuple(map(_block, sheet.blocks)), script="hant")


def _block(block: Block) -> Block:
    match block:
        case Line(text, kind):
            return Line(converted(text), kind)
        case Grid(rows):
            return Grid(tuple(tuple(map(converted, row)) for row in rows))
        case Form(fields):
            return Form(tuple((converted(label), converted(value)) for label, value in fields))
        case Signed(issuer, day, stamped):
            return Signed(converted(issuer), converted(day), stamped)
        case Chop(lines):
            return Chop(tuple(map(converted, lines)))
        case other:
            return other
