//! Output files.

use serde_json::{Value, json};

use crate::support::{Answer, Sim};

/// Runs and fetches the first picture, without a token, as the official client does.
fn picture(sim: &Sim, input: &Value) -> Answer {
    let ended = sim.run(input);
    assert_eq!(ended["status"], "succeeded", "{ended}");
    sim.bare("GET", ended["output"][0].as_str().unwrap(), &[], None)
        .unwrap()
}

#[test]
fn pictures_come_in_the_size_and_format_asked_for() {
    let sim = Sim::fast();
    for (format, content_type, ratio, size) in [
        ("webp", "image/webp", "16:9", (672, 384)),
        ("jpg", "image/jpeg", "2:3", (416, 608)),
        ("png", "image/png", "1:1", (512, 512)),
    ] {
        let picture = picture(
            &sim,
            &json!({
                "prompt": "p", "output_format": format, "aspect_ratio": ratio, "megapixels": "0.25",
            }),
        );
        assert_eq!(picture.header("content-type"), Some(content_type));
        let length = picture.header("content-length").unwrap().parse();
        assert_eq!(length, Ok(picture.body.len()));
        let decoded = image::load_from_memory(&picture.body).unwrap();
        assert_eq!((decoded.width(), decoded.height()), size);
    }
}

#[test]
fn the_same_request_gives_the_same_picture_and_a_misnamed_input_another() {
    let sim = Sim::fast();
    let of = |more: Value| {
        let mut input = json!({"prompt": "a pier", "seed": 42, "megapixels": "0.25"});
        input
            .as_object_mut()
            .unwrap()
            .extend(more.as_object().unwrap().clone());
        picture(&sim, &input).body
    };
    let meant = of(json!({"guidance_scale": 2.5}));
    assert_eq!(meant, of(json!({"guidance_scale": 2.5})));
    let misnamed = of(json!({"guidance": 2.5}));
    assert_ne!(meant, misnamed);
    assert_eq!(
        misnamed,
        of(json!({})),
        "an unknown input must change nothing"
    );
}

#[test]
fn several_pictures_of_one_run_differ() {
    let sim = Sim::fast();
    let ended = sim.run(&json!({"prompt": "p", "num_outputs": 4, "megapixels": "0.25"}));
    let addresses = ended["output"].as_array().unwrap();
    let mut pictures: Vec<Vec<u8>> = addresses
        .iter()
        .map(|address| sim.get(address.as_str().unwrap()).body)
        .collect();
    pictures.sort();
    pictures.dedup();
    assert_eq!(pictures.len(), 4);
}

#[test]
fn nothing_lies_beside_the_outputs() {
    let sim = Sim::fast();
    let ended = sim.run(&json!({"prompt": "p"}));
    let output = ended["output"][0].as_str().unwrap();
    let base = output.rsplit_once('/').unwrap().0;
    for file in ["out-1.webp", "out-0.png", "out-0", "", "out-0.webp/x"] {
        assert_eq!(sim.get(&format!("{base}/{file}")).status, 404, "{file}");
    }
    assert_eq!(sim.get("/delivery/none/out-0.webp").status, 404);
    assert_eq!(sim.post(output, &json!({})).status, 405);
    let requests = sim.get("/_control/requests").json();
    let fetch = requests.as_array().unwrap().last().unwrap();
    assert_eq!(
        fetch["headers"]["authorization"], "Bearer [redacted]",
        "a leak must be visible"
    );
}

#[test]
fn faults_of_the_delivery_host() {
    let sim = Sim::fast();
    let ended = sim.run(&json!({"prompt": "p", "megapixels": "0.25"}));
    let output = ended["output"][0].as_str().unwrap();
    let intact = sim.get(output);
    sim.fault(&json!([
        {"action": {"kind": "content_type", "value": "text/html"}},
        {"action": {"kind": "oversize", "bytes": 27_000_000}},
        {"action": {"kind": "redirect", "to": "http://127.0.0.1:1/elsewhere"}},
        {"match": {"endpoint": "output"}, "action": {"kind": "status", "status": 404}},
        {"match": {"endpoint": "output"}, "action": {"kind": "cut"}},
    ]));
    assert_eq!(sim.get(output).header("content-type"), Some("text/html"));
    let large = sim.get(output).body;
    assert_eq!(large.len(), 27_000_000);
    assert!(large.starts_with(&intact.body));
    let redirect = sim.get(output);
    let location = redirect.header("location");
    assert_eq!(
        (redirect.status, location),
        (302, Some("http://127.0.0.1:1/elsewhere"))
    );
    assert_eq!(sim.get(output).status, 404);
    assert!(
        sim.request("GET", output, &[], None).is_err(),
        "half a picture"
    );
    assert_eq!(sim.get(output).body, intact.body);
}
