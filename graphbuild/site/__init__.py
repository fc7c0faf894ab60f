"""Publish a graph as a static site of linked data: pages, data files, indexes and search."""
