"""Decides what one document of the labelled set is: its sides of paper, its truth, and the folders it came in."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from random import Random

from tests.labelled.grammar import Part, Template, expanded
from tests.labelled.slots import Slots
from tests.labelled.traditional import converted, in_traditional
from tests.sheet import Block, Chop, Figure, Form, Grid, Line, Sheet, Signed
from tests.typeset import paged

_KINDS = {
    "R": "letterhead",
    "N": "number",
    "H": "heading",
    "P": "body",
    "L": "line",
    "C": "note",
    ">": "right",
    "^": "small",
}
_YEARS = "2005-2023"
_WITH_APPENDIX = 0.25
_ROOM = 240.0
"""Millimetres of a page that can be written on, a little less than there are."""
_LONG = 15
"""Characters of a title that may be set over two lines."""


@dataclass(frozen=True, slots=True)
class Truth:
    """What a document is. Where several values are right they stand side by side, parted by `|`.

    `series` is empty for a document that belongs nowhere: it must go to a person. `retention` is empty where neither
    the seeds nor the standards say. `title` is empty where the paper bears none. `marking` is what the paper says.
    """

    fonds: str
    pack: str
    series: str
    retention: str
    title: str
    date: str
    document_number: str
    creator: str
    subject_key: str
    doc_type: str
    marking: str


@dataclass(frozen=True, slots=True)
class Document:
    """A document before it is scanned. `folders` are those of the drop folder it came in, outermost first."""

    name: str
    template: str
    pages: tuple[Sheet, ...]
    truth: Truth
    folders: tuple[str, ...]
    age: str
    script: str

    @property
    def text(self) -> str:
        return "\n".join(page.text for page in self.pages)


class _Composer:
    """One document being written: what a name once stood for it stands for to the end."""

    def __init__(self, part: Part, template: Template, rng: Random) -> None:
        self.part, self.template, self.rng = part, template, rng
        first, last = (int(year) for year in template.head.get("years", _YEARS).split("-"))
        self.slots = Slots(rng, (first, last), template.head.get("script") == "latin")
        self.known: dict[str, str] = {}
        self.taken: dict[str, list[str]] = {}

    def words(self, text: str) -> str:
        return expanded(text, self.rng, self.fill)

    def fill(self, name: str, argument: str) -> str:
        """A gap: known already, of the head, of the part's names, or of the slots; one with `'` is new each time."""
        key = f"{name}:{argument}"
        if key not in self.known or name.endswith("'"):
            source = self.template.head.get(name) or self.part.names.get(name)
            self.known[key] = self.words(source) if source else self.slots.fill(name, argument)
        return self.known[key]

    def said(self, key: str) -> str:
        """What the head says under `key`, the same as on the paper."""
        return self.fill(key, "") if self.template.head.get(key) else ""

    def blocks(self) -> Iterator[Block | None]:
        """The blocks of the paper; None where a page ends."""
        rows: list[tuple[str, ...]] = []
        for mark, words in self.template.lines:
            if mark.startswith("?"):
                if self.rng.random() < 0.5:
                    continue
                mark = mark[1:]
            if mark == "G":
                rows.append(tuple(self.words(words).split("¦")))
                continue
            if rows:
                yield Grid(tuple(rows))
                rows = []
            yield from self._block(mark, words)
        if rows:
            yield Grid(tuple(rows))

    def _block(self, mark: str, words: str) -> Iterator[Block | None]:
        if words.startswith("~"):
            yield from (Line(text, _KINDS[mark]) for text in self._of_pool(words))
            return
        text = self.words(words)
        match mark:
            case "B":
                yield None
            case "F":
                fields = (part.partition("=") for part in text.split(";"))
                yield Form(tuple((label, value) for label, _, value in fields))
            case "S" | "s":
                yield Signed(text, self.slots.spelt(self.slots.day), mark == "S")
            case "K":
                yield Chop(tuple(text.split("/")))
            case "X":
                yield Figure(text or "photo")
            case "T":
                yield Line(self._parted(text), "title")
            case _:
                yield Line(text.replace("\\n", "\n"), _KINDS[mark])

    def _parted(self, title: str) -> str:
        """A long title, sometimes set over two lines where the writer liked it."""
        if len(title) < _LONG or title.isascii() or self.rng.random() < 0.6:
            return title
        at = self.rng.randint(len(title) // 2 - 1, len(title) // 2 + 2)
        while title[at - 1].isascii() and title[at].isascii():  # no number is broken
            at -= 1
        return f"{title[:at]}\n{title[at:]}"

    def _of_pool(self, words: str) -> Iterator[str]:
        """`~pool 3-5`: so many paragraphs of the pool, none twice in a document."""
        name, _, count = words[1:].partition(" ")
        low, _, high = count.partition("-")
        left = self.taken.setdefault(name, self.rng.sample(self.part.pools[name], len(self.part.pools[name])))
        for _ in range(self.rng.randint(int(low or 3), int(high or low or 3))):
            if left:
                yield self.words(left.pop())


def composed(part: Part, template: Template, seed: str, age: str, traditional: bool) -> Document:
    """The document of this template and seed: always the same."""
    rng = Random(f"{template.pack}/{template.name}/{seed}")
    composer = _Composer(part, template, rng)
    truth, head = _truth(composer), template.head
    face = head.get("face") or rng.choices(("serif", "sans"), (4, 1))[0]
    sides: list[list[Block]] = [[]]
    for block in composer.blocks():
        if block is None:
            sides.append([])
        else:
            sides[-1].append(block)
    script = head.get("script", "hans")
    if truth.series and script == "hans" and any(isinstance(block, Signed) for block in sides[-1]):
        sides += _appendix(part, template, seed)
    sheets = tuple(Sheet(template.name, tuple(side), {}, script, face=face) for side in sides)
    folders = _folders(composer, truth, "".join(sheet.text for sheet in sheets))
    if script == "hant" or (script == "hans" and traditional):
        sheets, truth, script = tuple(map(in_traditional, sheets)), _truth_in_traditional(truth), "hant"
    pages = tuple(page for sheet in sheets for page in ((sheet,) if _surely_fits(sheet) else paged(sheet)))
    truth = _printed("".join(page.text for page in pages), truth)
    return Document(f"{template.name}-{seed}", template.name, pages, truth, folders, age, script)


def _appendix(part: Part, template: Template, seed: str) -> list[list[Block]]:
    """What some signed documents have behind them: a list of names and numbers on a side of its own."""
    rng = Random(f"appendix/{template.pack}/{template.name}/{seed}")
    if rng.random() > _WITH_APPENDIX:
        return []
    composer = _Composer(part, template, rng)
    head, row = composer.words(rng.choice(part.pools["appendix"])), part.pools["appendix-row"][0]
    rows = tuple(tuple(composer.words(row).split("¦")) for _ in range(rng.randint(6, 22)))
    return [[Line(head, "heading"), Grid(rows)]]


def _surely_fits(sheet: Sheet) -> bool:
    """Whether it stands on one side by any measure: setting it in type to see takes a while."""
    return sum(map(_most_millimetres, sheet.blocks)) < _ROOM


def _most_millimetres(block: Block) -> float:
    match block:
        case Line(text):
            return 9.0 * (len(text) // 20 + text.count("\n") + 1) + 8
        case Grid(rows):
            return sum(6.0 * (max(map(len, row)) // 4 + 1) + 5 for row in rows)
        case Figure(_, millimetres):
            return millimetres + 6
        case Chop(lines):
            return 7.0 * len(lines) + 6
        case other:
            return 45.0 if isinstance(other, Signed) else 200.0


def _printed(text: str, truth: Truth) -> Truth:
    """The truth without what did not come on to the paper: a line that a template leaves to chance."""
    bare = re.sub(r"\s", "", text)
    asked = ("document_number", "creator")
    gone = {name: "" for name in asked if not any(_bare(one) in bare for one in getattr(truth, name).split("|"))}
    return replace(truth, **gone)


def _bare(text: str) -> str:
    return re.sub(r"\s", "", text)


def _truth(composer: _Composer) -> Truth:
    template, said = composer.template, composer.said
    series = template.head.get("series", "")
    return Truth(
        fonds=template.head.get("fonds") or _fonds_of(composer.part, template.pack),
        pack=template.pack if series else "",
        series=series,
        retention=template.head.get("keep", ""),
        title=said("title").replace("\\n", ""),
        date=_day(composer),
        document_number=said("number"),
        creator=said("creator"),
        subject_key=said("subject"),
        doc_type=said("type"),
        marking=template.head.get("marking", ""),
    )


def _fonds_of(part: Part, pack: str) -> str:
    """The first fonds that keeps this pack's papers."""
    return next((code for code, said in part.fonds.items() if pack in said.partition(":")[2].split(",")), "")


def _day(composer: _Composer) -> str:
    asked, day = composer.template.head.get("date", "day"), composer.slots.day
    known: Mapping[str, str] = {"day": day.isoformat(), "month": f"{day:%Y-%m}", "year": f"{day:%Y}", "none": ""}
    return known[asked]


def _folders(composer: _Composer, truth: Truth, text: str) -> tuple[str, ...]:
    """Most come loose; some in the folder of their fonds, a few in that of the department that made them.

    A paper that does not name its fonds is never loose: nobody could tell whose it is.
    """
    chance, departments = composer.rng.random(), composer.template.head.get("folder", "")
    named = composer.part.fonds.get(truth.fonds, "").partition(":")[0]
    if chance < 0.6 and (not truth.series or _bare(named) in _bare(text)):
        return ()
    if chance < 0.85 or not departments:
        return (truth.fonds,) if truth.fonds else ()
    return (truth.fonds, composer.rng.choice(departments.split("|")))


def _truth_in_traditional(truth: Truth) -> Truth:
    fields = ("title", "creator", "document_number", "subject_key")
    return replace(truth, **{name: converted(getattr(truth, name)) for name in fields})


#: A gap that a template left open would be seen as this.
OPEN_GAP = re.compile(r"[{}]")
