"""The data folder: open it, repair it, remove erased rows from it."""
