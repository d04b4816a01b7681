"""Decides the commands that find something: search, pages like one, and the searches that a person keeps."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Annotated

import typer

from config.console import DEFAULT_HOME, AsJson, HomeDir, language, open_home, plain, say, say_json, tell
from index.domain.errors import WrongUse, sentence
from index.ports import Search, Sort
from viewer.acting import As, Fonds, Series, journal, permit_as, person_as

if TYPE_CHECKING:
    from viewer.answering import Whole
    from viewer.finding import Shown
    from viewer.news import Told
    from viewer.similar import Similar

Day = "A day: 2024-03-05, 2024-03 or 2024."
Limit = Annotated[int, typer.Option(min=0, max=1000)]
OfSaved = Annotated[str, typer.Argument(help="Id or name of a saved search.")]


def search(
    query: str,
    home: HomeDir = DEFAULT_HOME,
    person: As = "",
    fonds: Fonds = "",
    series: Series = "",
    since: Annotated[str, typer.Option("--from", help=Day)] = "",
    until: Annotated[str, typer.Option("--to", help=Day)] = "",
    limit: Limit = 20,
    offset: Annotated[int, typer.Option(min=0)] = 0,
    sort: Annotated[str, typer.Option(help="relevance, newest, oldest or code.")] = "relevance",
    by_item: Annotated[bool, typer.Option("--by-item", help="An item once, with its best page.")] = False,
    alike: Annotated[
        bool | None,
        typer.Option("--similar/--no-similar", help="Pages where it may be misread; else when few hold it."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Find any word on the page where it stands."""
    from viewer import querying
    from viewer.answering import answered

    opened = open_home(home)
    wanted = Search(
        querying.query(opened, plain(query)),
        permit_as(opened, person),
        fonds,
        series,
        date_from=_day(since, "00"),
        date_to=_day(until, "99"),
        sort=_order(sort),
        limit=limit,
        offset=offset,
        by_item=by_item,
    )
    whole = answered(opened, wanted, alike)
    # A snippet of a personal or confidential page is a reading too: the journal says of which items (EA-09).
    journal(opened, person, "searched", query=plain(query), total=whole.answer.total, items=whole.restricted)
    say_json(whole.as_json()) if as_json else _say(whole)


def like(
    item: Annotated[str, typer.Argument(help="Id or reference code of an item.")],
    page: Annotated[int, typer.Option(min=1, help="Its page that others are to be like.")] = 1,
    home: HomeDir = DEFAULT_HOME,
    person: As = "",
    as_json: AsJson = False,
) -> None:
    """Find pages of other items that are like one."""
    from viewer import alike
    from viewer.answering import restricted

    opened = open_home(home)
    permit = permit_as(opened, person)
    with opened.catalogue.reading() as work:
        model = alike.model_of(work, permit, plain(item), page)
    kin = alike.like(opened, permit, model)
    journal(opened, person, "read", model.item.id, page=page, items=restricted(kin.answer.hits))
    if as_json:
        return say_json(kin.as_json())
    tell(f"{len(kin.answer.hits)} items, by {'  '.join(kin.about)}")
    _say_each(kin.answer.hits)


# -- saved searches --


def saved_list(home: HomeDir = DEFAULT_HOME, person: As = "", as_json: AsJson = False) -> None:
    """What a person keeps, with how many pages are new in each."""
    from viewer.news import kept

    opened = open_home(home)
    whose = person_as(opened, person)
    found = kept(opened, whose.id, whose.permit)
    if as_json:
        return say_json({"searches": [one.as_json() for one in found]})
    for one in found:
        say(f"{one.saved.id}  {_news(one):>8}  {one.saved.name}")


def saved_add(
    query: str,
    name: Annotated[str, typer.Option(help="What it is called; the query itself when nothing is given.")] = "",
    told: Annotated[bool, typer.Option("--tell/--no-tell", help="Whether new pages are told of.")] = True,
    fonds: Fonds = "",
    series: Series = "",
    home: HomeDir = DEFAULT_HOME,
    person: As = "",
    as_json: AsJson = False,
) -> None:
    """Keep a search under a name; what it finds by now counts as known."""
    from viewer import saving
    from viewer.asking import Asked
    from viewer.news import Told

    opened = open_home(home)
    bounds = tuple((facet, value) for facet, value in (("fonds", fonds), ("series", series)) if value)
    asked = Asked(plain(query).strip(), bounds)
    if not asked.q:
        raise WrongUse("nothing-asked")
    kept = saving.keep(opened, person_as(opened, person), asked, plain(name), told=told)
    say_json(Told(kept).as_json()) if as_json else say(f"{kept.id}  {kept.name}")


def saved_remove(saved: OfSaved, home: HomeDir = DEFAULT_HOME, person: As = "") -> None:
    """Let a saved search go."""
    from viewer import saving

    opened = open_home(home)
    whose = person_as(opened, person)
    saving.let_go(opened, whose, saving.id_of(opened, whose, plain(saved)))


def saved_new(
    saved: OfSaved, limit: Limit = 20, home: HomeDir = DEFAULT_HOME, person: As = "", as_json: AsJson = False
) -> None:
    """What is new in a saved search since its person looked; from now on it is known."""
    from viewer import saving
    from viewer.answering import answer_to
    from viewer.asking import asked_of

    opened = open_home(home)
    whose = person_as(opened, person)
    known = saving.look(opened, whose, saving.id_of(opened, whose, plain(saved)))
    asked = asked_of(known.asked).changed(new=known.id)
    whole = answer_to(opened, whose, asked, limit=limit)
    journal(opened, person, "searched", query=asked.q, total=whole.answer.total, items=whole.restricted)
    say_json(whole.as_json()) if as_json else _say(whole)


# -- how it is said --


def _say(whole: Whole) -> None:
    """The hits on standard output, what is to be known of them beside it."""
    answer = whole.answer
    tell(f"{answer.total} pages, {answer.took_ms} ms, read as {answer.query.read_as}")
    if answer.query.odd:
        tell(f"not understood, and taken as plain words or passed over: {'  '.join(answer.query.odd)}")
    if answer.without_index or answer.missing:
        tell("the index, or a part of it, cannot be asked: pages may be missing here")
    if answer.cut_short:
        tell(sentence("cut-short", language()))
    _say_each(answer.hits)
    for offer in whole.offers:
        tell(f"did you mean: {offer.query} ({offer.pages} pages)")
    if whole.misread.pages:
        tell(f"{len(whole.misread.pages)}{'' if whole.misread.whole else '+'} possibly misread:")
        _say_each(whole.misread.pages)


def _say_each(hits: Iterable[Shown | Similar]) -> None:
    for hit in hits:
        say(f"{hit.item.reference_code or '—':<28} p.{hit.page.number:<4} {hit.item.title}\n    {hit.snippet.text}")


def _news(one: Told) -> str:
    return "" if not one.saved.told else "?" if one.new is None else one.count


def _order(said: str) -> Sort:
    if said not in set(Sort):
        raise WrongUse("bad-value", field="sort", value=said, hint=", ".join(Sort))
    return Sort(said)


def _day(said: str, unknown: str) -> str:
    """YYYYMMDD of a day, month or year: its beginning ("00") or its end ("99"). Raises WrongUse("bad-date")."""
    from index.domain.dates import partial_date

    if not said:
        return ""
    try:
        day = partial_date(said)
    except WrongUse:
        raise WrongUse("bad-date", value=plain(said)) from None
    return f"{day.year:04d}" + "".join(f"{part:02d}" if part else unknown for part in (day.month, day.day))
