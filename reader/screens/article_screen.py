"""A screen with an article at hand: what can be done with that article, from any pane."""

from __future__ import annotations

import asyncio
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.reactive import reactive
from textual.screen import Screen

from index.errors import BroadsheetError
from reader import browser, clipboard, wording
from reader.beside.errands import FetchFull
from reader.keymap import bind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from textual.binding import BindingType

    from index.article import Article
    from index.library import Library
    from index.store import Mark, Undone
    from reader.errand_app import ErrandApp

_DONE = {"read": ("Read", "Unread"), "starred": ("Starred", "No longer starred")}
_NO_LINK = "This article has no link."


class ArticleScreen(Screen[None]):
    """Marks, links and quotations of :attr:`article`; its panes are those of a subclass."""

    BINDINGS: ClassVar[list[BindingType]] = [
        bind("s", "mark('starred')", "Star", id="mark.star", tooltip="Star, or take the star away"),
        bind("m", "mark('read')", "Read", id="mark.read", tooltip="Mark as read, or as unread"),
        bind("U", "undo", "Undo the last mark", id="mark.undo"),
        bind("o", "open_in_browser", "Open in the browser", id="article.browser"),
        bind("y", "copy_link", "Copy the link", id="article.copy_link"),
        bind(
            "w", "fetch_full", "Whole article", id="article.full",
            tooltip="Fetch the whole article, where a feed gave but its beginning",
        ),
        bind("Y", "copy_quotation", "Quote", id="article.quote", tooltip="Copy a quotation"),
    ]  # fmt: skip

    reading = reactive(default=False, init=False)
    """The article has the attention; where the screen is narrow, it alone is shown."""

    app: ErrandApp

    def __init__(self, library: Library) -> None:
        super().__init__()
        self.library = library

    @property
    def article(self) -> Article | None:
        """The article at hand."""
        raise NotImplementedError

    def marked(self, ids: Sequence[str]) -> None:
        """Show the marks of these articles, which have changed."""
        raise NotImplementedError

    def say(self, text: str, *, stays: bool = False) -> None:
        """Tell the reader something in passing: while he is where he is, or for a while."""
        raise NotImplementedError

    def warn(self, text: str) -> None:
        """Tell the reader that something went wrong, as plain text."""
        self.app.warn(text)

    @contextmanager
    def softly(self) -> Iterator[None]:
        """Tell the reader what went wrong with the record, and go on."""
        try:
            yield
        except BroadsheetError as error:
            self.warn(str(error))

    # --- marks ----------------------------------------------------------------------------------

    def mark_read(self, article: Article) -> None:
        """Note that an article was opened, which is nothing to be undone."""
        ids = [article.id]
        self.app.record.put(
            lambda: self.library.set_mark(ids, "read", on=True, undoable=False),
            self.call_later,
            lambda _: self.marked(ids),
        )

    def action_mark(self, mark: Mark) -> None:
        """Set a mark on the article, or take it away."""
        if self.article is not None:
            ids = [self.article.id]

            def marked(on: bool) -> None:
                self.marked(ids)
                self.say(_DONE[mark][0 if on else 1])

            toggle = partial(self.library.toggle_mark, ids[0], mark)
            self.app.record.put(toggle, self.call_later, marked)

    def action_undo(self) -> None:
        """Take back the last mark, and say which it was."""
        self.app.record.put(self.library.undo, self.call_later, self._undone)

    def _undone(self, undone: Undone | None) -> None:
        if undone is None:
            self.say("There is nothing to undo.")
            return
        self.marked(undone.ids)
        with self.softly():
            title = self.library.article(undone.ids[0]).title
            of = title if len(undone.ids) == 1 else wording.count(len(undone.ids), "article")
            self.say(f"Undone: {undone.changed}, {of}")

    # --- fetching -------------------------------------------------------------------------------

    def action_fetch_full(self) -> None:
        """Fetch the page of an article of which a feed gave the beginning."""
        if self.article is not None:
            self.app.errands.send(FetchFull(article_id=self.article.id))
            self.say("Fetching the whole article…")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer to fetch what there is more of."""
        if action == "fetch_full":
            return self.article is not None and self.article.is_teaser
        return super().check_action(action, parameters)

    # --- out of the reader ----------------------------------------------------------------------

    def action_open_in_browser(self) -> None:
        """Open the article's page in the browser."""
        self.open_address(self.article.url if self.article else None)

    def action_copy_link(self) -> None:
        """Copy the article's link."""
        self.copy_address(self.article.url if self.article else None)

    @work(group="outside")
    async def open_address(self, address: str | None) -> None:
        """Open an address of the web in the browser."""
        link = browser.safe_link(address)
        if link is None:
            self.say(_NO_LINK)
            return
        try:
            await asyncio.to_thread(browser.open_link, link)
        except browser.CannotOpenError as error:
            self.warn(str(error))

    @work(group="outside")
    async def copy_address(self, address: str | None) -> None:
        """Copy an address of the web."""
        link = browser.safe_link(address)
        if link is None:
            self.say(_NO_LINK)
        else:
            await self.copy(link, "Link")

    def action_copy_quotation(self) -> None:
        """Copy what is selected now, or the title, with where it is from."""
        if self.article is not None:
            quoted = self.get_selected_text() or self.article.title
            self._copy_soon(wording.quotation(quoted, self.article), "Quotation")

    @work(group="outside")
    async def _copy_soon(self, text: str, what: str) -> None:
        await self.copy(text, what)

    async def copy(self, text: str, what: str) -> None:
        """Copy a text, and say what it is and where it went."""
        where = await asyncio.to_thread(clipboard.copy, text)
        if where is None:
            self.app.copy_to_clipboard(text)
            where = "the terminal’s clipboard"
        self.say(f"{what} copied to {where}.")
