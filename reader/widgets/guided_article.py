"""The open article with the places in it that keys lead to: key points, paragraphs, headings."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, ClassVar

from textual.geometry import Region
from textual.message import Message

from index.article import Position
from reader.config import LEAST_MEASURE, MOST_MEASURE
from reader.drawing.layout import (
    NO_POINTS,
    passage_of,
    text_of_block,
    text_of_passage,
    text_of_point,
)
from reader.keymap import bind
from reader.widgets.article_view import MARGINS, ArticleView

if TYPE_CHECKING:
    from textual.binding import BindingType

    from index.article import Article

_NO_HEADING = "There is no other heading this way."
_ABOVE = 2
"""Lines kept in view above a place that is gone to."""


class GuidedArticle(ArticleView):
    """An article to find one's way in.

    While a key point is *chosen*, the keys that scroll by lines move from point to point instead.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        bind(
            "full_stop", "points", "Key points", id="article.points",
            tooltip="To the key points; again, to the next of them",
        ),
        bind(
            "enter", "follow_point", "To its paragraph", id="article.follow_point",
            tooltip="From a key point to the paragraph that carries it; . leads back",
        ),
        bind(
            "right_curly_bracket", "heading(1)", "Next heading", id="article.next_heading",
            tooltip="To the next heading",
        ),
        bind(
            "left_curly_bracket", "heading(-1)", "Previous heading", id="article.previous_heading",
            tooltip="To the previous heading",
        ),
    ]  # fmt: skip

    class PointFollowed(Message):
        """The reader wants to know which paragraph carries a key point."""

        def __init__(self, article: Article, point: int) -> None:
            super().__init__()
            self.article, self.point = article, point

    class Said(Message):
        """There is something to be said in passing."""

        def __init__(self, text: str) -> None:
            super().__init__()
            self.text = text

    def __init__(self, measure: int, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(measure, id=id)
        self._point = 0
        """The key point that is chosen, or was chosen last."""

        self._choosing = False

    def forget_article(self) -> None:
        """Choose no key point any more."""
        super().forget_article()
        self._point, self._choosing = 0, False

    # --- key points -----------------------------------------------------------------------------

    @property
    def choosing(self) -> bool:
        """Whether a key point is chosen."""
        return self._choosing

    def action_points(self) -> None:
        """Go to the key points, at the one chosen last; among them, to the next one."""
        points = self.article.key_points.points if self.article else ()
        if not points:
            self.post_message(self.Said(NO_POINTS))
        elif self._choosing:
            self._choose((self._point + 1) % len(points))
        else:
            self._choosing = True
            row = None if self._layout is None else self._layout.points_row()
            if row is not None:
                self.bring_to_top(row)
            self._choose(self._point)

    def _choose(self, point: int) -> None:
        self._point = point
        self.light(text_of_point(point))
        self.bring_into_view(text_of_point(point))
        self.post_message(self.Moved())

    def leave_points(self) -> None:
        """Choose no key point any more, and light nothing."""
        self._choosing = False
        self.light(None)
        self.post_message(self.Moved())

    def step_back(self) -> bool:
        """Take back a find, or the choice of a point; tell whether there was one."""
        if not self.finding and not self._choosing:
            return False
        if self.finding:
            self.find("")
        else:
            self.leave_points()
        return True

    def action_follow_point(self) -> None:
        """Ask for the paragraph that carries the chosen point."""
        if self.article is not None:
            self.post_message(self.PointFollowed(self.article, self._point))

    def go_to_block(self, block: int) -> None:
        """Go to a block, and light it for the moment."""
        if self.article is not None:
            self.go_to_lit(text_of_block(self.article, block))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer to follow a point where one is chosen."""
        if action == "follow_point":
            return self._choosing
        return super().check_action(action, parameters)

    # --- moving ---------------------------------------------------------------------------------

    def go_to(self, text: int, offset: int = 0, *, above: int = _ABOVE) -> None:
        """Scroll to a place in a text; a little of what is before it stays in view."""
        self._top = text, offset
        if self._layout is not None:
            self.bring_to_top(max(0, self._layout.row_of(text, offset) - above))

    def widen(self, columns: int) -> int | None:
        """Make the lines wider or narrower; return the new measure, None where it can't be."""
        shown = min(self._measure, self.line_width - MARGINS)
        measure = max(LEAST_MEASURE, min(shown + columns, MOST_MEASURE))
        if measure == shown or (columns > 0 and shown < self._measure):
            return None
        self._measure = measure
        self.lay_out_again()
        return measure

    @property
    def position(self) -> Position | None:
        """Where the reader is; None at the top."""
        if self.article is None or self._layout is None or not self.scroll_offset.y:
            return None
        row = self._layout.rows[self._row_in_view()]
        return Position(*passage_of(self.article, row.text, row.start), self.progress or 0.0)

    def return_to(self, position: Position) -> None:
        """Scroll to where the reader was."""
        passages = self.article.passages if self.article else ()
        if self.article is not None and position.passage < len(passages):
            text = text_of_passage(self.article, position.passage)
            # Behind a passage is the free line below it.
            behind = position.offset >= len(passages[position.passage].text)
            self.go_to(text, position.offset, above=int(behind))

    @property
    def unseen(self) -> float:
        """How much of the article is still below what is in view, from 0 to 1."""
        rows = self.virtual_size.height
        return max(0.0, 1 - (self.scroll_offset.y + self.size.height) / rows) if rows else 0.0

    def bring_into_view(self, text: int) -> None:
        """Scroll as little as shows all of a text, or its beginning."""
        if self._layout is not None:
            first, last = (
                self._layout.row_of(text, 0),
                self._layout.row_of(text, len(self.texts[text]) - 1),
            )
            region = Region(0, first, 1, last - first + 1)
            self.scroll_to_region(region, animate=False, force=True, immediate=True)

    @property
    def is_lit(self) -> bool:
        """Whether a text is lit."""
        return self._lit is not None

    def light(self, text: int | None) -> None:
        """Light one text for the moment, instead of another, or none."""
        for changed in (self._lit, text):
            self._forget_text(changed)
        self._lit = text
        self.refresh()

    def go_to_lit(self, text: int) -> None:
        """Go to a text, and light it for the moment."""
        self._choosing = False
        self.go_to(text)
        self.light(text)

    @property
    def text_in_view(self) -> int:
        """The text that is lit, or else the one at the top."""
        if self._lit is not None or self._layout is None:
            return self._lit or 0
        return self._layout.rows[min(len(self._layout.rows) - 1, self._row_in_view() + _ABOVE)].text

    def action_lines(self, lines: int) -> None:
        """Scroll by lines; among the key points, go to another one, or out of them."""
        points = self.article.key_points.points if self.article else ()
        if self._choosing and 0 <= self._point + lines < len(points):
            self._choose(self._point + lines)
            return
        self._move_on()
        super().action_lines(lines)

    def action_page(self, pages: float) -> None:
        """Scroll by pages."""
        self._move_on()
        super().action_page(pages)

    def action_edge(self, bottom: int) -> None:
        """Scroll to the top (0) or the bottom (1)."""
        self._move_on()
        super().action_edge(bottom)

    def move_match(self, step: int) -> bool:
        """Go to the next (1) or previous (-1) match; tell whether there was one."""
        self._move_on()
        return super().move_match(step)

    def action_heading(self, step: int) -> None:
        """Scroll to the next (1) or previous (-1) heading."""
        if self._layout is None:
            return
        self._move_on()
        rows = (0, *self._layout.heading_rows())
        here = self.scroll_offset.y
        at = bisect_right(rows, here) if step > 0 else bisect_right(rows, here - 1) - 1
        if 0 <= at < len(rows):
            self.bring_to_top(rows[at])
        else:
            self.post_message(self.Said(_NO_HEADING))

    def _move_on(self) -> None:
        """Leave what was lit for the moment."""
        if self._choosing or self.is_lit:
            self.leave_points()
