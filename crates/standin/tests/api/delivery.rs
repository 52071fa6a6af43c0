//! Output files.

use serde_json::{Value, json};

use crate::support::{Response, StandIn};

/// Runs a prediction and fetches its first picture without a token, as the official client does.
fn picture(stand_in: &StandIn, input: &Value) -> Response {
    let ended = stand_in.run(input);
    assert_eq!(ended["status"], "succeeded", "{ended}");
    stand_in
        .bare("GET", ended["output"][0].as_str().unwrap(), &[], None)
        .unwrap()
}

#[test]
fn a_picture_has_the_requested_size_and_format() {
    let stand_in = StandIn::fast();
    for (format, content_type, ratio, size) in [
        ("webp", "image/webp", "16:9", (672, 384)),
        ("jpg", "image/jpeg", "2:3", (416, 608)),
        ("png", "image/png", "1:1", (512, 512)),
    ] {
        let picture = picture(
            &stand_in,
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
fn equal_requests_give_equal_pictures_and_an_unknown_input_changes_nothing() {
    let stand_in = StandIn::fast();
    let of = |more: Value| {
        let mut input = json!({"prompt": "a pier", "seed": 42, "megapixels": "0.25"});
        input
            .as_object_mut()
            .unwrap()
            .extend(more.as_object().unwrap().clone());
        picture(&stand_in, &input).body
    };
    let meant = of(json!({"guidance_scale": 2.5}));
    assert_eq!(meant, of(json!({"guidance_scale": 2.5})));
    let misnamed = of(json!({"guidance": 2.5}));
    assert_ne!(meant, misnamed);
    assert_eq!(
        misnamed,
        of(json!({})),
        "an unknown input must not change the picture"
    );
}

#[test]
fn the_pictures_of_one_run_differ() {
    let stand_in = StandIn::fast();
    let ended = stand_in.run(&json!({"prompt": "p", "num_outputs": 4, "megapixels": "0.25"}));
    let urls = ended["output"].as_array().unwrap();
    let mut pictures: Vec<Vec<u8>> = urls
        .iter()
        .map(|url| stand_in.get(url.as_str().unwrap()).body)
        .collect();
    pictures.sort();
    pictures.dedup();
    assert_eq!(pictures.len(), 4);
}

#[test]
fn only_existing_outputs_are_found() {
    let stand_in = StandIn::fast();
    let ended = stand_in.run(&json!({"prompt": "p"}));
    let output = ended["output"][0].as_str().unwrap();
    let base = output.rsplit_once('/').unwrap().0;
    for file in ["out-1.webp", "out-0.png", "out-0", "", "out-0.webp/x"] {
        assert_eq!(
            stand_in.get(&format!("{base}/{file}")).status,
            404,
            "{file}"
        );
    }
    assert_eq!(stand_in.get("/delivery/none/out-0.webp").status, 404);
    assert_eq!(stand_in.post(output, &json!({})).status, 405);
    let requests = stand_in.get("/_control/requests").json();
    let fetch = requests.as_array().unwrap().last().unwrap();
    assert_eq!(
        fetch["headers"]["authorization"], "Bearer [redacted]",
        "a token sent to the delivery host must be visible"
    );
}

#[test]
fn output_faults_apply_one_after_the_other() {
    let stand_in = StandIn::fast();
    let ended = stand_in.run(&json!({"prompt": "p", "megapixels": "0.25"}));
    let output = ended["output"][0].as_str().unwrap();
    let intact = stand_in.get(output);
    stand_in.fault(&json!([
        {"action": {"kind": "content_type", "value": "text/html"}},
        {"action": {"kind": "oversize", "bytes": 27_000_000}},
        {"action": {"kind": "redirect", "to": "http://127.0.0.1:1/elsewhere"}},
        {"match": {"endpoint": "output"}, "action": {"kind": "status", "status": 404}},
        {"match": {"endpoint": "output"}, "action": {"kind": "cut"}},
    ]));
    assert_eq!(
        stand_in.get(output).header("content-type"),
        Some("text/html")
    );
    let large = stand_in.get(output).body;
    assert_eq!(large.len(), 27_000_000);
    assert!(large.starts_with(&intact.body));
    let redirect = stand_in.get(output);
    let location = redirect.header("location");
    assert_eq!(
        (redirect.status, location),
        (302, Some("http://127.0.0.1:1/elsewhere"))
    );
    assert_eq!(stand_in.get(output).status, 404);
    assert!(
        stand_in.request("GET", output, &[], None).is_err(),
        "the body ends early"
    );
    assert_eq!(stand_in.get(output).body, intact.body);
}
