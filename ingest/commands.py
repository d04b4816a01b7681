"""Decides the commands about paper coming in: watch, work, ingest, and what lies in quarantine."""

from __future__ import annotations

import base64
import os
from collections.abc import Sequence
from contextlib import nullcontext
from pathlib import Path
from typing import Annotated

import typer

from config.console import DEFAULT_HOME, AsJson, HomeDir, bar, language, open_home, say, say_json, tell
from config.supervising import Supervisor, end_with_parent, own_command, running
from config.wiring import Home
from index.custody.telling import item_json
from index.domain.errors import Missing, sentence
from index.domain.holdings import Item, ItemState
from index.domain.people import OPERATOR
from index.domain.scan import Scan, ScanState
from index.ports import Work

NEEDS_A_PERSON = 3
Workers = Annotated[int, typer.Option(help="Worker processes; 0: one for each core.")]


def watch(home: HomeDir = DEFAULT_HOME) -> None:
    """Look at the drop folder, until Ctrl-C."""
    from ingest.watch import serve

    end_with_parent()
    serve(open_home(home))


def work(home: HomeDir = DEFAULT_HOME, workers: Workers = 0) -> None:
    """Workers that read and file what has come in, until Ctrl-C."""
    end_with_parent()
    opened = open_home(home)
    Supervisor(worker_commands(opened, workers), opened.jobs.free).run()


def worker_commands(home: Home, workers: int) -> dict[str, list[str]]:
    """The command line of each worker process."""
    count = workers or home.settings.queue.workers or os.cpu_count() or 1
    return {f"worker {number}": own_command("worker", home) for number in range(1, count + 1)}


def worker(home: HomeDir = DEFAULT_HOME) -> None:
    """One worker process; `work` starts these."""
    from ingest.worker import serve

    end_with_parent()
    serve(open_home(home))


def ingest(
    paths: Annotated[list[Path], typer.Argument(metavar="PATH...")],
    home: HomeDir = DEFAULT_HOME,
    fonds: Annotated[str, typer.Option(help="Code of the fonds they belong to.")] = "",
    pack: Annotated[str, typer.Option(help="The regulation they fall under.")] = "",
    profile: Annotated[str, typer.Option(help="How the files are named: a profile or a pattern.")] = "",
    as_json: AsJson = False,
) -> None:
    """Take files in through the same pipeline and wait; the sources stay where they are."""
    from index.domain import naming
    from ingest import intake

    opened = open_home(home)
    fonds_id = _known(opened, paths, fonds, pack)
    ids = intake.take(opened, paths, fonds_id, pack or None, naming.profile(profile) if profile else None)
    own = nullcontext() if somebody_works(opened) else running(own_command("work", opened))
    with own, bar("ingest") as progress:
        ids = intake.wait(opened, ids, progress)
    outcomes = [_outcome(opened, scan_id) for scan_id in ids]
    for one in outcomes:
        say_json(one) if as_json else say(f"{one['state']:<12} {one['path']}  {one['reason'] or ''}")
    if any(one["state"] in ("review", "quarantined") for one in outcomes):
        raise typer.Exit(NEEDS_A_PERSON)


def somebody_works(home: Home) -> bool:
    """Whether a worker lives; a watcher reads nothing, and one that was killed is forgotten first."""
    home.jobs.free()
    return any(one["kind"] == "worker" for one in home.jobs.workers())


def _known(home: Home, paths: Sequence[Path], fonds: str, pack: str) -> str | None:
    """The fonds' id; raises Missing for a fonds, pack or path that is not there, before anything is read."""
    with home.catalogue.reading() as work:
        found = work.fonds.by_code(fonds) if fonds else None
    if fonds and found is None:
        raise Missing("no-such-fonds", fonds=fonds)
    if pack and pack not in home.packs_by_id:
        raise Missing("no-such-pack", pack=pack)
    for path in paths:
        if not os.path.lexists(path):
            raise Missing("no-such-file", path=path)
    return found.id if found else None


def _outcome(home: Home, scan_id: str) -> dict[str, object]:
    """What became of one file: a line of `ingest --json`."""
    from ingest.intake import items_of

    with home.catalogue.reading() as work:
        scan = work.scans.get(scan_id)
        items = items_of(work, scan) if scan.state is ScanState.READ else []
        return {
            **path_json(scan),
            "sha256": scan.sha256,
            "state": _state_of(scan, items),
            "reason": reason_of(scan),
            "items": [item_json(work, item, text=True) for item in items],
        }


def _state_of(scan: Scan, items: Sequence[Item]) -> str:
    """The state of what it became; "review" as long as one of several waits for a person."""
    if any(item.state is ItemState.REVIEW for item in items):
        return ItemState.REVIEW.value
    return items[0].state.value if items else scan.state.value


def quarantine_list(home: HomeDir = DEFAULT_HOME, as_json: AsJson = False) -> None:
    """What could not be captured, and why."""
    with open_home(home).catalogue.reading() as work:
        files = [_quarantined(scan) for scan in work.scans.in_states(ScanState.QUARANTINED)]
    if as_json:
        say_json({"files": files})
        return
    for file in files:
        say(f"{file['id']}  {file['path']}  {file['reason']}")


def _quarantined(scan: Scan) -> dict[str, object]:
    return {
        "id": scan.id,
        **path_json(scan),
        "sha256": scan.sha256,
        "reason": reason_of(scan),
        "code": scan.reason.code if scan.reason else None,
        "since": scan.changed_at.isoformat(),
    }


def path_json(scan: Scan) -> dict[str, str]:
    """The path as text, and its bytes in base64 when they are not UTF-8."""
    try:
        return {"path": scan.path.decode()}
    except UnicodeDecodeError:
        return {"path": scan.shown_path, "path_b64": base64.b64encode(scan.path).decode()}


def reason_of(scan: Scan) -> str | None:
    return sentence(scan.reason.code, language(), **scan.reason.details) if scan.reason else None


def quarantine_retry(
    ids: Annotated[list[str] | None, typer.Argument(metavar="[ID...]")] = None, home: HomeDir = DEFAULT_HOME
) -> None:
    """Try quarantined files again; all of them when none is named."""
    _again(home, ids or [], released=False)


def quarantine_release(file: Annotated[str, typer.Argument(metavar="ID")], home: HomeDir = DEFAULT_HOME) -> None:
    """Try a file again and believe its content rather than its name."""
    _again(home, [file], released=True)


def _again(home: Path, ids: Sequence[str], *, released: bool) -> None:
    from index.custody import quarantine

    opened = open_home(home)
    step = quarantine.release if released else quarantine.retry
    with opened.catalogue.writing() as work:
        chosen = ids or _all_quarantined(work)
        for scan_id in chosen:
            step(work, opened.jobs, scan_id, OPERATOR, opened.clock.now())
    tell(f"{len(chosen)}")


def _all_quarantined(work: Work) -> list[str]:
    return [scan.id for scan in work.scans.in_states(ScanState.QUARANTINED)]


def reindex(home: HomeDir = DEFAULT_HOME) -> None:
    """The whole index again, beside the live one, then swapped."""
    from ingest.stages.index import rebuild

    opened = open_home(home)
    with bar("reindex") as progress:
        count = rebuild(opened, progress)
    tell(f"{count} pages")
