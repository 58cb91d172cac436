"""``python -m benchmarks.typing``: lines typed letter by letter, and what is said of the times."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from desk import CHECKOUT, PATIENCE, surroundings, write

from benchmarks.timing import percentile, summary, timed
from benchmarks.typing import main, type_lines
from index.library import Library

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("times", "share", "expected"),
    [
        ([5.0], 0.95, 5.0),
        ([3.0, 1.0, 2.0, 4.0], 0.5, 2.0),
        ([float(n) for n in range(1, 101)], 0.95, 95.0),
        ([float(n) for n in range(100, 0, -1)], 0.99, 99.0),
        ([float(n) for n in range(1, 20)], 0.95, 19.0),
        ([2.0, 1.0], 0.0, 1.0),
        ([2.0, 1.0], 1.0, 2.0),
    ],
)
def test_a_percentile_is_a_time_that_was_taken(
    times: list[float], share: float, expected: float
) -> None:
    assert percentile(times, share) == expected


def test_many_times_are_summed_up() -> None:
    told = summary([float(n) for n in range(1, 201)])
    assert (told.count, told.median, told.p95, told.p99) == (200, 100.5, 190.0, 198.0)


def test_what_is_timed_comes_back() -> None:
    took, returned = timed(max, 3, 8)
    assert returned == 8
    assert took > 0


def test_each_prefix_of_each_line_is_asked(library: Library) -> None:
    keystrokes = type_lines(library, ["tal", "kö"])
    assert [keystroke.query for keystroke in keystrokes] == ["t", "ta", "tal", "k", "kö"]


def test_the_library_is_asked_as_the_screen_asks(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[tuple[str, dict[str, object]]] = []
    search = library.search

    def listen(query: str, **how: object) -> object:
        asked.append((query, how))
        return search(query, **how)  # type: ignore[arg-type]

    monkeypatch.setattr(library, "search", listen)
    type_lines(library, ["tal"])
    assert asked == [(query, {"typing": True}) for query in ("t", "ta", "tal")]


def test_a_query_that_is_not_understood_is_an_answer_too(library: Library) -> None:
    assert len(type_lines(library, ["titel:x y"])) == 9


def test_it_tells_four_figures_and_the_slowest_query(
    library: Library, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = write(tmp_path, "lines.txt", "taliban\n\nfinal warning\n")
    main(["--library", str(library.folder), "--lines", str(lines)])
    told = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in told] == ["count", "median", "p95", "p99", "slowest"]
    assert told[0].split()[1] == str(len("taliban") + len("final warning"))


def test_json_has_the_figures_under_their_names(
    library: Library, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = write(tmp_path, "lines.txt", "talks in Istanbul")
    main(["--library", str(library.folder), "--lines", str(lines), "--json"])
    told = json.loads(capsys.readouterr().out)
    assert told["count"] == len("talks in Istanbul")
    assert 0 < told["median"] <= told["p95"] <= told["p99"] <= told["slowest"]["took"]
    assert "talks in Istanbul".startswith(told["slowest"]["query"])


def test_it_is_run_as_a_module(library: Library, tmp_path: Path) -> None:
    lines = write(tmp_path, "lines.txt", "tal")
    command = ["-m", "benchmarks.typing", "--library", str(library.folder), "--json"]
    ended = subprocess.run(
        [sys.executable, *command, "--lines", lines],
        capture_output=True,
        cwd=CHECKOUT,
        env=surroundings({}),
        timeout=PATIENCE,
    )
    assert ended.returncode == 0, ended.stderr
    assert json.loads(ended.stdout)["count"] == 3


@pytest.mark.parametrize(
    ("library", "content", "reason"),
    [
        ("nowhere", b"a", "no library"),
        ("there", b"\n \n", "no lines"),
        ("there", b"\xff", "cannot be read"),
        ("there", None, "cannot be read"),
    ],
)
def test_what_cannot_be_typed_is_told(
    library: str,
    content: bytes | None,
    reason: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    Library(tmp_path / "there").close()
    lines = tmp_path / "lines.txt"
    if content is not None:
        lines.write_bytes(content)
    with pytest.raises(SystemExit) as end:
        main(["--library", str(tmp_path / library), "--lines", str(lines)])
    assert end.value.code == 2
    assert reason in capsys.readouterr().err
    assert not (tmp_path / "nowhere").exists()
