"""Markdown is read as its author sees it rendered: no marks of any generator stay in the text."""

from __future__ import annotations

import datetime as dt
import os
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.intake.markdown import figures
from index.article import Article, Link
from index.errors import UnreadableError
from index.intake import parse
from index.intake.markdown_marks import without_marks
from index.intake.markdown_rendering import MOST_LINES, MOST_SIGNS, may_be_rendered

PROSE = "The council met on Monday to talk about the ferry, and agreed on nothing at all."


def read(text: str, name: str = "a.md") -> Article:
    return parse(text.encode(), f"/news/{name}")


def texts(text: str) -> list[str]:
    return [block.text for block in read(f"---\ntitle: A\n---\n{text}").blocks]


def test_front_matter_says_what_the_story_is() -> None:
    one = read(
        "---\ntitle: 'Council &amp; *ferry*'\ndate: 2013-06-19 12:11:35 -0400\n"
        "authors:\n  - Agnes Ott\n  - name: Bo Berg\nsource: The Paper\nlang: en-GB\n"
        f"canonical: https://paper.example/ferry\nhighlights: [Nothing agreed]\n---\n\n{PROSE}\n"
    )
    assert one.title == "Council & ferry"
    assert one.published == dt.datetime.fromisoformat("2013-06-19T12:11:35-04:00")
    assert one.authors == ("Agnes Ott", "Bo Berg")
    assert (one.source, one.language) == ("The Paper", "en-GB")
    assert one.url == "https://paper.example/ferry"
    assert one.key_points.points == ("Nothing agreed",)
    assert [block.text for block in one.blocks] == [PROSE]


def test_front_matter_in_toml() -> None:
    one = read(f'+++\ntitle = "A"\ndate = 2025-10-09T10:00:00\n+++\n{PROSE}', "a")
    assert (one.title, one.published) == ("A", dt.date(2025, 10, 9))
    one = read(f'+++\ntitle = "A"\ndate = 2025-10-09T10:00:00Z\n+++\n{PROSE}', "a")
    assert one.published == dt.datetime(2025, 10, 9, 10, tzinfo=dt.UTC)


def test_clippings_of_obsidian() -> None:
    one = read(
        '---\ntitle: "A"\nsource: "https://paper.example/a"\nauthor:\n  - "[[Agnes Ott]]"\n'
        f"published: 2025-10-09\ncreated: 2025-10-11\n---\n![[ferry.png]]\n{PROSE} [[B|More]]"
    )
    assert (one.url, one.source, one.authors) == ("https://paper.example/a", None, ("Agnes Ott",))
    assert one.published == dt.date(2025, 10, 9)
    assert one.blocks[0].text == f"{PROSE} More"


def test_without_front_matter_the_head_is_read() -> None:
    one = read(f"# Council at odds\n\n9 October 2025\n\n{PROSE}\n\n## Background\n\n{PROSE}")
    assert (one.title, one.published) == ("Council at odds", dt.date(2025, 10, 9))
    assert [block.kind for block in one.blocks] == ["paragraph", "heading", "paragraph"]
    assert read("Text alone").title == "Text alone"
    assert read("# A heading alone").blocks[0].text == "A heading alone"


def test_a_link_elsewhere_is_its_summary() -> None:
    assert texts("") == ["A"]
    assert read("---\ntitle: A\nsummary: 'It *met*.'\n---\n").blocks[0].text == "It met."


def test_blocks_and_links() -> None:
    one = read(
        f'---\ntitle: A\n---\n{PROSE} See [the *minutes*](https://paper.example/m "x").\n\n'
        "Heading\n-------\n\n* First\n* Second\n\n> Quoted **words**\n\n---\n\n"
        "![A ferry](ferry.png)\n\n| Year | Boats |\n|---|---|\n| 2024 | `7` |\n\n~~gone~~ H~2~O"
    )
    assert [(block.kind, block.text) for block in one.blocks] == [
        ("paragraph", f"{PROSE} See the minutes."),
        ("heading", "Heading"),
        ("list_item", "First"),
        ("list_item", "Second"),
        ("quote", "Quoted words"),
        ("paragraph", "Year | Boats"),
        ("paragraph", "2024 | 7"),
        ("paragraph", "gone H~2~O"),
    ]
    start = len(PROSE) + len(" See ")
    [link] = one.blocks[0].links
    assert link == Link(start=start, end=start + len("the minutes"), url="https://paper.example/m")


def test_key_points_in_the_text() -> None:
    one = read(f"# A\n\n## Key points\n\n- It met\n- It agreed on nothing\n\n{PROSE}\n\n{PROSE}")
    assert one.key_points.points == ("It met", "It agreed on nothing")


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("{{< youtube abc123 >}}x", "x"),
        ("{{% notice %}}Mind **this**{{% /notice %}}", "Mind this"),
        ("{{< img src='a.png' caption=\"A ferry\" alt='x' >}}", "A ferry"),
        ('{{< quote-block text="No \\"way\\"." cite="A. Ott" >}}', 'No "way". — A. Ott'),
        ('[see]({{< ref "b.md" >}} "B") x', "see x"),
        ('<a href="{{< ref "b.md" >}}">see</a>', "see"),
        ('{{< fig caption="See [b]({{< relref "b" >}})" >}}', "See b"),
        ("{% include x.html %}x{% highlight py %}y{% endhighlight %}", "xy"),
        ("a{% comment %}no{% endcomment %}b", "ab"),
        ("[x]({{ site.baseurl }}/b) {{ page.title }}y", "x y"),
        ("<!-- no\n\n -->x<!-- no -->y", "xy"),
        ("## H {#id .c}\nx\n{: .lead}", "H|x"),
        ("x[^1]\n\n[^1]: A note", "x[1]|[1] A note"),
        ("> [!note] Mind\n> this", "Mind this"),
        ("- [ ] todo\n- [x] done", "todo|done"),
        ("<p>a <b>b</b></p>\n\n<div>\n\n    <p>c</p>\n\n</div>", "a b|c"),
        ("<script>alert(1)</script>x", "x"),
        ("&#8211; &mdash; \\*x\\*", "– — *x*"),
        ("**bold,** word,** the** App**** z", "bold, word, the App z"),
        ("f**k", "f**k"),
        ("what s***", "what s***"),
        ("[a]( \"no target\") [b](to https://paper.example/x) [c](d \"e \"f\"\")", "a b c"),
        ("first  \nsecond\\\nthird\nfourth", "first second third fourth"),
        ("{braces} and {{ other }} and { % x", "{braces} and {{ other }} and { % x"),
        ("{{< never closed", "{{< never closed"),
    ],
)  # fmt: skip
def test_no_marks_stay(written: str, shown: str) -> None:
    assert "|".join(texts(written)) == shown


def test_mdx_has_modules() -> None:
    text = f"---\ntitle: A\n---\nimport X from './x'\nexport const y = 1\n\n{PROSE}"
    assert [block.text for block in read(text, "a.mdx").blocks] == [PROSE]
    assert len(read(text, "a.md").blocks) == 2


@pytest.mark.parametrize("raw", [b"", b" \n ", b"\x00\x01", b"\x89PNG\r\n", b"<!-- x -->", b"---"])
def test_what_shows_nothing_is_refused(raw: bytes) -> None:
    with pytest.raises(UnreadableError, match=r"a\.md"):
        parse(raw, "a.md")


@pytest.mark.parametrize(
    "text",
    [
        "[" * 300_000, "![" * 100_000, "> " * 100_000 + "x", "- " * 100_000 + "x",
        ("> " * 19 + "x\n") + "y\n" * 30_000, ("- " * 19 + "a\n") * 5_000, "*_" * 200_000 + "x",
        "|a" * 60_000 + "|\n" + "|-" * 60_000 + "|\n", "x\n" * 50_000, "`" * 99_000 + "x",
        "[a](" * 50_000, "<a " * 100_000, "<!--" * 100_000, "{{<" * 100_000, "{{< {{% " * 50_000,
        "{%" * 100_000, "{% comment %}" * 900 + "x", "[[" * 100_000, "[^" * 99_999, "{:" * 9_999,
        "](" * 100_000, "<div>" * 100_000, "\\" * 100_000, "x " + " " * 200_000 + "y",
        "".join(" " * (2 * depth) + "- a\n" for depth in range(300)),
        "---\n" + "a: [\n" * 10_000 + "---\nx",
    ],
    ids=lambda text: text[:12],
)  # fmt: skip
def test_hostile_texts_are_read_within_bounds(text: str) -> None:
    assert read(text).blocks


def test_the_bounds_of_rendering() -> None:
    assert may_be_rendered("- x\n" * (MOST_LINES - 1))
    assert not may_be_rendered("x\n" * (MOST_LINES + 1))
    assert not may_be_rendered("[" * (MOST_SIGNS + 1))
    assert may_be_rendered(">" * 20)
    assert not may_be_rendered(">" * 21)
    assert not may_be_rendered("1. " * 21)
    assert not may_be_rendered(("> " * 19 + "a\n") * 10_000)


@given(st.lists(st.sampled_from(
    ["# ", "- ", "> ", "1. ", "**", "_", "`", "```\n", "[a](", ")", "[", "]", "![", "<b>", "</b>",
     "<!--", "-->", "{{<", ">}}", "{%", "%}", "|", "|-|\n", "\n", "\n\n", "    ", "x", "word",
     "&amp;", "\\", "---\n", "+++\n", "title: x\n", "[^1]", "\x1b[31m", "https://a.example/"]
), max_size=40).map("".join))  # fmt: skip
def test_any_markdown_is_an_article_or_unreadable(text: str) -> None:
    with suppress(UnreadableError):
        article = read(text)
        assert article.blocks
        assert all(block.text.strip() == block.text != "" for block in article.blocks)
        assert read(text) == article


@given(st.lists(st.text("abc de", min_size=1).filter(str.strip), min_size=1, max_size=5))
def test_no_word_is_lost(paragraphs: list[str]) -> None:
    shown = texts("\n\n".join(f"x{one}" for one in paragraphs))
    assert shown == [" ".join(f"x{one}".split()) for one in paragraphs]


@pytest.mark.skipif("BROADSHEET_CORPORA" not in os.environ, reason="BROADSHEET_CORPORA is not set")
def test_real_markdown() -> None:
    for figure in figures(Path(os.environ["BROADSHEET_CORPORA"])):
        assert float(figure.measured.split()[0]) >= float(figure.must.split()[1]), figure


def test_callouts_say_what_is_in_them() -> None:
    assert without_marks("> [!NOTE] Mind the gap") == "> Mind the gap"
    assert without_marks(">  > [!tip]+ Deeper") == ">  > Deeper"
    deep = "> " * 50_000
    assert without_marks(f"{deep}\n\n[!") == f"{deep}\n\n[!"
