"""What ranks: how much a match counts, and the model that scores a word.

A word is scored once for the whole text, by how often it is there, the title's and the key points'
words counted twice: BM25F as S. Robertson, H. Zaragoza and M. Taylor have it (*Simple BM25
extension to multiple weighted fields*, 2004). To add up the scores of fields instead lets what is
in two of them outweigh what a story goes on about, and takes a look-up for each.

The figures were chosen on four collections with judgements of relevance, one setting for all of
them: of a title counted once to four times, K1 from 1.2 to 2 and B from 0.7 to 1, what has the best
mean of nDCG@10 and MAP on one half of the questions. All around it differs by chance alone; and all
questions had been looked at before. ``python -m benchmarks.ranking`` tells what the figures are
worth, half by half.
"""

from __future__ import annotations

from math import log1p
from typing import TYPE_CHECKING, Any

from whoosh.scoring import BM25F

from index.schema import STEM_FIELDS, TEXT_FIELDS, WHOLE, stem, words_field

if TYPE_CHECKING:
    from collections.abc import Mapping

WEIGHTS: Mapping[str, float] = {
    "title": 0.75, "points": 0.75, "headings": 0.5, "body": 1.0, "place": 1.0, "source": 1.0,
}  # fmt: skip
"""How much of a phrase's score in each field counts; the scores of the fields are added."""

PRESENCE: Mapping[str, float] = {
    "title": 4.0, "points": 2.5, "headings": 1.5, "body": 1.0, "place": 1.0, "source": 1.0,
}  # fmt: skip
"""The score of a prefix, a pattern or a near spelling in each field. How rare or frequent the words
are that it stands for is not looked at, and nearly everything is somewhere in some body: what an
editor put into the title, and then into the key points, tells the more."""

K1 = 1.6
"""How slowly the score of a word rises with how often it occurs."""

B = 0.85
"""How much the length of a text counts, from 0 to 1."""

FIELD_B = {"title": 0.5, "points": 0.25, "headings": 0.25}
"""The same for short fields. The average length of points and headings has the many articles in it
that have none, so that all that there are look long; it must not count much."""

FUNCTION_WORD = 0.2
"""What the score of a function word is multiplied by. Down to 0.1 it is much the same; 1 is worse,
above all for questions in whole sentences."""

_FUNCTION_WORDS = """
a about above across after again against all along also although am among an and another any are
around as at be because been before being below between both but by can could did do does doing down
during each either ever every for from further had has have having he her here hers herself him
himself his how however i if in into is it its itself just me more most much must my myself neither
no nor not of off on once one only onto or other others our ours out over own per rather same shall
she should since so some such than that the their theirs them themselves then there these they this
those though through thus to too toward towards under until unto up upon very was we were what
whatever when where whether which while who whom whose why with within without would yet you your
yours
"""
FUNCTION_WORDS = frozenset(_FUNCTION_WORDS.split())
"""English words that join others, and tell nothing of what a story is about. Words that are also
names or news, as ``us`` and ``may`` are, are not among them."""

_FUNCTION_TERMS = frozenset(form.encode() for word in FUNCTION_WORDS for form in (word, stem(word)))

_WORDS = tuple(map(words_field, TEXT_FIELDS))

_COUNTED_IN = dict.fromkeys(STEM_FIELDS, (WHOLE,)) | dict.fromkeys(_WORDS, _WORDS)
"""Where it is counted how many articles have a word of some fields."""


class Relevance(BM25F):
    """BM25F in which a word is as rare as it is in whole articles, not in one field of them.

    Most words are rare in titles and key points, ``the`` as well: counted by field, a function word
    that happens to be in a title outweighs the names in a body.
    """

    def idf(self, searcher: Any, fieldname: str, text: Any) -> float:
        """Return how rare a word is: ``ln(1 + (N - n + 1/2) / (n + 1/2))``, above 0.

        This is the weight of S. Robertson and K. Spärck Jones (*Relevance weighting of search
        terms*, 1976) in the form in which Lucene keeps it above 0. ``N`` counts all documents,
        deleted ones too; ``n`` those with the word: in the whole text, or of words as they are
        written, in that part of it in which most have them. ``text``: the term as dictionaries have
        it, in bytes.
        """
        index = searcher.get_parent()
        fields = _COUNTED_IN.get(fieldname, (fieldname,))
        having = max(index.doc_frequency(field, text) for field in fields)
        rarity = log1p((index.doc_count_all() - having + 0.5) / (having + 0.5))
        return rarity * FUNCTION_WORD if text in _FUNCTION_TERMS else rarity


MODEL = Relevance(
    B,
    K1,
    **{f"{name}_B": b for field, b in FIELD_B.items() for name in (field, words_field(field))},
)
"""What scores the words of a query."""
