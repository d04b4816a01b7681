"""Decides which scans `make demo` drops: some that file themselves, some for a person to review, one broken.

    python -m tests.samples --out FOLDER

writes them as a watched folder holds them (FOLDER/<fonds>/...; loose ones at its top).
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from shutil import copyfile

from tests.paper import render, save, save_born_digital
from tests.sheet import Line, Sheet
from tests.sheets import sheet, volume

#: Found as a whole although the paper breaks it over two lines.
BROKEN_WORD = "移交清册"


@dataclass(frozen=True, slots=True)
class Sample:
    """A file or a folder of pages, and what should become of it: filed, review, duplicate or quarantined."""

    path: Path
    expected: str


def samples(folder: Path) -> tuple[Sample, ...]:
    """Write every sample below `folder`, the same bytes each time."""
    return tuple(Sample(path, expected) for path, expected in _written(folder))


def _written(folder: Path) -> Iterator[tuple[Path, str]]:
    school, company = folder / "J101", folder / "C301"
    yield _notice(school / "通知.jpg"), "filed"
    yield copyfile(school / "通知.jpg", school / "通知(副本).jpg"), "duplicate"
    yield save([render(page, "fax", 4) for page in _superior()], school / "教育局文件.tif"), "filed"
    yield save_born_digital([sheet("plan", 5)], school / "工作计划.pdf"), "filed"
    yield _folder_of_pages(school / "会议纪要"), "filed"
    yield save([render(sheet("contract", 7), "skew", 7)], company / "劳动合同.png"), "filed"
    yield save([render(sheet("contract", 8, "hant"), "light", 8)], company / "勞動合同.jpg"), "filed"
    yield save([render(sheet("registration", 9))], company / "员工登记表.jpg"), "filed"
    yield save([render(sheet("resignation", 10), "turned", 10)], company / "离职申请单.pdf"), "filed"
    yield save([render(_nobodys("pay", 11), "noisy", 11)], company / "薪资调整表.jpg"), "review"
    yield save([render(sheet("prose", 12), "noisy", 12)], folder / "扫描0012.jpg"), "review"
    yield save([render(sheet("letter", 13))], folder / "scan 13.png"), "review"
    yield save([render(sheet("prose", 14, "hant"), "light", 14)], folder / "扫描0014.jpg"), "review"
    yield _broken_off(company / "破损.jpg"), "quarantined"


def _notice(path: Path) -> Path:
    made = sheet("notice", 3)
    extra = Line(f"各部门整理材料时,应当逐件写明题名,填写{BROKEN_WORD[:2]}\n{BROKEN_WORD[2:]},不得遗漏。")
    return save([render(replace(made, blocks=(*made.blocks[:-3], extra, made.blocks[-1])))], path)


def _superior() -> tuple[Sheet, ...]:
    return (sheet("superior", 4), *volume(2, 4))


def _folder_of_pages(folder: Path) -> Path:
    pages = (sheet("minutes", 6), *volume(2, 6))
    for number, page in enumerate(pages, 1):
        save([render(page, seed=number)], folder / f"{number:03}.jpg")
    return folder


def _nobodys(kind: str, seed: int) -> Sheet:
    """A form on which nobody wrote whom it is about."""
    made = sheet(kind, seed)
    return replace(made, blocks=tuple(block for block in made.blocks if isinstance(block, Line)))


def _broken_off(path: Path) -> Path:
    save([render(sheet("training", 15))], path)
    path.write_bytes(path.read_bytes()[:40_000])
    return path


def main() -> None:
    """Write the samples and say what each is for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, required=True)
    for sample in samples(parser.parse_args().out):
        print(f"{sample.expected:12}{sample.path}")


if __name__ == "__main__":
    main()
