"""Decides what a stored value is called on the pages: states, markings, roles, fields, verbs of the journal.

Values are stored in one spelling (JSON, SQL); these are the English words for them, translated like every other.
"""

from __future__ import annotations

from collections.abc import Mapping

TERMS: Mapping[str, Mapping[str, str]] = {
    "role": {"administrator": "Administrator", "archivist": "Archivist", "reader": "Reader"},
    "marking": {
        "": "No marking yet",
        "open": "Open to all",
        "internal": "Internal",
        "personal": "Personal",
        "confidential": "Confidential",
    },
    "state": {
        "captured": "Being read",
        "described": "Being described",
        "review": "In review",
        "filed": "Filed",
        "withdrawn": "Withdrawn",
    },
    "scan": {
        "seen": "Seen",
        "settling": "Arriving",
        "stored": "Stored",
        "read": "Captured",
        "duplicate": "Duplicate",
        "quarantined": "Quarantined",
        "ignored": "Left out",
    },
    "field": {
        "title": "Title",
        "reference_code": "Reference code",
        "document_number": "Document number",
        "creator": "Creator",
        "date": "Date",
        "marking": "Marking",
        "pack": "Regulation",
        "series": "Series",
        "retention": "Retention period",
        "subject_key": "Subject",
        "persons": "Persons",
        "doc_type": "Document type",
        "language": "Language",
        "note": "Note",
        "fonds": "Fonds",
        "year": "Year",
    },
    "subject": {"employee_number": "Employee number"},
    "rule": {
        "title": "from the title line",
        "self-made-title": "no title on the paper: its first words",
        "script": "from the characters",
        "folder": "from the name of the folder",
        "date": "from a date on the paper",
        "year-of-number": "from the year in the document number",
        "year-of-title": "from the year in the title",
        "document-number": "from the document number on the paper",
        "labelled-number": "from a number with its label",
        "letterhead": "from the letterhead",
        "signature": "from the signature",
        "heading": "from a name beside the title",
        "label": "from a labelled line",
        "person": "from the person who signs",
        "employee-number": "from the employee number on the paper",
        "identity-number": "from the identity number on the paper",
        "name": "from a name on the paper",
        "department": "from the department on the paper",
        "state-secret": "the paper bears a state marking",
        "site-marking": "the paper bears a marking",
        "commercial": "the paper is marked as a trade secret",
        "personal-data": "an identity number stands on the paper",
    },
    "language": {
        "hans": "Simplified Chinese",
        "hant": "Traditional Chinese",
        "latin": "Latin script",
        "none": "None",
        "zh-Hans": "Simplified Chinese",
        "zh-Hant": "Traditional Chinese",
        "en": "English",
    },
    "queue": {"intake": "Intake and description", "ocr": "Pages to be read", "index": "Pages to be indexed"},
    "worker": {"id": "Process", "kind": "Kind", "seen": "Last heard of (seconds)", "doing": "At work on"},
    "worker-kind": {"worker": "Reading", "watcher": "Watching the drop folder"},
    "verb": {
        "captured": "Captured",
        "read": "Read",
        "print": "Printed",
        "download": "Downloaded",
        "filed": "Filed",
        "review": "Sent to review",
        "corrected": "Corrected",
        "withdrawn": "Withdrawn",
        "reopened": "Reopened",
        "search": "Searched",
        "stored": "Stored",
        "newer-version": "Newer version",
        "quarantined": "Quarantined",
        "divided": "Divided at separators",
        "only-separators": "Nothing but separators",
        "emptied": "No page left in the newer version",
    },
}


def term(kind: str, value: str) -> str:
    """The English words for a stored value; a value without words is shown as it is."""
    return TERMS.get(kind, {}).get(value, value)
