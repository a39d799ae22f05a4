"""What `pacesetter demo` shows: the bot on the sandbox's page (`opening`), or, with `--play`, a
team's fortnight as text (`run`)."""
