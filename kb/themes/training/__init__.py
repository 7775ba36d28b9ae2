"""How is the model of the themes learnt? Needs the extra `train` (scikit-learn)."""
