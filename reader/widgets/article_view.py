"""The open article: drawn line by line, its matches highlighted, to be scrolled and searched."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from textual.geometry import Region
from textual.strip import Strip

from reader.drawing.annotated import annotated
from reader.drawing.layout import by_text, lay_out, texts_of
from reader.drawing.matches import Matches, find
from reader.drawing.render import article_row, match_marks
from reader.keymap import bind
from reader.widgets.noted_lines import NotedLines
from reader.widgets.selectable_lines import placed

if TYPE_CHECKING:
    from textual.binding import BindingType

    from index.article import Article
    from index.results import Spans
    from reader.drawing.layout import Layout

MARGINS = 4
"""Cells that stay free beside the lines, both margins together."""

_AROUND = 3
"""Lines kept in view above and below a match that is jumped to."""

_PANEL = frozenset({"points-heading", "point"})
"""Looks of lines that share one background, as wide as the measure."""


class ArticleView(NotedLines):
    """One article in a comfortable measure."""

    LOOKS = NotedLines.LOOKS | frozenset(
        {
            "title", "made-title", "byline", "points-heading", "points-bar", "point", "heading",
            "rule", "paragraph", "list_item", "quote", "lead", "match-mark",
            "no-points", "link", "link-number", "links-heading", "address",
        }
    )  # fmt: skip
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        *(f"line--{look}" for look in LOOKS),
        *NotedLines.EMPHASES.values(),
        "line--lit",
    }

    BINDINGS: ClassVar[list[BindingType]] = [
        bind(
            "x,delete", "screen.remove_highlight", "Remove the highlight",
            id="highlight.remove",
            tooltip="Remove the highlight in view, and its note",
        ),
    ]  # fmt: skip

    def __init__(self, measure: int, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._measure = measure
        self._article: Article | None = None
        self._layout: Layout | None = None
        self._top: tuple[int, int] | None = None
        """The text and offset at the top, for when there is room to draw it again."""

        self._of_query, self._found = Matches(), Matches()
        self._wanted = ""
        self._found_from = (0, 0)
        """Where a find began: each letter more or less is looked for from there."""

        self._marked_rows: frozenset[int] = frozenset()
        self._lit: int | None = None
        self._laid_out: Layout | None = None
        """The article in lines of some width, made elsewhere."""

    # --- what it shows --------------------------------------------------------------------------

    @property
    def article(self) -> Article | None:
        """The article in view."""
        return self._article

    @property
    def is_laid_out(self) -> bool:
        """Whether there are lines, and so a place to be at."""
        return self._layout is not None

    @property
    def matches(self) -> Matches:
        """The matches to run through: those of a find in this article, or else of the query."""
        return self._found if self._wanted else self._of_query

    @property
    def finding(self) -> bool:
        """Whether the reader looks for something within this article."""
        return bool(self._wanted)

    def show(
        self,
        article: Article | None,
        spans: tuple[Spans, ...] = (),
        *,
        again: bool = False,
        layout: Layout | None = None,
    ) -> None:
        """Show an article, or nothing, with the match spans of its passages.

        Another article is shown from its top. With ``again``, what is in view already stays as it
        is: its find, and the current match.
        ``layout`` is what became of laying the article out already, if it was.
        """
        if again and article is not None and article == self._article:
            return
        if article is None or article != self._article:
            self.forget_article()
        self._article, self._wanted = article, ""
        self._lit, self._laid_out = None, layout
        self.take(layout.texts if layout else texts_of(article) if article else ())
        self._of_query = Matches(by_text(article, spans) if article and spans else ())
        self._lay_out()
        self._redraw()

    def forget_article(self) -> None:
        """Keep nothing of where the reader was in the article before."""
        self._top = None
        self.forget_notes()
        self.bring_to_top(0)

    def find(self, wanted: str) -> None:
        """Look for words in this article; with nothing wanted, go back to the query's matches."""
        if wanted and not self._wanted and self._layout is not None:
            first = self._layout.rows[self._row_in_view()]
            self._found_from = first.text, first.start
        self._wanted = wanted
        self._found = Matches(find(self.texts, wanted) if wanted else ())
        if len(self._found):
            if not self._found.move_from(*self._found_from):
                self._found.move(1)
            self._go_to_match()
        self._redraw()

    def move_match(self, step: int) -> bool:
        """Go to the next (1) or previous (-1) match; tell whether there was one."""
        left = self.matches.place
        if not self.matches.move(step):
            return False
        for place in (left, self.matches.place):
            self._forget_text(place.text if place else None)
        self._go_to_match()
        self.refresh()
        self.post_message(self.Moved())
        return True

    # --- drawing --------------------------------------------------------------------------------

    def lay_out_again(self) -> None:
        """Break the article into lines of the new width, and stay where the reader was.

        A match may have become current before there were any lines: where only one pane is shown,
        the article has no width until it is opened.
        """
        drawn = self._layout
        if drawn is not None:
            here = self._row_in_view()
            # Whoever did not move on is still exactly where he was brought to.
            if self._top is None or drawn.row_of(*self._top) != here:
                row = drawn.rows[here]
                self._top = (row.text, row.start) if self.scroll_offset.y else None
        self._lay_out()
        if self._top is not None and self._layout is not None:
            self.bring_to_top(self._layout.row_of(*self._top))
        elif drawn is None:
            self._go_to_match()
        self._redraw()

    def width_within(self, columns: int) -> int:
        """Return the width of the article's lines in a pane with so many columns for lines."""
        return max(1, min(self._measure, columns - MARGINS))

    def _lay_out(self) -> None:
        if self._article is None or self.line_width <= 0:
            self._layout = None
            self.show_lines(0)
            return
        width, ready = self.width_within(self.line_width), self._laid_out
        plain = ready if ready and ready.width == width else lay_out(self._article, width)
        self._layout = annotated(plain, self.noted)
        self.show_lines(len(self._layout.rows))

    def _redraw(self) -> None:
        self._marked_rows = frozenset()
        if self._layout is not None:
            rows = [self._layout.row_of(text, span[0]) for text, span in self.matches.places]
            self._marked_rows = match_marks(rows, len(self._layout.rows), self.size.height)
        self.forget()
        self.post_message(self.Moved())

    def _forget_text(self, text: int | None) -> None:
        """Draw the lines of one text anew."""
        if text is not None and self._layout is not None:
            end = self._layout.row_of(text, len(self.texts[text]))
            for number in range(self._layout.row_of(text, 0), end + 1):
                self._strips.pop(number, None)

    def render_line(self, y: int) -> Strip:
        """Draw a line, with a mark at its end where the matches of the article lie."""
        strip = super().render_line(y)
        if y in self._marked_rows:
            mark = Segment("▐", self.style_of("match-mark"))
            return Strip.join([strip.crop(0, strip.cell_length - 1), Strip([mark])])
        return strip

    def line(self, number: int) -> Strip:
        """Draw one line of the article."""
        if number not in self._strips:
            self._strips[number] = self._draw(number)
        return self._strips[number]

    def _draw(self, number: int) -> Strip:
        layout, width, ground = self._layout, self.line_width, self.style_of("ground")
        if layout is None:
            return Strip.blank(width, ground)
        row = layout.rows[number]
        place = self.matches.place
        current = place.span if place and place.text == row.text else None
        left = max(1, (width - layout.width) // 2)
        segments = [placed(" ", ground, row.text, row.start)] * left
        lit = "line--lit" if row.text == self._lit and row.look != "blank" else ""
        runs = article_row(layout, row, self.matches.of(row.text), current)
        used = left
        for run in self.with_highlights(runs, row.text):
            segments += self.selectable(run, row.text, row.start, lit)
            used += cell_len(run.text)
        if (lit or row.look in _PANEL) and (pad := left + layout.width - used) > 0:
            segments.append(Segment(" " * pad, self.style_of(row.look, ground=lit)))
            used += pad
        segments += self.room_behind(row.text, row.end, width - used)
        return Strip(segments, max(width, used)).adjust_cell_length(width, ground)

    # --- moving ---------------------------------------------------------------------------------

    def _row_in_view(self) -> int:
        rows = 0 if self._layout is None else len(self._layout.rows)
        return max(0, min(self.scroll_offset.y, rows - 1))

    def _go_to_match(self) -> None:
        place = self.matches.place
        if place is None:
            return
        if self._layout is None:
            self._top = None
        else:
            self.bring_near(place.text, place.span[0])

    @property
    def place_in_view(self) -> tuple[int, int]:
        """Which text is at the top, and from where on."""
        if self._layout is None:
            return self._top or (0, 0)
        row = self._layout.rows[self._row_in_view()]
        return row.text, row.start

    def is_in_view(self, text: int, offset: int) -> bool:
        """Tell whether a place is in view."""
        if self._layout is None:
            return False
        row = self._layout.row_of(text, offset)
        return 0 <= row - self.scroll_offset.y < self.size.height

    def bring_near(self, text: int, offset: int) -> None:
        """Scroll so that a place is in view with something around it."""
        if self._layout is None:
            self._top = text, offset
            return
        row = self._layout.row_of(text, offset)
        around = min(_AROUND, max(0, (self.size.height - 1) // 2))
        region = Region(0, max(0, row - around), 1, 2 * around + 1)
        self.scroll_to_region(region, animate=False, force=True, immediate=True)
