"""The hub: everything that can be changed about a team, each thing with what is so now."""

from bot.domain.playbook.desk import Desk
from bot.domain.playbook.plans import RepPlan, TeamPlan
from bot.domain.playbook.warnings import thin_faults
from bot.slack import actions
from bot.slack.views.coach import names
from bot.slack.views.coach.parts import (
    buttons,
    divider,
    heading,
    opening,
    page,
    safe,
    small,
    text,
    told,
)
from bot.slack.views.coach.place import Kept, Place
from bot.slack.views.coach.words import days_words, zone_words
from bot.slack.views.fields import MOST_OPTIONS, Json, option, plain
from bot.slack.words.amounts import day_words

_NAMED = 5
_MORE = (
    "`/pace team` shows who is on pace · `/coach digest` the last week · "
    "`/coach prep @rep` a one-to-one · `/coach setup` starts from scratch"
)


def hub(desk: Desk, kept: Kept, said: str = "") -> Json:
    """The first page of `/coach`."""
    here = Place(names.HUB, desk.team_id)
    blocks = [*told(said), *(_team(desk, here) if desk.team_id else _no_team(here))]
    if desk.is_admin:
        blocks += [divider("admin"), *_workspace(desk, here)]
    return page("Coach", kept.at(here), [*blocks, small(_MORE, "more")])


def _no_team(here: Place) -> list[Json]:
    nothing = "*There is no team yet.*\n`/coach setup` takes you through your first one in minutes."
    return [text(nothing, "nothing"), buttons([("New team", here.to(names.TEAM_ADD))], "first")]


def _team(desk: Desk, here: Place) -> list[Json]:
    plan = desk.plan
    return [
        _which_team(desk, here),
        opening(f"👥  *People*\n{_people(plan)}", here.to(names.PEOPLE), "people"),
        opening(
            f"🧭  *Results and behaviours*\n{_counted(desk)}", here.to(names.COUNTED), "counted"
        ),
        opening(f"🎯  *Targets*\n{_targets(plan)}", here.to(names.TARGETS), "targets"),
        opening(f"🌴  *Time off*\n{_away(desk)}", here.to(names.AWAY), "away"),
        opening(f"🕘  *Times and channel*\n{_times(desk)}", here.to(names.TIMES), "times"),
        opening(f"🎉  *Good news*\n{_news(plan)}", here.to(names.NEWS), "news"),
        opening(f"🌱  *New reps*\n{_ramp(plan)}", here.to(names.RAMP), "ramp"),
        opening(
            "📒  *Templates*\nStart from what works for teams like yours",
            here.to(names.TEMPLATES),
            "templates",
        ),
    ]


def _which_team(desk: Desk, here: Place) -> Json:
    if len(desk.teams) < 2:
        return heading(desk.plan.name, "team")
    listed = [
        option(Place(here.page, team_id).code, name)
        for team_id, name in [
            (desk.team_id, desk.plan.name),
            *(each for each in desk.teams.items() if each[0] != desk.team_id),
        ][:MOST_OPTIONS]
    ]
    menu = {
        "type": "static_select",
        "action_id": actions.COACH_GO,
        "options": listed,
        "initial_option": listed[0],
        "placeholder": plain("Choose a team"),
    }
    # With the team in its id: another team's menu doesn't keep what was chosen here.
    return text(f"*{safe(desk.plan.name)}*", f"team:{desk.team_id}") | {"accessory": menu}


def _workspace(desk: Desk, here: Place) -> list[Json]:
    teams = f"{len(desk.playbook.teams)} in all" if desk.playbook.teams else "None yet"
    admins = _listed(desk.admins) or "Nobody yet"
    return [
        opening(f"🏢  *Teams*\n{teams}", here.to(names.TEAMS), "teams"),
        opening(f"🔑  *Admins*\n{admins}", here.to(names.ADMINS), "admins"),
    ]


def _people(plan: TeamPlan) -> str:
    reps = _listed([rep.user for rep in plan.reps]) or "Nobody yet: add your reps"
    managers = _listed(plan.managers)
    return f"{reps}\nManaged by {managers or 'nobody yet'}"


def _listed(users: "tuple[str, ...] | list[str]") -> str:
    shown = ", ".join(f"<@{user}>" for user in users[:_NAMED])
    return f"{shown} and {len(users) - _NAMED} more" if len(users) > _NAMED else shown


def _counted(desk: Desk) -> str:
    thin = "  ·  ⚠️ thin" if any(thin_faults((), desk.plan)) else ""
    return f"{desk.fill}{thin}"


def _targets(plan: TeamPlan) -> str:
    own = len({(each.user, each.segment) for each in plan.overrides})
    if not plan.indicators:
        return "First say what your team counts"
    return f"For the team{f', and {own} of reps or segments' if own else ''}"


def _away(desk: Desk) -> str:
    if not desk.absences:
        return "Nobody is away"
    first = desk.absences[0]
    more = len(desk.absences) - 1
    when = days_words(first.absence.days, desk.today)
    return f"<@{first.user}> {when}{f' and {more} more' if more else ''}"


def _times(desk: Desk) -> str:
    plan = desk.plan
    channel = f"<#{plan.channel}>" if plan.channel else "No channel yet"
    zone = zone_words(plan.timezone or desk.playbook.timezone)
    return f"{channel}  ·  nudge {plan.nudge_at:%H:%M}  ·  {safe(zone)}"


def _news(plan: TeamPlan) -> str:
    board = "Leaderboard on" if plan.leaderboard else "Leaderboard off"
    return f"{board}  ·  celebrations {'as usual' if not plan.celebrations.said else 'your way'}"


def _ramp(plan: TeamPlan) -> str:
    if not plan.ramp:
        return "Full targets from the first day"
    shares = ", ".join(f"{share * 100:.0f} %" for share in plan.ramp)
    return f"Targets grow: {shares}, then full"


def rep_words(rep: RepPlan, desk: Desk) -> str:
    """A rep in two lines; mrkdwn."""
    parts = [f"*{safe(rep.segment)}*"] if rep.segment else []
    if rep.started_on:
        verb = "starts" if rep.started_on > desk.today else "since"
        parts.append(f"{verb} {day_words(rep.started_on, desk.today)}")
    if rep.leaves_on:
        parts.append(f"last day {day_words(rep.leaves_on, desk.today)}")
    if rep.timezone:
        parts.append(safe(zone_words(rep.timezone)))
    if rep.nudge_at:
        parts.append(f"nudge {rep.nudge_at:%H:%M}")
    parts += _next_time_off(rep, desk)
    return f"<@{rep.user}>\n{'  ·  '.join(parts) or 'No special settings'}"


def _next_time_off(rep: RepPlan, desk: Desk) -> list[str]:
    ahead = [days for days in rep.away if days.end >= desk.today]
    return [f"🌴 {days_words(ahead[0], desk.today)}"] if ahead else []
