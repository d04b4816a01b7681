"""Decides what the archive room of the viewer's tests holds: a real home, real rows, pages drawn from our own sheets.

Two fonds, items of every marking, some in review, a personnel file, a volume of several pages, one file in quarantine.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from pathlib import Path

from config.wiring import FOLDERS, Home
from index.custody.filing import file_item
from index.domain.access import Marking, Role
from index.domain.dates import partial_date
from index.domain.description import Evidence, Value
from index.domain.holdings import Fonds, Item, ItemState, Page
from index.domain.identity import new_id
from index.domain.people import Person
from index.domain.reading import Box, PageReading, Script, Word
from index.domain.scan import Reason, Scan, ScanState
from index.ports import PageText, TextIndex, Work
from tests.sheet import Block, Sheet
from tests.sheets import sheet, volume
from tests.typeset import Placed, Printed, printed
from viewer import session

MORNING = datetime(2026, 11, 23, 1, 30, tzinfo=UTC)
SCHOOL = Fonds("fonds-school", "J101", "第一实验小学", ("school",))
COMPANY = Fonds("fonds-company", "C301", "华东测试有限公司", ("employees",))


class StillClock:
    """A clock that tests move by hand; its zone is the room's."""

    def __init__(self, zone: object) -> None:
        self.zone = zone
        self.at = MORNING

    def now(self) -> datetime:
        return self.at

    def today(self) -> object:
        return self.at.astimezone(self.zone).date()  # type: ignore[arg-type]

    def pass_by(self, **time: float) -> None:
        self.at += timedelta(**time)


@dataclass(frozen=True)
class Room:
    """A seeded home with one person a role; `items` by what they are called here."""

    home: Home
    people: Mapping[str, Person]
    items: Mapping[str, str]

    def cookie(self, name: str) -> str:
        """A fresh session of this person."""
        with self.home.catalogue.writing() as work:
            return session.open_session(self.home, work, self.people[name])

    def item(self, name: str) -> Item:
        with self.home.catalogue.reading() as work:
            return work.items.get(self.items[name])

    def pages(self, name: str) -> Sequence[Page]:
        with self.home.catalogue.reading() as work:
            return work.pages.of_item(self.items[name])


def empty_home(path: Path) -> Home:
    """A home with its folders and tables and nobody in it."""
    for name in FOLDERS:
        (path / name).mkdir(parents=True)
    home = Home(path)
    home.__dict__["clock"] = StillClock(home.clock.zone)
    home.catalogue.migrate()
    return home


def room(path: Path, dpi: int = 50, text: TextIndex | None = None) -> Room:
    """The room; `dpi` is that of its page images (50 is quick, 150 is for looking), `text` another index for it."""
    home = empty_home(path)
    if text:
        home.__dict__["text"] = text
    people = _people(home)
    with home.catalogue.writing() as work:
        work.fonds.add(SCHOOL)
        work.fonds.add(COMPANY)
    items = {
        "notice": _item(home, SCHOOL, [sheet("notice", 3)], dpi),
        "plan": _item(home, SCHOOL, [sheet("plan", 5)], dpi, retention="10y"),
        "minutes": _item(home, SCHOOL, [sheet("minutes", 2), *volume(4, 2)], dpi, retention="permanent"),
        "open": _item(home, SCHOOL, [sheet("superior", 4, "hant")], dpi, marking=Marking.OPEN),
        "contract": _item(home, COMPANY, [sheet("contract", 7)], dpi, marking=Marking.PERSONAL),
        "transfer": _item(home, COMPANY, [sheet("transfer", 7)], dpi, marking=Marking.PERSONAL),
        "doubtful": _item(home, None, [sheet("prose", 12)], dpi, filed=False),
    }
    with home.catalogue.writing() as work:
        work.scans.add(_scan("破损.jpg", ScanState.QUARANTINED, reason=Reason("truncated-file")))
    return Room(home, people, items)


def _printed(one: Sheet, dpi: int) -> Printed:
    return _pressed(one.blocks, one.script, one.number, dpi)


@lru_cache(64)
def _pressed(blocks: tuple[Block, ...], script: str, number: int | None, dpi: int) -> Printed:
    """Printed once in the same words: many tests lay the same few small sheets."""
    return printed(Sheet("", blocks, script=script, number=number), dpi)


def doubtful_item(home: Home, one: Sheet, dpi: int = 50) -> str:
    """One more item in review: no fonds, marking or retention period is known of it."""
    return _item(home, None, [one], dpi, filed=False)


def _people(home: Home) -> Mapping[str, Person]:
    known = {
        "administrator": Role.ADMINISTRATOR,
        "archivist": Role.ARCHIVIST,
        "reader": Role.READER,
        "disabled": Role.ARCHIVIST,
        "newcomer": Role.READER,
    }
    people = {name: Person(f"person-{name}", name, role, "", MORNING) for name, role in known.items()}
    people["disabled"] = replace(people["disabled"], disabled_at=MORNING)
    people["newcomer"] = replace(people["newcomer"], must_change=True)
    with home.catalogue.writing() as work:
        for person in people.values():
            work.people.add(person)
    return people


def _scan(name: str, state: ScanState, **values: object) -> Scan:
    fields = {"fonds_id": SCHOOL.id, "size": 4096, **values}
    return Scan(new_id(), name.encode(), "drop", state, MORNING, MORNING, **fields)  # type: ignore[arg-type]


def _item(
    home: Home,
    fonds: Fonds | None,
    sheets: Sequence[Sheet],
    dpi: int,
    marking: Marking = Marking.INTERNAL,
    retention: str = "30y",
    filed: bool = True,
) -> str:
    """An item of these sheets with its master, pages, pictures, readings; filed, or left in review."""
    item_id, scan_id = new_id(), new_id()
    printings = [_printed(one, dpi) for one in sheets]
    description = _described(sheets[0], printings[0], fonds, marking if filed else None, retention if filed else "")
    item = Item(item_id, ItemState.DESCRIBED, MORNING, fonds.id if fonds else None, description=description)
    item = replace(item, confidence=0.93 if filed else 0.41, origin=f"{item_id[-4:]}.jpg")
    master = home.path / "drop" / f"{item_id}.jpg"
    printings[0].image.save(master)
    with master.open("rb") as source:
        stored = home.vault.put(source.fileno())
    master.unlink()
    with home.catalogue.writing() as work:
        work.items.add(item)
        scan = _scan(f"扫描-{item_id[-4:]}.jpg", ScanState.READ, sha256=stored.sha256, format="jpeg", item_id=item_id)
        scan = replace(scan, id=scan_id, size=stored.size)
        work.scans.add(scan)
        for page, one, print_ in zip(work.pages.lay_out(scan, len(sheets)), sheets, printings, strict=True):
            work.pages.save(replace(page, width=print_.image.width, height=print_.image.height), _read(one, print_))
            _draw(home.derived(page.id), print_)
        item = work.items.get(item_id)
        if filed:
            file_item(work, item_id, "muniment", MORNING, home.packs)
        else:
            work.items.save(replace(item, state=ItemState.REVIEW))
    index(home, item_id)
    return item_id


def index(home: Home, item_id: str) -> None:
    """Put the item's pages into the index, as the stage of that name does."""
    with home.catalogue.writing() as work:
        item = work.items.get(item_id)
        pages = [_page_text(work, item, page) for page in work.pages.of_item(item_id)]
        home.text.add(pages)
        work.pages.indexed({page.page_id: page.version for page in pages})


def _page_text(work: Work, item: Item, page: Page) -> PageText:
    reading = work.pages.reading(page.id)
    return PageText(
        page.id,
        item.id,
        page.version,
        reading.text if reading else "",
        leads=page.number == 1,
        title=item.title,
        document_number=item.value("document_number"),
        creator=item.value("creator"),
        code=item.reference_code,
        fonds=work.fonds.get(item.fonds_id).code if item.fonds_id else "",
        series=item.value("series"),
        retention=item.value("retention"),
        marking=item.value("marking") or Marking.CONFIDENTIAL,
        date=partial_date(item.value("date")).catalogue if item.value("date") else "",
        language=item.value("language"),
        filed=item.filed,
    )


def _described(
    one: Sheet, print_: Printed, fonds: Fonds | None, marking: Marking | None, retention: str
) -> dict[str, Value]:
    """The truth of the sheet as proposals, with the place on the page where a value stands."""
    values = {name: value for name, value in one.truth.items() if value}
    values.setdefault("title", one.text.split("\n", 1)[0][:40])
    described = {name: _proposed(value, print_) for name, value in values.items()}
    given = {"retention": retention, "marking": marking or "", "pack": fonds.packs[0] if fonds else ""}
    ruled = {name: Value(value, 0.97, Evidence(rule="SCH-15")) for name, value in given.items() if value}
    return {**described, **ruled}


def _proposed(value: str, print_: Printed) -> Value:
    at = print_.boxes(value)
    return Value(value, 0.91, Evidence(value, 1, Box(*at[0])) if at else Evidence(value))


def _read(one: Sheet, print_: Printed) -> PageReading:
    """What a perfect engine would read: a word for every character, in the reading order of the press."""
    words: list[Word] = []
    at = 0
    for line in print_.lines:
        words += _characters(line, at)
        at += len(line.text) + 1
    text = "\n".join(line.text for line in print_.lines)
    script = Script.HANT if one.script == "hant" else Script.HANS
    return PageReading(text, tuple(words), script, 0, "seed", "1", 0.97, blank=not text)


def _characters(line: Placed, start: int) -> list[Word]:
    x, y, w, h = line.box
    each = w / max(1, len(line.text))
    return [Word(c, start + n, Box(x + each * n, y, each, h), 0.97) for n, c in enumerate(line.text)]


def _draw(folder: Path, print_: Printed) -> None:
    folder.mkdir(parents=True)
    print_.image.convert("RGB").save(folder / "page.jpg", quality=80)
    small = print_.image.convert("RGB")
    small.thumbnail((240, 340))
    small.save(folder / "thumb.jpg", quality=80)
