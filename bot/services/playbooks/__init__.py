"""A whole workspace as one playbook: what is stored, and what changes when another is applied."""
