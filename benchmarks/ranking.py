"""How well the engines rank: nDCG@10 and MAP on collections with judgements of relevance.

``python -m benchmarks.ranking [--corpora DIR] [--json]`` prints a table in Markdown, or figures.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from statistics import fmean
from typing import TYPE_CHECKING, NamedTuple

from benchmarks.corpora import VARIABLE, CorporaError, news_folder
from benchmarks.engines import ENGINES
from benchmarks.judged import FOLDER, halves, judged
from benchmarks.metrics import average_precision, ndcg
from benchmarks.rankers import RANKERS
from benchmarks.tables import NONE, table

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from benchmarks.judged import Judged
    from benchmarks.rankers import Ranker

CHOSEN_BY, OTHERS = "chosen by", "others"
"""The half of the questions by which our weights and parameters were chosen, and the other one."""

CHOSEN_ON = "dev"
"""The part of the questions that is halved."""


class Figure(NamedTuple):
    """How well an engine ranks one collection."""

    collection: str
    part: str
    questions: int
    engine: str
    ndcg: float | None
    """nDCG@10, the mean over the questions; None where the engine is not installed."""

    map: float | None
    """Mean average precision."""


def figures(folder: Path, rankers: Mapping[str, Ranker] = RANKERS) -> list[Figure]:
    """Rank all collections below the folder of all news with all engines.

    Raises :class:`CorporaError` where there is no collection.
    """
    return [one for collection in judged(folder) for one in _figures(collection, rankers)]


def keep(found: Sequence[Figure], path: Path) -> None:
    """Write figures to a file."""
    path.write_text(json.dumps([one._asdict() for one in found], indent=1), encoding="utf-8")


def kept(path: Path) -> list[Figure]:
    """Return the figures that a file keeps; none where there is no such file."""
    if not path.exists():
        return []
    return [Figure(**one) for one in json.loads(path.read_text(encoding="utf-8"))]


def ranking_table(found: Sequence[Figure]) -> str:
    """Return the figures as a table in Markdown: a row for each part, nDCG@10 / MAP by engine."""
    engines = list(dict.fromkeys(one.engine for one in found))
    rows: dict[tuple[str, str, int], dict[str, str]] = {}
    for one in found:
        rows.setdefault(one[:3], {})[one.engine] = _shown(one)
    head = ["nDCG@10 / MAP", "part", "questions", *(ENGINES[name].title for name in engines)]
    return table(
        head,
        (
            [collection, part, str(count), *(row[name] for name in engines)]
            for (collection, part, count), row in rows.items()
        ),
    )


def _figures(collection: Judged, rankers: Mapping[str, Ranker]) -> Iterator[Figure]:
    texts = {id_: question.text for id_, question in collection.questions.items()}
    parts = dict(_parts(collection))
    for engine, ranker in rankers.items():
        try:
            rankings = ranker(collection.articles, texts)
        except ImportError:
            for part, ids in parts.items():
                yield Figure(collection.name, part, len(ids), engine, None, None)
            continue
        for part, ids in parts.items():
            judgements = [(rankings[id_], collection.questions[id_].relevant) for id_ in ids]
            gains = fmean(ndcg(*one) for one in judgements)
            precisions = fmean(average_precision(*one) for one in judgements)
            yield Figure(collection.name, part, len(ids), engine, gains, precisions)


def _parts(collection: Judged) -> Iterator[tuple[str, frozenset[str]]]:
    """Yield what is told apart, and the questions of each."""
    yield collection.part, frozenset(collection.questions)
    if collection.part == CHOSEN_ON:
        yield from zip((CHOSEN_BY, OTHERS), halves(collection.questions), strict=True)


def _shown(figure: Figure) -> str:
    if figure.ndcg is None or figure.map is None:
        return NONE
    return f"{figure.ndcg:.3f} / {figure.map:.3f}"


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the figures of all collections."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.ranking",
        description="Compare how well engines rank collections with judgements of relevance.",
    )
    parser.add_argument(
        "--corpora", type=Path, metavar="DIR",
        help=f"The news, with collections in {FOLDER}/; also ${VARIABLE}.",
    )  # fmt: skip
    parser.add_argument("--json", action="store_true", help="Print figures rather than a table.")
    given = parser.parse_args(arguments)
    try:
        found = figures(news_folder(given.corpora))
    except CorporaError as error:
        parser.error(str(error))
    print(json.dumps([one._asdict() for one in found]) if given.json else ranking_table(found))


if __name__ == "__main__":
    main()
