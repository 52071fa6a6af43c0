//! Writing what `selfsame_prompt::tokens` reads.

/// Bytes to come.
#[derive(Debug, Default)]
pub struct Out(pub Vec<u8>);

impl Out {
    pub fn byte(&mut self, byte: u8) {
        self.0.push(byte);
    }

    pub fn bytes(&mut self, bytes: &[u8]) {
        self.0.extend_from_slice(bytes);
    }

    /// Seven bits a byte, the low ones first, the high bit for "more follows".
    pub fn number(&mut self, mut value: u32) {
        assert!(value < 1 << 28, "numbers are below 2^28");
        while value >= 0x80 {
            self.0.push(value.to_le_bytes()[0] | 0x80);
            value >>= 7;
        }
        self.0.push(value.to_le_bytes()[0]);
    }

    pub fn count(&mut self, count: usize) {
        self.number(u32::try_from(count).unwrap_or(u32::MAX));
    }

    /// How many rows; of each, how far its `first` number is behind that of the last one, and what `row` writes.
    pub fn rows<T>(&mut self, rows: &[T], first: impl Fn(&T) -> u32, row: impl Fn(&mut Self, &T)) {
        self.count(rows.len());
        let mut last = 0;
        for one in rows {
            self.number(first(one) - last);
            last = first(one);
            row(self, one);
        }
    }

    /// Numbers of 16 bits: all high bytes, then the low bytes in the order of their high byte.
    pub fn column(&mut self, numbers: &[u16]) {
        self.0
            .extend(numbers.iter().map(|number| number.to_be_bytes()[0]));
        let mut sorted = numbers.to_vec();
        // Stable: equals keep their order.
        sorted.sort_by_key(|number| number.to_be_bytes()[0]);
        self.0
            .extend(sorted.iter().map(|number| number.to_be_bytes()[1]));
    }
}

/// How many bytes two neighbours in a sorted list have in common at their beginnings.
pub fn common<T: PartialEq>(a: &[T], b: &[T]) -> usize {
    a.iter().zip(b).take_while(|(a, b)| a == b).count()
}
