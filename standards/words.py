"""The words of a pack: text for people to read, which knows the language it is in and its translations."""

from collections.abc import Mapping

ENGLISH = "en"


class Words(str):
    """A text of a pack. To everything that compares, counts or keeps it, it is the pack's own text.

    `language` is the language of that text, `translations` the same in other languages, by language tag.
    """

    language: str
    translations: Mapping[str, str]

    def __new__(
        cls, text: str, language: str = ENGLISH, translations: Mapping[str, str] | None = None
    ) -> "Words":
        """The text itself, with what it is in other languages."""
        words = super().__new__(cls, text)
        words.language = language
        words.translations = translations or {}
        return words

    def said_in(self, language: str) -> tuple[str, str]:
        """The text in a language, and the language it then is in: the pack's own where it is not translated.

        What is wanted in pt-BR is said in pt where there is only that.
        """
        for tag in (language, language.partition("-")[0]):
            if tag == self.language:
                break
            if tag in self.translations:
                return self.translations[tag], tag
        return str(self), self.language
