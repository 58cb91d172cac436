"""Furniture goes; sentences that merely speak of such things stay."""

from __future__ import annotations

import pytest

from index.article import Block
from index.furniture import separate

STORY = tuple(
    f"The ministers met in Istanbul for the {day} day and agreed to meet again within a fortnight, "
    "an official said, after talks that had lasted for more than nine hours."
    for day in ("first", "second", "third")
)


def furniture_of(*texts: str) -> tuple[str, ...]:
    return separate([Block(kind="paragraph", text=text) for text in texts]).furniture


@pytest.mark.parametrize(
    "line",
    [
        "icon-facebook icon-twitter icon-whatsapp", "Share on Facebook", "Share this:", "Tweet",
        "Share on: Facebook Twitter Email", "Advertisement",
        "ADVERTISEMENT", "Scroll to Top", "Sign up for our newsletter",
        "Sign up for our daily newsletter to get the news", "Story Continued Below",
        "We use cookies to improve your experience.", "This site uses cookies. Learn more",
        "Read more: Another story altogether", "ALSO READ: Another story", "RELATED: Another story",
        "LEAVE A REPLY", "3 COMMENTS", "Please enter your comment!", "Please enter your name here",
        "Copyright © 2019 The Example, LLC.", "© 2025 The Example. All rights reserved.",
        "Copyright 2018 The Example. All rights reserved.", "Image copyright Getty Images",
        "Lesen Sie auch: Eine andere Geschichte", "Lea también: Otra historia",
        "À lire aussi : une autre histoire", "Zobacz też: inna historia",
        "Scroll down for video", "Slideshow (2 Images)", "CLICK HERE TO GET THE APP",
    ],
)  # fmt: skip
def test_lines(line: str) -> None:
    assert furniture_of("A title", STORY[0], line, *STORY[1:]) == (line,)


@pytest.mark.parametrize(
    "line",
    [
        "Facebook", "Twitter", "Comments on the plan", "Advertisement revenue fell by a third.",
        "He told reporters to read more: books, he said, make ministers wise.",
        "The company uses cookies to track readers, a court found.",
        "Related companies fell, too.", "She asked her readers to share this.",
        "Copyright law is to be changed.", "The newsletter has two million readers.",
        "Must read books were on his table.", "Sharing data is forbidden.",
    ],
)  # fmt: skip
def test_lines_that_stay(line: str) -> None:
    assert furniture_of("A title", STORY[0], line, *STORY[1:]) == ()


@pytest.mark.parametrize(
    "heading",
    [
        "Must Read", "Related Articles", "You may also like", "More from The Example",
        "Recommended stories", "RELATED:", "Latest News", "3 Comments", "Leave a comment",
        "Ähnliche Artikel", "Te puede interesar", "Articles similaires", "Veja também",
        "Leggi anche", "Zobacz także", "3 Kommentare", "Deja un comentario",
    ],
)  # fmt: skip
def test_the_end_of_a_page(heading: str) -> None:
    links = ("Another story altogether", "A third story, with a teaser that breaks off…")
    assert furniture_of("A title", *STORY, heading, *links) == (heading, *links)


def test_a_story_goes_on_behind_a_box() -> None:
    texts = ("A title", STORY[0], "Related Articles", "Another story", STORY[1], STORY[2])
    assert furniture_of(*texts) == ()


@pytest.mark.parametrize("heading", ["More from the study:", "Related Links", "See also"])
def test_prose_behind_a_heading_stays(heading: str) -> None:
    assert furniture_of("A title", *STORY, heading, STORY[0]) == ()


def test_comments_may_be_long() -> None:
    tail = ("2 COMMENTS", "Jane", STORY[0], "Reply")
    assert furniture_of("A title", *STORY, *tail) == tail


def test_the_end_is_not_longer_than_the_story() -> None:
    assert furniture_of("A title", STORY[0], "Related Articles", *STORY, *STORY) == ()


def test_neighbours_tell_a_share_bar() -> None:
    bar = ("Share", "Facebook", "Twitter", "Email")
    assert furniture_of("A title", *bar, *STORY) == bar


def test_there_is_always_a_story() -> None:
    assert furniture_of("Advertisement", "Share this") == ()


def test_the_story_of_a_pasted_page() -> None:
    menu = ("Skip to content", "Home", "World", "Politics", "Sport", "Weather", "Log In", "Search")
    footer = ("About Us", "Contact", "Privacy Policy", "Terms of Use", "Jobs", "Newsletters")
    title = "Ministers meet in Istanbul and agree to meet again"
    page = separate(
        [Block(kind="paragraph", text=text) for text in (*menu, title, *STORY, *footer)]
    )
    assert [block.text for block in page.story] == [title, *STORY]
    assert page.furniture == (*menu, *footer)
