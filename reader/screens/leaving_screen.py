"""A screen from which articles are taken along: as copies, into files, to other programs."""

from __future__ import annotations

import asyncio
import os
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.app import SuspendNotSupported

from reader import programs, wording
from reader.beside.errands import Export
from reader.drawing.choices import Choice
from reader.keymap import bind
from reader.screens.reading_screen import ReadingScreen

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.binding import BindingType

    from index.article import Article

_EXPORT_HINT = "A path that ends in .md, .html, .jsonl or .txt. Tab completes, Enter exports."
_PIPE_HINT = "A command that gets the article as text on its standard input, such as  wc -w"


class LeavingScreen(ReadingScreen):
    """Results and an article, of which much can be taken along."""

    BINDINGS: ClassVar[list[BindingType]] = [
        bind("c", "copy_article('text')", "Copy", id="article.copy", tooltip="Copy the article"),
        bind(
            "C", "copy_article('markdown')", "Copy as Markdown", id="article.copy_markdown",
            tooltip="Copy the article as Markdown",
        ),
        bind(
            "X", "export", "Export", id="article.export",
            tooltip="Export the article, or all results, into a file",
        ),
        bind(
            "vertical_line", "pipe", "Pipe", id="article.pipe",
            tooltip="Pipe the article to a command",
        ),
        bind("P", "open_in_pager", "Pager", id="article.pager", tooltip="Open it in $PAGER"),
        bind("E", "open_in_editor", "Editor", id="article.editor", tooltip="Open it in $EDITOR"),
    ]  # fmt: skip

    async def _form(self, form: str) -> str:
        """Return the article in a form; of a large one, that takes a while."""
        # Not needed by the first frame.
        from reader.forms.markdown import as_markdown  # noqa: PLC0415
        from reader.forms.plain_text import as_text  # noqa: PLC0415

        make: Callable[[Article], str] = as_markdown if form == "markdown" else as_text
        return await asyncio.to_thread(make, self.article) if self.article is not None else ""

    # --- copies ---------------------------------------------------------------------------------

    @work(group="outside")
    async def action_copy_article(self, form: str) -> None:
        """Copy the whole article, as text or as Markdown."""
        if self.article is not None:
            what = "Article as Markdown" if form == "markdown" else "Article"
            await self.copy(await self._form(form), what)

    # --- files ----------------------------------------------------------------------------------

    @work(group="outside")
    async def action_export(self) -> None:
        """Ask what to export, and where to, and have it done beside the screen."""
        # Not needed by the first frame.
        from reader.path_completion import meant  # noqa: PLC0415
        from reader.screens.ask import AskScreen, Paths  # noqa: PLC0415

        article, export = self.article, await self._what_to_export()
        if article is None or export is None:
            return
        name = programs.file_name(article.title if export.article_id else export.query, ".md")
        suggested = f"~/{name}"
        asking = AskScreen("Export", _EXPORT_HINT, value=suggested, suggester=Paths())
        typed = await self.app.push_screen_wait(asking)
        if typed is None:
            return
        path = Path(meant(typed)).absolute()
        exists = await asyncio.to_thread(os.path.lexists, path)
        if exists and not await self._may_replace(path):
            self.say("Nothing was written.")
            return
        self.app.errands.send(export.model_copy(update={"path": str(path), "replace": exists}))
        self.say("Exporting…")

    async def _what_to_export(self) -> Export | None:
        results, article = self.results, self.article
        if results is None or article is None:
            self.say("There is nothing to export.")
            return None
        one = Export(path="", article_id=article.id)
        everything = Export(
            path="",
            query=results.query,
            typing=results.typing,
            sort=self.sort,
            scope=self.scope,
            narrowed=results.narrowed,
        )
        if results.total == 1:
            return one
        choices = (
            Choice("", "This article", "choice-link", article.title),
            Choice("", f"All results: {wording.count(results.total, 'article')}", "choice-link"),
        )
        place = await self._asked("Export", choices)
        return None if place is None else (one, everything)[place]

    async def _may_replace(self, path: Path) -> bool:
        choices = (
            Choice("", "Keep the file that is there", "choice-link"),
            Choice("", "Replace it", "choice-link"),
        )
        return await self._asked(f"{path.name} exists", choices) == 1

    async def _asked(self, title: str, choices: tuple[Choice, ...]) -> int | None:
        # Not needed by the first frame.
        from reader.screens.choose import ChooseScreen  # noqa: PLC0415

        asking = ChooseScreen(title, "j k choose, Enter takes it, Esc back.", choices)
        chosen = await self.app.push_screen_wait(asking)
        return None if chosen is None else chosen.place

    # --- other programs -------------------------------------------------------------------------

    @work(group="outside")
    async def action_pipe(self) -> None:
        """Ask for a command, and give it the article."""
        # Not needed by the first frame.
        from reader.screens.ask import AskScreen  # noqa: PLC0415

        if self.article is None:
            return
        asking = AskScreen("Pipe the article", _PIPE_HINT, placeholder="wc -w")
        command = await self.app.push_screen_wait(asking)
        if command is not None:
            text = await self._form("text")
            self._away(lambda: programs.pipe(command, text))

    @work(group="outside")
    async def action_open_in_pager(self) -> None:
        """Read the article in a pager."""
        await self._open_in(programs.pager, "text", ".txt")

    @work(group="outside")
    async def action_open_in_editor(self) -> None:
        """Open a copy of the article in an editor."""
        await self._open_in(programs.editor, "markdown", ".md")

    async def _open_in(
        self, program: Callable[[os._Environ[str]], list[str]], form: str, ending: str
    ) -> None:
        if self.article is None:
            return
        try:
            command = program(os.environ)
        except programs.NoProgramError as error:
            self.warn(str(error))
            return
        name = programs.file_name(self.article.title, ending)
        text = await self._form(form)
        self._away(lambda: programs.show(command, text, name))

    def _away(self, do: Callable[[], object]) -> None:
        """Leave the terminal to a program, and take it back when that ends."""
        fault: OSError | ValueError | None = None
        try:
            with self.app.suspend():
                # What is raised in here would keep the terminal from being taken back.
                try:
                    do()
                except (OSError, ValueError) as error:
                    fault = error
        except SuspendNotSupported:
            self.warn("This terminal can’t be left to another program.")
        if fault is not None:
            reason = fault.strerror if isinstance(fault, OSError) else None
            self.warn(f"The program can’t be started: {reason or fault}.")
