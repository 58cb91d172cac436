"""How well stories are known again: pairs that a machine found alike, and whole collections."""

from __future__ import annotations

import gzip
import json
from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from benchmarks.intake.figures import Figure
from index.alike import same_story, traits
from index.article import Article, Block

if TYPE_CHECKING:
    from pathlib import Path

    from index.alike import Trait

COLLECTIONS = ("senate_press", "reuters21578")

_CLOSE_LOOKS = 8


def figures(folder: Path) -> list[Figure]:
    """Compare the pairs of each collection, and then each article with all before."""
    return [figure for name in COLLECTIONS for figure in _figures(folder / name)]


def _figures(folder: Path) -> list[Figure]:
    articles = _articles(next(iter(sorted(folder.glob("*.jsonl.gz")))))
    known = {id_: traits(article) for id_, article in articles.items()}
    lines = next(iter(sorted(folder.glob("near_dup_pairs*"))), None)
    pairs = [line.split("\t") for line in lines.read_text().splitlines()] if lines else []
    pairs = [pair for pair in pairs if pair[0] in articles and pair[1] in articles]
    candidates = [
        (one, other)
        for one, other, _ in pairs
        if {trait.key for trait in known[one]} & {trait.key for trait in known[other]}
    ]
    same = [
        (one, other)
        for one, other in candidates
        if same_story(articles[one], articles[other], "similar text")
    ]
    what = f"{folder.name}, {len(pairs):,} pairs with 0.7 of their shingles in common"
    return [
        Figure("pairs that share a trait", what, f"{len(candidates):,}"),
        Figure("pairs of them that tell the same story", what, f"{len(same):,}"),
        Figure(
            "articles taken for copies of others",
            f"{folder.name}, {len(articles):,} articles",
            f"{_copies(articles, known):,}",
        ),
    ]


def _copies(articles: dict[str, Article], known: dict[str, tuple[Trait, ...]]) -> int:
    """Count the articles that the record would take for copies, as it does."""
    found = 0
    by_trait: defaultdict[bytes, list[str]] = defaultdict(list)
    for id_, article in articles.items():
        shared = Counter(one for trait in known[id_] for one in by_trait[trait.key])
        nearest = [one for one, _ in shared.most_common(_CLOSE_LOOKS)]
        if any(same_story(article, articles[one], "similar text") for one in nearest):
            found += 1
            continue
        for trait in known[id_]:
            by_trait[trait.key].append(id_)
    return found


def _articles(path: Path) -> dict[str, Article]:
    with gzip.open(path, "rt", encoding="utf-8") as file:
        return {told["id"]: _article(told) for told in map(json.loads, file)}


def _article(told: dict[str, str | None]) -> Article:
    paragraphs = (text for text in (told["body"] or "").split("\n") if text.strip())
    blocks = tuple(Block(kind="paragraph", text=text) for text in paragraphs)
    id_ = told["id"] or ""
    return Article(id=id_, origin=id_, title=told["title"] or "", blocks=blocks)
