"""Treaties and laws: who acted when."""
