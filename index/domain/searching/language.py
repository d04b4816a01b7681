"""Decides how what a person types is read: words apart are all wanted, quotes hold together, fields, and, or, not.

Every query is answered. What cannot be made sense of is taken as words or passed over and told in `Query.odd`; an open
quote or parenthesis runs to the end. AND binds before OR. Never raises, and takes time in proportion to the length.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from index.domain.folding import folded
from index.domain.searching import leaves as query_leaves
from index.domain.searching.leaves import Leaf, Names
from index.domain.searching.tokens import Kind, Token, tokens
from index.domain.searching.tree import Either, Every, Query, Wild, Without, Words, all_leaves
from index.domain.searching.words import SPANS, TIMES, Field, Joint

#: How deep groups may stand in one another, as adapters walk the tree by calling themselves.
DEEPEST = 16
#: How many leaves are looked up; nobody types more by hand.
MOST_LEAVES = 64
#: How often `*` may stand in all patterns together: what is beyond is looked for by its pieces.
MOST_STARS = 12
#: How much of an odd part is told.
_TOLD = 40

_NOBODY: Names = {}


def read(typed: str, today: date, names: Names = _NOBODY) -> Query:
    """The query in `typed`, with days told from `today`; `names` are what this room's fonds and series are called."""
    reader = _Reader(today, names)
    parts = list(_sensible(typed, reader.odd))
    whole = reader.read(parts)
    if whole is None:
        text = folded(typed).text
        whole = Leaf(Words(text), f"“{text}”") if text else Leaf(Every(()), "")
    odd = tuple(dict.fromkeys(_short(said) for said in reader.odd))
    return Query(whole.node, whole.told, odd, typed.strip())


@dataclass(slots=True)
class _Group:
    """What stands between two parentheses, or all of it: alternatives of leaves that are all wanted."""

    within: Field | None = None
    name: str = ""
    alternatives: list[list[Leaf]] = field(default_factory=lambda: [[]])
    without: bool = False
    """Whether the next leaf is to be left out."""
    asked: tuple[Field, str] | None = None
    """The field named just before, with its name as typed."""

    def add(self, leaf: Leaf | None) -> None:
        if leaf:
            self.alternatives[-1].append(_left_out(leaf) if self.without else leaf)
        self.without, self.asked = False, None

    @property
    def whole(self) -> Leaf | None:
        return _either([every for one in self.alternatives if (every := _every(one))])


class _Reader:
    """Reads the parts one after the other, with the groups that are open."""

    def __init__(self, today: date, names: Names) -> None:
        self._today = today
        self._names = names
        self._open = [_Group()]
        self._passed_over = 0
        self._leaves = 0
        self._stars = MOST_STARS
        self.odd: list[str] = []

    def read(self, parts: Sequence[Token]) -> Leaf | None:
        for part in parts:
            self._take(part)
        while len(self._open) > 1:
            self.odd.append("(")
            self._close()
        return self._open[0].whole

    def _take(self, part: Token) -> None:
        group = self._open[-1]
        match part.kind:
            case Kind.OPEN:
                self._begin(group)
            case Kind.CLOSE:
                self._close()
            case Kind.FIELD:
                group.asked = (part.field or Field.TEXT, part.text)
            case Kind.JOINT if part.joint is Joint.OR:
                group.alternatives.append([])
            case Kind.JOINT if part.joint is Joint.NOT:
                group.without = not group.without
            case Kind.WORD | Kind.PHRASE:
                group.add(self._leaf(part, group))
            case _:
                return

    def _begin(self, group: _Group) -> None:
        if len(self._open) > DEEPEST:
            self._passed_over += 1
            return
        asked, name = group.asked or (group.within, group.name)
        self._open.append(_Group(asked, name))

    def _close(self) -> None:
        if self._passed_over:
            self._passed_over -= 1
            self.odd.append("(")
        elif len(self._open) > 1:
            whole = self._open.pop().whole
            self._open[-1].add(whole)

    def _leaf(self, part: Token, group: _Group) -> Leaf | None:
        if self._leaves >= MOST_LEAVES:
            self.odd.append(part.text)
            return None
        asked, name = group.asked or (group.within, group.name)
        stars = min(query_leaves.MOST_STARS, self._stars)
        found = query_leaves.leaf(part.text, asked, name, part.kind is Kind.PHRASE, self._today, self._names, stars)
        if found is None:
            return None
        self._leaves += 1
        self._stars -= sum(one.pattern.count("*") for one in all_leaves(found.node) if isinstance(one, Wild))
        if not found.sensible:
            self.odd.append(f"{name}{part.text}")
        return found


def _sensible(typed: str, odd: list[str]) -> Iterator[Token]:
    """The parts that mean something where they stand; a joint or a name with nothing to hold on to becomes a word."""
    parts = []
    for part in _spanned([*tokens(typed)]):
        if part.kind is Kind.ODD or part.odd:
            odd.append(part.text)
        if part.kind is not Kind.ODD:
            parts.append(part)
    for before, part, after in zip([None, *parts], parts, [*parts[1:], None], strict=False):
        if _holds(before, part, after):
            yield part
            continue
        odd.append(part.text)
        if any(sign.isalnum() for sign in part.text):
            yield Token(Kind.WORD, part.text)


def _spanned(parts: Sequence[Token]) -> Iterator[Token]:
    """The parts, where two dates written apart (日期:2003年 至 2005年) are one."""
    at = 0
    while at < len(parts):
        three = parts[at : at + 3]
        named = at and parts[at - 1].kind is Kind.FIELD and parts[at - 1].field in TIMES
        if named and [part.kind for part in three[::2]] == [Kind.WORD] * 2 and three[1].text in SPANS:
            yield replace(three[0], text=" ".join(part.text for part in three))
            at += 3
        else:
            yield parts[at]
            at += 1


_BEGINS = frozenset({Kind.WORD, Kind.PHRASE, Kind.OPEN})
_ENDS = frozenset({Kind.WORD, Kind.PHRASE, Kind.CLOSE})


def _holds(before: Token | None, part: Token, after: Token | None) -> bool:
    """Whether a joint has what it joins, and a name what it names."""
    if part.kind is Kind.FIELD:
        return after is not None and after.kind in _BEGINS
    if part.kind is not Kind.JOINT:
        return True
    follows = after is not None and (after.kind in _BEGINS | {Kind.FIELD} or after.joint is Joint.NOT)
    return follows and (part.joint is Joint.NOT or (before is not None and before.kind in _ENDS))


def _left_out(leaf: Leaf) -> Leaf:
    if isinstance(leaf.node, Without):
        return Leaf(leaf.node.node, leaf.told.removeprefix("− "))
    return Leaf(Without(leaf.node), f"− {_closed(leaf)}")


def _every(leaves: Iterable[Leaf]) -> Leaf | None:
    """All of these, each once, what is left out behind what is wanted."""
    once = list({leaf.node: leaf for leaf in leaves}.values())
    wanted = [leaf for leaf in once if not isinstance(leaf.node, Without)]
    unwanted = [leaf for leaf in once if isinstance(leaf.node, Without)]
    if len(once) == 1:
        return once[0]
    told = " + ".join(_closed(leaf) if leaf.loose == "or" else leaf.told for leaf in wanted)
    told = " ".join(part for part in (told, *(leaf.told for leaf in unwanted)) if part)
    return Leaf(Every(tuple(leaf.node for leaf in (*wanted, *unwanted))), told, loose="and") if once else None


def _either(leaves: Iterable[Leaf]) -> Leaf | None:
    once = list({leaf.node: leaf for leaf in leaves}.values())
    if len(once) < 2:
        return once[0] if once else None
    told = " / ".join(_closed(leaf) if leaf.loose else leaf.told for leaf in once)
    return Leaf(Either(tuple(leaf.node for leaf in once)), told, loose="or")


def _closed(leaf: Leaf) -> str:
    return f"({leaf.told})" if leaf.loose else leaf.told


def _short(said: str) -> str:
    return said if len(said) <= _TOLD else said[:_TOLD] + "…"
