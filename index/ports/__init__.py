"""Decides what the rooms above may ask of storage: Protocols, and the values that cross them.

Adapters stand in `index.catalogue` (SQL), `index.text` (Whoosh), `index.vault` (files) and `index.jobs` (queue);
`config.wiring` hands them out. No Protocol has more than eight methods.
"""

from __future__ import annotations

from index.ports.arranging import Classes, ClassKey, Codes, Contents, Places, Volumes
from index.ports.batches import Batches, BatchPage
from index.ports.cards import Card, Cards, Entry
from index.ports.catalogue import Catalogue, Work
from index.ports.completeness import Completions, Lot
from index.ports.ground import Clock, Progress
from index.ports.imports import Imports, IncomingRegister
from index.ports.jobs import Finding, Jobs, Verified
from index.ports.ledger import Fondses, Runs, Scans, Versions
from index.ports.particulars import Particulars
from index.ports.people import Journal, People, Sessions
from index.ports.proofing import Proofs, Qualities, Rereadings
from index.ports.records import Arrangement, Branch, Files, Items, Listings, Pages, Selection
from index.ports.relating import Proposals, Relations
from index.ports.saved import Arrivals, SavedSearches
from index.ports.text import Found, Hit, Holds, Mendable, PageText, Search, Sort, TextIndex
from index.ports.vault import Stored, Vault

__all__ = [
    "Arrangement",
    "Arrivals",
    "BatchPage",
    "Batches",
    "Branch",
    "Card",
    "Cards",
    "Catalogue",
    "ClassKey",
    "Classes",
    "Clock",
    "Codes",
    "Completions",
    "Contents",
    "Entry",
    "Files",
    "Finding",
    "Fondses",
    "Found",
    "Hit",
    "Holds",
    "Imports",
    "IncomingRegister",
    "Items",
    "Jobs",
    "Journal",
    "Listings",
    "Lot",
    "Mendable",
    "PageText",
    "Pages",
    "Particulars",
    "People",
    "Places",
    "Progress",
    "Proofs",
    "Proposals",
    "Qualities",
    "Relations",
    "Rereadings",
    "Runs",
    "SavedSearches",
    "Scans",
    "Search",
    "Selection",
    "Sessions",
    "Sort",
    "Stored",
    "TextIndex",
    "Vault",
    "Verified",
    "Versions",
    "Volumes",
    "Work",
]
