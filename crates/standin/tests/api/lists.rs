//! Pages of predictions.

use serde_json::{Value, json};

use crate::support::Sim;

fn ids(page: &Value) -> Vec<String> {
    let results = page["results"].as_array().unwrap();
    results
        .iter()
        .map(|item| item["id"].as_str().unwrap().to_owned())
        .collect()
}

#[test]
fn a_hundred_on_a_page_newest_first_forwards_and_back() {
    let sim = Sim::fast();
    let body = sim.body(&json!({"prompt": "p"}), &json!({}));
    let mut created: Vec<String> = (0..230)
        .map(|_| {
            sim.post("/v1/predictions", &body).json()["id"]
                .as_str()
                .unwrap()
                .to_owned()
        })
        .collect();
    created.reverse();
    let first = sim.get("/v1/predictions").json();
    assert_eq!(first["previous"], Value::Null);
    let second = sim.get(first["next"].as_str().unwrap()).json();
    let third = sim.get(second["next"].as_str().unwrap()).json();
    assert_eq!(third["next"], Value::Null);
    let all: Vec<String> = [&first, &second, &third]
        .into_iter()
        .flat_map(ids)
        .collect();
    assert_eq!(all, created);
    assert_eq!(
        [ids(&first).len(), ids(&second).len(), ids(&third).len()],
        [100, 100, 30]
    );
    // A page does not shift when something new arrives.
    sim.post("/v1/predictions", &body);
    assert_eq!(
        ids(&sim.get(first["next"].as_str().unwrap()).json()),
        ids(&second)
    );
    let back = sim.get(third["previous"].as_str().unwrap()).json();
    assert_eq!(ids(&back), ids(&second));
    assert!(first["results"][0].get("logs").is_none());
}

#[test]
fn times_and_sources_narrow_the_list() {
    let sim = Sim::fast();
    let first = sim.create(&json!({"prompt": "1"}), &json!({})).json();
    std::thread::sleep(std::time::Duration::from_millis(20));
    let second = sim.create(&json!({"prompt": "2"}), &json!({})).json();
    let moment = second["created_at"].as_str().unwrap();
    let after = sim
        .get(&format!("/v1/predictions?created_after={moment}"))
        .json();
    assert_eq!(ids(&after), [second["id"].as_str().unwrap()]);
    let before = sim
        .get(&format!("/v1/predictions?created_before={moment}"))
        .json();
    assert_eq!(ids(&before), [first["id"].as_str().unwrap()]);
    assert_eq!(ids(&sim.get("/v1/predictions?source=web").json()), [""; 0]);
    assert_eq!(sim.get("/v1/predictions?created_after=soon").status, 422);
    assert_eq!(sim.get("/v1/predictions?cursor=soon").status, 400);
}
