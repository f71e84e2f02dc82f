"""Hard names in context. `[words|TYPE=key]` marks a mention and the actor expected; `?` stands before the label of
an actor that the book does not know. A line may start with a date. Half of the cases are traps.
"""

from __future__ import annotations

import re
from datetime import date

import pytest

from kgraph.actors import Book, resolve
from kgraph.language.drafts import DraftMention

INDONESIAN = """
[AS|CTY=USA] memperbarui peringatannya kepada [Korut|CTY=PRK].
[Amerika|CTY=USA] menolak usul itu.
[Negeri Paman Sam|CTY=USA] mengirim kapal induk.
[Washington|CTY=USA] mengecam uji coba rudal itu.
[WASHINGTON|LOC=WashingtonDC] -- Delegasi tiba kemarin.
Menteri itu tiba di [Washington|LOC=WashingtonDC] pada Senin.
[Gedung Putih|CTY=USA] membantah laporan itu.
Ia diterima di [Gedung Putih|LOC=WhiteHouse].
[Pyongyang|CTY=PRK] membantah memasok senjata.
Sergei Shoigu tiba di [Pyongyang|LOC=Pyongyang].
[Kremlin|CTY=RUS] menolak berkomentar.
[Moskow|CTY=RUS] dan [Moskwa|CTY=RUS] adalah satu.
[Tokyo|CTY=JPN] memprotes Beijing.
Ia tinggal di [Tokyo|LOC=Tokyo].
[Beijing|CTY=CHN] memperingatkan [Taipei|CTY=TWN].
[RRT|CTY=CHN], [Cina|CTY=CHN], [Tiongkok|CTY=CHN] dan [China|CTY=CHN].
[Inggris|CTY=GBR] dan [Prancis|CTY=FRA]; dahulu ditulis [Perancis|CTY=FRA].
[Irlandia Utara|LOC=NorthernIreland] bukan [Irlandia|CTY=IRL].
[Papua Nugini|CTY=PNG] bertetangga dengan [Papua|LOC=Papua].
[Guinea|CTY=GIN], [Guinea Khatulistiwa|CTY=GNQ] dan [Guinea-Bissau|CTY=GNB].
[Niger|CTY=NER] dan [Nigeria|CTY=NGA] berbatasan.
[Kongo|CTY=COD] meminta bantuan.
[Republik Kongo|CTY=COG] dan [Kongo|CTY=COG] sama di sini; [Brazzaville|CTY=COG] setuju.
[Kinshasa|CTY=COD] menuding Rwanda; [Kongo|CTY=COD] marah.
[Sudan Selatan|CTY=SSD] lepas dari [Sudan|CTY=SDN].
[Dominika|CTY=DMA] dan [Republik Dominika|CTY=DOM].
[Korea Utara|CTY=PRK] menguji rudal; [Korea|CTY=PRK] itu miskin.
[Korea Selatan|CTY=KOR] maju; [Korea|CTY=KOR] mengekspor mobil.
[Korea|CTY=KOR] mengekspor mobil.
[Semenanjung Korea|LOC=KoreanPeninsula] memanas.
[Timor Leste|CTY=TLS] dahulu [Timor Timur|CTY=TLS].
[Yordania|CTY=JOR] dan [Yaman|CTY=YEM].
[Georgia|CTY=GEO] menolak undang-undang itu.
Ia kalah di [Georgia (U.S. state)|LOC=GeorgiaUSState].
[Mali|CTY=MLI] mengusir duta besar.
[Chad|CTY=TCD] membuka perbatasan.
[Vatikan|CTY=VAT] berduka; [Takhta Suci|CTY=VAT] mengumumkan.
[Uni Soviet|CTY=SUN] bubar; [Rusia|CTY=RUS] menggantikannya.
[Jerman Timur|CTY=DDR] dan [Yugoslavia|CTY=YUG] sudah tiada.
[Kosovo|CTY=XKX] dan [Palestina|CTY=PSE] diakui.
[Otoritas Palestina|CTY=PSE] mengecam; [Otoritas Palestina|ORG=PalestinianAuthority] bersidang.
[Hong Kong|LOC=HKG] dan [Makau|LOC=MAC].
[Rezim Zionis|CTY=ISR] menyerang [Gaza|LOC=GazaStrip].
[Kota Gaza|LOC=GazaCity] hancur; [Jalur Gaza|LOC=GazaStrip] lapar.
[Rusua|CTY=RUS] dan [Rusia|CTY=RUS] sama.
[Afghnistan|CTY=AFG] salah ketik.
[Rusi|CTY=RUS] dan [Amerika Serik|CTY=USA] terpotong.
[Kore|CTY=?Kore] dan [Niger|CTY=NER] tidak.
[Otoritas Palestina (PA)|CTY=PSE] mengecam.
[Irak|CTY=IRQ] bukan [Iran|CTY=IRN].
[Kim Jong Un|PER=KimJongUn] bertolak. [Kim|PER=KimJongUn] naik kereta.
[Kim|PER=KimJongUn] tiba di Rusia. [Kim Jong-un|PER=KimJongUn] disambut meriah.
[Kim Yo Jong|PER=KimYoJong] berpidato. [Kim|PER=KimYoJong] marah.
[Kim Jong Un|PER=KimJongUn] dan [Kim Yo Jong|PER=KimYoJong] hadir.
[Kim|PER=?Kim] tidak dikenal.
[Zelensky|PER=VolodymyrZelenskyy] dan [Zelenskiy|PER=VolodymyrZelenskyy].
[Vladimir Putih|PER=VladimirPutin] salah ketik; [Putin|PER=VladimirPutin] di Rusia.
[Xi Jinping|PER=XiJinping] bertemu [Putin|PER=VladimirPutin]; [Xi|PER=XiJinping] tersenyum.
[Jokowi|PER=JokoWidodo] dan [Joko Widodo|PER=JokoWidodo].
[Prabowo|PER=PrabowoSubianto] menerima Kapolri [Listyo Sigit Prabowo|PER=ListyoSigitPrabowo].
[SBY|PER=SusiloBambangYudhoyono] dan [AHY|PER=AgusHarimurtiYudhoyono].
[MBS|PER=MohammedBinSalman] menjamu [MBZ|PER=MohamedBinZayedAlNahyan].
Raja [Salman|PER=SalmanOfSaudiArabia] berlibur di Bali.
[Mohammed bin Salman|PER=MohammedBinSalman] hadir. Pangeran [Mohammed|PER=MohammedBinSalman] menolak.
[Paus Fransiskus|PER=PopeFrancis] wafat; [Paus Leo XIV|PER=PopeLeoXIV] terpilih.
Paus [Leo|PER=PopeLeoXIV] berdoa.
[Sultan Qaboos|PER=QaboosBinSaid] dan [Sultan Ibrahim|PER=SultanIbrahim] berbeda.
[Sri Mulyani|PER=SriMulyaniIndrawati] mundur.
[Netanyahu|PER=BenjaminNetanyahu] pulang; [Avner Netanyahu|PER=?Avner Netanyahu] menikah.
[Israel Katz|PER=IsraelKatz] menteri [Israel|CTY=ISR].
[Budi Hartanto|PER=?Budi Hartanto] tiba. [Budi|PER=?Budi Hartanto] lelah.
[Presiden AS|PER=BarackObama] berpidato. 2014-05-01
[Presiden AS|PER=JoeBiden] berpidato. 2023-05-01
[Presiden Korea Selatan|PER=MoonJaeIn] berpidato. 2018-05-01
[Presiden Korea Selatan|PER=YoonSukYeol] berpidato. 2024-05-01
[Presiden Indonesia|PER=JokoWidodo] berpidato. 2016-05-01
[Perdana Menteri Jepang|PER=FumioKishida] berpidato. 2023-05-01
[Menlu RI|PER=RetnoMarsudi] berpidato. 2019-05-01
[Moon|PER=MoonJaeIn] mendarat di [Korea Selatan|CTY=KOR]. 2018-05-01
[Yoon|PER=YoonSukYeol] mendarat di [Korea Selatan|CTY=KOR]. 2023-05-01
[Putin|PER=VladimirPutin] tiba. [Ia|PER=VladimirPutin] tersenyum.
[PBB|ORG=UnitedNations] dan [Perserikatan Bangsa-Bangsa|ORG=UnitedNations].
[DK PBB|ORG=UnitedNationsSecurityCouncil] bersidang; [Dewan Keamanan|ORG=UnitedNationsSecurityCouncil] terbelah.
[Dewan HAM Perserikatan Bangsa-Bangsa|ORG=UnitedNationsHumanRightsCouncil] (PBB), [PBB|ORG=UnitedNations].
[Korps Garda Revolusi Islam|ORG=IslamicRevolutionaryGuardCorps] (IRGC) menembak.
[Angkatan Bersenjata Filipina|ORG=ArmedForcesOfThePhilippines] ([AFP|ORG=ArmedForcesOfThePhilippines]) menolak.
Dilansir [AFP|ORG=AgenceFrancePresse], Senin.
[Kementerian Pertahanan Rusia|ORG=MinistryOfDefenceOfRussia] mengumumkan.
[Kementerian Pertahanan Korea Selatan|ORG=MinistryOfNationalDefenseOfSouthKorea] melaporkan.
[Departemen Luar Negeri AS|ORG=UnitedStatesDepartmentOfState] mengecam.
[Kemlu Turki|ORG=MinistryOfForeignAffairsOfTurkey] marah; [Kemlu|ORG=MinistryOfForeignAffairsOfTurkey] juga.
[Kemlu|ORG=MinistryOfForeignAffairsOfIndonesia] mengimbau WNI.
[Kementerian Kesehatan Peru|ORG=MinistryOfHealthOfPeru] melaporkan.
[KBRI Teheran|ORG=EmbassyOfIndonesiaInTehran] mengevakuasi; [KBRI|ORG=EmbassyOfIndonesiaInTehran] siaga.
[Kedutaan Besar Indonesia|ORG=EmbassyOfIndonesiaInTehran] tutup; [KBRI Teheran|ORG=EmbassyOfIndonesiaInTehran] pindah.
[KBRI Bern|ORG=EmbassyOfIndonesiaInBern], [KBRI Roma|ORG=EmbassyOfIndonesiaInRome], [Kedubes RI|ORG=EmbassyOfIndonesia].
[Kedutaan Besar AS|ORG=EmbassyOfTheUnitedStates] ditutup.
[Angkatan Udara Brasil|ORG=BrazilAirForce] berlatih.
[Partai Demokrat|ORG=DemocraticParty] menang di [Amerika Serikat|CTY=USA].
[Hizbullah|GRP=Hezbollah], [Houthi|GRP=Houthis] dan [Hamas|GRP=Hamas].
[ISIS|GRP=IslamicState] mengaku; [Negara Islam Irak dan Suriah|GRP=IslamicState] kalah.
[perang Rusia-Ukraina|EVT=RussoUkrainianWar] berlanjut.
[konflik antara Israel dan Iran|EVT=IranIsraelWar] reda.
[KTT G20|EVT=G20Summit] dibuka.
[Laut China Selatan|LOC=SouthChinaSea] dan [Laut Cina Selatan|LOC=SouthChinaSea].
[Suriah utara|LOC=NorthernSyria] diserang.
[Pelabuhan Ashdod|LOC=?Port of Ashdod] ditutup.
[NPT|DOC=TreatyOnTheNonProliferationOfNuclearWeapons] dan [JCPOA|DOC=JointComprehensivePlanOfAction].
[rudal balistik|WPN=BallisticMissiles] dan [jet tempur F-16|WPN=F16].
[Jordan|PER=?Jordan] mencetak gol.
[Petro Poroshenko|PER=PetroPoroshenko] ditahan; [Petro|PER=PetroPoroshenko] kecewa.
[Petro|PER=GustavoPetro] berpidato di Bogota.
[Gustavo Petro|PER=GustavoPetro] dan [Petro Poroshenko|PER=PetroPoroshenko] bertemu; [Petro|PER=GustavoPetro] pulang.
[Mikheil Saakashvili|PER=MikheilSaakashvili] mengeluh. [Saakashbili|PER=MikheilSaakashvili] diserang.
[John Russel|PER=?John Russel] dari [Amerika Serikat|CTY=USA]. [Russell|PER=?John Russel] membantah.
[Hong Wei|PER=?Hong Wei] tinggal di [China|CTY=CHN].
[Yoon|PER=?Yoon] bukan [Yeon Mi-rae|PER=?Yeon Mi-rae].
Selebgram [Arya Pratama|PER=?Arya Pratama] (AP) bebas. [AP|PER=?Arya Pratama] pulang.
Politikus [Arya Pratama|PER=?Arya Pratama] (PDIP) datang. [PDIP|ORG=IndonesianDemocraticPartyOfStruggle] senang.
Menlu [China|CTY=CHN] [Wang|PER=WangYi] tiba.
[Wang|PER=?Wang] tiba di [China|CTY=CHN].
[BUDI HARTANTO|PER=?Budi Hartanto] TIBA
[Re’em Budi|PER=?Re'em Budi] tiba.
[Paris|PER=?Paris] seorang aktris.
[Barat|LOC=WesternWorld] mengancam; [Timur Tengah|LOC=MiddleEast] tegang.
"""

ENGLISH = """
[US|CTY=USA] and [U.S.|CTY=USA] and [USA|CTY=USA].
[Georgia|CTY=GEO] seeks membership; [Tbilisi|CTY=GEO] waits.
[Georgia|LOC=GeorgiaUSState] certified the count.
[Jordan|CTY=JOR] hosts refugees.
[Michael Jordan|PER=?Michael Jordan] retired; [Jordan|PER=?Michael Jordan] smiled.
[Chad|PER=?Chad] plays chess.
[Joe Biden|PER=JoeBiden] waved, and [Jill|PER=JillBiden] too.
[Jill|PER=?Jill] waved.
[Jill Smith|PER=?Jill Smith] met [Joe Biden|PER=JoeBiden]. [Jill|PER=?Jill Smith] left.
PM [Lee|PER=LeeHsienLoong] left [Singapore|CTY=SGP].
[Lee|PER=?Lee] left [Singapore|CTY=SGP].
[Turkey|CTY=TUR] and [Türkiye|CTY=TUR] and [Turkish|CTY=TUR].
[Kim Jong Un|PER=KimJongUn] is no [UN|ORG=UnitedNations].
[Trump|PER=DonaldTrump] spoke; [Ivanka Trump|PER=IvankaTrump] listened.
[May|PER=TheresaMay] resigned.
[Theresa May|PER=TheresaMay] resigned; [May|PER=TheresaMay] wept.
[Lawrence Wong|PER=LawrenceWong] met [Penny Wong|PER=PennyWong].
[Penny Wong|PER=PennyWong] spoke. [Wong|PER=PennyWong] left.
[Lee Hsien Loong|PER=LeeHsienLoong] spoke. [Lee|PER=LeeHsienLoong] left.
[Lee Jae-myung|PER=LeeJaeMyung] spoke. [Lee|PER=LeeJaeMyung] left.
[Li Qiang|PER=LiQiang] and [Li Keqiang|PER=LiKeqiang].
[Marcos|PER=FerdinandMarcosJr] flew to Tokyo.
[Ferdinand Marcos Jr.|PER=FerdinandMarcosJr] flew. [Marcos|PER=FerdinandMarcosJr] landed.
[Duterte|PER=RodrigoDuterte], [Sara Duterte|PER=SaraDuterte] and [Rodrigo Duterte|PER=RodrigoDuterte].
[Assad|PER=BasharAlAssad] fled [Damascus|LOC=Damascus].
[Asma al-Assad|PER=AsmaAlAssad] is ill.
[Erdogan|PER=RecepTayyipErdogan] and [Erdoğan|PER=RecepTayyipErdogan].
[Netanyahu|PER=BenjaminNetanyahu] said [he|PER=BenjaminNetanyahu] would go.
[Angela Merkel|PER=AngelaMerkel] met [Emmanuel Macron|PER=EmmanuelMacron]. [She|PER=AngelaMerkel] smiled.
[Angela Merkel|PER=AngelaMerkel] came. [Emmanuel Macron|PER=EmmanuelMacron] waited. [He|PER=EmmanuelMacron] smiled.
[Donald J. Trump|PER=DonaldTrump] signed it in the [United States|CTY=USA].
[Jake Sulliva|PER=JakeSullivan] of the [United States|CTY=USA] flew.
[Jake Sulliva|PER=?Jake Sulliva] flew.
[Pope Francis|PER=PopeFrancis] and [Francis|PER=PopeFrancis].
King [Charles|PER=CharlesIII] waved.
[Charles Smith|PER=?Charles Smith] waved. [Charles|PER=?Charles Smith] left.
[Mr Xi|PER=XiJinping] agreed.
[Abdullah II|PER=AbdullahIIOfJordan] and [Abdullah Abdullah|PER=AbdullahAbdullah].
[Muhammad Yunus|PER=MuhammadYunus] leads [Bangladesh|CTY=BGD].
[the US president|PER=DonaldTrump] spoke. 2018-02-01
[president of France|PER=FrancoisHollande] spoke. 2015-02-01
[UK Prime Minister|PER=KeirStarmer] spoke. 2025-02-01
[German Chancellor|PER=AngelaMerkel] spoke. 2019-02-01
[Rouhani|PER=HassanRouhani] of [Iran|CTY=IRN]. 2019-02-01
[Washington|CTY=USA] warned [Pyongyang|CTY=PRK].
[Downing Street|CTY=GBR] and [Whitehall|CTY=GBR] and [Britain|CTY=GBR].
[Beijing|LOC=Beijing] hosted the games.
[White House|CTY=USA] denied it; he left the [White House|LOC=WhiteHouse].
[State Department|ORG=UnitedStatesDepartmentOfState] and [Pentagon|ORG=UnitedStatesDepartmentOfDefense].
[China|CTY=CHN] spoke; the [foreign ministry|ORG=MinistryOfForeignAffairsOfChina] added.
[Russia's defence ministry|ORG=MinistryOfDefenceOfRussia] replied.
[India's foreign ministry|ORG=MinistryOfExternalAffairsOfIndia] replied.
[foreign ministry|ORG=MinistryOfForeignAffairsOfPeru] of [Peru|CTY=PER]?
[Peru|CTY=PER] spoke; its [foreign ministry|ORG=MinistryOfForeignAffairsOfPeru] too.
[British Foreign Office|ORG=ForeignCommonwealthAndDevelopmentOffice] replied.
[Ministry of Defence of Azerbaijan|ORG=MinistryOfDefenseOfAzerbaijan] replied.
[US Embassy in Baghdad|ORG=EmbassyOfTheUnitedStatesInBaghdad] closed.
[Time|ORG=Time] named her; [BBC News|ORG=BBC] agreed.
[NATO|ORG=NATO] and [Nato|ORG=NATO].
[Isis|GRP=IslamicState] lost.
[Acme Center for Security|ORG=?Acme Center for Security] ([ACS|ORG=?Acme Center for Security]) counted.
[RSF|GRP=RapidSupportForces] attacked; [RSF|ORG=ReportersWithoutBorders] protested.
[Acme Relief Group|ORG=?Acme Relief Group] ([ARG|ORG=?Acme Relief Group]) came. [ARG|ORG=?Acme Relief Group] left.
[Democratic Party|ORG=DemocraticParty] and [Republicans|ORG=RepublicanParty].
[al-Qaida|GRP=AlQaeda] and [Al Qaeda|GRP=AlQaeda].
[Kurdish|GRP=Kurds] and [YPG|GRP=PeoplesProtectionUnits] and [PKK|GRP=KurdistanWorkersParty].
[war in Ukraine|EVT=RussoUkrainianWar] and [Gaza war|EVT=GazaWar].
[South Korea|CTY=KOR] is no [South Sudan|CTY=SSD].
[Soviet|CTY=SUN] and [Russian|CTY=RUS].
[EU|CTY=EUU] and [European|LOC=Europe] and [Brussels|LOC=Brussels] and [Brussels|CTY=EUU].
[Republic of China|CTY=TWN] and [People's Republic of China|CTY=CHN].
[Gaza|LOC=GazaStrip] and [Gaza City|LOC=GazaCity] and [West Bank|LOC=WestBank].
[New York|LOC=NewYorkCity] and [Washington, D.C.|LOC=WashingtonDC].
[Diaoyu Islands|LOC=SenkakuIslands] and [Takeshima|LOC=Dokdo].
[Cambodian-Thai border|LOC=CambodiaThailandBorder] closed.
[Dead Hand|WPN=DeadHand] and [Patriot|WPN=PatriotMissileSystem] and [drones|WPN=Drones].
[Iran nuclear deal|DOC=JointComprehensivePlanOfAction] and [New START|DOC=NewSTART].
"""

FIND = """
Pemain AS Roma menang | -
AS Monaco bermain seri melawan klub Jerman | Jerman=DEU
as soon as possible, says us | -
It is up to us | -
Kim Jong Un pulang | Kim Jong Un=KimJongUn
Kim Jong-un pulang | Kim Jong-un=KimJongUn
KIM JONG UN VISITS RUSSIA | KIM JONG UN=KimJongUn; RUSSIA=RUS
TRUMP SAYS US TROOPS LEAVE IRAQ | TRUMP=DonaldTrump; IRAQ=IRQ
UN warns US | UN=UnitedNations; US=USA
Un juga hadir | -
Michael Jordan and Jordan | Jordan=JOR
Georgia O'Keeffe painted Georgia | Georgia=GEO
Paris Saint-Germain menang di Paris | Paris=FRA
Denzel Washington di Washington | Washington=USA
Manchester United menang | -
Nigeria dan Niger | Nigeria=NGA; Niger=NER
Papua Nugini | Papua Nugini=PNG
Irlandia Utara | Irlandia Utara=NorthernIreland
Guinea Khatulistiwa | Guinea Khatulistiwa=GNQ
Sudan Selatan | Sudan Selatan=SSD
Dewan Keamanan PBB | Dewan Keamanan PBB=UnitedNationsSecurityCouncil
Uni Emirat Arab, bukan Arab Saudi | Uni Emirat Arab=ARE; Arab Saudi=SAU
Rusia-Ukraina | Rusia=RUS; Ukraina=UKR
Presiden Rusia Vladimir Putin | Rusia=RUS; Vladimir Putin=VladimirPutin
kunjungan Menlu ke Korut | Korut=PRK
Perusahaan China's Huawei | China=CHN; Huawei=Huawei
rusia dengan huruf kecil | -
Iranian and Iraqi officials | Iranian=IRN; Iraqi=IRQ
Male voters and nice weather | -
Time is short | -
The U.S.-led coalition | U.S.=USA
Washington, D.C., and London | Washington, D.C.=WashingtonDC; London=GBR
Laut China Selatan | Laut China Selatan=SouthChinaSea
Trump's aides | Trump=DonaldTrump
PM Inggris | Inggris=GBR
Bank Dunia dan IMF | Bank Dunia=WorldBank; IMF=InternationalMonetaryFund
Amerika Latin | Amerika Latin=LatinAmerica
Xi, bukan XI | Xi=XiJinping
Chad Smith drums in Chad | Chad=TCD
Bab XI pasal 3 | -
"""

MARK = re.compile(r"\[([^|\]]+)\|([A-Z]{3})=([^\]]+)\]")
DATE = re.compile(r"\s(\d{4}-\d{2}-\d{2})$")
CASES = [("id", line) for line in INDONESIAN.strip().split("\n")] + [
    ("en", line) for line in ENGLISH.strip().split("\n")
]


@pytest.fixture(scope="module")
def book() -> Book:
    return Book.load()


def read_case(line: str) -> tuple[str, list[DraftMention], list[str], date | None]:
    dated = DATE.search(line)
    line, day = (line[: dated.start()], date.fromisoformat(dated[1])) if dated else (line, None)
    text, mentions, expected, at = "", [], [], 0
    for mark in MARK.finditer(line):
        text += line[at : mark.start()]
        mentions.append(DraftMention(len(text), len(text) + len(mark[1]), mark[2]))  # type: ignore[arg-type]
        expected.append(mark[3])
        text, at = text + mark[1], mark.end()
    return text + line[at:], mentions, expected, day


@pytest.mark.parametrize(("language", "line"), CASES, ids=[line[:60] for _, line in CASES])
def test_mentions_in_context(book: Book, language: str, line: str) -> None:
    text, mentions, expected, day = read_case(line)
    settled = resolve(book, text, mentions, language=language, date=day)  # type: ignore[arg-type]
    assert [actor.key if actor.known else f"?{actor.label}" for actor, _ in settled] == expected
    assert all(reason for _, reason in settled)


@pytest.mark.parametrize("line", FIND.strip().split("\n"))
def test_names_in_running_text(book: Book, line: str) -> None:
    text, _, expected = line.partition(" | ")
    found = [f"{text[hit.start : hit.end]}={hit.candidates[0].key}" for hit in book.find(text)]
    assert found == ([] if expected == "-" else expected.split("; "))


def test_enough_cases() -> None:
    assert len(CASES) + len(FIND.strip().split("\n")) >= 150
