"""Decides how OpenSearch answers."""
