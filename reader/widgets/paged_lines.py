"""Selectable lines that are read from top to bottom: by the line, by the page, to either end."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.message import Message

from reader.keymap import bind
from reader.widgets.selectable_lines import SelectableLines

if TYPE_CHECKING:
    from textual.binding import BindingType


class PagedLines(SelectableLines):
    """Lines with the keys of a pager."""

    BINDINGS: ClassVar[list[BindingType]] = [
        bind("j,down", "scroll_by(1)", "Line down", id="article.down"),
        bind("k,up", "scroll_by(-1)", "Line up", id="article.up"),
        bind(
            "space,pagedown,ctrl+f", "page(1)", "Page down, then the next article",
            id="article.page_down",
        ),
        bind("b,pageup,ctrl+b", "page(-1)", "Page up", id="article.page_up"),
        bind("d,ctrl+d", "page(0.5)", "Half a page down", id="article.half_down"),
        bind("u,ctrl+u", "page(-0.5)", "Half a page up", id="article.half_up"),
        bind("g,home", "edge(0)", "Top", id="article.top"),
        bind("G,end", "edge(1)", "Bottom", id="article.bottom"),
    ]  # fmt: skip

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

    def action_scroll_by(self, lines: int) -> None:
        """Scroll by lines."""
        self.bring_to_top(self.scroll_offset.y + lines)

    def action_page(self, pages: float) -> None:
        """Scroll by pages; say so where there is no further one."""
        if pages == 1 and self.scroll_offset.y >= self.max_scroll_y:
            self.post_message(self.Finished())
            return
        # One line of the last page stays in view, so that the eye finds its place.
        step = max(1, int((self.size.height - 1) * abs(pages)))
        self.action_scroll_by(step if pages > 0 else -step)

    def action_edge(self, bottom: int) -> None:
        """Scroll to the top (0) or the bottom (1)."""
        self.bring_to_top(self.max_scroll_y if bottom else 0)
