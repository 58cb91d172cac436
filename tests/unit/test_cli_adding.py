"""Adding, as people and scripts do it: files, archives, pages, standard input, and what is said."""

from __future__ import annotations

import json
import signal
import subprocess
from pathlib import Path

from click.testing import CliRunner, Result
from desk import PATIENCE, command, story, surroundings, write

from reader.cli import main


def run(*arguments: str | Path, given: str | None = None) -> Result:
    return CliRunner().invoke(main, [str(one) for one in arguments], input=given)


def said(*arguments: str | Path) -> str:
    result = run(*arguments)
    assert (result.exit_code, result.stderr) == (0, ""), result.output
    return result.stdout


def test_what_came_before_an_interruption_stays(tmp_path: Path) -> None:
    """Standard input is open still when the program is interrupted."""
    library = tmp_path / "library"
    adding = subprocess.Popen(
        command("add", "-", "--library", library),
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        env=surroundings({}),
    )  # fmt: skip
    assert adding.stdin
    assert adding.stderr
    for number in range(5_000):
        told = {"id": number, "title": f"Story {number}", "body": f"It is about {number}."}
        adding.stdin.write(json.dumps(told).encode() + b"\n")
    adding.stdin.flush()
    while run("list", "--library", library).stdout.count("\n") < 400:
        assert adding.poll() is None
    adding.send_signal(signal.SIGINT)
    # Its standard input stays open.
    assert adding.wait(PATIENCE) == 130
    assert b"stopped. What came in is safe" in adding.stderr.read()
    adding.stdin.close()
    adding.stdin = None
    adding.communicate()
    assert said("list", "--library", library).count("\n") >= 400


def test_add_lists_what_came_of_each(tmp_path: Path) -> None:
    write(tmp_path, "news/a.txt", story("ferry"))
    write(tmp_path, "news/b.txt", story("ferry"))
    write(tmp_path, "news/c.txt", b"")
    listed = tmp_path / "list.jsonl"
    ended = run("add", tmp_path / "news", "--report", listed, "--library", tmp_path / "library")
    assert ended.exit_code == 1
    assert ended.stdout == "1 added, 1 already there from elsewhere\n"
    told = [json.loads(line) for line in listed.read_text().splitlines()]
    assert [(Path(one["origin"]).name, one["outcome"]) for one in told] == [
        ("a.txt", "added"), ("b.txt", "known"), ("c.txt", "failed"),
    ]  # fmt: skip
    assert told[0]["id"] == told[1]["id"]
    shown = said("show", told[0]["id"], "--library", tmp_path / "library")
    assert shown.endswith(f"also from {tmp_path / 'news' / 'b.txt'}\n")
    shown = said("show", told[0]["id"], "--json", "--library", tmp_path / "library")
    assert [one["alike"] for one in json.loads(shown)["places"]] == [None, "text"]
    assert told[2]["error"] == "is empty"


def test_add_reads_standard_input(tmp_path: Path) -> None:
    at = ("--library", tmp_path / "library")
    lines = '{"id": 1, "title": "A"}\n{"id": 2, "title": "B"}\n'
    for given, came in ((story("ferry"), 1), (story("quarry"), 1), (lines, 2)):
        assert run("add", "-", *at, given=given).stdout == f"{came} added\n"
    assert run("add", "-", *at, given=story("ferry")).stdout == "1 unchanged\n"


def test_add_takes_a_web_page_with_its_key_points(tmp_path: Path) -> None:
    prose = "".join(
        f"<p>The council met on day {day} to talk about the ferry again.</p>" for day in range(20)
    )
    page = (
        "<!doctype html><html lang=en><head><title>Council at odds | The Paper</title>"
        "<meta property='og:site_name' content='The Paper'></head>"
        "<body><nav><a href=/>Home</a></nav><article><h1>Council at odds</h1>"
        "<div class='key-points'><h2>Key Points</h2><ul><li>Nothing agreed</li>"
        f"<li>Next meeting in May</li></ul></div>{prose}</article></body>"
    )
    path = write(tmp_path, "page.html", page)
    assert said("add", path, "--library", tmp_path / "library") == "1 added\n"
    (line,) = said("export", "--library", tmp_path / "library").splitlines()
    told = json.loads(line)
    assert (told["title"], told["source"]) == ("Council at odds", "The Paper")
    assert told["key_points"]["points"] == ["Nothing agreed", "Next meeting in May"]
    assert len(told["blocks"]) == 20
