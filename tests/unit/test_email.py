"""Emails are read as what they bring: the text, who sent it, when, and where else it is kept."""

from __future__ import annotations

import datetime as dt
from contextlib import suppress
from email.message import EmailMessage
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import UnreadableError
from index.intake import parse

if TYPE_CHECKING:
    from index.article import Article

PROSE = "The council met on Monday to talk about the ferry, and agreed on nothing at all."
PAGE = (
    f"<p>{PROSE}</p><p>It will meet again in May, as"
    " the <a href='https://p.example/m'>mayor</a> said.</p>"
)


def mail(plain: str | None = None, page: str | None = None, **headers: str) -> EmailMessage:
    message = EmailMessage()
    told = {
        "From": '"The Ferry Letter" <news@ferry.example>',
        "To": "reader@paper.example",
        "Subject": "Council at odds",
        "Date": "Thu, 09 Oct 2025 12:00:00 +0200",
        "Message-ID": "<1@ferry.example>",
    }
    told |= {name.replace("_", "-"): value for name, value in headers.items()}
    for name, value in told.items():
        message[name] = value
    if plain is not None:
        message.set_content(plain)
    if page is not None:
        if plain is None:
            message.set_content(page, subtype="html")
        else:
            message.add_alternative(page, subtype="html")
    return message


def read(message: EmailMessage | bytes) -> Article:
    raw = message if isinstance(message, bytes) else message.as_bytes()
    return parse(raw, "/news/a.eml")


def texts(article: Article) -> list[str]:
    return [block.text for block in article.blocks]


def test_a_newsletter() -> None:
    one = read(mail("Words", PAGE))
    assert (one.title, one.source) == ("Council at odds", "The Ferry Letter")
    assert one.published == dt.datetime.fromisoformat("2025-10-09T12:00:00+02:00")
    assert texts(one) == [PROSE, "It will meet again in May, as the mayor said."]
    assert [link.url for block in one.blocks for link in block.links] == ["https://p.example/m"]


def test_plain_text() -> None:
    wrapped = "The council met on Monday to talk about\nthe ferry, and agreed on nothing at all.\n"
    one = read(mail(f"{wrapped}\n> Quoted words of another\n\n-- \nAgnes Ott\nPhone 1"))
    assert texts(one) == [PROSE, "Quoted words of another"]
    assert one.blocks[1].kind == "quote"
    assert texts(read(mail("-- \nA signature alone"))) == ["--", "A signature alone"]


def test_flowed_text() -> None:
    raw = mail("").as_bytes().replace(b'charset="utf-8"', b'charset="utf-8"; format=flowed')
    flowed = PROSE.replace("the ferry", "the \nferry")
    one = read(raw + f"{flowed}\n\n> quoted \n> words\n\n> other\n> line\n-- \nA".encode())
    assert texts(one) == [PROSE, "quoted words", "other", "line"]
    one = read(raw.replace(b"flowed", b"flowed; delsp=yes") + "列 \n車\n".encode())
    assert texts(one) == ["列車"]


def test_flowed_text_without_end() -> None:
    # Half a minute, if each line is put behind a copy of all those before it.
    raw = mail("").as_bytes().replace(b'charset="utf-8"', b'charset="utf-8"; format=flowed')
    [text] = texts(read(raw + b"a longer line of words \n" * 300_000))
    assert len(text) == 300_000 * 23 - 1


def test_a_page_that_says_nothing_gives_way_to_the_text() -> None:
    assert texts(read(mail(PROSE, "<p>Please use a viewer of HTML.</p>"))) == [PROSE]
    assert texts(read(mail(PROSE, "<img src='x.png'>"))) == [PROSE]


@pytest.mark.parametrize(
    ("subject", "title"),
    [
        ("=?utf-8?q?Br=C3=BCcke?= =?utf-8?b?IGdlc3BlcnJ0?=", "Brücke gesperrt"),
        ("=?iso-8859-1?q?Fa=E7ade?= falls", "Façade falls"),
        ("=?unknown-9?q?A=41?=", "AA"),
        ("=?utf-8?b?broken", "=?utf-8?b?broken"),
        ("Fwd: WG: Council at odds", "Council at odds"),
        ("[ferry-talk] Re: Council at odds", "Council at odds"),
        ("[Update] Council at odds", "[Update] Council at odds"),
        ("Council\n at odds", "Council at odds"),
        ("Fa\xe7ade =?utf-8?q?f=C3=A4llt?= \xfcber", "Façade fällt über"),
        (r"\u0041\uZZ =?utf-8?q?f=C3=A4llt?=", r"\u0041\uZZ fällt"),
        ("Br=?utf-8?q?=C3?=\n =?utf-8?q?=BC?= (cke)", "Brü (cke)"),
        ("=?utf-8?b?w?= and =?utf-8?q?=C3=BC?=", "=?utf-8?b?w?= and ü"),
        ("Council \x1b[31mat\u202e odds".encode().decode("latin-1"), "Council at odds"),
    ],
)
def test_subjects(subject: str, title: str) -> None:
    raw = mail(PROSE, List_Id="<ferry-talk.ferry.example>").as_bytes()
    raw = raw.replace(b"List-Id: <", b"List-Id: Ferry-Talk <")
    assert read(raw.replace(b"Council at odds", subject.encode("latin-1"))).title == title


@pytest.mark.parametrize("encoding", ["8bit", "base64", "quoted-printable"])
def test_a_plain_text_steers_no_terminal(encoding: str) -> None:
    message = EmailMessage()
    message["From"], message["Subject"] = "news@ferry.example", "Council at odds"
    message.set_content(f"\x1b]0;owned\x07{PROSE}\x1b[2J\x7f\x0e\n\nIt\u202e ends.", cte=encoding)
    assert texts(read(message)) == [PROSE, "It ends."]


def test_a_subject_in_bytes() -> None:
    raw = mail(PROSE).as_bytes()
    assert read(raw.replace(b"Council", "Brücke".encode())).title == "Brücke at odds"
    assert read(raw.replace(b"Council", "Brücke".encode("latin-1"))).title == "Brücke at odds"


def test_without_a_subject_the_first_sentence_is_the_title() -> None:
    raw = mail(PROSE).as_bytes().replace(b"Subject: Council at odds\n", b"")
    assert (read(raw).title, read(raw).title_from) == (PROSE, "first sentence")


@pytest.mark.parametrize(
    ("sender", "source"),
    [("news@ferry.example", "ferry.example"), ("Ott, Agnes <a@b.example>", "Ott, Agnes"),
     ("=?utf-8?q?F=C3=A4hre?= <a@b.example>", "Fähre"), ("<a@b.example>", "b.example"),
     ("a@b.example (Agnes Ott)", "Agnes Ott"), ('"a@b.example" <a@b.example>', "b.example"),
     ("José =?utf-8?q?P=C3=A9rez?= <a@b.example>", "José Pérez"), ("nobody", "nobody")],
)  # fmt: skip
def test_senders(sender: str, source: str) -> None:
    raw = mail(PROSE).as_bytes()
    raw = raw.replace(b'"The Ferry Letter" <news@ferry.example>', sender.encode())
    assert read(raw).source == source


def test_on_a_list_of_many_the_sender_is_the_author() -> None:
    one = read(mail(
        PROSE, From="Agnes Ott <a@b.example>", List_Id="Ferry Talk <talk.ferry.example>",
        List_Post="<mailto:talk@ferry.example>", Archived_At="<https://ferry.example/talk/7>",
    ).as_bytes().replace(b"Subject:", b"Content-Language: en-GB\nSubject:"))  # fmt: skip
    assert (one.source, one.authors) == ("Ferry Talk", ("Agnes Ott",))
    assert (one.url, one.language) == ("https://ferry.example/talk/7", "en-GB")


def test_what_senders_put_around_the_text_goes() -> None:
    filling = "\u034f \u200c\xa0" * 20
    one = read(mail(page=(
        f"<div style='display:none'>Preview</div><p>{filling}</p><p>Hello{filling}</p>"
        "<p><a href='https://ferry.example/7'>View this email in your browser</a></p>"
        f"<h1>Council at odds</h1><p><a href='https://x.example'>Share</a></p>{PAGE}{PAGE}"
        "<p>You are receiving this email because you signed up.</p>"
        "<p>Ferry Street 1</p><p><a href='https://ferry.example/u'>Unsubscribe</a></p>"
    )))  # fmt: skip
    assert one.url == "https://ferry.example/7"
    assert texts(one) == ["Hello", *(2 * [PROSE, "It will meet again in May, as the mayor said."])]
    assert one.furniture == (
        "View this email in your browser", "Share",
        "You are receiving this email because you signed up.", "Ferry Street 1", "Unsubscribe",
    )  # fmt: skip


@pytest.mark.parametrize("filling", ["\u034f", "\u200c\xa0", "\u034f \u2007"])
def test_a_page_of_filling_alone_is_no_text(filling: str) -> None:
    page = f"<p>{filling}</p>" * 20
    one = read(mail(PROSE, page))
    assert (texts(one), one.title) == ([PROSE], "Council at odds")
    for message in (mail(page=page), mail(filling, page), mail(f"{filling}\n\n{filling}")):
        with pytest.raises(UnreadableError, match="is an email without text"):
            read(message)
    words = mail("Two words", f"{page}<p>Two words{filling}</p>{page}")
    assert texts(read(words)) == ["Two words"]


def test_an_end_is_short() -> None:
    page = f"<p>Unsubscribe from everything?</p>{PAGE}"
    assert texts(read(mail(page=page)))[0] == "Unsubscribe from everything?"
    assert texts(read(mail(page="<p>Unsubscribe</p>"))) == ["Unsubscribe"]


@pytest.mark.parametrize("charset", ["utf-8", "iso-8859-1", "windows-1252", "us-ascii", "x-none"])
@pytest.mark.parametrize("kind", ["plain", "html"])
def test_encodings(charset: str, kind: str) -> None:
    encoding = charset if charset in {"iso-8859-1", "windows-1252"} else "utf-8"
    head = f"From: a@b.example\nSubject: A\nMessage-ID: <1>\nContent-Type: text/{kind}"
    words = "Die Brücke über den Fluß ist gesperrt."
    assert texts(read(f"{head}; charset={charset}\n\n{words}\n".encode(encoding))) == [words]


def test_what_is_attached_counts_where_nothing_else_is_there() -> None:
    message = mail(PROSE)
    message.add_attachment("Another text altogether", filename="a.txt")
    assert texts(read(message)) == [PROSE]
    attached = f"Content-Type: text/plain\nContent-Disposition: attachment\n\n{PROSE}"
    assert texts(read(parted(attached))) == [PROSE]


def test_a_story_that_was_passed_on_is_the_article() -> None:
    story = mail(
        "Words", PAGE, Subject="Inner", From="Ott <a@b.example>", Date="Wed, 08 Oct 2025 12:00:00"
    )
    for said in ("", "FYI"):
        passed_on = mail(said, Subject="Fwd: Inner")
        passed_on.add_attachment(story)
        one = read(passed_on)
        assert texts(one)[0] == PROSE
        assert (one.title, one.source, str(one.published)[:10]) == ("Inner", "Ott", "2025-10-08")
        again = mail("See below", Subject="Fwd: Fwd: Inner")
        again.add_attachment(passed_on)
        assert read(again).title == "Inner"


def test_a_message_that_is_but_attached_is_not_the_article() -> None:
    longer = mail(f"{PROSE}\n\n{PROSE}")
    longer.add_attachment(mail(PROSE, Subject="Inner"))
    assert (texts(read(longer)), read(longer).title) == ([PROSE, PROSE], "Council at odds")
    topics = mail("Topics of today")
    for number in range(3):
        topics.add_attachment(mail(PROSE, Subject=f"Number {number}"))
    assert texts(read(topics)) == ["Topics of today"]
    empty = mail("")
    empty.add_attachment(mail(""))
    with pytest.raises(UnreadableError, match="without text"):
        read(empty)


def parted(*parts: str) -> bytes:
    head = b"From: a@b.example\nSubject: A\nContent-Type: multipart/mixed; boundary=b\n"
    return head + "".join(f"\n--b\n{part}" for part in parts).encode() + b"\n--b--\n"


def test_texts_that_are_shown_are_read_in_order() -> None:
    plain, page = "Content-Type: text/plain\n\n", "Content-Type: text/html\n\n"
    attached = "Content-Type: text/plain\nContent-Disposition: attachment\n\n"
    picture = "Content-Type: image/png\nContent-Disposition: inline\n\nxx"
    footer = f"{'_' * 47}\nFerry-Talk mailing list\n"
    raw = parted(
        f"{plain}The first.\n-- \nOtt", picture, f"{plain}The second.", f"{attached}Third",
        plain + footer,
    )  # fmt: skip
    assert texts(read(raw)) == ["The first.", "The second."]
    assert texts(read(parted(f"{page}<p>One</p>", picture, f"{page}<p>Two</p>"))) == ["One", "Two"]
    assert texts(read(parted(plain + footer)))[-1] == "Ferry-Talk mailing list"


def test_a_page_is_compared_with_the_text_beside_it() -> None:
    alternative = mail(PROSE, PAGE)
    alternative.make_mixed()
    alternative.attach(mail(f"{PROSE}\n\n" * 20))
    assert texts(read(alternative))[1] == "It will meet again in May, as the mayor said."


@pytest.mark.parametrize("kind", ["plain", "html"])
def test_many_texts_are_bounded_together(kind: str) -> None:
    part = f"Content-Type: text/{kind}\n\n{'a word ' * 400_000}"
    with pytest.raises(UnreadableError, match="more text than the limit of 10 MB"):
        read(parted(part, part, part, part))


def test_pictures_within_a_page_are_not_of_its_text() -> None:
    picture = f'<img src="data:image/png;base64,{"A" * 11_000_000}">'
    raw = b"From: a@b.example\nSubject: A\nContent-Type: text/html\n\n"
    assert texts(read(raw + f"{picture}<p>Words</p>".encode())) == ["Words"]


def test_pictures_within_do_not_make_it_a_saved_page() -> None:
    message = mail(page=PAGE)
    message.add_related(b"\x89PNG", "image", "png", cid="<p>")
    one = parse(message.as_bytes(), "/news/a.mbox#1@ferry.example")
    assert one.source == "The Ferry Letter"


@pytest.mark.parametrize(
    "raw",
    [
        b"From: a@b.example\nSubject: A\n\n",
        b"From: a@b.example\nSubject: A\nContent-Type: image/png\n\nxx",
        b"From: a@b.example\nSubject: A\nContent-Type: text/html\n\n<img>",
        b"From: a@b.example\nSubject: A\nContent-Type: multipart/mixed; boundary=x\n\n--x--",
    ],
)
def test_what_has_no_text_is_refused(raw: bytes) -> None:
    with pytest.raises(UnreadableError, match="without text"):
        read(raw)


def nested(depth: int) -> bytes:
    head = b"From: a@b.example\nSubject: A\nMessage-ID: <1>\n"
    parts = b"".join(
        b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(depth)
    )
    return head + parts + b"Content-Type: text/plain\n\nWords\n"


@pytest.mark.parametrize(
    "raw",
    [
        nested(20), nested(2_000),
        b"From: " + b"(" * 100_000 + b"a@b.example\nSubject: A\n\nWords",
        b"From: a@b.example\nSubject: " + b"=?utf-8?q?a?= " * 50_000 + b"\n\nWords",
        b"From: a@b.example\nSubject: A\n" + b"X: y\n" * 50_000 + b"\nWords",
        b"From: a@b.example\nSubject: A\n" + b" y\n" * 50_000 + b"\nWords",
        b"From: a@b.example\nSubject: A\nContent-Type: text/plain; " + b"a*0=b;" * 20_000,
        b"From: a@b.example\nSubject: A\nContent-Type: text/plain; charset=punycode\n\nW"
        + b"a" * 300_000 + b"-" + b"9" * 300_000,
        b"From: a@b.example\nSubject: A\nContent-Type: multipart/mixed; boundary=x\n\n"
        + b"--x\n\nWords\n" * 20_000,
        b"From: a@b.example\nSubject: A\nContent-Transfer-Encoding: base64\n\n" + b"=" * 100_000,
        b"From: a@b.example\nSubject: A\nContent-Transfer-Encoding: x-uuencode\n\nbegin 6 a\n%x",
        b"From: a@b.example\nDate: " + b"9" * 1_000 + b"\nSubject: A\n\nWords",
    ],
    ids=range(12),
)  # fmt: skip
def test_hostile_emails_are_read_within_bounds(raw: bytes) -> None:
    with suppress(UnreadableError):
        assert read(raw).blocks


@given(st.data())
def test_damage_is_named_and_never_more(data: st.DataObject) -> None:
    message = mail(PROSE, PAGE)
    message.add_attachment(b"x" * 99, "image", "png")
    raw = message.as_bytes()
    at = data.draw(st.integers(0, len(raw) - 1))
    length = data.draw(st.integers(0, 40))
    put = data.draw(st.binary(max_size=10))
    with suppress(UnreadableError):
        assert read(raw[:at] + put + raw[at + length :]).blocks


@pytest.mark.parametrize("kind", ["mixed", "related"])
def test_parts_without_end_are_refused(kind: str) -> None:
    head = f"From: a@b.example\nMIME-Version: 1.0\nContent-Type: multipart/{kind}; boundary=b\n\n"
    for name in ("a.eml", "a.mhtml"):
        for end in (b"\n", b"\r"):
            with pytest.raises(UnreadableError, match="too many parts"):
                parse(head.encode() + b"--b\n\nx\n".replace(b"\n", end) * 100_000, name)


@pytest.mark.parametrize("name", ["a.eml", "a.mhtml"])
@pytest.mark.parametrize("kind", ["text/html", "multipart/mixed", "multipart/related"])
def test_a_header_without_end_is_cut(kind: str, name: str) -> None:
    # What reads parameters takes a quarter of an hour for as many as there are here.
    endless = f'Content-Type: {kind}; a="{";" * 600_000}'.encode()
    with suppress(UnreadableError):
        parse(b"From: a@b.example\nSubject: A\nMIME-Version: 1.0\n" + endless + b"\n\nx\n", name)


def test_the_parameters_that_count_are_kept() -> None:
    others = "; ".join(f"x{number}={'y' * 100}" for number in range(20))
    raw = f"From: a@b.example\nSubject: A\nContent-Type: text/plain; {others}; charset=latin-1\n\n"
    assert texts(read(raw.encode() + "Brücke".encode("latin-1"))) == ["Brücke"]


@pytest.mark.parametrize("name", ["a.eml", "a.mhtml"])
def test_parts_within_one_another_and_lines_have_an_end(name: str) -> None:
    assert texts(read(nested(20))) == ["Words"]
    for depth in (150, 2_000):
        with pytest.raises(UnreadableError, match="nested too deeply"):
            parse(nested(depth) + b"\n" * 1_400_000, name)
    with pytest.raises(UnreadableError, match="too many lines"):
        parse(nested(20) + b"\n" * 20_000_000, name)
