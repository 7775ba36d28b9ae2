"""Pictures made on the server: numbers in, shapes with coordinates out; templates draw them as SVG with a table beside it."""
