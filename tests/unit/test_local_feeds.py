"""Feeds that are files or commands: read within limits, and nothing left behind."""

from __future__ import annotations

import os
import shlex
import sys
import threading
from typing import TYPE_CHECKING, Any

import pytest
from desk import write

from index.feeds.asking import Asked, Failed, Fetched, Limits
from index.feeds.rounds import Rounds

if TYPE_CHECKING:
    from pathlib import Path

    from index.feeds.asking import Answer

LIMITS = Limits(total=20, feed_bytes=1000)


def ask(address: str, limits: Limits = LIMITS) -> Answer:
    with Rounds(limits) as rounds:
        rounds.ask([Asked(address, address, typed=True)])
        [answer] = [answer for answer in rounds.answers() if answer is not None]
    return answer


def came(address: str) -> bytes | None:
    answer = ask(address)
    assert isinstance(answer, Fetched), answer
    return answer.raw


def why(address: str, **limits: Any) -> str:
    answer = ask(address, LIMITS._replace(**limits))
    assert isinstance(answer, Failed), answer
    return answer.reason


def python(source: str) -> str:
    """Return the address of what Python prints."""
    return "exec:" + shlex.join([sys.executable, "-c", source])


def test_a_file_is_read(tmp_path: Path) -> None:
    assert came(write(tmp_path, "a b ü.xml", "<rss/>").as_uri()) == b"<rss/>"
    assert came(write(tmp_path, "all", "x" * 1000).as_uri()) == b"x" * 1000


def test_a_file_that_cannot_be_read_is_said_why(tmp_path: Path) -> None:
    assert why((tmp_path / "no").as_uri()) == "it cannot be read: no such file or folder"
    assert why(tmp_path.as_uri()) == "it cannot be read: is a folder"
    large = write(tmp_path, "large", "x" * 1001)
    assert why(large.as_uri()) == "it is larger than the limit of 1 MB"
    os.mkfifo(tmp_path / "pipe")
    assert why((tmp_path / "pipe").as_uri()) == "it cannot be read: is a pipe, not a file"
    assert "is a device" in why("file:///dev/zero")


@pytest.mark.parametrize("asked", [{"typed": False}, {"kind": "page"}])
def test_what_the_user_did_not_type_is_neither_read_nor_run(
    tmp_path: Path, asked: dict[str, Any]
) -> None:
    secret, trace = write(tmp_path, "secret", "<rss/>"), tmp_path / "trace"
    up = "/..".join([""] * 40)
    for address in (
        secret.as_uri(), f"exec:touch {trace}", f"EXEC:touch {trace}", str(secret),
        f"HTTP://x{up}{secret}", f"httpx://x{up}{secret}", f"FILE://{secret}", f"ftp:{secret}",
    ):  # fmt: skip
        with Rounds(LIMITS) as rounds:
            rounds.ask([Asked(address, address, **{"typed": True, **asked})])
            [answer] = [answer for answer in rounds.answers() if answer is not None]
        assert isinstance(answer, Failed), answer
        assert answer.reason == "only what you typed yourself can be a file or a command"
    assert not trace.exists()


def test_what_a_command_prints_is_read() -> None:
    assert came(python("print('<rss/>')")) == b"<rss/>\n"
    assert came("exec:printf '%s' 'a  b' \"$HOME\"") == b"a  b$HOME"  # There is no shell.
    assert came("exec:cat") == b""  # There is nothing to be read.


@pytest.mark.parametrize(
    ("address", "reason"),
    [
        ("exec:no-such-command", "the command cannot be run: No such file or directory"),
        ("exec:/", "the command cannot be run: Permission denied"),
        ("exec:cat 'a", "the command's quotation marks do not match"),
        ("exec:sh -c 'exit 3'", "the command ended with 3"),
        ("exec:sh -c 'echo one >&2; echo two >&2; exit 3'", "the command ended with 3: two"),
        ("exec:sh -c 'printf \"\\033[2Jx\\n\" >&2; exit 3'", "the command ended with 3: x"),
        ("exec:sh -c 'kill -9 $$'", "the command ended with -9"),
        ("exec:yes", "it is larger than the limit of 1 MB"),
        ("exec:cat /dev/zero", "it is larger than the limit of 1 MB"),
    ],
)
def test_what_goes_wrong_with_a_command_is_said(address: str, reason: str) -> None:
    assert why(address) == reason


def test_complaints_without_end_are_not_kept() -> None:
    source = "import sys\nfor _ in range(2000): sys.stderr.write('x' * 1000)\nsys.exit(1)"
    assert len(why(python(source))) < 300


_FAMILY = """
import os, sys, time
os.mkfifo(sys.argv[1]) if not os.path.exists(sys.argv[1]) else None
if os.fork() == 0:
    os.close(1)
with open(sys.argv[1], "w") as alive:
    time.sleep(60)
"""


def family(pipe: Path) -> str:
    """Return a command of two processes that hold a pipe open for as long as they live."""
    return "exec:" + shlex.join([sys.executable, "-c", _FAMILY, str(pipe)])


def gone(pipe: Path) -> threading.Thread:
    """Return a thread that ends when nobody holds the pipe open any more."""
    os.mkfifo(pipe)
    thread = threading.Thread(target=pipe.read_bytes, daemon=True)
    thread.start()
    return thread


def test_a_command_that_takes_too_long_goes_with_all_that_it_started(tmp_path: Path) -> None:
    both = gone(tmp_path / "pipe")
    assert why(family(tmp_path / "pipe"), total=2) == "the command took longer than 2 seconds"
    both.join(20)
    assert not both.is_alive()


def test_a_command_that_is_no_longer_wanted_goes_at_once(tmp_path: Path) -> None:
    both = gone(tmp_path / "pipe")
    address = family(tmp_path / "pipe")
    with Rounds(LIMITS) as rounds:
        rounds.ask([Asked(address, address, typed=True)])
        for _ in range(10):
            assert next(rounds.answers()) is None
    both.join(20)
    assert not both.is_alive()
