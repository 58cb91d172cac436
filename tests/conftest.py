"""What all tests stand on: a fixed place and time, folders of their own, the five samples."""

from __future__ import annotations

import os
import shutil
import socket
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import settings
from server import Server

from index.feeds.trust import is_private
from index.library import Library

if TYPE_CHECKING:
    from collections.abc import Iterator

# How long an example takes says more of the machine than of what is tested.
settings.register_profile("broadsheet", deadline=None)
settings.load_profile("broadsheet")

SEEDS = Path(__file__).parent.parent / "seeds"

_FIXED = {
    "TZ": "UTC",
    "LC_ALL": "C.UTF-8",
    "COLORTERM": "truecolor",
    "TERM": "xterm-256color",
    "TEXTUAL_ANIMATIONS": "none",
}

_ABSENT = (
    "NO_COLOR", "TMUX", "DISPLAY", "WAYLAND_DISPLAY", "SSH_CONNECTION", "BROWSER",
    "BROADSHEET_LIBRARY", "BROADSHEET_CONFIG",
)  # fmt: skip

# Textual reads some of them when it is imported.
os.environ.update(_FIXED)
time.tzset()


@pytest.fixture(autouse=True)
def _own_surroundings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep whoever runs the tests out of them: no settings, no clipboard, no browser."""
    for name, value in _FIXED.items():
        monkeypatch.setenv(name, value)
    for name in _ABSENT:
        monkeypatch.delenv(name, raising=False)
    for kind in ("DATA", "CACHE", "CONFIG", "STATE"):
        monkeypatch.setenv(f"XDG_{kind}_HOME", str(tmp_path / "home" / kind.lower()))
    monkeypatch.setenv("HOME", str(tmp_path / "home"))


@pytest.fixture
def seeds() -> Path:
    """The folder of the sample articles."""
    return SEEDS


@pytest.fixture(scope="session")
def _filled_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library that has the samples, made once.

    Articles without a date are listed by their ids, which come from their paths: here these are
    the same on every machine.
    """
    folder = tmp_path_factory.mktemp("samples") / "library"
    library = Library(folder)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("index.reading.origin_of", lambda path: f"/seeds/{Path(path).name}")
        library.mirror([SEEDS])
    library.close()
    return folder


@pytest.fixture
def library(_filled_folder: Path, tmp_path: Path) -> Iterator[Library]:
    """A library of the five samples."""
    shutil.copytree(_filled_folder, tmp_path / "library")
    library = Library(tmp_path / "library")
    yield library
    library.close()


@pytest.fixture
def empty_library(tmp_path: Path) -> Iterator[Library]:
    """A library without articles."""
    library = Library(tmp_path / "empty")
    yield library
    library.close()


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    """A web server on this machine, which is asked without a proxy."""
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    with Server() as server:
        yield server


@pytest.fixture
def names(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have all hosts that end in ``.example`` on this machine, and look up no others."""
    look_up = socket.getaddrinfo

    def fake(host: str, port: int, *_: Any, **__: Any) -> Any:
        here = {"localhost": "127.0.0.2", "evil.example": "127.0.0.2"}
        host = here.get(host, "127.0.0.1" if host.endswith(".example") else host)
        return look_up(host, port, type=socket.SOCK_STREAM, flags=socket.AI_NUMERICHOST)

    monkeypatch.setattr("socket.getaddrinfo", fake)


@pytest.fixture
def public(names: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Take 127.0.0.1 for an address somewhere on the web."""
    for module in ("connections", "fetching"):
        monkeypatch.setattr(
            f"index.feeds.{module}.is_private", lambda ip: ip != "127.0.0.1" and is_private(ip)
        )
