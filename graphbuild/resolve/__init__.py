"""Decide which records speak of the same paper, person or system, and say why."""
