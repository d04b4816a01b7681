"""Decides what a regulation says once it is data, and what follows from it for a case."""
