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
Turnout in [GPE Kosovo] was 48.8 percent, said [PERSON Kreshnik Radoniqi], head of the [ORG CEC].
[GPE Alajuela] and [GPE Heredia] fill 17 seats between them.
[GPE Guanacaste] four and [GPE Chiriquí] two of the seats; ferries to [LOC Upolu] were late.
The [PARTY Alliance of Democrats] ([PARTY AD]) took two seats, and the [PARTY AD] wants a recount.
The [ORG National Union of Teachers] and the [ORG General Workers' Union] called a strike.
The [PARTY Congress for the New Republic] and the [PARTY Forum for National Renewal] stood together.
According to a survey by [ORG Consulta Prisma], two in five would vote; a poll by [ORG Infotrend] says half.
Supporters marched from [FAC Heroes' Square] to [FAC St Andrew's Hall].
[ORG INEC] will publish the register; [ORG INEC] has the figures.
In [GPE Malta]'s [EVENT 1956 integration referendum] most said yes.
The [PARTY DPK] of [PERSON Kirsten Hardie] was founded in May.
General [PERSON Somchai Ratana-o-cha] led the [PARTY Justice Coalition] of the [PARTY KPD] and the [PARTY LDU].
[LAW Law 2217] and [LAW Decree No. 31/2002] postponed the vote, said [ORG Statistics Norway] after the [EVENT Wall Street Crash].
The [NORP Lingayats] voted for the [PARTY Naam Katchi] in [GPE Karnataka], the [NORP Buryats] for others.
The [PARTY Confederation of the Liberal Right] ([PARTY CLR]) and [PARTY Slovakia First] fought the [LAW 1907 electoral law].
[GPE Makati] mayor [PERSON Jun Binay] left the [FAC Plaza de Mayo]; [ORG NHK] showed it.
The [ORG ODIHR EOM] noted that the [LAW 2008 Electoral Code] and [LAW Bill 101] stood.
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
[PARTY Fianna Fáil] won 48 seats, [PARTY Sinn Féin] 39 and [PARTY Fine Gael] 38.
In [GPE Latvia], [PARTY Jaunā Vienotība] took 26 of the 100 seats in the [ORG Saeima].
The [PARTY Botswana Democratic Party] ([PARTY BDP]) lost power for the first time since 1966.
[PARTY Chadema] deputy chairman [PERSON Tundu Lissu] was shot outside his home in [GPE Dodoma].
The [ORG Independent National Electoral Commission] ([ORG INEC]) declared [PERSON Bola Ahmed Tinubu] the winner.
[PERSON Nana Akufo-Addo] of the [PARTY NPP] beat [PERSON John Dramani Mahama] of the [PARTY NDC].
[PARTY Pakatan Harapan] won 82 seats, [PARTY Perikatan Nasional] 74, [PARTY Barisan Nasional] 30 and [PARTY Gabungan Parti Sarawak] 23.
Ratu [PERSON Epeli Nailatikau] opened the new session of the [ORG Parliament of Fiji].
In [GPE Fiji], [PARTY FijiFirst] took 26 seats, the [PARTY People's Alliance] 21, the [PARTY National Federation Party] 5 and [PARTY SODELPA] 3.
[PERSON Sitiveni Rabuka]'s three-party coalition had a majority of one.
The [ORG High Court of Kenya] in [GPE Mombasa] heard the petition of [PERSON Martha Karua] against [PERSON Anne Waiguru].
[PARTY Fuerza Popular] has 24 of 130 seats in the [ORG Congress of the Republic of Peru].
[PERSON Keiko Fujimori] ([PARTY Fuerza Popular]) lost to [PERSON Pedro Castillo] ([PARTY Perú Libre]) by 44,263 votes.
Chief [PERSON Mangosuthu Buthelezi] led the [PARTY Inkatha Freedom Party] for 44 years.
The [PARTY ANC]'s share fell to 40.18%; the [PARTY DA] had 21.81%, [PARTY uMkhonto weSizwe] 14.58% and the [PARTY EFF] 9.52%.
Sheikh [PERSON Hasina Wazed] called a snap session of the [ORG Jatiya Sangsad].
The [PARTY Awami League] and the [PARTY Bangladesh Nationalist Party] have alternated in power since the [EVENT 1991 general election].
[PARTY Ennahda] came second to [PARTY Nidaa Tounes], which won 86 of 217 seats.
[PERSON Rached Ghannouchi] told [ORG Al Jazeera] that [PARTY Ennahda] would respect the result.
[GPE Quezon City], 12 May ([ORG Reuters]) - [PERSON Leni Robredo] conceded to [PERSON Ferdinand Marcos Jr.] on Tuesday.
The [ORG Commission on Elections] ([ORG Comelec]) suspended counting in [GPE Lanao del Sur].
[PARTY Lakas–CMD] absorbed [PARTY Kampi] in 2009.
[PERSON Imelda Marcos] was elected to the [ORG House of Representatives] for [GPE Ilocos Norte].
The [PARTY Liberal–National Coalition] lost 18 seats; [PARTY Labor] gained nine and the [PARTY Greens] three.
[PERSON Anthony Albanese] beat [PERSON Scott Morrison] on 21 May 2022.
The [LAW Voting Rights Act of 1965] outlawed literacy tests.
Under the [LAW Representation of the People Act 1918] women over 30 could vote.
The [LAW Good Friday Agreement] ended the [EVENT Troubles] in [GPE Northern Ireland].
The [LAW Treaty of Waitangi] was signed by [NORP Māori] chiefs and the [NORP British] Crown.
[NORP Hutu] and [NORP Tutsi] leaders signed the [LAW Arusha Accords] in [GPE Tanzania].
The [EVENT Carnation Revolution] of 25 April 1974 ended the rule of [PERSON Marcelo Caetano].
After the [EVENT Orange Revolution], [PERSON Viktor Yushchenko] became president.
[PARTY Batkivshchyna] and [PARTY Holos] backed the bill in the [ORG Verkhovna Rada].
[PARTY Jobbik], [PARTY LMP] and [PARTY Momentum] ran on one list against [PARTY Fidesz–KDNP].
[PARTY Polish People's Party] ([PARTY PSL]) leader [PERSON Władysław Kosiniak-Kamysz] became Defence Minister.
The [PARTY PiS] government lost its majority in the [ORG Sejm], but [PARTY PiS] remained the largest party.
[PARTY Razem] left the [PARTY Lewica] group.
The [ORG Knesset] dissolved itself; [PARTY Likud] has 32 seats, [PARTY Yesh Atid] 24 and [PARTY Shas] 11.
[PERSON Benny Gantz] and [PERSON Gadi Eisenkot] quit the emergency government.
[PARTY Pheu Thai] nominated [PERSON Srettha Thavisin]; [PARTY Move Forward] nominated [PERSON Pita Limjaroenrat].
[PARTY Golkar] and [PARTY Gerindra] supported [PERSON Prabowo Subianto].
[PERSON Joko Widodo], commonly known as [PERSON Jokowi], is a former mayor of [GPE Surakarta].
In [GPE Kerala], the [PARTY Left Democratic Front] won 99 of 140 seats; the [PARTY BJP] won none.
[PERSON M. K. Stalin] succeeded [PERSON Edappadi K. Palaniswami] as chief minister of [GPE Tamil Nadu].
The [GPE Upper Austria] branch of the [PARTY FPÖ] wants a coalition with the [PARTY ÖVP].
[PERSON Herbert Kickl] said that the [PARTY ÖVP] had broken its word.
[PARTY SPD], [PARTY Greens] and [PARTY FDP] signed the coalition agreement in [GPE Berlin].
[PARTY Die Linke] and [PARTY BSW] entered the [ORG Landtag].
The [NORP Dutch] vote was won by [PERSON Geert Wilders]'s [PARTY PVV]; [PARTY VVD], [PARTY NSC] and [PARTY BBB] joined it.
[PERSON Rob Jetten] ([PARTY D66]), [PERSON Henri Bontenbal] ([PARTY CDA]) and [PERSON Dilan Yeşilgöz] ([PARTY VVD]) debated on [ORG RTL].
[GPE Kiambu County], [GPE Nakuru] and [GPE Uasin Gishu] reported the highest turnout.
A rally at [FAC Kasarani Stadium] drew 60,000.
The [ORG Supreme Court of Malawi] upheld the annulment of the [EVENT 2019 presidential election].
[PERSON Lazarus Chakwera] of the [PARTY Malawi Congress Party] won the rerun with 58.57 per cent.
Observers of the [ORG Southern African Development Community] ([ORG SADC]) and the [ORG African Union] praised the vote.
[ORG Human Rights Watch] and [ORG Amnesty International] condemned the arrests in [GPE Harare].
[PERSON Nelson Chamisa]'s [PARTY Citizens Coalition for Change] won 103 seats to [PARTY ZANU–PF]'s 175.
In the [LOC Sahel], [PERSON Assimi Goïta] postponed the [EVENT 2022 Malian general election].
[PARTY Syriza] fell to 17.8 percent, [PARTY Pasok] rose to 11.8 and the [PARTY KKE] to 7.7.
[PERSON Kyriakos Mitsotakis]' [PARTY New Democracy] won 158 of 300 seats.
[PARTY VMRO-DPMNE] won 58 seats, [PARTY SDSM] 18, [PARTY DUI] 18, [PARTY Vredi] 14, [PARTY Levica] 6 and [PARTY ZNAM] 6.
[PARTY Moderaterna] got 68 mandates, [PARTY Centerpartiet] 24 and [PARTY Miljöpartiet] 18.
[PERSON Magdalena Andersson] handed in her resignation to [PERSON Andreas Norlén], the Speaker of the [ORG Riksdag].
The [PARTY Sjálfstæðisflokkurinn] lost two seats in the [ORG Althing].
[PERSON Katrín Jakobsdóttir] ran for president in the [EVENT 2024 Icelandic presidential election].
[PARTY Tautininkai], with four mandates, supported [PERSON Ingrida Šimonytė].
[PARTY Amanat] has 62 of the 98 seats in the [ORG Mäjilis]; [PARTY Auyl] has eight.
[PARTY Civil Contract] ([PERSON Nikol Pashinyan]) 53.95, [PARTY Armenia Alliance] ([PERSON Robert Kocharyan]) 21.11
[PERSON Ousmane Sonko]'s [PARTY Pastef] took 130 of 165 seats; [PARTY Takku Wallu] had 16.
[PERSON Bassirou Diomaye Faye] beat [PERSON Amadou Ba] of [PARTY Benno Bokk Yakaar].
The [ORG Economic Community of West African States] ([ORG ECOWAS]) suspended [GPE Niger].
[PARTY MAS] leader [PERSON Evo Morales] and President [PERSON Luis Arce] fell out; [PARTY MAS] split.
[PERSON Javier Milei] ([PARTY La Libertad Avanza]) 55.65%, [PERSON Sergio Massa] ([PARTY Unión por la Patria]) 44.35%
[PARTY Morena], the [PARTY PT] and the [PARTY PVEM] have two thirds of the [ORG Chamber of Deputies].
[PERSON Claudia Sheinbaum] was mayor of [GPE Mexico City] until 2023.
[PERSON Xiomara Castro] of [PARTY Libre] defeated [PERSON Nasry Asfura] of the [PARTY National Party].
The [PARTY Parti Québécois] and [PARTY Québec Solidaire] each hold a handful of seats.
[PERSON Lee Jae-myung] and [PERSON Han Dong-hoon] met at the [ORG National Assembly].
The [PARTY Kuomintang] won 52 seats in the [ORG Legislative Yuan], the [PARTY DPP] 51 and the [PARTY TPP] eight.
[PARTY Komeito] left the coalition with the [PARTY LDP].
[PARTY Vetëvendosje] and its ally [PARTY Guxo] won 58 seats; [PARTY PDK] 19, [PARTY LDK] 15, [PARTY AAK] 8.
[PERSON Albin Kurti] cancelled the dialogue with [PERSON Aleksandar Vučić] in [GPE Brussels].
[PARTY Srpska Lista] boycotted the [EVENT 2021 Kosovan local elections].
[NORP Druze] and [NORP Maronite] deputies walked out of the session in [GPE Beirut].
[PERSON Bidzina Ivanishvili] founded [PARTY Georgian Dream] in 2012; [PARTY Lelo] and [PARTY Girchi] crossed the 5% threshold.
[PERSON Irfaan Ali], the [PARTY PPP/C] candidate, was declared winner by the [ORG Guyana Elections Commission] ([ORG GECOM]).
[PARTY Tapura Huiraatira] kept its majority in the [ORG Assembly of French Polynesia], while [PARTY Tavini Huiraatira] took 8 seats.
The [PARTY Progressive Labour Party] held 30 seats in [GPE Bermuda]'s [ORG House of Assembly] after the [EVENT 2020 Bermudian general election].
[PARTY Nuevas Ideas] won 54 of 60 seats; [PARTY Arena] kept two and [PARTY Vamos] one.
[PERSON Nayib Bukele] was re-elected with 84.65 per cent of the vote.
The [ORG Supreme Electoral Tribunal] ([ORG TSE]) of [GPE Bolivia] recounted the ballots of [GPE Potosí] and [GPE Chuquisaca].
According to the [ORG Election Commission of Nepal], the [PARTY CPN-UML] leads in 44 constituencies and the [PARTY Nepali Congress] in 57.
The [GPE Maldives] parliament has 93 members; President [PERSON Mohamed Muizzu]'s [PARTY People's National Congress] won 66.
[PERSON Ibrahim Mohamed Solih] of the [PARTY Maldivian Democratic Party] conceded.
[PERSON Taur Matan Ruak]'s [PARTY PLP] lost half its seats, [PARTY Fretilin] got 19 and [PARTY CNRT] 31.
The [PARTY SNP] lost 39 seats at [GPE Westminster] and was reduced to nine.
[PERSON John Swinney] succeeded [PERSON Humza Yousaf] as [NORP Scottish] first minister.
- [PERSON Sviatlana Tsikhanouskaya]: 10.12%
- [PARTY Yeni Azərbaycan]: 70 seats
President: [PERSON Serdar Berdimuhamedow]
[PERSON Gurbanguly Berdimuhamedow] chairs the [ORG Halk Maslahaty] of [GPE Turkmenistan].
The [NORP Tajik] president [PERSON Emomali Rahmon] has ruled since the [EVENT Tajik Civil War].
[PARTY Vazrazhdane] got 14 percent, [PARTY ITN] 4.1 and the [PARTY BSP] 8.9.
[PARTY PP–DB] refused to govern with [PARTY GERB–SDS].
The [ORG OSCE/ODIHR] mission, led by [PERSON Tana de Zulueta], opened its office in [GPE Sofia] on 3 March.
In the [GPE Basque Country], [PARTY EH Bildu] and the [PARTY PNV] tied at 27 seats each; the [PARTY PSE-EE] won 12.
The [PARTY Catalan Socialists] ([PARTY PSC]) won 42 seats in the [ORG Parliament of Catalonia], [PARTY Junts] 35 and [PARTY ERC] 20.
[PERSON Salvador Illa] was invested with the votes of [PARTY ERC] and [PARTY Comuns Sumar].
[PERSON Moussa Faki Mahamat], chairperson of the [ORG African Union Commission], called for calm in [GPE N'Djamena].
[PARTY MPS] took 124 of 188 seats in [GPE Chad], the [PARTY RNDT–Le Réveil] 12.
[PERSON Succès Masra] and his party, [PARTY Les Transformateurs], boycotted the vote.
[GPE Port-au-Prince] has no mayor; [PARTY Fanmi Lavalas] and [PARTY Pitit Dessalines] want elections.
The [LAW 2008 Constitution] reserves a quarter of the seats in the [ORG Pyidaungsu Hluttaw] for the army.
Senior General [PERSON Min Aung Hlaing] seized power in the [EVENT 2021 coup].
The [NORP Rohingya] fled across the [LOC Naf River] to [GPE Cox's Bazar].
[PERSON K. P. Sharma Oli] flew to [GPE New Delhi] from [FAC Tribhuvan International Airport].
Protesters blocked the [FAC Pan-American Highway] near [GPE Arequipa].
""".strip().splitlines()

NEED_A_MODEL = """
[PARTY Kadima]'s [PERSON Tzipi Livni] beat the [PARTY Greens]' [PERSON Anna Novak] in [GPE St Albans] and [GPE Bristol Central].
[PARTY Unity of the People] and [PARTY Save the Country] boycotted the vote.
[GPE Lefke] elects two.
[PERSON Ruto] spoke, [PERSON Odinga] did not.
[PARTY Return] has split.
[PERSON Duma Boko], who heads the [PARTY Umbrella for Democratic Change], was sworn in at the [FAC National Stadium] in [GPE Gaborone].
Monsignor [PERSON Carlos Castillo] urged both candidates to accept the verdict of the [ORG National Jury of Elections].
[GPE West Java Province] and [GPE Central Java] have the most voters.
[PARTY Zikr], [PARTY Alga] and [PARTY Respublika] merged into [PARTY Bir Bol].
[PARTY People Power Party] 108, [PARTY Rebuilding Korea Party] 12, [PARTY Reform Party] 3
In [GPE Suriname] the [PARTY VHP] of [PERSON Chan Santokhi] won 20 of the 51 seats in the [ORG National Assembly], the [PARTY NDP] 16.
""".strip().splitlines()

READ_WRONGLY: list[str] = """
the [PARTY African National Congress] ([PARTY ANC]) under [PERSON Cyril Ramaphosa]
Datuk Seri [PERSON Anwar Ibrahim] was sworn in before the Yang di-Pertuan Agong at the [FAC Istana Negara].
[PARTY Sluha Narodu] ("Servant of the People") has a majority of its own.
[PERSON Abdurrahman Wahid] belonged to [ORG Nahdlatul Ulama], the largest [NORP Muslim] organisation in [GPE Indonesia].
[PARTY Trinamool Congress] chief [PERSON Mamata Banerjee] lost [GPE Nandigram] to [PERSON Suvendu Adhikari] of the [PARTY BJP].
[PARTY DMK] 133, [PARTY AIADMK] 66, [PARTY Congress] 18, [PARTY PMK] 5
[PERSON Uhuru Kenyatta] and [PERSON Raila Odinga] shook hands on the steps of [FAC Harambee House].
[PERSON Kassym-Jomart Tokayev] signed the law at [FAC Akorda].
Hon. [PERSON Kwame Agbodza], Member for [GPE Adaklu], asked the Minister of Roads.
[PARTY Convergence for the Republic] won 12 seats and [PARTY Alliance for Hope] three.
[PARTY Partido Colorado] senator [PERSON Silvio Ovelar] presides over the [ORG Senate].
[PARTY Hezbollah] and [PARTY Amal] have 27 seats between them.
[PERSON Pushpa Kamal Dahal], better known as [PERSON Prachanda], leads the [PARTY Maoist Centre].
Members of the [ORG Senedd] voted on the [LAW Agriculture (Wales) Bill].
[PARTY Plaid Cymru]'s [PERSON Rhun ap Iorwerth] and First Minister [PERSON Eluned Morgan] clashed in [GPE Cardiff Bay].
The [PARTY DUP] won five seats, [PARTY Sinn Féin] seven, the [PARTY SDLP] two, [PARTY Alliance], the [PARTY UUP] and the [PARTY TUV] one each.
A court in [GPE Male'] released former president [PERSON Abdulla Yameen].
""".strip().splitlines()
