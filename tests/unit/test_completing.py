"""Offers to complete the line: gone through, and drawn as many as fit."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from index.results import Offer
from reader.completing import Completing
from reader.drawing.offer_line import offer_line
from reader.drawing.render import plain

REU = (Offer("reuters", 1204, "reuters "), Offer("reunion", 33, "reunion "))


def completing() -> Completing:
    way = Completing()
    way.offered("reu", REU)
    return way


def test_one_offer_after_the_other_is_taken_and_at_last_what_was_typed() -> None:
    way, line = completing(), "reu"
    taken = []
    for _ in range(4):
        line = way.take(line, 1) or ""
        way.typed_on(line)
        way.offered(line, ())  # What is found for it meanwhile is of no interest.
        taken.append(line)
    assert taken == ["reuters ", "reunion ", "reu", "reuters "]
    assert way.take(line, -1) == "reu"


def test_whoever_types_on_keeps_what_still_fits() -> None:
    way = completing()
    way.typed_on("reut")
    assert [offer.value for offer in way.offers] == ["reuters"]
    way.typed_on("reuz")
    assert not way.offers
    assert way.take("reuz", 1) is None


def test_what_was_deleted_may_become_more_than_is_known() -> None:
    way = completing()
    way.typed_on("re")
    assert way.offers == ()


def test_nothing_is_taken_for_another_line() -> None:
    way = completing()
    assert way.take("doha", 1) is None
    assert way.take("reu", 1) == "reuters "
    way.typed_on("reuters t")
    assert way.take("reuters t", 1) is None


def drawn(width: int, begin: int = 0) -> str:
    return "".join(plain([offer_line(REU, None, width, begin)]))


def test_offers_stand_under_what_is_typed_if_there_is_room() -> None:
    assert drawn(80) == " ⇥ reuters 1,204 · reunion 33"
    assert drawn(80, 5) == " ⇥      reuters 1,204 · reunion 33"
    assert drawn(30, 50) == " ⇥ reuters 1,204 · reunion 33"
    assert drawn(29) == " ⇥ reuters 1,204"
    assert offer_line((), None, 80) == []


@given(st.text(max_size=60), st.integers(50, 100), st.integers(0, 200))
def test_a_line_of_offers_is_never_too_long(value: str, width: int, begin: int) -> None:
    offers = tuple(Offer(value, number, "") for number in range(9))
    for place in (None, 1):
        line = "".join(plain([offer_line(offers, place, width, begin)]))
        assert cell_len(line) <= width
