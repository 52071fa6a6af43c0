//! ComfyUI workflows, in the form of its API or as its page saves them: the positive prompt and a few numbers.

mod json;

use super::report::{Cleanup, DroppedCode, NoticeCode};
use super::settings::setting;
use json::Json;

/// The most nodes that are visited on the way from a sampler to its prompt.
const MAX_HOPS: usize = 64;

/// The most samplers whose prompts are looked for.
const MAX_SAMPLERS: usize = 8;

/// Inputs that hold a prompt.
const TEXTS: [&str; 7] = [
    "text", "prompt", "string", "t5xxl", "clip_l", "text_g", "value",
];

/// The names of the values that the page saves without names, by the class of the node and in order.
const WIDGETS: [(&str, &[&str]); 9] = [
    ("CLIPTextEncode", &["text"]),
    ("CLIPTextEncodeFlux", &["clip_l", "t5xxl", "guidance"]),
    ("KSampler", &["seed", "", "steps", "cfg"]),
    ("KSamplerAdvanced", &["", "noise_seed", "", "steps", "cfg"]),
    ("RandomNoise", &["noise_seed"]),
    ("BasicScheduler", &["", "steps"]),
    ("FluxGuidance", &["guidance"]),
    ("EmptyLatentImage", &["width", "height"]),
    ("LoraLoader", &["lora_name"]),
];

/// An input of a node, whatever form the workflow was saved in. The inputs of a node are adjacent.
struct NodeInput<'a> {
    node: &'a str,
    name: &'a str,
    value: &'a str,
    /// Whether the value is the id of the node whose output goes in here.
    link: bool,
}

/// Inputs that are settings, in any node.
const SETTINGS: [&str; 8] = [
    "seed",
    "noise_seed",
    "steps",
    "cfg",
    "guidance",
    "lora_name",
    "ckpt_name",
    "unet_name",
];

/// Whether the text begins as a workflow does. It may be incomplete.
pub(super) fn begins(text: &str) -> bool {
    let inner = text.trim_start().strip_prefix('{');
    inner.is_some_and(|inner| inner.trim_start().starts_with('"'))
        && ["\"class_type\"", "\"nodes\""]
            .iter()
            .any(|key| text.contains(key))
}

/// The positive prompt of a workflow or of flat metadata. `None` when `pasted` is neither or cannot be read.
pub(super) fn read(pasted: &str, cleanup: &mut Cleanup) -> Option<String> {
    let found = prompt_of(pasted, cleanup);
    if found.is_some() {
        cleanup.drop(DroppedCode::Workflow, pasted);
    } else if begins(pasted) {
        cleanup.notice(NoticeCode::WorkflowUnreadable, "");
    }
    found
}

fn prompt_of(pasted: &str, cleanup: &mut Cleanup) -> Option<String> {
    let start = pasted.trim_start();
    if !start.strip_prefix('{')?.trim_start().starts_with('"') {
        return None;
    }
    let json = Json::parse(start)?;
    if let Some(positive) = flat(&json, cleanup) {
        return Some(positive.to_owned());
    }
    let inputs = inputs(&json);
    let positive = ["positive", "conditioning"].iter();
    let mut positive = positive.filter_map(|name| prompt(&inputs, name));
    let positive = positive.next().or_else(|| only_text(&inputs))?;
    if let Some(negative) = prompt(&inputs, "negative")
        && negative != positive
        && !negative.trim().is_empty()
    {
        cleanup.drop(DroppedCode::NegativePrompt, negative);
    }
    for node in inputs.chunk_by(|a, b| a.node == b.node) {
        for name in SETTINGS {
            if let Some(value) = value(node, name) {
                pass_on(cleanup, name, value);
            }
        }
        if let (Some(width), Some(height)) = (value(node, "width"), value(node, "height")) {
            pass_on(cleanup, "size", &([width, "x", height]).concat());
        }
    }
    Some(positive.to_owned())
}

/// The prompt of `{"prompt": "…", "negativePrompt": "…", "steps": 30}`, as Civitai, Fooocus and others write it.
fn flat<'a>(json: &'a Json<'_>, cleanup: &mut Cleanup) -> Option<&'a str> {
    let either = |a, b| json.get(a).or_else(|| json.get(b))?.scalar();
    let positive = either("prompt", "Prompt")?;
    let negative = either("negativePrompt", "negative_prompt");
    for (key, value) in json.entries() {
        match value.scalar() {
            Some(value) if Some(value) == negative => {
                cleanup.drop(DroppedCode::NegativePrompt, value);
            }
            Some(value) if value != positive => pass_on(cleanup, key, value),
            _ => {}
        }
    }
    Some(positive)
}

/// Moves or drops a setting.
fn pass_on(cleanup: &mut Cleanup, key: &str, value: &str) {
    setting(cleanup, key, value, &([key, ": ", value]).concat());
}

/// The inputs of every node, in the order of the nodes.
fn inputs<'a>(json: &'a Json<'_>) -> Vec<NodeInput<'a>> {
    match json.get("nodes") {
        Some(nodes) => saved_inputs(nodes, json.items_of("links")),
        None => api_inputs(json),
    }
}

/// The inputs of a workflow in the API's form: a node by id, with inputs by name.
fn api_inputs<'a>(json: &'a Json<'_>) -> Vec<NodeInput<'a>> {
    let mut inputs = Vec::new();
    let graph = json.get("prompt").filter(|graph| graph.scalar().is_none());
    for (id, node) in graph.unwrap_or(json).entries() {
        let (Some(_), Some(fields)) = (node.get("class_type"), node.get("inputs")) else {
            continue;
        };
        for (name, value) in fields.entries() {
            let from = value.items().first();
            if let Some(value) = from.unwrap_or(value).scalar() {
                inputs.push(NodeInput {
                    node: id,
                    name,
                    value,
                    link: from.is_some(),
                });
            }
        }
    }
    inputs
}

/// The inputs of a workflow as the page saves it: links by number, values without names.
fn saved_inputs<'a>(nodes: &'a Json<'_>, links: &'a [Json<'_>]) -> Vec<NodeInput<'a>> {
    let link = |link: &'a Json<'_>| match link.items() {
        // [number, from, output, to, input, type]
        [number, from, ..] => Some((number.scalar()?, from.scalar()?)),
        _ => None,
    };
    let mut links: Vec<_> = links.iter().filter_map(link).collect();
    links.sort_by_key(|(number, _)| *number);
    let mut inputs = Vec::new();
    for node in nodes.items() {
        let (Some(class), Some(id)) = (node.scalar_of("type"), node.scalar_of("id")) else {
            continue;
        };
        for input in node.items_of("inputs") {
            if let (Some(name), Some(number)) = (input.scalar_of("name"), input.scalar_of("link"))
                && let Ok(index) = links.binary_search_by_key(&number, |(number, _)| number)
                && let Some((_, value)) = links.get(index)
            {
                inputs.push(NodeInput {
                    node: id,
                    name,
                    value,
                    link: true,
                });
            }
        }
        let names = WIDGETS.iter().find(|(known, _)| *known == class);
        let names = names.map_or(&[][..], |(_, names)| names);
        for (name, value) in names.iter().zip(node.items_of("widgets_values")) {
            if let Some(value) = value.scalar() {
                inputs.push(NodeInput {
                    node: id,
                    name,
                    value,
                    link: false,
                });
            }
        }
    }
    inputs
}

/// The text that leads to an input of this name.
fn prompt<'a>(inputs: &[NodeInput<'a>], name: &str) -> Option<&'a str> {
    let mut samplers = MAX_SAMPLERS;
    for input in inputs {
        if input.name == name && samplers > 0 {
            samplers -= 1;
            if input.link
                && let Some(text) = text_leading_to(inputs, input.value)
            {
                return Some(text);
            }
        }
    }
    None
}

/// The first text on the way back from a node.
fn text_leading_to<'a>(inputs: &[NodeInput<'a>], id: &'a str) -> Option<&'a str> {
    let mut ahead = vec![id];
    for _ in 0..MAX_HOPS {
        let id = ahead.pop()?;
        let from = inputs.iter().position(|input| input.node == id);
        let node = from.and_then(|from| inputs.get(from..)).unwrap_or_default();
        let end = node.iter().position(|input| input.node != id);
        let node = node.get(..end.unwrap_or(node.len())).unwrap_or_default();
        if let Some(text) = text_in(node) {
            return Some(text);
        }
        for input in node.iter().rev() {
            if input.link {
                ahead.push(input.value);
            }
        }
    }
    None
}

fn text_in<'a>(node: &[NodeInput<'a>]) -> Option<&'a str> {
    TEXTS.iter().find_map(|name| value(node, name))
}

fn value<'a>(node: &[NodeInput<'a>], name: &str) -> Option<&'a str> {
    let mut inputs = node.iter();
    let input = inputs.find(|input| !input.link && input.name == name)?;
    Some(input.value)
}

/// The text of a workflow that has only one.
fn only_text<'a>(inputs: &[NodeInput<'a>]) -> Option<&'a str> {
    let mut found = None;
    for node in inputs.chunk_by(|a, b| a.node == b.node) {
        if let Some(text) = text_in(node)
            && found.replace(text).is_some()
        {
            return None;
        }
    }
    found
}
