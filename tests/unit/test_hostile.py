"""Hostile input in every format: nothing crashes, hangs, fills the memory or steers a terminal."""

from __future__ import annotations

import io
import json
import os
import random
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from benchmarks.intake import hostile, supervised
from benchmarks.intake.endless import endless
from benchmarks.intake.mutations import LARGEST, mutated
from benchmarks.intake.samples import ADDRESS, TEXT, TITLE, packed, samples
from benchmarks.intake.supervised import Case, NotHarmlessError, Supervised, read
from index.errors import UnreadableError
from index.intake import parse
from index.intake.files import TEXT_LIMIT
from index.intake.unpack import unpack

if TYPE_CHECKING:
    from collections.abc import Iterator

    from index.article import Article

HARM = {
    "title": "\x1b]0;owned\x07",
    "clipboard": "\x1b]52;c;b3duZWQ=\x1b\\",
    "colour": "\x1b[31m\x9b1m",
    "without end": "\x1b]2;",
    "escape": "\x1b",
    "controls": "\x01\x07\x08\x0c\x7f\x85",
    "NUL": "\x00",
    "bidi": "\u202e\u2066\u200b\ufeff",
    "tags": "\U000e0041",
    "half a character": "\ud83d",
}
NAMES = [case.name for case in samples()]

PACKED = ("all.", "story.txt.")

by_name = pytest.mark.parametrize("name", NAMES)


def sample(name: str, title: str, text: str, address: str = ADDRESS) -> Case:
    return next(case for case in samples(title, text, address) if case.name == name)


def articles(case: Case) -> Iterator[Article]:
    for found in unpack(io.BytesIO(case.raw), case.name, len(case.raw)):
        if not isinstance(found, UnreadableError):
            yield parse(found.raw, found.origin)


# --- whatever the format --------------------------------------------------------------------------


@by_name
def test_the_samples_are_read(name: str) -> None:
    found = list(articles(sample(name, TITLE, TEXT)))
    assert bool(found) is (name != "list.opml")
    assert all(TITLE in article.title for article in found)
    assert all("Talks go on" in article.model_dump_json() for article in found)


@by_name
@pytest.mark.parametrize("harm", HARM.values(), ids=HARM)
def test_no_field_steers_a_terminal(name: str, harm: str) -> None:
    title, text = TITLE.replace(" ", f" {harm}", 1), TEXT.replace(" ", f"{harm} ")
    address = ADDRESS.replace("ferry", f"fer{harm}ry")
    for case in (sample(name, title, text, address), sample(name, harm, harm, harm)):
        read(case)


@by_name
@pytest.mark.parametrize("harm", [HARM["title"], HARM["colour"], HARM["bidi"]])
def test_what_is_harmless_beside_it_stays(name: str, harm: str) -> None:
    title, text = TITLE.replace(" ", f"{harm} ", 1), TEXT.replace("Monday", f"Mon{harm}day")
    for article in articles(sample(name, title, text)):
        assert "Monday" in article.model_dump_json()


@pytest.mark.parametrize(
    "name", [name for name in NAMES if not name.startswith(("all", "story.txt."))]
)
@pytest.mark.parametrize(
    "text",
    ["x" * 500_000, "word " * 20_000, "." * 100_000, "a@." * 20_000, "- " * 20_000, ">" * 20_000,
     "[" * 20_000, "*_`" * 10_000, "<" * 20_000, "&" * 20_000, "\n" * 50_000, "\r" * 50_000,
     "\u0300" * 20_000, "=" * 20_000, '"\\' * 10_000],
    ids=["line", "words", "stops", "at", "bullets", "quotes", "brackets", "marks", "angles", "ands",
         "line ends", "returns", "accents", "equals", "strings"],
)  # fmt: skip
def test_a_text_without_end_ends(name: str, text: str) -> None:
    read(sample(name, TITLE, f"{TEXT}\n\n{text}"))
    read(sample(name, text, TEXT))


BOMB = '<!DOCTYPE html [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
OUTSIDE = '<!DOCTYPE html [<!ENTITY b SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize("head", [BOMB, OUTSIDE])
@pytest.mark.parametrize("name", ["page.html", "feed.rss", "feed.atom", "feed.rdf", "list.opml"])
def test_entities_stand_for_nothing(name: str, head: str) -> None:
    raw = sample(name, TITLE, TEXT).raw.decode().replace("ISTANBUL", "&b;&b;&b;ISTANBUL")
    raw = raw.replace("<!DOCTYPE html>", "").replace("truce", "&b;")
    case = Case(name, head.encode() + raw.encode())
    read(case)
    found = " ".join(article.model_dump_json() for article in articles(case))
    assert "lol" not in found
    assert "root:" not in found


def test_what_is_said_again_and_again_ends() -> None:
    # What takes the square of the time takes minutes for each of these.
    with Supervised(patience=60) as process:
        failed = {what: list(process.failures(case)) for what, case in endless()}
        assert {what: failures for what, failures in failed.items() if failures} == {}


# --- looking for more -----------------------------------------------------------------------------


def test_a_few_hundred_hostile_inputs() -> None:
    cases = list(samples())
    # The machine that runs tests may be slow: what takes long is found by the command.
    with Supervised(patience=60) as process:
        found = hostile.fuzz(cases, 2026, range(400), process)
        assert [failure for _, failure in found if failure] == []


def test_mutations_are_the_same_for_the_same_seed() -> None:
    cases = list(samples())
    first = [mutated(cases, 7, number) for number in range(50)]
    assert first == [mutated(cases, 7, number) for number in range(50)]
    assert first != [mutated(cases, 8, number) for number in range(50)]
    assert all(len(case.raw) <= LARGEST for case in first if "all." not in case.name)


def _misbehave(case: Case) -> None:
    match case.name:
        case "crash":
            raise KeyError("ferry")
        case "harm":
            supervised.require_harmless({"a": [{"b": "\x1b"}]})
        case "hang":
            time.sleep(60)
        case "end":
            os._exit(3)
        case "memory":
            held = bytearray(supervised.MEMORY)
            held[::4096] = b"x" * len(held[::4096])
        case "bomb":
            raise MemoryError


@pytest.mark.parametrize(
    ("name", "kind", "told"),
    [("crash", "crash", "KeyError: 'ferry'"), ("harm", "crash", "in .a.b"),
     ("hang", "hang", "_misbehave"), ("end", "crash", "ended by itself: 3"),
     ("memory", "memory", " MB."), ("bomb", "memory", "all the memory")],
)  # fmt: skip
def test_what_misbehaves_is_noticed_and_the_next_is_read(name: str, kind: str, told: str) -> None:
    with Supervised(_misbehave, patience=3 if name == "hang" else 60) as process:
        [failure] = process.failures(Case(name, b""))
        assert (failure.kind, told in failure.told) == (kind, True)
        assert list(process.failures(Case("well", b""))) == []


def test_harm_is_noticed_in_every_corner() -> None:
    supervised.require_harmless({"a": ["b", ("c", None, 7)]})
    with pytest.raises(NotHarmlessError):
        supervised.require_harmless({"a": ["b", ("c", "\u202e")]})


def test_the_command_keeps_what_failed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    class Failing:
        def __enter__(self) -> Failing:
            return self

        def __exit__(self, *_: object) -> None: ...

        def failures(self, case: Case) -> Iterator[supervised.Failure]:
            yield supervised.Failure("crash", case, "Traceback\nKeyError")

    monkeypatch.setattr(hostile, "Supervised", Failing)
    monkeypatch.delenv("BROADSHEET_CORPORA", raising=False)
    assert hostile.main(["--minutes", "0", "--seed", "3", "--keep", str(tmp_path / "kept")]) == 1
    [kept] = (tmp_path / "kept").iterdir()
    assert kept.read_bytes() == mutated(list(samples()), 3, 0).raw
    assert "seed 3: 1 inputs" in capsys.readouterr().out


# --- the collections ------------------------------------------------------------------------------


def test_figures_count_what_is_in_the_collections(tmp_path: Path) -> None:
    strings = tmp_path / "adversarial" / "blns" / "blns.json"
    strings.parent.mkdir(parents=True)
    strings.write_text(json.dumps(["\x1b[2J %s {0}"]))
    (strings.parent / "blns.txt").write_text("a")
    (tmp_path / "opml").mkdir()
    (tmp_path / "opml" / "lists.tar.gz").write_bytes(
        next(packed(sample("all.tar", TITLE, TEXT))).raw
    )
    figures = {figure.what: figure for figure in hostile.figures(tmp_path)}
    assert figures["naughty strings in all formats"].data == f"{len(NAMES)} files"
    assert figures["lists of feeds, most of them broken"].data == f"{len(NAMES) - 6} files"
    assert figures["feeds, broken and whole"].data == "0 files"
    assert {figure.measured for figure in figures.values()} == {
        "0 crash, 0 take over 5 s, 0 take over 500 MB"
    }


@pytest.mark.skipif("BROADSHEET_CORPORA" not in os.environ, reason="BROADSHEET_CORPORA is not set")
def test_real_samples_are_the_same_for_the_same_seed() -> None:
    folder = Path(os.environ["BROADSHEET_CORPORA"])
    chosen = [hostile.real_samples(folder, random.Random(1)) for _ in range(2)]
    assert chosen[0] == chosen[1] != []


@pytest.mark.parametrize("name", ["long.txt", "long.md", "long.json", "long.html", "long.eml"])
def test_a_text_that_is_longer_than_any_is_refused_before_much_is_made_of_it(name: str) -> None:
    words = "words without end " * (TEXT_LIMIT // 18 + 1)
    starts = {
        "long.txt": "Title\n\n",
        "long.md": "# Title\n\n",
        "long.json": '{"title": "Title", "body": "',
        "long.html": "<!doctype html><html><body><p>",
        "long.eml": "From: a@b.example\nSubject: Title\nDate: Wed, 25 Nov 2026 10:00:00 GMT\n\n",
    }
    ends = {"long.json": '"}', "long.html": "</p></body></html>"}
    raw = f"{starts[name]}{words}{ends.get(name, '')}".encode()
    with pytest.raises(UnreadableError, match="more text than the limit of 10 MB"):
        parse(raw, name)
