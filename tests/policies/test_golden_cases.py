"""The eighteen golden cases (computed from the regulations themselves), decided by the packs' own data."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from index.domain.access import Marking
from index.domain.arranging.contents import by_signing, ordered
from index.domain.dates import PartialDate
from index.domain.errors import WrongUse
from index.domain.identity import DAT13_ITEM, DAT22, parse
from index.domain.placing.opinions import DocumentWords
from index.domain.placing.placement import classify, filing_year, refusal
from index.domain.rules.approvers import Approval
from index.domain.rules.disposal import Destruction, Hold, Part, Verdict, appraise, destroy
from index.domain.rules.duties import Due, Events, NotComputable, due, occurrences, open_on, week_before
from index.domain.rules.intake import take_in
from index.domain.rules.keeping import item_kept
from index.domain.rules.matrix import Asking, Posting, Right, Sought, decide, department_on
from index.domain.rules.policy import Duty, Series
from index.domain.rules.reckoning import local_day
from index.domain.rules.rounds import calendar_of
from index.domain.rules.sealing import resealed, seal_of
from tests.fakes.config.regulations import duty, pack, row
from tests.fakes.index.holdings import item

SHANGHAI = ZoneInfo("Asia/Shanghai")


def days(one: Duty, events: Events) -> list[date]:
    """The days on which a duty is due; nothing may be left that cannot be computed."""
    found = due(one, events)
    assert not [never for never in found if isinstance(never, NotComputable)]
    return [when.on for when in found if isinstance(when, Due)]


def series(of: str, code: str) -> Series:
    found = pack(of).series_of(code)
    assert found is not None
    return found


def ours(day: int, hour: int, minute: int) -> date:
    """The room's day of a moment of March 2025, which the catalogue keeps in UTC."""
    return local_day(datetime(2025, 3, day, hour, minute, tzinfo=SHANGHAI).astimezone(UTC), SHANGHAI)


def test_1_the_documents_of_a_year_are_closed_by_the_end_of_next_august() -> None:
    [closing] = due(duty("school", "SCH-11"), {"document": date(2024, 5, 6)})
    assert isinstance(closing, Due)
    assert closing.on == date(2025, 8, 31)
    assert closing.remind == date(2025, 8, 29)  # the 31st is a Sunday
    assert [closing.overdue(day) for day in (date(2025, 8, 31), date(2025, 9, 1))] == [False, True]


@pytest.mark.parametrize(
    ("day", "year"), [(PartialDate(2024, 10, 10), "2024-2025"), (PartialDate(2024, 7, 10), "2023-2024")]
)
def test_2_teaching_documents_lie_in_their_school_year(day: PartialDate, year: str) -> None:
    assert filing_year(series("school", "JX"), day) == year
    assert calendar_of(pack("school")).years.academic == (9, 1)


def test_3_accounting_files_are_handed_over_after_a_year_and_vouchers_kept_for_thirty() -> None:
    assert days(duty("school", "SCH-13"), {"ku-filed": date(2025, 2, 20)}) == [date(2026, 2, 20)]
    vouchers = item_kept(pack("school"), row("school", "KU-30"), "", {"document": date(2024, 5, 6)})
    assert (vouchers.starts, vouchers.last_day) == (date(2025, 1, 1), date(2054, 12, 31))


def test_4_what_came_before_midnight_and_was_filed_after_it_is_late() -> None:
    [by] = due(duty("property-owners", "OWN-18"), {"received": ours(3, 23, 50)})
    assert isinstance(by, Due)
    assert by.late(ours(4, 0, 5))
    assert not by.late(ours(3, 23, 59))


def test_5_the_monday_check_the_inspection_of_march_and_the_report_of_february() -> None:
    monday = date(2025, 3, 10)
    tasks = open_on(pack("property-owners").duties, monday)
    found = {one.duty.clause: one.on for one in tasks}
    assert found["OWN-22"] == monday
    assert week_before(monday) == (date(2025, 3, 3), date(2025, 3, 9))
    assert found["OWN-25"] == date(2025, 3, 31)
    reports = occurrences(duty("property-owners", "OWN-24"), date(2025, 3, 1), date(2025, 3, 31))
    assert [one.on for one in reports if isinstance(one, Due)] == [date(2025, 3, 5)]


PERSONNEL = {"contract": "劳动合同", "secrecy": "保密协议", "resume": "个人简历"}
SEPARATED: Events = {"separation": date(2025, 6, 30)}


def personnel_file() -> list[Part]:
    return [Part(name, row("employees", "separated"), doc_type) for name, doc_type in PERSONNEL.items()]


def test_6_a_leavers_file_goes_no_earlier_than_its_longest_item() -> None:
    employees = pack("employees")
    without = [part for part in personnel_file() if part.id != "secrecy"]
    early, ripe = date(2027, 6, 29), date(2027, 6, 30)
    assert appraise(employees, without, SEPARATED, early).verdict is Verdict.NOTHING
    assert appraise(employees, without, SEPARATED, ripe).verdict is Verdict.WHOLE
    dispute = [Hold("labour dispute", date(2026, 1, 4))]
    assert appraise(employees, without, SEPARATED, ripe, dispute).verdict is Verdict.NOTHING
    whole = appraise(employees, personnel_file(), SEPARATED, ripe)
    assert (whole.verdict, whole.free_from) == (Verdict.SPLIT, date(2028, 6, 30))
    assert [name for name, _ in whole.bound] == ["secrecy"]
    assert not whole.whole.allowed
    assert appraise(employees, personnel_file(), SEPARATED, date(2028, 6, 30)).verdict is Verdict.WHOLE


def test_6_a_leaver_whose_separation_nobody_dated_is_not_computable() -> None:
    found = appraise(pack("employees"), personnel_file(), {}, date(2099, 1, 1))
    assert found.verdict is Verdict.NOTHING
    assert {why.code for _, why in found.bound} == {"trigger-undated"}


def test_7_the_manager_of_the_former_department_may_not_read_the_director_may_others_ask() -> None:
    employees, today = pack("employees"), date(2025, 3, 3)
    moved = [Posting(date(2020, 1, 1), "A"), Posting(date(2025, 3, 1), "B")]
    sought = Sought("RS·ZZ", Marking.PERSONAL, department_on(moved, today))

    def asks(role: str, department: str = "") -> list[str]:
        answer = decide(employees, Asking(role, Right.READ, today, "", department, "考核"), sought)
        assert answer.logged
        return [why.code for why in answer.reasons]

    assert asks("dept_manager", "A") == ["other-department"]
    assert asks("dept_manager", "B") == []
    before = replace(sought, department=department_on(moved, date(2025, 2, 28)))
    assert decide(employees, Asking("dept_manager", Right.READ, today, "", "A", "考核"), before).allowed
    assert asks("office_director") == []
    without = decide(employees, Asking("office_director", Right.READ, today), sought)
    assert [why.code for why in without.reasons] == ["purpose-needed"]
    assert asks("staff") == ["approval-needed"]
    approval = Approval("office_director", "director", today, until=date(2025, 3, 10))
    asked = Asking("staff", Right.READ, today, purpose="考核", approvals=(approval,))
    assert decide(employees, asked, sought).allowed
    assert not decide(employees, replace(asked, on=date(2025, 3, 11)), sought).allowed


def test_8_external_files_come_in_within_thirty_days_and_leave_within_fifteen() -> None:
    day = date(2025, 1, 31)
    assert days(duty("employees-hr", "EB-14"), {"regularisation": day}) == [date(2025, 3, 2)]
    assert days(duty("employees-hr", "EB-15"), {"separation": day}) == [date(2025, 2, 15)]


FORM: Events = {"form": date(2025, 1, 10)}


def test_9_visits_follow_the_day_of_the_form() -> None:
    buyer = days(duty("health-forms", "GC-07", "visits-buyer"), FORM)
    assert buyer == [date(2025, 1, 13), date(2025, 2, 9), date(2025, 3, 11)]
    doctor = days(duty("health-forms", "GC-08", "buyer"), FORM)
    assert doctor == [date(2025, 1, 25), date(2025, 2, 9), date(2025, 3, 11)]
    assert days(duty("health-forms", "GC-07", "non-buyer"), FORM) == [date(2025, 1, 13), date(2025, 1, 25)]


def test_10_a_sealed_survey_opens_once_for_each_approval_of_the_general_manager() -> None:
    health, today = pack("health-forms"), date(2025, 3, 3)
    sought = Sought("ZY·DC", Marking.PERSONAL)
    asking = Asking("sales_manager", Right.READ, today, purpose="回访")
    denied = decide(health, asking, sought)
    assert ([why.code for why in denied.reasons], denied.logged) == (["sealed"], True)
    approvals = (Approval("general_manager", "general manager", today),)
    allowed = decide(health, replace(asking, approvals=approvals), sought)
    assert (allowed.allowed, allowed.logged) == (True, True)
    seal = seal_of(health, "ZY·DC")
    assert seal is not None
    again = decide(health, replace(asking, approvals=resealed(seal, approvals)), sought)
    assert ([why.code for why in again.reasons], again.logged) == (["sealed"], True)


def test_11_the_catalogue_goes_to_the_parent_within_a_month_clamped_to_its_end() -> None:
    assert days(duty("overseas", "OV-21"), {"filing-complete": date(2025, 1, 31)}) == [date(2025, 2, 28)]


def test_12_papers_of_a_tenant_lie_by_signing_date_and_one_without_it_is_refused() -> None:
    tenants, code = pack("tenants"), pack("tenants").series[0].code
    papers = [item(values={"title": day, "date": day}) for day in ("2025-03-05", "2025-01-20")]
    lying = ordered(papers, signing=by_signing(tenants))
    assert [paper.title for paper in lying] == ["2025-01-20", "2025-03-05"]
    assert take_in(tenants, code, {"signing_date"}).admitted
    refused = take_in(tenants, code, ())
    assert [(why.code, why.clause) for why in refused.refused] == [("comes-without", "TN-13")]


def test_13_a_confidential_tenant_file_is_shredded_before_two_witnesses_never_torn() -> None:
    tenants, today = pack("tenants"), date(2031, 1, 1)
    approval = Approval("property_manager", "manager", today)
    shredded = Destruction("shred", "archivist", ("first", "second"), (approval,))

    def codes(how: Destruction) -> list[str]:
        return [why.code for why in destroy(tenants, Marking.CONFIDENTIAL, how, today).reasons]

    assert codes(shredded) == []
    assert codes(replace(shredded, method="tear")) == ["method-refused"]
    assert codes(replace(shredded, witnesses=("first",))) == ["witnesses-needed"]
    assert codes(replace(shredded, witnesses=("first", "first"))) == ["witnesses-needed"]
    assert codes(replace(shredded, witnesses=("first", "archivist"))) == ["witnesses-needed"]
    assert codes(replace(shredded, witnesses=("first", "manager"))) == ["witnesses-needed"]
    assert codes(replace(shredded, proposed_by="manager")) == ["own-proposal"]
    assert codes(replace(shredded, approvals=())) == ["approval-needed"]


def test_14_a_dealers_file_within_a_week_and_an_update_each_quarter() -> None:
    assert days(duty("dealers", "DL-01"), {"first-contact": date(2025, 4, 1)}) == [date(2025, 4, 8)]
    updates = occurrences(duty("dealers", "DL-02"), date(2025, 4, 1), date(2025, 6, 30))
    assert [one.on for one in updates if isinstance(one, Due)] == [date(2025, 6, 30)]


def test_15_both_grammars_write_the_same_parts_and_neither_reads_the_other() -> None:
    older, newer = "Z109-WS·2011-Y-BGS-0001", "Z109-WS·2011·Y·办公室-0001"
    for code, grammar in ((older, DAT13_ITEM), (newer, DAT22)):
        with pytest.raises(WrongUse):
            parse(code, grammar)
    assert parse(older, DAT22) == parse(newer, DAT13_ITEM, {"BGS": "办公室"})


def test_16_training_stays_out_of_one_personnel_file_and_belongs_into_the_other() -> None:
    certificate = DocumentWords.of(title="培训结业证书", subject_key="A0123", date=PartialDate(2024, 5, 1))
    assert refusal(pack("employees"), "RS·ZZ", certificate) is not None
    assert classify((pack("employees"),), certificate).series == "PX"
    hr = pack("employees-hr")
    accepted = classify((hr,), certificate)
    assert accepted.series == "RS·NB"
    assert refusal(hr, "RS·NB", certificate) is None
    slots = [slot.number for slot in hr.checklist if accepted.doc_type in slot.doc_types]
    assert slots and slots[0].startswith("e")


def test_17_overseas_a_copy_is_explained_and_a_foreign_item_translated_or_refused() -> None:
    overseas, code = pack("overseas"), pack("overseas").series[0].code

    def clauses(*facts: str) -> list[str]:
        return [why.clause for why in take_in(overseas, code, facts).refused]

    whole = ("signing_date", "metadata", "caption")
    assert clauses("copy", *whole) == ["OV-15"]
    assert clauses("copy", "explanation", *whole) == []
    assert clauses("foreign", *whole) == ["OV-18"]
    assert clauses("foreign", "translated_contents", *whole) == ["OV-18"]
    assert clauses("foreign", "translated_title", "translated_contents", *whole) == []
    assert clauses("foreign", "translation", *whole) == []


def test_18_a_survey_without_consent_is_kept_apart_and_assigned_to_nobody() -> None:
    health = pack("health-forms")
    found = take_in(health, "ZY·DC", ("purpose", "collector_signature"))
    assert [(why.code, why.clause) for why in found.quarantined] == [("kept-apart", "HS-03")]
    assert not found.may_be_used("assignment")
    agreed = take_in(health, "ZY·DC", ("purpose", "consent", "collector_signature"))
    assert agreed.admitted
    assert agreed.may_be_used("assignment")
