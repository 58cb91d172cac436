"""Where keys select sentences of the article that is in view below."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Literal

from textual.screen import ModalScreen

from reader.drawing.selecting import Sentences
from reader.keymap import bind
from reader.widgets.status_line import StatusLine

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult
    from textual.binding import BindingType

    from reader.widgets.article_view import ArticleView

Wish = Literal["quote", "highlight", "note"]
"""What is to be done with what is selected."""


class SelectScreen(ModalScreen[Wish | None]):
    """Nothing but a last line with other keys. Gives what to do with what is selected, if anything.

    Whoever opens it clears the selection.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        bind(
            "j,down", "sentence(1)", "Next", id="select.next", tooltip="To the next sentence"
        ),
        bind(
            "k,up", "sentence(-1)", "Previous", id="select.previous",
            tooltip="To the previous sentence",
        ),
        bind(
            "J,space,pagedown", "paragraph(1)", "Next paragraph", id="select.next_paragraph",
            tooltip="To the first sentence of the next paragraph",
        ),
        bind(
            "K,b,pageup", "paragraph(-1)", "Previous paragraph", id="select.previous_paragraph",
            tooltip="To the first sentence of the previous paragraph",
        ),
        bind("l,right", "extend(1)", "More", id="select.more", tooltip="One sentence more"),
        bind("h,left", "extend(-1)", "Less", id="select.less", tooltip="One sentence fewer"),
        bind("Y", "dismiss('quote')", "Quote", id="select.quote", tooltip="Copy a quotation"),
        bind("H", "dismiss('highlight')", "Highlight", id="select.highlight"),
        bind(
            "e", "dismiss('note')", "Note", id="select.note", tooltip="Highlight, and write a note"
        ),
        bind(
            "q,escape,V", "dismiss", "Back", id="select.leave", tooltip="Select nothing any more"
        ),
    ]  # fmt: skip

    def __init__(self, view: ArticleView, passages: Sequence[int]) -> None:
        super().__init__()
        self._view = view
        self._texts = view.texts
        self._sentences = Sentences(view.texts, passages)
        self._chosen = self._sentences.at(view.place_in_view)

    def compose(self) -> ComposeResult:
        """Put another last line over that of the screen below."""
        yield StatusLine(id="status")

    def on_mount(self) -> None:
        """Select the first sentence in view."""
        self._show()

    def _show(self) -> None:
        if self._view.texts != self._texts:
            # The article has another text, or is another one, since.
            self.dismiss()
            return
        stretch = self._sentences.stretch(self._chosen)
        self._view.select(stretch)
        # The end that moved last is that which is to be seen.
        self._view.bring_near(*stretch.start)
        self._view.bring_near(stretch.end[0], stretch.end[1] - 1)

    def action_sentence(self, step: int) -> None:
        """Select the next (1) or previous (-1) sentence."""
        self._chosen = self._sentences.next(self._chosen, step)
        self._show()

    def action_paragraph(self, step: int) -> None:
        """Select the first sentence of the next (1) or previous (-1) paragraph."""
        self._chosen = self._sentences.paragraph(self._chosen, step)
        self._show()

    def action_extend(self, step: int) -> None:
        """Select one sentence more (1) or fewer (-1)."""
        self._chosen = self._sentences.extended(self._chosen, step)
        self._show()
