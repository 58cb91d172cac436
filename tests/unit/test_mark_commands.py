"""What the reader noted on articles, on the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from desk import story, write

from index.highlights import anchor_in
from index.library import Library
from reader.commands.cli import main

At = tuple[str | Path, ...]


def said(*arguments: str | Path) -> str:
    result = CliRunner().invoke(main, list(map(str, arguments)))
    assert result.exit_code == 0, result.output
    return result.stdout


@pytest.fixture
def at(tmp_path: Path) -> At:
    at = ("--library", tmp_path / "library")
    said("add", write(tmp_path, "a.txt", story("ferry")), *at)
    said("add", write(tmp_path, "b.txt", story("windmill")), *at)
    return at


def id_of(word: str, at: At) -> str:
    return str(json.loads(said("search", word, "--json", *at))["hits"][0]["id"])


def test_tags_are_given_and_taken_away(at: At) -> None:
    ferry, mill = id_of("ferry", at), id_of("windmill", at)
    assert said("tag", *at) == ""
    assert said("tag", ferry, mill, "+war", "+long reads", *at).count("#long reads  #war") == 2
    assert said("tag", mill, "-WAR", "--json", *at) == (
        json.dumps({"id": mill, "tags": ["long reads"]}) + "\n"
    )
    assert said("tag", *at) == "#long reads  2 articles\n#war  1 article\n"
    assert json.loads(said("tag", "--json", *at).splitlines()[1]) == {"tag": "war", "articles": 1}
    assert "#long reads · " in said("search", "tag:war", *at)
    assert json.loads(said("show", ferry, "--json", *at))["marks"] == {
        "read": False,
        "starred": False,
        "tags": ["long reads", "war"],
    }
    assert json.loads(said("export", "tag:war", *at))["marks"]["tags"] == ["long reads", "war"]
    assert said("tag", ferry[:6], *at).endswith("#long reads  #war\n")


def test_highlights_and_notes_are_listed_and_exported(at: At, tmp_path: Path) -> None:
    assert said("notes", *at) == ""
    ferry, mill = id_of("ferry", at), id_of("windmill", at)
    library = Library(tmp_path / "library")
    for id_, note in ((ferry, "Who said [so]?"), (mill, "")):
        article = library.article(id_)
        kept = anchor_in(article, (0, len(article.title)))
        assert kept is not None
        library.highlights.add(id_, kept, note)
    library.close()
    told = said("notes", "ferry", *at)
    assert told.splitlines()[:2] == [
        "“Council at odds over the ferry”",
        "    ✎ Who said [so]?",
    ]
    assert ferry in told
    assert mill not in told
    listed = [json.loads(line) for line in said("notes", "--json", *at).splitlines()]
    assert [one["id"] for one in listed] == [mill, ferry]
    assert listed[1]["span"] == [0, len(listed[1]["quote"])]
    exported = json.loads(said("export", "has:note", *at))
    assert exported["highlights"] == [
        {name: listed[1][name] for name in ("quote", "note", "made", "span")}
    ]
    assert "windmill" in said("search", "has:highlight -has:note", *at)
    write(tmp_path, "a.txt", "Rain is here\n\n" + "Nothing else is to be told today. " * 9)
    said("add", tmp_path / "a.txt", *at)
    assert said("notes", "has:note", *at).startswith("No longer in the text: “Council at odds")
