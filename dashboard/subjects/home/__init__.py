"""Page "Home": the region in one sentence, key figures, the change over the years, who the victims are."""
