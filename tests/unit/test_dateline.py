"""Places are read off datelines; labels, speakers and organisations are not places."""

from __future__ import annotations

import pytest

from index.dateline import read_dateline

STORY = "The minister has conveyed a final position to the delegation, officials said."


@pytest.mark.parametrize(
    ("opening", "place"),
    [
        ("ISLAMABAD: ", "ISLAMABAD"),
        ("KABUL/ISLAMABAD: ", "KABUL/ISLAMABAD"),
        ("NEW DELHI: ", "NEW DELHI"),
        ("WASHINGTON (AP) — ", "WASHINGTON"),
        ("Washington (AP) — ", "Washington"),
        ("Seoul (CNN) ", "Seoul"),
        ("Washington (CNN)", "Washington"),
        ("NEW YORK (CNN) -- ", "NEW YORK"),
        ("LONDON, Oct 9 (Reuters) - ", "LONDON"),
        ("CLEVELAND, Feb 26 - ", "CLEVELAND"),
        ("ISLAMABAD, Oct 9 (APP): ", "ISLAMABAD"),
        ("MADRID — ", "MADRID"),
        ("MADRID -- ", "MADRID"),
        ("SPRINGFIELD, Ill. (AP) — ", "SPRINGFIELD, Ill."),
        ("HANOI, Vietnam (AP) — ", "HANOI, Vietnam"),
        ("ST. LOUIS (AP) — ", "ST. LOUIS"),
        ("UNITED NATIONS — ", "UNITED NATIONS"),
        ("DÜSSELDORF, Germany (AP) — ", "DÜSSELDORF, Germany"),
        ("ROME: ", "ROME"),
    ],
)
def test_places(opening: str, place: str) -> None:
    found = read_dateline(opening + STORY)
    assert found is not None
    assert found.place == place
    assert (opening + STORY)[found.end :] == STORY


@pytest.mark.parametrize(
    "opening",
    [
        "", "UPDATE: ", "WATCH: ", "BREAKING: ", "BREAKING NEWS: ", "NATO: ", "NHL: ",
        "FBI: ", "EXCLUSIVE — ", "EDITOR’S NOTE: ", "FILE PHOTO: ", "Sen. Mike DeWine (R-OH) ",
        "SEN. REID (D-NV) ", "World Anti-Doping Agency (WADA) ", "Trump: ", "However — ", "Q: ",
        "COVID-19: ", "UNESCO: ", "He said: ",
    ],
)  # fmt: skip
def test_not_places(opening: str) -> None:
    assert read_dateline(opening + STORY) is None


def test_a_title_in_capitals_has_no_dateline() -> None:
    assert (
        read_dateline("INDIANA DIRECT SEEN HIGHER - MINISTRY OF AGRICULTURE SAYS IN REPORT") is None
    )
