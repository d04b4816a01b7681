"""The example papers of the shipped regulations can be read, and teach; what is wrong with a line is told."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from shutil import copytree

import pytest

from config.examples import check, examples_of, exemplars
from config.regulations import PACKS, load_all
from index.domain.placing.examples import NOWHERE, Likeness
from index.domain.placing.opinions import DocumentWords
from index.domain.rules.policy import Pack

ALL = load_all()
FEWEST = 20


@pytest.mark.parametrize("pack", ALL, ids=lambda pack: pack.id)
def test_every_series_has_examples_and_so_have_papers_of_none(pack: Pack) -> None:
    counted = Counter(one.series for one in examples_of(PACKS / pack.id))
    assert set(counted) == {NOWHERE, *(one.code for one in pack.series)}
    assert min(counted.values()) >= FEWEST


@pytest.mark.parametrize("pack", ALL, ids=lambda pack: pack.id)
def test_the_lines_are_sound_and_none_stands_twice(pack: Pack) -> None:
    assert not [*check(PACKS / pack.id)]
    examples = [*examples_of(PACKS / pack.id)]
    assert len(examples) == len(set(examples))


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("ZY·DC | 5y | 调查表", "pack-example-parts"),
        ("ZY·DC | 5y |  | 血压 血糖", "pack-example-parts"),
        ("ZY·XX | 5y | 调查表 | 血压 血糖", "pack-example-series"),
        ("ZY·DC | always | 调查表 | 血压 血糖", "bad-value"),
    ],
)
def test_what_is_wrong_with_a_line_is_told_with_its_number(tmp_path: Path, line: str, code: str) -> None:
    folder = copytree(PACKS / "health-forms", tmp_path / "health-forms")
    (folder / "papers.txt").write_text(f"# examples\n\n{line}\n", "utf-8")
    assert [(one.file, one.key, one.why.code) for one in check(folder)] == [("papers.txt", "3", code)]


def test_a_pack_without_examples_has_no_opinion(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    assert exemplars(("mine",), tmp_path).likeness(["mine"], DocumentWords.of(title="通知")) == Likeness()
