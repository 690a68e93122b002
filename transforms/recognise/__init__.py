"""Which table of which form is this, and where are its rows and columns: Document -> Layouts, found by labels alone."""

from transforms.recognise.lines import tabulate
from transforms.recognise.recognise import recognise
from transforms.recognise.unread import unread

__all__ = ["recognise", "tabulate", "unread"]
