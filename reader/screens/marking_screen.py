"""A screen with results: all of them are marked as read, the article at hand gets tags."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar

from reader import wording
from reader.keymap import bind
from reader.screens.article_screen import ArticleScreen

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.binding import BindingType

    from index.results import Results


class MarkingScreen(ArticleScreen):
    """Marks of many articles in one step, and tags; what is listed is up to a subclass."""

    BINDINGS: ClassVar[list[BindingType]] = [
        bind("A", "read_all", "All read", id="mark.all_read", tooltip="Mark all results as read"),
        bind("t", "tag", "Tags", id="mark.tag", tooltip="Give the article tags"),
    ]

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
        from reader.screens.asking import ask_for_tags  # noqa: PLC0415

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
