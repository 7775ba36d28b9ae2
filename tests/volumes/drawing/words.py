"""Invented people, titles and running text, drawn by chance."""

from __future__ import annotations

from random import Random

GIVEN = [
    "Anna",
    "Karin",
    "Johan",
    "Petra",
    "Wim",
    "Marloes",
    "Hans",
    "Ingrid",
    "Joost",
    "Lia",
    "Gerda",
    "Ruud",
    "Femke",
    "Bart",
    "Saskia",
    "Mohamed",
    "Fatima",
    "Yusuf",
    "Meryem",
    "Kofi",
    "Aïcha",
    "Tjeerd",
    "Wietske",
    "Jelle",
    "Nynke",
    "Rutger",
    "Roos",
    "Thijs",
    "Évelien",
    "Nour",
    "Özlem",
    "Dewi",
    "Jan-Willem",
    "Marie-Louise",
    "Sjoerd",
    "Hilde",
    "Cas",
    "Jip",
    "Wouter",
    "Lotte",
]
PARTICLES = ("van", "de", "van de", "van der", "van den", "ter", "el")
FAMILIES = [
    "Wit",
    "Hoekstra",
    "Terpstra",
    "Meer",
    "Bakker",
    "Visser",
    "Groot",
    "Mulder",
    "Smit",
    "Dijkstra",
    "Peters",
    "Kramer",
    "Postma",
    "Bos",
    "Jacobs",
    "Hofman",
    "Brink",
    "Molenaar",
    "Vink",
    "Zeeuw",
    "Prins",
    "Yılmaz",
    "Amrani",
    "Benali",
    "Mensah",
    "Nguyen",
    "Okafor",
    "Kuipers",
    "Veenstra",
    "Haan",
    "Linden",
    "Berg",
    "Heuvel",
    "Schouten",
    "Wal",
    "Bos-Visser",
    "Aksoy",
    "Sloot",
    "Duin",
    "Karssen",
    "Polder",
    "Waal",
]
ROLES = (
    "lector sociaal werk aan Hogeschool De Brug",
    "onderzoeker bij Kantelpers",
    "wijkverpleegkundige in Rijnoord",
    "hoogleraar bestuurskunde aan de Universiteit Oostmeer",
    "beleidsadviseur bij de gemeente Rijnoord",
    "docent aan Hogeschool De Brug",
    "promovendus bij de Universiteit Oostmeer",
)
BODIES = (
    "Hogeschool De Brug",
    "Universiteit Oostmeer",
    "Gemeente Rijnoord",
    "Stichting Kantelpers",
)
_THINGS = [
    "stoep",
    "plein",
    "trap",
    "lift",
    "tuin",
    "keuken",
    "brug",
    "sleutel",
    "lamp",
    "bank",
    "drempel",
    "kade",
    "hoek",
    "gang",
    "poort",
    "bel",
    "fiets",
    "tafel",
    "koffie",
    "soep",
    "brief",
    "wachtkamer",
    "moestuin",
    "speelplaats",
    "huiskamer",
    "voordeur",
    "buurtbus",
    "wasmand",
    "agenda",
    "telefoon",
    "regenton",
    "schutting",
]
_STATES = [
    "open",
    "stil",
    "leeg",
    "warm",
    "onaf",
    "gedeeld",
    "vergeten",
    "zichtbaar",
    "bewoond",
    "langzaam",
    "scheef",
    "dichtbij",
    "versleten",
    "nieuw",
    "geleend",
    "verborgen",
]
_WHO = [
    "de buurvrouw",
    "het team",
    "een bewoner",
    "de opbouwwerker",
    "de gemeente",
    "niemand",
    "wie er woont",
    "de huismeester",
    "een vrijwilliger",
    "de coach",
    "het gezin",
    "de jongerenwerker",
]
_DOES = [
    "wacht op",
    "kijkt naar",
    "praat over",
    "zorgt voor",
    "rekent op",
    "vertrouwt op",
    "schrijft over",
    "vraagt naar",
    "luistert naar",
    "let op",
]
_WHEN = [
    "op maandag",
    "na een jaar",
    "in de winter",
    "zonder afspraak",
    "vanaf het begin",
    "tegen de avond",
    "elke week",
    "tussen twee gesprekken",
    "in het voorjaar",
    "na lang aarzelen",
]
_SUBTITLES = (
    "Over {a} en {b} in de wijk",
    "Een verkenning van {a} en {b}",
    "Lessen uit drie jaar {a}",
    "Hoe een {a} het werk verandert",
    "Naar een andere blik op de {a}",
)
_TITLES = (
    "De {a} als {b}",
    "Wie bewaart de {a}?",
    "Een {a} die {s} blijft",
    "{a} en {b} in de wijk",
    "Wat de {a} weet van de {b}",
    "Werken aan een {s} {a}",
    "Voorbij de {a}",
    "Van {a} naar {b}",
    "{n} vragen over de {a}",
    "Sociaal werk bij de {a}",
    "Tussen {a} en {b}",
    "De {a}: {s} of niet",
    "Leren van een {s} {b}",
    "Waarom de {a} {s} is",
)


def given(rng: Random) -> str:
    return rng.choice(GIVEN)


def family(rng: Random) -> str:
    """A name, one in four with a particle: "van der Meer"."""
    bare = rng.choice(FAMILIES)
    return f"{rng.choice(PARTICLES)} {bare}" if rng.random() < 0.25 else bare


def title(rng: Random) -> str:
    pattern = rng.choice(_TITLES)
    a, b = rng.sample(_THINGS, 2)
    made = pattern.format(
        a=a, b=b, s=rng.choice(_STATES), n=rng.randrange(5, 30)
    )
    return made[:1].upper() + made[1:]


def second_title(rng: Random) -> str:
    a, b = rng.sample(_THINGS, 2)
    return rng.choice(_SUBTITLES).format(a=a, b=b)


def sentence(rng: Random) -> str:
    who, does, when = rng.choice(_WHO), rng.choice(_DOES), rng.choice(_WHEN)
    a, b = rng.sample(_THINGS, 2)
    made = rng.choice(
        (
            f"{when} {does.split()[0]} {who} {does.split()[1]} de {a} en de {b}",
            f"{who} {does} de {a}, omdat de {b} {rng.choice(_STATES)} is",
            f"dat de {a} {rng.choice(_STATES)} is, merkt {who} pas {when}",
            f"{who} {does} de {b} en noemt de {a} {rng.choice(_STATES)}",
        )
    )
    return made[:1].upper() + made[1:] + "."


def paragraph(rng: Random) -> str:
    return " ".join(sentence(rng) for _ in range(rng.randrange(3, 7)))


def entry(rng: Random) -> str:
    """An entry of a list of references."""
    year = rng.randrange(1995, 2020)
    who = f"{family(rng)}, {given(rng)[0]}."
    where = rng.choice(("Rijnoord", "Oostmeer"))
    return f"{who} ({year}). *{title(rng)}*. {where}: Kantelpers."
