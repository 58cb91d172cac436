"""Whatever an article holds: nothing of it is lost, moved or drawn outside its lines."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len, split_graphemes

from index.article import Article, Block, KeyPoints, Link
from index.cleaning import clean
from index.results import Excerpt, Hit, Spans
from reader.drawing.layout import lay_out, texts_of
from reader.drawing.matches import find
from reader.drawing.render import MARGIN, article_row, hit_rows
from reader.drawing.wrap import shorten, wrap

_LETTERS = st.sampled_from(
    [
        *"abcdefgh.,-—‘’“”é ", "  ", "   ", "word", "[/]", "[bold]",
        "漢", "字", "ｶ", "が", "e\u0301", "ш", "ع", "ह", "क्षि", "ﬁ", "\u200d", "\u0301", "\ufe0f",
        "👨\u200d👩\u200d👧", "👍🏽", "❤\ufe0f", "1\ufe0f\u20e3", "🇵🇰",
    ]
)  # fmt: skip
texts = st.lists(_LETTERS, max_size=40).map("".join) | st.text(max_size=60).map(clean)
lines_of_text = texts.filter(lambda text: bool(text.strip()))
widths = st.integers(1, 80)


@st.composite
def blocks_with_links(draw: st.DrawFn) -> Block:
    text = draw(lines_of_text)
    edges = draw(st.lists(st.integers(0, len(text)), max_size=6, unique=True).map(sorted))
    addresses = st.sampled_from([f"https://a.example/{n}" for n in range(3)])
    links = [
        Link(start=start, end=end, url=draw(addresses))
        for start, end in zip(edges[::2], edges[1::2], strict=False)
    ]
    kind = draw(st.sampled_from(["paragraph", "heading", "list_item", "quote"]))
    return Block(kind=kind, text=text, links=tuple(links))


articles = st.builds(
    lambda title, points, blocks: Article(
        id="0",
        title=title,
        origin="there",
        key_points=KeyPoints(origin="article" if points else "none", points=tuple(points)),
        blocks=tuple(blocks),
    ),
    lines_of_text,
    st.lists(lines_of_text, max_size=4),
    st.lists(blocks_with_links(), max_size=6),
)


@st.composite
def texts_with_spans(draw: st.DrawFn) -> tuple[str, Spans]:
    text = draw(texts)
    edges = draw(st.lists(st.integers(0, len(text)), max_size=8, unique=True).map(sorted))
    return text, tuple(zip(edges[::2], edges[1::2], strict=False))


@given(texts, widths)
def test_wrapping_keeps_every_character_on_one_line_in_order(text: str, width: int) -> None:
    lines = wrap(text, width)
    assert lines
    position = 0
    for start, end in lines:
        assert not text[position:start].strip(" ")
        assert start <= end
        position = end
    assert not text[position:].strip(" ")


@given(texts, widths)
def test_no_line_is_wider_than_the_width_unless_one_character_is(text: str, width: int) -> None:
    for start, end in wrap(text, width):
        line = text[start:end]
        assert cell_len(line) <= width or len(split_graphemes(line)[0]) == 1


@given(texts, st.integers(0, 80))
def test_shortened_text_fits(text: str, width: int) -> None:
    shortened = shorten(text, width)
    assert cell_len(shortened) <= width
    assert shortened == text or not width or shortened.endswith("…")


@given(articles, widths)
def test_the_lines_of_an_article_hold_its_passages(article: Article, width: int) -> None:
    layout = lay_out(article, width)
    drawn: dict[int, list[str]] = {}
    for row in layout.rows:
        if row.look not in ("blank", "rule"):
            drawn.setdefault(row.text, []).append(layout.texts[row.text][row.start : row.end])
    for number, text in enumerate(layout.texts):
        assert "".join(drawn[number]).replace(" ", "") == text.replace(" ", "")
    shown = [text for text in texts_of(article) if text in {p.text for p in article.passages}]
    assert [p.text for p in article.passages if p.text in shown] == [
        p.text for p in article.passages
    ]


@given(articles, widths, st.data())
def test_every_character_is_found_on_its_line(
    article: Article, width: int, data: st.DataObject
) -> None:
    layout = lay_out(article, width)
    text = data.draw(st.integers(0, len(layout.texts) - 1))
    visible = [n for n, character in enumerate(layout.texts[text]) if character != " "]
    offset = data.draw(st.sampled_from(visible))
    row = layout.rows[layout.row_of(text, offset)]
    assert row.text == text
    assert row.start <= offset < row.end


@given(articles, widths, st.sampled_from(["a", "word", "“", "e", "漢"]))
def test_runs_of_a_line_are_its_text_with_the_matches_flagged(
    article: Article, width: int, wanted: str
) -> None:
    layout = lay_out(article, width)
    spans = find(layout.texts, wanted)
    for row in layout.rows:
        if row.look in ("blank", "rule"):
            continue
        text = layout.texts[row.text]
        runs = [run for run in article_row(layout, row, spans[row.text], None) if run.offset >= 0]
        assert "".join(run.text for run in runs) == text[row.start : row.end]
        flagged = {
            run.offset + n for run in runs if run.emphasis == "match" for n in range(len(run.text))
        }
        matched = {n for start, end in spans[row.text] for n in range(start, end)}
        assert flagged == matched & set(range(row.start, row.end))


@given(
    texts_with_spans(), texts_with_spans(), st.lists(texts, max_size=4), st.booleans(),
    st.booleans(), st.integers(MARGIN + 4, 80), st.integers(1, 10), st.booleans(),
)  # fmt: skip
def test_a_hit_takes_exactly_its_lines_and_no_more_than_the_width(
    title: tuple[str, Spans], excerpt: tuple[str, Spans], points: list[str], leads_in: bool,
    leads_out: bool, width: int, height: int, skimming: bool,
) -> None:  # fmt: skip
    hit = Hit(
        id="0", title=title[0], title_spans=title[1], source="Dawn", published=None, place=None,
        score=1.0, points=tuple(points),
        excerpt=Excerpt(
            field="body", text=excerpt[0], spans=excerpt[1], leads_in=leads_in, leads_out=leads_out
        ),
    )  # fmt: skip
    rows = hit_rows(hit, width, height, points=skimming)
    assert len(rows) == height
    for row in rows:
        drawn = "".join(run.text for run in row)
        assert cell_len(drawn) <= width - MARGIN


@given(texts, st.text(st.sampled_from("abcdefé-'\" ﬁ漢"), min_size=1, max_size=3))
def test_spans_of_a_find_are_sorted_disjoint_and_inside(text: str, wanted: str) -> None:
    position = 0
    for start, end in find([text], wanted)[0]:
        assert position <= start < end <= len(text)
        position = end


@given(texts, st.data())
def test_what_is_in_a_text_is_found_in_it(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    wanted = text[start : data.draw(st.integers(start, len(text)))]
    if wanted.isalnum():
        assert find([text], wanted)[0]
