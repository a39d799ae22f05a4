"""A playbook as plain values, and the rules that hold for it wherever it comes from."""
