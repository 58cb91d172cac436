"""The screen opens on a terminal that can show it, and nowhere else."""

from __future__ import annotations

import io
import sys

import pytest

from reader.terminal import reason_against_screen


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def on_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("stdin", "stdout", "stderr"):
        monkeypatch.setattr(sys, name, Terminal())


def test_on_a_terminal_nothing_is_against_it(monkeypatch: pytest.MonkeyPatch) -> None:
    on_a_terminal(monkeypatch)
    assert reason_against_screen() is None


@pytest.mark.parametrize("name", ["stdin", "stdout", "stderr"])
@pytest.mark.parametrize("stream", [io.StringIO(), None])
def test_a_stream_that_is_no_terminal_or_closed_is_against_it(
    monkeypatch: pytest.MonkeyPatch, name: str, stream: io.StringIO | None
) -> None:
    on_a_terminal(monkeypatch)
    monkeypatch.setattr(sys, name, stream)
    assert "needs a terminal" in (reason_against_screen() or "")


@pytest.mark.parametrize("kind", ["", "dumb"])
def test_a_terminal_without_a_screen_is_against_it(
    monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    on_a_terminal(monkeypatch)
    monkeypatch.setenv("TERM", kind)
    assert f"TERM={kind}" in (reason_against_screen() or "")


def test_the_reason_tells_what_to_do_instead(monkeypatch: pytest.MonkeyPatch) -> None:
    on_a_terminal(monkeypatch)
    monkeypatch.setenv("TERM", "dumb")
    assert "broadsheet search QUERY" in (reason_against_screen() or "")
