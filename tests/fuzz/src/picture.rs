//! Recipes in pictures.

use selfsame_recipe::Recipe;
use selfsame_recipe::picture::{bare, embed, read, strip};

use super::{Target, equal, holds};

#[path = "../../../crates/recipe/tests/picture/pictures.rs"]
#[expect(clippy::expect_used, reason = "a fixture of the tests")]
mod pictures;

/// The target.
pub const TARGET: Target = Target {
    name: "picture",
    fragments,
    known,
    check,
};

fn fragments() -> Vec<Vec<u8>> {
    [
        &b"\x89PNG\r\n\x1a\n"[..],
        b"\0\0\0\x0dIHDR",
        b"IDAT",
        b"\0\0\0\0IEND\xae\x42\x60\x82",
        b"iTXtselfsame\0\0\0\0\0",
        b"\xff\xd8\xff",
        b"\xff\xe0\0\x02",
        b"\xff\xe1",
        b"http://ns.adobe.com/xap/1.0/\0",
        b"\xff\xfe",
        b"\xff\xe2\0\x0eICC_PROFILE\0",
        b"\xff\xda",
        b"\xff\xd9",
        b"\xff\xff",
        b"\xff\0",
        b"RIFF",
        b"WEBP",
        b"VP8 ",
        b"VP8L\x05\0\0\0\x2f",
        b"VP8X\x0a\0\0\0",
        b"ANMF",
        b"ALPH",
        b"XMP ",
        b"EXIF",
        b"\xff\xff\xff\xff",
        b"\x7f\xff\xff\xff",
        b"\0\0\0\0",
        b"\x01\0\0\0",
        b"\x9d\x01\x2a",
        b"</rdf:RDF>",
        b"<rdf:Description rdf:about=\"\" xmlns:selfsame=\"urn:selfsame:1\">",
        b"<selfsame:recipe>",
        b"</selfsame:recipe></rdf:Description>",
        b"</x:xmpmeta><?xpacket end=\"w\"?>",
        b"{\"builder\":1",
        b"\\u0026",
    ]
    .map(<[u8]>::to_vec)
    .to_vec()
}

fn known() -> Vec<Vec<u8>> {
    let recipe = pictures::recipe("a hat");
    let with = pictures::ALL
        .iter()
        .filter_map(|(_, file)| embed(file, &recipe).ok());
    with.chain(pictures::ALL.iter().map(|(_, file)| file.to_vec()))
        .collect()
}

fn check(input: &[u8]) -> Result<(), String> {
    let recipe = Recipe::read(
        r#"{"builder":1,"index":0,"input":{"prompt":"<&>"},"provider":"","seed":null,"version":""}"#,
    );
    let recipe = recipe.map_err(|error| error.to_string())?;
    let (found, stripped) = (read(input), strip(input));
    for error in [found.as_ref().err(), stripped.as_ref().err()]
        .into_iter()
        .flatten()
    {
        holds("an error without words", error.to_string().ends_with('.'))?;
    }
    if let Ok(stripped) = &stripped {
        equal("a recipe is left", read(stripped), Ok(None))?;
        let again = strip(stripped);
        holds(
            "stripping again changes the file",
            again.as_ref() == Ok(stripped),
        )?;
        holds(
            "stripping made the file longer",
            stripped.len() <= input.len(),
        )?;
    }
    if let Ok(bare_file) = &bare(input) {
        let again = bare(bare_file);
        holds("a bare file changes", again.as_ref() == Ok(bare_file))?;
        let with = embed(bare_file, &recipe).map_err(|error| error.to_string())?;
        let same = strip(&with).as_ref() == Ok(bare_file);
        holds("stripping does not give the bare file back", same)?;
    }
    let Ok(with) = embed(input, &recipe) else {
        return Ok(());
    };
    equal(
        "what was embedded does not come back",
        read(&with),
        Ok(Some(recipe.clone())),
    )?;
    let again = embed(&with, &recipe);
    holds(
        "embedding again changes the file",
        again.as_ref() == Ok(&with),
    )?;
    if found == Ok(None) {
        let same = strip(&with).as_deref() == Ok(input);
        holds("stripping does not give the file back", same)?;
    }
    Ok(())
}
