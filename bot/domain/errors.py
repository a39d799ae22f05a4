"""What the domain refuses, with the sentence that the user will read."""


class Refusal(Exception):
    """A request that can't be met as it stands.

    `sentence` is shown to the person as it is (after escaping), so it says in plain words what is
    wrong and what to do or type instead. Nothing has been recorded when a refusal is raised.
    """

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class NotPermitted(Refusal):
    """Somebody asked for what only the rep, the team's manager or an admin may do (design §2.8)."""


class UnknownPerson(Refusal):
    """Somebody who is in no team of this workspace, or not known at all."""


class NothingSetUp(UnknownPerson):
    """There is no team at all yet; `may_set_up` says whether this person can change that."""

    def __init__(self, sentence: str, *, may_set_up: bool) -> None:
        super().__init__(sentence)
        self.may_set_up = may_set_up


class NotSaved(Refusal):
    """The database could not keep it: a full disk, a lock that somebody holds, no connection."""

    def __init__(self) -> None:
        super().__init__(
            "I couldn't save that, so nothing was recorded. Please try again in a minute; "
            "if it happens again, tell whoever runs Pacesetter."
        )


class NotKnown(NotSaved):
    """The database went away while it kept it, and hasn't come back to say whether it did."""

    def __init__(self) -> None:
        Refusal.__init__(
            self,
            "The database went away just then, so I don't know whether that was saved. Before you "
            "do it again, please look: `/pace` and Home show what is there.",
        )
