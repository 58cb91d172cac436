"""Articles, and whatever else there is to tell a script, as lines of JSON."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from index.highlights import placed
from index.results import Marks

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.article import Article
    from index.highlights import Highlight
    from index.library import Library
    from index.results import Span
    from index.store import Place


def as_json(value: Any) -> str:
    """Return a value as one line of JSON, in the characters of the text itself.

    Those that are not printable are escaped: to a script they are the same, to a terminal nothing.
    """
    text = json.dumps(value, ensure_ascii=False)
    return text if text.isprintable() else "".join(map(_escaped, text))


def _escaped(character: str) -> str:
    return character if character.isprintable() else json.dumps(character)[1:-1]


def article_json(
    article: Article, places: Sequence[Place], marks: Marks, highlights: Sequence[Highlight]
) -> dict[str, Any]:
    """Return an article as ``show --json`` and ``export`` print it."""
    return {
        **article.model_dump(mode="json", by_alias=True),
        "words": article.words,
        "marks": marks.model_dump(mode="json"),
        "highlights": [
            highlight_json(one.highlight, one.span) for one in placed(article, highlights)
        ],
        "places": [place._asdict() for place in places],
    }


def whole_json(library: Library, article: Article) -> str:
    """Return all that is known of an article, as one line."""
    marks = library.marks([article.id]).get(article.id, Marks())
    places = library.origins.of(article.id)
    return as_json(article_json(article, places, marks, library.highlights.of(article.id)))


def highlight_json(highlight: Highlight, span: Span | None) -> dict[str, Any]:
    """Return a highlight; ``span`` is in the article's passages, a line each."""
    return {
        "quote": highlight.anchor.quote,
        "note": highlight.note,
        "made": highlight.made.isoformat(timespec="seconds"),
        "span": span,
    }
