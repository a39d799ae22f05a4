"""The control API under `/_sandbox/`: what a second process needs to look in and to act."""
