"""Where a query matches in the text of an article, by the same rules as in the index."""

from __future__ import annotations

import re
from dataclasses import replace
from fnmatch import translate
from typing import TYPE_CHECKING, NamedTuple

from index.analysis import Word, analyse, surfaces
from index.query import tree
from index.spelling import distance, swaps

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from index.article import Passage
    from index.results import Span, Spans

    Stem = Callable[[str], str]
    Test = Callable[[Word], bool]

Places = dict[int, "Span"]
"""Where a word of a phrase stands: position → span."""

Leaf = tree.Term | tree.Phrase | tree.Prefix | tree.Wildcard | tree.Fuzzy


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

    @property
    def has_words(self) -> bool:
        """Whether the query looks for any words at all."""
        return bool(self._leaves)

    def matches(self, passage: Passage) -> list[Match]:
        """Return all matches, sorted; those of different parts of the query may overlap."""
        finder = self._finders.get(passage.field)
        if finder is None:
            leaves = [
                (number, leaf)
                for number, leaf in enumerate(self._leaves)
                if leaf.field in (None, passage.field)
            ]
            finder = self._finders[passage.field] = _Finder(leaves, self._stem)
        return finder.find(passage.text)

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


class _Surface(NamedTuple):
    """What one spelling means to the query: worked out once, however often it occurs."""

    hits: tuple[Match, ...]
    """Matches of single words, from the beginning of the surface."""

    steps: tuple[tuple[int, int, Word], ...]
    """Words that could be a step of a phrase: the phrase, the step, the word."""

    width: int


class _Finder:
    """Finds some leaves of a query in any text."""

    def __init__(self, leaves: list[tuple[int, Leaf]], stem: Stem) -> None:
        self._tests: list[tuple[int, Test]] = []
        self._phrases: list[tuple[int, tree.Phrase]] = []
        self._surfaces: dict[str, _Surface] = {}
        for number, leaf in leaves:
            if isinstance(leaf, tree.Phrase) and len(leaf.forms) > 1:
                self._phrases.append((number, leaf))
            else:
                self._tests.append((number, _test(leaf, stem)))

    def find(self, text: str) -> list[Match]:
        """Return all matches in ``text``, sorted."""
        if not self._tests and not self._phrases:
            return []
        matches: list[Match] = []
        places: list[list[Places]] = [[{} for _ in leaf.forms] for _, leaf in self._phrases]
        position = 0
        known, look_up = self._surfaces, self._look_up
        for found in surfaces(text):
            surface = known.get(found[0]) or look_up(found[0])
            if surface.hits or surface.steps:
                first = found.start()
                for start, end, number in surface.hits:
                    matches.append(Match(first + start, first + end, number))
                for index, step, word in surface.steps:
                    span = first + word.start, first + word.end
                    places[index][step][position + word.position] = span
            position += surface.width
        for (number, phrase), steps in zip(self._phrases, places, strict=True):
            matches += [Match(start, end, number) for start, end in _runs(steps, phrase.within)]
        return sorted(matches)

    def _look_up(self, spelling: str) -> _Surface:
        """Work out what a spelling means, and remember it."""
        words, width = analyse(spelling)
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
        surface = _Surface(tuple(sorted(hits)), steps, width)
        self._surfaces[spelling] = surface
        return surface


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


def _test(leaf: Leaf, stem: Stem) -> Test:
    """Return a test of a single word."""
    match leaf:
        case tree.Term(form, _, completes):
            return _inflection_of(form, completes, stem)
        case tree.Phrase((form, *_), _, _, False):
            return lambda word: word.form == form
        case tree.Phrase((form, *_)) | tree.Prefix(form):
            return lambda word: word.form.startswith(form)
        case tree.Wildcard(pattern):
            fits = re.compile(translate(pattern)).match
            return lambda word: fits(word.form) is not None
        case tree.Fuzzy(form, letters):
            return _near(form, letters)
    raise AssertionError(leaf)


def _inflection_of(form: str, completes: bool, stem: Stem) -> Test:
    """Return a test for words of the same stem, or that begin with an unfinished word."""
    wanted = stem(form)

    def test(word: Word) -> bool:
        if completes and word.form.startswith(form):
            return True
        # No inflection changes the first letter, and stemming is slow.
        return word.form[0] == form[0] and not word.compound and stem(word.form) == wanted

    return test


def _near(form: str, letters: int) -> Test:
    """Return a test for words spelt nearly so: the first letter the same, or two swapped."""
    swapped = swaps(form)

    def test(word: Word) -> bool:
        other = word.form
        near = other[0] == form[0] and distance(other, form, letters) <= letters
        return near or other in swapped

    return test
