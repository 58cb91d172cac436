"""The line below the search line that offers how what is being typed may go on."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.content import Content
from textual.widget import Widget

from reader.completing import Completing
from reader.drawing.offer_line import offer_line

if TYPE_CHECKING:
    from textual.app import RenderResult

    from index.results import Offer


class OfferBar(Widget):
    """Completions with counts; which of them is in the line is lit."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        f"offers--{look}" for look in ("offer", "offer-taken", "offer-count", "offer-lead")
    }

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._completing = Completing()
        self._begin = 0

    def show(self, line: str, offers: tuple[Offer, ...]) -> None:
        """Offer something for a line."""
        self._completing.offered(line, offers)
        if self._completing.place is None:
            self._begin = line.rfind(" ") + 1
        self.refresh()

    def typed_on(self, line: str) -> None:
        """Offer only what still fits a line. It is drawn with the results, in one picture."""
        self._completing.typed_on(line)

    def take(self, line: str, step: int) -> str | None:
        """Return the line with the next offer in it; None where there is none."""
        taken = self._completing.take(line, step) if self.display else None
        self.refresh()
        return taken

    def render(self) -> RenderResult:
        """Draw the offers."""
        completing = self._completing
        runs = offer_line(completing.offers, completing.place, self.size.width, self._begin)
        parts = ((run.text, self.get_visual_style(f"offers--{run.look}")) for run in runs)
        return Content.assemble(*parts)
