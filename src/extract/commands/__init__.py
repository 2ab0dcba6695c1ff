"""The commands on output folders that have been written: each a function that `cli.py` registers."""
