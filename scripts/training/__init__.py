"""Labelled training passages of our own, and what they are worth."""
