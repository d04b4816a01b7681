"""Decides what makes a PDF an archival one (PDF/A-2b): what it says of itself, its colours, its language.

`pikepdf.pdfa` finds it valid; that is a test's to show, as nothing here could mend what it found.
"""

from __future__ import annotations

from collections.abc import Mapping

from pikepdf import Array, Dictionary, Pdf, String

from ingest.imaging.colours import output_intent
from ingest.imaging.leaf import About

MAKER = "Muniment"


def declare(pdf: Pdf, about: About) -> None:
    """Make `pdf`, whose pages are there, an archival one."""
    pdf.Root.OutputIntents = Array([output_intent(pdf)])
    pdf.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
    if about.language:
        pdf.Root.Lang = String(about.language)
    with pdf.open_metadata(set_pikepdf_as_editor=False) as told:
        told.update(_facts(about))


def _facts(about: About) -> Mapping[str, object]:
    moment = about.made.astimezone().replace(microsecond=0).isoformat()
    facts: dict[str, object] = {
        "pdfaid:part": "2",
        "pdfaid:conformance": "B",
        "dc:title": _plain(about.title),
        "dc:creator": [_plain(about.creator)] if about.creator else None,
        "dc:identifier": _plain(about.identifier),
        "dc:language": {about.language} if about.language else None,
        "dc:source": "; ".join(f"sha256:{digest}" for digest in about.sources),
        "xmp:CreateDate": moment,
        "xmp:ModifyDate": moment,
        "xmp:MetadataDate": moment,
        "xmp:CreatorTool": MAKER,
        "pdf:Producer": MAKER,
    }
    return {name: value for name, value in facts.items() if value}


def _plain(words: str) -> str:
    """On one line, without what XML cannot hold."""
    return " ".join("".join(char if char.isprintable() else " " for char in words).split())
