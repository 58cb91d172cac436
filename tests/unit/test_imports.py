"""Who may import whom, and how large anything may become: the rules of the design, read and run."""

from __future__ import annotations

import ast
from functools import cache
from typing import TYPE_CHECKING

import pytest
from desk import CHECKOUT, python, write
from wire import item, rss

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SOURCES = sorted((*(CHECKOUT / "index").rglob("*.py"), *(CHECKOUT / "reader").rglob("*.py")))

BENCHMARKS = sorted((CHECKOUT / "benchmarks").rglob("*.py"))

MOST_LINES, MOST_CLASS_LINES, MOST_FUNCTION_LINES = 300, 250, 40

USES_WHOOSH = {
    "index.schema", "index.ranking", "index.search", "index.overview", "index.fulltext",
    "index.query", "index.columnar",
}  # fmt: skip

COMMON = tuple(
    f"reader.widgets.{part}"
    for part in (
        "ground",
        "drawn_lines",
        "scroll_bar",
        "row_list",
        "keyed_list",
        "selectable_lines",
        "paged_lines",
        "noted_lines",
        "article_view",
        "text_line",
    )
)
"""Parts that widgets are made from, with bases that each have one step of a pane's work."""

LAYERS = (
    {
        "index.article", "index.errors", "index.results", "index.narrowing", "index.highlights",
        "index.anchors", "index.excerpts", "index.tagging", "index.progress", "index.durable",
        "index.child_process", "index.batches", "index.change_log", "index.docnums",
        "index.analysis", "index.cleaning", "index.scripts", "index.sentences", "index.spelling",
        "index.phrases", "index.furniture_phrases", "index.site_words", "index.title",
        "index.dateline", "index.course",
    },
    {
        "index.intake", "index.schema", "index.ranking", "index.query", "index.furniture",
        "index.key_points", "index.page", "index.worth", "index.addresses", "index.alike",
        "index.leaf_tests", "index.matching", "index.hits", "index.carriers",
    },
    {"index.columnar", "index.suggestions"},
    {
        "index.store", "index.standing", "index.order", "index.facets", "index.timeline",
        "index.search", "index.overview", "index.costs", "index.listing", "index.jobs",
        "index.crew", "index.segment_process", "index.indexing", "index.fulltext",
    },
    {
        "index.gather", "index.reading", "index.taking", "index.mirroring", "index.feeds",
        "index.parsing", "index.parse_process", "index.stretches", "index.searches", "index.shelf",
        "index.finder", "index.recorded", "index.repair", "index.verification", "index.library",
    },
)  # fmt: skip
"""From those who know nobody to those who know all: none may import one behind it."""


def name_of(path: Path) -> str:
    parts = path.relative_to(CHECKOUT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


@cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_bytes())


def is_for_types(node: ast.AST) -> bool:
    return isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"


def imports(path: Path, *, of_types: bool = True) -> Iterator[str]:
    """Give what a file imports, with or without what only its annotations need."""
    ahead: list[ast.AST] = [tree_of(path)]
    while ahead:
        node = ahead.pop()
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"{path} imports relatively"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
        if of_types or not is_for_types(node):
            ahead += ast.iter_child_nodes(node)


def is_of(name: str, package: str) -> bool:
    return name == package or name.startswith(f"{package}.")


def layer_of(name: str) -> int | None:
    for number, layer in enumerate(LAYERS):
        if any(is_of(name, package) for package in layer):
            return number
    return None


by_file = pytest.mark.parametrize("path", SOURCES, ids=name_of)
by_any_file = pytest.mark.parametrize("path", [*SOURCES, *BENCHMARKS], ids=name_of)


# --- by reading -----------------------------------------------------------------------------------


@by_file
def test_the_index_knows_nothing_of_the_terminal(path: Path) -> None:
    if is_of(name_of(path), "index"):
        outside = ("reader", "textual", "rich", "click")
        assert not [name for name in imports(path) if any(is_of(name, one) for one in outside)]


@by_file
def test_whoosh_is_where_it_is_searched_and_written(path: Path) -> None:
    if any(is_of(name, "whoosh") for name in imports(path, of_types=False)):
        assert any(is_of(name_of(path), user) for user in USES_WHOOSH)


@by_file
def test_sqlite_is_in_one_file(path: Path) -> None:
    if any(is_of(name, "sqlite3") for name in imports(path)):
        assert name_of(path) == "index.store.database"


@by_file
def test_no_layer_imports_one_behind_it(path: Path) -> None:
    name = name_of(path)
    if is_of(name, "index") and name != "index":
        own = layer_of(name)
        assert own is not None, f"{name} is in no layer"
        others = {name: layer_of(name) for name in imports(path, of_types=False)}
        assert not [name for name, layer in others.items() if layer is not None and layer > own]


@by_file
def test_widgets_know_neither_the_library_nor_each_other_but_their_common_parts(
    path: Path,
) -> None:
    if path.parent.name == "widgets":
        foreign = ("index.store", "index.library", "reader.widgets", "reader.screens", "reader.app")
        found = [name for name in imports(path) if any(is_of(name, one) for one in foreign)]
        assert not [name for name in found if not any(is_of(name, part) for part in COMMON)]


@by_file
def test_nobody_knows_the_command_line_but_itself(path: Path) -> None:
    if not is_of(name_of(path), "reader.commands") and name_of(path) != "reader.__main__":
        assert not [name for name in imports(path) if is_of(name, "reader.commands")]


@by_file
def test_textual_is_where_the_screen_is(path: Path) -> None:
    if any(is_of(name, "textual") for name in imports(path)):
        drawn = (
            "app",
            "errand_app",
            "keymap",
            "themes",
            "widgets",
            "screens",
            "steady_app",
            "steady_driver",
        )
        assert any(is_of(name_of(path), f"reader.{one}") for one in drawn)


@by_file
def test_what_is_installed_does_not_know_the_benchmarks(path: Path) -> None:
    assert not [name for name in imports(path) if is_of(name, "benchmarks")]


@by_any_file
def test_an_import_within_a_function_says_why(path: Path) -> None:
    lines = path.read_text().splitlines()
    for function in ast.walk(tree_of(path)):
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
            for node in ast.walk(function):
                if isinstance(node, ast.Import | ast.ImportFrom):
                    assert "noqa: PLC0415" in lines[node.lineno - 1]


@by_any_file
def test_nothing_grows_too_large(path: Path) -> None:
    assert len(path.read_text().splitlines()) <= MOST_LINES
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            most = MOST_CLASS_LINES if isinstance(node, ast.ClassDef) else MOST_FUNCTION_LINES
            assert (node.end_lineno or 0) - node.lineno < most, node.name


@by_any_file
def test_every_file_says_what_it_is_for(path: Path) -> None:
    documentation = ast.get_docstring(tree_of(path))
    assert documentation
    assert documentation.splitlines()[0].endswith((".", ".”"))


# --- by running -----------------------------------------------------------------------------------

_RUN = """
import sys
from reader.commands.cli import main
try:
    main(sys.argv[2:])
except SystemExit as end:
    assert not end.code, end.code
found = [name for name in sys.argv[1].split(",") if name in sys.modules]
print("imported:", *found, file=sys.stderr)
"""


def imported(unwanted: str, *arguments: str | Path) -> str:
    ended = python(_RUN, unwanted, *arguments)
    assert ended.returncode == 0, ended.stderr
    return ended.stderr.splitlines()[-1].strip()


@pytest.mark.parametrize(
    "arguments",
    ["add {seeds}", "search taliban", "show {id} --json", "show {id}", "list", "export pakistan",
     "rebuild", "verify", "feeds", "sync", "subscribe {feed}", "unsubscribe {feed}"],
)  # fmt: skip
def test_no_command_without_a_screen_imports_textual(
    library_folder: Path, seeds: Path, arguments: str
) -> None:
    feed = write(library_folder.parent, "feed.xml", rss(item(1)))
    if arguments.startswith("unsubscribe"):
        assert imported("textual", "subscribe", feed, "--library", library_folder) == "imported:"
        arguments = "unsubscribe the"
    words = arguments.format(seeds=seeds, id="", feed=feed).split()
    if words[0] == "show":
        words.insert(1, python(_IDS, library_folder).stdout.split()[0])
    assert imported("textual", *words, "--library", library_folder) == "imported:"


_IDS = """
import pathlib, sys
from index.library import Library
print(*Library(pathlib.Path(sys.argv[1])).ids())
"""


@pytest.fixture
def library_folder(library: object, tmp_path: Path) -> Path:
    return tmp_path / "library"


def test_help_imports_neither_models_nor_the_search_engine() -> None:
    heavy = "textual,rich,pydantic,whoosh,sqlite3,filelock,numpy,index.library,index.feeds,asyncio"
    for arguments in (["--help"], ["search", "--help"], ["sync", "--help"], ["--version"]):
        assert imported(heavy, *arguments) == "imported:"


def test_reading_needs_neither_the_search_engine_nor_the_parsers(library_folder: Path) -> None:
    heavy = "whoosh,numpy,filelock,index.intake,index.fulltext,charset_normalizer,dateutil"
    assert imported(heavy, "list", "--library", library_folder) == "imported:"
    assert imported("index.intake", "search", "a", "--library", library_folder) == "imported:"


def test_listing_feeds_needs_neither_parsers_nor_a_network(library_folder: Path) -> None:
    heavy = "whoosh,numpy,httpx,httpcore,feedparser,lxml,asyncio,index.intake"
    assert imported(heavy, "feeds", "--library", library_folder) == "imported:"


def test_the_index_works_without_the_reader() -> None:
    source = "import index.library, index.gather, index.search, sys; print(*sys.modules)"
    modules = python(source).stdout.split()
    assert "index.library" in modules
    assert not [name for name in modules if name.split(".")[0] in ("reader", "textual", "rich")]
