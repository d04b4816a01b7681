"""The words behind a decision are words, not the pieces that the program compares."""

from __future__ import annotations

import pytest

from viewer.legible import legible


@pytest.mark.parametrize(
    ("pieces", "words"),
    [
        ("档|中心|档案|案|人事档|事档案", ["中心", "人事档案"]),
        ("诉|投诉|投|投诉|矸石|索赔", ["投诉", "矸石", "索赔"]),
        ("离|离职|离职|职|补偿|离职人", ["离职人", "补偿"]),
        ("户|有限|用|限公|限公司|有限公", ["有限公司"]),
        ("前排|张,|,|前", ["前排"]),
        ("任免|职务任免", ["职务任免"]),
        ("师", ["师"]),
        ("certificate of compliance", ["certificate of compliance"]),
        ("cost|stone|supply of", ["cost", "stone", "supply of"]),
        ("晚会|节目|会节|晚会节|会节目", ["晚会节目"]),
        ("要货|规格|付款", ["要货", "规格", "付款"]),
        ("投诉|诉|索赔 — 甲厂投诉、乙厂索赔", ["投诉", "索赔", "《甲厂投诉》", "《乙厂索赔》"]),
        ("REPORT — ANNEX", ["REPORT — ANNEX"]),
        ("工号:A8223", ["工号:A8223"]),
        ("", [""]),
        (",", [","]),
    ],
)
def test_pieces_are_put_together_again(pieces: str, words: list[str]) -> None:
    assert legible(pieces) == words
