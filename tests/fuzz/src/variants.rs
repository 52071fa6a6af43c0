//! Variants.

use selfsame_series::variants::{MAX_VARIANTS, MOST, Mode, VariantRequest};

use super::{Target, equal, holds, pieces, split, texts, with_choices};

/// The target.
pub const TARGET: Target = Target {
    name: "variants",
    fragments,
    known,
    check,
};

fn fragments() -> Vec<Vec<u8>> {
    pieces(include_str!("../../corpus/fragments/variants.json"))
}

fn known() -> Vec<Vec<u8>> {
    let mut known = texts(include_str!("../../corpus/variants.jsonl"), "template");
    known.extend(texts(
        include_str!("../../corpus/variants/own.jsonl"),
        "template",
    ));
    with_choices(known)
}

fn check(input: &[u8]) -> Result<(), String> {
    let ([way, limit, seed, _], template) = split(input);
    let request = VariantRequest {
        template,
        mode: [Mode::All, Mode::Random, Mode::Zip][way % 3],
        limit: u32::try_from(limit % 26)
            .ok()
            .and_then(|limit| limit.checked_sub(1)),
        seed: u32::try_from(seed).unwrap_or(0),
        ..VariantRequest::default()
    };
    let (count, made) = (request.count(), request.expand());
    if let Err(error) = &made {
        holds("an error without words", error.to_string().ends_with('.'))?;
    }
    let Ok(made) = made else {
        return Ok(());
    };
    equal(
        "the count",
        count.map_err(|error| error.to_string()),
        Ok(made.total),
    )?;
    equal(
        "another answer to the same request",
        request.expand().as_ref(),
        Ok(&made),
    )?;
    let variants = made.variants.len() as u64;
    let limit = u64::from(request.limit.unwrap_or(MAX_VARIANTS));
    holds("more than asked for", (1..=limit).contains(&variants))?;
    if request.mode == Mode::Random {
        return Ok(());
    }
    holds("more than there are", variants <= made.total.count)?;
    if made.total.exact && made.total.count < MOST {
        equal(
            "as many as there are",
            variants,
            made.total.count.min(limit),
        )?;
    }
    Ok(())
}
