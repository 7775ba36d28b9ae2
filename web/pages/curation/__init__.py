"""What the pages of curators show."""
