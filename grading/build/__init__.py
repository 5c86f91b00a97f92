"""The build: one text file a unit becomes its notebooks."""
