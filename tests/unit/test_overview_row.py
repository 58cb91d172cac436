"""The line that tells of all results at a glance: what is left out where there is little room."""

from __future__ import annotations

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from index.results import Period
from reader.drawing.overview import OverviewRow, Shown, merged, overview_row

SHOWN = Shown(
    counts=(0, 1, 500, 1_000),
    chips=("Dawn", "Oct 2025"),
    said="Sep – Dec 2025",
    facts=("4 unread", "12 undated"),
)


def text(row: OverviewRow) -> str:
    return "".join(run.text for run in row.runs)


def test_all_of_it() -> None:
    row = overview_row(SHOWN, 100)
    assert text(row).startswith(" ▁▁▁▂▂▂▅▅▅███  Sep – Dec 2025   Dawn ×   Oct 2025 × ")
    assert text(row).endswith(" 4 unread · 12 undated")
    assert [row.at(x) for x in (0, 1, 3, 4, 12, 13)] == [None, 0, 0, 1, 3, None]
    assert row.at(text(row).index("Dawn")) == 4
    assert row.at(text(row).rindex("×")) == 5


def test_one_article_among_thousands_is_seen() -> None:
    assert text(overview_row(Shown(counts=(0, 1, 5_000)), 30)).strip() == "▁▁▁▂▂▂███"


def test_what_is_left_out_first() -> None:
    assert "unread" not in text(overview_row(SHOWN, 55))
    for width, said, chip in ((55, True, True), (45, False, True), (26, False, False)):
        drawn = text(overview_row(SHOWN, width))
        assert ("Sep" in drawn, "Dawn" in drawn) == (said, chip), width
        assert "Oct 2025 ×" in drawn
        assert "█" in drawn


def test_where_the_cursor_is_at_a_bar_its_time_is_said_before_all_else() -> None:
    for width in (100, 45, 31, 28):
        at_bar = overview_row(SHOWN._replace(current=1), width)
        assert "Sep – Dec 2025" in text(at_bar), width
        # The mouse points at what was there before the focus came.
        assert at_bar.places[:4] == overview_row(SHOWN, width).places[:4]
    looks = {run.text: run.look for run in overview_row(SHOWN._replace(current=3), 100).runs}
    assert looks["███"] == "bar-current"
    assert looks["▂▂▂"] == "bar"
    assert looks["▁▁▁"] == "bar-none"
    looks = {run.text: run.look for run in overview_row(SHOWN._replace(current=5), 100).runs}
    assert (looks[" Oct 2025 × "], looks[" Dawn × "]) == ("chip-current", "chip")


def test_periods_are_put_together_where_the_line_is_narrow() -> None:
    days = [dt.date(2025, 10, day) for day in range(1, 31)]
    periods = [Period(day, day + dt.timedelta(days=1), day.day) for day in days]
    assert merged(periods, 80) == tuple(periods)
    narrow = merged(periods, 40)
    assert len(narrow) == 10
    assert narrow[0] == (days[0], days[3], 1 + 2 + 3)
    assert narrow[-1].behind == periods[-1].behind
    for width in (0, 1, 7, 40, 59):
        assert sum(period.articles for period in merged(periods, width)) == sum(range(31))
        assert merged((), width) == ()


def test_control_characters_are_masked() -> None:
    assert "\x1b" not in text(overview_row(Shown(chips=("\x1b[2J",)), 40))


texts = st.text(max_size=40)


@given(
    st.builds(
        Shown,
        counts=st.lists(st.integers(0, 10**6), max_size=40).map(tuple),
        chips=st.lists(texts, max_size=4).map(tuple),
        said=st.text("Sep 2025 –", max_size=30),
        facts=st.lists(st.text("unread 1,", min_size=1, max_size=12), max_size=3).map(tuple),
        current=st.none() | st.integers(0, 50),
    ),
    st.integers(0, 130),
)
def test_the_line_is_never_too_long_and_every_place_is_where_it_is_drawn(
    shown: Shown, width: int
) -> None:
    row = overview_row(shown, width)
    assert cell_len(text(row)) <= max(width, 3)
    assert len(row.places) == len(shown.counts) + len(shown.chips)
    for number, place in enumerate(row.places):
        assert all(row.at(x) == number for x in place)
        assert not place or place.stop <= width
