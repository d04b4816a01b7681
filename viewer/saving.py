"""Decides what a person does with the searches they keep: keep one, change it, look at what is new, let it go."""

from __future__ import annotations

from dataclasses import replace

from config.wiring import Home
from index.domain.errors import Conflict
from index.domain.identity import new_id
from index.domain.people import Person
from index.domain.searching.saved import SavedSearch, named
from viewer.asking import Asked
from viewer.news import looked

MOST = 200
"""Searches that one person may keep."""


def keep(home: Home, person: Person, asked: Asked, name: str, *, told: bool) -> SavedSearch:
    """Keep a search under a name; what is found of it by now counts as known.

    Raises Conflict("saved-too-many") and Conflict("saved-name-taken").
    """
    kept = replace(asked, new="")
    with home.catalogue.writing() as work:
        if len(work.saved.of_person(person.id)) >= MOST:
            raise Conflict("saved-too-many", most=MOST)
        newest = work.arrivals.newest()
        of_person = (person.id, named(name, kept.q), kept.encoded, told)
        one = SavedSearch(new_id(), *of_person, home.clock.now(), newest, newest)
        work.saved.add(one)
        work.journal.write(person.name, "search-saved", one.id, name=one.name, asked=one.asked, told=told)
    return one


def change(home: Home, person: Person, saved_id: str, name: str, *, told: bool) -> SavedSearch:
    """Another name; being told, or no more. Who begins to be told is told of what comes from now on.

    Raises Missing("no-such-saved-search") and Conflict("saved-name-taken").
    """
    with home.catalogue.writing() as work:
        known = work.saved.get(person.id, saved_id)
        changed = replace(known, name=named(name, known.name), told=told)
        if told and not known.told:
            changed = looked(work, changed)
        work.saved.keep(changed)
        work.journal.write(person.name, "search-changed", saved_id, name=changed.name, told=changed.told)
    return changed


def look(home: Home, person: Person, saved_id: str) -> SavedSearch:
    """Count as known what is new by now; it is found with `Asked.new`. Raises Missing("no-such-saved-search")."""
    with home.catalogue.writing() as work:
        return looked(work, work.saved.get(person.id, saved_id))


def id_of(home: Home, person: Person, said: str) -> str:
    """The id of the search that the person keeps under this name; what is no such name is taken as an id."""
    with home.catalogue.reading() as work:
        return next((one.id for one in work.saved.of_person(person.id) if one.name == said), said)


def let_go(home: Home, person: Person, saved_id: str) -> None:
    """Raises Missing("no-such-saved-search")."""
    with home.catalogue.writing() as work:
        known = work.saved.get(person.id, saved_id)
        work.saved.remove(known.id)
        work.journal.write(person.name, "search-deleted", known.id, name=known.name)
