"""Decides where a document belongs: what speaks for a series, a fonds, a set, and how sure that is."""
