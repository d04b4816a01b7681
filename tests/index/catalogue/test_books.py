"""Every book through a real SQLite: what goes in comes out, and what it decides it decides alone."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.catalogue import tables
from index.catalogue.placed import pack_words, unpack_words
from index.catalogue.sql import SqlCatalogue
from index.domain.access import Role
from index.domain.description import Evidence, Value
from index.domain.errors import Conflict, Missing
from index.domain.holdings import Fonds, ItemState, Page, PageState
from index.domain.people import Person, Session
from index.domain.reading import Box, Script, Word
from index.domain.scan import Reason, Scan, ScanState
from tests.fakes.config.homes import MORNING
from tests.fakes.index.holdings import item, reading, scan

# -- the ledger --------------------------------------------------------------------------------------------------------


def test_a_scan_comes_back_as_it_went_in(catalogue: SqlCatalogue) -> None:
    whole = Scan(
        id="scan-1",
        path=b"J101/\xff\n\xc5\xcc.pdf",
        home="drop",
        state=ScanState.DUPLICATE,
        seen_at=MORNING,
        changed_at=MORNING + timedelta(microseconds=5),
        fonds_id="fonds-1",
        pack="school",
        hints=("行政", "2024"),
        run="run-1",
        position=7,
        sha256="a" * 64,
        size=2**40,
        mtime_ns=1_700_000_000_123_456_789,
        inode=2**64 - 3,
        format="tiff",
        duplicate_of="scan-0",
        reason=Reason("same-bytes", {"name": "甲"}),
        parked=b"duplicates/\xff",
        released=True,
    )
    with catalogue.writing() as work:
        work.scans.add(whole)
    with catalogue.reading() as work:
        assert work.scans.get("scan-1") == whole
        with pytest.raises(Missing):
            work.scans.get("scan-2")


def test_the_newest_row_of_a_path_speaks_for_it_and_knows_the_one_before(catalogue: SqlCatalogue) -> None:
    old, new = scan(), replace(scan(), seen_at=MORNING + timedelta(hours=1))
    with catalogue.writing() as work:
        work.scans.add(new)
        work.scans.add(old)
        assert work.scans.at_path(b"J101/a.pdf") == new
        assert work.scans.before(new) == old and work.scans.before(old) is None
        assert work.scans.at_path(b"J101/A.pdf") is None


@pytest.mark.parametrize(
    ("known", "same"),
    [
        ({"state": ScanState.STORED}, True),
        ({"state": ScanState.READ}, True),
        ({"state": ScanState.QUARANTINED}, False),
        ({"state": ScanState.DUPLICATE}, False),
        ({"run": "run-1"}, False),
        ({"fonds_id": None}, False),
        ({"sha256": "b" * 64}, False),
    ],
)
def test_the_same_bytes_count_only_within_the_fonds_and_never_for_pages_of_a_run(
    catalogue: SqlCatalogue, known: dict[str, object], same: bool
) -> None:
    here: dict[str, object] = {"sha256": "a" * 64, "fonds_id": "fonds-1"}
    first, second = scan(**{**here, **known}), scan(b"J101/b.pdf", ScanState.SETTLING, **here)  # type: ignore[arg-type]
    with catalogue.writing() as work:
        work.scans.add(first)
        work.scans.add(second)
        assert work.scans.same_bytes(second) == (first if same else None)


def test_where_no_fonds_is_known_the_same_bytes_are_the_same(catalogue: SqlCatalogue) -> None:
    first, second = (scan(path, sha256="a" * 64) for path in (b"a", b"b"))
    with catalogue.writing() as work:
        work.scans.add(first)
        work.scans.add(second)
        assert work.scans.same_bytes(second) == first


def test_the_ledger_is_listed_by_state_and_by_what_changed_lately(catalogue: SqlCatalogue) -> None:
    rows = [scan(state=ScanState.READ), scan(state=ScanState.READ), scan(state=ScanState.SEEN)]
    rows[1] = late = replace(rows[1], changed_at=MORNING + timedelta(hours=2))
    with catalogue.writing() as work:
        for row in rows:
            work.scans.add(row)
        assert [row.id for row in work.scans.in_states(ScanState.READ)] == [rows[0].id, late.id]
        assert work.scans.in_states(ScanState.READ, since=MORNING + timedelta(hours=1)) == [late]
        assert work.scans.in_states(*ScanState, limit=1) == [rows[0]]
        assert work.scans.counts() == {"read": 2, "seen": 1}
        assert work.listings.ledger("flight", 10, 0) == ([rows[2]], 1)
        assert work.listings.ledger("", 1, 1)[1] == 3


def test_a_run_is_kept_in_the_order_of_its_positions(catalogue: SqlCatalogue) -> None:
    pages = [scan(b"J101/r/%d.jpg" % n, run="r", position=n, sha256=str(n) * 64) for n in (2, 1, 3)]
    deeper = scan(b"J101/r/inner/1.jpg", run="other", position=1)
    with catalogue.writing() as work:
        for page in (*pages, deeper):
            work.scans.add(page)
        assert [page.position for page in work.runs.of("r")] == [1, 2, 3]
        assert [page.run for page in work.runs.newest_in(b"J101/r")] == ["r"] * 3
        assert work.runs.newest_in(b"J101") == []


def test_a_run_is_known_by_the_same_bytes_in_the_same_order_only(catalogue: SqlCatalogue) -> None:
    def run(name: str, digests: str, **fields: object) -> list[Scan]:
        return [scan(b"%d" % n, run=name, position=n, sha256=digit, **fields) for n, digit in enumerate(digests)]  # type: ignore[arg-type]

    known, same, turned, longer = run("a", "12"), run("b", "12"), run("c", "21"), run("d", "123")
    elsewhere = run("e", "12", fonds_id="fonds-1")
    with catalogue.writing() as work:
        for page in (*known, *turned, *longer, *elsewhere):
            work.scans.add(page)
        found = work.runs.same_pages(same)
        assert found and found.run == "a"
        assert work.runs.same_pages(longer) is None and work.runs.same_pages(turned) is None
        assert work.runs.same_pages(elsewhere) is None


def test_a_version_is_kept_once_and_counted(catalogue: SqlCatalogue) -> None:
    one, other = scan(), scan(b"b")
    with catalogue.writing() as work:
        work.scans.add(one)
        work.scans.add(other)
        for _ in range(2):
            work.versions.add(one.id, "a" * 64, 5, MORNING)
        work.versions.add(one.id, "b" * 64, 6, MORNING + timedelta(hours=1))
        work.versions.add(other.id, "a" * 64, 5, MORNING)
        assert [digest for digest, *_ in work.versions.of(one.id)] == ["a" * 64, "b" * 64]
        assert work.versions.references() == {"a" * 64: 2, "b" * 64: 1}


# -- items -------------------------------------------------------------------------------------------------------------


def test_an_item_comes_back_with_every_value_its_evidence_and_who_gave_it(catalogue: SqlCatalogue) -> None:
    description = {
        "title": Value("关于𠮷的通知", 0.91234, Evidence("通知", 2, Box(0.1, 0.2, 0.3, 0.4), "title")),
        "date": Value("2024-03", 1.0, None, "clerk"),
        "note": Value("", 1.0, None, "clerk"),
    }
    whole = replace(
        item(ItemState.FILED, fonds_id="fonds-1", reference_code="J101-WS·2024-Y-0001", pack_version="1", run="r"),
        description=description,
        filed_at=MORNING,
        origin="甲.pdf",
    )
    with catalogue.writing() as work:
        work.items.add(whole)
    with catalogue.reading() as work:
        found = work.items.get(whole.id)
        assert found == replace(
            whole, description={**description, "title": replace(description["title"], confidence=0.9123)}
        )
        assert work.items.get("J101-WS·2024-Y-0001") == found == work.items.of_run("r")
        with pytest.raises(Missing):
            work.items.get("")


def test_two_people_do_not_overwrite_each_other(catalogue: SqlCatalogue) -> None:
    seen = item()
    with catalogue.writing() as work:
        work.items.add(seen)
    with catalogue.writing() as work:
        assert work.items.save(replace(seen, origin="first")).version == 2
    with pytest.raises(Conflict) as told, catalogue.writing() as work:
        work.items.save(replace(seen, origin="second"))
    assert told.value.code == "changed-meanwhile"
    with catalogue.reading() as work:
        assert work.items.get(seen.id).origin == "first"


def test_numbers_asked_for_by_eight_threads_have_neither_gap_nor_double(catalogue: SqlCatalogue) -> None:
    def numbers(_: int) -> list[int]:
        found = []
        for _ in range(5):
            with catalogue.writing() as work:
                found.append(work.items.next_number("J101|WS|2024|Y"))
        return found

    with ThreadPoolExecutor(8) as pool:
        given_out = [number for found in pool.map(numbers, range(8)) for number in found]
    assert sorted(given_out) == list(range(1, 41))


def test_a_number_taken_in_a_transaction_that_failed_is_given_again(catalogue: SqlCatalogue) -> None:
    with pytest.raises(ZeroDivisionError), catalogue.writing() as work:
        assert work.items.next_number("k") == 1
        raise ZeroDivisionError
    with catalogue.writing() as work:
        assert (work.items.next_number("k"), work.items.next_number("other")) == (1, 1)


def test_what_reads_never_writes(catalogue: SqlCatalogue) -> None:
    with catalogue.reading() as work:
        work.fonds.add(Fonds("fonds-2", "X1", "无", ()))
    with catalogue.reading() as work:
        assert work.fonds.by_code("X1") is None


def test_a_reader_sees_one_moment_while_others_write(catalogue: SqlCatalogue) -> None:
    with catalogue.reading() as before:
        assert len(before.fonds.all()) == 1
        with catalogue.writing() as work:
            work.fonds.add(Fonds("fonds-2", "X1", "新", ("school", "employees"), "dat13-2022-item"))
        assert len(before.fonds.all()) == 1
    with catalogue.reading() as after:
        assert after.fonds.by_code("X1") == after.fonds.get("fonds-2")
        assert after.fonds.get("fonds-2").packs == ("school", "employees")
        with pytest.raises(Missing):
            after.fonds.get("fonds-3")


def test_a_subject_has_one_open_file_numbered_within_its_series(catalogue: SqlCatalogue) -> None:
    with catalogue.writing() as work:
        first = work.files.open_for("fonds-1", "RS·ZZ", "E001", "E001 张三", MORNING)
        second = work.files.open_for("fonds-1", "RS·ZZ", "E002", "E002", MORNING)
        assert work.files.open_for("fonds-1", "RS·LZ", "E001", "另", MORNING) == first
        assert (first.number, second.number) == (1, 2)
        assert work.files.get(first.id) == first == work.files.by_subject("fonds-1", "E001")
        assert work.files.of_series("fonds-1", "RS·ZZ") == [first, second]


def test_another_spelling_of_a_subjects_key_opens_no_second_file(catalogue: SqlCatalogue) -> None:
    with catalogue.writing() as work:
        first = work.files.open_for("fonds-1", "RS·ZZ", "20100673", "张三", MORNING, "employee_number")
        other = work.files.open_for("fonds-1", "RS·ZZ", "２０１０ ０６７４", "李四", MORNING, "employee_number")
        for key in ("２０１００６７３", "2010 0673"):
            assert work.files.open_for("fonds-1", "RS·ZZ", key, "张三", MORNING, "employee_number") == first
            assert work.files.open_of("fonds-1", key) == first
        assert work.files.by_subject("fonds-1", "20100674", "employee_number") == other
        assert work.files.by_subject("fonds-1", "20100673", "customer") is None


# -- pages -------------------------------------------------------------------------------------------------------------


def laid(catalogue: SqlCatalogue, frames: int = 3) -> tuple[Scan, list[Page]]:
    one = item(fonds_id="fonds-1")
    source = scan(item_id=one.id)
    with catalogue.writing() as work:
        work.items.add(one)
        work.scans.add(source)
        return source, list(work.pages.lay_out(source, frames))


def test_pages_are_laid_out_once_and_grow_with_the_scan(catalogue: SqlCatalogue) -> None:
    source, pages = laid(catalogue)
    with catalogue.writing() as work:
        assert work.pages.lay_out(source, 3) == pages
        assert [page.frame for page in work.pages.lay_out(source, 5)] == [1, 2, 3, 4, 5]
        assert work.items.get(source.item_id or "").page_count == 5
        assert work.pages.lay_out(source, 2) == pages[:2]
        assert work.items.get(source.item_id or "").page_count == 2


def test_a_reading_comes_back_word_for_word(catalogue: SqlCatalogue) -> None:
    _, [page, *_] = laid(catalogue)
    with catalogue.writing() as work:
        work.pages.save(replace(page, width=1000, height=1400, dpi=300, kind="image", key="k"), reading())
        assert work.pages.reading(page.id) == reading()
        kept = work.pages.get(page.id)
        assert (kept.state, kept.turned, kept.script, kept.version) == (PageState.READ, 1, Script.HANT, 2)
        work.pages.save(kept, replace(reading(), engine="other", turned=0))
        again = work.pages.reading(page.id)
        assert again and (again.engine, again.turned) == ("other", 0)


def test_pages_wait_only_while_their_scan_is_being_read(catalogue: SqlCatalogue) -> None:
    source, pages = laid(catalogue)
    with catalogue.writing() as work:
        work.pages.save(pages[0], reading())
        assert work.pages.waiting() == [page.id for page in pages[1:]]
        assert work.pages.waiting(source.item_id or "", limit=1) == [pages[1].id]
        work.scans.save(replace(source, state=ScanState.QUARANTINED))
        assert work.pages.waiting() == []
        work.scans.save(source)
        work.pages.reread(source)
        assert len(work.pages.waiting()) == 3


BEHIND = f"SELECT id FROM page WHERE {tables.BEHIND} ORDER BY id"


def test_the_index_follows_every_change(catalogue: SqlCatalogue) -> None:
    source, [page, *_] = laid(catalogue)
    with catalogue.writing() as work:
        assert work.pages.behind(10) == []
        work.pages.save(page, reading())
        [behind] = work.pages.behind(10)
        work.pages.indexed({page.id: behind.version})
        assert work.pages.behind(10) == [] and work.items.lagging() == []
        work.items.save(work.items.get(source.item_id or ""))
        assert [one.id for one in work.pages.behind(10)] == [page.id]
        assert work.items.lagging() == [source.item_id]
        work.arrangement.lay([replace(behind, state=PageState.WAITING)])
        assert [one.id for one in work.pages.behind(10)] == [page.id]
        assert work.items.lagging() == [source.item_id]
        plan = "".join(str(row) for row in work.pages._sql.exec_driver_sql(f"EXPLAIN QUERY PLAN {BEHIND}"))
        assert "page_behind" in plan


def test_what_to_expect_of_a_page_is_the_one_before_it_or_the_last_of_its_fonds(catalogue: SqlCatalogue) -> None:
    _, pages = laid(catalogue)
    _, [other, *_] = laid(catalogue)
    with catalogue.writing() as work:
        assert not work.pages.lately(other, 3)
        work.pages.save(pages[0], reading())
        work.pages.save(pages[1], reading(blank=True))
        expected = work.pages.lately(pages[2], 1)[0]
        assert expected and expected.id == pages[0].id
        expected = work.pages.lately(other, 1)[0]
        assert expected and expected.id == pages[0].id


@given(st.text(min_size=1, max_size=40), st.data())
@settings(max_examples=30, deadline=None)
def test_words_are_packed_without_loss(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    length = data.draw(st.integers(1, len(text) - start))
    side = st.integers(0, 10**5).map(lambda n: n / 10**5)
    box = Box(*(data.draw(side) for _ in range(4)))
    word = Word(text[start : start + length], start, box, 0.5)
    assert unpack_words(pack_words((word,)), text) == (word,)


# -- people ------------------------------------------------------------------------------------------------------------


def test_a_name_is_taken_once(catalogue: SqlCatalogue) -> None:
    person = Person("p1", "李老师", Role.ARCHIVIST, "hash", MORNING, None, True, "zh-Hant")
    with catalogue.writing() as work:
        work.people.add(person)
        work.people.save(replace(person, disabled_at=MORNING))
    with pytest.raises(Conflict) as told, catalogue.writing() as work:
        work.people.add(replace(person, id="p2"))
    assert told.value.code == "name-taken"
    with catalogue.reading() as work:
        assert work.people.named("李老师") == work.people.get("p1") == replace(person, disabled_at=MORNING)
        assert work.people.named("李") is None and len(work.people.all()) == 1


def test_sessions_end_by_their_token_or_with_their_person(catalogue: SqlCatalogue) -> None:
    with catalogue.writing() as work:
        work.people.add(Person("p1", "a", Role.READER, "", MORNING))
        work.people.add(Person("p2", "b", Role.READER, "", MORNING))
        for token, person in (("t1", "p1"), ("t2", "p1"), ("t3", "p2")):
            work.sessions.add(Session(token, person, "csrf", MORNING, MORNING + timedelta(hours=1)))
        work.sessions.end(token="t1")
        assert work.sessions.get("t1") is None and work.sessions.get("t2")
        work.sessions.end(person_id="p1")
        assert work.sessions.get("t2") is None and work.sessions.get("t3")
        work.sessions.end()
        assert work.sessions.get("t3")
        work.sessions.purge(MORNING + timedelta(hours=2))
        assert work.sessions.get("t3") is None


def test_failed_attempts_are_counted_by_name_and_address(catalogue: SqlCatalogue) -> None:
    with catalogue.writing() as work:
        for minute in (0, 5, 10):
            work.sessions.attempt("a", "10.0.0.1", MORNING + timedelta(minutes=minute))
        work.sessions.attempt("a", "10.0.0.2", MORNING)
        assert work.sessions.attempts_since("a", "10.0.0.1", MORNING + timedelta(minutes=5)) == 2
        work.sessions.purge(MORNING + timedelta(minutes=6))
        assert work.sessions.attempts_since("a", "10.0.0.1", MORNING) == 1


# -- time --------------------------------------------------------------------------------------------------------------


def test_a_moment_of_any_zone_comes_back_as_the_same_moment_in_utc(catalogue: SqlCatalogue) -> None:
    there = datetime(2026, 11, 23, 7, 0, tzinfo=timezone(timedelta(hours=8)))
    row = replace(scan(), seen_at=there)
    with catalogue.writing() as work:
        work.scans.add(row)
    with catalogue.reading() as work:
        seen = work.scans.get(row.id).seen_at
    assert seen == there and seen.tzinfo is UTC
