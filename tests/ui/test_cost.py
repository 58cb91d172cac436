"""Only what is in view is drawn and fetched, however long an article or a list is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from newsroom import article as make
from stage import WIDE, reading

from index.results import Excerpt, Hit, Results
from reader.drawing import render

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from index.article import Article
    from index.library import Library

TOTAL = 5_000
IDS = tuple(f"{number:010}" for number in range(TOTAL))


class Counted:
    """A function that counts its calls."""

    def __init__(self, function: Callable[..., object]) -> None:
        self.function = function
        self.calls = 0

    def __call__(self, *args: object, **options: object) -> object:
        self.calls += 1
        return self.function(*args, **options)


def _hit(id_: str) -> Hit:
    return Hit(
        id=id_, title=f"Article {int(id_)}", source=None, published=None, place=None, score=0.0,
        excerpt=Excerpt(field="body", text="Some words of it"),
    )  # fmt: skip


@pytest.fixture
def many(library: Library, monkeypatch: pytest.MonkeyPatch) -> list[tuple[int, int]]:
    """Let the library find thousands of articles; return which pages of them were fetched."""
    fetched: list[tuple[int, int]] = []
    story = library.article(library.ids()[0])

    def search(query: str, **_: object) -> Results:
        first = tuple(map(_hit, IDS[:25]))
        scores = (0.0,) * TOTAL
        return Results(query=query, total=TOTAL, ids=IDS, scores=scores, hits=first)

    def hits(results: Results, start: int, stop: int) -> Sequence[Hit]:
        fetched.append((start, stop))
        return tuple(map(_hit, IDS[start:stop]))

    def article(id_: str) -> Article:
        return story.model_copy(update={"id": id_, "title": f"Article {int(id_)}"})

    for name, function in (("search", search), ("hits", hits), ("article", article)):
        monkeypatch.setattr(library, name, function)
    return fetched


async def test_a_list_of_thousands_fetches_and_draws_what_is_in_view(
    library: Library, many: list[tuple[int, int]], monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn = Counted(render.hit_rows)
    monkeypatch.setattr("reader.widgets.result_list.hit_rows", drawn)
    async with reading(library, WIDE) as stage:
        assert "1 of 5,000" in stage.text
        before = drawn.calls
        await stage.press("G")
        await stage.until(lambda: "Article 4999" in stage.text, "the last article in the list")
        assert stage.result_list.cursor == TOTAL - 1
        assert sum(stop - start for start, stop in many) <= 300
        assert drawn.calls - before <= 100
        await stage.press("k", "k", "j")
        await stage.until(lambda: stage.title == "Article 4998", "the last but one")


async def test_a_long_article_draws_what_is_in_view(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    paragraph = "Talks about a ceasefire went on in the city for another day, and then another. "
    long = make("0", "Long", *[paragraph * 12] * 300)
    assert long.words > 50_000
    row = Counted(render.article_row)
    monkeypatch.setattr("reader.widgets.article_view.article_row", row)
    monkeypatch.setattr(library, "article", lambda _: long)
    async with reading(library, WIDE) as stage:
        await stage.search("ceasefire")
        matches = len(stage.article_view.matches)
        assert matches == 3_600
        for keys in (("enter",), ("n", "n"), ("G",), ("N",), (" ",)):
            before = row.calls
            await stage.press(*keys)
            assert row.calls - before <= 40 * 4 * len(keys), keys
