"""Reads one reference of a bibliography: who wrote what, where and when, each with its place in the text."""

from kg.annotators.citations.reading import Citation, read_citation

__all__ = ["Citation", "read_citation"]
