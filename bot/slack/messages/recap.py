"""The week's good news in the channel, and nothing else."""

from bot.domain.reports.recaps import RecapFacts
from bot.slack.message import Message
from bot.slack.messages.celebration import called, highlight_lines
from bot.slack.messages.leaderboard import top_line
from bot.slack.pages import paged, sections
from bot.slack.words.amounts import day_words
from bot.slack.words.kudos import received_line


def recap(facts: RecapFacts) -> Message:
    """What the team did well, a line for each rep."""
    week = f"the week of {day_words(facts.week.start, facts.week.end)}"
    lines = [f"• {line}" for line in highlight_lines(facts.cheers)]
    if facts.top:  # ahead of what may go on in the thread: a name that leaves is mended here
        lines.insert(0, top_line(facts.top))
    if facts.on_target is not None:
        count = facts.on_target
        lines.insert(0, f"{count.reps} of {count.of} were on target, up from {count.before}.")
    if facts.kudos:
        lines.append(f"👏 Kudos: {received_line(facts.kudos, called)}")
    title = f"*Good news from {week}*"
    text = f"Good news from {week}: {'; '.join(line.removeprefix('• ') for line in lines)}"
    return paged(text, sections(title, lines, "news"), "More good news")
