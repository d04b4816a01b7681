from __future__ import annotations

import pytest

from index.domain.errors import Refused
from index.domain.rules.gates import Held, gates, passes
from tests.fakes.config.regulations import pack

LOAN = Held("loan", "J101-WS·2024-D10-XZ-0001")


def test_a_leaver_passes_once_nothing_is_theirs_any_more() -> None:
    [gate] = gates(pack("employees"), "leaving")
    held = [LOAN, Held("copy", "a copy of it"), Held("key", "the key of the room")]
    stopped = passes(gate, held)
    assert [(why.code, why.details["what"], why.clause) for why in stopped.reasons] == [
        ("still-held", "J101-WS·2024-D10-XZ-0001", "EA-34"),
        ("still-held", "a copy of it", "EA-34"),
    ]
    with pytest.raises(Refused, match="handed back"):
        stopped.demand()
    assert passes(gate, held[2:]).allowed


def test_who_changes_post_overseas_signs_the_hand_over_besides() -> None:
    [gate] = gates(pack("overseas"), "position-change")
    assert [why.code for why in passes(gate, [LOAN]).reasons] == ["still-held", "not-signed"]
    assert passes(gate, [], ["hand-over-list"]).allowed
    assert gates(pack("overseas"), "birthday") == ()
