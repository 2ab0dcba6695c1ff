"""English is told from other languages, by whole texts and by blocks."""

import pytest

from extract.sources import read_string
from extract.text.languages import foreign_blocks, language_of, with_languages

TEXTS = {
    "en": [
        "The harbour town voted on Sunday, and the count went on until the small hours of Monday.",
        "Both lists took nine seats, which means that the mayor has to look for a partner.",
    ],
    "de": [
        "Die Hafenstadt hat am Sonntag gewählt, und die Auszählung dauerte bis in die frühen Morgenstunden.",
        "Beide Listen bekamen neun Sitze, so dass der Bürgermeister nun einen Partner suchen muss.",
    ],
    "nl": ["De havenstad heeft zondag gestemd en het tellen van de stemmen duurde tot in de ochtend."],
    "fr": ["La ville portuaire a voté dimanche et le dépouillement a duré jusqu'aux premières heures de lundi."],
    "es": ["La ciudad portuaria votó el domingo y el recuento de los votos duró hasta la madrugada del lunes."],
    "pt": ["A cidade portuária votou no domingo e a contagem dos votos durou até a madrugada de segunda-feira."],
    "it": ["La città portuale ha votato domenica e lo spoglio delle schede è durato fino alle prime ore di lunedì."],
    "ca": ["La ciutat portuària va votar diumenge i el recompte dels vots va durar fins a la matinada de dilluns."],
    "ro": ["Orașul portuar a votat duminică, iar numărarea voturilor a durat până în dimineața zilei de luni și a fost lungă."],
    "sv": ["Hamnstaden röstade på söndagen och det tog hela natten att räkna rösterna, som var fler än för fyra år sedan."],
    "fi": ["Satamakaupunki äänesti sunnuntaina, ja ääntenlasku kesti aamuun asti, mutta tulos on nyt selvä kun se on julki."],
    "et": ["Sadamalinn hääletas pühapäeval ja häälte lugemine kestis hommikuni, aga tulemus on nüüd selge ning see on ka teada."],
    "lt": ["Uostamiestis balsavo sekmadienį, o balsų skaičiavimas truko iki ryto, bet rezultatas jau yra aiškus ir tai gerai."],
    "pl": ["Miasto portowe głosowało w niedzielę, a liczenie głosów trwało do rana, ale wynik jest już znany i nie dziwi."],
    "cs": [
        "Přístavní město volilo v neděli a sčítání hlasů trvalo až do rána, ale výsledek je již známý a nikoho nepřekvapil, že."
    ],
    "hu": [
        "A kikötőváros vasárnap szavazott, és a szavazatok számlálása reggelig tartott, de az eredmény már ismert és nem meglepő."
    ],
    "hr": [
        "Lučki grad glasao je u nedjelju, a prebrojavanje glasova trajalo je do jutra, ali rezultat je poznat i nije iznenadio."
    ],
    "tr": [
        "Liman kenti pazar günü oy verdi ve oyların sayımı sabaha kadar sürdü, ama sonuç artık belli ve çok da şaşırtıcı değil."
    ],
    "id": [
        "Kota pelabuhan itu memilih pada hari Minggu dan penghitungan suara berlangsung sampai pagi, tetapi hasilnya sudah ada."
    ],
    "sq": [
        "Qyteti port votoi të dielën dhe numërimi i votave zgjati deri në mëngjes, por rezultati është i njohur dhe nuk ka habi."
    ],
    "cyrillic": ["Портовый город голосовал в воскресенье, и подсчёт голосов продолжался до утра понедельника."],
    "greek": ["Η πόλη του λιμανιού ψήφισε την Κυριακή και η καταμέτρηση κράτησε μέχρι το πρωί."],
    "arabic": ["صوتت المدينة الساحلية يوم الأحد واستمر فرز الأصوات حتى الصباح الباكر"],
    "georgian": ["საპორტო ქალაქმა კვირას მისცა ხმა და ხმების დათვლა დილამდე გაგრძელდა"],
}


@pytest.mark.parametrize(("language", "text"), [(language, text) for language, texts in TEXTS.items() for text in texts])
def test_the_language_of_a_sentence(language, text):
    assert language_of(text) == language


NO_TELLING = ["", "12, 13, 14", "Ann Oak, Bo Elm", "Lighthouse List 11 Harbour Union 8"]


@pytest.mark.parametrize("text", NO_TELLING)
def test_what_has_no_small_words_has_no_language(text):
    assert language_of(text) is None


def test_english_full_of_foreign_names_is_english():
    text = "In Rio de Janeiro the Partido da Causa and the Movimento de Libertação Nacional do Sul won most of the seats."
    assert language_of(text) == "en"


def test_a_mixed_document_is_told_by_block():
    source = "\n\n".join([TEXTS["en"][0], TEXTS["de"][0], TEXTS["en"][1], "Ann Oak"])
    document = read_string(source, format="text")
    assert foreign_blocks(document.text, document.blocks) == (None, frozenset({1}))
    source = "\n\n".join([TEXTS["de"][0], "Ann Oak", TEXTS["en"][0], TEXTS["de"][1]])
    document = read_string(source, format="text")
    assert foreign_blocks(document.text, document.blocks) == ("de", frozenset({0, 1, 3}))


def test_names_are_looked_for_in_english_alone(pipeline):
    english = "Anna Marsh of the Harbour Union met Bo Elm in Lisbon, and they told the press that the vote was fair."
    german = "Der Präsident Johann Berger traf in Lissabon die Ministerin Erika Hansen und lobte die Wahl am 3. April mit 31 %."
    records = pipeline.extract_text(f"{english}\n\n{german}", format="text")
    names = [record.text for record in records if record.label == "PERSON"]
    assert names == ["Anna Marsh", "Bo Elm"]
    assert "31 %" in [record.text for record in records]


def test_a_document_in_another_language_has_a_warning():
    source = "\n\n".join([TEXTS["de"][0], TEXTS["de"][1]])
    assert with_languages(read_string(source, format="text")).warnings == (
        "the text is not in English (de): no names are looked for",
    )
    mixed = with_languages(read_string("\n\n".join([TEXTS["en"][0], TEXTS["de"][0], TEXTS["en"][1]]), format="text"))
    assert mixed.warnings == ("1 of 3 blocks are not in English: no names are looked for in them",)
    assert with_languages(read_string(TEXTS["en"][0], format="text")).warnings == ()
