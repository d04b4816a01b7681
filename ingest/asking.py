"""Decides how one stage names the next: an actor and the ids it should work on."""

from __future__ import annotations

from collections.abc import Sequence

Asks = Sequence[tuple[str, str]]
"""(actor, id) pairs, asked after the commit."""
