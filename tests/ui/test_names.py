"""No name of ours hides one that Textual uses for itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from reader.app import BroadsheetApp
from reader.screens.help import HelpScreen
from reader.screens.main import MainScreen
from reader.widgets.article_view import ArticleView
from reader.widgets.find_bar import FindBar
from reader.widgets.result_list import ResultList
from reader.widgets.search_pane import SearchPane
from reader.widgets.status_line import StatusLine

if TYPE_CHECKING:
    from textual.dom import DOMNode

OURS: tuple[type[DOMNode], ...] = (
    BroadsheetApp, MainScreen, HelpScreen, ResultList, ArticleView, SearchPane, FindBar, StatusLine,
)  # fmt: skip

MEANT = {
    "ALLOW_SELECT", "BINDINGS", "COMPONENT_CLASSES", "CSS_PATH", "ENABLE_COMMAND_PALETTE",
    "HORIZONTAL_BREAKPOINTS", "TITLE", "VERTICAL_BREAKPOINTS", "action_help", "action_quit",
    "action_scroll", "check_action", "compose", "exit", "get_driver_class", "get_selection",
    "get_system_commands",
    "get_theme_variable_defaults", "notify_style_update", "on_event", "on_mount", "on_unmount",
    "render", "render_line",    "render_lines", "vertical_scrollbar",
    "selection_updated", "virtual_size", "watch_has_focus",
    "watch_scroll_y", "_scroll_update",
}  # fmt: skip
"""What a subclass is invited to define, or defines as its base does."""

OF_EVERY_CLASS = {
    "can_focus", "can_focus_children", "css_path_nodes", "__init__", "__module__", "__doc__",
    "__annotations__", "__parameters__", "__orig_bases__", "__firstlineno__",
    "__static_attributes__", "__dict__", "__weakref__",
}  # fmt: skip


def _own_and_foreign(node: type[DOMNode]) -> tuple[set[str], set[str]]:
    own: set[str] = set()
    foreign: set[str] = set()
    for base in node.__mro__:
        (own if base.__module__.startswith("reader.") else foreign).update(vars(base))
    return own, foreign


def _made_by_textual(name: str) -> bool:
    """Tell names that Textual's metaclass writes into each class."""
    return name in OF_EVERY_CLASS or name.startswith(("_css", "_reactive", "_computes", "_inherit",
        "_merged", "_decorated", "_default_", "_is_", "_Widget", "_handler"))  # fmt: skip


@pytest.mark.parametrize("node", OURS, ids=lambda node: node.__name__)
def test_classes_define_only_what_they_are_invited_to(node: type[DOMNode]) -> None:
    own, foreign = _own_and_foreign(node)
    hidden = {name for name in own & foreign if not _made_by_textual(name)}
    assert hidden <= MEANT


@pytest.mark.parametrize("node", [MainScreen, ArticleView, ResultList, StatusLine, BroadsheetApp])
def test_attributes_of_instances_hide_nothing_either(node: type[DOMNode]) -> None:
    own, foreign = _own_and_foreign(node)
    written = {
        name
        for base in node.__mro__
        if base.__module__.startswith("reader.")
        for function in vars(base).values()
        if (code := getattr(function, "__code__", None)) and code.co_name == "__init__"
        for name in code.co_names
    }
    assert not {name for name in written & foreign if name.startswith("_") and name[1] != "_"}
    assert own
