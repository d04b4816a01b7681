"""Decides how a list that was handed in is read and entered: read in the cage, entered slice by slice, resumable."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

from config.wiring import Home
from index.custody import importing, reconciling
from index.domain.errors import BadScan, Final, Missing
from index.domain.identity import new_id
from index.domain.lists.entries import Entry, Fault, checked_columns, proposed
from index.domain.lists.importing import Import, ImportState, Kind
from index.domain.lists.linking import By, Image
from index.domain.lists.sheet import Sheet, sheet
from index.ports import Progress
from ingest.actors import Desk
from ingest.asking import Asks
from ingest.sandbox import Cage
from ingest.spreadsheet import lines

#: Rows that one message enters before it asks for the next; for every slice all rows are looked through anew.
SLICE = 1_000


def read(desk: Desk, import_id: str) -> Asks:
    """Read a list that a page handed in; what cannot be read says why."""
    home = desk.home
    with home.catalogue.reading() as work:
        one = work.imports.get(import_id)
    with suppress(BadScan, Missing):  # the file of a command that was killed is not ours to find
        _tabulate(home, desk.cage, one, home.folder("imports") / one.id)
    return []


def take_in(home: Home, cage: Cage, file: Path, kind: Kind, fonds: str, actor: str, tab: str = "") -> Import:
    """Read a list from a file of the operator's; raises BadScan, Missing("no-such-fonds" | "no-such-file")."""
    if not file.is_file():
        raise Missing("no-such-file", path=file)
    with home.catalogue.writing() as work:
        of = work.fonds.by_code(fonds)
        if of is None:
            raise Missing("no-such-fonds", fonds=fonds)
        digest = sha256(file.read_bytes()).hexdigest()
        one = Import(new_id(), kind, file.name, digest, of.id, actor, home.clock.now())
        known = next((held for held in work.imports.all() if _same(held, one)), None)
        if known is None:
            work.imports.add(one)
    return known or _tabulate(home, cage, one, file, tab)


def _same(held: Import, one: Import) -> bool:
    """The same bytes for the same fonds: what was entered from them is not entered again."""
    read = held.state not in (ImportState.READING, ImportState.FAILED)
    return read and (held.kind, held.sha256, held.fonds_id) == (one.kind, one.sha256, one.fonds_id)


def _tabulate(home: Home, cage: Cage, one: Import, file: Path, tab: str = "") -> Import:
    """Headings, columns as proposed or as they were settled for the same headings before, and every row.

    A list that cannot be read is kept as such, with the reason; raises BadScan, Missing.
    """
    try:
        found = _sheet(cage, one, file, tab)
    except (BadScan, Missing) as bad:
        with home.catalogue.writing() as work:
            work.imports.save(replace(one, state=ImportState.FAILED, reason=bad.code))
        raise
    with home.catalogue.writing() as work:
        before = (held for held in work.imports.all() if (held.kind, held.headings) == (one.kind, found.headings))
        columns = next((held.columns for held in before if held.columns), None) or proposed(one.form, found.headings)
        read = replace(one, state=ImportState.READ, headings=found.headings, columns=columns)
        work.imports.keep_rows(one.id, found.rows)
        work.imports.save(read)
    return read


def _sheet(cage: Cage, one: Import, file: Path, tab: str) -> Sheet:
    try:
        found = sheet(cage.run(lines, str(file), tab), one.form.known)
    except BadScan as bad:
        raise BadScan("no-spreadsheet") if bad.code == "damaged-file" else bad from None
    if not found.rows:
        raise BadScan("no-rows")
    return found


def settled(home: Home, one: Import, columns: dict[str, int], by: By, folder: str, series: str) -> Import:
    """The import with what a person said of it; raises WrongUse("bad-columns")."""
    said = replace(one, columns=checked_columns(one.form, columns, one.headings), link=by, folder=folder, series=series)
    with home.catalogue.writing() as work:
        work.imports.save(said)
    return said


def enter(desk: Desk, import_id: str) -> Asks:
    """Enter a slice of what is ready, and ask for the rest."""
    home = desk.home
    with home.catalogue.reading() as work:
        one = work.imports.get(import_id)
    if one.state is not ImportState.ENTERING:
        return []
    _, left = enter_slice(home, one, one.by)
    if left:
        return [("enter", import_id), ("index", "")]
    _done(home, one)
    return [("index", "")]


def enter_all(home: Home, one: Import, actor: str, progress: Progress) -> int:
    """Enter everything that is ready, and try again what was refused before; how many rows were entered."""
    begin(home, one)
    done, left = 0, 1
    while left:
        entered, left = enter_slice(home, one, actor)
        done += entered
        progress(done, done + left)
    _done(home, one)
    return done


def begin(home: Home, one: Import) -> None:
    """What was refused before may be tried again."""
    with home.catalogue.writing() as work:
        work.imports.mark(one.id, 0)
        work.imports.save(replace(one, state=ImportState.ENTERING))


def _done(home: Home, one: Import) -> None:
    with home.catalogue.writing() as work:
        work.imports.save(replace(work.imports.get(one.id), state=ImportState.DONE))


def enter_slice(home: Home, one: Import, actor: str) -> tuple[int, int]:
    """Enter the next rows that are ready; how many were, and how many are left.

    Each row of a catalogue has a transaction of its own, those of a register have one together.
    """
    if one.kind is Kind.REGISTER:
        return _put_in(home, one, actor)
    with home.catalogue.reading() as work:
        report = importing.dry_run(work, one, home.packs)
    now, left = report.ready[:SLICE], len(report.ready[SLICE:])
    return sum(_entered(home, one, entry, report.images[entry.number], actor) for entry in now), left


def _put_in(home: Home, one: Import, actor: str) -> tuple[int, int]:
    with home.catalogue.reading() as work:
        ready = reconciling.dry_run(work, one).ready
    now, left = ready[: reconciling.TOGETHER], len(ready[reconciling.TOGETHER :])
    with home.catalogue.writing() as work:
        return reconciling.put_in(work, one, now, actor), left


def _entered(home: Home, one: Import, entry: Entry, image: Image, actor: str) -> bool:
    """Whether the row was taken; what was refused is remembered with its reason, and undone as a whole."""
    try:
        with home.catalogue.writing() as work:
            importing.enter(work, one, entry, image, actor, home.clock.now(), home.packs)
    except Final as refused:
        with home.catalogue.writing() as work:
            work.imports.mark(one.id, entry.number, refused=Fault(refused.code, refused.details))
        return False
    return True
