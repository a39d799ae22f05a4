"""Block Kit as Slack checks it: every shape, length and count, with the place of each fault."""

from sandbox.blocks.identity import elements_of
from sandbox.blocks.surfaces import home, message_blocks, modal, option_list

__all__ = ["elements_of", "home", "message_blocks", "modal", "option_list"]
