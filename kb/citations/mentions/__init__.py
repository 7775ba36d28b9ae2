"""Citations in the text: who is cited where, and with which page."""
