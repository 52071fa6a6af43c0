//! The writer of the format that `selfsame_prompt::tokens` reads.

/// The bytes written so far.
#[derive(Debug, Default)]
pub(crate) struct Out(pub(crate) Vec<u8>);

impl Out {
    /// Writes one byte.
    pub(crate) fn byte(&mut self, byte: u8) {
        self.0.push(byte);
    }

    /// Writes bytes as they are.
    pub(crate) fn bytes(&mut self, bytes: &[u8]) {
        self.0.extend_from_slice(bytes);
    }

    /// Writes a varint: seven bits per byte, low ones first; the high bit marks that more follow.
    pub(crate) fn number(&mut self, mut value: u32) {
        assert!(value < 1 << 28, "numbers are below 2^28");
        while value >= 0x80 {
            self.0.push(value.to_le_bytes()[0] | 0x80);
            value >>= 7;
        }
        self.0.push(value.to_le_bytes()[0]);
    }

    /// Writes a length as a varint.
    pub(crate) fn count(&mut self, count: usize) {
        self.number(u32::try_from(count).unwrap_or(u32::MAX));
    }

    /// Writes the number of rows, and for each the difference of its `first` to the row before, then what `row` writes.
    pub(crate) fn rows<T>(
        &mut self,
        rows: &[T],
        first: impl Fn(&T) -> u32,
        row: impl Fn(&mut Self, &T),
    ) {
        self.count(rows.len());
        let mut last = 0;
        for one in rows {
            self.number(first(one) - last);
            last = first(one);
            row(self, one);
        }
    }

    /// Writes 16-bit numbers: all high bytes, then the low bytes sorted by their high byte.
    pub(crate) fn column(&mut self, numbers: &[u16]) {
        self.0
            .extend(numbers.iter().map(|number| number.to_be_bytes()[0]));
        let mut sorted = numbers.to_vec();
        // The sort is stable, so that low bytes with the same high byte keep their order.
        sorted.sort_by_key(|number| number.to_be_bytes()[0]);
        self.0
            .extend(sorted.iter().map(|number| number.to_be_bytes()[1]));
    }
}

/// The length of the common prefix.
pub(crate) fn common<T: PartialEq>(a: &[T], b: &[T]) -> usize {
    a.iter().zip(b).take_while(|(a, b)| a == b).count()
}
