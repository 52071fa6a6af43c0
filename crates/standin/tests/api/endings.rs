//! How predictions run and end.

use std::time::Duration;

use selfsame_standin::Settings;
use serde_json::{Value, json};

use crate::support::StandIn;

const ALL_NSFW: &str =
    "All generated images contained NSFW content. Try running it again with a different prompt.";

fn id(prediction: &Value) -> &str {
    prediction["id"].as_str().unwrap()
}

fn at_speed(speed: f64) -> StandIn {
    StandIn::with(Settings {
        speed,
        ..Settings::default()
    })
}

#[test]
fn a_prediction_starts_runs_and_succeeds() {
    let stand_in = at_speed(20.0);
    let created = stand_in
        .create(
            &json!({"prompt": "p", "num_inference_steps": 50}),
            &json!({}),
        )
        .json();
    assert_eq!(created["status"], "starting");
    assert!(created.get("started_at").is_none());
    let address = created["urls"]["get"].as_str().unwrap();
    let running = stand_in.eventually(|| {
        let prediction = stand_in.get(address).json();
        let lines = prediction["logs"].as_str().unwrap().lines().count();
        (prediction["status"] == "processing" && lines > 3).then_some(prediction)
    });
    assert!(running["started_at"].is_string());
    assert!(running.get("completed_at").is_none());
    let ended = stand_in.ended(id(&created));
    assert_eq!(ended["status"], "succeeded");
    let logs = ended["logs"].as_str().unwrap();
    let lines: Vec<&str> = logs.lines().collect();
    assert!(lines[0].starts_with("Using seed: "));
    assert!(lines[1].starts_with("  0%|          | 0/50 ["));
    assert!(lines[2].starts_with("  2%|▏         | 1/50 ["));
    assert!(lines[51].starts_with("100%|██████████| 50/50 ["));
    let total = ended["metrics"]["total_time"].as_f64().unwrap();
    assert!((0.5..20.0).contains(&total), "{total}");
    assert!(ended["metrics"]["predict_time"].as_f64().unwrap() < total);
}

#[test]
fn a_missing_or_zero_seed_becomes_a_random_one_of_16_bits() {
    let stand_in = StandIn::fast();
    let seed = |input: Value| -> u64 {
        let ended = stand_in.run(&input);
        let logs = ended["logs"].as_str().unwrap();
        let line = logs
            .lines()
            .next()
            .unwrap()
            .strip_prefix("Using seed: ")
            .unwrap();
        line.parse().unwrap()
    };
    assert_eq!(seed(json!({"prompt": "p", "seed": 1_234_567})), 1_234_567);
    let drawn: Vec<u64> = (0..4)
        .map(|n| {
            seed(if n % 2 == 0 {
                json!({"prompt": "p", "seed": 0})
            } else {
                json!({"prompt": "p"})
            })
        })
        .collect();
    assert!(
        drawn.iter().all(|seed| (1..=65_535).contains(seed)),
        "{drawn:?}"
    );
    assert!(drawn.windows(2).any(|pair| pair[0] != pair[1]), "{drawn:?}");
}

#[test]
fn a_cancel_ends_a_prediction_once() {
    let stand_in = at_speed(1.0);
    let created = stand_in.create(&json!({"prompt": "p"}), &json!({})).json();
    let address = format!("/v1/predictions/{}/cancel", id(&created));
    let canceled = stand_in.post(&address, &json!({})).json();
    assert_eq!(canceled["status"], "canceled");
    assert!(canceled["completed_at"].is_string());
    assert_eq!(stand_in.post(&address, &json!({})).json(), canceled);
    assert_eq!(
        stand_in
            .post("/v1/predictions/none/cancel", &json!({}))
            .status,
        404
    );
    let ended = at_speed(500.0);
    let succeeded = ended.run(&json!({"prompt": "p"}));
    let address = format!("/v1/predictions/{}/cancel", id(&succeeded));
    assert_eq!(
        ended.post(&address, &json!({})).json()["status"],
        "succeeded"
    );
}

#[test]
fn a_deadline_aborts_before_the_start_and_cancels_after_it() {
    let stand_in = at_speed(50.0);
    stand_in.fault(&json!([
        {"match": {"prompt": "waits"}, "action": {"kind": "stuck", "phase": "starting"}},
        {"match": {"prompt": "runs"}, "action": {"kind": "stuck"}},
    ]));
    for (prompt, end) in [("waits", "aborted"), ("runs", "canceled")] {
        let body = stand_in.body(&json!({"prompt": prompt}), &json!({}));
        let headers = [("cancel-after", "6s")];
        let created = stand_in
            .request("POST", "/v1/predictions", &headers, Some(&body))
            .unwrap()
            .json();
        assert!(created["deadline"].is_string());
        let ended = stand_in.ended(id(&created));
        assert_eq!(ended["status"], end);
        assert_eq!(ended["output"], Value::Null);
    }
    let body = stand_in.body(&json!({"prompt": "p"}), &json!({}));
    for bad in ["4s", "soon", ""] {
        let headers = [("cancel-after", bad)];
        let refused = stand_in
            .request("POST", "/v1/predictions", &headers, Some(&body))
            .unwrap();
        assert_eq!(refused.status, 422, "{bad:?}");
    }
}

#[test]
fn the_safety_checker_can_drop_some_or_all_pictures() {
    let stand_in = StandIn::fast();
    stand_in.fault(&json!([
        {"match": {"prompt": "bare"}, "action": {"kind": "nsfw", "images": "some"}},
        {"match": {"prompt": "naked"}, "action": {"kind": "nsfw", "images": "all"}},
    ]));
    let some = stand_in.run(&json!({"prompt": "bare", "num_outputs": 4}));
    let files: Vec<&str> = some["output"]
        .as_array()
        .unwrap()
        .iter()
        .map(|address| address.as_str().unwrap().rsplit('/').next().unwrap())
        .collect();
    assert_eq!(files, ["out-1.webp", "out-3.webp"]);
    assert_eq!(some["status"], "succeeded");
    let all = stand_in.run(&json!({"prompt": "naked", "num_outputs": 4}));
    assert_eq!(
        (&all["status"], &all["error"]),
        (&json!("failed"), &json!(ALL_NSFW))
    );
    assert_eq!(all["output"], Value::Null);
}

#[test]
fn a_scripted_end_has_its_status_and_error() {
    let stand_in = StandIn::fast();
    stand_in.fault(&json!([
        {"match": {"prompt": "fails"}, "action": {"kind": "failed", "message": "CUDA out of memory"}},
        {"match": {"prompt": "aborts"}, "action": {"kind": "aborted"}},
        {"match": {"prompt": "late"}, "action": {"kind": "expired"}},
    ]));
    let failed = stand_in.run(&json!({"prompt": "fails"}));
    assert_eq!(failed["error"], "CUDA out of memory");
    assert!(failed["logs"].as_str().unwrap().contains(" 14/28 "));
    let aborted = stand_in.run(&json!({"prompt": "aborts"}));
    assert_eq!(aborted["status"], "aborted");
    assert!(aborted.get("started_at").is_none());
    let late = stand_in.run(&json!({"prompt": "late"}));
    let late = stand_in.eventually(|| {
        let now = stand_in.get(late["urls"]["get"].as_str().unwrap()).json();
        (now["data_removed"] == true).then_some(now)
    });
    assert_eq!(
        (&late["status"], &late["output"]),
        (&json!("succeeded"), &Value::Null)
    );
    let custom = stand_in.run(&json!({"prompt": "p", "aspect_ratio": "custom", "width": 512}));
    assert_eq!(custom["status"], "failed");
    assert!(
        custom["error"]
            .as_str()
            .unwrap()
            .contains("width and height")
    );
}

#[test]
fn a_slow_prediction_takes_longer() {
    let stand_in = at_speed(100.0);
    stand_in
        .fault(&json!({"match": {"prompt": "slow"}, "action": {"kind": "slow", "factor": 5.0}}));
    let ended = stand_in.run(&json!({"prompt": "slow"}));
    let seconds = ended["metrics"]["total_time"].as_f64().unwrap();
    assert!(seconds >= 0.5, "{seconds} s instead of 0.5 s or more");
}

#[test]
fn data_is_removed_after_the_expiry() {
    let stand_in = StandIn::with(Settings {
        speed: 500.0,
        expiry: Duration::from_millis(1500),
        ..Settings::default()
    });
    let ended = stand_in.run(&json!({"prompt": "p"}));
    let output = ended["output"][0].as_str().unwrap();
    assert_eq!(stand_in.get(output).status, 200);
    let removed = stand_in.eventually(|| {
        let now = stand_in.get(ended["urls"]["get"].as_str().unwrap()).json();
        (now["data_removed"] == true).then_some(now)
    });
    assert_eq!(removed["output"], Value::Null);
    assert_eq!(removed["input"], json!({}));
    assert_eq!(removed["logs"], "");
    assert_eq!(removed["status"], "succeeded");
    assert_eq!(stand_in.get(output).status, 404);
}
