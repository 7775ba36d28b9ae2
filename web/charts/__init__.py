"""Pictures made on the server: numbers in, shapes with coordinates out.

Templates draw them as SVG with a table beside it.
"""
