"""Every feature there is: a new one is a line here."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from handlers.context import Context
from handlers.feature import Feature, Heard, Press, Shortcut, Submit
from handlers.features.channels import Channels
from handlers.features.claiming import Claiming
from handlers.features.clipping import ClippingShortcuts
from handlers.features.coaching import Coaching
from handlers.features.experimenting import Experimenting
from handlers.features.home import HomeTab
from handlers.features.hub import Hub
from handlers.features.kudos import Kudos
from handlers.features.leaving import Leaving
from handlers.features.my_data import MyData
from handlers.features.one_to_ones import OneToOnes
from handlers.features.own_settings import OwnSettingsForm
from handlers.features.pacing import Pacing
from handlers.features.pairing import Pairing
from handlers.features.practising import Practising
from handlers.features.profiles import Profiles
from handlers.features.recording import Recording
from handlers.features.setting_up import SettingUp
from handlers.features.talking import Talking


@dataclass(frozen=True, slots=True)
class Handles:
    """Which feature takes what, by name."""

    recording: Recording
    commands: Mapping[str, Feature]
    presses: Mapping[str, Press]
    forms: Mapping[str, Submit]
    shortcuts: Mapping[str, Shortcut]
    events: Mapping[str, Sequence[Heard]]


def every_handle(context: Context) -> Handles:
    """All that the bot takes from Slack."""
    recording, claiming = Recording(context), Claiming(context)
    settings = OwnSettingsForm(context)
    features = [
        recording.feature(),
        ClippingShortcuts(context).feature(),
        Talking(context).feature(),
        settings.feature(),
        MyData(context).feature(),
        Pacing(context, settings).feature(),
        Kudos(context).feature(),
        Profiles(context).feature(),
        Channels(context).feature(),
        Leaving(context).feature(),
        claiming.feature(),
        SettingUp(context, claiming).feature(),
        Hub(context, claiming).feature(),
        Practising(context).feature(),
        OneToOnes(context).feature(),
        Pairing(context).feature(),
        Experimenting(context).feature(),
    ]
    topics = {topic: handle for each in features for topic, handle in each.topics.items()}
    coaching = Coaching(context, topics, claiming).feature()
    features += [coaching, HomeTab(context, coaching.commands["/coach"]).feature()]
    return Handles(
        recording=recording,
        commands={command: each for each in features for command in each.commands},
        presses={name: press for each in features for name, press in each.presses.items()},
        forms={name: submit for each in features for name, submit in each.forms.items()},
        shortcuts={name: opens for each in features for name, opens in each.shortcuts.items()},
        events=_events(features),
    )


def _events(features: Iterable[Feature]) -> Mapping[str, Sequence[Heard]]:
    """Several features may listen for one event."""
    heard: defaultdict[str, list[Heard]] = defaultdict(list)
    for each in features:
        for kind, hear in each.events.items():
            heard[kind].append(hear)
    return heard
