"""A strict local stand-in for Slack: see `Sandbox`. It knows nothing of the bot."""

from sandbox.acting.person import Person
from sandbox.acting.reply import Reply
from sandbox.clock import Clock, ManualClock, SystemClock
from sandbox.errors import NotPossible, SlackError
from sandbox.faults import Fault
from sandbox.host import Control, Host, Report, Step
from sandbox.journal import Exchange
from sandbox.message import Message
from sandbox.rates import RateLimits
from sandbox.screens import View
from sandbox.server import Sandbox
from sandbox.workspace import (
    Channel,
    Command,
    Shortcut,
    User,
    Workspace,
    commands_of,
    load_seed,
    shortcuts_of,
)

__all__ = [
    "Channel",
    "Clock",
    "Command",
    "Control",
    "Exchange",
    "Fault",
    "Host",
    "ManualClock",
    "Message",
    "NotPossible",
    "Person",
    "RateLimits",
    "Reply",
    "Report",
    "Sandbox",
    "Shortcut",
    "SlackError",
    "Step",
    "SystemClock",
    "User",
    "View",
    "Workspace",
    "commands_of",
    "load_seed",
    "shortcuts_of",
]
