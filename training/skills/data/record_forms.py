"""Attributes of the records in records.py: what is listed about people, goods, places and machines, and how it is asked.

An attribute: kind, column title, sentences with {n} (the record's name) and {v}, questions with {n}, and reverse questions
with {v} whose answer is the record's name.
"""

from . import record_forms_more
from .merging import before_tail

FAMILIES = {
    "people": ("person", "name", ["list", "text", "note"], {
        "city": ("city", ["{n} lives in {v}.", "The home of {n} is {v}.", "{n} has a flat in {v}."],
                 ["Where does {n} live?", "In which city does {n} live?", "What is {n}'s city?", "Which city does {n} live in?"],
                 ["Who lives in {v}?", "Which person lives in {v}?", "Whose home is {v}?", "Who is from {v}?"]),
        "job": ("job", ["{n} works as {a v}.", "{n} is {a v}.", "{n} has a job as {a v}."],
                ["What is {n}'s job?", "What does {n} do for a living?", "What does {n} work as?", "Which job does {n} have?"],
                ["Who is {a v}?", "Who works as {a v}?", "Which person is {a v}?", "Whose job is {v}?"]),
        "age": ("age", ["{n} is {v} years old.", "{n} is {v}.", "The age of {n} is {v}."],
                ["How old is {n}?", "What is {n}'s age?", "What age is {n}?", "What is the age of {n}?"],
                ["Who is {v} years old?", "Which person is {v}?", "Whose age is {v}?", "Who is {v}?"]),
        "hobby": ("hobby", ["{n} enjoys {v}.", "{n}'s hobby is {v}.", "{n} loves {v}."],
                  ["What is {n}'s hobby?", "What does {n} enjoy?", "Which hobby does {n} have?", "What does {n} like?"],
                  ["Who enjoys {v}?", "Whose hobby is {v}?", "Who likes {v}?", "Which person has {v} as a hobby?"]),
        "color": ("color", ["{n}'s favorite color is {v}.", "{n} likes the color {v}.", "{n} prefers {v}."],
                  ["What is {n}'s favorite color?", "Which color does {n} like?", "What color does {n} prefer?",
                   "What is the favorite color of {n}?"],
                  ["Who likes {v}?", "Whose favorite color is {v}?", "Who prefers {v}?", "Which person likes {v}?"]),
        "pet": ("animal", ["{n} has {a v}.", "{n}'s pet is {a v}.", "{n} owns {a v}."],
                ["What pet does {n} have?", "What animal does {n} have?", "Which pet does {n} own?", "What is {n}'s pet?"],
                ["Who has {a v}?", "Who owns {a v}?", "Whose pet is {a v}?", "Which person has {a v}?"]),
        "phone": ("phone", ["{n}'s number is {v}.", "Call {n} at {v}.", "The phone number of {n} is {v}."],
                  ["What is {n}'s phone number?", "At which number can I call {n}?", "What number does {n} have?",
                   "Which phone number belongs to {n}?"],
                  ["Who has the number {v}?", "Whose number is {v}?", "Which person has the number {v}?", "Who answers at {v}?"]),
        "language": ("language", ["{n} speaks {v}.", "{n}'s language is {v}.", "{n} studies {v}."],
                     ["What language does {n} know?", "Which language goes with {n}?", "What is {n}'s language?",
                      "Which language is noted for {n}?"],
                     ["Who knows {v}?", "Whose language is {v}?", "Which person knows {v}?", "Who has {v} as a language?"]),
        "department": ("department", ["{n} works in {v}.", "{n} is in the {v} department.", "The department of {n} is {v}."],
                       ["In which department is {n}?", "Which department does {n} work in?", "What is {n}'s department?",
                        "Where in the company does {n} work?"],
                       ["Who works in {v}?", "Who is in the {v} department?", "Whose department is {v}?",
                        "Which person belongs to {v}?"]),
    }),
    "goods": ("product", "item", ["list", "table", "price list", "text"], {
        "price": ("price", ["The {n} costs {v}.", "The price of the {n} is {v}.", "You get the {n} for {v}."],
                  ["How much is the {n}?", "What does the {n} cost?", "What is the price of the {n}?", "How much does the {n} cost?"],
                  ["Which item costs {v}?", "What costs {v}?", "What can I get for {v}?", "Which product has a price of {v}?"]),
        "code": ("code", ["The {n} has the code {v}.", "The code of the {n} is {v}.", "Order the {n} under {v}."],
                 ["What is the code of the {n}?", "Which code does the {n} have?", "Under which code is the {n} listed?",
                  "What code belongs to the {n}?"],
                 ["Which item has the code {v}?", "What is listed under {v}?", "To which item does {v} belong?",
                  "What product has code {v}?"]),
        "color": ("color", ["The {n} is {v}.", "The color of the {n} is {v}.", "The {n} comes in {v}."],
                  ["What color is the {n}?", "Which color does the {n} have?", "What is the color of the {n}?",
                   "In which color is the {n}?"],
                  ["Which item is {v}?", "What is {v}?", "Which product comes in {v}?", "Which thing has the color {v}?"]),
        "stock": ("count", ["There are {v} units of the {n}.", "The stock of the {n} is {v}.", "We have {v} pieces of the {n}."],
                  ["How many of the {n} are in stock?", "What is the stock of the {n}?", "How many units of the {n} are there?",
                   "What number is given for the {n}?"],
                  ["Of which item are there {v}?", "Which item has a stock of {v}?", "What are there {v} of?",
                   "Which product has {v} units?"]),
        "maker": ("company", ["The {n} is made by {v}.", "{v} makes the {n}.", "The maker of the {n} is {v}."],
                  ["Who makes the {n}?", "Which company makes the {n}?", "Who is the maker of the {n}?", "By whom is the {n} made?"],
                  ["What does {v} make?", "Which item is made by {v}?", "What is made by {v}?", "Which product is from {v}?"]),
    }),
    "servers": ("host", "host", ["list", "inventory", "table", "log"], {
        "ip": ("ip", ["{n} has the address {v}.", "The IP of {n} is {v}.", "{n} is at {v}."],
               ["What is the IP of {n}?", "Which address does {n} have?", "At which IP is {n}?", "What IP belongs to {n}?"],
               ["Which host has the IP {v}?", "Which host is at {v}?", "To which host does {v} belong?", "What host uses {v}?"]),
        "version": ("version", ["{n} runs version {v}.", "On {n} the version is {v}.", "{n} has version {v}."],
                    ["Which version runs on {n}?", "What version does {n} have?", "What is the version of {n}?",
                     "Which version is on {n}?"],
                    ["Which host runs version {v}?", "Where does version {v} run?", "Which host has {v}?",
                     "On which host is version {v}?"]),
        "port": ("port", ["{n} listens on port {v}.", "The port of {n} is {v}.", "{n} uses port {v}."],
                 ["Which port does {n} use?", "What is the port of {n}?", "On which port does {n} listen?", "What port is {n} on?"],
                 ["Which host uses port {v}?", "Which host listens on {v}?", "To which host does port {v} belong?",
                  "Who listens on port {v}?"]),
        "admin": ("person", ["{v} looks after {n}.", "The admin of {n} is {v}.", "{n} is run by {v}."],
                  ["Who looks after {n}?", "Who is the admin of {n}?", "Who runs {n}?", "Which admin does {n} have?"],
                  ["Which host does {v} look after?", "Which host is run by {v}?", "What does {v} run?",
                   "Of which host is {v} the admin?"]),
    }),
    "sessions": ("topic", "session", ["schedule", "program", "plan", "timetable"], {
        "time": ("time", ["{n} is at {v}.", "{n} starts at {v}.", "At {v} there is {n}."],
                 ["When is {n}?", "At what time is {n}?", "What time does {n} start?", "When does {n} begin?"],
                 ["What is at {v}?", "Which session is at {v}?", "What starts at {v}?", "What happens at {v}?"]),
        "teacher": ("person", ["{v} leads {n}.", "{n} is given by {v}.", "The leader of {n} is {v}."],
                    ["Who leads {n}?", "Who gives {n}?", "By whom is {n} given?", "Which person leads {n}?"],
                    ["What does {v} lead?", "Which session is led by {v}?", "What is given by {v}?",
                     "Which session does {v} give?"]),
        "room": ("room_number", ["{n} is in room {v}.", "The room of {n} is {v}.", "Room {v} is for {n}."],
                 ["In which room is {n}?", "What is the room number of {n}?", "Which room is {n} in?", "What room is for {n}?"],
                 ["What is in room {v}?", "Which session is in room {v}?", "What takes place in room {v}?",
                  "Which session uses room {v}?"]),
        "day": ("date", ["{n} is on {v}.", "The date of {n} is {v}.", "On {v} there is {n}."],
                ["On what date is {n}?", "Which date is {n}?", "What is the date of {n}?", "On which day is {n}?"],
                ["What is on {v}?", "Which session is on {v}?", "What happens on {v}?", "What takes place on {v}?"]),
    }),
}

# Openings of a list.
HEADINGS = ["", "", "", "", "Overview:\n", "List:\n", "The data:\n", "Current data:\n", "Details:\n", "Notes:\n",
            "Entries:\n", "Here is the list.\n", "Data:\n", "Records:\n"]
HEADINGS = before_tail(HEADINGS, record_forms_more.HEADINGS)


def _extended():
    """FAMILIES with the forms of record_forms_more.py."""
    more = {}
    for row in record_forms_more.TEXT.strip().split("\n"):
        head, *lists = row.split("|")
        more[tuple(head.split())] = [[part.strip() for part in text.split(";") if part.strip()] for text in lists]
    families = {}
    for family, (kind, title, words, attributes) in FAMILIES.items():
        extended = {}
        for attribute, (value, forms, forward, backward) in attributes.items():
            lists = [before_tail(old, new) for old, new in zip((forms, forward, backward), more[family, attribute])]
            extended[attribute] = (value, *lists)
        families[family] = (kind, title, words, extended)
    return families


FAMILIES = _extended()
