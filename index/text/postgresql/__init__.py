"""Decides how PostgreSQL (15 or newer) answers: for a room that has a server and wants one store on it."""
