"""An entry of a reference list, or a source printed elsewhere, as CSL-JSON."""
