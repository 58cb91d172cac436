"""The command line, as scripts and people meet it: exit codes, streams, JSON, plain text."""

from __future__ import annotations

import json
import os
import pty
import subprocess
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner, Result
from desk import PATIENCE, broadsheet, command, story, surroundings, write

from index.library import Library
from reader.commands.cli import main

if TYPE_CHECKING:
    from pathlib import Path

SEEDS_IN_ORDER = (
    "Pakistan Urges Taliban to Dismantle Terror Sanctuaries in Afghanistan",
    "Pakistan delivers ‘final warning’ to Afghan Taliban over cross-border terrorism",
)


@pytest.fixture
def folder(library: Library) -> Path:
    """The folder of a library of the five samples."""
    return library.folder


def run(*arguments: str | Path, **settings: str) -> Result:
    return CliRunner().invoke(main, [os.fspath(one) for one in arguments], env=settings)


def said(*arguments: str | Path) -> str:
    result = run(*arguments)
    assert (result.exit_code, result.stderr) == (0, ""), result.output
    return result.stdout


def parsed(*arguments: str | Path) -> Any:
    return json.loads(said(*arguments))


# --- add ------------------------------------------------------------------------------------------


def test_add_counts_what_came(tmp_path: Path, seeds: Path) -> None:
    at = ("--library", tmp_path / "library")
    assert said("add", seeds, *at) == "5 added\n"
    assert said("add", seeds, *at) == "5 unchanged\n"


def test_add_json_is_what_scripts_lean_on(tmp_path: Path, seeds: Path) -> None:
    at = ("--library", tmp_path / "library")
    nothing = tmp_path / "nothing.txt"
    assert said("add", "--json", seeds, *at) == (
        '{"added": 5, "updated": 0, "unchanged": 0, "known": 0, "problems": [], "feeds": []}\n'
    )
    result = run("add", "--json", seeds, nothing, *at)
    assert result.exit_code == 1
    assert result.stderr == ""
    assert result.stdout == (
        '{"added": 0, "updated": 0, "unchanged": 5, "known": 0, "problems": '
        f'[{{"path": "{nothing}", "error": "no such file or folder"}}], "feeds": []}}\n'
    )


def test_add_names_what_it_could_not_read_and_adds_the_others(tmp_path: Path) -> None:
    good = write(tmp_path, "good.txt", story("ferry"))
    empty = write(tmp_path, "empty.txt", b"")
    result = run("add", good, empty, "--library", tmp_path / "library")
    assert (result.exit_code, result.stdout) == (1, "1 added\n")
    assert result.stderr == f"{empty}: is empty\n"
    assert "ferry" in said("search", "ferry", "--library", tmp_path / "library")


def test_a_changed_file_is_updated_and_keeps_its_marks(tmp_path: Path) -> None:
    at = ("--library", tmp_path / "library")
    path = write(tmp_path, "a.txt", story("ferry"))
    said("add", path, *at)
    with_marks = Library(tmp_path / "library")
    with_marks.set_mark(with_marks.ids(), "starred", on=True)
    with_marks.close()
    write(tmp_path, "a.txt", story("windmill"))
    assert said("add", path, *at) == "1 updated\n"
    assert said("search", "is:starred", *at).startswith("Council at odds over the windmill\n")


# --- search ---------------------------------------------------------------------------------------


def test_search_json_is_what_scripts_lean_on(folder: Path) -> None:
    found = parsed("search", "ceasefire kabul", "--json", "--library", folder)
    assert list(found) == ["query", "total", "suggestion", "hits"]
    assert (found["query"], found["suggestion"]) == ("ceasefire kabul", None)
    assert found["total"] == len(found["hits"]) > 0
    for hit in found["hits"]:
        assert list(hit) == ["id", "title", "source", "published", "place", "score", "excerpt"]
        assert list(hit["excerpt"]) == ["field", "text", "spans"]
        assert hit["excerpt"]["field"] in ("title", "points", "body")
        assert hit["score"] > 0
        for start, end in hit["excerpt"]["spans"]:
            assert hit["excerpt"]["text"][start:end]


def test_search_json_says_null_where_nothing_is_known(folder: Path) -> None:
    found = parsed("search", "title:final", "--json", "--library", folder)
    (hit,) = found["hits"]
    assert (hit["published"], hit["source"], hit["place"]) == (None, None, "ISLAMABAD")
    (hit,) = parsed("search", "date:2025-10-09", "--json", "--library", folder)["hits"]
    assert hit["published"] == "2025-10-09"


def test_search_limits_and_sorts(folder: Path) -> None:
    at = ("--json", "--library", folder)
    some = parsed("search", "pakistan", "--limit", "2", *at)
    assert (some["total"], len(some["hits"])) == (5, 2)
    assert parsed("search", "pakistan", "--limit", "0", *at)["hits"] == []
    newest = parsed("search", "pakistan", "--sort", "newest", *at)["hits"]
    assert parsed("search", "pakistan", "--sort", "date", *at)["hits"] == newest
    oldest = parsed("search", "pakistan", "--sort", "oldest", *at)["hits"]
    assert {hit["id"] for hit in oldest} == {hit["id"] for hit in newest}
    assert run("search", "pakistan", "--sort", "length", *at).exit_code == 2
    assert newest[0]["title"] == SEEDS_IN_ORDER[0]
    assert {hit["score"] for hit in newest} == {0.0}


def test_saved_searches_are_listed_and_asked(library: Library, tmp_path: Path) -> None:
    at = ("--library", library.folder)
    assert said("searches", *at) == ""
    library.searches.save("Kabul", "taliban", "newest", "unread")
    library.searches.save("Wrong", "date:nonsense", "relevance", "all")
    library.add([write(tmp_path, "a.txt", story("A ferry", "The Taliban took a ferry."))])
    lines = said("searches", *at).splitlines()
    assert lines[:3] == [
        "Kabul  [1]  1 new · 6 unread",
        "    taliban · 6 articles · newest first · unread",
        "Wrong  [2]",
    ]
    assert "is not a date" in lines[3]
    listed = [json.loads(line) for line in said("searches", "--json", *at).splitlines()]
    assert listed[0] == {
        "name": "Kabul", "key": "1", "query": "taliban", "sort": "newest", "scope": "unread",
        "found": 6, "unread": 6, "new": 1, "error": None,
    }  # fmt: skip
    asked = parsed("search", "--saved", "kab", "--json", *at)
    assert (asked["query"], asked["total"]) == ("taliban", 6)
    for _ in range(2):
        assert parsed("search", "--saved", "Kabul", "--new", "--json", *at)["total"] == 1
    assert run("search", "--saved", "boats", *at).exit_code == 1
    for wrong in (("x", "--saved", "Kabul"), (), ("x", "--new")):
        assert run("search", *wrong, *at).exit_code == 2
    assert run("search", "--saved", "Wrong", *at).exit_code == 2


def test_finding_nothing_is_fine_and_a_like_word_is_suggested(folder: Path) -> None:
    assert said("search", "zzzzzz", "--library", folder) == "nothing found\n"
    found = parsed("search", "ceasefier", "--json", "--library", folder)
    assert (found["total"], found["suggestion"], found["hits"]) == (0, "ceasefire", [])
    assert "did you mean: ceasefire\n" in said("search", "ceasefier", "--library", folder)


def test_a_query_that_begins_with_a_minus_follows_two_of_them(folder: Path) -> None:
    without = parsed("search", "--json", "--library", folder, "--", "-istanbul")
    every = parsed("search", "--json", "--library", folder, "")
    assert 0 < without["total"] < every["total"] == 5


def test_human_output_is_plain_and_fits_80_columns(folder: Path) -> None:
    for text in (
        said("search", "pakistan", "--library", folder),
        said("show", _ids(folder)[0], "--library", folder),
    ):
        assert "\x1b" not in text
        assert max(map(len, text.splitlines()), default=0) <= 80


def test_the_end_of_a_search_says_how_much_there_is(folder: Path) -> None:
    text = said("search", "pakistan", "--limit", "2", "--library", folder)
    assert text.endswith("\n5 articles found, the first 2 shown\n")


# --- show, list, export ---------------------------------------------------------------------------


def _ids(folder: Path) -> list[str]:
    return [line.split()[0] for line in said("list", "--library", folder).splitlines()]


def test_show_json_is_what_scripts_lean_on(folder: Path) -> None:
    keys = [
        "id", "title", "title_from", "published", "place", "source", "authors", "language", "url",
        "is_teaser", "origin", "key_points", "blocks", "furniture", "words", "marks", "highlights",
        "places",
    ]  # fmt: skip
    for id_ in _ids(folder):
        shown = parsed("show", id_, "--json", "--library", folder)
        assert list(shown) == keys
        assert shown["id"] == id_
        assert shown["title_from"] in ("article", "first sentence")
        assert list(shown["key_points"]) == ["from", "heading", "points"]
        assert shown["key_points"]["from"] in ("article", "none")
        assert all(list(block) == ["kind", "text", "links"] for block in shown["blocks"])
        assert shown["words"] == sum(len(block["text"].split()) for block in shown["blocks"])


def test_show_json_tells_what_the_sample_has(folder: Path, seeds: Path) -> None:
    shown = parsed("show", _ids(folder)[0], "--json", "--library", folder)
    assert shown["published"] == "2025-10-09"
    assert shown["origin"] == f"/seeds/{next(seeds.glob('000_*')).name}"
    assert (shown["source"], shown["url"], shown["place"]) == (None, None, "ISLAMABAD")
    assert (shown["key_points"]["heading"], len(shown["key_points"]["points"])) == ("KEY POINTS", 3)


def test_show_takes_a_unique_beginning(folder: Path) -> None:
    for id_ in _ids(folder):
        assert said("show", id_[:9], "--library", folder) == said("show", id_, "--library", folder)


def test_an_id_is_found_however_its_letters_are_written(folder: Path) -> None:
    for id_ in _ids(folder):
        mistaken = id_.upper().replace("0", "O").replace("1", "i")
        assert said("show", mistaken, "--library", folder) == said("show", id_, "--library", folder)


def test_an_id_is_needed(folder: Path) -> None:
    for nothing in ("", " "):
        result = run("show", nothing, "--library", folder)
        assert result.stderr == "broadsheet: An id is needed, or the beginning of one.\n"


def test_show_raw_gives_the_bytes_back_exactly(tmp_path: Path, seeds: Path) -> None:
    at = ("--library", tmp_path / "library")
    odd = write(tmp_path, "odd.txt", b"\xff\xfeA\x00 \x00\r\x00\n\x00B\x00\r\x00")
    said("add", odd, *seeds.glob("*.txt"), *at)
    ids = _ids(tmp_path / "library")
    raws = {run("show", id_, "--raw", *at).stdout_bytes for id_ in ids}
    assert raws == {path.read_bytes() for path in (odd, *seeds.glob("*.txt"))}
    assert broadsheet("show", ids[0], "--raw", *at).stdout in raws


def test_list_has_a_line_for_each_article_newest_first(folder: Path) -> None:
    lines = said("list", "--library", folder).splitlines()
    assert len(lines) == 5
    assert lines[0].endswith(f"9 Oct 2025   {SEEDS_IN_ORDER[0]}")
    assert all("  undated      " in line for line in lines[1:])


def test_list_json_is_one_object_a_line(folder: Path) -> None:
    listed = [json.loads(line) for line in said("list", "--json", "--library", folder).splitlines()]
    assert [one["id"] for one in listed] == _ids(folder)
    assert list(listed[0]) == [
        "id", "title", "title_from", "published", "place", "source", "url", "origin", "words",
    ]  # fmt: skip


def test_export_is_show_json_line_by_line(folder: Path) -> None:
    lines = said("export", "--library", folder).splitlines(keepends=True)
    assert lines == [said("show", id_, "--json", "--library", folder) for id_ in _ids(folder)]


def test_export_of_a_query_is_what_it_finds_in_its_order(folder: Path) -> None:
    exported = said("export", "ceasefire", "--library", folder).splitlines()
    found = parsed("search", "ceasefire", "--json", "--library", folder)["hits"]
    assert [json.loads(line)["id"] for line in exported] == [hit["id"] for hit in found]
    assert len(found) > 1


# --- rebuild, verify ------------------------------------------------------------------------------


def test_verify_and_rebuild_say_how_it_stands(folder: Path) -> None:
    assert said("verify", "--library", folder) == "5 articles, all whole\n"
    (segment,) = (folder / "index").glob("*.segment")
    segment.write_bytes(segment.read_bytes()[:-1])
    result = run("verify", "--library", folder)
    assert (result.exit_code, result.stdout) == (1, "5 articles; 1 thing is wrong\n")
    assert result.stderr == f"{segment} is damaged: its end is missing.\n"
    assert said("rebuild", "--library", folder) == "5 articles indexed\n"
    assert said("verify", "--library", folder) == "5 articles, all whole\n"


def test_a_rebuilt_index_is_a_notice_on_standard_error(folder: Path) -> None:
    (folder / "index" / "manifest.json").unlink()
    result = run("search", "ceasefire", "--json", "--library", folder)
    assert result.exit_code == 0
    assert json.loads(result.stdout)["total"] > 0
    assert result.stderr == "The index is missing. It is being rebuilt.\n"


# --- which library --------------------------------------------------------------------------------


def test_the_library_is_named_before_or_behind_the_command_or_by_the_environment(
    folder: Path, tmp_path: Path
) -> None:
    expected = said("list", "--library", folder)
    assert said("--library", folder, "list") == expected
    assert run("list", BROADSHEET_LIBRARY=str(folder)).stdout == expected
    elsewhere = str(tmp_path / "elsewhere")
    assert run("list", "--library", folder, BROADSHEET_LIBRARY=elsewhere).stdout == expected
    assert said("--library", elsewhere, "list", "--library", folder) == expected
    result = run("list", BROADSHEET_LIBRARY=elsewhere)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == f"broadsheet: There is no library in {elsewhere}.\n"


READING = (["search", "a"], ["show", "a"], ["list"], ["export"], ["verify"], ["rebuild"])


@pytest.mark.parametrize("arguments", READING)
def test_a_library_that_is_named_and_not_there_is_not_made(
    arguments: list[str], tmp_path: Path
) -> None:
    folder = tmp_path / "nowhere"
    (tmp_path / "empty").mkdir()
    for named in (folder, tmp_path / "empty"):
        result = run(*arguments, "--library", named)
        assert (result.exit_code, result.stdout) == (1, "")
        assert result.stderr == f"broadsheet: There is no library in {named}.\n"
    assert run("--library", folder, *arguments).exit_code == 1
    assert run(*arguments, BROADSHEET_LIBRARY=str(folder)).exit_code == 1
    assert not folder.exists()
    assert list((tmp_path / "empty").iterdir()) == []


def test_without_a_library_in_the_platforms_folder_it_is_as_an_empty_one(tmp_path: Path) -> None:
    assert [said(*arguments) for arguments in READING if arguments[0] != "show"] == [
        "nothing found\n",
        "",
        "",
        "0 articles, all whole\n",
        "0 articles indexed\n",
    ]
    assert run("show", "a").exit_code == 2
    assert not (tmp_path / "home").exists()


def test_without_a_name_the_library_is_in_the_platforms_folder(tmp_path: Path) -> None:
    said("add", write(tmp_path, "a.txt", story("ferry")))
    assert (tmp_path / "home" / "data" / "broadsheet" / "library" / "library.db").exists()


# --- wrong usage ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "arguments",
    [
        ["nonsense"],
        ["search"],
        ["search", "a", "--limit", "-1"],
        ["search", "a", "--sort", "size"],
        ["search", "-taliban"],
        ["show"],
        ["show", "no-such-id"],
        ["show", ""],
        ["show", "0", "--json", "--raw"],
        ["show", "\udcff"],
        ["add"],
        ["search", "(a"],
        ["export", '"never closed'],
        ["search", "date:someday", "--json"],
    ],
)
def test_wrong_usage_ends_with_2_and_says_why_on_standard_error(
    folder: Path, arguments: list[str]
) -> None:
    result = run("--library", folder, *arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.strip()
    assert "Traceback" not in result.stderr


def test_the_place_of_a_fault_in_a_query_is_pointed_at(folder: Path) -> None:
    result = run("search", "日本 date:someday x", "--library", folder)
    message, query, pointer = result.stderr.splitlines()
    assert message.startswith("broadsheet: ")
    assert query == "    日本 date:someday x"
    assert pointer.index("^") == len("    ") + 5 + len("date:")


def test_an_id_that_several_articles_begin_with_is_unknown(tmp_path: Path) -> None:
    # More than there are letters, so that two begin alike.
    paths = [write(tmp_path, f"{number}.txt", story(f"ferry {number}")) for number in range(33)]
    said("add", *paths, "--library", tmp_path / "library")
    beginnings = [id_[0] for id_ in _ids(tmp_path / "library")]
    shared = next(letter for letter in beginnings if beginnings.count(letter) > 1)
    result = run("show", shared, "--library", tmp_path / "library")
    assert result.exit_code == 2
    assert "Several articles" in result.stderr


def test_a_library_that_cannot_be_opened_is_one_sentence_that_names_it(tmp_path: Path) -> None:
    write(tmp_path / "library", "library.db", b"not a database " * 99)
    for arguments in (["list"], ["search", "a"], ["add", "x"], ["verify"], ["rebuild"]):
        result = run(*arguments, "--library", tmp_path / "library")
        assert result.exit_code == 1
        assert len(result.stderr.splitlines()) == 1
        assert str(tmp_path / "library" / "library.db") in result.stderr


@pytest.mark.parametrize("arguments", [[], ["open", "somewhere"]])
def test_the_screen_is_not_opened_where_there_is_no_terminal(arguments: list[str]) -> None:
    result = run(*arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "needs a terminal" in result.stderr


# --- hostile text ---------------------------------------------------------------------------------

HOSTILE = "\x1b]0;owned\x07\x1b[2J\x9b31m\u202e"


def _is_harmless(text: str) -> bool:
    return not any(character in text for character in "\x1b\x07\x9b\u202e")


def test_nothing_hostile_reaches_the_terminal(tmp_path: Path) -> None:
    at = ("--library", tmp_path / "library")
    good = write(tmp_path, f"good{HOSTILE}.txt", f"Title{HOSTILE}\n\nWords {HOSTILE} here.\n")
    bad = write(tmp_path, f"bad{HOSTILE}", b"")
    for options in ([], ["--json"]):
        result = run("add", good, bad, *options, *at)
        assert result.exit_code == 1
        assert _is_harmless(result.output)
    assert json.loads(result.stdout)["problems"][0]["path"] == str(bad)
    assert json.loads(said("export", *at))["origin"] == str(good)
    (id_,) = _ids(tmp_path / "library")
    for arguments in (
        ["list"], ["list", "--json"], ["export"], ["show", id_], ["show", id_, "--json"],
        ["search", "words"], ["search", f"words {HOSTILE}", "--json"], ["search", f"({HOSTILE}"],
        ["show", HOSTILE], ["search", "a", "--library", f"{bad}/{HOSTILE}"],
    ):  # fmt: skip
        assert _is_harmless(run(*arguments, *at[: 0 if "--library" in arguments else 2]).output)


# --- processes of their own -----------------------------------------------------------------------


def test_answers_and_complaints_go_to_streams_of_their_own(tmp_path: Path, seeds: Path) -> None:
    at = ("--library", tmp_path / "library")
    added = broadsheet("add", seeds, tmp_path / "gone", *at)
    assert (added.returncode, added.stdout) == (1, b"5 added\n")
    assert added.stderr == f"{tmp_path / 'gone'}: no such file or folder\n".encode()
    wrong = broadsheet("search", "(a", *at)
    assert (wrong.returncode, wrong.stdout) == (2, b"")


def test_a_reader_that_has_seen_enough_ends_the_output_quietly(folder: Path) -> None:
    for arguments in (("export",), ("list",), ("search", "pakistan")):
        reading, writing = os.pipe()
        os.close(reading)
        with os.fdopen(writing, "wb") as broken:
            ended = subprocess.run(
                command(*arguments, "--library", folder),
                stdout=broken,
                stderr=subprocess.PIPE,
                env=surroundings({}),
                timeout=PATIENCE,
            )
        assert (ended.returncode, ended.stderr) == (0, b"")


@pytest.mark.parametrize("encoding", ["ascii", "latin-1"])
def test_characters_that_a_stream_cannot_carry_are_no_reason_to_stop(
    folder: Path, encoding: str
) -> None:
    for arguments in (("list",), ("search", "pakistan"), ("export",), ("search", "(日本")):
        ended = broadsheet(*arguments, "--library", folder, PYTHONIOENCODING=encoding)
        assert ended.returncode in (0, 2)
        assert b"Traceback" not in ended.stderr
        assert ended.stdout or ended.stderr


def _on_terminal(*arguments: str | Path, **settings: str) -> bytes:
    """Run the program on a terminal, and return what it wrote."""
    ours, its = pty.openpty()
    process = subprocess.Popen(
        command(*arguments), stdin=its, stdout=its, stderr=its, env=surroundings(settings)
    )
    os.close(its)
    written = b""
    try:
        while chunk := os.read(ours, 65536):
            written += chunk
    except OSError:
        pass  # Linux says so when the other side is closed.
    os.close(ours)
    assert process.wait(PATIENCE) == 0
    return written


def test_matches_are_coloured_on_a_terminal_that_wants_it(folder: Path) -> None:
    arguments = ("search", "taliban", "--library", folder)
    assert b"\x1b[33m\x1b[1mTaliban" in _on_terminal(*arguments)
    assert b"\x1b" not in _on_terminal(*arguments, NO_COLOR="1")
    assert b"\x1b" not in _on_terminal(*arguments, TERM="dumb")


def test_a_list_on_a_terminal_keeps_to_its_lines(folder: Path) -> None:
    lines = _on_terminal("list", "--library", folder).decode().splitlines()
    assert len(lines) == 5
    assert max(map(len, lines)) <= 80


def test_an_empty_list_is_explained_to_a_person_only(empty_library: Library) -> None:
    at = ("--library", empty_library.folder)
    assert said("list", *at) == ""
    assert _on_terminal("list", *at).decode() == "The library is empty: broadsheet add PATH…\r\n"
    assert _on_terminal("list", "--json", *at) == b""


def test_progress_on_a_terminal_is_wiped_away(tmp_path: Path, seeds: Path) -> None:
    written = _on_terminal("add", seeds, "--library", tmp_path / "library").decode()
    assert "indexing" in written or "reading" in written
    assert written.endswith(" \r5 added\r\n")
