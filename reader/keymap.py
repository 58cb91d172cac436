"""The keys: which are bound to what, as the widgets say and the configuration changes it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from textual.binding import Binding
from textual.keys import format_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from textual.binding import BindingType
    from textual.dom import DOMNode

_NAMES = {
    "pagedown": "PgDn", "pageup": "PgUp", "home": "Home", "end": "End",
    "enter": "Enter", "escape": "Esc", "tab": "Tab", "shift+tab": "shift+Tab", "f1": "F1",
}  # fmt: skip


def bind(key: str, action: str, description: str, *, id: str, tooltip: str = "") -> Binding:  # noqa: A002
    """Bind keys of the reader to an action, so that keys pressed in a burst act one by one.

    Textual hands a key to the focused widget's queue, and looks for bindings when it comes back
    from there. Over a slow line several keys arrive at once, and all would go to the widget that
    had the focus before the first of them acted: what is typed after ``/`` would open, star and
    scroll. A binding with priority acts before the next key is looked at. Keys that an input
    takes are not affected.

    ``description`` is for the last line of the screen, ``tooltip``, where it says more, for help.
    """
    return Binding(key, action, description, id=id, tooltip=tooltip, priority=True)


def pager(pane: str, of: str, end: str = "") -> list[BindingType]:
    """Return the keys that move through a pane, whose lines or rows are ``of`` something.

    The pane has the actions ``lines``, ``page`` and ``edge``; ``end`` says what paging does at the
    end.
    """
    return [
        bind("j,down", "lines(1)", f"One {of} down", id=f"{pane}.down"),
        bind("k,up", "lines(-1)", f"One {of} up", id=f"{pane}.up"),
        bind("space,pagedown,ctrl+f", "page(1)", f"One page down{end}", id=f"{pane}.page_down"),
        bind("b,pageup,ctrl+b", "page(-1)", "One page up", id=f"{pane}.page_up"),
        bind("d,ctrl+d", "page(0.5)", "Half a page down", id=f"{pane}.half_down"),
        bind("u,ctrl+u", "page(-0.5)", "Half a page up", id=f"{pane}.half_up"),
        bind("g,home", "edge(0)", f"To the first {of}", id=f"{pane}.top"),
        bind("G,end", "edge(1)", f"To the last {of}", id=f"{pane}.bottom"),
    ]


FOOTER = (
    "search.results", "find.keep", "article.follow_point", "feeds.found", "notes.found",
    "time.narrow", "list.open", "feeds.open", "saved.open", "saved.new",
    "time.leave", "select.more", "select.next", "select.quote", "select.highlight", "select.note",
    "select.leave", "select.less", "select.next_paragraph", "notes.open", "notes.back",
    "notes.find", "notes.note", "notes.remove",
    "back", "feeds.back", "saved.back", "back.quit", "search.here", "narrow.facets",
    "match.next", "unread.next", "article.full", "article.next", "article.points", "mark.star",
    "feeds.subscribe", "feeds.sync_one", "feeds.rename", "feeds.tag", "feeds.remove",
    "saved.rename", "saved.key", "saved.remove",
    "help.open", "feeds.sync", "feeds.show",
)  # fmt: skip
"""Actions whose keys are worth a place in the last line of the screen, the first ones first."""

FOOTER_OF_ARTICLE = tuple(name for name in FOOTER if name != "narrow.facets")
"""The same while an article is read: the way through it matters more than that to fewer results."""


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


def main_key(node: DOMNode, binding_id: str, alive: Sequence[str]) -> str:
    """Return the one of the keys alive for an action that its declaration names first.

    Textual gives them in the order of its own base classes.
    """
    for declaring in type(node).__mro__:
        for binding in vars(declaring).get("BINDINGS", ()):
            if isinstance(binding, Binding) and binding.id == binding_id:
                named = [key for key in binding.key.split(",") if key in alive]
                return named[0] if named else alive[0]
    return alive[0]


def display(key: str) -> str:
    """Return a key as a person would write it: ``full_stop`` is ``.``."""
    return _NAMES.get(key.strip()) or format_key(key.strip())
