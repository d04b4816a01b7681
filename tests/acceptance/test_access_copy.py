"""From paper to the searchable PDF by commands alone: taken in, copied by a worker that is started for it, found."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pikepdf
import pikepdf.pdfa
import pytest

from tests.driver import Archive
from tests.fakes.ingest.readers import by_pdfium
from tests.paper import render, save
from tests.sheets import sheet


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_a_scan_is_exported_as_a_searchable_archival_pdf(tmp_path: Path) -> None:
    archive = Archive(tmp_path / "home")
    archive.home.mkdir()
    archive.ask("init", "--pack", "school")
    scan = save([render(sheet("notice", 3), "turned", 3)], tmp_path / "通知.jpg")
    [item] = archive.json("ingest", str(scan), "--fonds", "J101")["items"]
    out = tmp_path / "通知.pdf"
    archive.ask("export", "access-copy", "--item", item["id"], "--out", str(out))
    assert pikepdf.pdfa.validate_written(out, "2b").passed
    found = "".join(by_pdfium(out).split())
    assert found.startswith("".join(item["text"].split()))
    assert found.endswith("松果岭实验学校"), "the seal's name stands after the page's own text"
    with pikepdf.open(out) as copy:
        picture = copy.pages[0].Resources.XObject.Picture.read_raw_bytes()
    assert hashlib.sha256(picture).hexdigest() == item_digest(scan)


def item_digest(scan: Path) -> str:
    return hashlib.sha256(scan.read_bytes()).hexdigest()
