"""Which links leave the terminal, and how."""

from __future__ import annotations

import subprocess
import webbrowser
from typing import Any

import pytest

from reader import browser


@pytest.mark.parametrize(
    "url",
    [
        "https://example.org",
        "http://example.org/a?b=c#d",
        "https://user@example.org:8080/",
        "https://مثال.example/خبر",
    ],
)
def test_addresses_of_the_web_are_safe(url: str) -> None:
    assert browser.safe_link(url) == url


@pytest.mark.parametrize(
    "url",
    [
        None,
        "",
        "file:///etc/passwd",
        "javascript:alert(1)",
        "data:text/html,x",
        "ftp://example.org",
        "example.org",
        "https://",
        "https:///path",
        "https://[half",
        "https://example.org/a b",
        "https://example.org/\x1b]2;owned\x07",
        "https://example.org/\u202egpj.exe",
        "https://example.org/\n--option",
        "--help",
        " https://example.org",
    ],
)
def test_everything_else_is_not(url: str | None) -> None:
    assert browser.safe_link(url) is None


class Window:
    """A browser with a window."""

    name = "firefox"


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """What was started instead of a browser."""
    calls: list[Any] = []
    monkeypatch.setattr(webbrowser, "get", Window)
    monkeypatch.setattr(subprocess, "Popen", lambda command, **how: calls.append((command, how)))
    return calls


def test_a_browser_is_started_away_from_our_screen(started: list[Any]) -> None:
    browser.open_link("https://example.org")
    ((command, how),) = started
    assert command[-1] == "https://example.org"
    assert {how["stdin"], how["stdout"], how["stderr"]} == {subprocess.DEVNULL}
    assert how["start_new_session"]


def test_an_unsafe_link_is_never_opened(started: list[Any]) -> None:
    with pytest.raises(browser.CannotOpenError, match="not a link"):
        browser.open_link("file:///etc/passwd")
    assert not started


@pytest.mark.parametrize("name", ["lynx", "/usr/bin/w3m"])
def test_a_browser_without_a_window_would_draw_over_the_reader(
    name: str, started: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Window, "name", name)
    with pytest.raises(browser.CannotOpenError, match="y copies the link"):
        browser.open_link("https://example.org")
    assert not started


def test_without_any_browser_it_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    def no_browser() -> None:
        raise webbrowser.Error("none")

    monkeypatch.setattr(webbrowser, "get", no_browser)
    with pytest.raises(browser.CannotOpenError, match="No browser"):
        browser.open_link("https://example.org")


def test_a_browser_that_cannot_be_started_is_named_as_the_reason(
    started: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(12, "Cannot allocate memory")

    monkeypatch.setattr(subprocess, "Popen", refuse)
    with pytest.raises(browser.CannotOpenError, match="Cannot allocate memory"):
        browser.open_link("https://example.org")
