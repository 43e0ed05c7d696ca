// Texts that tokenizers disagree about easily: sentences in many languages, and random mixtures of characters
// of every kind that the regular expressions of pre-tokenizers tell apart. The same on every run.
//
// Characters are from Unicode 12 or older, so that engines with different tables agree.

const SENTENCES = [
  "The quick brown fox can't jump over 13 lazy dogs, but it'll try: they'd've seen it, wouldn't they?",
  "HTTPServer camelCase snake_case SCREAMING_CASE x86_64 iPhone OpenAI's McDonald'S I'M WE'RE YOU'VE",
  "Prices: $1,234.50 or 1.234,50 € (about 12345678 ¥), 50% off until 2031-12-31T23:59:59Z!",
  "Wie heißt die Straße in Köln? Überraschung: ÄPFEL, ÖL und Müßiggang.",
  "L'été où j'étais là-bas, l'Œuvre s'appelait « Çà et là ».",
  "Съешь же ещё этих мягких французских булок, да выпей чаю. ПРИВЕТ, Мир!",
  "Ξεσκεπάζω την ψυχοφθόρα βδελυγμία. ΑΘΗΝΑ ΄Ολα",
  "私は昨日、東京で３つのラーメンを食べました。カタカナとひらがな、ー長音「括弧」々〇〻",
  "我在2024年買了三本書，花了一百二十元。簡體字与繁體字：龥龦㐀𠀀豈。",
  "안녕하세요, 세계! 한국어 문장은 띄어쓰기가 있습니다. 2024년",
  "नमस्ते दुनिया, यह हिन्दी का एक वाक्य है। १२३४ क्षत्रिय",
  "السلام عليكم، كَيْفَ حَالُكَ؟ ١٢٣٤٥",
  "שָׁלוֹם עֲלֵיכֶם, מה שלומך?",
  "สวัสดีชาวโลก ภาษาไทยไม่มีช่องว่าง ๑๒๓",
  "Բարեւ աշխարհ, გამარჯობა მსოფლიო, ᎣᏏᏲ, ሰላም ልዑል, བོད་སྐད།",
  "Xin chào thế giới, Tiếng Việt có dấu; cafe\u0301 nai\u0308ve A\u030A",
  "for (int i = 0; i < n; ++i) {\n\tsum += a[i] * b[i];  // dot\n}\n\nreturn sum;\n",
  "def f(x: list[int]) -> dict:\n    \"\"\"Doc.\"\"\"\n    return {k: v for k, v in zip(x, x[1:])}\n",
  "<div class=\"a b\">&amp; <!-- note --></div>\r\n<p>don't</p>\r\n",
  "https://example.org/a/b.html?q=1&r=%20#top //// ./../ C:\\dir\\file.txt ///\n/\n",
  "# Title\n\n- item 1\n- item 2\n\n\n> quote\n\n| a | b |\n|---|---|\n",
  "😀😃 👩‍👩‍👧‍👦 🏳️‍🌈 🇫🇷🇩🇪 1️⃣ ☂️ ✔ →⇒ ©®™ ½ ⅓ x² Ⅷ №5",
  "   leading, trailing   ",
  "tabs\t\tand\u00a0no-break\u00a0\u00a0spaces\u3000wide\u2003em \u2028line\u0085next\u000bvt\u000cff",
];

// One string per kind of character or idiom.
const FRAGMENTS = [
  // Words.
  "a", "word", "Word", "WORD", "wOrD", "HTTPServer", "McX", "A", "ab", "Ab", "AB", "aB", "é", "É", "ß", "ŒUVRE",
  "ǅ", "ǅa", "ʰ", "ªb", "µ", "ſ", "ı", "İ", "ﬁ", "Ωmega", "Привет", "ЖЖ", "ж", "Ελλάδα", "Ա", "ա", "Ⴀ", "ა", "Ა",
  "Ꭰ", "ꭰ", "ש", "שָׁ", "ع", "عَ", "न", "ने", "नम", "ไ", "ไท", "서", "한국", "あ", "ア", "ｱ", "ー", "ラー", "ㄅ", "ሀ", "ག",
  "中", "中文", "漢字", "龥", "龦", "㐀", "𠀀", "豈", "々", "〻", "⺀", "⼀", "𝒜", "Ａｂ", "𐐀", "𐐨",
  // Numbers.
  "1", "12", "123", "1234", "1234567", "٣", "٣٤", "५", "５", "²", "½", "Ⅷ", "ⅷ", "〇", "〡", "①",
  // Contractions, real and not.
  "'s", "'S", "'t", "'re", "'RE", "'rE", "'ve", "'m", "'M", "'ll", "'LL", "'d", "'D", "'ſ", "'sx", "'x", "'", "''", "’s",
  "don't", "I'm", "WE'LL", "it'ſx", "中's", "9's", "é's",
  // Spaces and ends of lines.
  " ", " ", " ", "  ", "   ", "     ", "\t", "\t\t", " \t", "\u00a0", "\u3000", "\u2003", "\u2028", "\u0085", "\u000b",
  "\u180e", "\n", "\n", "\n\n", "\r\n", "\r", "\r\r\n", " \n", "\n ", "  \n  ", "\t\n",
  // Punctuation and symbols.
  ".", ",", "!", "?", "...", "(", ")", "[x]", "{", "}", "\"", "-", "--", "_", "/", "//", "\\", "#", "%", "&", "*", "@", ":", ";",
  "$", "+", "=", "<", ">", "|", "~", "^", "`", "```", ".a", "#A", "(b", "$c", "€", "©", "°", "±", "→", "—", "…", "“", "”", "«",
  "、", "。", "！", "，", "「", "」", "・", "～", "؟", "।", "¿", "·", "‐", "㎡", "㊀",
  "!\n", "/\n", "/\n/", "…\r\n", "¥/",
  // Emoji and what joins them.
  "😀", "👩‍👧", "❤️", "1️⃣", "🇫🇷", "👍🏽", "🏴",
  // Marks on their own, controls, format and private characters.
  "\u0301", "\u0308", "\u20dd", "\u093f", "\u05b0", "\ufe0f", "\u3099", "\u302a", "\u0001", "\u007f", "\u200b", "\u200d", "\ufeff",
  "\u00ad", "\ue000",
];

// Mulberry32.
function randomSource(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

function mixtures(count, seed) {
  const random = randomSource(seed);
  const texts = new Set();
  while (texts.size < count) {
    let text = "";
    for (let n = 3 + Math.floor(random() * 12); n > 0; --n) {
      text += FRAGMENTS[Math.floor(random() * FRAGMENTS.length)];
    }
    texts.add(text);
  }
  return [...texts];
}

// Where explicit ranges of code points begin and end: blocks with case, and the borders of the East Asian ones.
const BLOCKS = [
  [0xa0, 0x58f], [0x7fe, 0x802], [0x10a0, 0x10ff], [0x13a0, 0x13ff], [0x1c90, 0x1cbf], [0x1d00, 0x1fff], [0x2100, 0x214f],
  [0x2180, 0x2188], [0x2c00, 0x2cff], [0x2e80, 0x2e82], [0x3000, 0x3042], [0x3093, 0x30a2], [0x30f6, 0x3106], [0x4dfe, 0x4e02],
  [0x9fa3, 0x9fa8], [0xa640, 0xa69f], [0xa720, 0xa78e], [0xab70, 0xabbf], [0xabfe, 0xac02], [0xd7a0, 0xd7a3],
  [0xf900, 0xf902], [0xfb00, 0xfb17], [0xff01, 0xff66], [0x10400, 0x10450], [0x104b0, 0x104fb], [0x10c80, 0x10cf2],
  [0x118a0, 0x118e1], [0x1e900, 0x1e944],
];

// Every assigned character of the blocks between an ideograph and a small letter, a few in each text.
function everyCharacter() {
  const characters = BLOCKS.flatMap(([first, last]) =>
    [...Array(last - first + 1).keys()].map((offset) => String.fromCodePoint(first + offset)),
  ).filter((character) => /\P{Unassigned}/u.test(character));
  const texts = [];
  for (let at = 0; at < characters.length; at += 24) texts.push("中" + characters.slice(at, at + 24).join("x中"));
  return texts;
}

export const splitTexts = [...SENTENCES, ...FRAGMENTS, ...everyCharacter(), ...mixtures(1200, 1)].filter(
  (text, index, all) => all.indexOf(text) === index,
);
export const encodeTexts = [...SENTENCES, ...mixtures(250, 2)];
