//! A `ComfyUI` workflow, in the form of its API or as its page saves it: the positive prompt and a few numbers.

use alloc::borrow::ToOwned;
use alloc::string::String;
use alloc::vec::Vec;

use super::json::{Json, parse};
use super::note::{DroppedCode, NoticeCode, Report};
use super::settings::setting;
use crate::{order, text};

/// How many nodes are asked on the way from a sampler to its prompt.
const HOPS: usize = 64;

/// How many samplers are asked.
const WAYS: usize = 8;

/// Which inputs hold a prompt.
const TEXTS: [&str; 7] = [
    "text", "prompt", "string", "t5xxl", "clip_l", "text_g", "value",
];

/// What the page saves without its names: the node, and its values' names in order.
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

/// A node, whichever form it was saved in.
struct Node<'a> {
    id: &'a str,
    inputs: Vec<(&'a str, Input<'a>)>,
}

enum Input<'a> {
    Value(&'a str),
    /// The node whose output goes in here.
    Link(&'a str),
}

/// Names of a prompt, and of a negative one, in the flat metadata that Civitai, Fooocus and others write.
const FLAT: [[&str; 2]; 2] = [["prompt", "Prompt"], ["negativePrompt", "negative_prompt"]];

/// Begins as a workflow does, though it may not be whole.
pub(super) fn begins(text: &str) -> bool {
    let inner = text.trim_start().strip_prefix('{');
    inner.is_some_and(|inner| inner.trim_start().starts_with('"'))
        && ["\"class_type\"", "\"nodes\""]
            .iter()
            .any(|key| text::contains(text, key))
}

/// The positive prompt of a workflow, or of flat metadata; `None` when `pasted` is neither, or cannot be read.
pub(super) fn read(pasted: &str, report: &mut Report) -> Option<String> {
    let found = prompt_of(pasted, report);
    if found.is_some() {
        report.drop(DroppedCode::Workflow, pasted);
    } else if begins(pasted) {
        report.tell(NoticeCode::WorkflowUnreadable, "");
    }
    found
}

fn prompt_of(pasted: &str, report: &mut Report) -> Option<String> {
    let start = pasted.trim_start();
    if !start.strip_prefix('{')?.trim_start().starts_with('"') {
        return None;
    }
    let json = parse(start)?;
    if let Some(positive) = flat(&json, report) {
        return Some(positive);
    }
    let nodes = nodes(&json);
    let positive = prompt(&nodes, &["positive", "conditioning"]).or_else(|| only_text(&nodes))?;
    if let Some(negative) = prompt(&nodes, &["negative"])
        && negative != positive
        && !negative.trim().is_empty()
    {
        report.drop(DroppedCode::NegativePrompt, negative);
    }
    numbers(&nodes, report);
    Some(positive.to_owned())
}

/// The prompt of `{"prompt": "…", "negativePrompt": "…", "steps": 30}`.
fn flat(json: &Json<'_>, report: &mut Report) -> Option<String> {
    let [positive, negative] = FLAT.map(|names| {
        let value = names.iter().find_map(|name| json.get(name));
        value.and_then(Json::text)
    });
    let positive = positive?;
    for (key, value) in json.entries() {
        match value.text() {
            Some(value) if Some(value) == negative => {
                report.drop(DroppedCode::NegativePrompt, value);
            }
            Some(value) if value != positive => {
                setting(report, key, value, &[key, ": ", value].concat());
            }
            _ => {}
        }
    }
    Some(positive.to_owned())
}

fn nodes<'a>(json: &'a Json<'_>) -> Vec<Node<'a>> {
    let saved = json.get("nodes").map(Json::items);
    if let Some(saved) = saved {
        // [number, from, output, to, input, type]
        let link = |link: &'a Json<'_>| {
            let at = |place: usize| link.items().get(place)?.text();
            Some((at(0)?, at(1)?))
        };
        let links = json.get("links").map_or(&[][..], Json::items);
        let links: Vec<_> = links.iter().filter_map(link).collect();
        let in_order = order::by(&links, |link| link.0).into_iter();
        let links: Vec<_> = in_order.filter_map(|at| links.get(at).copied()).collect();
        return saved
            .iter()
            .filter_map(|node| saved_node(node, &links))
            .collect();
    }
    let graph = json
        .get("prompt")
        .filter(|graph| graph.text().is_none())
        .unwrap_or(json);
    let node = |(id, node): &'a (String, Json<'_>)| {
        node.get("class_type")?;
        let input = |(name, value): &'a (String, Json<'_>)| {
            let input = match value.items().first() {
                Some(from) => Input::Link(from.text()?),
                None => Input::Value(value.text()?),
            };
            Some((name.as_str(), input))
        };
        let inputs = node.get("inputs")?.entries().iter();
        Some(Node {
            id,
            inputs: inputs.filter_map(input).collect(),
        })
    };
    graph.entries().iter().filter_map(node).collect()
}

/// A node as the page saves it: links by number, values without names.
fn saved_node<'a>(node: &'a Json<'_>, links: &[(&'a str, &'a str)]) -> Option<Node<'a>> {
    let kind = node.get("type")?.text()?;
    let mut inputs = Vec::new();
    for input in node.get("inputs").map_or(&[][..], Json::items) {
        let Some(number) = input.get("link").and_then(Json::text) else {
            continue;
        };
        let link = links.binary_search_by_key(&number, |link| link.0).ok();
        if let Some(name) = input.get("name").and_then(Json::text)
            && let Some((_, from)) = link.and_then(|link| links.get(link))
        {
            inputs.push((name, Input::Link(from)));
        }
    }
    let names = WIDGETS.iter().find(|(known, _)| *known == kind);
    let values = node.get("widgets_values").map_or(&[][..], Json::items);
    for (name, value) in names.map_or(&[][..], |(_, names)| names).iter().zip(values) {
        if let Some(value) = value.text() {
            inputs.push((name, Input::Value(value)));
        }
    }
    Some(Node {
        id: node.get("id")?.text()?,
        inputs,
    })
}

/// The text behind the first input of one of these names.
fn prompt<'a>(nodes: &[Node<'a>], names: &[&str]) -> Option<&'a str> {
    names.iter().find_map(|name| {
        let inputs = nodes.iter().flat_map(|node| &node.inputs);
        let wanted = inputs.filter(|(known, _)| known == name);
        wanted.take(WAYS).find_map(|(_, input)| match input {
            Input::Link(id) => text_behind(nodes, id),
            Input::Value(_) => None,
        })
    })
}

/// The first text on the way back from a node.
fn text_behind<'a>(nodes: &[Node<'a>], id: &'a str) -> Option<&'a str> {
    let mut ahead = alloc::vec![id];
    for _ in 0..HOPS {
        let id = ahead.pop()?;
        let Some(node) = nodes.iter().find(|node| node.id == id) else {
            continue;
        };
        if let Some(text) = text_in(node) {
            return Some(text);
        }
        let links = node
            .inputs
            .iter()
            .rev()
            .filter_map(|(_, input)| match input {
                Input::Link(id) => Some(*id),
                Input::Value(_) => None,
            });
        ahead.extend(links);
    }
    None
}

fn text_in<'a>(node: &Node<'a>) -> Option<&'a str> {
    TEXTS.iter().find_map(|name| {
        node.inputs.iter().find_map(|(known, input)| match input {
            Input::Value(text) if known == name => Some(*text),
            _ => None,
        })
    })
}

/// The text of a workflow that has only one.
fn only_text<'a>(nodes: &[Node<'a>]) -> Option<&'a str> {
    let mut texts = nodes.iter().filter_map(text_in);
    texts.next().filter(|_| texts.next().is_none())
}

/// Seed, steps, guidance and size, wherever they are, and what was loaded.
fn numbers(nodes: &[Node<'_>], report: &mut Report) {
    for node in nodes {
        let value = |wanted: &str| {
            node.inputs.iter().find_map(|(name, input)| match input {
                Input::Value(value) if *name == wanted => Some(*value),
                _ => None,
            })
        };
        for name in [
            "seed",
            "noise_seed",
            "steps",
            "cfg",
            "guidance",
            "lora_name",
            "ckpt_name",
            "unet_name",
        ] {
            if let Some(value) = value(name) {
                setting(report, name, value, &[name, ": ", value].concat());
            }
        }
        if let (Some(width), Some(height)) = (value("width"), value("height")) {
            let size = [width, "x", height].concat();
            setting(report, "size", &size, &["size: ", &size].concat());
        }
    }
}
