"""The guided set-up of a team: what has been said so far, and the plan that it comes to."""
