"""What only an index on a disk must stand: damage, kills, second writers, readers that stay open, small commits."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from index.domain.access import Marking, Permit
from index.domain.errors import Conflict, Passing
from index.domain.searching.tree import Query, Words
from index.ports import PageText, Search
from index.text.editions.merging import to_merge
from index.text.fast.adapter import FastIndex
from index.text.stock.adapter import WhooshIndex
from tests.fakes.index.text.pages import made_pages

ALL = Permit(frozenset(Marking), unfiled=True)

OnDisk = FastIndex | WhooshIndex
Kind = type[FastIndex] | type[WhooshIndex]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return tmp_path / "text"


@pytest.fixture(params=[FastIndex, WhooshIndex])
def kind(request: pytest.FixtureRequest) -> Kind:
    found: Kind = request.param
    return found


@pytest.fixture
def index(root: Path, kind: Kind) -> Iterator[OnDisk]:
    opened = kind(root, patience=0)
    yield opened
    opened.close()


def page(page_id: str, text: str = "档案") -> PageText:
    return PageText(page_id, f"item-of-{page_id}", 1, text, marking="open", filed=True)


def total(index: OnDisk, query: str) -> int:
    return index.search(Search(Query(Words(query)), ALL)).total


def segments(root: Path) -> list[Path]:
    return sorted([*root.glob("edition-*/*.trm"), *root.glob("edition-*/*.text")])


def flip(path: Path, at: float) -> None:
    content = bytearray(path.read_bytes())
    content[int((len(content) - 1) * at)] ^= 0xFF
    path.write_bytes(content)


# -- readers and writers ---------------------------------------------------------------------------


def test_nothing_is_made_before_the_first_page(index: OnDisk, root: Path) -> None:
    total(index, "档案")
    assert not root.exists()


def test_a_reader_sees_what_another_instance_commits(index: OnDisk, root: Path) -> None:
    writer = type(index)(root)
    assert total(index, "档案") == 0
    writer.add([page("p")])
    assert total(index, "档案") == 1
    writer.add([page("q")])
    writer.remove(["p"])
    assert list(index.versions()) == ["q"]
    writer.close()


def test_a_reader_that_stays_open_turns_to_a_rebuilt_edition(index: OnDisk, root: Path) -> None:
    index.add([page("old", "旧档案")])
    assert total(index, "旧档案") == 1

    def pages() -> Iterator[PageText]:
        yield page("new", "新档案")
        assert (total(index, "旧档案"), total(index, "新档案")) == (1, 0)

    writer = type(index)(root)
    writer.rebuild(pages(), lambda done, of: None)
    assert (total(index, "旧档案"), total(index, "新档案")) == (0, 1)
    assert len(list(root.glob("edition-*"))) == 1
    writer.close()


def test_a_rebuild_that_breaks_off_leaves_the_old_edition(index: OnDisk, root: Path) -> None:
    index.add([page("old")])

    def pages() -> Iterator[PageText]:
        yield page("new")
        raise ValueError("the catalogue went away")

    with pytest.raises(ValueError, match="went away"):
        index.rebuild(pages(), lambda done, of: None)
    assert list(index.versions()) == ["old"]
    index.add([page("next")])
    assert len(list(root.glob("edition-*"))) == 1


def test_threads_share_one_index(index: OnDisk) -> None:
    index.add(made_pages(20))
    expected = total(index, "档案")
    totals: list[int] = []

    def look() -> None:
        totals.extend(total(index, "档案") for _ in range(10))

    threads = [threading.Thread(target=look) for _ in range(4)]
    for thread in threads:
        thread.start()
    index.add([page("p", "别的")])
    for thread in threads:
        thread.join()
    assert set(totals) == {expected}


HOLDS_THE_LOCK = """
import fcntl, sys
lock = open(sys.argv[1], "wb")
fcntl.flock(lock, fcntl.LOCK_EX)
print("held", flush=True)
sys.stdin.read()
"""


def test_a_second_writer_is_refused_and_may_write_once_the_first_has_died(index: OnDisk, root: Path) -> None:
    index.add([page("p")])
    command = [sys.executable, "-c", HOLDS_THE_LOCK, str(root / "writer.lock")]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
        assert other.stdout and other.stdout.readline() == b"held\n"
        for write in (lambda: index.add([page("q")]), lambda: index.remove(["p"]), lambda: index.tidy()):
            with pytest.raises(Conflict) as refused:
                write()
            assert refused.value.code == "second-writer"
        assert total(index, "档案") == 1
        other.kill()
    index.add([page("q")])
    assert total(index, "档案") == 2


# -- many small commits ----------------------------------------------------------------------------


@pytest.mark.slow
def test_many_single_pages_become_few_segments(index: OnDisk, root: Path) -> None:
    pages = made_pages(40, length=60)
    for one in pages:
        index.add([one])
    assert len(segments(root)) < 20
    assert index.versions() == {one.page_id: 1 for one in pages}
    while index.tidy():
        pass
    assert index.versions() == {one.page_id: 1 for one in pages}
    assert list(index.check()) == []


def test_a_segment_whose_pages_are_all_gone_is_dropped(index: OnDisk, root: Path) -> None:
    index.add([page("p")])
    index.remove(["p"])
    assert segments(root) == []
    assert list(index.check()) == []


def test_eight_segments_of_a_size_are_merged_within_the_budget() -> None:
    assert to_merge([1] * 7, 100) == frozenset()
    assert to_merge([500, *[1] * 8], 100) == frozenset(range(1, 9))
    assert to_merge([60] * 8, 100) == frozenset()
    assert to_merge([60] * 8, 480) == frozenset(range(8))
    assert to_merge([], 100) == frozenset()


# -- damage ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("at", [0.0, 0.1, 0.3, 0.5, 0.7, 0.9, 1.0])
def test_a_flipped_byte_is_noticed_and_a_search_never_fails_otherwise(index: OnDisk, root: Path, at: float) -> None:
    index.add(made_pages(12))
    index.close()
    flip(segments(root)[0], at)
    assert [sentence.endswith("has changed since it was written") for sentence in index.check()] == [True]
    try:
        total(index, "档案")
    except Passing as error:
        assert error.code == "index-damaged"


def test_a_flipped_byte_in_the_table_of_contents_is_never_unpickled(index: OnDisk, root: Path) -> None:
    index.add([page("p")])
    index.close()
    flip(next(root.glob("edition-*/*.toc")), 0.5)
    with pytest.raises(Passing) as damaged:
        total(index, "档案")
    assert damaged.value.code == "index-damaged"


def sealed_files(root: Path) -> list[Path]:
    return [path for path in sorted(root.rglob("*")) if path.is_file() and path.name != "writer.lock"]


def test_a_flipped_bit_in_any_file_is_noticed(index: OnDisk, root: Path) -> None:
    """Some of a long file, each of CURRENT: 40 places at least, in every file."""
    index.add(made_pages(6))
    index.add(made_pages(3, seed=2))
    index.close()
    for path in sealed_files(root):
        content = path.read_bytes()
        step = 1 if path.name == "CURRENT" else max(1, len(content) // 40)
        for at in range(0, len(content), step):
            path.write_bytes(content[:at] + bytes([content[at] ^ 1 << at % 7]) + content[at + 1 :])
            assert list(index.check()), (path.name, at)
        path.write_bytes(content)
    assert list(index.check()) == []


@pytest.mark.parametrize("at", [0.2, 0.5, 0.8])
def test_a_merge_never_seals_anew_what_was_flipped(index: OnDisk, root: Path, at: float) -> None:
    for one in made_pages(8, length=60):
        index.add([one])
    flip(segments(root)[0], at)
    with pytest.raises(Passing) as damaged:
        index.tidy()
    assert damaged.value.code == "index-damaged"
    assert list(index.check())


@pytest.mark.parametrize("at", [0.05, 0.3, 0.5, 0.7, 0.95])
def test_what_says_who_may_see_a_page_is_looked_through_before_it_is_believed(root: Path, at: float) -> None:
    index = FastIndex(root)
    index.add(made_pages(12))
    index.close()
    flip(next(root.glob("edition-*/*.pages")), at)
    with pytest.raises(Passing) as damaged:
        total(index, "档案")
    assert damaged.value.code == "index-damaged"


def lose_segment(root: Path) -> None:
    segments(root)[0].unlink()


def shorten_segment(root: Path) -> None:
    segments(root)[0].write_bytes(b"")


def garble_current(root: Path) -> None:
    (root / "CURRENT").write_bytes(b"\x00garbage")


def empty_current(root: Path) -> None:
    (root / "CURRENT").write_text(json.dumps([1]))


def lose_current(root: Path) -> None:
    (root / "CURRENT").unlink()


@pytest.mark.parametrize("spoil", [lose_segment, shorten_segment, garble_current, empty_current, lose_current])
def test_a_hopeless_index_says_so_and_a_rebuild_mends_it(index: OnDisk, root: Path, spoil) -> None:  # type: ignore[no-untyped-def]
    index.add([page("p")])
    index.close()
    spoil(root)
    fresh = type(index)(root)
    assert len(fresh.check()) == 1
    for ask in (lambda: total(fresh, "档案"), fresh.versions, lambda: fresh.add([page("q")])):
        with pytest.raises(Passing) as damaged:
            ask()
        assert damaged.value.code == "index-damaged"
    assert fresh.rebuild([page("p"), page("q")], lambda done, of: None) == 2
    assert total(fresh, "档案") == 2
    assert list(fresh.check()) == []
    fresh.close()
