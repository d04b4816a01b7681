"""Decides what lists say that a room kept in spreadsheets: rows, columns, faults, images, the incoming register."""
