"""The guided set-up of a team, one modal that goes from place to place."""
