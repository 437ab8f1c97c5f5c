"""The figures of routes: the map, the matrix, and the sequence from origin to destination."""
