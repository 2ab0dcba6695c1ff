"""Sentences begin where a reader would begin a new one. `|` in a case stands for a boundary."""

from __future__ import annotations

import pickle
import time

import pytest

from extract.rules import RuleSet
from extract.rules.load import library_of, rule_paths
from extract.sources.document import Block, Document, OffsetMap
from extract.text.document import make_doc
from extract.text.language import make_language
from extract.text.sentences import Sentence, SentenceSplitter, sentences_of, set_sentences

NLP = make_language()

CASES = """
The vote was close. | Nobody conceded. | A recount followed.
Who won? | Nobody knows! | Ask again.
Really?! | Yes.
Did it pass?? | It did.
She waited… | Then she left.
He paused... | Then he went on.
They counted ... and counted.
The bill ... was rejected by the Senate.
The act [...] remains in force.
Turnout rose by 3.5 points. | It was 61.25% in 2012.
The threshold is 5%. | Two lists passed it.
It cost €3.50. | Nobody paid.
The budget was 1.5 million. | Parliament agreed.
Troops of the U.S. Army arrived.
He moved to the U.S. | The family followed.
He moved to the U.S. in May.
Trade between the U.S. and Canada grew.
The U.S. Senate voted. | It failed.
The U.K. | However, it did not join.
Envoys of the U.N. Security Council met in Geneva.
Order No. 8 was signed. | Decree Nos. 47 and 48 were not.
Polling station No. 17 opened late.
She said no. | The others said yes.
The answer was no. | I disagree.
See No. IV of the series.
See pp. 12 and 13. | They tell more.
As stated in art. 5 of the code, nobody may.
See Fig. 3 below.
The price was approx. 40 lari.
He was born c. 1850 in Gori.
The list (est. 1999) won.
Mr. Brown met Mrs. Green. | They spoke.
Dr. Ana Lopez and Prof. J. Weber agreed.
Gen. Dostum, Col. Haddad and Lt. Col. Price resigned.
Sen. Collins asked Rep. Ortiz. | Gov. Hale replied.
Rev. King and St. Paul are remembered.
Ms. Lee runs against Messrs. Dale and Ho.
Gen. Staff
The Hon. Minister spoke.
It opened on Jan. 5 in Riga.
It opened in Jan. | The building is new.
It began on Sept. 11, 2001. | It ended later.
The talks began Mon. | They ended Tue. | Nothing came of it.
He lives in St. Petersburg. | She lives in Ft. Worth.
The office is on Main St. | It opens at nine.
He met Smith Jr. | They talked.
He met Smith Jr. in Boston.
Acme Inc. | It was sold to Widget Ltd. in 2004.
Shares of Acme Corp. Holdings fell.
Some fruits, e.g. Apples, were sold.
Two of them, i.e. Ann and Bob, left.
The case Roe v. Wade was decided. | It was overturned.
Spain vs. Italy ended 2-1.
Polls close at 8 p.m. | Results come at night.
Polls close at 8 p.m. Tuesday and open again.
Polls close at 8 p.m. EST on Tuesday.
Polls close at 8 p.m. Moscow time.
Polls open at 7 a.m. and close at 8 p.m. in all districts.
Polls closed at 8 p.m. | Officials began to count.
They brought bread, wine, etc. | Nobody ate.
Bread, wine, etc. were sold.
He founded Rome in 753 B.C. | The city grew.
J. R. R. Tolkien wrote it. | C. S. Lewis read it.
V. V. Putin met A. G. Lukashenko. | They talked.
George W. Bush won. | Al Gore lost.
J.K. Rowling and George R.R. Martin came.
Б. Н. Ельцин выступил. | Зал молчал.
He chose plan B. | The rest chose plan C. | It failed.
Appendix A. | The list follows.
It fell to Charles I. | He reigned long.
Jim O'Brien won. | Seán O'Casey wrote.
Jim O'Brien met J. O'Brien.
Washington, D.C. | The city voted.
He is from Washington, D.C. and lives there.
She has a Ph.D. in law. | He has none.
He won Calif. and lost Ill. by a mile.
He was ill. | Everybody knew.
Es geschah am 9. Mai 1945. | Danach war Frieden.
Det skjedde 17. mai 1814. | Så kom våren.
Die 28. Oktober war ein Feiertag.
It was signed on 9. 5. 2024 in Prague. | Nobody came.
Vaalit pidettiin 14. huhtikuuta. | Tulos oli selvä.
Er ist der 3. von links.
They won 9. | The others won 12.
The party won 34. | It had won 20 before.
It took office in 2008. | Nine left.
It was 1992. | 1993 was worse.
"The vote was fair." | He said so twice.
"The vote was fair," he said. | "I saw it."
The vote was "well-managed." | He said it was free.
The vote was “free.” | The press agreed.
The vote was 'free.' | The press agreed.
“I won.” | “You did not.”
“Why?” she asked.
“Why?” Maria Silva asked. | Nobody answered.
“Stop!” cried Leo. | He ran.
"Who won?" | The clerk shrugged.
He asked, "Who won?" and left.
Il dit : « Oui. » | Elle partit.
« C'est fini. » | Il sortit.
„Das ist gut.“ | Er ging.
„Warum?“ fragte er. | Sie schwieg.
»Das ist gut.« | Er ging.
He said it was “a farce”. | She agreed.
(The list was late.) | It was accepted.
It was late (see p. 5). | It was accepted.
The list (led by A. Kim. It was founded in 1990.) won.
The list (it was new. It had no seats) won 3.
They won (finally!) and left.
They won (why?) and left.
It ended. | (It had begun late.) | Nobody came.
The law passed; the President signed it. | It stands.
Three lists ran: Left, Right and Centre. | One won.
The vote was close. – The rest is known.
the vote was close. | nobody conceded. | it rained.
it was at 5 p.m. and cold. | it rained.
it was in no. 8, e.g. near the river. | it rained.
THE VOTE WAS CLOSE. | NOBODY CONCEDED.
GEN. PRICE RESIGNS. | ST. PETERSBURG VOTES.
U.S. TROOPS LEAVE
The vote ended in May.|The results came in June.
The count was over.|Nobody believed it.
He wrote to info@votes.example. | Nobody replied.
See www.votes.example.org for more. | It is free.
The file results.Final.csv is lost.
It runs on Node.js and ASP.NET today.
Version 2.0.1 was released. | Version 3 was not.
The rate is 5.5%.[1] | It was 4%.[2][3] | It fell.[a] | It rose.
iPhone sales rose. | eBay sold more.
He met the envoy. | al-Sisi did not.
1. First come the votes. | Then come the seats.
a. The first answer.
IV. The results
Ставка выросла на 5%. | Курс упал. | Это плохо.
Он жил в г. Москва, ул. Ленина.
დიახ. | არა.
投票は終わった。|結果はまだだ。
वोट हुआ। | नतीजा आया।
Hello. | 😀 Great.
The chamber has 120 seats. | 61 are needed.
She won 51.2 per cent. | He won 48.8 per cent.
The vote was on June 9. | The count was on June 10.
Nobody won on May 7, May 14, etc.
Prices rose, said the Dept. of Trade.
He read Vol. 2, Ch. 3. | It was long.
Lt. Gen. A. B. Rao and Maj. Gen. Lee left. | Both were tired.
Wm. Smith and Co. ran it.
He came in 1st. | She came in 2nd.
It fell 0.5. | It rose .7 later.
It was so... | But then it was not.
Hon. Members rose. | The Rt. Hon. John Bercow spoke.
Lt.-Col. Smith and Maj.-Gen. Rao met. | They left.
Adm. William H. McRaven testified. | Sgt. Maj. Dailey did too.
Pvt. First Class Manning was tried. | Capt. James T. Kirk was not.
Fr. Óscar Romero and Sr. Teresa prayed. | Nobody else came.
Mons. Romero died in 1980. | He was 62.
Sen. Robert C. Byrd (D-W.Va.) spoke for 14 hours. | The bill passed.
Rep. John Lewis, D-Ga., won 84% of the vote. | His rival got 16%.
Sen. Susan Collins, R-Maine, voted no. | Sen. Murkowski, R-Alaska, did not.
The firm (Smith & Sons, Ltd.) folded. | It owed millions.
Shares of Tata Motors Ltd. fell 3%. | Infosys Ltd. rose.
He works for Goldman Sachs Group Inc. in New York. | She left Bear Stearns Cos. in 2008.
Sony Corp. said profits rose. | Toyota Motor Corp. agreed.
The S.A. Brain brewery closed. | Banco Santander S.A. bought it.
See para. 4(b) and paras. 7-9. | They differ.
Under Art. 155 of the Constitution, polls follow. | Under Arts. 12 and 13 they do not.
Cf. Smith et al. 2004. | It is cited often.
Smith et al. (2004) disagree. | Jones et al. do not.
Smith, J. et al. wrote it. | Nobody read it.
Vol. XII, No. 3, pp. 14–29. | It is out of print.
Op. cit., p. 12. | Ibid., p. 13.
It was ca. 300 km long, approx. 2 m wide. | It fell.
The gov't. fell in Jan. 1990. | A new one came in Feb.
On Wed., Oct. 7, they met. | On Thurs., Oct. 8, they parted.
Polls opened at 7 a.m. Sunday. | They closed at 6 p.m. sharp.
It closed at 10 p.m. (20:00 GMT). | Counting began.
It began at 8 a.m. and ended at noon. | No one stayed.
The U.S. and the E.U. agreed. | The U.A.E. did not.
The U.S. Congress and U.S. President Carter agreed. | So did the U.N.
He is a U.S. citizen. | She is a U.K. national.
Trade with the U.S. fell. | In the U.S. it rose.
She lives in the U.S.S.R. | He fled it.
He grew up in Washington, D.C., and Baltimore, Md., before the war. | He died there.
St. Kitts and St. Lucia voted. | St. Vincent did not.
The Mt. Kenya region voted for him. | Ft. Hood did not.
The Dept. of State and the Min. of Defence agreed. | They signed.
The party won 12 seats (vs. 9 in 2014). | It lost none.
Brown v. Board of Education was decided in 1954. | It mattered.
In re. the matter, the court ruled. | It was final.
Mr. Justice A. K. Sikri and Ms. Justice Indira Banerjee sat. | They ruled.
Dr. B. R. Ambedkar drafted it. | Pt. Nehru signed.
Shri A. B. Vajpayee and Smt. Sonia Gandhi met. | They spoke.
M. Macron a gagné. | Mme Le Pen a perdu.
El Sr. Sánchez ganó. | La Sra. Díaz perdió.
Hr. Müller kam. | Fr. Schmidt ging.
El 26-J. fue domingo. | Nadie votó.
He was born on Jan. 3, 1950 in St. Louis, Mo. | He died in 2001.
The Rev. Dr. Martin Luther King Jr. led the march. | It was peaceful.
John F. Kennedy Jr. and Robert F. Kennedy Sr. were kin. | They sailed.
Elizabeth II. | Charles III.
King George V died in 1936. | Edward VIII abdicated.
World War I. | The war ended in 1918.
Phase I began in May. | Phase II. was cancelled.
"Did we win?" he asked. | "Yes!" she said.
'We won.' | 'Did we?'
He called it "a fraud." | It was not.
She said ("I won.") and left. | He stayed.
‹‹ Oui. ›› | Elle partit.
„Wir haben gewonnen.“ | Sie lachte.
«Мы победили», — сказал он. | Она ушла.
“Viva!” gritó. | La gente calló.
¿Quién ganó? | ¡Nadie!
¡Ganamos! | ¿Y ahora qué?
The result: 52–48. | A close one.
It scored 3.5/5. | Good.
Turnout was .5% lower. | It hurt.
It cost Rs. 500 and $1.5bn. | Or Rs. 5 crore.
The score was 2-1. | 3 players left.
He got 51.2%. | 48.8% went to her.
Voters chose a) peace, b) bread. | They got c) none.
It has 3 aims: 1. peace; 2. bread; 3. land. | All failed.
1. Peace. | It was kept.
(1) The vote is secret. | (2) It is free.
“… and so we won,” he said. | Nobody clapped.
He hesitated … then spoke. | They listened.
Wait... what? | Yes.
What?! | No!! | Really…?
The vote failed.[12] | A second followed.[13][14] | It passed.
The vote failed.¹ | A second followed.² | It passed.
The vote failed.* | A second followed.† | It passed.
It failed (again). | It passed.
He won. — Reuters
The ABC. | The BBC.
Visit example.com. | Or gov.uk.
ANC 62.2%. | DA 22.2%. | EFF 6.4%.
A.D. 79 was bad. | 44 B.C. was worse.
The no. 1 party won. | The No. 2 lost.
Amb. Robert Ford left Damascus. | Lt. Gov. Dan Patrick stayed.
The bill (H.R. 1) passed. | S. 1 failed.
He met Pres. Biden and V.P. Harris. | They shook hands.
Art. 5. | The President shall be elected.
He scored in the 89th min. | They won.
It weighs 5 kg. | It is 3 ft. tall.
Temp. agencies profit. | Perm. staff do not.
Prof. Dr. h.c. Karl Weber spoke. | He left.
The Inst. for War Reporting and the Univ. of Oxford agreed. | So it was.
투표가 끝났다. | 결과는 아직이다.
انتهى التصويت. | النتيجة غدا.
Gov. Gen. David Johnston dissolved parliament. | Mr. Harper smiled.
The map turned red. | Nobody read the doc. | He built an arch.
The plane left at 5:30 p.m. | Mr. Jones was on it.
""".strip().splitlines()

WRONG = """
He joined the U.S. Under Secretary Hill signed.
We met in the U.S. | Senators left early.
Call No. 10 Downing St. | Ask for the premier.
Yahoo! Inc. bought it.
P.M. Harper smiled.
Results came on 5 Nov. | Final ones on 7 Nov. 2020.
Ποιος κέρδισε; | Κανείς.
""".strip().splitlines()


def split(text: str) -> list[str]:
    doc = NLP.make_doc(text)
    set_sentences(doc)
    return [text[sentence.start : sentence.end] for sentence in sentences_of(doc)]


def case(line: str) -> tuple[str, list[str]]:
    pieces = [piece.strip() for piece in line.split("|")]
    return line.replace(" | ", " ").replace("|", ""), pieces


@pytest.mark.parametrize("line", CASES)
def test_a_new_sentence_begins_where_a_reader_begins_one(line: str) -> None:
    text, pieces = case(line)
    assert split(text) == pieces


@pytest.mark.parametrize("line", WRONG)
@pytest.mark.xfail(strict=True, reason="a name begins with a word that begins sentences, or the other way round")
def test_what_is_still_read_wrongly(line: str) -> None:
    text, pieces = case(line)
    assert split(text) == pieces


def test_there_are_many_cases() -> None:
    assert len(CASES) >= 120


def test_a_wrapped_line_is_no_boundary_and_an_empty_one_is() -> None:
    text = "The vote was\nclose, said Mr.\nBrown. It\nended.\n\nnobody came"
    document = _document(text, Block("paragraph", 0, len(text)))
    assert _split(document) == ["The vote was\nclose, said Mr.\nBrown.", "It\nended.", "nobody came"]


def test_no_sentence_crosses_a_block_and_each_block_begins_one() -> None:
    text = "the vote and the\nseats, of nobody"
    document = _document(text, Block("paragraph", 0, 16), Block("paragraph", 17, len(text)))
    assert _split(document) == ["the vote and the", "seats, of nobody"]


def test_blocks_that_touch_are_parted() -> None:
    document = _document("ab cd", Block("cell", 0, 2), Block("cell", 3, 5))
    assert _split(document) == ["ab", "cd"]


@pytest.mark.parametrize("kind", ["cell", "field", "title", "heading"])
def test_a_short_cell_field_or_heading_is_one_sentence(kind: str) -> None:
    text = "Won. Lost. Drawn."
    assert _split(_document(text, Block(kind, 0, len(text)))) == [text]  # type: ignore[arg-type]


def test_a_long_cell_is_prose() -> None:
    text = "The vote was held in May. " * 20
    assert len(_split(_document(text, Block("cell", 0, len(text.rstrip()))))) == 20


def test_offsets_are_exact_and_trimmed() -> None:
    doc = NLP.make_doc("  One came.   Two left. ")
    assert sentences_of(doc) == [Sentence(0, 2, 11, 0), Sentence(1, 14, 23, 0)]


def test_sentence_starts_of_another_component_are_kept() -> None:
    doc = NLP.make_doc("One came. Two left.")
    for token in doc:
        token.is_sent_start = token.i in (0, 4)
    assert [doc.text[one.start : one.end] for one in sentences_of(SentenceSplitter()(doc))] == ["One came. Two", "left."]


def test_every_token_says_whether_it_begins_a_sentence() -> None:
    doc = SentenceSplitter()(NLP.make_doc("One came. Two left."))
    assert [token.is_sent_start for token in doc] == [True, False, False, True, False, False]
    assert [sent.text for sent in doc.sents] == ["One came.", "Two left."]


def test_the_component_is_picklable_and_takes_rules() -> None:
    rules = RuleSet({"abbreviations": library_of(rule_paths(None)).file("abbreviations")}, "")
    splitter = pickle.loads(pickle.dumps(SentenceSplitter(rules)))
    assert len(list(splitter(NLP.make_doc("Mr. Ho came. He left.")).sents)) == 2


def test_an_empty_text_has_no_sentences() -> None:
    assert sentences_of(NLP.make_doc("")) == []
    assert sentences_of(NLP.make_doc(" \n ")) == []


@pytest.mark.parametrize("part", ["a. ", "(a. ", "A. ", '." ', "? ", ". . ", "a" * 50, "\n", "1. ", "«", "[1]", "word ", "U.S. "])
def test_time_grows_with_the_length_only(part: str) -> None:
    text = "B. " + part * (60_000 // len(part))
    document = _document(text, Block("paragraph", 0, len(text.rstrip())))
    before = time.process_time()
    assert sentences_of(make_doc(NLP, document))
    assert time.process_time() - before < 5


def _split(document: Document) -> list[str]:
    return [document.text[one.start : one.end] for one in sentences_of(make_doc(NLP, document))]


def _document(text: str, *blocks: Block) -> Document:
    offsets = OffsetMap((0,), (0,), (0,), len(text))
    return Document("a.txt", "", "text", "utf-8", len(text), text, text, offsets, blocks)
