"""An app that has errands done beside its screens, and says what came of them."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from textual import on
from textual.message import Message

from index.cleaning import mask
from index.progress import Progress
from reader import wording
from reader.beside.errands import Add, Advanced, Done, Errands, Failed, Sync
from reader.beside.record_worker import RecordWorker
from reader.steady_app import SteadyApp
from reader.widgets.status_line import StatusLine

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from reader.beside.errands import Errand, News


class ErrandApp(SteadyApp):
    """Has long work done by :attr:`errands`, and short work with the record by :attr:`record`.

    What is shown is up to a subclass.
    """

    chosen_keys: Mapping[str, str] = MappingProxyType({})
    """Which keys the configuration gives to which actions."""

    class Heard(Message):
        """There is something new of an errand."""

        def __init__(self, errand: Errand, news: News) -> None:
            super().__init__()
            self.errand = errand
            self.news = news

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.errands = Errands(folder, lambda *heard: self.post_message(self.Heard(*heard)))
        self.record = RecordWorker(lambda error: self.call_later(self.warn, str(error)))

    def on_mount(self) -> None:
        """Begin to read and write the record."""
        self.record.start()

    def on_unmount(self) -> None:
        """Write what is still to be written."""
        self.record.stop()

    def came(self, feed: str | None = None) -> None:
        """Take notice of what came of an errand, a feed with this key perhaps."""
        raise NotImplementedError

    def warn(self, text: str) -> None:
        """Tell the reader that something is not right, as plain text."""
        self.notify(mask(text), markup=False, severity="warning", timeout=8)

    def say(self, text: str) -> None:
        """Tell the reader something in passing, in the last line of the screen in front.

        A dialogue has none, and leaves that of the screen below in view.
        """
        for screen in reversed(self.screen_stack):
            for line in screen.query(StatusLine):
                line.say(text, stays=True)
                return

    def activity(self, text: str) -> None:
        """Say in the last line of every screen what is being done beside it."""
        for screen in self.screen_stack:
            for line in screen.query(StatusLine):
                line.activity(text)

    def exit(self, *args: Any, **options: Any) -> None:
        """Leave the reader; what is done beside it comes to an end, and keeps what it did."""
        self.errands.stop()
        super().exit(*args, **options)

    @on(Heard)
    def _heard(self, event: Heard) -> None:
        match event.news:
            case Advanced(task=task, done=done, total=total, part=part):
                self.activity(wording.progress(Progress(task, done, total, part)))
            case Done(said=said, complaints=complaints, feed=feed, unfetched=unfetched):
                self.activity("")
                self.came(feed)
                self.say(said)
                if unfetched:
                    self.errands.send(Sync(keys=unfetched))
                # Whatever is synced by itself is no reason to stand in anybody's way.
                if complaints and not (isinstance(event.errand, Sync) and event.errand.due):
                    self.warn(wording.complaints(complaints))
            case Failed(reason=reason):
                self.activity("")
                self.came()
                self.warn(reason)

    # --- what can be done from everywhere -------------------------------------------------------

    async def action_add(self) -> None:
        """Let the reader say what to add, and add it beside the screen."""
        # Not needed by the first frame.
        from reader.path_completion import meant  # noqa: PLC0415
        from reader.screens.ask import AskScreen, Paths  # noqa: PLC0415

        def add(typed: str | None) -> None:
            if typed is not None:
                self.errands.send(Add(places=(meant(typed),)))

        hint = "A file, folder, archive or web address. Tab completes, Enter adds."
        asking = AskScreen("Add articles", hint, placeholder="~/news", suggester=Paths())
        await self.push_screen(asking, add)

    def action_sync(self) -> None:
        """Sync all feeds; while some are being synced, end that."""
        if self.errands.is_under_way(Sync):
            self.errands.stop(Sync)
            self.say("The sync ends; what came is kept.")
        else:
            self.sync()

    def sync(self, keys: tuple[str, ...] | None = None, *, due: bool = False) -> None:
        """Sync some feeds, or all, unless a sync is under way."""
        if not self.errands.is_under_way(Sync):
            self.errands.send(Sync(keys=keys, due=due))
        elif not due:
            self.say("A sync is under way already.")
