"""Where a story stands on its page: what was missed of it, and what was taken for it wrongly."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from index.intake.coverage import letters
from index.intake.dates import read_date_line
from index.intake.dom import lineage

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from lxml.html import HtmlElement

    from index.article import Block
    from index.intake.dom import PlacedBlock

SHORTEST_PROSE = 80
"""Characters of a paragraph that tells something by itself."""

_HOME_SHARE = 0.9
"""Of a story's text: the innermost element with as much is its home."""

_MOST_LINKED = 0.5
"""Of a paragraph's text that may be links."""

_ALL_LINKED = 0.9
_LINK_WORDS = 5
"""Words from which a paragraph that is but a link leads to another story."""

_LABEL = re.compile(r"[^:]{3,20}:\s")
_NOTE = re.compile(
    r"(?:https?://|www\.)\S+|[^\s@]+@[^\s@]+\.\w+|\d{4}-\d\d-\d\dT\S+"
    r"|(?:filed under|tags|tagged|topics|categories)\s*:?\s.{0,200}|comments?",
    re.IGNORECASE,
)

_MOST_LEAD_BLOCKS = 12
"""Blocks between a headline and the story in which a standfirst is looked for."""

_FOREIGN_TAGS = frozenset({"aside", "button", "figcaption", "footer", "form", "nav"})
_FOREIGN_NAMES = re.compile(
    r"(?:^|[\s_-])(?:ads?|advert\w*|affiliate|author|bio|breadcrumbs?|byline|captions?|carousel"
    r"|comments?|consent|cookies?|copyright|credits?|disclaimer|disqus|gallery|infobox|menu|meta"
    r"|modal|more-?(?:stories|news|on)|nav|newsletters?|outbrain|paywall|player|popular|popup"
    r"|promos?|rating|read-?more|recommend\w*|related\w*|see-?also|share|sidebar|sign-?up"
    r"|slideshow|social\w*|sponsor\w*|subscri\w*|taboola|tags|toolbar|trending|video|widget)"
    r"(?:$|[\s_-])",
    re.IGNORECASE,
)
"""Names of elements that hold something else than a story."""


class Surroundings:
    """A page's blocks, and those of them that were ``chosen`` for its story (at least one)."""

    def __init__(
        self, blocks: Sequence[PlacedBlock], chosen: Collection[int], title: str | None
    ) -> None:
        self._blocks = blocks
        self._chosen = frozenset(chosen)
        self._title = letters(title or "")
        self._home = self._find_home()
        self._first, self._last = min(chosen), max(chosen)
        self.headline = self._find_headline()

    def corrected(self, maybe: Collection[int]) -> set[int]:
        """Return the places of the story's blocks; of those that ``maybe`` are, most are taken."""
        added = {place for place in maybe if self._may_be_story(place)}
        added |= {place for place in range(self._first, self._last) if self._is_quote(place)}
        story = self._chosen | added | self._lead()
        right = {place for place in story if not self._is_wrong(place)}
        return self._once(right or set(story))

    def _once(self, places: set[int]) -> set[int]:
        """Leave out what is said again, as a quotation drawn large is."""
        first: dict[str, int] = {}
        for place in sorted(places):
            text = self._blocks[place].block.text
            key = letters(text) if len(text) > SHORTEST_PROSE // 2 else f"{place}"
            first.setdefault(key, place)
        return set(first.values())

    def _find_home(self) -> HtmlElement:
        """Return the innermost element that holds nearly all of the text that was chosen."""
        held: Counter[HtmlElement] = Counter()
        whole = 0
        for place in self._chosen:
            length = len(self._blocks[place].block.text)
            whole += length
            held.update(dict.fromkeys(lineage(self._blocks[place].element), length))
        homes = (element for element, length in held.items() if length >= _HOME_SHARE * whole)
        return max(homes, key=lambda element: sum(1 for _ in element.iterancestors()))

    def _find_headline(self) -> int | None:
        """Return the place of the last headline above the first prose of the story."""
        for place in range(self._first_prose(), -1, -1):
            block, element = self._blocks[place]
            if self._is_title(block) or (element.tag == "h1" and place >= self._first):
                return place
        tops = (n for n in range(self._first, -1, -1) if self._blocks[n].element.tag == "h1")
        return next(tops, None)

    def _first_prose(self) -> int:
        prose = (place for place in sorted(self._chosen) if _is_prose(self._blocks[place].block))
        return next(prose, self._first)

    def _is_title(self, block: Block) -> bool:
        return bool(self._title) and letters(block.text) == self._title

    def _lead(self) -> set[int]:
        """Return the places of the standfirst, between the headline and the story."""
        if self.headline is None or self._first - self.headline > _MOST_LEAD_BLOCKS:
            return set()
        return {
            place
            for place in range(self.headline + 1, self._first)
            if _is_prose(self._blocks[place].block) and not self._is_foreign(place)
        }

    def _is_quote(self, place: int) -> bool:
        block, element = self._blocks[place]
        return block.kind == "quote" and self._is_at_home(element)

    def _may_be_story(self, place: int) -> bool:
        block, element = self._blocks[place]
        written = _linked(block) < _MOST_LINKED
        return written and self._is_at_home(element) and not self._is_foreign(place)

    def _is_wrong(self, place: int) -> bool:
        block, element = self._blocks[place]
        if self._is_title(block):
            return True
        if self.headline is not None and place <= self.headline and not _is_prose(block):
            return True
        if block.kind == "heading" and not _is_prose(block):
            return not self._is_at_home(element)
        return _is_note(block) or _leads_away(block)

    def _is_at_home(self, element: HtmlElement) -> bool:
        return any(one is self._home for one in lineage(element))

    def _is_foreign(self, place: int) -> bool:
        """Whether the element of a block, or one around it, is known to hold something else."""
        around = set(lineage(self._home))
        for element in lineage(self._blocks[place].element):
            if element in around:
                return False
            names = f"{element.get('class', '')} {element.get('id', '')}"
            if element.tag in _FOREIGN_TAGS or _FOREIGN_NAMES.search(names):
                return True
        return False


def _linked(block: Block) -> float:
    """Return how much of the text of ``block`` are links, from 0 to 1."""
    return sum(link.end - link.start for link in block.links) / len(block.text)


def _is_prose(block: Block) -> bool:
    return len(block.text) >= SHORTEST_PROSE and _linked(block) < _MOST_LINKED


def _leads_away(block: Block) -> bool:
    """Whether ``block`` is but a link to another story, with a label before it or without."""
    if block.kind in {"heading", "quote"} or len(block.text.split()) < _LINK_WORDS:
        return False
    label = _LABEL.match(block.text)
    rest = len(block.text) - (label.end() if label else 0)
    return sum(link.end - link.start for link in block.links) >= _ALL_LINKED * rest


def _is_note(block: Block) -> bool:
    """Whether ``block`` is a date, an address or a label that stands beside a story."""
    return bool(_NOTE.fullmatch(block.text)) or read_date_line(block.text) is not None
