"""Articles taken along: copied, exported into files, given to other programs."""

from __future__ import annotations

import datetime as dt
import os
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from stage import NARROW, SIZES, reading

from index.narrowing import READ, Having, Published
from reader import clipboard, programs

if TYPE_CHECKING:
    from collections.abc import Iterator

    from stage import Stage

    from index.library import Library
    from index.narrowing import Narrowing


@pytest.fixture
def home() -> Path:
    """The folder that ``~`` stands for."""
    folder = Path(os.environ["HOME"])
    folder.mkdir(parents=True)
    return folder


@pytest.mark.parametrize(
    ("key", "said", "first"), [("c", "Article copied", ""), ("C", "as Markdown copied", "# ")]
)
async def test_the_whole_article_is_copied(
    library: Library, monkeypatch: pytest.MonkeyPatch, key: str, said: str, first: str
) -> None:
    copied: list[str] = []

    def copy(text: str) -> str:
        copied.append(text)
        return "the clipboard"

    monkeypatch.setattr(clipboard, "copy", copy)
    async with reading(library, NARROW) as stage:
        await stage.press("enter", key)
        await stage.until(lambda: said in stage.said, "the copy")
        assert copied[0].startswith(first + stage.title)


async def export(stage: Stage, name: str) -> None:
    """Answer the question for a path."""
    await stage.until(lambda: ".jsonl or .txt" in stage.text, "the question")
    await stage.press("ctrl+u", *name, "enter")


@pytest.mark.parametrize("size", SIZES)
async def test_an_article_is_exported(library: Library, home: Path, size: tuple[int, int]) -> None:
    async with reading(library, size) as stage:
        await stage.press("X")
        await stage.until(lambda: "This article" in stage.text, "the choice")
        await stage.press("enter")
        await export(stage, "~/one.md")
        await stage.until(lambda: "1 article exported" in stage.status, "the end")
        assert (home / "one.md").read_text(encoding="utf-8").startswith(f"# {stage.title}")


async def test_all_results_are_exported(library: Library, home: Path) -> None:
    async with reading(library, NARROW) as stage:
        await stage.search("taliban doha")
        total = stage.results.total
        assert 1 < total < 5
        await stage.press("X")
        await stage.until(lambda: f"All results: {total} articles" in stage.text, "the choice")
        await stage.press("j", "enter")
        await export(stage, "~/all.jsonl")
        await stage.until(lambda: f"{total} articles exported" in stage.status, "the end")
        assert len((home / "all.jsonl").read_text(encoding="utf-8").splitlines()) == total


@pytest.mark.parametrize(
    "narrowing", [Having("read", READ), Published(dt.date(1, 1, 1), dt.date(9000, 1, 1))]
)
async def test_what_the_results_are_narrowed_to_is_exported(
    library: Library, home: Path, narrowing: Narrowing
) -> None:
    library.set_mark(library.ids()[:2], "read", on=True)
    total = library.search("", narrowed=(narrowing,)).total
    assert 0 < total < 5
    async with reading(library, NARROW) as stage:
        stage.main.narrow(narrowing)
        await stage.until(lambda: stage.results.narrowed, "the narrowed results")
        await stage.press("X")
        if total > 1:
            await stage.until(lambda: f"All results: {total} articles" in stage.text, "the choice")
            await stage.press("j", "enter")
        await export(stage, "~/all.jsonl")
        await stage.until(lambda: " exported" in stage.status, "the end")
    assert len((home / "all.jsonl").read_text(encoding="utf-8").splitlines()) == total


async def test_a_file_that_is_there_is_kept_unless_it_is_to_be_replaced(
    library: Library, home: Path
) -> None:
    (home / "mine.md").write_text("mine")
    async with reading(library, NARROW) as stage:
        await stage.search("title:delivers has:points")
        for answer in (("enter",), ("escape",), ("j", "enter")):
            assert (home / "mine.md").read_text() == "mine"
            await stage.press("X")
            await export(stage, "~/mine.md")
            await stage.until(lambda: "mine.md exists" in stage.text, "the question")
            await stage.press(*answer)
        await stage.until(lambda: "1 article exported" in stage.status, "the end")
    assert (home / "mine.md").read_text(encoding="utf-8") != "mine"


async def test_the_name_of_a_file_that_is_there_is_no_markup(library: Library, home: Path) -> None:
    (home / "a[b].md").write_text("mine")
    async with reading(library, NARROW) as stage:
        await stage.search("title:delivers has:points")
        await stage.press("X")
        await export(stage, "~/a[b].md")
        await stage.until(lambda: "a[b].md exists" in stage.text, "the question")
        await stage.press("enter")
        await stage.until(lambda: "Nothing was written" in stage.status, "the end")


async def test_what_can_not_be_written_is_said(library: Library, home: Path) -> None:
    async with reading(library, NARROW) as stage:
        await stage.search("title:delivers has:points")
        await stage.press("X")
        await export(stage, "~/nowhere/one.md")
        await stage.until(lambda: "No such file or directory" in stage.said, "the reason")
        await stage.press("X")
        await export(stage, "~/one.pdf")
        await stage.until(lambda: "has to end in" in stage.said, "the reason")
    assert not list(home.rglob("one*"))


@pytest.mark.parametrize(("key", "variable"), [("P", "PAGER"), ("E", "EDITOR")])
async def test_an_article_is_opened_in_a_program_of_the_user(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, key: str, variable: str
) -> None:
    code = f"import shutil, sys; shutil.copy(sys.argv[1], {str(tmp_path / 'seen')!r})"
    (tmp_path / "program.py").write_text(code)
    monkeypatch.setenv(variable, f"{sys.executable} {tmp_path / 'program.py'}")
    async with reading(library, NARROW) as stage:
        without_terminal(stage, monkeypatch)
        await stage.press(key)
        await stage.until((tmp_path / "seen").exists, "the program")
        assert stage.title[:20] in (tmp_path / "seen").read_text(encoding="utf-8")


async def test_an_article_is_piped_to_a_command(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("builtins.input", lambda _: "")
    async with reading(library, NARROW) as stage:
        without_terminal(stage, monkeypatch)
        await stage.press("|")
        await stage.until(lambda: "Pipe the article" in stage.text, "the question")
        await stage.press(*f"cat > {tmp_path}/seen", "enter")
        await stage.until((tmp_path / "seen").exists, "the command")
        assert stage.title[:20] in (tmp_path / "seen").read_text(encoding="utf-8")


async def test_a_program_that_is_not_there_is_named(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PAGER", "no-such-pager")
    async with reading(library, NARROW) as stage:
        await stage.press("P")
        await stage.until(lambda: "no program no-such-pager" in stage.said, "the reason")


async def test_a_terminal_that_can_not_be_left_is_no_trouble(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PAGER", sys.executable)
    async with reading(library, NARROW) as stage:
        await stage.press("P")
        await stage.until(lambda: "can’t be left" in stage.said, "the reason")


@pytest.mark.parametrize("key", ["P", "E"])
async def test_the_terminal_is_taken_back_from_a_program_that_can_not_be_started(
    library: Library, monkeypatch: pytest.MonkeyPatch, key: str
) -> None:
    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    for variable in ("PAGER", "VISUAL"):
        monkeypatch.setenv(variable, sys.executable)
    monkeypatch.setattr(programs, "show", fail)
    async with reading(library, NARROW) as stage:
        taken_back = without_terminal(stage, monkeypatch)
        await stage.press(key)
        await stage.until(lambda: "No space left" in stage.said, "the reason")
        assert taken_back == [True]


def without_terminal(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """Let the reader leave a terminal that is not there; tell whether it is taken back."""
    taken_back: list[bool] = []

    @contextmanager
    def suspend() -> Iterator[None]:
        # As Textual does: not where something is raised.
        yield
        taken_back.append(True)

    monkeypatch.setattr(stage.app, "suspend", suspend)
    return taken_back
