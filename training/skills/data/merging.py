"""How lists of phrasings grow: new entries come before the held-out tail, so that what is held out stays held out."""


def before_tail(old, new):
    """`old` with the new ones of `new` in front of its last sixth (see Split.part)."""
    cut = len(old) - max(1, len(old) // 6)
    fresh = [entry for entry in dict.fromkeys(new) if entry not in old]
    return old[:cut] + fresh + old[cut:]
