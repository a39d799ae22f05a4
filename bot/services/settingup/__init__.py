"""The guided set-up as use cases: begun, taken up again, filled in place by place, saved."""
