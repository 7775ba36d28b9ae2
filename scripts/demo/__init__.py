"""The demo documents: their texts (texts/) and what typesets them."""
