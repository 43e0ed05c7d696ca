"""More kinds of things for the skill json, in the format of json_forms.py."""

TEXT = """
== invoice | invoice
invoice_number, number, invoice_id: str code | The invoice has the number {v}. / This is invoice {v}. / Invoice {v} is attached. / We send you invoice {v}.
supplier, vendor, issued_by: str company | It comes from {v}. / {v} has issued it. / The supplier is {v}. / {v} sent it. / It was written by {v}.
amount, total, sum: num 10 900 | The amount is {v} dollars. / Please pay {v} dollars. / {v} dollars are due. / In total it is {v} dollars.
due_date, due, pay_by: str date | Please pay by {v}. / It is due on {v}. / The due date is {v}. / Payment is expected by {v}.
overdue, late: bool | It is overdue. / The payment is late. ~ It is not overdue. / The payment is not late.
currency, currency_code: enum USD,EUR,GBP,CHF,JPY | The currency is {v}. / Amounts are in {v}. / It is to be paid in {v}. / Currency: {v}.
positions, lines, goods: list product | It lists {v}. / The positions are {v}. / You bought {v}. / The goods: {v}.
contact, clerk: obj name=person phone=phone | Questions? Call {name} at {phone}. / {name} ({phone}) handles it. / The clerk is {name}, phone {phone}. / Contact: {name}, {phone}.

== course | course page
course, course_name, title: str title | The course is called "{v}". / Sign up for "{v}". / We offer "{v}". / This page is about "{v}".
teacher, instructor, lecturer: str person | It is taught by {v}. / {v} teaches it. / The teacher is {v}. / Your instructor will be {v}.
start, start_date, begins: str date | It begins on {v}. / The first lesson is on {v}. / We start on {v}. / The start is {v}.
seats, places, capacity: int 5 90 | There are {v} seats. / Up to {v} people can join. / We have room for {v} people. / The number of seats is {v}.
fee, price, cost: num 20 800 | The fee is {v} dollars. / It costs {v} dollars. / You pay {v} dollars. / Price: {v} dollars.
online, is_online: bool | It is held online. / You can join from home over the internet. ~ It is not online. / You have to come in person.
difficulty, course_level: enum beginner,intermediate,advanced | It is meant for the {v} level. / The level is {v}. / Level: {v}. / The difficulty is {v}.
topics, subjects: list hobby | The topics are {v}. / You will learn about {v}. / It covers {v}. / Topics: {v}.

== car | advertisement
model, car, car_model: str model | For sale: {v}. / I am selling my {v}. / The car is the {v}. / This {v} needs a new owner.
year, built, model_year: int 1960 2029 | It was built in {v}. / The year is {v}. / It is from {v}. / First registered in {v}.
mileage, miles, miles_driven: int 900 9900 | It has run {v} miles. / The mileage is {v}. / {v} miles are on the clock. / It was driven {v} miles.
price, asking_price: num 500 990 | The price is {v} dollars. / I want {v} dollars for it. / It costs {v} dollars. / Asking price: {v} dollars.
color, paint: str color | The color is {v}. / It is painted {v}. / The paint is {v}. / Color: {v}.
fuel, fuel_type: enum petrol,diesel,electric,hybrid | It runs on {v}. / The fuel type is {v}. / Fuel: {v}. / The type of drive is {v}.
automatic, has_automatic: bool | It has an automatic gearbox. / The gearbox is automatic. ~ It has a manual gearbox. / The gearbox is not automatic.
seller, owner: obj name=person city=city | The seller is {name} in {city}. / Ask {name} from {city}. / It belongs to {name}, {city}. / It stands in {city}; the owner is {name}.

== apartment | listing
listing_id, reference, ref: str code | Listing {v}. / The reference is {v}. / This is listing {v}. / Please mention {v} when you call.
city, location, town: str city | The apartment is in {v}. / It is located in {v}. / You will live in {v}. / City: {v}.
rooms, room_count, number_of_rooms: int 2 9 | It has {v} rooms. / There are {v} rooms. / The number of rooms is {v}. / Rooms: {v}.
rent, monthly_rent: num 300 990 | The rent is {v} dollars a month. / You pay {v} dollars a month. / Rent: {v} dollars. / It costs {v} dollars a month.
furnished, is_furnished: bool | It is furnished. / The furniture stays in. ~ It is not furnished. / It comes without furniture.
available_from, free_from: str date | It is free from {v}. / You can move in on {v}. / It becomes available on {v}. / Move-in date: {v}.
heating, heating_type: enum gas,oil,electric,district | The heating is {v}. / It has {v} heating. / Type of heating: {v}. / It is heated by {v} heating.
landlord, landlady, owner: str person | The landlord is {v}. / It belongs to {v}. / Please call the owner, {v}. / {v} owns it.
extras, features: list product | It comes with {v}. / The extras are {v}. / Extras: {v}. / Included are {v}.

== appointment | reminder
patient, patient_name, name: str person | This is a reminder for {v}. / The patient is {v}. / {v} has an appointment. / We expect {v}.
doctor, physician: str person | The doctor is {v}. / {v} will see you. / The appointment is with the doctor {v}. / Your physician is {v}.
date, appointment_date, day: str date | It is on {v}. / The date is {v}. / Please come on {v}. / The appointment was set for {v}.
time, hour: str time | It is at {v}. / The time is {v}. / Please be there at {v}. / It starts at {v}.
room, room_number: int 100 900 | Go to room {v}. / The room is {v}. / It takes place in room {v}. / Room: {v}.
first_visit, new_patient: bool | It is the first visit. / {n} is a new patient. ~ It is not the first visit. / {n} has been here before.
kind, visit_type: enum checkup,surgery,vaccination,consultation | The kind of visit is {v}. / Type of visit: {v}. / It is booked as {v}. / The visit is marked as {v}.
phone, callback, phone_number: str phone | To cancel, call {v}. / Our phone number is {v}. / You can reach us at {v}. / Phone: {v}.

== movie | review
title, movie, film: str title | I watched "{v}". / The movie is "{v}". / "{v}" is now in theaters. / This is about the film "{v}".
director, directed_by: str person | {v} directed it. / The director is {v}. / It was directed by {v}. / It is a film by {v}.
year, release_year, released: int 1930 2029 | It came out in {v}. / It was released in {v}. / The year is {v}. / It dates from {v}.
minutes, length, runtime: int 60 240 | It runs for {v} minutes. / It is {v} minutes long. / The length is {v} minutes. / It lasts {v} minutes.
score, rating, stars: num 1 9 | I give it {v} points. / The rating is {v}. / It scores {v}. / Rating: {v}.
genre, category: enum comedy,drama,horror,western,thriller,animation | The genre is {v}. / It is filed under {v}. / Genre: {v}. / Its category is {v}.
subtitled, has_subtitles: bool | It has subtitles. / Subtitles are shown. ~ It has no subtitles. / There are no subtitles.
cast, actors, starring: list person | It stars {v}. / The actors are {v}. / In the cast are {v}. / Cast: {v}.

== meeting | minutes
topic, meeting, subject: str event | The meeting was about the {v}. / We met to plan the {v}. / The topic was the {v}. / Subject of the meeting: {v}.
date, held_on, meeting_date: str date | It took place on {v}. / We met on {v}. / The date was {v}. / The meeting was held on {v}.
chair, chaired_by, leader: str person | {v} led the meeting. / It was chaired by {v}. / The chair was {v}. / {v} was in the chair.
present, attendees, participants: list person | Present were {v}. / The participants were {v}. / {v} took part. / Attendees: {v}.
duration, minutes, duration_minutes: int 15 180 | It lasted {v} minutes. / We talked for {v} minutes. / The duration was {v} minutes. / It took {v} minutes.
budget, approved_budget: num 100 990 | A budget of {v} dollars was approved. / We may spend {v} dollars. / The budget is {v} dollars. / {v} dollars were granted.
decided, decision_made: bool | A decision was made. / The matter was decided. ~ No decision was made. / The matter was not decided.
next, next_meeting: obj city=city date=date | We meet again in {city} on {date}. / The next meeting is in {city} on {date}. / Next: {city}, {date}. / On {date} we continue in {city}.

== shipment | tracking notice
tracking, tracking_number, parcel: str code | Your parcel {v} is on its way. / The tracking number is {v}. / This is about parcel {v}. / Parcel {v} was scanned.
carrier, shipped_by, company: str company | The carrier is {v}. / {v} carries it. / It is shipped by {v}. / It was handed to {v}.
destination, to, city: str city | It goes to {v}. / The destination is {v}. / It is addressed to {v}. / It will end up in {v}.
receiver, recipient, addressee: str person | The receiver is {v}. / It is meant for {v}. / {v} will receive it. / Recipient: {v}.
weight, weight_kg, kilograms: num 1 60 | It weighs {v} kg. / The weight is {v} kg. / Weight: {v} kg. / The scale shows {v} kg.
state, progress, status: enum accepted,sorted,loaded,delivered,held | The state is {v}. / Its status is {v}. / Status: {v}. / It has been {v}.
insured, has_insurance: bool | It is insured. / The parcel has insurance. ~ It is not insured. / The parcel has no insurance.
size, box: obj width=cm height=cm | The box is {width} cm wide and {height} cm high. / Width {width} cm, height {height} cm. / It measures {width} cm in width and {height} cm in height. / Box: width {width} cm, height {height} cm.

== application | application
applicant, candidate, name: str person | {v} has applied. / The applicant is {v}. / We received an application from {v}. / The candidate is called {v}.
position, job, applied_for: str job | The position is {v}. / {n} wants to work as {a v}. / {n} applied for the position of {v}. / Position: {v}.
email, contact_email: str email | The e-mail address is {v}. / Answer to {v}. / Please write to {v}. / E-mail: {v}.
experience, years_of_experience, years: int 2 40 | {n} has {v} years of experience. / {n} has worked for {v} years. / Years of experience: {v}. / The experience is {v} years.
expected_salary, salary: int 1200 9800 | {n} expects {v} dollars a month. / The expected salary is {v} dollars. / {n} would like to earn {v} dollars. / Salary wish: {v} dollars.
invited, interview: bool | {n} was invited to an interview. / There will be an interview. ~ {n} was not invited to an interview. / There will be no interview.
languages, speaks: list language | {n} speaks {v}. / The languages are {v}. / Languages: {v}. / {n} is fluent in {v}.
start, available_from: str date | {n} can start on {v}. / The earliest start is {v}. / {n} is free from {v}. / Start: {v}.

== sensor | reading
sensor, sensor_id, device: str code | The sensor {v} sent data. / This comes from sensor {v}. / Sensor: {v}. / Data of sensor {v} has come in.
temperature, degrees: num 2 60 | The temperature is {v} degrees. / It measured {v} degrees. / It is {v} degrees warm. / Temperature: {v} degrees.
humidity, humidity_percent: int 5 99 | The humidity is {v} percent. / It shows a humidity of {v} percent. / Humidity: {v} percent. / The air has a humidity of {v} percent.
battery, battery_percent: int 2 99 | The battery is at {v} percent. / The battery has {v} percent left. / Battery: {v} percent. / The battery shows {v} percent.
active, enabled: bool | It is active. / The sensor is switched on. ~ It is not active. / The sensor is switched off.
location, site, city: str city | It stands in {v}. / The site is {v}. / It was installed in {v}. / Location: {v}.
alarm, alarm_level: enum green,yellow,orange,red | The alarm level is {v}. / It reports the level {v}. / Alarm: {v}. / The level is {v} now.
technician, maintainer: obj name=person phone=phone | The technician is {name}, {phone}. / {name} maintains it and can be called at {phone}. / Technician: {name} ({phone}). / Call {name} at {phone} if it fails.
"""
