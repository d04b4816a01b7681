"""Decides whether the holdings are whole: the vault against its digests, the journal's chain, index and catalogue."""

from __future__ import annotations

from collections.abc import Iterator

from index.domain.events import broken_links
from index.domain.holdings import ItemState
from index.ports import Catalogue, Finding, Progress, Selection, TextIndex, Vault, Verified, Work


def verify(catalogue: Catalogue, vault: Vault, text: TextIndex, everything: Selection, progress: Progress) -> Verified:
    """Look at all of it; `everything` selects every item. Nothing is mended here."""
    with catalogue.reading() as work:
        references = dict(work.versions.references())
        journal, broken = _journal(work)
        pages = len(dict(_pages(work, everything)))
    digests = list(vault.digests())
    findings = [*broken, *_vault(vault, digests, references, progress), *_lasting(catalogue, text, everything)]
    checked = {"vault": len(digests), "journal": journal, "pages": pages, "index": len(text.versions())}
    return Verified(checked, findings)


def _journal(work: Work) -> tuple[int, list[Finding]]:
    events = list(work.journal.all())
    broken = [Finding("journal", str(event.seq), event.before, event.hash) for event in broken_links(events)]
    return len(events), broken


def _vault(vault: Vault, digests: list[str], references: dict[str, int], progress: Progress) -> Iterator[Finding]:
    """Every file still hashes to its name, and every version of the catalogue is there.

    A file that no version names is no finding: a kill between copy and commit leaves one, and it is taken up again.
    """
    for done, sha256 in enumerate(digests, start=1):
        progress(done, len(digests))
        if not vault.fixity(sha256):
            yield Finding("fixity", sha256, sha256, "other bytes")
    for sha256 in sorted(references.keys() - set(digests)):
        yield Finding("vault", sha256, "present", "missing")


def _lasting(catalogue: Catalogue, text: TextIndex, everything: Selection) -> list[Finding]:
    """What differs at two looks: in a room at work, a page that is being indexed just now differs at one only."""
    once = _differing(catalogue, text, everything)
    return [finding for finding in _differing(catalogue, text, everything) if finding in once] if once else []


def _differing(catalogue: Catalogue, text: TextIndex, everything: Selection) -> list[Finding]:
    with catalogue.reading() as work:
        pages = dict(_pages(work, everything))
    return list(_index(text, pages))


def _pages(work: Work, everything: Selection) -> Iterator[tuple[str, int]]:
    """page id -> the version the index has been told of, for every page it should hold."""
    items, _ = work.listings.items(everything)
    for item in items:
        if item.state is not ItemState.WITHDRAWN:
            for page in work.pages.of_item(item.id):
                if page.indexed_version:
                    yield page.id, page.indexed_version


def _index(text: TextIndex, pages: dict[str, int]) -> Iterator[Finding]:
    held = text.versions()
    for damage in text.check():
        yield Finding("index", "files", "whole", damage)
    for page_id in sorted(pages.keys() - held.keys()):
        yield Finding("index", page_id, "held", "missing")
    for page_id in sorted(held.keys() - pages.keys()):
        yield Finding("index", page_id, "not held", "held")
    for page_id in sorted(pages.keys() & held.keys()):
        if pages[page_id] != held[page_id]:
            yield Finding("index", page_id, str(pages[page_id]), str(held[page_id]))
