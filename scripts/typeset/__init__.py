"""PDFs of many layouts whose truth is known, to measure how well pages are read.

`python -m scripts.typeset OUT [--only odd|even] [--scans]` writes NAME.pdf and NAME.json.
"""
