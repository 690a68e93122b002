"""Layouts become cells: one reading per declared cell, found or not, and what could not be placed is said."""

from transforms.extract.extract import Extraction, extract

__all__ = ["Extraction", "extract"]
