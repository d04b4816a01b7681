"""Decides what each stage does with the catalogue: read what is needed, let the pure part decide, keep the result.

Every function takes the desk and one id, can be run again without harm, and names what comes next.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace

from config.wiring import Home
from index.custody import covers, filing
from index.custody.arranging import arranged_by_a_person
from index.custody.joining import follow
from index.custody.proofing import recount
from index.custody.quarantine import put_aside
from index.custody.relating import relate_found
from index.custody.withdrawing import withdrew_a_person
from index.domain.description import Evidence, Value, given_beats_guessed
from index.domain.errors import BadScan, Conflict, Missing, Refused, WrongUse
from index.domain.holdings import Item, ItemState, Page, PageState
from index.domain.holdings import check_step as check_item_step
from index.domain.looks import Look
from index.domain.people import SYSTEM
from index.domain.scan import AT_REST, Reason, Scan, ScanState
from index.ports import Work
from ingest.asking import Asks
from ingest.collating import collate
from ingest.expected import expected_series
from ingest.finders.citations import citations
from ingest.finders.printed_number import printed_number
from ingest.imaging.formats import BATCH
from ingest.parking import park
from ingest.placing import PLACED, case_of, hints_of, packs_of, place, placed, readings_of, stated
from ingest.reading import AGREEING, Layout, PageRead, draw_page, engine_for, given_of, lay_out, read_page
from ingest.runs import awaits_a_page, lacks_a_page
from ingest.sandbox import Cage
from ingest.stages.describe import describe as described
from ingest.stages.index import bring_up_to_date
from ingest.unpacking import unpack
from ingest.unread import keep_unread


@dataclass(frozen=True)
class Desk:
    """What a worker works with: the home and the cage where paper is opened."""

    home: Home
    cage: Cage


def render(desk: Desk, scan_id: str) -> Asks:
    """Open a scan in the cage, count its pages and lay them out in its item; a ZIP is unpacked instead."""
    with desk.home.catalogue.reading() as work:
        scan = work.scans.get(scan_id)
        pages = work.pages.of_scan(scan_id)
    if scan.state is not ScanState.STORED:
        park(desk.home, scan)
        return []
    if scan.format is None:
        layout = lay_out(desk.cage, desk.home, scan)
        if layout.format == BATCH:
            return unpack(desk.home, desk.cage, scan)
        pages = _opened(desk, scan, pages, layout)
    return [("recognise", page.id) for page in pages if page.state is PageState.WAITING] or [
        ("divide", item_id) for item_id in dict.fromkeys(page.item_id for page in pages)
    ]


def _opened(desk: Desk, scan: Scan, before: Sequence[Page], layout: Layout) -> Sequence[Page]:
    """The scan's pages, laid out; those that its newer version no longer has leave the index first."""
    desk.home.text.remove([page.id for page in before if page.frame > layout.pages])
    with desk.home.catalogue.writing() as work:
        return _laid_out(desk.home, work, work.scans.get(scan.id), layout)


def _laid_out(home: Home, work: Work, scan: Scan, layout: Layout) -> Sequence[Page]:
    item = _item_of(home, work, scan)
    laid = replace(scan, item_id=item.id, format=layout.format)
    work.scans.save(laid)
    before = {page.item_id for page in work.pages.of_scan(scan.id)}
    pages = work.pages.lay_out(laid, layout.pages)
    revive(work, {page.item_id for page in pages} - {item.id})
    take_out_emptied(work, before)
    collate(work, laid)
    return pages


def _item_of(home: Home, work: Work, scan: Scan) -> Item:
    """The item this scan is a part of: its own, its run's, or a new one."""
    known = work.items.get(scan.item_id) if scan.item_id else work.items.of_run(scan.run) if scan.run else None
    if known is None:
        return _captured(home, work, scan)
    known = follow(work, known)
    stays = known.state is not ItemState.WITHDRAWN or lacks_a_page(work, known) or withdrew_a_person(work, known)
    return known if stays else _captured_again(work, known)


def _captured(home: Home, work: Work, scan: Scan) -> Item:
    folder = scan.path.rsplit(b"/", 2)[-2].decode("utf-8", "replace") if scan.run else scan.name
    origin = f"{folder}/{scan.named.item}" if scan.run and scan.named.item else folder
    item = Item(
        id=scan.id if not scan.run else scan.run,
        state=ItemState.CAPTURED,
        captured_at=home.clock.now(),
        fonds_id=scan.fonds_id,
        origin=origin,
        run=scan.run,
        description=_told(scan),
    )
    work.items.add(item)
    work.journal.write(SYSTEM, "captured", item.id, scan=scan.id, origin=origin)
    return item


def _told(scan: Scan) -> dict[str, Value]:
    """The reference code, where the folder's profile says that the file's name gives it."""
    code = scan.named.code
    return {"reference_code": Value(code, 1.0, Evidence(code, rule="file-name"))} if code else {}


def revive(work: Work, item_ids: Collection[str]) -> None:
    """Documents divided off a scan that was quarantined come back with it, unless a person withdrew them."""
    for item in map(work.items.get, sorted(item_ids)):
        if item.state is ItemState.WITHDRAWN and not withdrew_a_person(work, item):
            _captured_again(work, item)


def take_out_emptied(work: Work, item_ids: Collection[str]) -> None:
    """A newer version of their scan has no page of these any more."""
    for item in map(work.items.get, sorted(item_ids)):
        if item.state is not ItemState.WITHDRAWN and not work.arrangement.of_item(item.id):
            work.journal.write(SYSTEM, "emptied", item.id, before=item.state)
            work.items.save(replace(item, state=ItemState.WITHDRAWN))


def _captured_again(work: Work, item: Item) -> Item:
    check_item_step(item.state, ItemState.CAPTURED)
    return work.items.save(replace(item, state=ItemState.CAPTURED))


def recognise(desk: Desk, page_id: str) -> Asks:
    """Read one page in the cage, and keep everything that was read in one transaction."""
    with desk.home.catalogue.reading() as work:
        page = work.pages.get(page_id)
        scan = work.scans.get(page.scan_id)
        lately = work.pages.lately(page, AGREEING)
        engine = engine_of_page(desk.home, work, page)
    if page.state is PageState.READ or scan.state not in (ScanState.STORED, ScanState.READ):
        return _after_reading(desk, page)
    try:
        read: PageRead = read_page(desk.cage, desk.home, scan, page, lately, engine)
    except BadScan as problem:
        if scan.state is not ScanState.READ:
            raise
        return _unread(desk, page, problem.code)
    with desk.home.catalogue.writing() as work:
        now = work.pages.get(page_id)
        if given_of(now) != given_of(page):
            return [("recognise", page_id)]  # a person turned it meanwhile
        if work.scans.get(scan.id).sha256 == scan.sha256:
            work.pages.save(measured(now, scan, read), read.reading)
            recount(work, page.id, desk.home.settings.ocr.doubtful)
    return _after_reading(desk, page)


def _unread(desk: Desk, page: Page, code: str) -> Asks:
    """A page that people touched cannot be read any more: its scan was read well, and is not quarantined for it."""
    kept = keep_unread(desk.home, desk.cage, page, code)
    return _after_reading(desk, page) if kept else [("recognise", page.id)]


def engine_of_page(home: Home, work: Work, page: Page) -> str:
    """Which engine reads a page of this item, by its fonds and its series: as known already, else as expected."""
    item = work.items.get(page.item_id)
    fonds = work.fonds.get(item.fonds_id) if item.fonds_id else None
    series = item.value("series")
    if not series and home.settings.ocr.series:
        pages, scan = work.arrangement.of_item(item.id), work.scans.get(page.scan_id)
        before = [one for one in pages if one.rank < page.rank or (one.rank == page.rank and one.frame < page.frame)]
        series = expected_series(packs_of(home, fonds, scan.pack), before, scan.hints)
    return engine_for(home.settings.ocr, fonds.code if fonds else "", series)


def draw(desk: Desk, page_id: str) -> Asks:
    """Draw a page's pictures again, when somebody looks for them and they were thrown away."""
    with desk.home.catalogue.reading() as work:
        page = work.pages.get(page_id)
        scan = work.scans.get(page.scan_id)
    if page.state is PageState.READ and not (desk.home.derived(page_id) / "page.jpg").exists():
        draw_page(desk.cage, desk.home, scan, page)
    return []


def measured(page: Page, scan: Scan, read: PageRead) -> Page:
    """The page with what was seen of its picture, and the key of the reading kept."""
    reading = read.reading
    key = f"{scan.sha256}:{page.frame}:{reading.engine}:{reading.engine_version}"
    return replace(
        page, width=read.width, height=read.height, dpi=read.dpi, kind=read.kind, key=key, look=_numbered(read)
    )


def _numbered(read: PageRead) -> Look:
    """The look with the page number printed on the page, which only its reading tells."""
    return replace(read.look, printed=printed_number(read.reading))


def _after_reading(desk: Desk, page: Page) -> Asks:
    with desk.home.catalogue.reading() as work:
        left = work.pages.waiting(page.item_id, limit=1)
    return [("index", "")] if left else [("index", ""), ("divide", page.item_id)]


def describe(desk: Desk, item_id: str) -> Asks:
    """Propose an item's description from its pages; what a person gave stays."""
    home = desk.home
    with home.catalogue.reading() as work:
        item = work.items.get(item_id)
        readings, hints = readings_of(work, item), hints_of(work, item)
        title = work.fonds.get(item.fonds_id).title if item.fonds_id else ""
        known = [fonds.title for fonds in work.fonds.all()]
        ready = not work.pages.waiting(item_id, limit=1) and not awaits_a_page(work, item)
        fresh = any(scan.state is ScanState.STORED for scan in work.scans.of_item(item_id))
    if not ready:
        return []
    if item.state in (ItemState.FILED, ItemState.WITHDRAWN):
        return _with_ledger_closed(home, item_id)
    if item.state is ItemState.REVIEW and not fresh:
        return []
    found = _not_placed(item, described(readings, hints, title, known, today=home.clock.today()))
    with home.catalogue.writing() as work:
        _save(work, item, description=given_beats_guessed(item.description, found), state=ItemState.DESCRIBED)
    return [("classify", item_id)]


def _not_placed(item: Item, found: Mapping[str, Value]) -> dict[str, Value]:
    """What was found, but for what its place decided before: it may be filed before its place is looked for again."""
    placed = PLACED if item.value("series") else ()
    return {name: value for name, value in found.items() if not (name in placed and item.value(name))}


def _save(work: Work, item: Item, **changes: object) -> Item:
    """Save unless a person was quicker; then theirs stands, and the stage is run again on it."""
    return work.items.save(replace(item, **changes))  # type: ignore[arg-type]


def classify(desk: Desk, item_id: str) -> Asks:
    """Propose where an item belongs, with the rule that says so, and what binds it to others."""
    home = desk.home
    with home.catalogue.reading() as work:
        if work.items.get(item_id).state is not ItemState.DESCRIBED:
            return []
        case = case_of(work, item_id)
    placement, found = place(home, case)
    with home.catalogue.writing() as work:
        saved = _save(work, case.item, **placed(case.item, placement, found))
        relate_found(work, saved, citations(case.paper, saved.title), home.clock.now())
        work.particulars.state(item_id, stated(home, case, found.fonds))
    return [("file", item_id)]


def file(desk: Desk, item_id: str) -> Asks:
    """File an item that is sure and complete; send any other to review."""
    home = desk.home
    try:
        with home.catalogue.writing() as work:
            _file_or_review(home, work, work.items.get(item_id))
    except (WrongUse, Refused, Missing):
        # Undone as a whole: a number that was taken and not used would be a gap (B.1).
        with home.catalogue.writing() as work:
            _to_review(home, work, work.items.get(item_id))
    return [("index", "")]


def _file_or_review(home: Home, work: Work, item: Item) -> None:
    pack = home.packs_by_id.get(item.value("pack"))
    doubtful = lacks_a_page(work, item) or covers.doubts(work, item, home.packs)
    if pack is None or item.confidence < pack.threshold or doubtful or arranged_by_a_person(work, item):
        _to_review(home, work, item)
        return
    if item.state is ItemState.DESCRIBED:
        filing.file_item(work, item.id, SYSTEM, home.clock.now(), home.packs)
    close_ledger(home, work, item.id)


def _to_review(home: Home, work: Work, item: Item) -> None:
    if item.state is ItemState.DESCRIBED:
        work.items.save(replace(item, state=ItemState.REVIEW))
    close_ledger(home, work, item.id)


def close_ledger(home: Home, work: Work, item_id: str) -> None:
    """The ledger's last word on scans whose pages have all been read, and whose documents have all been settled.

    A page that came late goes on by itself.
    """
    for scan in work.scans.of_item(item_id):
        if scan.state is ScanState.STORED and _is_done(work, work.pages.of_scan(scan.id)):
            work.scans.save(replace(scan, state=ScanState.READ, changed_at=home.clock.now()))


def _is_done(work: Work, pages: Sequence[Page]) -> bool:
    items = (work.items.get(item_id) for item_id in {page.item_id for page in pages})
    moving = (ItemState.CAPTURED, ItemState.DESCRIBED)
    return all(page.state is PageState.READ for page in pages) and all(item.state not in moving for item in items)


def _with_ledger_closed(home: Home, item_id: str) -> Asks:
    with home.catalogue.writing() as work:
        close_ledger(home, work, item_id)
    return [("index", "")]


def index(desk: Desk, _: str) -> Asks:
    """Bring the index up to date; when another process is writing, it takes these pages along or is asked again."""
    try:
        bring_up_to_date(desk.home)
    except Conflict:
        return [("index", "")]
    return []


def give_up(desk: Desk, actor: str, target: str, times: str) -> Asks:
    """A step failed too often: its scan is quarantined; an item goes to a person."""
    home, reason = desk.home, Reason("poison", {"times": times})
    page = _touched(home, target) if actor == "recognise" else None
    if page:
        return _unread(desk, page, reason.code)
    with home.catalogue.writing() as work:
        scan = _scan_behind(work, actor, target)
        if scan and scan.state not in AT_REST:
            scan = put_aside(work, scan, reason, home.clock.now(), SYSTEM)
        elif actor in ("divide", "describe", "classify", "file"):
            _give_to_a_person(home, work, work.items.get(target))
    if scan:
        park(home, scan)
    return without(home, scan.id) if scan else []


def without(home: Home, scan_id: str) -> Asks:
    """What goes on now that a scan was put aside: items with pages of others need not wait for its pages any more."""
    with home.catalogue.reading() as work:
        items = map(work.items.get, sorted({page.item_id for page in work.pages.of_scan(scan_id)}))
        moving = [item.id for item in items if item.state in (ItemState.CAPTURED, ItemState.DESCRIBED)]
        return [("divide", item_id) for item_id in moving if not work.pages.waiting(item_id, limit=1)]


def _touched(home: Home, page_id: str) -> Page | None:
    """The page, if it waits only because people touched it: its scan is at rest."""
    with home.catalogue.reading() as work, suppress(Missing):
        page = work.pages.get(page_id)
        if page.state is PageState.WAITING and work.scans.get(page.scan_id).state is ScanState.READ:
            return page
    return None


def _scan_behind(work: Work, actor: str, target: str) -> Scan | None:
    if actor in ("receive", "render"):
        return work.scans.get(target)
    if actor == "recognise":
        with suppress(Missing):  # a shorter version of its scan has dropped the page meanwhile
            return work.scans.get(work.pages.get(target).scan_id)
    return None


def _give_to_a_person(home: Home, work: Work, item: Item) -> None:
    if item.state in (ItemState.CAPTURED, ItemState.DESCRIBED):
        item = work.items.save(replace(item, state=ItemState.DESCRIBED, confidence=0.0))
    _to_review(home, work, item)
