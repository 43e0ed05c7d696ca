"""What the skill tool_result says around its calls: requests for another value, errors, thanks, spare fields."""

from . import tool_pools

# {} is the other value.
AGAIN = [
    "What about {}?", "And {}?", "And for {}?", "How about {}?", "Now {}, please.", "Do the same for {}.",
    "The same for {}, please.", "And what about {}?", "Now the same with {}.", "{} too, please.", "Also for {}.",
    "And now {}?", "and {}?", "what about {}", "how about {}?", "and for {}", "now {}", "And {}, please.",
    "Next: {}", "Next, {}.", "Now for {}.", "Now do {}.", "Now try {}.", "Please also do {}.", "Please do {} as well.",
    "Please do the same for {}.", "Can you do the same for {}?", "Could you do that for {} too?",
    "Can you also do {}?", "Can you do it for {} as well?", "Would you do the same with {}?",
    "I need the same for {}.",
    "I also need {}.", "I'd like the same for {}.", "I also want it for {}.", "And the same for {}?", "Same for {}?",
    "Same for {}.", "Same with {}, please.", "Same again for {}.", "Once more, for {}.", "Once more with {}.",
    "Again, but with {}.", "Again for {}, please.", "Now with {} instead.", "With {} instead, please.",
    "Try {} instead.", "Try it with {}.", "Okay, and {}?", "Okay, now {}.", "OK, what about {}?", "Thanks. And {}?",
    "Thanks! What about {}?", "Thank you. Now {}, please.", "Good. And for {}?", "Great, and {}?", "Great. Now {}.",
    "Perfect, now do {}.", "Nice. How about {}?", "Interesting. And {}?", "I see. What about {}?", "Hm, and {}?",
    "Alright, {} next.", "{} next, please.", "{} as well, please.", "{}, too.", "And {} as well?", "And {}, too?",
    "And then {}, please.", "Then {}, please.", "Then do it for {}.", "What if I take {}?", "What would it be for {}?",
    "What is it for {}?", "And how is it for {}?", "And with {}?", "What about the same for {}?", "One more: {}",
    "One more, for {}.", "Another one: {}", "Let's do {} now.", "Let's try {}.", "Let me have it for {} too.",
    # Held out from here on.
    "Now let me see {}.", "Give it another go, with {}.", "And if it's {}?", "Then what about {}?", "Likewise for {}.",
    "Please repeat this for {}.", "Fine, and for {}?", "Moving on to {}.", "Is the same possible for {}?",
    "Would it work for {}, too?", "Good to know. And {}?", "Now I want it for {}.", "Do {} next.",
    "Run it for {}, too.",
    "Repeat that for {}.", "Same thing, but for {}.",
]

_ERRORS = [
    "file not found", "city not found", "no such user", "no such file", "user not found", "order not found",
    "no match found", "nothing found", "record is locked", "wrong password", "login required", "invalid token",
    "missing API key", "token expired", "invalid date", "date is in the past", "unknown city", "unknown user",
    "no data available", "value out of range", "number too large", "text too long", "not supported",
    "not implemented", "read only", "connection refused", "connection timed out", "request timed out",
    "host unreachable", "DNS lookup failed", "server error", "server busy", "the service is busy, try again later",
    "try again later", "the system is under maintenance", "down for maintenance", "too busy", "out of memory",
    "no space left", "storage is full", "memory limit exceeded", "daily limit reached", "monthly limit exceeded",
    "account locked", "account suspended", "insufficient funds", "card expired", "payment required",
    "not enough credit", "sold out", "fully booked", "no seats left", "no room available", "the calendar is read-only",
    "slot already taken", "conflict with another entry", "duplicate entry", "already deleted", "already closed",
    "version conflict", "checksum mismatch", "parse error", "syntax error", "unexpected response", "empty response",
    "division by zero", "invalid expression", "unknown currency", "unknown unit", "device offline",
    "the device does not answer", "battery empty", "the door is blocked", "no signal", "sensor failure",
    "user {made} not found", "no entry for {made}", "unknown id {code}", "id {code} does not exist",
    "{made} is not available", "no access to {made}", "{made} is offline", "timeout after {int:2-90} seconds",
    "error {int:400-599}", "line {int:2-90}: unexpected end", "queue {made} is full", "host {made} is unreachable",
    "please wait {int:2-90} minutes", "only {int:2-30} requests per minute are allowed", "code {code} has expired",
    "Not found", "Permission denied", "Service unavailable", "Invalid request", "Unauthorized", "Forbidden",
    "Gateway timeout", "Internal server error", "Bad gateway", "Too many requests", "Resource not found",
    "Connection reset by peer", "Operation not permitted", "Timed out", "The request was rejected",
    "The server did not respond", "Something went wrong on our side", "The item could not be found",
    # Held out from here on.
    "unknown name", "lookup failed", "the line is dead", "access expired", "the store is closed", "bad format",
    "no answer from {made}", "{code} was not recognized", "missing permission for {made}", "No matching record",
    "Failed to connect", "Upstream error", "The operation was canceled", "nothing to show",
    "limit of {int:2-90} exceeded",
    "signature invalid", "printer jam",
]
ERRORS = tool_pools.ERRORS[:-4] + _ERRORS + tool_pools.ERRORS[-4:]

# Results that tell of an error: {e} is its text as JSON, {raw} as it is, {c} a number.
ERROR_SHAPES = [
    '{"error": {e}}', '{"error": {e}}', '{"error": {e}}', '{"status": "error", "message": {e}}',
    '{"status": "error", "reason": {e}}', '{"error": {e}, "code": {c}}',
    '{"status": "error", "message": {e}, "code": {c}}',
    '{"status": "error", "reason": {e}, "code": {c}}', '{"success": false, "error": {e}}',
    '{"ok": false, "error": {e}}',
    '{"ok": false, "reason": {e}}', '{"success": false, "message": {e}}', '{"error": {"message": {e}}}',
    '{"error": {"code": {c}, "message": {e}}}', '{"error": {"message": {e}, "code": {c}}}',
    '{"code": {c}, "error": {e}}',
    '{"status": {c}, "error": {e}}', '{"status": {c}, "message": {e}}', '{"status": "failed", "error": {e}}',
    '{"status": "failed", "reason": {e}}', '{"result": null, "error": {e}}', '{"data": null, "error": {e}}',
    '{"errors": [{e}]}', '{"errors": [{"message": {e}}]}', '{"error": true, "message": {e}}',
    '{"failed": true, "reason": {e}}',
    '{"exception": {e}}', '{"message": {e}, "status": "error"}', '{\n  "error": {e}\n}', '{"error":{e}}',
    '{\n  "status": "error",\n  "message": {e}\n}', 'Error: {raw}', 'error: {raw}', 'ERROR: {raw}', 'Error {c}: {raw}',
    'Failed: {raw}', '{"type": "error", "text": {e}}', '{"isError": true, "message": {e}}',
    # Held out from here on.
    '{"status": "failure", "message": {e}}', '{"error_message": {e}}', '{"ok": false, "message": {e}, "code": {c}}',
    '{"outcome": "error", "reason": {e}}', 'Failure: {raw}', '{"success":false,"error":{"message":{e}}}',
    'Error ({c}): {raw}',
]

# Between a request and the next one.
CONNECTORS = [
    " ", " ", " ", "\n", "\n\n", " Also: ", " And: ", " Then: ", " One more thing: ", " Second: ", " Next: ",
    " After that: ",
    " Besides that: ", " And another thing: ", " In addition: ", " I have another request: ", " And also: ",
    " Then this: ",
    " Plus: ", " At the same time: ", " And now this: ", " Okay, and: ", " My other request: ",
    # Held out from here on.
    " And secondly: ", " Something else: ", " While you're at it: ", " The other thing: ", " Oh, and: ",
]

THANKS = [
    "Great, that's all I needed.", "Thank you, that was fast!", "Thanks, that was quick.", "Thanks, got it.",
    "Got it, thanks!",
    "Thank you, noted.", "Okay, thank you!", "Alright, thanks a lot!", "Thanks for checking!",
    "Thank you for checking.",
    "Thanks for looking that up!", "Thank you for looking it up.", "Thanks for doing that.",
    "Thank you for taking care of it.",
    "Thanks for taking care of that!", "Good to know, thanks!", "Good to know, thank you.",
    "Great, thanks for the information.",
    "Thanks for the info!", "Thank you for the information.", "Super, thanks!", "Excellent, thank you!",
    "Brilliant, thanks.",
    "Thanks, that's good to know.", "Thank you, this helps a lot.", "Thanks, this helps.",
    "That's what I wanted, thanks.",
    "Fine, thank you.", "Ok thanks", "ok, thank you", "ty!", "Thanks, you're a great help.",
    "Thank you, you saved me time.",
    "Thanks, I owe you one.", "Fantastic, thank you so much!",
]

# name, kind: fields of results that no answer needs.
SPARE = [
    ("request_id", "code"), ("cached", "flag"), ("took_ms", "int:2-900"), ("page", "int:1-9"), ("source", "made"),
    ("ok", "flag"),
    ("success", "flag"), ("trace_id", "code"), ("api_version", "int:1-9"), ("retries", "int:0-5"), ("elapsed_ms",
    "int:2-900"),
    ("answered_by", "made"), ("node", "made"), ("upstream", "made"), ("ttl", "int:10-600"), ("quota_left",
    "int:2-900"),
    ("data_center", "city"), ("run_by", "first"), ("checked_by", "person"), ("session_key", "code"),
    ("cached_until", "day"), ("logged_at", "time"),
    ("support_email", "email"), ("support_phone", "phone"), ("log_file", "file"), ("batch_key", "code"), ("attempt",
    "int:1-9"), ("fresh", "flag"),
]

# Ways to wrap the fields of a result: {} is their object.
WRAPS = [
    '{"result": {}}', '{"data": {}}', '{"status": "ok", "data": {}}', '{"status": "ok", "result": {}}',
    '{"ok": true, "result": {}}',
    '{"success": true, "data": {}}', '{"response": {}}', '{"results": [{}]}', '{"items": [{}]}', '[{}]',
    '{"status": 200, "body": {}}',
    '{"output": {}}', '{"error": null, "result": {}}', '{"data": [{}], "count": 1}', '{"code": 200, "data": {}}',
    # Held out from here on.
    '{"payload": {}}', '{"status": "success", "output": {}}', '{"value": {}}',
]

# Around a request.
BEFORE = [
    "I need your help. ", "I have a request. ", "Hi! ", "Hello. ", "Hey. ", "Good morning! ", "Quick request. ",
    "Here is a task. ",
    "I'm busy right now. ", "I can't look right now. ", "I'm on the phone. ", "I have to hurry. ",
    "I'm planning ahead. ",
    "I'm preparing for a meeting. ", "I am writing a report. ", "My boss wants this. ", "A colleague asked me. ",
    "It's urgent. ",
    "Good that you're here. ", "Okay, let's start. ", "First things first. ", "Let's see. ", "I was wondering. ",
    "Sorry to bother you. ",
    "Hi, it's me again. ", "Morning! ", "Listen. ", "Could you help me? ", "Can you help? ", "Help me, please. ",
    "No hurry. ",
    # Held out from here on.
    "Do you have a moment? ", "I've got something for you. ", "Here we go. ", "I'd be glad about some help. ",
    "Next task. ",
    "Something for you to do. ",
]
AFTER = [
    " Thanks!", " Thank you!", " Thanks.", " Thank you.", " Thanks a lot!", " Please hurry.", " It's urgent.",
    " Keep it short.", " Be brief.",
    " Use the tool.", " Please use the right tool.", " Many thanks!", " Thanks in advance!",
    " Thank you in advance.", " Tell me the result.",
    " Let me know the result.", " Then tell me what you got.", " I'm waiting.", " That's all.",
    " Just the result, please.", " thx",
    " A short answer is enough.", " No rush.", " I'd appreciate it.", " Tell me if it worked.", " I need it now.",
    # Held out from here on.
    " I'd be grateful.", " Report back to me.", " That would help me a lot.", " Cheers!", " Answer in one sentence.",
]
