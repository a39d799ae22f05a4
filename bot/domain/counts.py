"""A number with its noun."""


def counted(number: int, one: str, many: str = "") -> str:
    """ "1 rep", "1,200 reps"; `many` where it isn't `one` with an s ("1 entry", "2 entries")."""
    return f"{number:,} {one if number == 1 else many or f'{one}s'}"
