"""Decides what becomes of each entry of the incoming register (收文簿): filed, not for filing for a reason, or missing.

SCH-09: at filing the papers are compared with the register; SCH-03: what was received and never filed is told.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from index.domain.errors import WrongUse
from index.domain.folding import folded
from index.domain.lists.entries import Entry, Fault, Form, day


class Outcome(StrEnum):
    MISSING = "missing"
    FILED = "filed"
    NOT_FOR_FILING = "not-for-filing"


def _count(text: str) -> str:
    bare = text.removesuffix("份").strip()
    if bare and not bare.isdecimal():
        raise WrongUse("entry-bad-value", value=text)
    return str(int(bare)) if bare else ""


#: The columns of the register as D.5 has them; every room calls them a little differently.
REGISTER = Form(
    headings={
        "receipt_number": ("收文号", "收文编号", "收文顺序号", "收文字号", "登记号", "编号", "序号", "顺序号"),
        "received_on": ("收文日期", "收到日期", "收文时间", "来文日期", "日期", "登记日期"),
        "sender": ("来文单位", "来文机关", "发文单位", "发文机关", "责任者"),
        "document_number": ("文号", "来文字号", "来文号", "文件字号", "发文字号", "来文文号"),
        "title": ("题名", "文件标题", "来文标题", "标题", "文件名称", "事由", "文件题名"),
        "copies": ("份数", "数量"),
        "note": ("备注", "处理情况", "附注"),
    },
    needed=("receipt_number", "title", "received_on"),
    unique="",
    readings={"received_on": day, "copies": _count},
)


@dataclass(frozen=True, slots=True)
class Incoming:
    """An entry of the register. `outcome` is decided by comparing, or by a person who gives the reason."""

    id: str
    fonds_id: str
    receipt_number: str
    received_on: date
    sender: str
    document_number: str
    title: str
    copies: int = 1
    outcome: Outcome = Outcome.MISSING
    reason: str = ""
    item_id: str | None = None
    decided_by: str = ""
    decided_at: datetime | None = None

    @property
    def key(self) -> tuple[str, int, str]:
        """Receipt numbers start again each year."""
        return self.fonds_id, self.received_on.year, self.receipt_number


@dataclass(frozen=True, slots=True)
class Filed:
    """What of a filed item is compared: its number, its title, its creator."""

    item_id: str
    document_number: str
    title: str
    creator: str = ""


def incoming(entry: Entry, new_id: str, fonds_id: str) -> Incoming:
    """The register's entry that a sound row of a spreadsheet is; a day that is not whole begins its month or year."""
    received = [*map(int, entry.value("received_on").split("-")), 1, 1][:3]
    return Incoming(
        new_id,
        fonds_id,
        entry.value("receipt_number"),
        date(received[0], received[1], received[2]),
        entry.value("sender"),
        entry.value("document_number"),
        entry.value("title"),
        int(entry.value("copies") or 1),
        reason=entry.value("note"),
    )


def told_apart(found: Iterable[Entry], register: Iterable[Incoming]) -> list[Entry]:
    """The rows with a fault where the number of one is another paper's, in the list itself or in the register."""
    said = [(entry, _receipt(entry)) for entry in found]
    rows: dict[tuple[str, str], dict[str, int]] = defaultdict(dict)
    for entry, receipt in said:
        rows[receipt].setdefault(_bare(entry.value("title")), entry.number)
    held = {(str(one.received_on.year), one.receipt_number): one.title for one in register}
    return [entry.with_faults(*_not_told_apart(entry, rows[receipt], held.get(receipt))) for entry, receipt in said]


def _receipt(entry: Entry) -> tuple[str, str]:
    return entry.value("received_on")[:4], entry.value("receipt_number")


def _not_told_apart(entry: Entry, titles: Mapping[str, int], held: str | None) -> Iterator[Fault]:
    title = _bare(entry.value("title"))
    others = [str(row) for other, row in titles.items() if other != title]
    if not entry.value("receipt_number"):
        return
    if others:
        yield Fault("receipt-twice", {"rows": ", ".join(others[:5])})
    if held is not None and _bare(held) != title:
        yield Fault("receipt-taken", {"number": entry.value("receipt_number"), "title": held})


def compared(register: Sequence[Incoming], filed: Sequence[Filed]) -> list[Incoming]:
    """The entries whose outcome is another now: found among the filed, or not there any more.

    A document number decides, whatever its brackets; without one, the same title from the same body. What a person
    said stays.
    """
    numbers = {_number(one.document_number): one for one in reversed(filed) if one.document_number}
    titles = {(_bare(one.title), _bare(one.creator)): one for one in reversed(filed)}
    changed = []
    for entry in register:
        if entry.outcome is Outcome.NOT_FOR_FILING:
            continue
        found = _found(entry, numbers, titles)
        after = replace(
            entry, outcome=Outcome.FILED if found else Outcome.MISSING, item_id=found.item_id if found else None
        )
        changed += [after] if after != entry else []
    return changed


def _found(entry: Incoming, numbers: Mapping[str, Filed], titles: Mapping[tuple[str, str], Filed]) -> Filed | None:
    if entry.document_number:
        return numbers.get(_number(entry.document_number))
    return titles.get((_bare(entry.title), _bare(entry.sender)))


def _number(text: str) -> str:
    """J教发〔2024〕5号 is J教发[2024]第5号."""
    return _bare(text).replace("第", "").replace("号", "")


def _bare(text: str) -> str:
    return "".join(character for character in folded(text).text if character.isalnum())


def decided(entry: Incoming, outcome: Outcome, reason: str, who: str, at: datetime) -> Incoming:
    """What a person said of an entry; raises WrongUse("reason-needed") when it is not for filing without a reason."""
    if outcome is Outcome.FILED:
        raise WrongUse("bad-value", field="outcome", value=outcome, hint="missing, not-for-filing")
    if outcome is Outcome.NOT_FOR_FILING and not reason.strip():
        raise WrongUse("reason-needed")
    return replace(entry, outcome=outcome, reason=reason.strip(), item_id=None, decided_by=who, decided_at=at)
