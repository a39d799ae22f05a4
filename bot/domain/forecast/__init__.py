"""The chance that a rep reaches a target by the period's end (issue 5; docs/coaching.md).

`prospects` and `likelihood` are plain values. The rest is the model and takes NumPy and SciPy, half
a second and 30 MB: whoever asks for chances imports `chances` when they ask.
"""
