"""A screen with an article in view: its passages are selected, highlighted, and noted on."""

from __future__ import annotations

from functools import cached_property, partial
from typing import TYPE_CHECKING, ClassVar

from index.cleaning import clean
from index.highlights import anchor_in, placed
from reader import wording
from reader.drawing.annotated import annotations_of, span_of
from reader.drawing.layout import texts_of_passages
from reader.keymap import bind
from reader.screens.marking_screen import MarkingScreen
from reader.widgets.article_view import ArticleView

if TYPE_CHECKING:
    from textual.binding import BindingType

    from index.anchors import Anchor
    from index.article import Article
    from index.highlights import Highlight
    from reader.drawing.annotated import Annotations
    from reader.screens.select import Wish


class NotingScreen(MarkingScreen):
    """Highlights and notes in :attr:`article`."""

    BINDINGS: ClassVar[list[BindingType]] = [
        bind(
            "V", "select", "Select", id="select.begin",
            tooltip="Select sentences of the article, to quote, highlight or note them",
        ),
        bind(
            "H", "highlight", "Highlight", id="highlight.make",
            tooltip="Highlight what is selected; without that, begin to select",
        ),
        bind(
            "e", "note", "Note", id="highlight.note",
            tooltip="Write a note on what is selected, or on the highlight in view",
        ),
        bind(
            "right_parenthesis", "to_highlight(1)", "Next highlight", id="highlight.next",
            tooltip="To the next highlight of the article",
        ),
        bind(
            "left_parenthesis", "to_highlight(-1)", "Previous highlight", id="highlight.previous",
            tooltip="To the previous highlight of the article",
        ),
        bind("M", "notes", "Highlights", id="notes.show", tooltip="All highlights and notes"),
    ]  # fmt: skip

    def noted(self, article: Article) -> Annotations:
        """Return what the reader noted on an article."""
        found = placed(article, self.library.highlights.of(article.id))
        return annotations_of(article, self.library.tags.of(article.id), found)

    @cached_property
    def view(self) -> ArticleView:
        """The open article."""
        return self.query_one(ArticleView)

    def open_at(self, highlight: Highlight) -> None:
        """Open the article of a highlight, and go to that."""
        raise NotImplementedError

    # --- selecting ------------------------------------------------------------------------------

    async def action_select(self) -> None:
        """Let the reader select sentences, and do with them what is wished."""
        # Not needed by the first frame.
        from reader.screens.select import SelectScreen  # noqa: PLC0415

        if self.article is None:
            return

        def selected(wish: Wish | None) -> None:
            if wish == "quote":
                self.action_copy_quotation()
                self.clear_selection()
            elif wish is not None:
                self.call_later(self.action_highlight if wish == "highlight" else self.action_note)
            else:
                self.clear_selection()

        self.reading = True
        passages = texts_of_passages(self.article)
        await self.app.push_screen(SelectScreen(self.view, passages), selected)

    # --- highlights and notes -------------------------------------------------------------------

    async def action_highlight(self) -> None:
        """Highlight what is selected."""
        if self.view.selected is None:
            await self.action_select()
        elif (passage := self._take_selected()) is not None:
            self._keep(*passage)

    async def action_note(self) -> None:
        """Let the reader write a note, on what is selected or on the highlight in view."""
        # Not needed by the first frame.
        from reader.screens.asking import ask_for_note  # noqa: PLC0415

        lit = self.view.at_hand
        if self.view.selected is not None:
            if (passage := self._take_selected()) is None:
                return
            write, note = partial(self._keep, *passage), ""
            quote = passage[1].quote
        elif lit is not None:
            key, note, quote = lit.highlight.key, lit.highlight.note, lit.highlight.anchor.quote
            write = partial(self._write_note, lit.highlight.id, key)
        else:
            await self.action_select()
            return

        def typed(text: str | None) -> None:
            if text is not None:
                write(clean(text).strip())

        await self.app.push_screen(ask_for_note(quote, note), typed)

    def _take_selected(self) -> tuple[str, Anchor] | None:
        """Return what is selected of which article, and select nothing any more."""
        article, stretch = self.article, self.view.selected
        self.clear_selection()
        if article is None or stretch is None:
            return None
        passage = anchor_in(article, span_of(article, stretch))
        if passage is None:
            self.say("There are no words in it.")
            return None
        return article.id, passage

    def _keep(self, id_: str, passage: Anchor, note: str = "") -> None:
        def made(highlight: Highlight) -> None:
            self.marked([id_])
            self.view.at(highlight.key)
            self.say("Noted." if note else "Highlighted. e writes a note, U takes it back.")

        add = partial(self.library.highlights.add, id_, passage, note)
        self.app.record.put(add, self.call_later, made)

    def _write_note(self, id_: str, key: int, note: str) -> None:
        def written(_: object) -> None:
            self.marked([id_])
            self.say(wording.noted(note))

        write = partial(self.library.highlights.note, key, note)
        self.app.record.put(write, self.call_later, written)

    def action_remove_highlight(self) -> None:
        """Remove the highlight in view."""
        if (lit := self.view.at_hand) is None:
            self.say("There is no highlight in view.")
            return
        id_ = lit.highlight.id

        def removed(_: object) -> None:
            self.marked([id_])
            self.say("Highlight removed. U brings it back.")

        remove = partial(self.library.highlights.remove, lit.highlight.key)
        self.app.record.put(remove, self.call_later, removed)

    def action_to_highlight(self, step: int) -> None:
        """Go to the next (1) or previous (-1) highlight of the article."""
        self.reading = True
        if self.view.move_highlight(step) is None:
            self.say("There is no other highlight this way.")

    async def action_notes(self) -> None:
        """Show all highlights and notes; the article of one, if the reader wants it."""
        # Not needed by the first frame.
        from reader.screens.notes import NotesScreen  # noqa: PLC0415

        def chosen(highlight: Highlight | None) -> None:
            if self.article is not None:
                self.marked([self.article.id])
            if highlight is not None:
                self.open_at(highlight)

        await self.app.push_screen(NotesScreen(self.library), chosen)
