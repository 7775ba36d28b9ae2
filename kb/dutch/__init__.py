"""What do we know of Dutch? Pure, and a leaf of the house: every room below uses it.

`wordlist` (is it a word), `hyphens` (words broken at a line end), `repair` and
`word_repair` (what a scan did), `language`, `sentences`, `fold` (one spelling), `stem`,
`compounds`, `synonyms`, `analysis` (tokens). The data stands in .toml and .yaml beside.
"""
