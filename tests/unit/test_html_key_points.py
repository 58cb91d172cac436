"""The key points of pages, in the forms that sites give them."""

from __future__ import annotations

import pytest
from pages import STORY, page

from index.article import KeyPoints
from index.intake.html import parse_html

POINTS = (
    "Council keeps the old ferry for another five years",
    "A bridge would have cost four times as much",
    "Opponents want to go to court over the vote",
)
ITEMS = "".join(f"<li>{point}</li>" for point in POINTS)
LIST = f"<ul>{ITEMS}</ul>"
PARAGRAPHS = "".join(f"<p>{point}</p>" for point in POINTS)


def points_of(markup: str) -> KeyPoints:
    article = parse_html(markup.encode(), "page.html")
    told = [block.text for block in article.blocks]
    assert set(STORY) <= set(told)
    assert not set(article.key_points.points) & set(told)
    return article.key_points


@pytest.mark.parametrize(
    "heading",
    [
        "Key Points", "KEY POINTS:", "Story highlights", "Key takeaways", "Highlights", "Key facts",
        "TL;DR", "At a glance", "In brief", "In short", "What to know", "Summary",
    ],
)  # fmt: skip
@pytest.mark.parametrize(
    "box",
    [
        "<div><h2>{heading}</h2>{list}</div>",
        "<div><strong>{heading}</strong>{list}</div>",
        "<section><p><b>{heading}</b></p>{list}</section>",
        "<div class='KeyPoints-wrapper'><div class='header'>{heading}</div><div>{list}</div></div>",
    ],
)
def test_headings_and_boxes(heading: str, box: str) -> None:
    found = points_of(page(above=box.format(heading=heading, list=LIST)))
    assert found.points == POINTS
    assert found.heading == heading.rstrip(":")


@pytest.mark.parametrize(
    "name",
    [
        "key-takeaways", "keypoints", "article-summary", "story-highlights", "key_points",
        "at-a-glance", "tldr", "RenderKeyPoints-list", "cnnStryHghLght", "mol-bullets-with-font",
        "post__summary", "summary-list", "article__key-points", "takeaways",
    ],
)  # fmt: skip
def test_names_of_boxes(name: str) -> None:
    for attribute in ("class", "id", "data-testid"):
        box = f'<div {attribute}="{name}">{LIST}</div>'
        assert points_of(page(above=box)) == KeyPoints(origin="article", points=POINTS)


@pytest.mark.parametrize(
    "bullets",
    [
        LIST,
        f"<ol>{ITEMS}</ol>",
        "<ul>" + "".join(f"<li><p>{point}</p></li>" for point in POINTS) + "</ul>",
        "<ul>" + "".join(f"<li><strong><a>{point}</a></strong></li>" for point in POINTS) + "</ul>",
        "<p>" + "<br>".join(f"• {point}" for point in POINTS) + "</p>",
        "".join(f"<p>■ {point}</p>" for point in POINTS),
        PARAGRAPHS,
    ],
    ids=["ul", "ol", "paragraphs", "bold", "breaks", "signs", "bare"],
)
def test_bullets(bullets: str) -> None:
    found = points_of(page(above=f"<div class='box'><h3>Key points</h3>{bullets}</div>"))
    assert found == KeyPoints(origin="article", heading="Key points", points=POINTS)


DIVISIONS = "".join(f"<div>{point}</div>" for point in POINTS)
BROKEN = "<br>".join(POINTS)


@pytest.mark.parametrize(
    "box",
    [
        f"<div><div>Key points</div>{DIVISIONS}</div>",
        f"<div>Key points</div>{DIVISIONS}",
        f"<h3>Key points</h3>{PARAGRAPHS}",
        f"<aside><h4>Key points</h4>{DIVISIONS}</aside>",
        f"<div><button>Key points</button><div>{DIVISIONS}</div></div>",
        "<dl><dt>Key points</dt>" + "".join(f"<dd>{point}</dd>" for point in POINTS) + "</dl>",
        f"<p><b>Key points</b><br>{BROKEN}</p>",
        f"<div><span>Key points</span><br><span>{BROKEN}</span></div>",
        "<h3>Key points</h3>" + "".join(f"<p>- {point}</p>" for point in POINTS),
        "<p><b>Key points</b><br>" + "<br>".join(f"* {point}" for point in POINTS) + "</p>",
    ],
)
@pytest.mark.parametrize("heading", ["Key points", "At a glance", "Summary"])
def test_points_without_a_list(box: str, heading: str) -> None:
    found = points_of(page(above=box.replace("Key points", heading)))
    assert found == KeyPoints(origin="article", heading=heading, points=POINTS)


def test_a_box_with_a_label() -> None:
    for label in ("Summary", "Key points"):
        items = "".join(f"<div role='listitem'>{point}</div>" for point in POINTS)
        box = f"<section aria-label='{label}'><div role='list'>{items}</div></section>"
        assert points_of(page(above=box)) == KeyPoints(origin="article", points=POINTS)


def test_a_heading_right_in_the_story_does_not_swallow_it() -> None:
    story = "".join(f"<p>The council met in room {n} and talked of it.</p>" for n in range(9))
    found = parse_html(
        f"<article><h1>Ferry</h1><p>Key points</p>{story}</article>".encode(), "page.html"
    )
    assert found.key_points.origin == "none"
    assert len(found.blocks) >= 9


@pytest.mark.parametrize(
    "above",
    [
        LIST,
        f"<p class='byline'>By Ada Lindqvist</p>{LIST}",
        f"{LIST}<p class='byline'>By Ada Lindqvist</p><p>9 October 2025</p>",
    ],
)
def test_a_bare_list_right_below_the_headline(above: str) -> None:
    assert points_of(page(above=above)).points == POINTS


def test_points_at_the_end_of_a_story() -> None:
    assert points_of(page(below=f"<h2>Key takeaways</h2>{LIST}")).points == POINTS


def test_points_in_the_data_of_a_page() -> None:
    listed = ", ".join(f'"{point}"' for point in POINTS)
    written = "\\n".join(f"• {point}" for point in POINTS)
    for abstract in (f"[{listed}]", f'"{written}"'):
        data = f'{{"@type": "NewsArticle", "abstract": {abstract}}}'
        head = f'<script type="application/ld+json">{data}</script>'
        assert points_of(page(head=head)).points == POINTS


@pytest.mark.parametrize(
    "other",
    [
        "<ul>"
        + "".join(f"<li><a href='/{n}'>{p}</a></li>" for n, p in enumerate(POINTS))
        + "</ul>",
        "<ul><li>By Ada Lindqvist, reporter</li><li>Updated on October 9, 2025</li></ul>",
        "<ul><li>Share</li><li>Tweet</li><li>Print</li></ul>",
        f"<ol>{ITEMS}</ol>",
        f"<nav class='key-points'>{LIST}</nav>",
        f"<div class='related-highlights'><h3>More</h3>{LIST}</div>",
    ],
    ids=["links", "byline", "buttons", "steps", "navigation", "related"],
)
def test_other_lists_below_the_headline_are_none(other: str) -> None:
    article = parse_html(page(above=other).encode(), "page.html")
    assert article.key_points.origin == "none"


def test_what_is_around_a_box_counts() -> None:
    box = f"<div class='story-highlights'><div id='highlights'>{LIST}</div></div>"
    assert points_of(page(above=box)).points == POINTS
    assert points_of(page(above=f"<article>{box}</article>")).points == POINTS
    foreign = f"<footer><div><p>Seen</p>{box}</div></footer>"
    assert parse_html(page(below=foreign).encode(), "page.html").key_points.origin == "none"


def test_a_list_within_the_story_is_none() -> None:
    assert points_of(page(within=LIST)).origin == "none"
