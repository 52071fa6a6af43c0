//! Hostile prompts from fragments. The property tests draw the fragments at random and shrink them; the
//! determinism tests, native and in the browser, draw the same ones from a fixed seed.

/// Triggers, most of them no valid trigger words: the builder has to be right for any.
pub const TRIGGERS: [&str; 16] = [
    "user42585527",
    "ohwx",
    "TOK",
    "c++_tok",
    "a.b",
    "(x)",
    "[y]",
    "portrait",
    "woman",
    "the",
    "and",
    "Élise_tok",
    "#tag",
    "T-800",
    "user12345",
    "李明",
];

/// Class words, two of them unusable.
pub const CLASSES: [&str; 6] = ["woman", "man", "young woman", "", "user99999", "a, b"];

/// Quality specifications besides the shipped ones; the last are broken on purpose.
pub const SUFFIXES: [&str; 5] = [
    "",
    "film photograph, authentic {trigger} facial features, raw photo",
    "shot on film. Sharp; {trigger}",
    "a sign \"one, two\", (soft, light)",
    "an open (bracket, \"and a quote",
];

/// Pieces of prompts. `%` stands for the trigger, `^` for it in capitals, `~` for a word that occurs once.
pub const FRAGMENTS: [&str; 132] = [
    "%",
    "^",
    "% ",
    " %",
    " ^ ",
    "%, ",
    ", %",
    "%. ",
    ". %",
    "%0x",
    "x%",
    "%-inspired",
    "ex-%",
    "-%",
    "%-",
    "%_",
    "_%",
    "%'s ",
    "%’s ",
    " %'S ",
    "@%",
    "#%",
    "<%>",
    "(%)",
    "[%]",
    "{%}",
    "\"%\"",
    "'%'",
    "“%”",
    "(%, ",
    ", %)",
    "%/",
    "% portrait",
    "% woman",
    "of % ",
    "a % ",
    "The % ",
    " with ^ and ",
    "% and ",
    "% or ",
    "\u{200b}%",
    "%\u{200d}",
    "%\u{301}",
    "us\u{ad}er42585527",
    "user425855270x",
    "user99999999",
    "USER12345678 ",
    "@user55555",
    "user9999",
    "user４２５８５５２９",
    "user99999-x",
    "xuser99999",
    "user31337000's ",
    "[trigger]",
    "{trigger}",
    "[TriggerWord]",
    "{triggerword}",
    "[trigger_word]",
    "[trigger",
    "trigger]",
    "[[trigger]trigger]",
    "{trigger}'s ",
    "[trigger]-like",
    "~",
    "~ ",
    " ~",
    " ~ ",
    "~, ",
    ", ~",
    "~. ",
    " woman",
    "woman ",
    "young woman ",
    "the ",
    " of ",
    "and ",
    "portrait",
    "raw photo",
    "raw photo, ",
    ", raw photo.",
    "film photograph",
    "facial features",
    "raw % photo",
    "authentic % facial features",
    ",",
    ", ",
    ",,",
    " , ",
    "，",
    "、",
    ";",
    "; ",
    "\n",
    "\r\n",
    "\t",
    " ",
    "   ",
    ".",
    ". ",
    "...",
    "! ",
    "?",
    "?! ",
    "。",
    "。 ",
    "…",
    ":",
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    "\"",
    "\" ",
    "'",
    "<",
    ">",
    "-",
    "1,000",
    "f/1.4, ",
    "85mm ",
    "3,",
    "4",
    "红裙",
    "شعر، ",
    "\u{202e}",
    "🙂",
    "👩\u{200d}🎨 ",
    "e\u{301}",
    "\u{0}",
    "\u{a0}",
];

/// The prompt that `picked` fragments make for `trigger`.
pub fn prompt(trigger: &str, picked: impl IntoIterator<Item = usize>) -> String {
    let mut text = String::new();
    let mut once = 0;
    for index in picked {
        for c in FRAGMENTS[index % FRAGMENTS.len()].chars() {
            match c {
                '%' => text.push_str(trigger),
                '^' => text.push_str(&trigger.to_uppercase()),
                '~' => {
                    once += 1;
                    text.push_str(&format!("k{once}z"));
                }
                c => text.push(c),
            }
        }
    }
    text
}

/// `SplitMix64` (public domain reference by Sebastiano Vigna): the same numbers everywhere.
#[allow(dead_code, reason = "the property tests draw from proptest instead")]
pub struct SplitMix64(pub u64);

#[allow(dead_code, reason = "the property tests draw from proptest instead")]
impl SplitMix64 {
    /// A number below `bound`.
    pub fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^= z >> 31;
        usize::try_from(z % bound as u64).unwrap_or(0)
    }
}
