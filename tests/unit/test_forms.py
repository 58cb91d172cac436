"""Articles as text, Markdown and HTML: nothing is lost, and nothing of a text becomes markup."""

from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING, get_args
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from index.article import Article, Block, KeyPoints, Link
from index.errors import StoppedError
from reader.commands.cli import main
from reader.forms import html
from reader.forms.export import ENDINGS, Form, export_to, form_of, new_file
from reader.forms.markdown import as_markdown, escaped, escaped_line
from reader.forms.plain_text import as_text

if TYPE_CHECKING:
    from index.library import Library

SPITEFUL = "<script>alert(1)</script> [a](javascript:x) *b* _c_ `d` # e &amp; \x1b[31m 1. f"

STORY = Article(
    id="0",
    title="A *title* <b>",
    origin="there",
    source="Dawn",
    url="https://dawn.example/a?b=1&c=2",
    authors=("A. Writer",),
    key_points=KeyPoints(origin="article", heading="At a glance", points=("One", SPITEFUL)),
    blocks=(
        Block(kind="paragraph", text=SPITEFUL),
        Block(kind="heading", text="A heading #"),
        Block(kind="list_item", text="one"),
        Block(kind="list_item", text="- two"),
        Block(kind="quote", text="said so"),
        Block(
            kind="paragraph",
            text="It is here, they say.",
            links=(Link(start=6, end=10, url="https://here.example/(x)<y>"),),
        ),
    ),
)


def test_text_has_all_that_is_read() -> None:
    text = as_text(STORY)
    for passage in STORY.passages:
        assert passage.text.replace("\x1b", "\ufffd").replace("is here", "is here[1]") in text
    assert "• one\n• - two\n\n> said so\n" in text
    assert text.endswith("[1] https://here.example/(x)<y>\n")
    assert "\x1b" not in text


class Text(HTMLParser):
    """The text of a page, and its elements."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.text, self.elements = "", list[str]()
        self.links: list[str | None] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append(tag)
        self.links += [value for name, value in attrs if name in ("href", "src")]

    def handle_data(self, data: str) -> None:
        self.text += data


def test_html_shows_the_text_and_nothing_else() -> None:
    page = Text(html.HEAD + html.as_html(STORY) + html.TAIL)
    for passage in STORY.passages:
        assert passage.text.replace("\x1b", "\ufffd") in page.text
    assert "script" not in page.elements
    assert page.elements.count("ul") == 2
    assert page.links == [STORY.url, STORY.url, "https://here.example/(x)<y>"][1:]


def test_html_links_only_to_the_web() -> None:
    block = Block(
        kind="paragraph", text="here", links=(Link(start=0, end=4, url="javascript:alert(1)"),)
    )
    spiteful = STORY.model_copy(update={"blocks": (block,), "url": 'https://a.example/"><b>'})
    page = Text(html.as_html(spiteful))
    assert "b" not in page.elements
    assert not any(link and link.startswith("javascript") for link in page.links)


def rendered(markdown: str) -> Text:
    return Text(MarkdownIt("commonmark").enable("table").enable("strikethrough").render(markdown))


def test_markdown_shows_the_text_and_nothing_else() -> None:
    page = rendered(as_markdown(STORY))
    for passage in STORY.passages:
        assert passage.text.replace("\x1b", "\ufffd") in page.text
    assert set(page.elements) == {"h1", "h2", "p", "a", "ul", "li", "blockquote"}
    assert page.elements.count("li") == 4
    assert page.links[-1] == "https://here.example/(x)%3Cy%3E"


@pytest.mark.parametrize("before", ["Look!", "!", "!!", "Look\\!", "Look\\"])
def test_a_link_is_no_image(before: str) -> None:
    link = Link(start=len(before), end=len(before) + 4, url="https://here.example/seen")
    block = Block(kind="paragraph", text=f"{before}here", links=(link,))
    page = rendered(as_markdown(STORY.model_copy(update={"blocks": (block,)})))
    assert "img" not in page.elements
    assert page.links[-1] == link.url
    assert f"{before}here" in page.text


@pytest.mark.parametrize("query", ["a=1&copy=2", "a=1&copy;=2", "a=1&#65;", "a=*_`&lt;"])
def test_a_link_leads_where_it_led(query: str) -> None:
    link = Link(start=0, end=4, url=f"https://here.example/?{query}")
    block = Block(kind="paragraph", text="here", links=(link,))
    page = rendered(as_markdown(STORY.model_copy(update={"blocks": (block,)})))
    assert unquote(page.links[-1] or "") == link.url


@given(st.text(st.sampled_from("ab *_`#-+=>[]()<>&;!|~\\1.)\"'x\t:/"), max_size=30))
def test_no_text_is_markup(text: str) -> None:
    text = " ".join(text.split())
    page = rendered(escaped_line(escaped(text)) + "\n")
    assert page.text.strip() == text
    assert set(page.elements) <= {"p"}


@pytest.mark.parametrize("name", ["a.md", "a.HTML", "a.jsonl", "a.txt", "a.b.markdown"])
def test_a_name_tells_the_form(name: str) -> None:
    assert form_of(Path(name)) in get_args(Form)
    assert form_of(Path("a.pdf")) is None
    assert form_of(Path("md")) is None


@pytest.mark.parametrize("ending", ENDINGS)
def test_all_results_are_exported(library: Library, tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"all{ending}"
    told: list[int] = []
    export_to(path, library, library.ids(), lambda p: told.append(p.done), replace=False)
    text = path.read_text(encoding="utf-8")
    for article in library.articles(library.ids()):
        assert article.title.split("’")[0][:40] in text
    assert told == [1, 2, 3, 4, 5]
    assert [one.name for one in tmp_path.glob("*all*")] == [path.name]


def test_what_is_stopped_leaves_nothing(library: Library, tmp_path: Path) -> None:
    def stop(_: object) -> None:
        raise StoppedError

    folder = tmp_path / "out"
    folder.mkdir()
    with pytest.raises(StoppedError):
        export_to(folder / "a.md", library, library.ids(), stop, replace=False)
    assert not list(folder.iterdir())


def test_what_is_there_is_replaced_only_if_that_is_meant(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text("mine")
    with pytest.raises(FileExistsError), new_file(path, replace=False):
        pass
    with pytest.raises(ValueError, match="no"), new_file(path, replace=True):
        raise ValueError("no")
    assert path.read_text() == "mine"
    with new_file(path, replace=True) as file:
        file.write("new")
    assert path.read_text() == "new"
    assert [one.name for one in tmp_path.iterdir() if "a.md" in one.name] == ["a.md"]


def test_what_replaces_a_private_file_is_private(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text("mine")
    path.chmod(0o600)
    with new_file(path, replace=True):
        pass
    assert path.stat().st_mode & 0o777 == 0o600


def test_a_name_that_tells_no_form_is_refused(library: Library, tmp_path: Path) -> None:
    with pytest.raises(OSError, match="has to end in"):
        export_to(tmp_path / "a.pdf", library, library.ids(), lambda _: None, replace=False)
    assert not (tmp_path / "a.pdf").exists()


def test_the_command_knows_all_forms() -> None:
    option = next(one for one in main.commands["export"].params if one.name == "form")
    assert tuple(option.type.choices) == get_args(Form)  # type: ignore[attr-defined]
