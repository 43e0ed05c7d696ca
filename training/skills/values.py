"""Values that the skills put into their texts: people, places, codes, amounts, dates.

Every function takes `(rng, split)` and keeps to the split: words come from `split.pick` of a pool, made values (random
syllables, codes, numbers) must pass `split.accepts`. About half of all names are made of random syllables, so that a
model has to copy them and cannot know them. All return a string but where another type is named.

  word            made pronounceable word, lower case ("tilvora")
  name            made pronounceable name ("Tilvora")
  first_name, last_name, person ("Anna Lopez"), people(rng, split, n) list of n persons, no name part twice
  city, country, company ("Harbor Labs"), street ("Elm Road"), address ("14 Elm Road")
  product ("desk lamp"), model ("Tilvo 30"), job, color, animal, food, hobby, department, material, language, room
  several(rng, split, function, n)        list of n different values of any function here
  email, email_of(rng, split, person), host ("tilvora.org"), url ("https://tilvora.org/mavo"), username ("tilvora42")
  phone ("555-0142"), code ("AB-1234"), number_code ("48210"), flight ("KL 482"), plate ("TRV 482"), version ("2.14.0")
  ip ("10.4.18.220"), room_number ("214"), filename ("tilvora.csv"), password ("kavo7tilm")
  integer(rng, split, low, high) int held out by its value (wants a range of some dozens); amount_of(rng, split) int, 2..999
  decimal ("4.7"), price ("$45.90"), money ("$3,400"), percent ("12%"), quantity ("3 kg")
  day (year, month, day) ints; date(rng, split, style=None), format_date(day, style), DATE_STYLES; weekday, month, year
  clock (hour, minute) ints; time(rng, split, style=None), format_time(clock, style), TIME_STYLES; duration ("45 minutes")

Weekdays and months are closed classes: both splits use all of them.  a(noun) puts "a" or "an" before a noun.
"""

from .data import pools

_ONSETS = ("b br c ch d dr f fl g gl gr h j k kl kr l m n p pl pr qu r s sh sk sl st t th tr v w y z").split()
_VOWELS = "a a a e e e i i o o o u ai ea ia io oa ou y".split()
_CODAS = "b d f g k l m n p r s t x nd nt rk rn st ll sh".split()

DATE_STYLES = ("March 4, 2025", "4 March 2025", "2025-03-04", "March 4", "4 March", "Mar 4", "03/04/2025")
TIME_STYLES = ("14:30", "2:30 PM", "2:30 p.m.")


def a(noun):
    """The noun with its article; good for the pools here."""
    return ("an " if noun[:1].lower() in "aeio" or noun[:2].lower() in ("um", "un") else "a ") + noun


def _syllables(rng, count):
    text = ""
    for i in range(count):
        text += rng.choice(_ONSETS) if i or rng.random() < 0.8 else ""
        text += rng.choice(_VOWELS)
        if rng.random() < (0.6 if i == count - 1 else 0.25):
            text += rng.choice(_CODAS)
    return text


def word(rng, split):
    while True:
        text = _syllables(rng, rng.choice((1, 2, 2, 2, 3, 3)))
        if 3 <= len(text) <= 11 and split.accepts(text):
            return text


def name(rng, split):
    return word(rng, split).capitalize()


def _made_or_pool(pool, made=0.5):
    def choose(rng, split):
        return name(rng, split) if rng.random() < made else split.pick(rng, pool)
    return choose


def _from_pool(pool):
    def choose(rng, split):
        return split.pick(rng, pool)
    return choose


first_name = _made_or_pool(pools.FIRST_NAMES)
last_name = _made_or_pool(pools.LAST_NAMES)
city = _made_or_pool(pools.CITIES)
country = _made_or_pool(pools.COUNTRIES, 0.25)
job = _from_pool(pools.JOBS)
color = _from_pool(pools.COLORS)
animal = _from_pool(pools.ANIMALS)
food = _from_pool(pools.FOODS)
hobby = _from_pool(pools.HOBBIES)
department = _from_pool(pools.DEPARTMENTS)
material = _from_pool(pools.MATERIALS)
language = _from_pool(pools.LANGUAGES)
room = _from_pool(pools.ROOMS)
product = _from_pool(pools.PRODUCTS)


def several(rng, split, function, count):
    values = []
    while len(values) < count:
        value = function(rng, split)
        if value not in values:
            values.append(value)
    return values


def person(rng, split):
    return first_name(rng, split) + " " + last_name(rng, split)


def people(rng, split, count):
    firsts = several(rng, split, first_name, count)
    lasts = several(rng, split, last_name, count)
    return [first + " " + last for first, last in zip(firsts, lasts)]


def company(rng, split):
    stem = name(rng, split) if rng.random() < 0.5 else split.pick(rng, pools.COMPANY_STEMS)
    return stem + " " + split.pick(rng, pools.COMPANY_ENDINGS) if rng.random() < 0.8 else stem


def model(rng, split):
    return name(rng, split) + rng.choice((" ", " ", " X", " S")) + str(rng.randint(2, 90))


def street(rng, split):
    stem = name(rng, split) if rng.random() < 0.5 else split.pick(rng, pools.STREET_STEMS)
    return stem + " " + rng.choice(pools.STREET_ENDINGS)


def address(rng, split):
    return str(rng.randint(1, 290)) + " " + street(rng, split)


def host(rng, split):
    stem = word(rng, split)
    if rng.random() < 0.25:
        stem += "-" + rng.choice(("shop", "online", "group", "labs", "mail", "world"))
    return stem + rng.choice((".com", ".com", ".org", ".net", ".io", ".info", ".example"))


_MAIL_HOSTS = ("example.com", "example.org", "example.net", "mail.example")


def _mail_host(rng, split):
    return rng.choice(_MAIL_HOSTS) if rng.random() < 0.4 else host(rng, split)


def email_of(rng, split, who):
    """An address made of that person's name."""
    parts = [part for part in ("".join(c for c in p if c.isascii() and c.isalpha()) for p in who.lower().split()) if part]
    first, last = parts[0], parts[-1]
    local = rng.choice((first + "." + last, first[0] + "." + last, first, last, first + "_" + last, first[0] + last,
                        first + str(rng.randint(1, 99))))
    return local + "@" + _mail_host(rng, split)


def email(rng, split):
    if rng.random() < 0.3:
        local = rng.choice(("info", "office", "contact", "help", "sales", "team", "hello", "jobs", "orders", "booking"))
        return local + "@" + host(rng, split)
    return email_of(rng, split, person(rng, split))


def url(rng, split):
    text = rng.choice(("https://", "https://", "https://www.", "www.", "http://")) + host(rng, split)
    if rng.random() < 0.6:
        text += "/" + word(rng, split)
    if rng.random() < 0.15:
        text += "/" + str(rng.randint(1, 999))
    return text


def username(rng, split):
    return word(rng, split) + rng.choice(("", "", "_", ".")) + rng.choice((str(rng.randint(1, 99)), word(rng, split)))


def password(rng, split):
    return word(rng, split) + str(rng.randint(1, 99)) + word(rng, split)


def filename(rng, split):
    stem = word(rng, split) + rng.choice(("", "", "_" + word(rng, split), str(rng.randint(1, 99))))
    return stem + rng.choice((".txt", ".csv", ".pdf", ".py", ".json", ".log", ".png", ".docx", ".zip"))


def _digits(rng, count):
    return "".join(rng.choice("0123456789") for _ in range(count))


def _letters(rng, count):
    return "".join(rng.choice("ABCDEFGHJKLMNPQRSTUVWXYZ") for _ in range(count))


def _made(make):
    def choose(rng, split):
        return split.draw(rng, make)
    return choose


def _phone(rng):
    shape = rng.randrange(6)
    if shape == 0:
        return "555-" + _digits(rng, 4)
    if shape == 1:
        return "(" + str(rng.randint(200, 989)) + ") 555-" + _digits(rng, 4)
    if shape == 2:
        return "+" + str(rng.randint(1, 98)) + " " + _digits(rng, 2) + " " + _digits(rng, 3) + " " + _digits(rng, 4)
    if shape == 3:
        return "0" + _digits(rng, 3) + " " + _digits(rng, 6)
    if shape == 4:
        return str(rng.randint(200, 989)) + "-" + _digits(rng, 3) + "-" + _digits(rng, 4)
    return str(rng.randint(200, 989)) + "-555-" + _digits(rng, 4)


def _code(rng):
    shape = rng.randrange(7)
    if shape < 2:
        return _letters(rng, 2) + "-" + _digits(rng, rng.choice((3, 4, 4, 5)))
    if shape == 2:
        return _letters(rng, 3) + "-" + _digits(rng, rng.choice((2, 3, 4)))
    if shape == 3:
        return _letters(rng, 1) + _digits(rng, rng.choice((3, 4, 5, 6)))
    if shape == 4:
        return _letters(rng, 2) + _digits(rng, 2) + _letters(rng, 2)
    if shape == 5:
        return _digits(rng, 3) + "-" + _letters(rng, 2) + "-" + _digits(rng, 2)
    return _letters(rng, 3) + _digits(rng, 3)


phone = _made(_phone)
code = _made(_code)
number_code = _made(lambda rng: str(rng.randint(1, 9)) + _digits(rng, rng.choice((3, 4, 4, 5, 6))))
flight = _made(lambda rng: _letters(rng, 2) + rng.choice((" ", "")) + str(rng.randint(100, 9999)))
plate = _made(lambda rng: _letters(rng, 3) + rng.choice((" ", "-")) + _digits(rng, 3))
version = _made(lambda rng: f"{rng.randint(0, 12)}.{rng.randint(0, 30)}.{rng.randint(0, 9)}")
ip = _made(lambda rng: f"{rng.choice((10, 172, 192))}.{rng.randint(0, 255)}.{rng.randint(0, 255)}.{rng.randint(1, 254)}")
room_number = _made(lambda rng: str(rng.randint(1, 599)))
decimal = _made(lambda rng: f"{rng.randint(0, 99)}.{rng.randint(1, 9)}")


def integer(rng, split, low, high):
    """An int of low..high, held out by its value: the range has to hold some dozens."""
    return split.draw(rng, lambda r: r.randint(low, high))


def amount_of(rng, split):
    return integer(rng, split, 2, rng.choice((80, 200, 999)))


def grouped(number):
    return f"{number:,}"


def _price(rng):
    whole = rng.randint(1, rng.choice((20, 100, 900)))
    cents = rng.choice((f".{rng.randint(0, 99):02d}", ".50", ".99", f".{rng.randint(0, 99):02d}", ""))
    return rng.choice("$$$$€£") + str(whole) + cents


def _money(rng):
    number = rng.choice((rng.randint(10, 999), rng.randint(10, 99) * 100, rng.randint(1000, 99999)))
    shape = rng.randrange(5)
    if shape == 0:
        return grouped(number) + rng.choice((" dollars", " euros"))
    return rng.choice("$$$€£") + (grouped(number) if shape < 4 else str(number))


price = _made(_price)
money = _made(_money)
percent = _made(lambda rng: rng.choice((str(rng.randint(1, 99)), f"{rng.randint(0, 40)}.{rng.randint(1, 9)}")) + "%")
quantity = _made(lambda rng: str(rng.randint(2, rng.choice((20, 900)))) + " " + rng.choice(
    ("kg", "g", "liters", "ml", "meters", "km", "cm", "boxes", "bags", "cups", "miles", "pounds", "tons", "bottles")))


def day(rng, split):
    while True:
        month_ = rng.randint(1, 12)
        last = 28 if month_ == 2 else 30 if month_ in (4, 6, 9, 11) else 31
        value = (rng.randint(2015, 2032), month_, rng.randint(1, last))
        if split.accepts("day", value[1], value[2]):
            return value


def format_date(value, style):
    """style: one of DATE_STYLES."""
    y, m, d = value
    long = pools.MONTHS[m - 1]
    return {"March 4, 2025": f"{long} {d}, {y}", "4 March 2025": f"{d} {long} {y}", "2025-03-04": f"{y}-{m:02d}-{d:02d}",
            "March 4": f"{long} {d}", "4 March": f"{d} {long}", "Mar 4": f"{long[:3]} {d}",
            "03/04/2025": f"{m:02d}/{d:02d}/{y}"}[style]


def date(rng, split, style=None):
    return format_date(day(rng, split), style or rng.choice(DATE_STYLES))


def weekday(rng, split):
    return rng.choice(pools.WEEKDAYS)


def month(rng, split):
    return rng.choice(pools.MONTHS)


def year(rng, split):
    return str(integer(rng, split, 1900, 2031))


def clock(rng, split):
    while True:
        value = (rng.randint(6, 22), rng.choice((0, 0, 15, 30, 30, 45, rng.randrange(60), rng.randrange(60))))
        if split.accepts("clock", value):
            return value


def format_time(value, style):
    """style: one of TIME_STYLES."""
    hour, minute = value
    if style == "14:30":
        return f"{hour:02d}:{minute:02d}"
    half = ("AM", "PM") if style == "2:30 PM" else ("a.m.", "p.m.")
    return f"{(hour + 11) % 12 + 1}:{minute:02d} {half[hour >= 12]}"


def time(rng, split, style=None):
    return format_time(clock(rng, split), style or rng.choice(TIME_STYLES))


duration = _made(lambda rng: str(rng.randint(2, 90)) + " " + rng.choice(("minutes", "minutes", "days", "weeks", "hours")))
