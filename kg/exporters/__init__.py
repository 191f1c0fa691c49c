"""Exporters: a graph to one file for other programs and for eyes."""
