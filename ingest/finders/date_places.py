"""Decides how much the place of a date on its page says that the paper was made then: what labels it, whose name stands
before it, whether it is alone, and whether a sentence tells of it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from index.domain.dates import FoundDate
from ingest.finders.body_names import is_body
from ingest.finders.date_labels import DONE, MADE, is_birth, is_bound, is_of_another, labelled
from ingest.finders.paper import Line, plain
from ingest.finders.person_names import is_person

#: What a stamp says whose day is that of receiving or copying, not of the paper.
_STAMPED = re.compile(
    r"收\s*文|收\s*到|收讫|付讫|归\s*档|登\s*记\s*章|与原件|核对|已阅|传阅|received|paid", re.IGNORECASE
)
_STAMP = 12
_PRINTED = re.compile(r"印发|翻印|印制|抄送|印刷")
#: (2009年7月12日通过): beneath the title of a resolution or a rule.
_PASSED_IN = re.compile(r"\(\s*[经于由]?\s*$")
_PASSED = re.compile(r"\s*[^\s()]{0,16}?(?:通过|修订|制定|公布|讨论|审议)\s*[),,]")
_REFERRED = re.compile(r"[〔\[(][^〕\])]*$")
_SHORT = 8
"""Beside so few characters a date is a note, not a part of a sentence."""
_NAME, _SIGNING, _NAMES = 4, 14, (2, 3, 4)
"""Characters of a name, and of what a line says before the day on which somebody signed it."""
_SENTENCE = re.compile(r"[,。;!?:]")
#: What goes with a day and says no more than it: 下午, 13:45, 夜班.
_HOUR = re.compile(
    r"(?:\s*(?:[上下]午|[早中晚夜白]班?|凌晨|\(?(?:星期|周)[一二三四五六日天]\)?|[0-2]?\d[::][0-5]\d(?:\s?[-—~至]\s?[0-2]?\d[::][0-5]\d)?|[0-2]?\d[时点](?:[0-5]?\d分|半)?))+"
)
#: Papers of what was done and said on one day begin with it: 2008年11月5日,厂长召集……
_OF_ONE_DAY = re.compile(r"会|纪要|记[录要]|谈话|笔录|来访")
_OPENS = re.compile(r"\s*(?:[,、]|[上下]午|晚|在|由|[\u3400-\u9fff]{2,12}(?:召[开集]|主持|约谈|会见|来访))")
#: 2019年4月27日整理: the act of making behind its day.
_MADE_THEN = re.compile(r"(?:整理|编制|编印|编排|制表|填报|填表|造册|草拟|拟稿|起草|[制编填立订拟])[)。]?")
_IN_FORCE = re.compile(r"\s*起(?:正式)?(?:执行|试行|使用|施行|实行|实施|启用)")
_OPENING, _FORCE, _HEADED, _BEGINS = 0.66, 0.45, 0.9, 0.8
"""The day with which such a paper begins, one from which it is in force, one beside the body at its head, and one that
stands first on its line."""
_IN_SENTENCE = re.compile(r"(?:[于在自至从到为是第及与按即]|截止|截至)\s*$")
NEVER, OF_ANOTHER, _TOLD, _UNKNOWN_LABEL = 0.15, 0.34, 0.5, 0.7
"""What a day of birth or of a licence says, that of something else, one in a sentence, and behind an unknown label."""
_HEAD = 6
#: 校长批:已阅: what a superior wrote on a paper that was there.
_ENDORSED = re.compile(r"批\s*:|批示|批注|已阅|拟办")
_LABEL_OF_CELL = re.compile(r"[\u3400-\u9fff]{2,5}")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a date stands: the words before and behind it on its line, those of its cell, and what labels it."""

    whole: str
    behind: str
    cell_before: str
    cell_behind: str
    label: str

    @property
    def rest(self) -> str:
        return (self.whole + self.behind).strip(" ()[]:.,。")

    @property
    def alone(self) -> bool:
        """Whether it fills its cell."""
        return not self.cell_before.strip(" :.·") and not self.cell_behind.strip(" .,。")


def place_of(line: Line, found: FoundDate, after: int) -> Place:
    """`after` is where the date before it on its line ends: the words in between are its own label."""
    begin, end, before = _cell(line, found)
    hour = _HOUR.match(line.plain, found.end, max(end, found.end))
    behind = hour.end() if hour else found.end
    within = line.plain[max(begin, after) : found.start]
    label = within if within.strip(" :") else line.plain[max(before, after) : found.start]
    return Place(
        line.plain[: found.start],
        line.plain[behind:],
        line.plain[begin : found.start],
        line.plain[behind:end],
        label,
    )


def _cell(line: Line, found: FoundDate) -> tuple[int, int, int]:
    """Where the cell of a date begins and ends, and where the cell before it begins."""
    at = before = 0
    for cell in map(plain, line.cells):
        begin = line.plain.find(cell, at)
        if begin < 0:
            break
        at = begin + len(cell)
        if begin <= found.start and found.end <= at:
            return begin, at, before
        before = begin
    return 0, len(line.plain), 0


def standing_of(place: Place, title: str, above: Sequence[Line], number: int, count: int) -> float:
    """How much the place of a date says that the document was made then (0..1)."""
    said = labelled(place.label, title)
    if _PASSED_IN.search(place.whole) and _PASSED.match(place.behind):
        return 0.95
    if is_birth(place.label):
        return NEVER
    if _IN_FORCE.match(place.behind):
        return _FORCE
    if (_REFERRED.search(place.whole) and place.rest) or is_bound(place.whole, place.behind):
        return OF_ANOTHER
    if is_of_another(place.label) and said < DONE:
        return OF_ANOTHER
    if _MADE_THEN.fullmatch(place.cell_behind.strip()):
        return MADE
    if _PRINTED.search(place.whole + place.behind):
        return 0.7
    if not place.rest:
        return _alone(above, number, count) if not place.behind.strip(" )") else _TOLD
    if said:
        return said
    if _is_of_body(place):
        return 0.97 if number > count / 2 else _HEADED
    if number < _HEAD and _opens(place, title):
        return _OPENING
    return _beside_words(place, number / count)


def _is_of_body(place: Place) -> bool:
    """Whether it stands behind the name of a body, or of somebody who signs for it."""
    said = place.whole.strip()
    signed = next((said[:-name].strip() for name in _NAMES if is_person(said[-name:])), said)
    return (is_body(said) or is_body(signed)) and _goes_no_further(place.cell_behind.strip(" .。)"))


def _goes_no_further(behind: str) -> bool:
    """Whether nothing but somebody's name follows: 裁判方小满."""
    return not behind or (len(behind) <= _SHORT and any(is_person(behind[-name:]) for name in _NAMES))


def _opens(place: Place, title: str) -> bool:
    """Whether a paper on what was done in one day begins with that day."""
    return bool(not place.whole.strip() and _OF_ONE_DAY.search(title) and _OPENS.match(place.behind))


def _alone(above: Sequence[Line], number: int, count: int) -> float:
    """A date on a line of its own: under a body's name it is the signature, at the end most likely."""
    if any(_is_stamp(line.plain) for line in above):
        return OF_ANOTHER
    if above and is_body(above[-1].plain):
        return 1.0
    if above and above[-1].plain.rstrip().endswith(("出生日期:", "出生年月:")):
        return OF_ANOTHER
    return 0.96 if number >= count * 0.6 else 0.9


def _is_stamp(said: str) -> bool:
    return len(said) <= _STAMP and bool(_STAMPED.search(said)) and not _SENTENCE.search(said)


def _beside_words(place: Place, depth: float) -> float:
    """Behind a name it is the day on which somebody signed, the further down the sooner; in a sentence it is told."""
    if place.alone and not place.whole.strip():
        return _BEGINS
    if _ENDORSED.search(place.cell_before):
        return _TOLD
    label = (place.label if place.alone else place.cell_before).strip(" :")
    if (
        not place.cell_behind.strip(" .。)")
        and _LABEL_OF_CELL.fullmatch(label)
        and not any(is_person(label[-name:]) for name in _NAMES)
    ):
        return _UNKNOWN_LABEL
    said = _SENTENCE.split(place.cell_before)
    signed = not place.cell_behind.strip(" .。)") and not _IN_SENTENCE.search(place.cell_before)
    if place.cell_before.rstrip().endswith(":"):
        return _UNKNOWN_LABEL
    if signed and ((len(said) == 1 and len(said[0]) <= _SIGNING) or len(said[-1].strip()) <= _NAME):
        return 0.78 + 0.06 * depth
    return 0.75 if len(place.rest) <= _SHORT else _TOLD
