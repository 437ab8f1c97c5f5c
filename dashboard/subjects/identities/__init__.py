"""What figures of one release say against each other: the list, and the words of each."""
