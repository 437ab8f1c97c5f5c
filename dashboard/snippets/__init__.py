"""A view as a few lines of Polars that make its rows anew from the downloaded tables. Pure: ids in, a text out.

The texts stand on the tables' published names alone, so that they run anywhere; a test runs every one of them.
"""
