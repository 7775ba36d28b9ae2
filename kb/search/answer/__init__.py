"""What is shown? Facets, pages, snippets with reasons, passages that say the like.

Completions.
"""
