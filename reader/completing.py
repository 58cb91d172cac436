"""Going through the ways in which the search line may go on, and back to what was typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from index.results import Offer


class Completing:
    """Offers for a line as it was typed; one of them may be in the line in its place."""

    def __init__(self) -> None:
        self.offers: tuple[Offer, ...] = ()
        self.place: int | None = None
        """Which of the offers is in the line."""

        self._typed = ""
        self._tried = False

    def offered(self, line: str, offers: tuple[Offer, ...]) -> None:
        """Take what was found for a line; while one is tried after another, they stay."""
        if not self.is_taken(line):
            self._begin(line, offers)

    def typed_on(self, line: str) -> None:
        """Keep, of the offers, those that another line may still become."""
        if not self.is_taken(line):
            begins = line.casefold()
            kept = (offer for offer in self.offers if offer.query.casefold().startswith(begins))
            offers = tuple(kept) if begins.startswith(self._typed.casefold()) else ()
            self._begin(line, offers)

    def take(self, line: str, step: int) -> str | None:
        """Return the line with the next offer in it, behind the last one as it was typed.

        None where there is nothing to offer for this line.
        """
        if not self.offers or not (line == self._typed or self.is_taken(line)):
            return None
        self._tried = True
        around = [None, *range(len(self.offers))]
        self.place = around[(around.index(self.place) + step) % len(around)]
        return self._typed if self.place is None else self.offers[self.place].query

    def is_taken(self, line: str) -> bool:
        """Tell whether the line holds an offer that was taken, or after them what was typed."""
        if self.place is None:
            return self._tried and line == self._typed
        return self.offers[self.place].query == line

    def _begin(self, line: str, offers: tuple[Offer, ...]) -> None:
        self.offers, self.place, self._typed, self._tried = offers, None, line, False
