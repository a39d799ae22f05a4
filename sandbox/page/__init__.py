"""The page for people: Slack's looks over the sandbox's state. Its source is in `src/`, what is
served in `built/` (made from it by `make page`, committed, so that running needs no Node)."""
