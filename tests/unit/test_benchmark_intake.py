"""The page on how well the news gets in."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from pressroom import collections, line, made_up

from benchmarks.intake import __main__ as command
from benchmarks.intake import again, bulk
from benchmarks.intake.figures import Figure

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pytest


def test_articles_are_added_and_known(tmp_path: Path) -> None:
    told = [line(f"Title {number}", f"Body {number}.") for number in range(3)]
    folder = collections(tmp_path, *told, line("Title 1", "Body 1.", topic="x"))
    pace, again_, copies = bulk.figures(folder)
    assert pace.data == "allsides, 4 articles"
    assert (copies.measured, pace.must) == ("1", "500")
    assert float(again_.measured.replace(",", "")) > 0


def test_copies_are_counted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    told = [{"id": str(number), **one} for number, one in enumerate(made_up(5))]
    folder = collections(tmp_path, *told, {**told[2], "id": "copy"})
    (folder / "allsides" / "near_dup_pairs.tsv").write_text("2\tcopy\t1.0\n0\t1\t0.7\n")
    monkeypatch.setattr(again, "COLLECTIONS", ("allsides",))
    assert [figure.measured for figure in again.figures(folder)] == ["1", "1", "1"]


def test_the_page_has_a_table_for_each_subject(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Module:
        @staticmethod
        def figures(folder: Path) -> Sequence[Figure]:
            return [Figure("speed", folder.name, "7", must="5")]

    monkeypatch.setattr(command, "import_module", lambda _: Module)
    command.main(["bulk", "--corpora", str(tmp_path), "--page", str(tmp_path / "page.md")])
    page = (tmp_path / "page.md").read_text()
    assert f"| speed | {tmp_path.name} | 7 | – | 5 |" in page
    assert "## Much at once" in page


def test_every_subject_can_be_measured() -> None:
    folder = Path(command.__file__).parent
    assert all((folder / f"{name}.py").is_file() for name in command.SUBJECTS)
