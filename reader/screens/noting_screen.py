"""A screen with an article in view, on which the reader notes something; and with all found."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import work

from reader import wording
from reader.drawing.annotated import Annotations
from reader.drawing.layout import texts_of_passages
from reader.keymap import bind
from reader.screens.article_screen import ArticleScreen
from reader.widgets.article_view import ArticleView

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.binding import BindingType

    from index.article import Article
    from index.results import Results
    from reader.screens.select import Wish


class NotingScreen(ArticleScreen):
    """What is noted on :attr:`article`; where it is shown is up to a subclass."""

    BINDINGS: ClassVar[list[BindingType]] = [
        bind("A", "read_all", "All read", id="mark.all_read", tooltip="Mark all results as read"),
        bind(
            "V",
            "select",
            "Select",
            id="select.begin",
            tooltip="Select sentences of the article, to quote them",
        ),
        bind("t", "tag", "Tags", id="mark.tag", tooltip="Give the article tags"),
    ]

    def noted(self, article: Article) -> Annotations:
        """Return what the reader noted on an article."""
        return Annotations(tags=self.library.tags.of(article.id))

    @property
    def view(self) -> ArticleView:
        """The open article."""
        return self.query_one(ArticleView)

    def attend(self) -> None:
        """Give the article the attention."""
        raise NotImplementedError

    @property
    def listed(self) -> Results | None:
        """The results, if they are the answer to what is asked now."""
        raise NotImplementedError

    def action_read_all(self) -> None:
        """Mark all results as read, in one step of undo."""
        if (results := self.listed) is None:
            self.say("The results are still on their way.")
            return

        def mark() -> tuple[Sequence[str], int]:
            # Thousands of them are put into order here, too.
            ids = results.ids[:]
            return ids, self.library.set_mark(ids, "read", on=True)

        def marked(done: tuple[Sequence[str], int]) -> None:
            ids, number = done
            self.marked(ids)
            said = f"Read: {wording.count(number, 'article')}"
            self.say(said if number else "All are read already.")

        self.app.record.put(mark, self.call_later, marked)

    # --- tags -----------------------------------------------------------------------------------

    async def action_tag(self) -> None:
        """Let the reader type tags."""
        # Not needed by the first frame.
        from index.tagging import tags_in  # noqa: PLC0415
        from reader.screens.tags import ask_for_tags  # noqa: PLC0415

        if (article := self.article) is None:
            return

        def tagged(tags: Sequence[str]) -> None:
            self.marked([article.id])
            self.say(wording.tagged(tags))

        def tag(typed: str | None) -> None:
            if typed is not None:
                put = partial(self.library.tags.put, article.id, tags_in(typed))
                self.app.record.put(put, self.call_later, tagged)

        with self.softly():
            tags = self.library.tags
            asking = ask_for_tags(tags.of(article.id), tags.counts())
            await self.app.push_screen(asking, tag)

    # --- selecting ------------------------------------------------------------------------------

    async def action_select(self) -> None:
        """Let the reader select sentences, and do with them what is wished."""
        # Not needed by the first frame.
        from reader.screens.select import SelectScreen  # noqa: PLC0415

        if self.article is None:
            return

        def selected(wish: Wish | None) -> None:
            if wish == "quote":
                self.quote(self.get_selected_text() or "")
            self.clear_selection()

        self.attend()
        passages = texts_of_passages(self.article)
        await self.app.push_screen(SelectScreen(self.view, passages), selected)

    @work(group="outside")
    async def quote(self, text: str) -> None:
        """Copy a text of the article, with where it is from."""
        if self.article is not None:
            await self.copy(wording.quotation(text, self.article), "Quotation")
