"""A server of made-up feeds on many loopback addresses, in a process of its own.

``python -m benchmarks.intake.feed_server HOSTS FEEDS`` prints the addresses of the feeds as JSON,
and ends with its input. Each feed has two versions: a line of input makes the second the current.
"""

from __future__ import annotations

import asyncio
import gzip
import json
import random
import subprocess
import sys
from contextlib import contextmanager
from functools import lru_cache
from itertools import product
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ITEMS, NEW_ITEMS = 25, 3
"""Articles of a feed, and how many of them are new in its second version."""

_MEDIAN_WORDS = 300
_WORDS = tuple(
    map("".join, product("bdfgklmnprstvz", "aeiou", ("nd", "r", "st", "l", "ck"), "aeo", "nrst"))
)
"""Some thousands of words; the first are in nearly every story, the last in hardly any."""

_WEIGHTS = tuple(1 / place for place in range(2, len(_WORDS) + 2))

_FEED = (
    '<?xml version="1.0" encoding="utf-8"?><rss version="2.0"'
    ' xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>'
    "<title>The {name} Post</title><link>https://{name}.example/</link>{items}</channel></rss>"
)
_ITEM = (
    "<item><guid>{name}-{number}</guid><title>{title}</title>"
    "<link>https://{name}.example/story/{number}</link>"
    "<pubDate>Wed, 25 Nov 2026 {hour:02}:{minute:02}:00 GMT</pubDate>"
    "<content:encoded><![CDATA[{story}]]></content:encoded></item>"
)


@lru_cache(maxsize=4096)
def feed(place: int, version: int) -> bytes:
    """Return a version of a feed; a later one begins with new articles, and drops as many."""
    first = version * NEW_ITEMS
    items = "".join(_item(place, number) for number in reversed(range(first, first + ITEMS)))
    return _FEED.format(name=f"number{place}", items=items).encode()


def _item(place: int, number: int) -> str:
    chance = random.Random(1000 * place + number)
    length = round(_MEDIAN_WORDS * chance.lognormvariate(0, 0.5))
    words = chance.choices(_WORDS, _WEIGHTS, k=length + 8)
    paragraphs = (words[start : start + 60] for start in range(8, len(words), 60))
    return _ITEM.format(
        name=f"number{place}",
        number=number,
        title=" ".join(words[:8]).capitalize(),
        hour=number % 24,
        minute=place % 60,
        story="".join(
            f'<p>{" ".join(one[:-1])} <a href="/more/{number}">{one[-1]}</a>.</p>'
            for one in paragraphs
        ),
    )


@contextmanager
def serving(hosts: int, feeds: int) -> Iterator[tuple[list[str], Callable[[], None]]]:
    """Serve so many feeds; give their addresses, and what makes the second version current."""
    words = [sys.executable, "-m", "benchmarks.intake.feed_server", str(hosts), str(feeds)]
    with subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        if process.stdin is None or process.stdout is None:
            raise RuntimeError("The server has no pipes.")
        stdin = process.stdin

        def change() -> None:
            stdin.write(b"\n")
            stdin.flush()

        try:
            yield json.loads(process.stdout.readline()), change
        finally:
            stdin.close()


class _Server:
    def __init__(self) -> None:
        self.version = 0

    async def answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer requests on one connection, until the client has enough."""
        while request := await reader.readline():
            etag = f'"{self.version}"'
            known = False
            while (line := (await reader.readline()).strip()) and line:
                name, _, value = line.decode("latin-1").partition(":")
                known |= name.lower() == "if-none-match" and value.strip() == etag
            place = int(request.split()[1].strip(b"/"))
            body = b"" if known else gzip.compress(feed(place, self.version), 6)
            status = "304 Not Modified" if known else "200 OK"
            writer.write(
                f"HTTP/1.1 {status}\r\nETag: {etag}\r\nContent-Type: application/rss+xml\r\n"
                f"Content-Encoding: gzip\r\nContent-Length: {len(body)}\r\n\r\n".encode()
                + body
            )
            await writer.drain()
        writer.close()


async def main(hosts: int, feeds: int) -> None:
    """Serve until the input ends."""
    served = _Server()
    names = [f"127.0.{1 + number // 250}.{1 + number % 250}" for number in range(hosts)]
    server = await asyncio.start_server(served.answer, names, 0)
    places = [socket.getsockname()[:2] for socket in server.sockets]
    addresses = [
        f"http://{places[place % hosts][0]}:{places[place % hosts][1]}/{place}"
        for place in range(feeds)
    ]
    # Made before anything is measured.
    for place, version in product(range(feeds), (0, 1)):
        feed(place, version)
    sys.stdout.write(json.dumps(addresses) + "\n")
    sys.stdout.flush()
    while await asyncio.to_thread(sys.stdin.readline):
        served.version = 1
    server.close()


if __name__ == "__main__":
    asyncio.run(main(*map(int, sys.argv[1:])))
