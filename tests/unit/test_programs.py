"""Programs of the user's own that are given an article."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from reader import programs

if TYPE_CHECKING:
    from pathlib import Path


def test_the_environment_names_the_programs() -> None:
    python = sys.executable
    assert programs.pager({"PAGER": f"{python} -R"}) == [python, "-R"]
    assert programs.editor({"EDITOR": python}) == [python]
    assert programs.editor({"VISUAL": f"{python} -w", "EDITOR": "other"}) == [python, "-w"]


@pytest.mark.parametrize("named", ["no-such-program-here", "'"])
def test_a_program_that_is_not_there_is_named(named: str) -> None:
    with pytest.raises(programs.NoProgramError, match="PAGER"):
        programs.pager({"PAGER": named})


def test_without_any_program_it_is_said_what_names_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(programs.NoProgramError, match=r"\$EDITOR"):
        programs.editor({})


@pytest.mark.parametrize(
    ("title", "name"),
    [("Talks fail, again!", "Talks-fail-again.md"), ("../../etc", "etc.md"), ("…", "article.md"),
     ("x" * 200, "x" * 60 + ".md"), ("Türkiye’s plan", "Türkiye-s-plan.md"), ("", "article.md")],
)  # fmt: skip
def test_a_file_is_called_by_the_title(title: str, name: str) -> None:
    assert programs.file_name(title, ".md") == name


def test_a_program_gets_a_copy_that_it_can_but_read(tmp_path: Path) -> None:
    seen = tmp_path / "seen"
    code = "import os,sys; p=sys.argv[1]; print(oct(os.stat(p).st_mode), open(p).read(), end='')"
    program = [sys.executable, "-c", f"import sys; sys.stdout=open({str(seen)!r}, 'w'); {code}"]
    programs.show(program, "The text of it", "a.txt")
    assert seen.read_text() == "0o100400 The text of it"


def test_a_command_gets_the_text(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[str] = []
    monkeypatch.setattr("builtins.input", said.append)
    programs.pipe(f"cat | tr a-z A-Z > {tmp_path}/out", "abc")
    assert (tmp_path / "out").read_text() == "ABC"
    programs.pipe("exit 3", "abc")
    assert "exit code 3" in said[1]
    assert "exit code" not in said[0]
