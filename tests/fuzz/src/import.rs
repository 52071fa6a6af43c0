//! Pasted prompts.

use selfsame_assist::import::{DiffKind, Import, import};
use selfsame_prompt::parameters::{Parameters, PresetId};

use super::{Target, bytes, equal, holds};

/// The target.
pub const TARGET: Target = Target {
    name: "import",
    fragments,
    known,
    check,
};

fn fragments() -> Vec<Vec<u8>> {
    bytes(&[
        "(",
        ")",
        "((",
        "))",
        "[",
        "]",
        ":1.3)",
        "(hat:1.2)",
        "((soft))",
        "[[x]]",
        "[a:b:0.5]",
        "[a|b]",
        "x::2",
        "::",
        ":",
        "BREAK",
        " ",
        ", ",
        "\n",
        "<lora:x:1>",
        "<LORA:",
        "<lyco:y:0.5>",
        "<hypernet:z>",
        "<",
        ">",
        "<sd_cpp_extra_args>",
        "</sd_cpp_extra_args>",
        "embedding:bad",
        "--ar 3:4",
        "--ar 99:1",
        "--v 6",
        "--style raw",
        "--no hat",
        "--seed 7",
        "--v,",
        "--sref,",
        "—v(",
        "--",
        "—ar 1:1",
        "--stylize",
        "Negative prompt: blurry",
        "Negative prompt:",
        "Steps: 30",
        "Seed: 7",
        "Seed: -1",
        "CFG scale: 3.5",
        "Size: 832x1216",
        "Sampler: Euler a",
        "Model hash: abc",
        "Steps: 30, Seed: 7, Size: 832x1216",
        "https://x.example/a.png",
        "{a|b}",
        "\\(",
        "\\)",
        "{\"3\":{\"inputs\":{\"seed\":7,\"steps\":20,\"text\":\"a hat\"},\"class_type\":\"KSampler\"}}",
        "{\"nodes\":[",
        "{",
        "}",
        "\"",
        "masterpiece",
        "best quality",
        "hat",
        "red coat",
        "user42585527",
        "🙂",
        "é",
        "（",
        "：",
        "\t",
        "\u{200b}",
        "\u{0}",
    ])
}

fn known() -> Vec<Vec<u8>> {
    bytes(&[
        "a woman in a red coat, (sharp:1.3), <lora:face:0.8>\nNegative prompt: blurry, hat\nSteps: 30, Sampler: Euler a, CFG scale: 3.5, Seed: 1234, Size: 832x1216, Model hash: abcdef",
        "portrait of a woman, golden hour --ar 4:5 --v 6 --style raw --no glasses --seed 7",
        "((masterpiece)), [old:new:0.5], BREAK, <hypernet:z:1>, embedding:bad, a hat",
        "{\"3\":{\"class_type\":\"KSampler\",\"inputs\":{\"seed\":7,\"steps\":20,\"cfg\":3.5,\"positive\":[\"6\",0],\"negative\":[\"7\",0],\"latent_image\":[\"5\",0]}},\"5\":{\"class_type\":\"EmptyLatentImage\",\"inputs\":{\"width\":832,\"height\":1216}},\"6\":{\"class_type\":\"CLIPTextEncode\",\"inputs\":{\"text\":\"a hat (red:1.2)\"}},\"7\":{\"class_type\":\"CLIPTextEncode\",\"inputs\":{\"text\":\"blurry\"}}}",
        "a photo of a woman (in Paris), 1,000 lights, f/1.4",
    ])
}

fn pieces(made: &Import, left_out: DiffKind) -> String {
    let pieces = made.diff.iter().filter(|piece| piece.kind != left_out);
    pieces.map(|piece| piece.text.as_str()).collect()
}

fn check(input: &[u8]) -> Result<(), String> {
    let pasted = String::from_utf8_lossy(input);
    let made = import(&pasted);
    equal(
        "the diff is not what was pasted",
        pieces(&made, DiffKind::Added).as_str(),
        &*pasted,
    )?;
    equal(
        "the diff is not what it became",
        &pieces(&made, DiffKind::Removed),
        &made.text,
    )?;
    holds(
        "a LoRA is left",
        !made.text.to_lowercase().contains("<lora:"),
    )?;
    let settings = Parameters::resolve(PresetId::default(), &made.moved, 1);
    holds("a setting is out of range", settings.is_ok())?;
    let again = import(&made.text);
    equal("importing again changes the text", &again.text, &made.text)
}
