"""The highlights and notes of the library: to be found, gone through, changed, and opened."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import on

from index.cleaning import clean
from index.highlights import noted
from reader import wording
from reader.keymap import bind
from reader.screens.asking import ask_for_note
from reader.screens.finding_screen import FindingScreen
from reader.widgets.note_list import NoteList
from reader.widgets.search_pane import SearchPane
from reader.widgets.status_line import StatusLine

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.app import ComposeResult
    from textual.binding import BindingType

    from index.highlights import Highlight, Noted
    from index.library import Library
    from index.store import Undone
    from reader.errand_app import ErrandApp

_NONE = "No highlights yet. In an article, V selects sentences, H highlights them, e writes a note."
_NOT_FOUND = "No highlight is like that."


class NotesScreen(FindingScreen["Highlight | None"]):
    """A list of highlights, the newest first. Gives the one to be opened, or nothing."""

    BINDINGS: ClassVar[list[BindingType]] = [
        bind(
            "slash", "find", "Find", id="notes.find",
            tooltip="Find words in highlights and notes",
        ),
        bind(
            "enter,down,escape", "leave_find", "Highlights", id="notes.found",
            tooltip="While finding a highlight: to the list",
        ),
        bind(
            "q,h,left,escape", "back", "Back", id="notes.back",
            tooltip="Back: from what is found, the highlights",
        ),
        bind("e", "note", "Note", id="notes.note", tooltip="Write a note on the highlight"),
        bind(
            "x,delete", "remove", "Remove", id="notes.remove",
            tooltip="Remove the highlight and its note",
        ),
        bind("U", "undo", "Undo", id="notes.undo", tooltip="Undo the last mark"),
    ]  # fmt: skip

    app: ErrandApp

    def __init__(self, library: Library) -> None:
        super().__init__()
        self._library = library
        self._all: tuple[Noted, ...] | None = None

    def compose(self) -> ComposeResult:
        """Lay out the panes."""
        yield SearchPane("find a highlight or note", id="search")
        yield NoteList(id="notes")
        yield StatusLine(id="status")

    def on_mount(self) -> None:
        """Show what is known."""
        self.set_focus(self.list_)
        self._look()

    @property
    def list_(self) -> NoteList:
        """The list of highlights."""
        return self.query_one(NoteList)

    @property
    def _highlight(self) -> Highlight | None:
        current = next((list_.current for list_ in self.query(NoteList)), None)
        return None if current is None else current.highlight

    # --- what is shown --------------------------------------------------------------------------

    def _look(self) -> None:
        """Show the highlights as they are now, soon: each is looked for in its article."""

        def read() -> tuple[Noted, ...]:
            return tuple(noted(self._library.articles, self._library.highlights.all()))

        self.app.record.put(read, self.call_later, self._known)

    def _known(self, notes: tuple[Noted, ...]) -> None:
        self._all = notes
        if self.query(NoteList):
            self._show()

    @on(SearchPane.Changed)
    def _show(self) -> None:
        if self._all is None:
            return
        shown = self.found(self._all, _text_of)
        here = self._highlight
        self.list_.message = _NOT_FOUND if self._all else _NONE
        self.list_.show(shown, here.key if here else None)
        self._say_state()

    @on(NoteList.Moved)
    def _say_state(self) -> None:
        total, shown = len(self._all or ()), len(self.list_.things)
        place = f"{self.list_.cursor + 1:,} of {shown:,}" if shown else "none"
        self.pane.state(place, *([] if shown == total else [wording.count(total, "highlight")]))
        self.refresh_bindings()

    # --- from place to place --------------------------------------------------------------------

    @on(NoteList.Opened)
    def action_open(self) -> None:
        """Open the article of the highlight at the cursor."""
        if self._highlight is not None:
            self.dismiss(self._highlight)

    # --- changing -------------------------------------------------------------------------------

    def _change(self, change: Callable[[], object], said: str) -> None:
        def changed(_: object) -> None:
            self.app.say(said)
            self._look()

        self.app.record.put(change, self.call_later, changed)

    async def action_note(self) -> None:
        """Let the reader write a note."""
        if (highlight := self._highlight) is None:
            return

        def write(typed: str | None) -> None:
            if typed is not None:
                note = clean(typed).strip()
                change = partial(self._library.highlights.note, highlight.key, note)
                self._change(change, wording.noted(note))

        await self.app.push_screen(ask_for_note(highlight.anchor.quote, highlight.note), write)

    def action_remove(self) -> None:
        """Remove the highlight."""
        if (highlight := self._highlight) is not None:
            # At once: the next key is about the next one.
            self._all = tuple(one for one in self._all or () if one.highlight != highlight)
            self._show()
            change = partial(self._library.highlights.remove, highlight.key)
            self._change(change, "Highlight removed. U brings it back.")

    def action_undo(self) -> None:
        """Take back the last mark."""

        def undone(step: Undone | None) -> None:
            self.app.say(f"Undone: {step.changed}" if step else "There is nothing to undo.")
            self._look()

        self.app.record.put(self._library.undo, self.call_later, undone)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer nothing where there is no highlight to do it with."""
        if action == "open":
            return self._highlight is not None
        if action in ("note", "remove"):
            # In the line, del is for its text.
            return not self.is_finding and self._highlight is not None
        return super().check_action(action, parameters)


def _text_of(one: Noted) -> str:
    return " ".join([one.highlight.anchor.quote, one.highlight.note, one.title, one.source or ""])
