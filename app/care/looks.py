"""What a few things look like in any language: a name, a day, a telephone number, the shape of a code.

Each look is asked at a place, and gives the places after what it found there, the best first. None looks
further than a set number of tokens ahead.
"""

from collections.abc import Callable, Collection, Iterator, Mapping

from app.care.tokens import CAPITAL, NUMBER, SIGN, SMALL, Token, Tokens

Ends = Iterator[int]
Look = Callable[[Tokens, int], Ends]
Opens = frozenset[str]
"""What something may begin with: words, and sorts of token. What may be nothing has END in it."""

END = "the end"
A_WORD = frozenset({CAPITAL, SMALL})
A_NAME = frozenset({CAPITAL})
A_NUMBER = frozenset({NUMBER})
A_DIALLED = frozenset({NUMBER, "+", "("})
ANYTHING = frozenset({CAPITAL, SMALL, NUMBER, SIGN})

IN_ADDRESS = "._+-%"
"""The signs that an e-mail address may have before its @."""

LONGEST_RUN = 24
"""How many tokens a code, an address or a telephone number has at most."""


def joined_on(tokens: Tokens, at: int) -> int:
    """The place after a word such as Jean-Luc or O'Brien; 0 where nothing is joined on."""
    end = at + 1
    for _again in range(2):
        sign, word = tokens.at(end), tokens.at(end + 1)
        if sign is None or word is None or sign.key not in "-'" or not word.capital:
            break
        if not (tokens.joined(end) and tokens.joined(end + 1)):
            break
        end += 2
    return end if end > at + 1 else 0


def one(test: Callable[[Token], bool]) -> Look:
    """One token that passes a test."""

    def look(tokens: Tokens, at: int) -> Ends:
        token = tokens.at(at)
        if token is not None and test(token):
            yield at + 1

    return look


def between(least: int, most: int) -> Look:
    """A number, written in one or two digits where it may be, from `least` to `most`."""
    return one(lambda token: token.number and len(token.text) < 5 and least <= int(token.text) <= most)


def digits(least: int, most: int) -> Look:
    """A number of so many digits."""
    return one(lambda token: token.number and least <= len(token.text) <= most)


def capitals(least: int, most: int) -> Look:
    """So many capital letters."""
    return one(lambda token: token.word and token.text.isupper() and least <= len(token.text) <= most)


def house_number(tokens: Tokens, at: int) -> Ends:
    """The number of a house: 12, 12a, 12-14, 12/3."""
    token = tokens.at(at)
    if token is None or not token.number or len(token.text) > 5:
        return
    after, then = tokens.at(at + 1), tokens.at(at + 2)
    if after is not None and after.word and len(after.text) == 1 and tokens.joined(at + 1):
        yield at + 2
    elif after is not None and after.text in "-/–" and then is not None and then.number:
        yield at + 3
    yield at + 1


def capital_word(tokens: Tokens, at: int) -> Ends:
    """A word with a capital letter, as in the name of a street: Quay, St., Mary's, Jean-Luc."""
    token = tokens.at(at)
    if token is None or not token.capital:
        return
    joined = joined_on(tokens, at)
    end = joined or at + 1
    sign, tail = tokens.at(end), tokens.at(end + 1)
    if sign is not None and sign.key == "'" and tail is not None and tail.key == "s":
        end += 2
    elif sign is not None and sign.text == "." and len(token.text) < 4:
        end += 1
    yield end


def end_of_phrase(tokens: Tokens, at: int) -> Ends:
    """Where a phrase ends: at a sign that ends one, or at the end of the text."""
    token = tokens.at(at)
    if token is None or token.text in '.,;:!?)]”"–\n':
        yield at


def code(least: int, most: int) -> Look:
    """Letters, digits and the signs between them in one run, with so many digits in it."""

    def look(tokens: Tokens, at: int) -> Ends:
        end, found = at, 0
        while end - at < LONGEST_RUN and (end == at or tokens.joined(end)):
            token = tokens.at(end)
            if token is None or not (token.word or token.number or token.text in "-/._"):
                break
            found += len(token.text) if token.number else 0
            end += 1
        while end > at and not _letters_or_digits(tokens.at(end - 1)):
            end -= 1
        if least <= found <= most and _letters_or_digits(tokens.at(at)):
            yield end

    return look


def _letters_or_digits(token: Token | None) -> bool:
    return token is not None and (token.word or token.number)


def figures(least: int, most: int, *, whole: bool = False) -> Look:
    """Digits in groups, as telephone numbers are written, so many in all; `whole`: with the area."""

    def look(tokens: Tokens, at: int) -> Ends:
        if whole and not _has_area(tokens, at):
            return
        end, found, best = at, 0, 0
        while end - at < LONGEST_RUN and _dialled(tokens, end, first=end == at):
            token = tokens.at(end)
            if token is not None and token.number:
                found += len(token.text)
                if found > most:
                    break
                best = end + 1 if found >= least else 0
            end += 1
        if best and (tokens.text_at(at) != "(" or ")" in map(tokens.text_at, range(at, best))):
            yield best

    return look


def _dialled(tokens: Tokens, at: int, *, first: bool) -> bool:
    """Whether a token can stand in a telephone number, at its beginning or further on."""
    token = tokens.at(at)
    if token is None:
        return False
    if first:
        return token.number or token.text in "+("
    return (token.number or token.text in "+()-./") and tokens.same_line(at)


def _has_area(tokens: Tokens, at: int) -> bool:
    """Whether a telephone number begins as one does that is written in full: +44, 0117, (020)."""
    token, then, before = tokens.at(at), tokens.at(at + 1), tokens.at(at - 1) if at else None
    if token is None or then is None:
        return token is not None and token.text[0] == "0"
    if token.text == "+":
        return then.number
    if token.text == "(":
        return then.text[0] == "0" or then.text == "+"
    part_of_code = tokens.joined(at) and before is not None and before.text not in "(:"
    return token.text[0] == "0" and len(token.text) > 1 and not part_of_code


def email(tokens: Tokens, at: int) -> Ends:
    """An e-mail address."""
    if at and tokens.joined(at) and _of_address(tokens.at(at - 1)):
        return
    end = at
    while end - at < LONGEST_RUN and _of_address(tokens.at(end)) and (end == at or tokens.joined(end)):
        end += 1
    sign = tokens.at(end)
    if end == at or sign is None or sign.text != "@" or not tokens.joined(end):
        return
    end, dots, best = end + 1, 0, 0
    while end - at < 2 * LONGEST_RUN and _of_address(tokens.at(end)) and tokens.joined(end):
        token = tokens.at(end)
        if dots and token is not None and token.word:
            best = end + 1
        dots += token is not None and token.text == "."
        end += 1
    if best:
        yield best


def _of_address(token: Token | None) -> bool:
    return token is not None and (token.word or token.number or token.text in IN_ADDRESS)


def shape(drawn: str) -> Look:
    """A run drawn with A for a capital letter, a for any letter and 9 for a digit: AA99."""

    def look(tokens: Tokens, at: int) -> Ends:
        end, left = at, drawn
        while left:
            token = tokens.at(end)
            if token is None or (end > at and not tokens.joined(end)) or not _drawn(token.text, left):
                return
            left, end = left[len(token.text) :], end + 1
        if not (tokens.joined(end) and _letters_or_digits(tokens.at(end))):
            yield end

    return look


def drawn_opens(first: str) -> Opens:
    """What a shape may begin with."""
    return {"A": A_NAME, "a": A_WORD}.get(first, A_NUMBER)


def drawn_second(drawn: str) -> Opens | None:
    """What the second token of a shape is one of: where letters and digits meet, a new one begins."""
    begun = drawn.lstrip("9") if drawn[0] == "9" else drawn.lstrip("Aa")
    return drawn_opens(begun[0]) if begun[:1] in ("9", "A", "a") else None


def _drawn(text: str, drawn: str) -> bool:
    return len(text) <= len(drawn) and all(map(_fits, text, drawn))


def _fits(letter: str, drawn: str) -> bool:
    if drawn == "9":
        return letter.isdecimal()
    return letter.isupper() if drawn == "A" else letter.isalpha() if drawn == "a" else letter == drawn


PLAIN: Mapping[str, tuple[Look, Opens]] = {
    "day": (between(1, 31), A_NUMBER),
    "month": (between(1, 12), A_NUMBER),
    "year": (one(lambda token: len(token.text) == 4 and token.text[:2] in ("19", "20")), A_NUMBER),
    "age": (between(0, 17), A_NUMBER),
    "small": (one(lambda token: token.word and not token.capital), frozenset({SMALL})),
    "word": (one(lambda token: token.word), A_WORD),
    "capital": (capital_word, A_NAME),
    "house": (house_number, A_NUMBER),
    "end": (end_of_phrase, frozenset({SIGN, END})),
    "email": (email, A_WORD | A_NUMBER | frozenset(IN_ADDRESS)),
}
"""What can be named in a rule as it stands, and what it may begin with."""

HOLDS: Mapping[str, Opens] = {"email": frozenset({"@"}), "figures": A_NUMBER, "phone": A_NUMBER}
"""What something has in it wherever it is, where that says more than what it may begin with."""

COUNTED: Mapping[str, tuple[Callable[[int, int], Look], Opens]] = {
    "digits": (digits, A_NUMBER),
    "capitals": (capitals, A_NAME),
    "code": (code, A_WORD | A_NUMBER),
    "figures": (figures, A_DIALLED),
    "phone": (lambda least, most: figures(least, most, whole=True), A_DIALLED),
}
"""What is named in a rule with how many: <digits 3>, <phone 9-15>."""

SINGLE = frozenset({"day", "month", "year", "age", "small", "word", "digits", "capitals"})
"""What is always one token."""


def gap(stops: Collection[str], most: int = 6) -> Look:
    """A few words of the same sentence, up to a word that stands for a thing."""

    def look(tokens: Tokens, at: int) -> Ends:
        for end in range(at + 1, at + 1 + most):
            token = tokens.at(end - 1)
            if token is None or token.text in ".!?;\n" or token.key in stops:
                return
            yield end

    return look
