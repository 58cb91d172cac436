"""Lines of an article with what the reader noted on it: tags, highlights, notes."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from reader.drawing.annotated import NO_ANNOTATIONS, highlighted
from reader.widgets.paged_lines import PagedLines

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from reader.drawing.annotated import Annotations, Lit
    from reader.drawing.runs import Run
    from reader.drawing.selecting import Point


class NotedLines(PagedLines):
    """Highlights under the matches, with one of them at hand, or none yet."""

    LOOKS = PagedLines.LOOKS | {"tags", "note"}
    EMPHASES: ClassVar[dict[str, str]] = {
        **PagedLines.EMPHASES,
        "highlight": "line--highlight",
        "highlight-current": "line--highlight-current",
    }
    noted: Annotations = NO_ANNOTATIONS
    """What is noted."""

    _current: int | None = None
    """The key of the highlight that was gone to last."""

    def annotate(self, noted: Annotations) -> None:
        """Show what the reader noted on the article, which is another thing now."""
        if noted != self.noted:
            self.noted = noted
            self.lay_out_again()

    def forget_notes(self) -> None:
        """Show nothing that was noted: another article is to be shown."""
        self.noted, self._current = NO_ANNOTATIONS, None

    def with_highlights(self, runs: Iterable[Run], text: int) -> Iterator[Run]:
        """Mark what is highlighted of runs of a line."""
        return highlighted(runs, self.noted.spans(text), self._current)

    # --- going through them ---------------------------------------------------------------------

    @property
    def place_in_view(self) -> Point:
        """Which text is at the top, and from where on."""
        raise NotImplementedError

    def bring_near(self, text: int, offset: int) -> None:
        """Scroll so that a place is in view with something around it."""
        raise NotImplementedError

    def is_in_view(self, text: int, offset: int) -> bool:
        """Tell whether a place is in view."""
        raise NotImplementedError

    @property
    def at_hand(self) -> Lit | None:
        """Of the highlights in view the one that was gone to last, or else the first."""
        in_view = [
            lit
            for lit in self.noted.lit
            if self.is_in_view(*lit.start) or self.is_in_view(*lit.end)
        ]
        current = self.noted.by_key(self._current)
        return current if current in in_view else next(iter(in_view), None)

    def move_highlight(self, step: int) -> Lit | None:
        """Go to the next (1) or previous (-1) highlight, and return it."""
        current = self.noted.by_key(self._current)
        lit = self.noted.beyond(current.start if current else self.place_in_view, step)
        if lit is not None:
            self.go_to_highlight(lit.highlight.key)
        return lit

    def at(self, key: int) -> None:
        """Take note that the reader is at the highlight with a key."""
        self._current = key
        self.forget()

    def go_to_highlight(self, key: int) -> None:
        """Go to the highlight with a key."""
        lit = self.noted.by_key(key)
        if lit is not None:
            self.bring_near(*lit.start)
            self.at(key)
