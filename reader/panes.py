"""Whose keys there are: for the help, the list of keys, and the configuration."""

from __future__ import annotations

from reader.app import BroadsheetApp
from reader.screens.article_screen import ArticleScreen
from reader.screens.feed_screen import FeedScreen
from reader.screens.feeds import FeedsScreen
from reader.screens.leaving_screen import LeavingScreen
from reader.screens.main import MainScreen
from reader.screens.reading_screen import ReadingScreen
from reader.screens.results_screen import ResultsScreen
from reader.widgets.choice_list import ChoiceList
from reader.widgets.feed_list import FeedList
from reader.widgets.guided_article import GuidedArticle
from reader.widgets.paged_lines import PagedLines
from reader.widgets.result_list import ResultList

PANES = (
    (
        "Everywhere",
        (MainScreen, LeavingScreen, ReadingScreen, ResultsScreen, ArticleScreen, BroadsheetApp),
    ),
    ("In the list", (ResultList,)),
    ("In the article", (PagedLines, GuidedArticle)),
    ("In the outline, and the links", (ChoiceList,)),
    ("In the feeds", (FeedsScreen, FeedScreen, FeedList)),
)
"""In the order of the help."""
