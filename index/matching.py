"""Where a query matches in the text of an article, by the same rules as in the index."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, NamedTuple, TypeGuard, get_args

from index.analysis import Word, analyse, squeeze, surfaces
from index.article import PassageField
from index.leaf_tests import WordTests, spelling_test, text_test
from index.query import tree

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from index.article import Passage
    from index.leaf_tests import Leaf, Stem, Test
    from index.results import Span, Spans

_REMEMBERED = 2_048
"""Passages of which something is kept: those of some dozens of articles."""

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

    def parts(self, passages: Sequence[Passage]) -> list[int]:
        """Return how many parts of the query each passage may match: quicker than to find them."""
        if not self._leaves:
            return [0] * len(passages)
        tests = [(self._text_tests[passage.field], passage.text) for passage in passages]
        return [sum(test(_squeezed(text)) for test in of_field) for of_field, text in tests]

    @cached_property
    def _text_tests(self) -> dict[PassageField, list[Test]]:
        """What tells of each part of the query, by field, whether a squeezed text may match it."""
        tests = [(leaf.field, text_test(leaf, self._stem)) for leaf in self._leaves]
        return {
            field: [test for wanted, test in tests if wanted in (None, field)]
            for field in get_args(PassageField)
        }

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
def _squeezed(text: str) -> str:
    """Return a text squeezed: one that is in view is asked about again with every letter."""
    return squeeze(text)


class _Surface(NamedTuple):
    """What one spelling means to the query: worked out once, however often it occurs."""

    hits: tuple[Match, ...]
    """Matches of single words, from the beginning of the surface."""

    steps: tuple[tuple[int, int, Word], ...]
    """Words that could be a step of a phrase: the phrase, the step, the word."""


class _Finder(dict[str, _Surface | None]):
    """Finds some leaves of a query in any text.

    What each spelling means to the query, as most mean nothing and all come again, it keeps.
    """

    def __init__(self, leaves: list[tuple[int, Leaf]], stem: Stem) -> None:
        super().__init__()
        self._phrases = [(number, leaf) for number, leaf in leaves if _has_steps(leaf)]
        self._tests = WordTests([pair for pair in leaves if not _has_steps(pair[1])], stem)
        self._may_match = spelling_test((leaf for _, leaf in leaves), stem)

    def __missing__(self, spelling: str) -> _Surface | None:
        """Work out what a spelling means, where it does not begin as if it meant nothing."""
        surface = self._look_up(spelling) if self._may_match(spelling) else None
        self[spelling] = surface
        return surface

    def find(self, text: str) -> list[Match]:
        """Return all matches in ``text``, sorted."""
        matches: list[Match] = []
        places: list[list[Places]] = [[{} for _ in leaf.forms] for _, leaf in self._phrases]
        position = 0
        counts = bool(self._phrases)
        for found in surfaces(text):
            surface = self[found[0]]
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

    def _look_up(self, spelling: str) -> _Surface | None:
        """Work out what a spelling means; None if nothing."""
        words = analyse(spelling).words
        hits = {
            Match(word.start, word.end, number)
            for word in words
            for number in self._tests.leaves(word)
        }
        steps = tuple(
            (index, step, word)
            for index, (_, phrase) in enumerate(self._phrases)
            for word in words
            for step, form in enumerate(phrase.forms)
            if word.form == form
            or (phrase.completes and step == len(phrase.forms) - 1 and word.form.startswith(form))
        )
        if not (hits or steps):
            return None
        return _Surface(tuple(sorted(hits)), steps)


def _has_steps(leaf: Leaf) -> TypeGuard[tree.Phrase]:
    """Whether a leaf is matched by several words in order."""
    return isinstance(leaf, tree.Phrase) and len(leaf.forms) > 1


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
