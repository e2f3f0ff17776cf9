"""Is the model file sound?

``checks`` (a model before it comes into force), ``breakage`` (what is wrong with the file, in words
for its author), ``time_limit`` (a file that never comes to its end).
"""
