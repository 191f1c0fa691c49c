"""Bibliographic records as the world's catalogues publish them: one file for each format, all read as a stream."""
