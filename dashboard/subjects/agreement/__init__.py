"""Agreement of evidence: which independent kinds name a pair of states or a role; never a sum, never a score."""
