"""The grammar of what people type after a slash command: text in, frozen values out.

Everything is pure: the text, the team's active indicators and the rep's local date are arguments.
Whatever can't be read raises `NotUnderstood` (or another `Refusal`) and nothing else.
"""
