"""Selectable lines that are read from top to bottom: by the line, by the page, to either end."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.message import Message

from reader.keymap import pager
from reader.widgets.selectable_lines import SelectableLines

if TYPE_CHECKING:
    from textual.binding import BindingType


class PagedLines(SelectableLines):
    """Lines with the keys of a pager."""

    BINDINGS: ClassVar[list[BindingType]] = pager("article", "line", ", then the next article")

    class Moved(Message):
        """Another part is in view, or another match is current."""

    class Finished(Message):
        """The reader pages on at the end."""

    @property
    def progress(self) -> float | None:
        """How much has been in view, from 0 to 1; None where nothing is drawn."""
        if not self.virtual_size.height:
            return None
        return 1.0 if self.max_scroll_y <= 0 else min(1.0, self.scroll_offset.y / self.max_scroll_y)

    def bring_to_top(self, line: float) -> None:
        """Scroll to a line."""
        self.scroll_to(y=line, animate=False, immediate=True, force=True)

    def watch_scroll_y(self, old: float, new: float) -> None:
        """Say that another part is in view."""
        super().watch_scroll_y(old, new)
        if round(old) != round(new):
            self.post_message(self.Moved())

    def action_lines(self, lines: int) -> None:
        """Scroll by lines."""
        self.bring_to_top(self.scroll_offset.y + lines)

    def action_page(self, pages: float) -> None:
        """Scroll by pages; say so where there is no further one."""
        if pages == 1 and self.scroll_offset.y >= self.max_scroll_y:
            self.post_message(self.Finished())
            return
        # One line of the last page stays in view, so that the eye finds its place.
        step = max(1, int((self.size.height - 1) * abs(pages)))
        self.action_lines(step if pages > 0 else -step)

    def action_edge(self, bottom: int) -> None:
        """Scroll to the top (0) or the bottom (1)."""
        self.bring_to_top(self.max_scroll_y if bottom else 0)
