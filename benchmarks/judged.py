"""Collections of articles with questions, and with what people judged to be relevant to each.

A collection is a folder with ``docs.jsonl.gz`` (one object a line: ``id``, ``title`` or null,
``text``), and for each part of its questions ``queries.PART.jsonl`` (``id``, ``text``) and
``qrels.PART.tsv`` (question, anything, document, judgement; above 0 is relevant).
"""

from __future__ import annotations

import gzip
import json
import random
import re
from typing import TYPE_CHECKING, Any, NamedTuple

from benchmarks.corpora import CorporaError
from index.article import Article, Block
from index.cleaning import clean, clean_lines
from index.intake.head import made_title

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

FOLDER = "retrieval"
"""Where the collections are in the folder of all news."""

_SEED = 2026

_PARAGRAPH_END = re.compile(r"\n\s*\n")


class Question(NamedTuple):
    """What somebody wanted to know."""

    text: str
    """As asked, in natural language."""

    relevant: frozenset[str]
    """The ids of the articles that tell; there are some."""


class Judged(NamedTuple):
    """Articles, and the questions of one part."""

    name: str
    part: str
    articles: tuple[Article, ...]
    questions: Mapping[str, Question]


def judged(folder: Path) -> Iterator[Judged]:
    """Read all collections below ``folder``, part by part, by name.

    Raises :class:`CorporaError` where there is none.
    """
    paths = sorted((folder / FOLDER).glob("*/docs.jsonl.gz"))
    if not paths:
        raise CorporaError(f"{folder / FOLDER} has no collection, as NAME/docs.jsonl.gz.")
    for path in paths:
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            articles = tuple(_article(json.loads(line)) for line in lines)
        for asked in sorted(path.parent.glob("queries.*.jsonl")):
            part = asked.name.split(".")[1]
            yield Judged(path.parent.name, part, articles, _questions(path.parent, part))


def halves(ids: Iterable[str]) -> tuple[frozenset[str], frozenset[str]]:
    """Divide questions at random, but always alike: those to choose by, and the others."""
    mixed = sorted(ids)
    random.Random(_SEED).shuffle(mixed)
    middle = len(mixed) // 2
    return frozenset(mixed[:middle]), frozenset(mixed[middle:])


def _questions(folder: Path, part: str) -> dict[str, Question]:
    """Return the questions of a part to which anything is relevant."""
    relevant: dict[str, set[str]] = {}
    for line in (folder / f"qrels.{part}.tsv").read_text(encoding="utf-8").splitlines():
        question, _, document, judgement = line.split("\t")
        if int(judgement) > 0:
            relevant.setdefault(question, set()).add(document)
    lines = (folder / f"queries.{part}.jsonl").read_text(encoding="utf-8").splitlines()
    texts = {told["id"]: told["text"] for told in map(json.loads, lines)}
    return {
        id_: Question(text, frozenset(relevant[id_]))
        for id_, text in texts.items()
        if id_ in relevant
    }


def _article(told: dict[str, Any]) -> Article:
    """Make an article of a document; one without a title gets one as intake gives it."""
    texts = [" ".join(text.split()) for text in _PARAGRAPH_END.split(clean_lines(told["text"]))]
    blocks = tuple(Block(kind="paragraph", text=text) for text in texts if text)
    title = clean(told["title"] or "").strip()
    return Article(
        id=told["id"],
        origin=told["id"],
        title=title or (made_title(blocks) if blocks else told["id"]),
        title_from="article" if title else "first sentence",
        blocks=blocks,
    )
