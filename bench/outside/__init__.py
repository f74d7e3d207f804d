"""A second register: own names, families, numbers and errors, no line of code in common with the sample or the program.

What finds everything in a world that its own authors made may have learned the world. This one was written from the contract alone.
"""
