"""Decides which firm with a name in Latin letters a paper is about: beside a label, at the head of its address, on its
letterhead.

What we are called in Latin letters nobody told us; but our names are spelt sounds (Hengchuan Valve, Shixu Tower), and
a name whose first word is spelt so is held to be ours or one of our kind unless a label says otherwise.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.finders.filled_in import SUBJECT
from ingest.finders.paper import Line, Paper, plain

_WORD = r"(?:[A-Z][\w'&.-]*|&|of|and|de|for)"
_END = (
    r"(?:Co(?:mpany)?\.?,?\s?(?:Ltd|Limited|Inc)\.?|Ltd\.?|Limited|Inc\.?|PLC|Plc|plc|LLC|LLP|Corp(?:oration)?\.?"
    r"|GmbH|Pty\.?\s?Ltd\.?|S\.?A\.?|B\.?V\.?|Co\.|Company|Group|Bank)"
)
_FIRM = re.compile(rf"[A-Z][\w'&-]*(?:\s{_WORD}){{0,6}}?,?\s{_END}(?![\w])")
_SUBJECT = re.compile(
    r"(?:^|\s)(?:Buyers?|Customer|Client|Tenant|Lessee|Consignee|Purchaser|Distributor|Dealer|Agent|Importer"
    r"|Bill(?:ed)? to|Sold to|Invoice to|Ship to|Account(?: name)?|Messrs\.?|From|M/s\.?|Company(?: name)?"
    r"|Name of (?:company|firm|customer|tenant|buyer)|Claimant|Complainant|Applicant|Licensee|Occupier)"
    rf"(?:'s name| name)?\s*(?:\([^)]*\))?\s*[:.]?\s*$|(?:{SUBJECT}|名称)(?:名?称|全称)?\s*:?\s*$",
    re.IGNORECASE,
)
_OF_OTHERS = re.compile(
    r"(?:Sellers?|Vendor|Supplier|Lessor|Landlord|Bank(?:ers)?|Manufacturer|Carrier|Shipper|Insurer|Surveyor"
    r"|Contractor|Guarantor|Issued by|Prepared by|Managed by|Inspector|Notify party|Auditors?|Solicitors?"
    r"|Beneficiary|Competitor)\s*(?:\([^)]*\))?\s*[:.]\s*$",
    re.IGNORECASE,
)
_TO = re.compile(r"(?:To|The)\s*:?", re.IGNORECASE)
_SIGNED_FOR = re.compile(r"(?:for|on behalf of)\s*$")
_BANK = re.compile(r"\bBank\b")
_SOUND = (
    r"(?:(?:zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])?(?:iang|iong|uang|ang|eng|ing|ong|ian|iao|uai|uan"
    r"|ai|an|ao|ei|en|er|ia|ie|in|iu|ou|ua|ue|ui|un|uo|a|e|i|o|u))"
)
_SPELT = re.compile(rf"{_SOUND}{{2,4}}", re.IGNORECASE)
_FOOT = 0.6
"""From how far down a paper a name alone on its line signs it."""
LABELLED, ADDRESSED, SIGNED = 0.88, 0.76, 0.7


def latin_firms(paper: Paper) -> Iterator[tuple[str, float, Line]]:
    """Each firm with what its place says; one of ours only where a label names it."""
    lines = paper.lines
    for at, line in enumerate(lines):
        said = plain(" ".join(line.cells))
        for match in _FIRM.finditer(said):
            says = _says(said[: match.start()], said[match.end() :], at / len(lines))
            if says == LABELLED or (says and not _is_spelt(match[0]) and not _BANK.search(match[0])):
                yield match[0].strip(" ,"), says, line


def _says(before: str, behind: str, down: float) -> float:
    if _SUBJECT.search(before):
        return LABELLED
    if _OF_OTHERS.search(before) or _TO.fullmatch(before.strip()):
        return 0.0
    alone = not before.strip(" .,") and not behind.strip(" .,")
    if alone:
        return ADDRESSED if down < _FOOT else SIGNED
    return SIGNED if _SIGNED_FOR.search(before) else 0.0


def _is_spelt(name: str) -> bool:
    """Whether its first word is a Chinese name spelt as it sounds."""
    return bool(_SPELT.fullmatch(name.split()[0]))
