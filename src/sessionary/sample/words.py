"""The names, questions and answers of the sample's people. Plain ASCII without quotes: the words
also stand inside JSON."""

_NAMES = (
    "ada amir anna ben bianca carlos chen chloe daniel dina elif emma felix fatima grace hiro "
    "ines ivan jana jonas kofi lars leila lucia marco maya milan nadia noah olga omar petra "
    "priya rosa samir sofia tomas vera yuki zoe"
)
CONTACTS = tuple(f"{name}@example.com" for name in _NAMES.split())
TAGS = (
    "beta",
    "billing",
    "eval",
    "internal",
    "mobile",
    "onboarding",
    "support",
    "trial",
    "vip",
    "web",
)
_EXCHANGES = (
    ("Where is my order", "It left the warehouse this morning and arrives on Thursday"),
    ("How do I change the billing address", "Open Settings, then Billing, and choose Edit"),
    ("Can I get a refund for last month", "Yes, I have opened a refund for the last invoice"),
    ("Summarise the contract in three points", "It runs for a year, renews, and caps liability"),
    ("Which plan has single sign-on", "Single sign-on is part of the Business plan"),
    ("Why did the deployment fail", "The health check timed out after the new image started"),
    ("Translate the notice to German", "The German text is ready and follows the same layout"),
    ("Reset my password please", "I sent a link to the address on file"),
    ("Compare the two suppliers", "The first is cheaper, the second delivers two days sooner"),
    ("Write a test for the parser", "I added a test for nested lists and one for empty input"),
    ("What changed in the last release", "Exports are faster and two crashes are gone"),
    ("Find the invoice from Lindqvist", "Invoice 20871 over 412.50 euro, paid on the third"),
    ("Draft a reply to the complaint", "Here is a draft that apologises and offers a credit"),
    ("Is the data stored in the EU", "Yes, in Frankfurt, with a copy in Dublin"),
    ("Plan a trip for two days", "Day one is the old town, day two the coast"),
    ("Explain the error in the log", "The pool ran out of connections under load"),
)
QUESTIONS = tuple(question for question, _ in _EXCHANGES)
ANSWERS = tuple(answer for _, answer in _EXCHANGES)
FAILURES = (
    "This model has a maximum context length of 128000 tokens",
    "Your request was rejected as a result of our safety system",
    "Invalid value for parameter temperature",
    "Your credit balance is too low to access the API",
)
CITIES = ("Amsterdam", "Athens", "Lisbon", "Nairobi", "Oslo", "Paris", "Sydney", "Toronto")
WEATHERS = ("18C sunny", "4C rain", "27C clear", "11C fog", "-2C snow", "21C windy")
