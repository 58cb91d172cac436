"""Fetching from a real server, which does well and badly all that servers do."""

from __future__ import annotations

import gzip
import shutil
import socket
import ssl
import subprocess
import threading
from typing import TYPE_CHECKING, Any

import brotli  # type: ignore[import-untyped]
import httpx
import pytest
from server import Server, endless, moved, said

from index.feeds.asking import Asked, Failed, Fetched, Limits
from index.feeds.connections import REFUSED
from index.feeds.fetching import _Step
from index.feeds.rounds import Rounds

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from server import Request

    from index.feeds.asking import Answer

LIMITS = Limits(connect=5, read=5, total=10, feed_bytes=100_000, page_bytes=200_000)
SHORT = LIMITS._replace(read=0.2)
HOUR = 3600


def ask(address: str, limits: Limits = LIMITS, **asked: Any) -> Answer:
    """Fetch one thing."""
    with Rounds(limits) as rounds:
        rounds.ask([Asked(address, address, **{"typed": True, **asked})])
        [answer] = [answer for answer in rounds.answers() if answer is not None]
    return answer


def fetch(address: str, limits: Limits = LIMITS, **asked: Any) -> Fetched:
    answer = ask(address, limits, **asked)
    assert isinstance(answer, Fetched), answer
    return answer


def why(address: str, limits: Limits = LIMITS, **asked: Any) -> str:
    """Fetch what can't be had, and return the reason."""
    answer = ask(address, limits, **asked)
    assert isinstance(answer, Failed), answer
    return answer.reason


# --- what comes -----------------------------------------------------------------------------------


def test_what_comes_is_told_with_what_the_server_knows_it_by(server: Server) -> None:
    server.pages["/feed"] = said("<rss/>", etag='W/"1"', last_modified="yesterday")
    answer = fetch(server.url())
    assert (answer.raw, answer.address) == (b"<rss/>", server.url())
    assert (answer.etag, answer.last_modified) == ('W/"1"', "yesterday")
    assert (answer.content_type, answer.moved_to) == ("application/xml", None)
    assert answer.private
    [request] = server.requests
    assert request.headers["host"] == f"127.0.0.1:{server.port}"
    assert request.headers["user-agent"].startswith("Broadsheet")
    assert not {"if-none-match", "if-modified-since", "authorization"} & request.headers.keys()


def test_what_is_as_it_was_is_not_sent_again(server: Server) -> None:
    server.pages["/feed"] = said(status="304 Not Modified", etag='"2"')
    answer = fetch(server.url(), etag='"1"', last_modified="yesterday")
    assert (answer.raw, answer.etag, answer.last_modified) == (None, '"2"', "yesterday")


@pytest.mark.parametrize(
    "validator", ["\x1b[2J", "tab\there", "é", "x" * 1001, ""], ids=["escape", "tab", "é", "x", ""]
)
def test_what_could_not_be_said_again_is_not_kept(server: Server, validator: str) -> None:
    server.pages["/feed"] = said("<rss/>", etag=validator, last_modified=validator)
    answer = fetch(server.url())
    assert not answer.etag
    assert not answer.last_modified


def test_feeds_and_pages_have_limits_of_their_own(server: Server) -> None:
    server.pages["/feed"] = said(bytes(100_000))
    server.pages["/page"] = said(bytes(100_001))
    assert len(fetch(server.url()).raw or b"") == 100_000
    assert why(server.url("/page")) == "it is larger than the limit of 1 MB"
    assert len(fetch(server.url("/page"), kind="page").raw or b"") == 100_001


def test_the_limits_are_those_that_are_promised() -> None:
    megabyte = 1024 * 1024
    assert (Limits().feed_bytes, Limits().page_bytes) == (10 * megabyte, 20 * megabyte)


@pytest.mark.parametrize(
    ("encoding", "pack"), [("gzip", gzip.compress), ("br", brotli.compress), ("Identity", bytes)]
)
def test_what_comes_packed_is_unpacked(server: Server, encoding: str, pack: Any) -> None:
    server.pages["/feed"] = said(pack(b"<rss/>" * 100), content_encoding=encoding)
    assert fetch(server.url()).raw == b"<rss/>" * 100
    assert server.requests[0].headers["accept-encoding"] == "gzip, deflate, br"


def test_a_line_that_the_server_closes_is_no_failure(server: Server) -> None:
    server.pages["/feed"] = said("<rss/>")
    with Rounds(LIMITS) as rounds:
        for _ in range(20):
            rounds.ask([Asked("feed", server.url(), typed=True)])
            for answer in rounds.answers():
                assert not isinstance(answer, Failed), answer


# --- what does not --------------------------------------------------------------------------------


BROKEN = {
    "never": ("it stopped answering", None),
    "half a head": ("it hung up too early", b"HTTP/1.1 200 OK\r\nContent-"),
    "nothing": ("it hung up too early", b""),
    "no HTTP": ("its answer is no proper HTTP", b"220 mail.example ESMTP\r\n\r\n"),
    "other protocol": ("its answer is no proper HTTP", b"\x00\x01\x02" * 100),
    "headers": ("its answer is no proper HTTP", b"HTTP/1.1 200 OK\r\nno colon here\r\n\r\n"),
    "a name with a space": ("its answer is no proper HTTP", b"HTTP/1.1 200 OK\r\na b: c\r\n\r\n"),
    "two lengths": (
        "its answer is no proper HTTP",
        b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab",
    ),
    "no length": (
        "its answer is no proper HTTP",
        b"HTTP/1.1 200 OK\r\nContent-Length: many\r\n\r\nab",
    ),
    "too short": ("it hung up too early", said("<rss/>", content_length="100")),
    "no chunks": (
        "its answer is no proper HTTP",
        said("what?\r\n", content_length=None, transfer_encoding="chunked"),
    ),
    "a chunk larger than anything": (
        "it hung up too early",
        said("f" * 20 + "\r\nabc", content_length=None, transfer_encoding="chunked"),
    ),
    "a chunk of less than nothing": (
        "its answer is no proper HTTP",
        said("-1\r\nabc\r\n", content_length=None, transfer_encoding="chunked"),
    ),
    "chunks of two kinds": (
        "its answer is no proper HTTP",
        said("0\r\n\r\n", content_length=None, transfer_encoding="chunked, chunked"),
    ),
    "half the chunks": (
        "it hung up too early",
        said("3\r\nabc\r\n", content_length=None, transfer_encoding="chunked"),
    ),
    "not packed": (
        "it is damaged: it cannot be unpacked",
        said("<rss/>", content_encoding="gzip"),
    ),
    "packed by halves": (
        "it is damaged: it ends too early",
        said(gzip.compress(b"<rss/>")[:-9], content_encoding="gzip"),
    ),
    "packed otherwise": (
        "it came in a packing that was not asked for",
        said("x", content_encoding="\x1b]0;x\x07"),
    ),
    "unmodified": ("304 Not Modified", said(status="304 Not Modified")),
    "odd": ("299", said(status="299 \x1b[2JOh")),
    "not found": ("404 Not Found", said(status="404 \x1b[2Jx")),
    "error": ("500 Internal Server Error", said(status="500 x")),
    "nowhere": ("302 Found", said(status="302 Found")),
    "partly": ("206 Partial Content", said("<rss/>", status="206 Partial Content")),
}


@pytest.mark.parametrize("fault", BROKEN)
def test_each_fault_is_said_in_a_few_words(server: Server, fault: str) -> None:
    reason, page = BROKEN[fault]
    server.pages["/feed"] = server.never if page is None else page
    assert why(server.url(), SHORT) == reason


def test_more_than_was_announced_is_left(server: Server) -> None:
    server.pages["/feed"] = said("<rss/>more", content_length="6")
    assert fetch(server.url()).raw == b"<rss/>"


def test_who_sends_a_byte_now_and_then_is_left_in_the_end(server: Server) -> None:
    server.pages["/feed"] = server.drip
    assert why(server.url(), LIMITS._replace(total=0.3)) == "it took longer than 0.3 seconds"


def test_who_falls_silent_is_left(server: Server) -> None:
    server.pages["/feed"] = lambda request: (
        part for part in (said(content_length="9"), *server.never(request))
    )
    assert why(server.url(), SHORT) == "it stopped answering"


@pytest.mark.parametrize("kind", ["feed", "page"])
def test_what_never_ends_is_ended(server: Server, kind: Any) -> None:
    server.pages["/feed"] = lambda _: endless(bytes(10_000))
    assert "larger than the limit" in why(server.url(), kind=kind)


@pytest.mark.parametrize(
    ("begin", "more"),
    [
        (b"HTTP/1.1 200 OK\r\n", b"X-Same: " + b"y" * 1000 + b"\r\n"),
        (b"HTTP/1.1 200 OK\r\nX-Long: ", b"y" * 1000),
        (b"HTTP/1.1 200 ", b"OK" * 500),
        (b"", b"y" * 1000),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n", b"X-Same: yes\r\n" * 99),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1;", b"y" * 1000),
    ],
    ids=["many", "a line", "a status", "nothing", "trailers", "of a chunk"],
)
def test_headers_that_never_end_are_ended(server: Server, begin: bytes, more: bytes) -> None:
    def page(_: Request) -> Iterator[bytes]:
        yield begin
        while True:
            yield more

    server.pages["/feed"] = page
    assert why(server.url()) == "its answer is no proper HTTP"


@pytest.mark.parametrize(
    "part",
    [b"HTTP/1.1 100 Continue\r\n\r\n" * 9, b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n"],
)
def test_answers_that_only_announce_others_are_ended(server: Server, part: bytes) -> None:
    def page(_: Request) -> Iterator[bytes]:
        while True:
            yield part

    server.pages["/feed"] = page
    assert why(server.url(), LIMITS._replace(total=0.5)) == "it took longer than 0.5 seconds"


def test_who_sends_a_letter_of_its_headers_now_and_then_is_left(server: Server) -> None:
    def page(_: Request) -> Iterator[bytes]:
        yield b"HTTP/1.1 200 OK\r\nX-Slow: "
        while not server.over.wait(0.002):
            yield b"y"

    server.pages["/feed"] = page
    assert why(server.url(), LIMITS._replace(total=0.3)) == "it took longer than 0.3 seconds"


def test_chunks_of_a_byte_each_are_as_good_as_any(server: Server) -> None:
    chunks = b"".join(b"1;x=y\r\n%c\r\n" % byte for byte in b"<rss/>") + b"0\r\n\r\n"
    server.pages["/feed"] = said(chunks, content_length=None, transfer_encoding="chunked")
    assert fetch(server.url()).raw == b"<rss/>"


def test_a_little_that_unpacks_to_much_is_ended(server: Server) -> None:
    bomb = gzip.compress(bytes(1024 * 1024)) * 500
    server.pages["/feed"] = said(bomb, content_encoding="gzip")
    assert "larger than the limit" in why(server.url(), LIMITS._replace(feed_bytes=2**20))


def test_who_is_not_there_is_said_not_to_be(server: Server, names: None) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        free = other.getsockname()[1]
    assert why(f"http://127.0.0.1:{free}/") == "it cannot be reached: connection refused"
    assert why("http://nobody.invalid/") == "no host has this name"


@pytest.mark.parametrize(
    ("status", "retry_after", "date", "wait"),
    [
        ("429 Too Many Requests", "120", None, 120.0),
        ("503 Service Unavailable", "0", None, 0.0),
        (
            "503 Service Unavailable",
            "Wed, 25 Nov 2026 10:00:00 GMT",
            "Wed, 25 Nov 2026 09:00:00 GMT",
            HOUR,
        ),
        ("429 Too Many Requests", "Wed, 25 Nov 2020 10:00:00 GMT", None, 0.0),
        ("429 Too Many Requests", "9" * 400, None, 7 * 24 * HOUR),
        ("429 Too Many Requests", "soon", None, None),
        ("429 Too Many Requests", "-5", None, None),
        ("429 Too Many Requests", None, None, None),
        ("500 Internal Server Error", "120", None, None),
    ],
)
def test_who_wants_to_be_left_alone_says_so(
    server: Server, status: str, retry_after: str | None, date: str | None, wait: float | None
) -> None:
    server.pages["/feed"] = said(status=status, retry_after=retry_after, date=date)
    answer = ask(server.url())
    assert isinstance(answer, Failed)
    assert (answer.reason, answer.wait, answer.is_gone) == (status, wait, False)


def test_what_is_gone_is_gone(server: Server) -> None:
    server.pages["/feed"] = said(status="410 Gone")
    answer = ask(server.url())
    assert isinstance(answer, Failed)
    assert (answer.reason, answer.is_gone) == ("410 Gone", True)


# --- redirects ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("statuses", "for_good"),
    [
        (["301 Moved Permanently"], True),
        (["308 Permanent Redirect", "301 Moved Permanently"], True),
        (["302 Found"], False),
        (["303 See Other"], False),
        (["307 Temporary Redirect"], False),
        (["302 Found", "301 Moved Permanently"], False),
        (["301 Moved Permanently", "302 Found"], False),
    ],
)
def test_redirects_are_followed_and_those_for_good_remembered(
    server: Server, statuses: list[str], for_good: bool
) -> None:
    for place, status in enumerate(statuses):
        server.pages[f"/{place}"] = moved(f"{place + 1}?x", status)
        server.pages[f"/{place}?x"] = server.pages[f"/{place}"]
    last = f"/{len(statuses)}?x"
    server.pages[last] = said("<rss/>")
    answer = fetch(server.url("/0"))
    assert (answer.raw, answer.address) == (b"<rss/>", server.url(last))
    assert answer.moved_to == (server.url(last) if for_good else None)


def test_redirects_end(server: Server) -> None:
    server.pages["/feed"] = moved("/other")
    server.pages["/other"] = moved("/feed")
    assert why(server.url()) == "it redirects in circles"
    server.pages["/feed"] = moved("#again")
    assert why(server.url()) == "it redirects in circles"
    for number in range(20):
        server.pages[f"/{number}"] = moved(f"/{number + 1}")
    assert why(server.url("/0")) == "it redirects more than 8 times"


@pytest.mark.parametrize(
    "to",
    ["file:///etc/passwd", "ftp://news.example/", "exec:touch /tmp/x", "javascript:alert(1)",
     "data:text/xml,<rss/>", "http://0177.0.0.2/", "http://１２７.0.0.2/", "http://a:port/", "http://\x1b[2J/",
     "https://" + "x" * 3000, "gopher://127.0.0.1:70/_x"],
)  # fmt: skip
def test_redirects_stay_on_the_web(server: Server, to: str) -> None:
    server.pages["/feed"] = moved(to)
    assert why(server.url()) == "it redirects to what is no address of the web"


PRIVATE = [
    "127.0.0.2", "127.2", "0x7f.0.0.2", "0x7f000002", "2130706434", "0", "[::1]",
    "[::ffff:127.0.0.2]", "[::ffff:7f00:2]", "[64:ff9b::7f00:2]", "[2002:7f00:2::]",
    "[::127.0.0.2]", "10.1.2.3", "169.254.169.254", "192.168.0.1", "172.31.0.1", "100.64.0.1",
    "[fd00::1]", "[fe80::1]", "localhost", "evil.example",
]  # fmt: skip


@pytest.mark.usefixtures("public")
@pytest.mark.parametrize("host", PRIVATE)
def test_who_is_on_the_web_leads_to_no_private_network(server: Server, host: str) -> None:
    server.pages["/feed"] = moved(f"http://{host}/")
    assert why(server.url(host="news.example")) == REFUSED
    assert why(server.url(host="news.example"), typed=False) == REFUSED
    assert why(server.url(host="news.example"), private=False) == REFUSED


@pytest.mark.usefixtures("public")
def test_who_led_out_to_the_web_leads_to_no_private_network_again(server: Server) -> None:
    with Server(host="127.0.0.2") as inside:
        inside.pages["/feed"] = moved("/in")
        inside.pages["/in"] = moved(server.url("/out", host="news.example"), "302 Found")
        inside.pages["/secret"] = said("<rss/>")
        server.pages["/out"] = moved(inside.url("/secret"))
        assert why(inside.url()) == REFUSED
        server.pages["/out"] = said("<rss/>")
        # It is inside still, unless it moved out for good.
        assert fetch(inside.url()).private
        assert fetch(inside.url(), private=True).private
        inside.pages["/in"] = moved(server.url("/out", host="news.example"))
        answer = fetch(inside.url())
        assert (answer.moved_to, answer.private) == (
            server.url("/out", host="news.example"),
            False,
        )
        assert inside.asked("/secret") == []


@pytest.mark.usefixtures("names")
def test_only_what_was_typed_may_be_on_a_private_network(server: Server) -> None:
    server.pages["/feed"] = moved(f"http://news.example:{server.port}/other")
    server.pages["/other"] = said("<rss/>")
    assert fetch(server.url()).raw == b"<rss/>"
    assert fetch(server.url(), private=True).raw == b"<rss/>"
    asked = len(server.requests)
    assert why(server.url(), typed=False) == REFUSED
    assert why(server.url(), typed=False, private=True) == REFUSED
    # Its name stood for a place on the web when it was typed.
    assert why(server.url(), private=False) == REFUSED
    assert len(server.requests) == asked


@pytest.mark.usefixtures("public")
def test_a_name_that_means_another_machine_a_moment_later_gains_nothing(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked_up: list[str] = []
    answers = {"news.example": "127.0.0.1", "rebinding.example": "127.0.0.1"}

    def fake(host: str, port: int, *_: Any, **__: Any) -> Any:
        looked_up.append(host)
        # Once it is on the web, from then on on this machine.
        address = answers.pop(host, "127.0.0.2")
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port))]

    monkeypatch.setattr("socket.getaddrinfo", fake)
    server.pages["/feed"] = moved(server.url("/other", host="rebinding.example"))
    server.pages["/other"] = said("<rss/>")
    assert fetch(server.url(host="news.example"), typed=False).raw == b"<rss/>"
    assert looked_up == ["news.example", "rebinding.example"]
    assert why(server.url("/other", host="rebinding.example"), typed=False) == REFUSED
    assert len(server.requests) == 2


@pytest.mark.usefixtures("public")
def test_of_a_name_that_means_several_machines_no_private_one_is_asked(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fake(host: str, port: int, *_: Any, **__: Any) -> Any:
        addresses = {"both.example": ["127.0.0.2", "127.0.0.1"], "here.example": ["127.0.0.2"]}
        return [
            (socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port))
            for address in addresses[host]
        ]

    monkeypatch.setattr("socket.getaddrinfo", fake)
    server.pages["/feed"] = said("<rss/>")
    assert fetch(server.url(host="both.example"), typed=False).raw == b"<rss/>"
    assert why(server.url(host="here.example"), typed=False) == REFUSED


@pytest.mark.usefixtures("names")
def test_who_needs_no_proxy_is_asked_without(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("all_proxy", f"http://127.0.0.1:{server.port}")
    monkeypatch.setenv("no_proxy", "near.example")
    server.pages["/feed"] = said("near")
    server.pages[server.url(host="far.example")] = said("far")
    assert fetch(server.url(host="near.example")).raw == b"near"
    assert fetch(server.url(host="far.example")).raw == b"far"


@pytest.mark.usefixtures("names")
@pytest.mark.parametrize("proxy", ["http://ann:s3cret@127.0.0.1:{}", "http://ann:s3cret@[:{}"])
def test_the_login_of_a_proxy_is_for_the_proxy_alone_and_never_shown(
    server: Server, monkeypatch: pytest.MonkeyPatch, proxy: str
) -> None:
    monkeypatch.setenv("https_proxy", proxy.format(server.port))
    server.pages["far.example:443"] = said(status="407 \x1b[2JNo s\u00e9crets")
    reason = why("https://far.example/")
    assert "s3cret" not in reason
    assert reason.isprintable()


@pytest.mark.usefixtures("names")
def test_a_proxy_is_asked_for_no_private_network(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("http_proxy", server.url("").replace("//", "//ann:secret@"))
    server.pages["http://far.example/feed"] = moved("http://127.2/")
    server.pages["http://near.example/feed"] = said("<rss/>")
    server.pages["http://10.0.0.1/feed"] = said("<rss/>")
    assert fetch("http://near.example/feed").raw == b"<rss/>"
    assert why("http://far.example/feed") == REFUSED
    assert why("http://10.1/feed", typed=False) == REFUSED
    assert fetch("http://10.0.0.1/feed").private
    monkeypatch.setenv("http_proxy", "ftp://near.example")
    assert why("http://near.example/") == "the proxy that the environment names cannot be used"


# --- secure lines ---------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate of 127.0.0.1 and news.example that nobody vouches for, and its key."""
    openssl = shutil.which("openssl")
    if openssl is None:
        pytest.skip("openssl is not installed")
    path = tmp_path_factory.mktemp("certificate") / "own.pem"
    subprocess.run(
        [openssl, "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj",
         "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1,DNS:news.example",
         "-keyout", path, "-out", path],
        check=True,
        capture_output=True,
    )  # fmt: skip
    return path


@pytest.fixture
def secure(server: Server, certificate: Path) -> Iterator[Server]:
    """A server with that certificate."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    with Server(context) as secure:
        secure.pages["/feed"] = said("<rss/>")
        yield secure


@pytest.fixture
def trusted(secure: Server, certificate: Path, monkeypatch: pytest.MonkeyPatch) -> Server:
    """The same server where its certificate is trusted."""
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    return secure


def test_a_certificate_that_nobody_vouches_for_is_refused(secure: Server) -> None:
    assert why(secure.url()) == "its certificate is not trusted: self-signed certificate"
    assert secure.requests == []


@pytest.mark.usefixtures("names")
def test_a_certificate_is_of_the_host_that_is_meant(trusted: Server) -> None:
    assert fetch(trusted.url()).raw == b"<rss/>"
    assert fetch(trusted.url(host="news.example")).raw == b"<rss/>"
    asked = len(trusted.requests)
    reason = why(trusted.url(host="other.example"))
    assert reason.startswith("its certificate is not trusted: Hostname mismatch")
    assert len(trusted.requests) == asked


def test_a_redirect_is_checked_like_any_other(secure: Server, server: Server) -> None:
    server.pages["/feed"] = moved(secure.url())
    assert why(server.url()) == "its certificate is not trusted: self-signed certificate"


def test_who_speaks_no_tls_is_said_not_to(server: Server) -> None:
    reason = why(server.url().replace("http:", "https:"))
    assert reason.startswith("no secure connection to it can be made: ")


@pytest.mark.usefixtures("server")
def test_without_anybody_to_trust_nothing_is_fetched(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", "/nowhere")
    assert why("https://127.0.0.1/").startswith("it cannot be reached: ")


# --- logins ---------------------------------------------------------------------------------------


@pytest.mark.usefixtures("names")
def test_a_login_is_for_its_host_alone(server: Server) -> None:
    login = "us%20er:p%40ss%3A"
    server.pages["/feed"] = moved("/other")
    server.pages["/other"] = moved(server.url("/last", host="other.example"))
    server.pages["/last"] = said("<rss/>")
    assert fetch(server.url(), login=login).raw == b"<rss/>"
    told = [request.headers.get("authorization") for request in server.requests]
    assert told == ["Basic dXMgZXI6cEBzczo=", "Basic dXMgZXI6cEBzczo=", None]


@pytest.mark.usefixtures("names")
def test_a_login_goes_to_no_other_port_and_over_no_less_secure_line(
    server: Server, trusted: Server
) -> None:
    with Server() as other:
        other.pages["/feed"] = said("<rss/>")
        server.pages["/feed"] = moved(other.url())
        trusted.pages["/to"] = moved(other.url())
        for first in (server.url(), trusted.url("/to")):
            assert fetch(first, login="ann:s3cret").raw == b"<rss/>"
        assert "authorization" in server.requests[0].headers
        assert "authorization" in trusted.requests[0].headers
        assert [one.headers.get("authorization") for one in other.requests] == [None, None]


@pytest.mark.parametrize(
    ("first", "then", "is_shown"),
    [
        ("https://h/a", "https://h/b", True),
        ("http://h/a", "http://h/b", True),
        ("http://h/a", "https://h/b", True),
        ("http://h:8000/a", "http://h:8000/b", True),
        ("https://h:8443/a", "https://h:8443/b", True),
        ("https://h/a", "http://h/b", False),
        ("https://h/a", "https://h:8443/b", False),
        ("https://h:8443/a", "https://h/b", False),
        ("http://h:8000/a", "https://h:8443/b", False),
        ("http://h:8000/a", "http://h/b", False),
        ("http://h/a", "https://h:8443/b", False),
        ("https://h/a", "https://www.h/b", False),
        ("https://h/a", "https://h.evil.example/b", False),
        ("https://h/a", "https://h./b", False),
    ],
)
def test_a_login_is_shown_to_its_server_alone(first: str, then: str, is_shown: bool) -> None:
    asked = Asked(first, first, "ann:s3cret")
    step = _Step(httpx.URL(then), asked, seen=frozenset({first}))
    assert step.login == ("ann:s3cret" if is_shown else None)


def test_a_login_that_a_redirect_names_is_left_out(server: Server) -> None:
    server.pages["/feed"] = moved(server.url("/other").replace("//", "//ann:s3cret@"))
    server.pages["/other"] = said("<rss/>")
    answer = fetch(server.url())
    assert answer.address == answer.moved_to == server.url("/other")
    assert "authorization" not in server.requests[1].headers


@pytest.mark.parametrize("login", ["ann", "ann:", "%C3%A9:%00%0A", ":", "é:é"])
def test_no_login_is_too_odd(server: Server, login: str) -> None:
    server.pages["/feed"] = said("<rss/>")
    assert fetch(server.url(), login=login).raw == b"<rss/>"


def test_who_wants_a_login_is_said_to(server: Server) -> None:
    server.pages["/feed"] = said(status="401 Unauthorized")
    reason = why(server.url(), login="ann:secret")
    assert reason.startswith("401 Unauthorized: it wants a user name and a password")
    assert "secret" not in reason


# --- several at a time ----------------------------------------------------------------------------


@pytest.mark.usefixtures("names")
def test_a_few_hosts_are_asked_at_once_and_none_for_two_things(server: Server) -> None:
    limits = LIMITS._replace(at_once=3)
    together = threading.Barrier(limits.at_once)
    lock, busy, most = threading.Lock(), [""][:0], [0]

    def page(request: Request) -> bytes:
        with lock:
            assert request.host not in busy
            busy.append(request.host)
            most[0] = max(most[0], len(busy))
        together.wait(5)
        with lock:
            busy.remove(request.host)
        return said("<rss/>")

    # Each host in turn, so that never three of one are the last that wait for each other.
    places = [(host, number) for number in range(4) for host in ("a", "b", "c", "d", "e", "f")]
    asked = []
    for host, number in places:
        server.pages[f"/{number}"] = page
        url = server.url(f"/{number}", host=f"{host}.example")
        asked.append(Asked(url, url, typed=True))
    with Rounds(limits) as rounds:
        rounds.ask(asked)
        answers = [answer for answer in rounds.answers() if answer]
    assert [answer for answer in answers if isinstance(answer, Failed)] == []
    assert (len(answers), most) == (24, [3])


def test_leaving_ends_all_that_is_under_way(server: Server) -> None:
    server.pages["/feed"] = server.never
    server.pages["/other"] = said("<rss/>")
    before = threading.active_count()
    with Rounds(LIMITS) as rounds:
        rounds.ask([Asked("a", server.url("/other"), typed=True), Asked("b", server.url())])
        answers = (answer for answer in rounds.answers() if answer)
        assert next(answers).asked.key in ("a", "b")
    assert threading.active_count() <= before + 2
