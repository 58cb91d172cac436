"""What the command line prints: for people in 80 columns, for scripts as JSON."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any, TextIO

import click

from index.cleaning import mask
from reader.drawing.annotated import LOST, NOTE_SIGN
from reader.drawing.layout import lay_out
from reader.drawing.render import article_row, plain
from reader.drawing.wrap import shorten, wrap
from reader.forms.json_lines import as_json, highlight_json
from reader.wording import count, date, hit_summary, joined, quoted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from index.article import Article
    from index.gather import Fate
    from index.highlights import Noted
    from index.results import Excerpt, Hit, Results, Span, Spans
    from index.store import Earlier, Place
    from index.taking import Told

COLUMNS = 80
_INDENT = "    "


def noted_json(noted: Noted) -> str:
    """Return a highlight's line in ``notes --json``."""
    told = {"id": noted.highlight.id, "title": noted.title, "source": noted.source}
    published = {"published": noted.published.isoformat() if noted.published else None}
    return as_json({**told, **published, "url": noted.url,
                    **highlight_json(noted.highlight, noted.span)})  # fmt: skip


def noted_lines(noted: Noted) -> Iterator[str]:
    """Show a highlight: its words, the note on it, where it is from."""
    lost = "" if noted.span else LOST
    yield from _lines(lost + quoted(noted.highlight.anchor.quote), ())
    if noted.highlight.note:
        yield from _lines(NOTE_SIGN + noted.highlight.note, (), _INDENT)
    from_ = joined([noted.title, noted.source, date(noted.published), noted.highlight.id])
    yield from _lines(from_, (), _INDENT)
    yield ""


def results_json(results: Results) -> dict[str, Any]:
    """Return an answer as ``search --json`` prints it."""
    return results.model_dump(mode="json")


def listed_json(article: Article) -> str:
    """Return an article's line in ``list --json``."""
    fields = {"id", "title", "title_from", "published", "place", "source", "url", "origin"}
    return as_json({**article.model_dump(mode="json", include=fields), "words": article.words})


def listed_line(article: Article, columns: int | None = None) -> str:
    """Return an article's line in ``list``: id, day, title; all of it, or cut for a terminal."""
    published = article.published
    day = published.date() if isinstance(published, dt.datetime) else published
    line = f"{article.id}  {date(day):11}  {mask(article.title)}"
    return shorten(line, columns) if columns else line


def tagged_line(article: Article, tags: Sequence[str]) -> str:
    """Return an article's line in ``tag``: id, title, tags."""
    return mask("  ".join([article.id, article.title, *(f"#{tag}" for tag in tags)]))


def tag_line(tag: str, articles: int) -> str:
    """Return a tag's line in ``tag``."""
    return mask(f"#{tag}  {count(articles, 'article')}")


def listing_in(file: TextIO) -> Told:
    """Return what writes a line of JSON into a file on what came of each article."""

    def write(fate: Fate) -> None:
        known = {name: value for name, value in fate._asdict().items() if value is not None}
        file.write(as_json(known) + "\n")

    return write


def results_lines(results: Results) -> Iterator[str]:
    """Show an answer: the hits, best first, and how many there are."""
    for hit in results.hits:
        yield from _hit_lines(hit)
    shown = len(results.hits)
    more = f", the first {shown:,} shown" if shown < results.total else ""
    yield (count(results.total, "article") if results.total else "nothing") + " found" + more
    if results.suggestion:
        yield f"did you mean: {mask(results.suggestion)}"


def article_lines(article: Article, places: Sequence[Place]) -> Iterator[str]:
    """Show an article to be read, laid out as on the screen; then whose it is and where from."""
    layout = lay_out(article, COLUMNS - 4)
    rows = [article_row(layout, row, (), None) for row in layout.rows]
    yield from (line.rstrip() for line in plain(rows))
    if article.authors:
        yield mask(f"by {', '.join(article.authors)}")
    if article.url:
        yield mask(article.url)
    for number, place in enumerate(places):
        yield mask(f"{'also from' if number else 'from'} {place.origin}")


def earlier_lines(earlier: Sequence[Earlier]) -> Iterator[str]:
    """Show what an article was before, as it is shown itself, the newest first."""
    for one in earlier:
        yield mask(f"Until {date(one.replaced.astimezone())}, from {one.origin}:")
        yield ""
        yield from article_lines(one.article, ())
        yield ""


def _hit_lines(hit: Hit) -> Iterator[str]:
    yield from _lines(hit.title, hit.title_spans, bold=True)
    yield from _lines(f"{hit_summary(hit)} · {hit.id}", (), _INDENT)
    if hit.excerpt.field != "title":
        yield from _excerpt_lines(hit.excerpt)
    yield ""


def _excerpt_lines(excerpt: Excerpt) -> Iterator[str]:
    lead, trail = "…" * excerpt.leads_in, "…" * excerpt.leads_out
    spans = tuple((start + len(lead), end + len(lead)) for start, end in excerpt.spans)
    return _lines(lead + excerpt.text + trail, spans, _INDENT)


def _lines(text: str, spans: Spans, indent: str = "", *, bold: bool = False) -> Iterator[str]:
    """Wrap a text, made harmless, with its matches in colour."""
    text = mask(text)
    for start, end in wrap(text, COLUMNS - len(indent)):
        within = ((max(start, left), min(end, right)) for left, right in spans)
        matches = [span for span in within if span[0] < span[1]]
        yield indent + "".join(_runs(text, start, end, matches, bold=bold))


def _runs(text: str, start: int, end: int, matches: Iterable[Span], *, bold: bool) -> Iterator[str]:
    for left, right in (*matches, (end, end)):
        if start < left:
            yield click.style(text[start:left], bold=True) if bold else text[start:left]
        if left < right:
            yield click.style(text[left:right], fg="yellow", bold=True)
        start = right
