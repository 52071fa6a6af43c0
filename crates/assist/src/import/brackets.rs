//! Weights and emphasis in brackets: `(x:1.3)`, `((x))`, `[x]`, `[a:b:0.5]`, `[a|b]`.

use super::report::{Cleanup, DroppedCode};
use super::settings::is_number;
use super::traced::Join;

/// An open bracket.
struct Open {
    at: usize,
    round: bool,
    /// The last two colons directly inside.
    colons: [Option<usize>; 2],
    /// The first bar directly inside.
    bar: Option<usize>,
}

/// A pair of brackets that means something to another tool.
struct Construct {
    start: usize,
    end: usize,
    code: DroppedCode,
}

/// Finds weights, emphasis and prompt editing.
pub(super) fn find(text: &str, cleanup: &mut Cleanup) {
    let mut finder = Finder {
        text,
        found: cleanup,
        open: Vec::new(),
        opened: [0, 0],
        closed: None,
        constructs: Vec::new(),
    };
    let mut escaped = false;
    for (at, byte) in text.bytes().enumerate() {
        let bracket = matches!(byte, b'(' | b')' | b'[' | b']');
        if std::mem::take(&mut escaped) {
            // Other tools write `\(` for an ordinary bracket.
            if bracket {
                finder.cut(at - 1, at);
            }
            continue;
        }
        match byte {
            b'\\' => escaped = true,
            b'(' | b'[' => finder.begin(at, byte == b'('),
            b')' | b']' => finder.end(at, byte == b')'),
            b':' | b'|' => finder.mark(at, byte),
            _ => {}
        }
    }
    finder.report();
}

struct Finder<'a> {
    text: &'a str,
    found: &'a mut Cleanup,
    open: Vec<Open>,
    /// The number of open square and of open round brackets.
    opened: [usize; 2],
    /// The pair that was closed last.
    closed: Option<(usize, usize)>,
    constructs: Vec<Construct>,
}

impl<'a> Finder<'a> {
    fn piece(&self, start: usize, end: usize) -> &'a str {
        self.text.get(start..end).unwrap_or_default()
    }

    fn cut(&mut self, start: usize, end: usize) {
        self.found.cut(start, end, Join::Mark);
    }

    fn begin(&mut self, at: usize, round: bool) {
        self.opened[usize::from(round)] += 1;
        self.open.push(Open {
            at,
            round,
            colons: [None; 2],
            bar: None,
        });
    }

    fn mark(&mut self, at: usize, byte: u8) {
        if let Some(open) = self.open.last_mut() {
            if byte == b'|' {
                open.bar.get_or_insert(at);
            } else {
                open.colons = [open.colons[1], Some(at)];
            }
        }
    }

    fn end(&mut self, at: usize, round: bool) {
        if self.opened[usize::from(round)] == 0 {
            return;
        }
        while let Some(open) = self.open.pop() {
            self.opened[usize::from(open.round)] -= 1;
            if open.round == round {
                let code = if round {
                    self.round(&open, at)
                } else {
                    self.square(&open, at)
                };
                if let Some(code) = code {
                    // Constructs inside it were found before it and are reported with it.
                    let inner = |last: &mut Construct| last.start > open.at;
                    while self.constructs.pop_if(inner).is_some() {}
                    self.constructs.push(Construct {
                        start: open.at,
                        end: at + 1,
                        code,
                    });
                }
                self.closed = Some((open.at, at));
                return;
            }
        }
    }

    /// Cuts `(x:1.3)` and `((x))`. Others are ordinary parentheses.
    fn round(&mut self, open: &Open, at: usize) -> Option<DroppedCode> {
        let (start, inner) = (open.at, (open.at + 1, at.wrapping_sub(1)));
        let doubled =
            self.closed == Some(inner) && self.text.as_bytes().get(inner.0) == Some(&b'(');
        let weight = open.colons[1].filter(|colon| {
            let said = self.piece(start + 1, *colon).trim_end();
            let time = said.ends_with(|c: char| c.is_ascii_digit());
            is_number(self.piece(colon + 1, at)) && !time
        });
        if doubled {
            self.cut(inner.0, inner.0 + 1);
            self.cut(inner.1, at);
        }
        let empty = self.piece(start + 1, at).trim().is_empty();
        if empty {
            self.found.cut(start, at + 1, Join::Thing);
            return None;
        }
        if !doubled && weight.is_none() {
            return None;
        }
        self.cut(start, start + 1);
        self.cut(weight.unwrap_or(at), at + 1);
        Some(DroppedCode::Emphasis)
    }

    /// Cuts `[x]`, `[a:b:0.5]` and `[a|b]`. The aliases of the trigger stay.
    fn square(&mut self, open: &Open, at: usize) -> Option<DroppedCode> {
        let start = open.at;
        let inner = self.piece(start + 1, at);
        let alias = |name: &str| inner.eq_ignore_ascii_case(name);
        if ["trigger", "triggerword", "trigger_word"]
            .iter()
            .any(|name| alias(name))
        {
            return None;
        }
        let when = open.colons[1].filter(|colon| is_number(self.piece(colon + 1, at)));
        let (keep, code) = match (open.colons[0], when, open.bar) {
            (Some(first), Some(last), _) => {
                let (from, to) = (self.piece(start + 1, first), self.piece(first + 1, last));
                let late = is_late(self.piece(last + 1, at).trim());
                let from_stays = to.trim().is_empty() || (late && !from.trim().is_empty());
                let keep = if from_stays {
                    (start + 1, first)
                } else {
                    (first + 1, last)
                };
                (keep, DroppedCode::PromptEditing)
            }
            (None, Some(last), _) => ((start + 1, last), DroppedCode::PromptEditing),
            (_, None, Some(bar)) => ((start + 1, bar), DroppedCode::PromptEditing),
            (_, None, None) => ((start + 1, at), DroppedCode::Emphasis),
        };
        self.cut(start, keep.0);
        self.cut(keep.1, at + 1);
        Some(code)
    }

    /// Lists each outermost construct.
    fn report(self) {
        for Construct { start, end, code } in &self.constructs {
            let whole = self.text.get(*start..*end).unwrap_or_default();
            self.found.drop(*code, whole);
        }
    }
}

/// Whether a prompt changes after more than half of the steps. A count of steps says nothing without their sum.
fn is_late(when: &str) -> bool {
    let fraction = when.trim_start_matches('0').strip_prefix('.');
    fraction.is_some_and(|digits| digits > "5" && digits.trim_end_matches('0') != "5")
}
