"""Decides what `make demo` shows: sample scans dropped into a fresh home, what became of them, and one search.

python -m tests.demo --home build/demo
"""

from __future__ import annotations

import argparse
import csv
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tests.driver import Archive, wait_until
from tests.samples import BROKEN_WORD, samples

PATIENCE = 600.0
QUERIES = ("勞動合同", BROKEN_WORD)


def main() -> int:
    """Run the demo; 0 when scans were filed, sent to review and quarantined, and the words were found."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--home", type=Path, required=True)
    archive = Archive(_fresh(parser.parse_args().home))
    print(archive.ask("init", "--pack", "school", "--pack", "employees").strip())
    _drop_and_wait(archive)
    ledger = archive.json("status")["ledger"]
    _tell_outcome(archive, ledger)
    found = [_tell_search(archive, query) for query in QUERIES]
    print(f"\nTo look at it in the viewer:\n    .venv/bin/muniment run --home {archive.home}")
    return 0 if all((*found, ledger["filed"], ledger["review"], ledger["quarantined"])) else 1


def _fresh(home: Path) -> Path:
    shutil.rmtree(home, ignore_errors=True)
    home.mkdir(parents=True)
    return home


def _drop_and_wait(archive: Archive) -> None:
    with tempfile.TemporaryDirectory() as folder, archive.running("watch", "work --workers 2"):
        samples(Path(folder))
        files = sum(path.is_file() for path in Path(folder).rglob("*"))
        print(f"\nDropping {files} files into {archive.drop} ...", flush=True)
        archive.lay(Path(folder))
        print(f"All read after {wait_until(archive.at_rest(files), PATIENCE, every=1):.0f} s.")


def _tell_outcome(archive: Archive, ledger: Mapping[str, int]) -> None:
    print(f"\nFiled ({ledger['filed']}):")
    for fonds in ("J101", "C301"):
        for row in _catalogue(archive, fonds):
            print("    " + "  ".join(cell for cell in row if cell))
    print(f"\nFor a person to review: {ledger['review']}    Duplicates: {ledger['duplicate']}")
    print(f"\nIn quarantine ({ledger['quarantined']}):")
    for file in archive.json("quarantine list")["files"]:
        print(f"    {file['path']}: {file['reason']}")


def _catalogue(archive: Archive, fonds: str) -> list[list[str]]:
    path = archive.home / f"catalogue-{fonds}.csv"
    archive.ask("export item-catalogue", "--out", str(path), "--fonds", fonds, "--format", "csv")
    with path.open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.reader(lines))[1:]


def _tell_search(archive: Archive, query: str) -> int:
    found: Mapping[str, Any] = archive.json("search", query)
    print(f"\nSearch {query}: {found['total']} pages in {found['took_ms']} ms")
    for hit in found["hits"][:3]:
        print(f"    {hit['reference_code'] or '(in review)'}  {hit['title']}, page {hit['page']}: {hit['snippet']}")
    return int(found["total"])


if __name__ == "__main__":
    raise SystemExit(main())
