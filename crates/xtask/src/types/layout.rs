//! A generated declaration, laid out for people: indented, one field a line, documentation without Rust's links.

/// `declaration` as `ts-rs` writes it, laid out.
pub fn laid_out(declaration: &str) -> String {
    let mut out = String::new();
    let mut depth = 0;
    let mut lines = declaration.lines();
    while let Some(line) = lines.next() {
        if line.trim() == "/**" {
            let doc: Vec<&str> = lines
                .by_ref()
                .map(str::trim)
                .take_while(|line| *line != "*/")
                .collect();
            push_documentation(&mut out, depth, &doc);
            continue;
        }
        // A closing brace stands behind the last field: `width: number, };`
        for piece in line.trim().split_inclusive(", ") {
            push_code(&mut out, &mut depth, piece.trim());
        }
    }
    out
}

fn push_code(out: &mut String, depth: &mut usize, code: &str) {
    if code.is_empty() {
        return;
    }
    let ends_a_block = code.starts_with('}');
    if ends_a_block {
        *depth = depth.saturating_sub(1);
    }
    push_line(out, *depth, code);
    let opened = code.matches('{').count();
    let closed = code.matches('}').count() - usize::from(ends_a_block);
    *depth = (*depth + opened).saturating_sub(closed);
}

fn push_documentation(out: &mut String, depth: usize, doc: &[&str]) {
    let text: Vec<String> = doc
        .iter()
        .map(|line| without_links(line.trim_start_matches('*').trim()))
        .collect();
    if let [line] = text.as_slice() {
        push_line(out, depth, &format!("/** {line} */"));
        return;
    }
    push_line(out, depth, "/**");
    for line in text {
        push_line(out, depth, format!(" * {line}").trim_end());
    }
    push_line(out, depth, " */");
}

fn push_line(out: &mut String, depth: usize, line: &str) {
    out.push_str(&"  ".repeat(depth));
    out.push_str(line);
    out.push('\n');
}

/// ``[`text`](Self::text)`` and ``[`Warning`]`` as `` `text` `` and `` `Warning` ``.
fn without_links(line: &str) -> String {
    let mut out = String::new();
    let mut rest = line;
    while let Some(start) = rest.find("[`") {
        let Some(length) = rest[start..].find("`]") else {
            break;
        };
        let end = start + length;
        out.push_str(&rest[..start]);
        out.push_str(&rest[start + 1..=end]);
        rest = &rest[end + 2..];
        if let Some(target) = rest.strip_prefix('(') {
            rest = target.split_once(')').map_or(target, |(_, after)| after);
        }
    }
    out + rest
}

#[cfg(test)]
mod tests {
    use super::{laid_out, without_links};

    #[test]
    fn a_type_is_indented_and_its_documentation_is_short() {
        let generated = "/**\n * Sizes.\n */\nexport type Counts = { \n/**\n * Words,\n * all.\n */\nwords: number, more: Array<string>, };";
        assert_eq!(
            laid_out(generated),
            "/** Sizes. */\nexport type Counts = {\n  /**\n   * Words,\n   * all.\n   */\n  words: number,\n  more: Array<string>,\n};\n"
        );
    }

    #[test]
    fn links_to_rust_items_become_code() {
        assert_eq!(
            without_links("a [`text`](Self::text) of [`Span`]s"),
            "a `text` of `Span`s"
        );
    }
}
