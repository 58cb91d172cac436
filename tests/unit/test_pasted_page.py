"""The story of a page pasted whole is told from what stands around it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.article import Block
from index.course import best_course
from index.furniture import separate
from index.key_points import NumberedItem
from index.page import is_page
from index.site_words import share_of_site_words
from index.title import place_of_title
from index.worth import worths

TITLE = "Ministers meet in Istanbul and agree to meet again"
STORY = tuple(
    f"The ministers met in Istanbul for the {day} day and agreed to meet again within a fortnight, "
    "an official said, after talks that had lasted for more than nine hours."
    for day in ("first", "second", "third", "fourth")
)
MENU = ("Skip to content", "Home", "World", "Politics", "Sport", "Weather", "Log In", "Search")
FOOTER = ("About Us", "Contact", "Privacy Policy", "Terms of Use", "Jobs", "Newsletters")


def blocks_of(*texts: str) -> list[Block]:
    return [Block(kind="paragraph", text=text) for text in texts]


def story_of(*texts: str) -> list[str]:
    return [block.text for block in separate(blocks_of(*texts)).story]


def worth_of(text: str) -> float:
    return worths(blocks_of(text), [False])[0]


@pytest.mark.parametrize(
    ("worths", "course"),
    [
        ([], ""),
        ([-1, -1], ".."),
        ([-1, 3, -1], ".S."),
        ([3, -0.5, 3], "SSS"),
        ([3, -1.9, 3], "SSS"),
        ([3, -4, 3], "S.S"),
        ([4, -2, -2, -2, 4], "S...S"),
        ([9, *[-2] * 20, 8], "S" + "." * 21),
        ([8, *[-2] * 20, 9], "." * 21 + "S"),
        ([9, *[-2] * 20, 8, 8], "." * 21 + "SS"),
    ],
    ids=[
        "nothing", "no story", "one line", "a heading", "cheaper than an interruption",
        "interrupted", "interrupted for long", "another story behind", "the better one",
        "the longer one",
    ],
)  # fmt: skip
def test_the_best_course(worths: list[float], course: str) -> None:
    assert "".join("S" if inside else "." for inside in best_course(worths)) == course


@given(st.lists(st.floats(-9, 9), max_size=60))
def test_a_course_is_as_long_as_its_page_and_worth_something(worths: list[float]) -> None:
    course = best_course(worths)
    assert len(course) == len(worths)
    taken = [worth for worth, inside in zip(worths, course, strict=True) if inside]
    assert sum(taken) >= max([0.0, *worths]) - 1e-9


@pytest.mark.parametrize(
    "line", [*STORY, "He said so, and left for the airport at once, where others waited for him."]
)
def test_prose_speaks_for_a_story(line: str) -> None:
    assert worth_of(line) > 1


@pytest.mark.parametrize(
    "line",
    [
        *MENU, *FOOTER, "Home | World | Politics | Sport and all that is of interest to readers",
        "© 2025 The Example", "A Story Of Which The First Words Break Off After A While…",
        "Newsletter abonnieren", "Lesen Sie auch", "Artículos relacionados",
        "Laisser un commentaire",
    ],
)  # fmt: skip
def test_furniture_speaks_against_it(line: str) -> None:
    assert worth_of(line) < -0.5


def test_a_list_of_a_story_is_worth_more_than_a_menu() -> None:
    texts = ("200 g of sugar", "Rest of the world")
    found = worths([Block(kind="list_item", text=text) for text in texts], [False, False])
    assert found[0] > found[1] > worth_of(texts[1])


def test_a_numbered_list_may_be_what_is_read_most() -> None:
    text = "The ministers agree at last"
    assert worths([NumberedItem(text=text)], [False]) == [worth_of(text)]


def test_repeated_lines_are_worth_less() -> None:
    first, second = worths(blocks_of("Another thing", "Another thing"), [False, False])
    assert first == second < worth_of("Another thing")


@pytest.mark.parametrize(
    ("text", "share"),
    [
        ("", 0),
        ("…", 0),
        ("Newsletter", 1),
        ("Kontakt und Impressum", 2 / 3),
        ("The ministers met", 0),
    ],
)
def test_site_words(text: str, share: float) -> None:
    assert share_of_site_words(text) == pytest.approx(share)


@pytest.mark.parametrize(
    "above",
    [
        (TITLE,),
        (TITLE, "By Jane Doe"),
        (TITLE, "Neither side would say whether", "9 October 2025", "Photo: Jane Doe"),
        ("Home » News » Politics", TITLE, "Jane Doe", "Getty Images"),
        ("World", TITLE, "Istanbul"),
    ],
)
def test_the_title_of_a_page(above: tuple[str, ...]) -> None:
    blocks = blocks_of(*above, *STORY)
    body = [False] * len(above) + [True] * len(STORY)
    assert blocks[place_of_title(blocks, [False] * len(blocks), body)].text == TITLE


def test_a_page_without_a_title() -> None:
    blocks = blocks_of("World", "Newsletter", *STORY)
    body = [False, False, *[True] * len(STORY)]
    assert place_of_title(blocks, [False] * len(blocks), body) == 2


def test_a_summary_above_the_body_stays() -> None:
    summary = "The talks had lasted for more than nine hours, and were not easy"
    assert story_of(*MENU, TITLE, summary, *STORY, *FOOTER) == [TITLE, summary, *STORY]


def test_what_interrupts_a_story_goes() -> None:
    box = ("Most read", "Sign in", "Another Story Altogether", "Log in", "Share")
    page = (*MENU, TITLE, *STORY[:2], *box, *STORY[2:], *FOOTER)
    assert story_of(*page) == [TITLE, *STORY]


def test_another_story_far_below_goes() -> None:
    links = [f"Another Headline Of The Day, Number {number}" for number in range(20)]
    page = (
        *MENU,
        TITLE,
        *STORY[:3],
        *links,
        "The judges ruled on Monday that it was lawful.",
        *FOOTER,
    )
    assert story_of(*page) == [TITLE, *STORY[:3]]


@pytest.mark.parametrize("heading", ["3 Comments", "Kommentare", "Laisser un commentaire"])
def test_readers_words_go(heading: str) -> None:
    words = ("I think that they should meet more often, as I have said before on this very page.",)
    assert story_of(*MENU, TITLE, *STORY, heading, *words, *FOOTER) == [TITLE, *STORY]


@pytest.mark.parametrize(
    ("menu", "found"),
    [
        (MENU + FOOTER, True),
        (("Startseite", "Politik", "Kontakt", "Impressum", "Newsletter") * 3, True),
        (("Inicio", "Mundo", "Contacto", "Buscar", "Suscríbete") * 3, True),
        (MENU, False),
        (tuple(f"Line {number} of a poem" for number in range(40)), False),
    ],
    ids=["English", "German", "Spanish", "too short", "a poem"],
)
def test_what_is_a_page(menu: tuple[str, ...], found: bool) -> None:
    assert is_page(blocks_of(*menu, TITLE, *STORY)) is found


def test_a_few_short_lines_in_a_long_story_are_no_page() -> None:
    assert not is_page(blocks_of(*MENU, *FOOTER, *STORY * 12))
