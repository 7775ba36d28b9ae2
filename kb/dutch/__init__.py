"""What do we know of Dutch? Word list, sentences, repair, folding, stems, compounds: pure, and the leaf of the house."""
