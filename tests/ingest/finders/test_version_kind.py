"""A paper is a copy, a draft or an original where it says so itself, and nowhere else (DA/T 18 稿本)."""

from __future__ import annotations

import pytest

from ingest.finders.paper import Paper
from ingest.finders.version_kind import version_kind
from tests.fakes.ingest.finders.readings import page


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("与原件核对一致", "复印件"),
        ("此件與原件相符", "复印件"),
        ("复印件", "复印件"),
        ("(副本)", "副本"),
        ("正本", "正本"),
        ("抄件", "抄件"),
        ("物业管理规约(征求意见稿)", "草稿"),
        ("【送审稿】", "草稿"),
        ("CERTIFIED COPY", "复印件"),
    ],
)
def test_what_the_paper_says_of_itself(line: str, kind: str) -> None:
    found = version_kind(Paper.of([page("营业执照", line, "正文")]))
    assert found is not None and found.value == kind


@pytest.mark.parametrize("line", ["请交身份证复印件一份", "本合同正本两份,副本四份", "原件已退回", "征求意见稿已下发"])
def test_a_word_in_a_sentence_says_nothing(line: str) -> None:
    assert version_kind(Paper.of([page("通知", line)])) is None
