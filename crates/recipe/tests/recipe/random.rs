//! Random recipes from a seed. They are the same on every platform, because they use no library and only correctly rounded
//! arithmetic.

use selfsame_prompt::placement::{Span, SpanSource};
use selfsame_prompt::schema::InputValue;
use selfsame_recipe::Recipe;

/// `SplitMix64`.
pub(crate) struct Random(u64);

impl Random {
    /// Starts from `seed`.
    pub(crate) fn of(seed: u64) -> Self {
        Self(seed)
    }

    /// 64 random bits.
    pub(crate) fn bits(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut bits = self.0;
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        bits ^ (bits >> 31)
    }

    /// A random number below `end`.
    pub(crate) fn below(&mut self, end: u32) -> u32 {
        let high = (self.bits() >> 32) * u64::from(end);
        u32::try_from(high >> 32).unwrap_or(0)
    }

    /// One of `from`.
    pub(crate) fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        let index = self.below(u32::try_from(from.len()).unwrap_or(0));
        from[index as usize]
    }

    /// True once in `times`.
    pub(crate) fn once_in(&mut self, times: u32) -> bool {
        self.below(times) == 0
    }
}

const WORDS: [&str; 24] = [
    "portrait",
    "of a woman",
    "in the rain",
    ", ",
    ". ",
    " ",
    "85mm f/1.4",
    "user42585527",
    "“Schön”",
    "红裙",
    "شعر",
    "🙂",
    "👩\u{200d}🎨",
    "e\u{301}",
    "\"quoted\"",
    "back\\slash",
    "/",
    "\n",
    "\t",
    "\u{1}",
    "\u{7f}",
    "\u{2028}",
    "</script>",
    "\u{fffd}",
];

const NAMES: [&str; 12] = [
    "aspect_ratio",
    "go_fast",
    "guidance",
    "guidance_scale",
    "lora_scale",
    "lora_weights",
    "megapixels",
    "model",
    "num_inference_steps",
    "num_outputs",
    "output_format",
    "seed",
];

const DATA: [&str; 5] = [
    "lexicon/en@1",
    "presets@2",
    "quality/lean@1",
    "quality/reference@12",
    "shoot/golden-hour@3",
];

fn text(random: &mut Random) -> String {
    (0..random.below(9)).map(|_| random.pick(&WORDS)).collect()
}

fn digest(random: &mut Random) -> String {
    let mut bytes = [0; 32];
    for byte in &mut bytes {
        *byte = random.bits().to_be_bytes()[0];
    }
    hex(&bytes)
}

fn number(random: &mut Random) -> f64 {
    let sign = if random.once_in(4) { -1.0 } else { 1.0 };
    // IEEE 754 rounds a product or quotient of two numbers in one way only.
    let places = [1.0, 10.0, 100.0, 1e6, 1e17, 1e22];
    sign * match random.below(4) {
        0 => f64::from(random.below(100)) / random.pick(&places[..3]),
        1 => f64::from(random.below(u32::MAX)) / random.pick(&places),
        2 => f64::from(random.below(u32::MAX)) * random.pick(&places),
        _ => loop {
            let any = f64::from_bits(random.bits() >> 1);
            if any.is_finite() {
                break any;
            }
        },
    }
}

fn value(random: &mut Random) -> InputValue {
    match random.below(4) {
        0 => InputValue::Bool(random.once_in(2)),
        1 => InputValue::Text(text(random)),
        _ => InputValue::number(number(random)),
    }
}

/// A random valid recipe.
pub(crate) fn recipe(random: &mut Random) -> Recipe {
    let parts: Vec<Span> = (0..random.below(6))
        .map(|_| Span {
            source: random.pick(&[
                SpanSource::Trigger,
                SpanSource::You,
                SpanSource::Slots,
                SpanSource::Quality,
                SpanSource::Joint,
            ]),
            text: text(random),
        })
        .collect();
    let mut input: selfsame_prompt::schema::ProviderInput = (0..random.below(8))
        .map(|_| (random.pick(&NAMES).to_owned(), value(random)))
        .collect();
    let prompt = parts.iter().map(|part| part.text.as_str()).collect();
    input.insert("prompt".to_owned(), InputValue::Text(prompt));
    Recipe {
        builder: 1 + random.below(3),
        data: DATA
            .iter()
            .filter(|_| random.once_in(2))
            .map(|&name| name.to_owned())
            .collect(),
        enhancements: (0..random.below(6).saturating_sub(3))
            .map(|_| digest(random))
            .collect(),
        index: random.below(4),
        input,
        parts,
        provider: "replicate".to_owned(),
        seed: (!random.once_in(5)).then(|| random.below(u32::MAX)),
        version: digest(random),
    }
}

/// Lower-case hex digits.
pub(crate) fn hex(bytes: &[u8]) -> String {
    let digit = |bits: u8| char::from(b"0123456789abcdef"[usize::from(bits)]);
    bytes
        .iter()
        .flat_map(|byte| [digit(byte >> 4), digit(byte & 15)])
        .collect()
}
