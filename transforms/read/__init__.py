"""Bytes of one file become a Document: one module per format, all of them giving rectangular tables."""
