"""What the command line prints: for people in 80 columns, for scripts as JSON."""

from __future__ import annotations

import json
from textwrap import TextWrapper
from typing import TYPE_CHECKING, Any

import click

from index.cleaning import mask
from reader.layout import lay_out
from reader.render import article_row, plain
from reader.wording import count, date, summary_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from index.article import Article
    from index.gather import Problem, Report
    from index.results import Excerpt, Hit, Results

COLUMNS = 80
_INDENT = "    "


def as_json(value: Any) -> str:
    """Return a value as one line of JSON, in the characters of the text itself."""
    return json.dumps(value, ensure_ascii=False)


def article_json(article: Article) -> dict[str, Any]:
    """Return an article as ``show --json`` and ``export`` print it."""
    return {**article.model_dump(mode="json", by_alias=True), "words": article.words}


def results_json(results: Results) -> dict[str, Any]:
    """Return an answer as ``search --json`` prints it."""
    return results.model_dump(mode="json")


def listed_json(article: Article) -> str:
    """Return an article's line in ``list --json``."""
    fields = {"id", "title", "title_from", "published", "place", "source", "url", "origin"}
    return as_json({**article.model_dump(mode="json", include=fields), "words": article.words})


def listed_line(article: Article) -> str:
    """Return an article's line in ``list``: id, date, title."""
    return f"{article.id}  {date(article.published):11}  {mask(article.title)}"


def report_line(report: Report) -> str:
    """Say what came of adding paths."""
    parts = (("added", report.added), ("updated", report.updated), ("unchanged", report.unchanged))
    said = [f"{number:,} {what}" for what, number in parts if number]
    return ", ".join(said) if said else "nothing added"


def problem_line(problem: Problem) -> str:
    """Say which input could not be read, and why."""
    return f"{mask(problem.path)}: {mask(problem.error)}"


def results_lines(results: Results) -> Iterator[str]:
    """Show an answer: the hits, best first, and how many there are."""
    for hit in results.hits:
        yield from _hit_lines(hit)
    shown = len(results.hits)
    more = f", the first {shown:,} shown" if shown < results.total else ""
    yield (count(results.total, "article") if results.total else "nothing") + " found" + more
    if results.suggestion:
        yield f"did you mean: {results.suggestion}"


def article_lines(article: Article) -> Iterator[str]:
    """Show an article to be read, laid out as on the screen."""
    layout = lay_out(article, COLUMNS - 4)
    rows = [article_row(layout, row, (), None) for row in layout.rows]
    return (line.rstrip() for line in plain(rows))


def _hit_lines(hit: Hit) -> Iterator[str]:
    yield click.style(mask(hit.title), bold=True)
    yield f"{_INDENT}{mask(summary_line(hit))} · {hit.id}"
    if hit.excerpt.field != "title":
        yield from _excerpt_lines(hit.excerpt)
    yield ""


def _excerpt_lines(excerpt: Excerpt) -> Iterator[str]:
    """Wrap an excerpt and show its matches, which colour then must not widen."""
    text = mask(excerpt.text)
    lead = "…" if excerpt.leads_in else ""
    wrapper = TextWrapper(COLUMNS, initial_indent=_INDENT, subsequent_indent=_INDENT)
    trail = "…" if excerpt.leads_out else ""
    position = -len(lead)
    for line in wrapper.wrap(lead + text + trail):
        content = line[len(_INDENT) :]
        spans = [(start - position, end - position) for start, end in excerpt.spans]
        yield _INDENT + _styled(content, spans)
        position += len(content) + 1


def _styled(line: str, spans: list[tuple[int, int]]) -> str:
    parts, done = [], 0
    for start, end in spans:
        left, right = max(done, min(start, len(line))), min(end, len(line))
        if left < right:
            parts += [line[done:left], click.style(line[left:right], fg="yellow", bold=True)]
            done = right
    return "".join([*parts, line[done:]])
