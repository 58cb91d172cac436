"""The questions that all engines are asked: drawn from the articles, the same every time.

They are drawn from the first articles of the stream, which a library of any size has: so the same
questions are asked at every size, and all of them find something.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING

from benchmarks.engines import Question
from index.schema import stem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from index.article import Article

    Draw = Iterator[Question]
    _Bands = dict[str, list[str]]
    """Words, or phrases, by the band they are in."""

SAMPLE = 1_000
"""Articles that the questions are drawn from."""

QUESTIONS = 60
"""Questions of each kind, where there are as many different ones."""

HEADLINES = 30

BANDS = {"rare": (0.0, 0.001), "middling": (0.01, 0.02), "common": (0.1, 1.0)}
"""How large a share of the articles has a word, or a phrase, of each kind."""

MOST_INFLECTED = 1.2
"""How many articles may have an inflection of a word, for each that has the word itself."""

TYPED, SHOWN = SESSIONS = ("headlines as typed", "the same, with excerpts")
"""Every prefix of some headlines, in their order: once for ids, once for the first page."""

_SEED = 1988
_TRIES = 20 * QUESTIONS
"""Draws after which a kind has as many questions as there are."""

_WORD = re.compile(r"(?<![^\s“\"(])[a-z]{3,}(?=[\s,.;:!?)\"”])", re.IGNORECASE)
"""Words of plain letters between spaces or marks, on which all engines agree."""

_PAIR = re.compile(r"[a-z]+ [a-z]+", re.IGNORECASE)
_COUNTS = {2: "two", 3: "three", 4: "four", 5: "five"}
_ALPHABET = "abcdefghijklmnopqrstuvwxyz"


def questions(articles: Iterable[Article]) -> dict[str, list[Question]]:
    """Draw the questions of every kind from articles."""
    return _Drawing(list(articles)).all_kinds()


class _Drawing:
    """Words and phrases of some articles by how many have them, and questions made of them."""

    def __init__(self, articles: Sequence[Article]) -> None:
        self._random = random.Random(_SEED)
        self._articles = articles
        texts = [_text(article) for article in articles]
        self._found = [_words(text) for text in texts]
        self._words = _uninflected(_bands(self._found), self._found)
        self._phrases = _bands([_phrases(text) for text in texts])

    def all_kinds(self) -> dict[str, list[Question]]:
        """Return the questions by kind, in the order in which they are told."""
        kinds: dict[str, Draw] = {}
        for band, words in self._words.items():
            kinds[f"{band} word"] = self._each(words)
        for count, name in _COUNTS.items():
            kinds[f"{name} words, AND"] = self._all_of(count)
        for count, name in _COUNTS.items():
            kinds[f"{name} words, OR"] = self._any_of(count)
        for band, phrases in self._phrases.items():
            kinds[f"{band} phrase"] = (
                Question("phrase", tuple(phrase.split())) for phrase in self._shuffled(phrases)
            )
        for length in (4, 3, 2, 1):
            kinds[f"prefix of {length}"] = self._prefixes(length)
        kinds["one letter wrong"] = self._misspelt()
        kinds["word in a year"] = self._dated()
        kinds["word, newest first"] = (
            question._replace(newest_first=True) for question in self._each(self._some_words())
        )
        drawn = {kind: _distinct(draw) for kind, draw in kinds.items()}
        return {kind: drawn for kind, drawn in {**drawn, **self._sessions()}.items() if drawn}

    def _shuffled(self, words: Iterable[str]) -> list[str]:
        words = sorted(words)
        self._random.shuffle(words)
        return words

    def _some_words(self) -> list[str]:
        """Return words as people might look for: neither everywhere nor hardly anywhere."""
        return [*self._words["middling"], *self._words["common"]]

    def _each(self, words: Iterable[str]) -> Draw:
        return (Question("all", (word,)) for word in self._shuffled(words))

    def _all_of(self, count: int) -> Draw:
        """Draw words that stand in one article, so that something has them all."""
        wanted = set(self._some_words())
        for found in self._random.choices(self._found, k=_TRIES):
            words = self._shuffled(wanted & found)
            if len(words) >= count:
                yield Question("all", tuple(words[:count]))

    def _any_of(self, count: int) -> Draw:
        words = sorted(self._some_words())
        for _ in range(_TRIES if len(words) >= count else 0):
            yield Question("any", tuple(self._random.sample(words, count)))

    def _prefixes(self, length: int) -> Draw:
        words = set().union(*self._words.values())
        beginnings = {word[:length] for word in words if len(word) > length}
        return (Question("prefix", (beginning,)) for beginning in self._shuffled(beginnings))

    def _misspelt(self) -> Draw:
        """Draw words of which one letter, not the first, is another."""
        for word in self._shuffled(word for word in self._some_words() if len(word) > 4):
            place = self._random.randrange(1, len(word))
            letter = self._random.choice(_ALPHABET.replace(word[place], ""))
            yield Question("near", (word[:place] + letter + word[place + 1 :],))

    def _dated(self) -> Draw:
        """Draw words of one article, and a year around its day."""
        wanted = set(self._some_words())
        dated = list(zip(self._articles, self._found, strict=True))
        for article, found in self._random.choices(dated, k=_TRIES):
            words = self._shuffled(wanted & found)
            if article.published is not None and words:
                first = article.published.toordinal() - self._random.randrange(365)
                yield Question("all", (words[0],), first=first, last=first + 364)

    def _sessions(self) -> dict[str, list[Question]]:
        """Draw headlines, and type each of them letter by letter."""
        headlines = [one.title for one in self._articles if one.title_from == "article"]
        chosen = self._random.sample(headlines, min(HEADLINES, len(headlines)))
        typed = [
            Question("typed", (headline[:end],))
            for headline in chosen
            for end in range(1, len(headline) + 1)
        ]
        return {TYPED: typed, SHOWN: [question._replace(shape="shown") for question in typed]}


def _text(article: Article) -> str:
    return "\n".join(passage.text for passage in article.passages)


def _words(text: str) -> set[str]:
    return {word.lower() for word in _WORD.findall(text)}


def _phrases(text: str) -> set[str]:
    return {" ".join(pair).lower() for pair in pairwise(text.split()) if _is_plain(pair)}


def _is_plain(pair: tuple[str, str]) -> bool:
    return _PAIR.fullmatch(" ".join(pair)) is not None


def _bands(found: Sequence[set[str]]) -> _Bands:
    """Sort words, or phrases, into the bands of :data:`BANDS` by how many articles have them."""
    counts = Counter(word for words in found for word in words)
    return {
        band: [word for word, n in counts.items() if low < n / len(found) <= high]
        for band, (low, high) in BANDS.items()
    }


def _uninflected(bands: _Bands, found: Sequence[set[str]]) -> _Bands:
    """Keep words of which hardly any inflection is found beside them.

    An engine that finds inflections, and one that does not, find about the same articles then.
    """
    counts = Counter(word for words in found for word in words)
    stems = Counter(stemmed for words in found for stemmed in set(map(stem, words)))
    return {
        band: [word for word in words if stems[stem(word)] <= MOST_INFLECTED * counts[word]]
        for band, words in bands.items()
    }


def _distinct(draw: Draw) -> list[Question]:
    return list(dict.fromkeys(draw))[:QUESTIONS]
