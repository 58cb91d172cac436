"""Whose keys there are: for the help, the list of keys, and the configuration."""

from __future__ import annotations

from reader.app import BroadsheetApp
from reader.screens.article_screen import ArticleScreen
from reader.screens.ask import AskScreen
from reader.screens.choose import ChooseScreen
from reader.screens.facets import FacetsScreen
from reader.screens.feed_screen import FeedScreen
from reader.screens.feeds import FeedsScreen
from reader.screens.help import HelpScreen
from reader.screens.leaving_screen import LeavingScreen
from reader.screens.main import MainScreen
from reader.screens.marking_screen import MarkingScreen
from reader.screens.narrowing_screen import NarrowingScreen
from reader.screens.notes import NotesScreen
from reader.screens.noting_screen import NotingScreen
from reader.screens.query_screen import QueryScreen
from reader.screens.reading_screen import ReadingScreen
from reader.screens.results_screen import ResultsScreen
from reader.screens.saved import SavedScreen
from reader.screens.select import SelectScreen
from reader.widgets.article_view import ArticleView
from reader.widgets.choice_list import ChoiceList
from reader.widgets.facet_list import FacetList
from reader.widgets.feed_list import FeedList
from reader.widgets.guided_article import GuidedArticle
from reader.widgets.note_list import NoteList
from reader.widgets.overview_line import OverviewLine
from reader.widgets.paged_lines import PagedLines
from reader.widgets.result_list import ResultList
from reader.widgets.saved_list import SavedList

PANES = (
    (
        "Everywhere",
        (
            MainScreen,
            LeavingScreen,
            ReadingScreen,
            QueryScreen,
            NarrowingScreen,
            ResultsScreen,
            MarkingScreen,
            NotingScreen,
            ArticleScreen,
            BroadsheetApp,
        ),
    ),
    ("In the list", (ResultList,)),
    ("In the article", (PagedLines, GuidedArticle, ArticleView)),
    ("In the outline, and the links", (ChooseScreen, ChoiceList)),
    ("While selecting", (SelectScreen,)),
    ("In the highlights", (NotesScreen, NoteList)),
    ("In the histogram", (OverviewLine,)),
    ("In the list of what to narrow to", (FacetsScreen, FacetList)),
    ("In the feeds", (FeedsScreen, FeedScreen, FeedList)),
    ("In the saved searches", (SavedScreen, SavedList)),
    ("While something is asked", (AskScreen,)),
    ("In the help", (HelpScreen,)),
)
"""In the order of the help."""
