"""The sample newsroom: fictional news sites with original articles, served on loopback for runs and tests."""

from flows.newsroom.articles import Article, Library, NewsroomError, Outlet, load_library
from flows.newsroom.server import Newsroom

__all__ = ["Article", "Library", "Newsroom", "NewsroomError", "Outlet", "load_library"]
