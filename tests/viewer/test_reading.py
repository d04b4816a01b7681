"""What a person may see of a record, on every way to it: page, picture, thumbnail, master, print, JSON; and the log."""

from __future__ import annotations

from dataclasses import replace

import pytest

from index.domain.access import Role
from index.domain.description import Value
from index.domain.errors import Conflict, Passing, Refused
from index.domain.holdings import ItemState, PageState
from index.domain.identity import new_id
from index.domain.people import Person
from index.domain.searching.language import read
from index.ports import Found, Search
from tests.viewer.conftest import Enter, close
from tests.viewer.seeding import MORNING, Room, index
from viewer import accounts, finding, passwords

WAYS = (
    "/items/{item}",
    "/items/{item}/print",
    "/items/{item}/master/{scan}",
    "/pages/{page}/image",
    "/pages/{page}/thumb",
    "/api/items/{item}",
    "/api/items/{item}?text=1",
)


def way(held: Room, at: str, name: str) -> str:
    page = held.pages(name)[0]
    return at.format(item=page.item_id, page=page.id, scan=page.scan_id)


@pytest.mark.parametrize("at", WAYS)
@pytest.mark.parametrize(
    ("name", "reader", "archivist"),
    [("open", 200, 200), ("notice", 200, 200), ("contract", 403, 200), ("doubtful", 404, 200)],
)
def test_markings_hold_on_every_way_to_a_record(
    held: Room, enter: Enter, at: str, name: str, reader: int, archivist: int
) -> None:
    assert enter("reader").get(way(held, at, name)).status_code == reader
    assert enter("archivist").get(way(held, at, name)).status_code == archivist


@pytest.mark.parametrize("at", WAYS)
def test_what_is_refused_is_not_named(held: Room, enter: Enter, at: str) -> None:
    item = held.item("contract")
    told = enter("reader").get(way(held, at, "contract")).text
    assert item.title not in told and item.reference_code not in told


def test_a_guessed_reference_code_does_not_tell_that_the_record_exists(held: Room, enter: Enter) -> None:
    code = held.item("contract").reference_code
    assert enter("reader").get(f"/items/{code}").status_code == 404
    assert enter("archivist").get(f"/items/{code}").status_code == 200


def test_a_guessed_code_that_was_joined_to_a_restricted_record_does_not_tell_that_it_exists(
    held: Room, enter: Enter
) -> None:
    with held.home.catalogue.writing() as work:
        joined = work.items.get(held.items["notice"])
        work.items.save(replace(joined, state=ItemState.WITHDRAWN, joined_to=held.items["contract"]))
    at = f"/items/{joined.reference_code}"
    known, unknown = enter("reader").get(at), enter("reader").get(f"{at}9")
    assert (known.status_code, unknown.status_code) == (404, 404)
    assert enter("archivist").get(at).headers["location"] == f"/items/{held.items['contract']}"


def test_a_scan_of_another_item_is_not_given_out_under_a_readable_one(held: Room, enter: Enter) -> None:
    secret = held.pages("contract")[0].scan_id
    assert enter("reader").get(f"/items/{held.items['notice']}/master/{secret}").status_code == 404


def test_the_master_is_saved_never_shown_under_a_safe_name(held: Room, enter: Enter) -> None:
    answer = enter("reader").get(way(held, "/items/{item}/master/{scan}", "notice"))
    assert answer.headers["content-type"] == "application/octet-stream"
    said = answer.headers["content-disposition"]
    assert said.startswith("attachment; filename=\"J101-WS_2020-D30-XZ-0001.jpg\"; filename*=UTF-8''J101-WS%C2%B7")
    with held.home.catalogue.reading() as work:
        scan = work.scans.of_item(held.items["notice"])[0]
    assert len(answer.content) == scan.size


def test_a_page_without_its_picture_says_so(held: Room, enter: Enter) -> None:
    page = held.pages("notice")[0]
    (held.home.derived(page.id) / "page.jpg").unlink()
    assert "尚未生成" in enter("reader").get(f"/pages/{page.id}/image").text


def verbs(held: Room, name: str) -> list[tuple[str, str]]:
    with held.home.catalogue.reading() as work:
        logged = work.journal.of(held.items[name])
    return [(e.actor, e.verb) for e in logged if e.verb in {"read", "print", "download"}]


def test_reading_a_personal_record_is_journalled_once_in_a_while_also_for_archivists(held: Room, enter: Enter) -> None:
    browser = enter("archivist")
    for _ in range(3):
        browser.get(way(held, "/items/{item}", "contract"))
        browser.get(way(held, "/pages/{page}/image", "contract"))
    assert verbs(held, "contract") == [("archivist", "read")]


def test_reading_an_internal_record_is_not_journalled_but_prints_and_downloads_are(held: Room, enter: Enter) -> None:
    browser = enter("reader")
    for at in WAYS:
        browser.get(way(held, at, "notice"))
    assert verbs(held, "notice") == [("reader", "print"), ("reader", "download")]


def test_a_search_that_shows_personal_records_is_journalled(held: Room, enter: Enter) -> None:
    enter("archivist").get("/search?q=劳动合同")
    enter("archivist").get("/search?q=运动会")
    with held.home.catalogue.reading() as work:
        logged = [event for event in work.journal.all() if event.verb == "search"]
    assert [event.details["query"] for event in logged] == ["劳动合同"]
    assert held.items["contract"] in str(logged[0].details["items"])


def test_readers_do_not_see_who_read_and_archivists_do(held: Room, enter: Enter) -> None:
    enter("archivist").get(way(held, "/items/{item}/print", "notice"))
    assert "打印</b> archivist" in enter("archivist").get(way(held, "/items/{item}", "notice")).text
    assert "打印</b> archivist" not in enter("reader").get(way(held, "/items/{item}", "notice")).text


# -- search --


def ask(held: Room, query: str, name: str = "archivist", **bounds: object) -> finding.Answer:
    return finding.find(held.home, Search(read(query, MORNING.date()), held.people[name].permit, **bounds))  # type: ignore[arg-type]


def test_either_script_finds_the_other(held: Room) -> None:
    titles = {hit.item.title for hit in ask(held, "學校").hits}
    assert titles == {hit.item.title for hit in ask(held, "学校").hits} and len(titles) == 4


def test_an_answer_has_the_json_of_the_interface(held: Room, enter: Enter) -> None:
    told = enter("archivist").get("/api/search?q=劳动合同").json()
    read = {"read_as", "odd", "cut_short", "did_you_mean", "similar_whole"}
    assert set(told) == {"total", "took_ms", "hits", "facets", "whole", "similar"} | read
    assert set(told["facets"]) == {"fonds", "series", "year", "retention", "marking", "language"}
    wanted = ["item", "reference_code", "title", "fonds", "series", "date", "page", "snippet", "boxes", "score"]
    assert list(told["hits"][0]) == wanted
    first = told["hits"][0]
    assert first["fonds"] == "C301" and first["page"] == 1 and "劳动合同" in first["snippet"]
    assert all(len(box) == 4 and all(0 <= part <= 1 for part in box) for box in first["boxes"])


def test_readers_find_only_what_they_may_read(held: Room, enter: Enter) -> None:
    assert enter("reader").get("/api/search?q=劳动合同").json()["total"] == 0
    assert enter("archivist").get("/api/search?q=劳动合同").json()["total"] > 0


def test_a_record_marked_anew_is_gone_before_the_index_knows(held: Room) -> None:
    def finds(name: str) -> tuple[int, bool]:
        answer = ask(held, "秋季运动会", name)
        return answer.total, held.items["notice"] in {hit.item.id for hit in answer.hits}

    assert finds("reader") == (2, True)
    with held.home.catalogue.writing() as work:
        item = work.items.get(held.items["notice"])
        work.items.save(replace(item, description={**item.description, "marking": Value("confidential", 1)}))
    assert finds("reader") == (1, False)
    assert finds("archivist") == (2, True)
    index(held.home, held.items["notice"])
    assert finds("reader") == (1, False)


def test_a_record_marked_anew_while_its_page_waits_to_be_read_is_gone_too(held: Room) -> None:
    with held.home.catalogue.writing() as work:
        item = work.items.get(held.items["notice"])
        work.arrangement.lay([replace(page, state=PageState.WAITING) for page in work.pages.of_item(item.id)])
        work.items.save(replace(item, description={**item.description, "marking": Value("confidential", 1)}))
    assert ask(held, "秋季运动会", "reader").total == 1
    assert ask(held, "秋季运动会").total == 2


def put_index(held: Room, index: object) -> None:
    """Let this index stand for the home's own."""
    close(held.home)
    held.home.__dict__["text"] = index


class Forgetful:
    """An index that answers with everything, whatever the permit."""

    def __init__(self, found: Found) -> None:
        self.found = found

    def search(self, search: Search) -> Found:
        return self.found


def test_every_hit_is_checked_again_before_it_is_shown(held: Room) -> None:
    found = held.home.text.search(Search(read("劳动合同", MORNING.date()), held.people["archivist"].permit))
    put_index(held, Forgetful(found))
    assert ask(held, "劳动合同").hits
    assert ask(held, "劳动合同", "reader").hits == ()


class Broken:
    def search(self, search: Search) -> Found:
        raise Passing("index-damaged")

    def size(self) -> None:
        raise Passing("index-damaged")


def test_without_its_index_the_room_answers_from_the_catalogue_and_says_so(held: Room, enter: Enter) -> None:
    put_index(held, Broken())
    page = enter("reader").get("/search?q=运动会").text
    assert "全文索引暂时不可用" in page and "秋季" in page
    assert enter("reader").get("/search?q=劳动合同").text.count("hit-row") == 0
    assert enter("reader").get(f"/items/{held.items['notice']}?q=运动会").status_code == 200
    assert enter("administrator").get("/api/status").json()["index"]["pages"] is None


class Ailing(Forgetful):
    """An index a part of which cannot answer."""

    def search(self, search: Search) -> Found:
        return replace(self.found, missing=("J101 1950-1979",))

    def size(self) -> int:
        return 1

    def ailing(self) -> list[str]:
        return ["J101 1950-1979"]

    def mend(self, pages: object, progress: object) -> int:
        return 0


def test_what_is_missing_from_an_answer_is_told(held: Room, enter: Enter) -> None:
    put_index(held, Ailing(Found(0, (), {})))
    page = enter("reader").get("/search?q=运动会").text
    assert "J101 1950-1979" not in page and "结果可能不全" in page
    assert enter("administrator").get("/api/status").json()["index"]["missing"] == ["J101 1950-1979"]
    assert "正在按目录重建索引" in enter("administrator").get("/health").text


@pytest.mark.parametrize("query", ["<script>alert(1)</script>", '"', "-", "a" * 200, "\x00", "%", "'; drop table item"])
def test_no_query_breaks_the_page_or_reaches_it_unescaped(enter: Enter, query: str) -> None:
    answer = enter("archivist").get("/search", params={"q": query})
    assert answer.status_code == 200
    assert "<script>alert" not in answer.text


def test_a_facet_narrows_the_answer(enter: Enter) -> None:
    every = enter("archivist").get("/api/search?q=学校").json()
    one = enter("archivist").get("/api/search?q=学校&year=2015").json()
    assert one["total"] == every["facets"]["year"]["2015"] < every["total"]


# -- browse --


def test_the_tree_counts_only_what_one_may_read(enter: Enter) -> None:
    assert "纪秋实" not in enter("reader").get("/browse?fonds=C301&series=RS·ZZ").text
    assert "纪秋实" in enter("archivist").get("/browse?fonds=C301&series=RS·ZZ").text


def test_a_subject_file_of_others_is_not_named(held: Room, enter: Enter) -> None:
    file = held.item("contract").file_id
    assert enter("reader").get(f"/browse?fonds=C301&series=RS·ZZ&file={file}").status_code == 404
    assert "纪秋实" in enter("archivist").get(f"/browse?fonds=C301&series=RS·ZZ&file={file}").text


@pytest.mark.parametrize("sort", ["code", "title", "date"])
def test_the_table_sorts_both_ways(enter: Enter, sort: str) -> None:
    def codes(backwards: str) -> list[str]:
        page = enter("reader").get(f"/browse?fonds=J101&sort={sort}&backwards={backwards}").text
        return [part.split("<")[0] for part in page.split('<td><span class="code">')[1:]]

    assert len(codes("")) == 4
    assert codes("1") == codes("")[::-1]


# -- accounts --


def test_a_new_person_gets_a_one_time_password_that_is_shown_once(held: Room, enter: Enter) -> None:
    browser = enter("administrator")
    csrf = browser.get("/people").text.split('name="csrf" content="')[1].split('"')[0]
    page = browser.post("/people", data={"csrf": csrf, "name": "Mei", "role": "archivist"}).text
    password = page.split('one-time code">')[1].split("<")[0]
    with held.home.catalogue.reading() as work:
        added = work.people.named("Mei")
    assert added and added.role is Role.ARCHIVIST and added.must_change
    assert passwords.fits(added.password_hash, password)
    assert password not in browser.get("/people").text


def test_a_disabled_persons_sessions_end_at_once(held: Room, enter: Enter) -> None:
    browser = enter("reader")
    with held.home.catalogue.writing() as work:
        accounts.disable(work, "person-reader", "administrator", MORNING)
    assert browser.get("/").headers["location"].startswith("/sign-in")


def test_the_last_administrator_cannot_be_disabled(held: Room) -> None:
    with held.home.catalogue.writing() as work, pytest.raises(Refused, match="last administrator"):
        accounts.disable(work, "person-administrator", "administrator", MORNING)
    with held.home.catalogue.writing() as work:
        work.people.add(Person("second", "second", Role.ADMINISTRATOR, "", MORNING))
        accounts.disable(work, "person-administrator", "second", MORNING)
        with pytest.raises(Refused):
            accounts.disable(work, "second", "second", MORNING)


def test_a_name_is_given_once(held: Room) -> None:
    with pytest.raises(Conflict), held.home.catalogue.writing() as work:
        accounts.add(work, " reader ", Role.READER, "administrator", MORNING)


def test_a_withdrawn_item_is_the_archivists_alone(held: Room, enter: Enter) -> None:
    with held.home.catalogue.writing() as work:
        item = work.items.get(held.items["notice"])
        work.items.save(replace(item, state=ItemState.WITHDRAWN))
    assert enter("reader").get(f"/items/{item.id}").status_code == 404
    assert enter("archivist").get(f"/items/{item.id}").status_code == 200


def test_a_scan_of_several_items_is_taken_away_only_by_who_may_read_all_of_them(held: Room, enter: Enter) -> None:
    """Separators divided it: its bytes hold the confidential item too."""
    shared = way(held, "/items/{item}/master/{scan}", "notice")
    assert enter("reader").get(shared).status_code == 200
    with held.home.catalogue.writing() as work:
        scan = work.scans.of_item(held.items["notice"])[0]
        secret = work.pages.of_item(held.items["contract"])[0]
        lent = replace(secret, id=new_id(), scan_id=scan.id, frame=99)
        work.arrangement.lay([lent])
    assert enter("reader").get(shared).status_code == 403
    assert enter("archivist").get(shared).status_code == 200
