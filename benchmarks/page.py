"""The page of figures: ``docs/benchmarks.md``, from the runs that were kept."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.engines import FTS5, OURS, TANTIVY
from benchmarks.goals import HUNDRED_THOUSAND, goals, paces
from benchmarks.ranking import ranking_table
from benchmarks.sections import growth, section

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from benchmarks.figures import Run
    from benchmarks.ranking import Figure

PAGE = Path(__file__).parent.parent / "docs" / "benchmarks.md"

HEAD = """\
# Benchmarks

Broadsheet beside its peers: the same articles, the same questions, on one machine. The page is
written by `make bench`.

```sh
export BROADSHEET_CORPORA=DIR   # a folder of news, see below
make bench                      # with 1,000, 10,000 and 100,000 articles
make bench-large                # with 1,000,000: an hour or two, and 25 GB of disk
```

`DIR` has a folder for each collection of news, with files `*.jsonl.gz`: one article a line, an
object with `title`, `date`, `source`, `url`, `body` and `highlights` (key points), null where
missing. All are mixed, in the same order every time. Where more are wanted they come again under
other ids, each with the end of another one, so that no two are the same story. Libraries, indexes
and the raw figures are kept in `.bench/`; the page shows the latest run of each size. The peers
live in an environment of their own, `.venv-bench`; one that can't be installed is left out.

With queries of your own, typed letter by letter into a library of your own:

```sh
python -m benchmarks.typing --library DIR --lines FILE [--json]
```
"""

_METHOD = """\
## How it is measured

- **Each engine has a process of its own**, which is asked through the same code. Kind by kind all
  engines are asked in turn, so what disturbs the machine disturbs them all: read the ratios rather
  than the times. Files are in the system's memory by then, as they are on a machine that is used.
- **An answer** is the ids of the best 20 articles and the exact number of all that match. Of each
  kind there are up to 60 different questions, drawn from the first 1,000 articles, so the same at
  every size; a few are asked before the clock runs, the others once. A *rare* word or phrase is in
  one of the 1,000, a *middling* one in 1 to 2 %, a *common* one in more than 10 %. The words are
  some of which hardly any inflection occurs, so that whoever finds inflections finds little more.
  *Headlines as typed* are all prefixes of 30 headlines, one after the other. Who takes longer than
  20 s (headlines: 60 s) for a kind gets no more questions of it.
- **Broadsheet** is asked through its library, in its query language, as screen and command line
  ask. It searches title, key points, headings and body, finds inflections, and ranks by BM25F.
  *With excerpts* is what a keystroke costs: the first 10 articles are read, and their excerpts and
  highlights made.
- **Tantivy** has two fields, title and body, without stemming, and stored ids; it writes with two
  threads. A prefix is a regular expression: its phrase prefixes stop at 50 words.
- **SQLite FTS5** has the same two without their text, prefix indexes of 2 and 3 letters, one merged
  tree, and its file mapped into memory.
- **Xapian** has one field, with exact counts asked for.
- **Stock Whoosh** has this project's fields in files of its own, asked as Whoosh offers it.
- **Indexing** is from the record, reading it included, for all of them; reading alone is told with
  each size. **One article more** is, for Broadsheet, from a text file through record and index to
  the answer of a search; for the others, from the parsed article; the median of 10. **Opening** is
  in a fresh process, with all modules imported before. **Private memory** is what belongs to the
  process and to no file, after all questions; *all memory* has the mapped files in it, which the
  system can take back.
- **Text** is the bytes in UTF-8 of titles, key points and bodies.
"""

_GROWTH = """\
## How the cost grows

By number of articles: Broadsheet / Tantivy / FTS5, of queries the median in milliseconds.
"""


_RANKING = """\
## How well it ranks

Collections of articles and questions, with people's judgements of what is relevant to each
question, read from `DIR/retrieval/`. Every engine is asked for any of a question's words. Our
weights and parameters (`index/ranking.py`) are the best of a grid on one half of the questions; as
all questions had been looked at before, the other half is not untouched.
`python -m benchmarks.ranking` prints this table.
"""


SCREEN = "## The screen"

_SCREEN = re.compile(rf"^{SCREEN}\n.*?(?=^## |\Z)", re.MULTILINE | re.DOTALL)


def with_screen(page: str, part: str) -> str:
    """Return the page with its part about the screen, which has a command of its own, replaced."""
    return _SCREEN.sub("", page).rstrip() + "\n\n" + part


def screen_of(page: str) -> str:
    """Return a page's part about the screen; empty where there is none."""
    found = _SCREEN.search(page)
    return found[0].rstrip() + "\n" if found else ""


def page(runs: Sequence[Run], ranking: Sequence[Figure] = (), screen: str = "") -> str:
    """Return the page about runs, the smallest first; there is at least one.

    ``ranking``: how well the engines rank, where that was measured; ``screen``: the part about it.
    """
    parts = [HEAD, "## Goals\n", goals(runs), *_paces(runs), _METHOD]
    if ranking:
        parts += [_RANKING, ranking_table(ranking)]
    parts += [_GROWTH, growth(runs), *(section(run, runs) for run in reversed(runs))]
    told = "\n".join(parts)
    return with_screen(told, screen) if screen else told


def _paces(runs: Sequence[Run]) -> Iterator[str]:
    compared = [run for run in runs if run.engines.keys() >= {OURS, TANTIVY, FTS5}]
    if compared:
        run = min(compared, key=lambda run: abs(run.articles - HUNDRED_THOUSAND))
        yield f"With {run.articles:,} articles, in processor time:\n"
        yield paces(run)
