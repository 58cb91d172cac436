"""Saved pages as the tests write them: a site's furniture around a story of several paragraphs."""

from __future__ import annotations

TITLE = "Harbour council votes to keep the old ferry running"

_TEXT = """
The harbour council voted late on Tuesday to keep the old ferry running for another five years,
after residents of the northern shore had packed the hall to speak against the plan.

Members of the council said that a bridge would cost four times as much, and that nobody had shown
them where the money for it was to be found in a year of shrinking budgets.

“We have heard you,” the chair of the council, Ada Lindqvist, told the crowd, which answered with
applause that lasted for several minutes and was heard out on the quay.

The ferry has crossed the narrow water since 1921, when it replaced rowing boats, and it still
carries about nine hundred people on a working day between the two shores.

Opponents of the decision, who had asked for a tunnel, said that they would go to court, though
lawyers doubted that a judge would overturn a vote of elected members.
"""

STORY = tuple(" ".join(paragraph.split()) for paragraph in _TEXT.split("\n\n"))

NAVIGATION = "".join(
    f'<li><a href="/{name.lower()}">{name}</a></li>'
    for name in ("Home", "World", "Politics", "Business", "Sport", "Culture")
)

TEASERS = "".join(
    f'<li><a href="/story/{number}">Another story with a headline of its own {number}</a></li>'
    for number in range(8)
)


def page(
    *,
    head: str = "",
    title: str = f"<h1>{TITLE}</h1>",
    above: str = "",
    within: str = "",
    below: str = "",
    story: tuple[str, ...] = STORY,
) -> str:
    """A page; ``above`` stands over its story, ``within`` behind the second paragraph of it."""
    paragraphs = [f"<p>{text}</p>" for text in story]
    paragraphs.insert(2, within)
    return (
        f'<!DOCTYPE html><html lang="en-gb"><head><meta charset="utf-8">'
        f"<title>{TITLE} - The Harbour Post</title>{head}</head><body>"
        f'<header class="site-header"><nav><ul>{NAVIGATION}</ul></nav></header>'
        f'<main><article>{title}{above}<div class="article-body">{"".join(paragraphs)}</div>{below}'
        f'</article></main><aside class="related"><h3>More news</h3><ul>{TEASERS}</ul></aside>'
        f'<footer class="footer"><p>Copyright 2025 The Harbour Post</p></footer></body></html>'
    )
