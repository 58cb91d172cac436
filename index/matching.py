"""Where a query matches in the text of an article, by the same rules as in the index."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from index.analysis import Word, analyse, surface_texts, surfaces
from index.leaf_tests import promising, test_of
from index.query import tree

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from index.article import Passage
    from index.leaf_tests import Leaf, Stem, Test
    from index.results import Span, Spans

_REMEMBERED = 2_048
"""Passages of which something is kept: those of some dozens of articles."""

_NO_LEAVES: frozenset[int] = frozenset()

Places = dict[int, "Span"]
"""Where a word of a phrase stands: position → span."""


class Match(NamedTuple):
    """One place in a passage that a part of the query found."""

    start: int
    end: int
    leaf: int
    """Which part: the number of a word or phrase of the query."""


class Matcher:
    """Finds the matches of one query in passages.

    ``stem`` is the stemmer of the index, so that what is highlighted is what was found.
    """

    def __init__(self, node: tree.Node, stem: Stem) -> None:
        self._leaves = tuple(dict.fromkeys(_positive_leaves(node)))
        self._stem = stem
        self._finders: dict[str, _Finder] = {}
        self._known: dict[Passage, list[Match]] = {}

    @property
    def has_words(self) -> bool:
        """Whether the query looks for any words at all."""
        return bool(self._leaves)

    def matches(self, passage: Passage) -> list[Match]:
        """Return all matches, sorted; those of different parts of the query may overlap."""
        known = self._known.get(passage)
        if known is None:
            if len(self._known) >= _REMEMBERED:
                self._known.clear()
            known = self._known[passage] = self._find(passage)
        return known

    def leaves(self, passages: Sequence[Passage]) -> list[frozenset[int]]:
        """Return which parts of the query each passage may match: quicker than to find them."""
        spellings = [_spellings(passage.text) for passage in passages]
        for field in {passage.field for passage in passages}:
            here = zip(passages, spellings, strict=True)
            finder = self._finder(field)
            finder.look_at(frozenset().union(*(s for p, s in here if p.field == field)))
        return [
            self._finder(passage.field).leaves(found)
            for passage, found in zip(passages, spellings, strict=True)
        ]

    def _find(self, passage: Passage) -> list[Match]:
        return self._finder(passage.field).find(passage.text)

    def _finder(self, field: str) -> _Finder:
        finder = self._finders.get(field)
        if finder is None:
            leaves = [
                (number, leaf)
                for number, leaf in enumerate(self._leaves)
                if leaf.field in (None, field)
            ]
            finder = self._finders[field] = _Finder(leaves, self._stem)
        return finder

    def spans(self, passage: Passage) -> Spans:
        """Return what to highlight: sorted, disjoint, not empty, inside the passage."""
        return merged(self.matches(passage))


def merged(matches: Iterable[Match]) -> Spans:
    """Return the spans of sorted matches, overlapping ones as one."""
    spans: list[Span] = []
    for start, end, _ in matches:
        if spans and start < spans[-1][1]:
            spans[-1] = (spans[-1][0], max(end, spans[-1][1]))
        else:
            spans.append((start, end))
    return tuple(spans)


def _positive_leaves(node: tree.Node, negated: bool = False) -> Iterator[Leaf]:
    """Yield the words and phrases that an article is found by, not those it is excluded by."""
    match node:
        case tree.And(children) | tree.Or(children):
            for child in children:
                yield from _positive_leaves(child, negated)
        case tree.Boost(child):
            yield from _positive_leaves(child, negated)
        case tree.Not(child):
            yield from _positive_leaves(child, not negated)
        case tree.Term() if not negated:
            # The same word is the same part of the query, wherever it stands.
            yield replace(node, place=(0, 0))
        case tree.Phrase() | tree.Prefix() | tree.Wildcard() | tree.Fuzzy() if not negated:
            yield node


@lru_cache(_REMEMBERED)
def _spellings(text: str) -> frozenset[str]:
    """Return the surfaces of a text: of what is in view, asked for again with every letter."""
    return frozenset(surface_texts(text))


class _Surface(NamedTuple):
    """What one spelling means to the query: worked out once, however often it occurs."""

    hits: tuple[Match, ...]
    """Matches of single words, from the beginning of the surface."""

    steps: tuple[tuple[int, int, Word], ...]
    """Words that could be a step of a phrase: the phrase, the step, the word."""

    leaves: frozenset[int]
    """The leaves of all these."""


class _Finder:
    """Finds some leaves of a query in any text.

    Most words of most texts are no match, and most texts have none: so a text is first taken apart
    without places, and each spelling is looked at once, most of them only at their beginning.
    """

    def __init__(self, leaves: list[tuple[int, Leaf]], stem: Stem) -> None:
        self._tests: list[tuple[int, Test]] = []
        self._phrases: list[tuple[int, tree.Phrase]] = []
        self._seen: set[str] = set()
        """All spellings that were looked at."""

        self._matching: dict[str, _Surface] = {}
        """What those are that have a match, or a word that could be a step of a phrase."""

        self._promising = promising((leaf for _, leaf in leaves), stem)
        for number, leaf in leaves:
            if isinstance(leaf, tree.Phrase) and len(leaf.forms) > 1:
                self._phrases.append((number, leaf))
            else:
                self._tests.append((number, test_of(leaf, stem)))

    def look_at(self, spellings: frozenset[str]) -> None:
        """Take notice of spellings, each once: most can't be a match by how they begin."""
        if self._tests or self._phrases:
            fresh = spellings - self._seen
            self._seen |= fresh
            for spelling in self._promising(fresh):
                surface = self._look_up(spelling)
                if surface.leaves:
                    self._matching[spelling] = surface

    def leaves(self, spellings: frozenset[str]) -> frozenset[int]:
        """Return which leaves may have a match in a text of spellings that were looked at."""
        matching = self._matching
        if matching.keys().isdisjoint(spellings):
            return _NO_LEAVES
        return _NO_LEAVES.union(*(matching[s].leaves for s in spellings if s in matching))

    def find(self, text: str) -> list[Match]:
        """Return all matches in ``text``, sorted."""
        spellings = _spellings(text)
        self.look_at(spellings)
        if self._matching.keys().isdisjoint(spellings):
            return []
        matches: list[Match] = []
        places: list[list[Places]] = [[{} for _ in leaf.forms] for _, leaf in self._phrases]
        position = 0
        matching, counts = self._matching, bool(self._phrases)
        for found in surfaces(text):
            surface = matching.get(found[0])
            if surface is not None:
                first = found.start()
                for start, end, number in surface.hits:
                    matches.append(Match(first + start, first + end, number))
                for index, step, word in surface.steps:
                    span = first + word.start, first + word.end
                    places[index][step][position + word.position] = span
            if counts:
                position += analyse(found[0]).width
        for (number, phrase), steps in zip(self._phrases, places, strict=True):
            matches += [Match(start, end, number) for start, end in _runs(steps, phrase.within)]
        return sorted(matches)

    def _look_up(self, spelling: str) -> _Surface:
        """Work out what a spelling means."""
        words = analyse(spelling).words
        hits = {
            Match(word.start, word.end, number)
            for word in words
            for number, test in self._tests
            if test(word)
        }
        steps = tuple(
            (index, step, word)
            for index, (_, phrase) in enumerate(self._phrases)
            for word in words
            for step, form in enumerate(phrase.forms)
            if word.form == form
            or (phrase.completes and step == len(phrase.forms) - 1 and word.form.startswith(form))
        )
        leaves = {hit.leaf for hit in hits} | {self._phrases[index][0] for index, _, _ in steps}
        return _Surface(tuple(sorted(hits)), steps, frozenset(leaves))


def _runs(steps: list[Places], within: int) -> list[Span]:
    """Return where the words of a phrase stand in order, each ``within`` positions of the last.

    Side by side they are one span; with words between them, each has a span of its own.
    """
    if within == 1:
        last = len(steps) - 1
        return [
            (span[0], steps[last][position + last][1])
            for position, span in steps[0].items()
            if all(position + i in step for i, step in enumerate(steps))
        ]
    reached = [steps[0]]
    for step in steps[1:]:
        before = reached[-1]
        reached.append(
            {
                position: span
                for position, span in step.items()
                if any(position - gap in before for gap in range(1, within + 1))
            }
        )
    kept = [reached[-1]]
    for step in reversed(reached[:-1]):
        behind = kept[-1]
        kept.append(
            {
                position: span
                for position, span in step.items()
                if any(position + gap in behind for gap in range(1, within + 1))
            }
        )
    return sorted({span for step in kept for span in step.values()})
