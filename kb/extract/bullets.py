"""The signs that open an item of a list, once for every reader.

Each group is named for what may be believed of its signs.
"""

from __future__ import annotations

# Drawn for this alone: one that stands by itself is a bullet.
DRAWN = "•◦▪‣►■●▶▸➢"
# Of symbol fonts and ornaments: bullets also where no white follows.
ORNAMENTS = "❖\uf0b7\uf0a7\uf0d8\uf0fc›❯◆♦✔☐"
# Signs with other uses as well: bullets only where white follows.
SHARED = "✓⁃∙·❑□○–—\uf02d»→➔⇒"
# Round ones, which no dash or arrow is mistaken for.
ROUND = "•◦●∙·"
# What programs keep when they turn a document into plain text.
TYPED = "•▪■●◦○‣∙⁃\uf0b7\uf0a7"
