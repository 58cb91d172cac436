"""The screen of saved searches: what is new in each, opened by a key, renamed, removed."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, NamedTuple

from textual import on
from textual.containers import Horizontal
from textual.screen import Screen
from textual.widgets import Static

from reader import saved_wording
from reader.keymap import bind, keys
from reader.screens.ask import AskScreen
from reader.widgets.saved_list import SavedList
from reader.widgets.status_line import StatusLine

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.app import ComposeResult
    from textual.binding import BindingType
    from textual.events import Key

    from index.searches import CountedSearch, Searches
    from reader.errand_app import ErrandApp

_NONE = "No saved searches yet: + saves the one that is asked."

_KEY_HINT = "One character that opens it in this list. Empty: none."

_OF_A_SEARCH = frozenset({"open", "open_new", "rename", "give_key", "remove"})
"""Actions that are about the search at the cursor."""


class Wanted(NamedTuple):
    """A saved search that is to be asked; ``new_only``: for what is new in it."""

    counted: CountedSearch
    new_only: bool = False


class SavedScreen(Screen[Wanted | None]):
    """A list of saved searches. Gives the one that is wanted, or nothing."""

    BINDINGS: ClassVar[list[BindingType]] = [
        bind("n", "open_new", "New ones", id="saved.new", tooltip="Show only what is new in it"),
        bind("e", "rename", "Rename", id="saved.rename", tooltip="Call it by another name"),
        bind("K", "give_key", "Key", id="saved.key", tooltip="Give it a key that opens it"),
        bind("x,delete", "remove", "Remove", id="saved.remove", tooltip="Remove the search"),
        bind("U", "undo", "Undo", id="saved.undo", tooltip="Undo the last change of a search"),
        bind("q,h,left,escape", "back", "Back", id="saved.back", tooltip="Back to the results"),
    ]

    app: ErrandApp

    def __init__(self, searches: Searches) -> None:
        super().__init__()
        self._searches = searches
        self._wanted: str | None = None

    def compose(self) -> ComposeResult:
        """Lay out the screen."""
        with Horizontal(id="saved-line"):
            yield Static(" Saved searches", id="saved-title", markup=False)
            yield Static(id="saved-state", markup=False)
        yield SavedList(id="saved")
        yield StatusLine(id="status")

    def on_mount(self) -> None:
        """Show what is known."""
        self.set_focus(self._list)
        self.look()

    @property
    def _list(self) -> SavedList:
        return self.query_one(SavedList)

    @property
    def current(self) -> CountedSearch | None:
        """The search at the cursor."""
        return next((list_.current for list_ in self.query(SavedList)), None)

    @property
    def _current_name(self) -> str:
        return self.current.search.name if self.current else ""

    # --- what is shown --------------------------------------------------------------------------

    def look(self, name: str | None = None) -> None:
        """Count the searches anew, soon, and go to the one with this name."""
        self._wanted = name or self._wanted
        self.app.record.put(self._searches.counted, self.call_later, self._counted)

    def _counted(self, searches: tuple[CountedSearch, ...]) -> None:
        if self.query(SavedList):
            self._list.message = _NONE
            self._list.show(searches, self._wanted or self._current_name)
            self._wanted = None
            self._say_state()

    @on(SavedList.Moved)
    def _say_state(self) -> None:
        said = saved_wording.state(self._list.things, self._list.cursor + 1)
        self.query_one("#saved-state", Static).update(" · ".join(said))
        self.refresh_bindings()

    # --- opening --------------------------------------------------------------------------------

    @on(SavedList.Opened)
    def action_open(self) -> None:
        """Ask the search at the cursor."""
        if self.current is not None:
            self.dismiss(Wanted(self.current))

    def action_open_new(self) -> None:
        """Ask it for what is new."""
        if self.current is not None:
            self.dismiss(Wanted(self.current, new_only=True))

    def on_key(self, event: Key) -> None:
        """Ask the search that this key was given to."""
        for counted in self._list.things:
            if event.character is not None and counted.search.key == event.character:
                event.stop()
                self.dismiss(Wanted(counted))
                return

    def action_back(self) -> None:
        """Leave the searches as they are."""
        self.dismiss(None)

    # --- changing -------------------------------------------------------------------------------

    def _change(self, change: Callable[[], object], said: str, name: str | None = None) -> None:
        def made(_: object) -> None:
            self.app.say(said)
            self.look(name)

        self.app.record.put(change, self.call_later, made)

    async def action_rename(self) -> None:
        """Let the reader type another name."""
        if not (name := self._current_name):
            return

        def rename(typed: str | None) -> None:
            if typed is not None and (to := " ".join(typed.split())) != name:
                self._change(lambda: self._searches.rename(name, to), f"{name} is now {to}", to)

        hint = "Enter keeps the name, Esc goes back."
        await self.app.push_screen(AskScreen("Rename the search", hint, value=name), rename)

    async def action_give_key(self) -> None:
        """Let the reader type a key."""
        if (counted := self.current) is None:
            return
        name = counted.search.name

        def give(typed: str | None) -> None:
            if typed is not None:
                key = typed.strip() or None
                said = f"{key} opens {name}" if key else f"No key opens {name}"
                self._change(lambda: self._searches.give_key(name, key), said)

        value = counted.search.key or ""
        asking = AskScreen(
            "Its key", _KEY_HINT, value=value, required=False, fault=self._fault_of_key
        )
        await self.app.push_screen(asking, give)

    def _fault_of_key(self, typed: str) -> str | None:
        """Say why something can't be the key of the search at the cursor."""
        key = typed.strip()
        others = [one.search for one in self._list.things if one is not self.current]
        if len(key) > 1:
            return f"“{key}” is more than one character."
        if key in self._keys_here():
            return f"“{key}” does something else in this list."
        return next((f"“{key}” opens “{one.name}”." for one in others if key == one.key), None)

    def _keys_here(self) -> set[str]:
        """Return the keys that do something in this list, which they would go on to do."""
        nodes = (type(self.app), SavedScreen, SavedList)
        return {key for one in keys(nodes, self.app.chosen_keys) for key in one.keys}

    def action_remove(self) -> None:
        """Forget the search."""
        if name := self._current_name:
            self._change(lambda: self._searches.remove(name), f"{name} removed. U takes that back")

    def action_undo(self) -> None:
        """Take back the last change."""

        def taken_back(said: str | None) -> None:
            self.app.say(f"Undone: {said}" if said else "There is nothing to undo.")
            self.look()

        self.app.record.put(self._searches.undo, self.call_later, taken_back)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer nothing where there is no search to do it with."""
        if action in _OF_A_SEARCH:
            return self.current is not None
        return super().check_action(action, parameters)
