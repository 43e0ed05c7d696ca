"""Indirect questions made of direct ones: "When does the job start?" gives "when the job starts"."""

import functools
import re

_ASK = re.compile(r"(?:(?:At|On|In|To|From|Under|By|For|Of|With|Through|Until|Since|After|Into) )?"
                  r"(?:(?:W|w)(?:ho|hom|hen|here|hose|hich|hat)|(?:H|h)ow)\b")
_VERBS = ("belong have arrive leave start begin end take sell cost weigh come need go live work do last pay serve rise "
          "blow use like enjoy love own speak prefer listen run lead give make earn meet return look connect log get "
          "carry visit bring eat employ track land bake grow teach know lie stay finish expire measure hold stand hire "
          "charge receive send buy order sit wear read write study open close travel ship want require contain "
          "contact specialize").split()
_AUX = "is are was were will can should must would may has".split()
_AUXILIARY = "|".join(_AUX + ["does", "do"])
_TAIL = ("on in at for per by with from to up down again there now going due ready free done put paid sent sold built "
         "lost left found written kept lent bought called made given held born based set about meant driven run taken "
         "out away over here inside near that named wanted included first back before under known after until").split()
_MODALS = "will can should must would may".split()
_SPLIT_SUBJECT = re.compile(r"(?:\{[\w.]+\}|it|I|they|one|we)"
                            r"(?:'s [a-z-]+(?: of [a-z]+| [a-z]+)?)?|this(?= (?:sent|for)|$)")


def _third(verb):
    if verb in ("do", "go"):
        return verb + "es"
    if verb == "have":
        return "has"
    return verb + ("es" if verb.endswith(("s", "sh", "ch", "x")) else "s")


def _subject_and_rest(words, modal):
    """The words of the subject and what follows it."""
    rest = " ".join(words)
    match = _SPLIT_SUBJECT.match(rest)
    end = len(match[0].split()) if match else 2
    if match and words[:2][1:] == ["and"]:
        end = 3
    if not match and words[0] not in ("the", "a", "this", "each", "late", "check-in", "check-out", "departure"):
        return None
    while end < len(words) and not match:
        word = words[end]
        if word in _TAIL or word.endswith(("ed", "ing")) and word != "meeting" or modal and word in _VERBS + ["be"]:
            break
        end += 1
    return words[:end], words[end:]


@functools.cache
def indirect(question):
    """The clause, or None where it isn't clear how to make one."""
    text = question.rstrip("?")
    if "?" in text or "," in text or not _ASK.match(text):
        return None
    words = text.split()
    lowered = [words[0][0].lower() + words[0][1:]] + words[1:]
    at = next((i for i, w in enumerate(words) if re.fullmatch(_AUXILIARY, w)), None)
    if at is None:
        if "did" in words or not re.match(r"(Who|Which|What|How many|How much) ", text):
            return None
        return " ".join(lowered)
    head, tail = lowered[:at], lowered[at + 1:]
    if not tail or "there" in (tail[0], tail[-1]) or "may" in head:
        return None
    if words[at] == "has" or tail[0] in ("{v}", "{a") and head[0] in ("who", "which", "what"):
        return " ".join(lowered)
    if words[at] in ("does", "do"):
        for i, word in enumerate(tail):
            if word in _VERBS and i > (tail[0] == "the"):
                verb = _third(word) if words[at] == "does" else word
                return " ".join(head + tail[:i] + [verb] + tail[i + 1:])
        return None
    if head == ["who"] and (tail[0] in ("in", "being", "described", "listed", "wanted",
                                        "coming") or tail[0].endswith("ing")):
        return " ".join(lowered)
    parts = _subject_and_rest(tail, words[at] in _MODALS)
    if parts is None:
        known = tail[0].endswith(("ed", "ing")) or tail[0] in _TAIL or tail[0] in ("sold", "broken", "missing")
        return " ".join(lowered) if known and head[0] in ("which", "what", "who", "how") else None
    subject, rest = parts
    return " ".join(head + subject + [words[at]] + rest)
