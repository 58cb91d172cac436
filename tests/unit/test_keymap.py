"""The keys and what is said about them."""

from __future__ import annotations

import pytest

from reader.keymap import FOOTER, bindings, display, keys, unknown
from reader.panes import PANES
from reader.widgets.overview_line import OverviewLine
from reader.widgets.result_list import ResultList

NODES = [node for _, nodes in PANES for node in nodes]
ALL = [binding for node in NODES for binding in bindings(node)]

SWALLOWED = {f"ctrl+{letter}" for letter in "hijmsq"}
"""Keys that terminals take for others, or keep for themselves."""


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        ("full_stop", "."),
        ("slash", "/"),
        ("backslash", "\\"),
        ("right_square_bracket", "]"),
        ("left_curly_bracket", "{"),
        ("question_mark", "?"),
        ("Q", "Q"),
        ("j", "j"),
        ("down", "↓"),
        ("pagedown", "PgDn"),
        ("escape", "Esc"),
        ("shift+tab", "shift+Tab"),
        ("f1", "F1"),
        (" enter ", "Enter"),
    ],
)
def test_keys_are_written_as_a_person_would(key: str, expected: str) -> None:
    assert display(key) == expected


def test_every_key_has_a_name_and_an_explanation() -> None:
    for binding in ALL:
        assert binding.id
        assert binding.description


def test_a_name_stands_for_one_action() -> None:
    names = [binding.id for binding in ALL]
    assert sorted(names, key=str) == sorted(set(names), key=str)


def test_no_key_is_one_that_terminals_swallow() -> None:
    pressed = {key for binding in ALL for key in binding.key.split(",")}
    assert not pressed & SWALLOWED
    assert not [key for key in pressed if key.startswith("alt+")]


def test_the_keymap_of_the_configuration_changes_what_is_said() -> None:
    said = {key.id: key.keys for key in keys([ResultList], {"list.down": "n,pagedown"})}
    assert said["list.down"] == ("n", "PgDn")
    assert said["list.up"][0] == "k"


def test_names_that_no_action_has_are_known() -> None:
    assert unknown(NODES, {"list.down": "n", "list.dwn": "n", "nonsense": "x"}) == [
        "list.dwn",
        "nonsense",
    ]


def test_what_the_last_line_shows_exists() -> None:
    assert set(FOOTER) <= {binding.id for binding in ALL}


MEANT_BY_PLACE = {"n", "N", "enter", "down", "escape", "q"}
"""Keys of several actions everywhere, of which ``check_action`` leaves one."""


def test_each_key_has_one_meaning_everywhere() -> None:
    of_keys: dict[str, set[str]] = {}
    for node in dict(PANES)["Everywhere"]:
        for binding in bindings(node):
            for key in binding.key.split(","):
                of_keys.setdefault(key, set()).add(binding.id or "")
    assert {key for key, names in of_keys.items() if len(names) > 1} == MEANT_BY_PLACE


def test_keys_of_the_histogram_are_no_others_of_the_screen() -> None:
    # Those of the screen come first; these do not act while the histogram has the attention.
    left_to_it = {"q", "h", "left", "escape", "enter", "down"}
    everywhere = dict(PANES)["Everywhere"]
    of_screen, own = (
        {key for node in nodes for binding in bindings(node) for key in binding.key.split(",")}
        for nodes in (everywhere, (OverviewLine,))
    )
    assert own & of_screen <= left_to_it
