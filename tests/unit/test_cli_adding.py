"""Adding, as people and scripts do it: files, archives, pages, standard input, and what is said."""

from __future__ import annotations

import json
import signal
import subprocess
import threading
from pathlib import Path
from typing import TYPE_CHECKING

from click.testing import CliRunner, Result
from desk import PATIENCE, command, story, surroundings, write
from pages import page
from server import moved
from server import said as answered
from wire import item, rss

from reader.commands.cli import main

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pytest
    from server import Request, Server


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
    # Another stream, with other stories under the same numbers.
    others = '{"id": 1, "title": "C"}\n{"id": 2, "title": "D"}\n'
    assert run("add", "-", *at, given=others).stdout == "2 added\n"
    assert run("add", "-", *at, given=others).stdout == "2 unchanged\n"


def test_show_tells_where_an_article_came_from_and_what_it_was(tmp_path: Path) -> None:
    at = ("--library", tmp_path / "library")
    told = {"title": "Ferry runs", "url": "https://news.example/ferry", "author": "Ann Lee"}
    path = write(tmp_path, "one.json", json.dumps({**told, "body": "It runs at noon."}))
    run("add", path, *at)
    id_ = run("list", *at).stdout.split()[0]
    shown = run("show", id_, *at).stdout
    assert shown.endswith(f"by Ann Lee\nhttps://news.example/ferry\nfrom {path}\n")
    assert run("show", id_, "--earlier", *at).stdout == "It is as it came.\n"
    write(tmp_path, "one.json", json.dumps({**told, "body": "It runs at midnight."}))
    assert run("add", path, *at).stdout == "1 updated\n"
    assert "midnight" in run("show", id_, *at).stdout
    earlier = run("show", id_, "--earlier", *at).stdout
    assert earlier.startswith("Until ")
    assert "noon" in earlier
    assert "midnight" not in earlier
    assert run("show", id_, "--earlier", "--raw", *at).exit_code == 2


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


# --- addresses ------------------------------------------------------------------------------------


def test_add_takes_addresses_and_paths_and_standard_input(server: Server, tmp_path: Path) -> None:
    server.pages |= {
        "/story": answered(page(), content_type="text/html"),
        "/feed": answered(rss(item(1), item(2))),
    }
    file = write(tmp_path, "a.txt", story("ferry"))
    listed = tmp_path / "list.jsonl"
    at = ("--library", tmp_path / "library")
    login = server.url("/none").replace("//", "//ann:s3cret@")
    places = (server.url("/story"), file, "-", server.url("/feed"), login)
    ended = run("add", *places, "--report", listed, *at, given=story("windmill"))
    assert (ended.exit_code, ended.stdout) == (1, "5 added\n")
    assert ended.stderr == (
        f"{server.url('/none')}: 404 Not Found\n"
        f"{server.url('/feed')} is a feed: broadsheet subscribe goes on with it\n"
    )
    told = [json.loads(line) for line in listed.read_text().splitlines()]
    assert [one["outcome"] for one in told].count("added") == 5
    assert {"origin": server.url("/none"), "outcome": "failed", "error": "404 Not Found"} in told
    assert "s3cret" not in listed.read_text()
    ended = run("add", *places, "--json", *at, given=story("windmill"))
    assert (ended.exit_code, ended.stderr) == (1, "")
    assert json.loads(ended.stdout) == {
        "added": 0,
        "updated": 0,
        "unchanged": 5,
        "known": 0,
        "problems": [{"path": server.url("/none"), "error": "404 Not Found"}],
        "feeds": [server.url("/feed")],
    }


def test_a_file_that_is_called_like_an_address_matters_to_nobody(
    server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    write(tmp_path, f"http:/127.0.0.1:{server.port}/story", story("ferry"))
    ended = run("add", server.url("/story"), "--library", tmp_path / "library")
    assert (ended.exit_code, ended.stdout) == (1, "nothing added\n")
    assert ended.stderr == f"{server.url('/story')}: 404 Not Found\n"


def test_no_escape_sequence_of_a_server_reaches_the_terminal(
    server: Server, tmp_path: Path
) -> None:
    escapes = "\x1b]0;owned\x07\x1b[2J\u202e"
    server.pages |= {
        "/story": answered(page().replace("Harbour", f"Harbour{escapes}")),
        "/feed": answered(rss(item(1, title=f"Story{escapes}", author=f"A{escapes}"))),
        "/odd": answered(status=f"299 {escapes}"),
        "/away": moved(f"http://x{escapes}/"),
    }
    at = ("--library", tmp_path / "library")
    places = [server.url(path) for path in server.pages]
    for options in ([], ["--json"], ["--report", tmp_path / "list.jsonl"]):
        ended = run("add", *places, f"https://x{escapes}/", *options, *at)
        assert ended.exit_code == 1
        assert not set("\x1b\x07\u202e") & set(ended.output)
    for shown in (run("list", *at), run("export", *at), run("search", "harbour", *at)):
        assert not set("\x1b\x07\u202e") & set(shown.output)


def test_what_came_before_an_interruption_of_fetching_stays(server: Server, tmp_path: Path) -> None:
    asked = threading.Event()

    def never(request: Request) -> Iterator[bytes]:
        asked.set()
        return server.never(request)

    # The two are of one host: the second is asked for when the first has come.
    server.pages |= {"/story": answered(page(), content_type="text/html"), "/slow": never}
    library = tmp_path / "library"
    adding = subprocess.Popen(
        command("add", server.url("/story"), server.url("/slow"), "--library", library),
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=surroundings({}),
    )  # fmt: skip
    assert asked.wait(PATIENCE)
    while run("list", "--library", library).stdout.count("\n") < 1:
        assert adding.poll() is None
    adding.send_signal(signal.SIGINT)
    _, complaint = adding.communicate(timeout=PATIENCE)
    assert (adding.returncode, b"stopped. What came in is safe" in complaint) == (130, True)
    assert "rowing" in said("search", "rowing", "--library", library)
