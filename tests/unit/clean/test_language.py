"""Languages by script and function words; silence where a text is too short."""

from __future__ import annotations

import pytest

from flows.clean.language import detect_language

SAMPLES = {
    "en": "The ministers said on Friday that they had agreed to meet again, but not before the end of the month.",
    "de": "Die Minister sagten am Freitag, dass sie sich noch einmal treffen "
    "werden, aber nicht vor dem Ende des Monats.",
    "fr": "Les ministres ont dit vendredi que la réunion aura lieu dans la capitale, mais pas avant la fin du mois.",
    "es": "Los ministros dijeron el viernes que se reunirán de nuevo en la "
    "capital, pero no antes del fin de mes, según el texto.",
    "pl": "Ministrowie powiedzieli w piątek, że spotkają się ponownie, ale nie "
    "przed końcem miesiąca, oraz że nie jest to po ich myśli.",
    "ru": "Министры заявили в пятницу, что они встретятся снова, но не раньше "
    "конца месяца, и это было решено на встрече.",
    "uk": "Міністри заявили у п'ятницю, що вони зустрінуться знову, але не "
    "раніше кінця місяця, і це було вирішено на зустрічі.",
    "tr": "Bakanlar cuma günü yeniden bir araya gelecek, ancak bu görüşme ay "
    "sonundan önce değil ve daha sonra olarak planlandı.",
    "ar": "قال الوزراء إن الاجتماع في العاصمة سيكون بعد نهاية الشهر وقد كان هذا من المقرر على جدول الأعمال",
    "he": "השרים אמרו ביום שישי כי ייפגשו שוב, אך לא לפני סוף החודש",
    "ka": "მინისტრებმა პარასკევს განაცხადეს, რომ ისინი კვლავ შეხვდებიან თვის ბოლოს",
    "zh": "部长们星期五表示，他们将在月底之后再次会面，但地点尚未确定，双方仍在商谈之中。",
}


@pytest.mark.parametrize("code", sorted(SAMPLES))
def test_languages_are_told_apart(code: str) -> None:
    assert detect_language(SAMPLES[code]) == code


def test_a_short_text_is_not_guessed() -> None:
    assert detect_language("Kyiv, 3 May") is None
    assert detect_language("Kyiv, 3 May", declared="en-GB") == "en"
    assert detect_language("") is None


def test_names_and_lists_in_an_english_text_do_not_change_it() -> None:
    text = SAMPLES["en"] + " A. S. Zelenskyi, O. K. Nový, V. Z. Kowalski i S-ka; 3 a, 4 s, 5 v, 6 z, 7 k."
    assert detect_language(text) == "en"


def test_a_quotation_in_another_language_does_not_decide() -> None:
    assert detect_language(SAMPLES["en"] * 3 + SAMPLES["ru"]) == "en"
