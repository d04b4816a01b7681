"""A damaged shard: noticed, missing from answers that say so, written again alone; and an index of a former kind."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from index.domain.access import Marking, Permit
from index.domain.errors import Conflict, Passing
from index.domain.searching.tree import Every, Query, Words
from index.ports import Found, Holds, Mendable, PageText, Search
from index.text.editions.sole import Sole
from index.text.fast.adapter import FastIndex
from index.text.shards import book, fresh
from index.text.shards.adapter import ShardedIndex
from index.text.shards.asking import Asked
from index.text.shards.fresh import Fresh
from index.text.shards.shares import Share, Sizes
from index.text.shards.stacks import Stacks
from index.text.stock.adapter import WhooshIndex

FEW = Sizes(own=3, most=6)
ALL = Permit(frozenset(Marking), unfiled=True)
Spoil = Callable[[Path, str], Path]


def page(number: int, fonds: str, version: int = 1) -> PageText:
    text = f"档案第{number}页" * 9
    return PageText(f"p{number}", f"i{number}", version, text, fonds=fonds, date="2000", marking="open", filed=True)


PAGES = [page(n, "AB"[n % 2]) for n in range(8)]


def found(index: ShardedIndex) -> Found:
    return index.search(Search(Query(Every(())), ALL, limit=1000))


def silent(done: int, of: int) -> None:
    """Nobody waits."""


def catalogue(pages: Iterable[PageText]) -> Callable[[Holds], Iterable[PageText]]:
    return lambda holds: [one for one in pages if holds(one.fonds, one.date)]


def tidied(index: ShardedIndex) -> ShardedIndex:
    index.add(PAGES)
    while index.tidy():
        pass
    return index


def state(root: Path) -> dict[str, int]:
    return {path.name: path.stat().st_ino for path in root.glob("shard-*")}


@pytest.mark.parametrize("kind", [".pages", ".text", ".toc"])
def test_a_damaged_shard_is_missing_and_mended_alone(index: ShardedIndex, root: Path, spoil: Spoil, kind: str) -> None:
    tidied(index).close()
    bad = spoil(root, kind)
    before = state(root)
    with closing(ShardedIndex(root, FEW)) as opened:
        assert isinstance(opened, Mendable)
        share = str(book.read(root).shares[bad.name])
        assert (found(opened).missing, opened.ailing()) == ((share,), [share])
        assert {hit.page_id for hit in found(opened).hits} == {p.page_id for p in PAGES if p.fonds not in share}
        assert any(bad.name in sentence for sentence in opened.check())
        assert opened.mend(catalogue(PAGES), silent) == sum(p.fonds in share for p in PAGES)
        assert (found(opened).total, found(opened).missing, opened.ailing()) == (8, (), [])
        assert list(opened.check()) == []
        after = state(root)
        assert before.items() - after.items() == {(bad.name, before[bad.name])}


def test_what_another_shard_still_holds_of_a_mended_one_is_forgotten_there(
    index: ShardedIndex, root: Path, spoil: Spoil
) -> None:
    tidied(index).close()
    bad = spoil(root, ".pages")
    (lost,) = book.read(root).shares[bad.name].fonds
    moved = next(one for one in PAGES if one.fonds != lost)
    now = [page(int(one.page_id[1:]), lost, 2) if one is moved else one for one in PAGES]
    with closing(ShardedIndex(root, FEW)) as opened:
        opened.mend(catalogue(now), silent)
        assert found(opened).total == 8
        assert opened.versions() == {one.page_id: one.version for one in now}


def test_a_shard_that_is_gone_altogether_is_missed(index: ShardedIndex, root: Path, spoil: Spoil) -> None:
    tidied(index).close()
    bad = spoil(root, ".pages")
    bad.rename(root / "elsewhere")
    with closing(ShardedIndex(root, FEW)) as opened:
        assert len(opened.ailing()) == len(found(opened).missing) == len(opened.check()) == 1


def test_a_shard_that_is_gone_is_not_taken_for_an_empty_one(index: ShardedIndex, root: Path) -> None:
    tidied(index)
    (lost,) = (name for name, share in book.read(root).shares.items() if share.fonds == ("A",))
    shutil.rmtree(root / lost)
    with pytest.raises(Passing) as damaged:
        index.add([page(20, "A")])
    assert damaged.value.code == "index-damaged"
    assert not (root / lost).exists()
    assert (found(index).missing, index.ailing()) == (("A",), ["A"])
    assert index.mend(catalogue(PAGES), silent) == 4
    index.add([page(20, "A")])
    assert (found(index).total, found(index).missing) == (9, ())


def test_a_byte_that_flips_in_silence_is_noticed_on_the_rounds(root: Path, spoil: Spoil) -> None:
    now = 0.0
    with closing(ShardedIndex(root, FEW, clock=lambda: now)) as index:
        tidied(index)
        files = sum(len(list(shard.glob("edition-*/*"))) for shard in root.glob("shard-*"))
        for _ in range(files):
            index.tidy()
        spoil(root, ".text")
        for _ in range(files):
            index.tidy()
        assert index.ailing() == []
        now = 24 * 3600.0
        for _ in range(files):
            index.tidy()
        assert len(index.ailing()) == len(found(index).missing) == 1
        index.mend(catalogue(PAGES), silent)
        assert (found(index).total, found(index).missing) == (8, ())


@pytest.mark.parametrize("kind", [".text", ".pages"])
def test_what_is_damaged_is_neither_merged_nor_divided(root: Path, spoil: Spoil, kind: str) -> None:
    with closing(ShardedIndex(root, Sizes(100, 100))) as index:
        for n in range(8):
            index.add([page(n, "A")])
        spoil(root, kind)
        with pytest.raises(Passing):
            index.add([page(8, "A")])
        assert index.ailing() == [str(Share())]
    layout = book.read(root).layout
    stacks = Stacks(root, 0)
    with closing(stacks), pytest.raises(Passing):
        Fresh(stacks, layout, FEW).divide(layout.shares)
    assert [path.name for path in root.glob("shard-*")] == list(layout.shares)


def test_what_a_merge_or_a_division_stumbles_over_is_condemned(root: Path, spoil: Spoil) -> None:
    for first in (Sizes(100, 100), FEW):
        with closing(ShardedIndex(root, Sizes(100, 100))) as index:
            for n in range(8):
                index.add([page(n, "A")])
        with closing(ShardedIndex(root, first)) as index:
            assert index.size() == 8
            spoil(root, ".text")
            assert index.tidy()
            assert index.ailing() == [str(Share())]
            assert index.mend(catalogue(PAGES), silent) == 8
            assert (found(index).total, index.ailing()) == (8, [])


def test_what_a_commit_takes_away_while_it_is_looked_through_is_no_damage(
    index: ShardedIndex, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tidied(index)
    look, turns = FastIndex.check, iter((True,))

    def overtaken(one: FastIndex) -> Sequence[str]:
        if next(turns, False):
            index.add([replace(one, version=2) for one in PAGES])
            raise FileNotFoundError
        return look(one)

    monkeypatch.setattr(FastIndex, "check", overtaken)
    assert list(index.check()) == []


def test_an_index_that_is_gone_altogether_is_no_empty_one(index: ShardedIndex, root: Path) -> None:
    tidied(index)
    assert found(index).total == 8
    shutil.rmtree(root)
    for ask in (lambda: found(index), index.size, index.versions, lambda: index.add([page(20, "A")])):
        with pytest.raises(Passing) as damaged:
            ask()
        assert damaged.value.code == "index-damaged"
    assert len(index.ailing()) == len(index.check()) == 1
    assert index.mend(catalogue(PAGES), silent) == 8
    assert (found(index).total, index.ailing()) == (8, [])


def garbled(shard: Path) -> None:
    """Its text says nothing any more."""
    for path in shard.glob("edition-*/*.text"):
        size = path.stat().st_size
        path.write_bytes(path.read_bytes()[: size // 10] + bytes(0xFF for _ in range(size - size // 10)))


def test_what_a_search_stumbles_over_is_condemned(index: ShardedIndex, root: Path) -> None:
    tidied(index).close()
    (bad,) = (name for name, share in book.read(root).shares.items() if share.fonds == ("A",))
    with closing(ShardedIndex(root, FEW)) as opened:
        assert opened.size() == 8
        garbled(root / bad)
        assert opened.search(Search(Query(Words("档案")), ALL)).missing == ("A",)
        assert book.read(root).bad == {bad}
        assert opened.ailing() == ["A"]


def test_a_search_that_fails_for_another_reason_condemns_nothing(
    index: ShardedIndex, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tidied(index)

    def exhausted(*_: object) -> None:
        raise MemoryError

    monkeypatch.setattr(Asked, "answer", exhausted)
    assert len(index.search(Search(Query(Words("档案")), ALL)).missing) == len(book.read(root).shares)
    assert (book.read(root).bad, index.ailing()) == (frozenset(), [])


def test_what_is_written_while_a_shard_cannot_be_read_is_not_stale_in_it_afterwards(
    index: ShardedIndex, root: Path
) -> None:
    tidied(index)
    (bad,) = (name for name, share in book.read(root).shares.items() if share.fonds == ("A",))
    (root / bad / "CURRENT").rename(root / bad / "aside")
    now = replace(PAGES[0], fonds="B", marking="confidential", version=2)
    index.add([now])
    index.remove(["p2"])
    (root / bad / "aside").rename(root / bad / "CURRENT")
    assert {hit.page_id for hit in found(index).hits} == {"p0", "p1", "p3", "p5", "p7"}
    assert (index.versions()["p0"], found(index).missing, index.ailing()) == (2, ("A",), ["A"])
    with pytest.raises(Passing):
        index.add([page(20, "B"), page(21, "A")])
    assert found(index).total == 5
    index.mend(catalogue([now, *PAGES[1:2], *PAGES[3:]]), silent)
    assert (found(index).total, found(index).missing) == (7, ())


def test_while_a_shard_is_damaged_the_others_are_written(index: ShardedIndex, root: Path, spoil: Spoil) -> None:
    tidied(index).close()
    bad = spoil(root, ".pages")
    lost = str(book.read(root).shares[bad.name])
    with closing(ShardedIndex(root, FEW)) as opened:
        opened.add([page(20, "AB"[lost == "A"])])
        assert found(opened).total == 5
        with pytest.raises(Passing):
            opened.add([page(21, lost)])


def lose(root: Path) -> None:
    (root / "BOOK").unlink()


def garble(root: Path) -> None:
    (root / "BOOK").write_bytes(b"{}")


def former(root: Path) -> None:
    for path in root.glob("shard-*"):
        path.rename(root.parent / path.name)
    lose(root)
    with closing(WhooshIndex(root)) as stock:
        stock.add(PAGES)


def other(root: Path) -> None:
    """The other engine was chosen for a while."""
    with closing(WhooshIndex(root)) as stock:
        stock.add(PAGES)


@pytest.mark.parametrize("spoils", [lose, garble, former, other])
def test_an_index_without_a_book_is_written_again(
    index: ShardedIndex, root: Path, spoils: Callable[[Path], None]
) -> None:
    tidied(index).close()
    spoils(root)
    with closing(ShardedIndex(root, FEW)) as opened:
        for ask in (lambda: found(opened), opened.versions, opened.size, lambda: opened.add(PAGES), opened.tidy):
            with pytest.raises(Passing) as damaged:
                ask()
            assert damaged.value.code == "index-damaged"
        assert opened.ailing() == ("…",)
        assert len(opened.check()) == 1
        assert opened.mend(catalogue(PAGES), silent) == 8
        assert (found(opened).total, opened.ailing(), list(opened.check())) == (8, [], [])
        assert {path.name for path in root.iterdir()} == {"BOOK", "writer.lock", *book.read(root).shares}


def test_a_rebuild_that_breaks_off_leaves_the_index_as_it_was(
    index: ShardedIndex, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fresh, "_BATCH", 1)
    tidied(index)
    before = state(root)

    def pages() -> Iterable[PageText]:
        yield page(99, "C")
        assert found(index).total == 8
        raise ValueError("the catalogue went away")

    with pytest.raises(ValueError, match="went away"):
        index.rebuild(pages(), silent)
    assert found(index).total == 8
    assert before.items() < state(root).items()
    index.remove(["p0"])
    assert before == state(root)


def test_a_second_writer_is_refused(index: ShardedIndex, root: Path) -> None:
    tidied(index)
    with Sole(root / "writer.lock", 0).held():
        for write in (lambda: index.add(PAGES), lambda: index.remove(["p0"]), index.tidy):
            with pytest.raises(Conflict) as refused:
                write()
            assert refused.value.code == "second-writer"
    shard = next(name for name, share in book.read(root).shares.items() if share.fonds)
    with Sole(root / shard / "writer.lock", 0).held(), pytest.raises(Conflict):
        index.remove([one.page_id for one in PAGES])


def test_nothing_is_made_before_the_first_page(index: ShardedIndex, root: Path) -> None:
    assert (found(index).total, index.ailing(), list(index.check())) == (0, [], [])
    assert not root.exists()
