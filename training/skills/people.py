"""First names and made words."""

from . import values

STARTS = "b bl br c ch cl d dr f fl g gr h j k kl l m n p pl r s sh st t tr v w z".split()
VOWELS = "a e i o u a e o".split()
MIDDLES = "b d f g l m n p r s t v z nd rt lm st mb".split()
ENDS = ["", "", "n", "l", "r", "s", "t", "m", "x", "k", "d"]


def made_word(rng, syllables=2):
    """A pronounceable word that means nothing: `brolan`."""
    word = rng.choice(STARTS) + rng.choice(VOWELS)
    for _ in range(syllables - 1):
        word += rng.choice(MIDDLES) + rng.choice(VOWELS)
    return word + rng.choice(ENDS)


def person(rng, split):
    """A first name of this split, half of them made up."""
    return values.first_name(rng, split)
