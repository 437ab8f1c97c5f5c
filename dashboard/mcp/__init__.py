"""Answers for machines by the Model Context Protocol: the tools, their answers, and the server of both."""
