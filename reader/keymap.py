"""The keys: which are bound to what, as the widgets say and the configuration changes it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from textual.binding import Binding
from textual.keys import format_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from textual.dom import DOMNode

_NAMES = {
    "pagedown": "PgDn", "pageup": "PgUp", "home": "Home", "end": "End",
    "enter": "Enter", "escape": "Esc", "tab": "Tab", "shift+tab": "shift+Tab", "f1": "F1",
}  # fmt: skip


FOOTER = (
    "search.results", "find.keep", "find.forget", "list.open", "back", "back.quit", "search.here",
    "match.next", "unread.next", "article.next", "article.points", "mark.star", "help.open",
)  # fmt: skip
"""Actions whose keys are worth a place in the last line of the screen, the first ones first."""


class Key(NamedTuple):
    """One line of the help: an action, the keys it is on, and its name in the configuration."""

    id: str
    keys: tuple[str, ...]
    description: str


def bindings(node: type[DOMNode]) -> list[Binding]:
    """Return the bindings that a class of widgets, screens or apps declares."""
    return [binding for binding in node.BINDINGS if isinstance(binding, Binding)]


def keys(nodes: Iterable[type[DOMNode]], keymap: Mapping[str, str]) -> list[Key]:
    """Return all keys of some classes, with the configuration's changes."""
    found = []
    for node in nodes:
        for binding in bindings(node):
            name = binding.id or ""
            of_binding = keymap.get(name, binding.key).split(",")
            explanation = binding.tooltip or binding.description
            found.append(Key(name, tuple(display(key) for key in of_binding), explanation))
    return found


def unknown(nodes: Iterable[type[DOMNode]], keymap: Mapping[str, str]) -> list[str]:
    """Return the names in a keymap that no binding has."""
    known = {binding.id for node in nodes for binding in bindings(node)}
    return sorted(keymap.keys() - known)


def display(key: str) -> str:
    """Return a key as a person would write it: ``full_stop`` is ``.``."""
    return _NAMES.get(key.strip()) or format_key(key.strip())
