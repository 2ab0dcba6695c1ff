# ruff: noqa: E501
"""Sentences with their names marked: `[PERSON Ana Brnabić]`. Written for the tests; no document of the project stands behind them.

READ are read rightly without any model; NEED_A_MODEL are not, and READ_WRONGLY ought to be.
"""

from __future__ import annotations

READ = """
President [PERSON Emmanuel Macron] dissolved the [ORG National Assembly] on 9 June.
The [NORP Kenyan] president, [PERSON William Ruto], met opposition leader [PERSON Raila Odinga] in [GPE Mombasa].
Prime Minister [PERSON Narendra Modi]'s [PARTY Bharatiya Janata Party] ([PARTY BJP]) lost its majority; the [PARTY BJP] won 240 seats.
MP [PERSON Zarah Sultana] and Senator [PERSON Bernie Sanders] spoke.
Mr. [PERSON Orbán] said that the [ORG European Commission] was wrong, and Mr [PERSON Fico] agreed.
Party leader [PERSON Kemi Badenoch] resigned.
Judge [PERSON Ketanji Brown Jackson] dissented.
The party of former Finance Minister [PERSON Yanis Varoufakis] stood in [GPE Greece].
Deputy Prime Minister [PERSON Olha Stefanishyna] arrived from [GPE Kyiv].
The Minister of Foreign Affairs of [GPE Estonia], [PERSON Margus Tsahkna], protested.
Foreign Minister [PERSON Ararat Mirzoyan] denied it.
[PERSON Sergey Viktorovich Lavrov] declined to answer.
[PERSON J. K. Jansen] and [PERSON Maria van der Berg] were elected.
Secretary-General [PERSON António Guterres] addressed the [ORG UN General Assembly].
King [PERSON Felipe VI] swore in the cabinet.
[NORP South Korean] president [PERSON Yoon Suk-yeol] was impeached by the [ORG National Assembly].
[PERSON Tsai Ing-wen] of the [PARTY Democratic Progressive Party] was re-elected in [GPE Taiwan].
The journalist [PERSON Daphne Caruana Galizia] was killed in [GPE Malta].
[PERSON Ismail Kadare] (1936–2024) was a writer.
[PERSON Bashar al-Assad] fled to [GPE Moscow].
The coalition was led by [PERSON Petr Fiala].
[PERSON Fumio Kishida], who had led the [PARTY Liberal Democratic Party] since 2021, stepped down.
Members of the [PARTY Golos] party demanded a recount.
the leader of the [PARTY Ruch Narodowy] faction
The [PARTY Pheu Thai] party and the [PARTY Move Forward Party] joined hands.
[PARTY Yabloko], led by [PERSON Grigory Yavlinsky], did not enter.
[PERSON Robert Fico] ([PARTY SMER]) beat [PERSON Ivan Korčok].
The ruling [PARTY Zanu-PF] party won 176 seats.
[PARTY Fatherland] won 12 seats, and [PARTY Homeland Union] took 50 mandates.
The movement [PARTY Siumut] lost three seats.
The [PARTY Social Democrats] and the [PARTY Greens] formed a government in [GPE Denmark].
The coalition of the [PARTY Conservatives] and the [PARTY Liberal Democrats] lasted five years.
[PARTY Our Ukraine] and [PARTY United Russia] are parties.
A [PARTY Syriza]-led government took over in [GPE Athens].
[PARTY Justice and Development Party] ([PARTY AKP]) candidates won in [GPE Ankara]; the [PARTY AKP] celebrated.
The [PARTY Party of Regions] of [PERSON Viktor Yanukovych] won in [GPE Donetsk].
The [PARTY Movement for Democratic Change] boycotted the poll.
Supporters of the [PARTY People's Front of Judea] gathered.
The [PARTY Congress of the New Right] failed to pass the 5% threshold.
[PARTY Alternative for Germany] came second in [GPE Saxony].
[NORP Russian] troops entered [GPE Georgia] and [GPE Abkhazia].
[NORP Poles], [NORP Czechs] and [NORP Slovaks] voted for the [ORG European Parliament].
[NORP Bosniaks] and [NORP Croats] share the presidency of the [GPE Federation of Bosnia and Herzegovina].
Many [NORP Kurds] and [NORP Yazidis] fled to [GPE Erbil].
The [NORP Orthodox] clergy and the [NORP Muslim] community agreed.
a [NORP Franco-German] engine
The [GPE US], the [GPE UK] and [GPE France] vetoed it.
Talks between [GPE North Korea] and [GPE South Korea] failed in [GPE Pyongyang].
[GPE Transnistria] is recognised by no member of the [ORG United Nations].
The [GPE Republic of Srpska] lies in [GPE Bosnia and Herzegovina].
He came from [GPE Kutaisi] in [GPE Imereti].
voters in [GPE Kakamega] and [GPE Busia]
[GPE Leova] district and [GPE Cahul District] had the lowest turnout.
[GPE Sverdlovsk Oblast] in [GPE Russia]'s [LOC Urals]
the mayor of [GPE Timbuktu]
Protesters marched to [FAC Rustaveli Avenue] and [FAC Freedom Square].
the [FAC Nurek Dam] and the [LOC Vakhsh River]
She was born near [LOC Lake Issyk] in [LOC Central Asia].
The [LOC Rif Mountains] are in [GPE Morocco].
The [ORG Ministry of Internal Affairs of Ukraine] said so.
The [ORG Ministry of Labour, Health and Social Affairs] was merged.
the [ORG Central Election Commission of the Republic of Armenia] ([ORG CEC]) annulled it; the [ORG CEC] gave no reason.
The [ORG Constitutional Court of Romania] annulled the vote.
[ORG Kenya Human Rights Commission] monitored the poll.
The [ORG Supreme Court] and the [ORG High Council of Justice] disagreed.
The [ORG Georgian Parliament] adopted the bill, but the [NORP Georgian] government hesitated.
The mission of the [ORG OSCE] and the [ORG Parliamentary Assembly of the Council of Europe] observed.
[ORG Transparency International], [ORG Human Rights Watch] and [ORG Amnesty International] issued a statement.
As [ORG Reuters] and the [ORG New York Times] reported, he won.
[ORG MFA of Finland] expressed concern.
The [ORG Embassy of Canada in Ghana] closed.
The [ORG University of Sarajevo] and [ORG Makerere University] sent observers.
[ORG Gazprom] cut supplies to [GPE Moldova].
The [ORG Wagner Group] left [GPE Mali].
in the [EVENT 1996 Russian presidential election]
Before the [EVENT 2027 elections] and after the [EVENT 2019 referendum] nothing changed.
the [EVENT 2014 Scottish independence referendum] divided [GPE Scotland]
Since the [EVENT 1992 war] he had lived in [GPE Sukhumi].
The [EVENT Second World War], the [EVENT Korean War] and the [EVENT Cold War] shaped it.
the [EVENT Orange Revolution] in [GPE Ukraine]
The [EVENT Iran–Iraq War] began in 1980.
the [EVENT 2008 Bucharest summit] of [ORG NATO]
the [LAW Treaty of Lisbon] and the [LAW Maastricht Treaty]
The [LAW Prespa Agreement] was signed by [PERSON Zoran Zaev].
[LAW Resolution 2202] endorsed [LAW Minsk II].
The [LAW Election Code] was amended twice.
the [LAW 1993 Constitution of Russia]
the [LAW Dayton Agreement] ended the [EVENT Bosnian War]
Parliament met on Monday, and the President opened the session.
The opposition and the government blamed the West.
However, the Prime Minister said that Western sanctions had failed.
In March, the Court ruled; the Speaker objected.
The elections were free and fair. Turnout was 56%.
The [PARTY Pirates], the [PARTY Left] party and the [PARTY Greens] won 4, 3 and 2 seats.
Candidates included [PERSON Ion Popescu], [PERSON Elena Ionescu] and [PERSON Gheorghe Popa].
[PARTY ANO] 72, [PARTY ODS] 34, [PARTY STAN] 33 seats
[PERSON Nikol Pashinyan] won. [PERSON Pashinyan]'s bloc, [PARTY My Step], took 70% of the vote.
[PERSON Aung San Suu Kyi]'s [PARTY National League for Democracy] ([PARTY NLD]) swept [GPE Yangon]; [PARTY NLD] candidates were jailed.
[PERSON Ilham Aliyev], the president of [GPE Azerbaijan], and his wife, [PERSON Mehriban Aliyeva], voted.
The [GPE Soviet Union] collapsed, and the [GPE Russian Federation] took its seat in the [ORG UN Security Council].
[NORP Soviet] leader [PERSON Mikhail Gorbachev] resigned.
[PARTY Fidesz–KDNP] won, said [PERSON Viktor Orbán].
Vice-President [PERSON Kamala Harris] visited [GPE Philadelphia], [GPE Pennsylvania].
The [ORG Assembly of the Union of the Comoros] has 33 members.
[GPE East Timor]'s [PARTY Fretilin] party won 23 seats.
Governor [PERSON Nyesom Wike] of [GPE Rivers State] defected.
[PERSON Ólafur Ragnar Grímsson] won in [GPE Iceland].
Chancellor [PERSON Olaf Scholz] ([PARTY SPD]) lost to [PERSON Friedrich Merz] ([PARTY CDU]).
The [PARTY Workers' Party of Korea] rules [GPE North Korea].
The voters of [PARTY There Is Another Way] stayed at home.
The bloc "[PARTY For a Strong Country]" and the “[PARTY Civic Contract]” party signed.
The "[PARTY I Have Honor]" alliance of [PERSON Artur Vanetsyan] won seven seats.
[GPE JOHANNESBURG], March 12 - The rand fell again on Tuesday after the court had ruled.
The newspaper "[ORG Azg]" and the weekly “[ORG Nasha Niva]” were closed.
[PARTY We Continue the Change] ruled it out.
The [PARTY Christian Democratic Union of Germany] ([PARTY CDU]) won 208 seats.
""".strip().splitlines()

NEED_A_MODEL = """
[PARTY Unity of the People] and [PARTY Save the Country] boycotted the vote.
[GPE Lefke] elects two.
[PERSON Ruto] spoke, [PERSON Odinga] did not.
[PARTY Return] has split.
""".strip().splitlines()

READ_WRONGLY: list[str] = """
the [PARTY African National Congress] ([PARTY ANC]) under [PERSON Cyril Ramaphosa]
""".strip().splitlines()
