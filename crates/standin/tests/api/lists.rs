//! Pages of predictions.

use serde_json::{Value, json};

use crate::support::StandIn;

fn ids(page: &Value) -> Vec<String> {
    let results = page["results"].as_array().unwrap();
    results
        .iter()
        .map(|item| item["id"].as_str().unwrap().to_owned())
        .collect()
}

#[test]
fn a_page_has_a_hundred_predictions_newest_first_and_links_both_ways() {
    let stand_in = StandIn::fast();
    let body = stand_in.body(&json!({"prompt": "p"}), &json!({}));
    let mut created: Vec<String> = (0..230)
        .map(|_| {
            stand_in.post("/v1/predictions", &body).json()["id"]
                .as_str()
                .unwrap()
                .to_owned()
        })
        .collect();
    created.reverse();
    let first = stand_in.get("/v1/predictions").json();
    assert_eq!(first["previous"], Value::Null);
    let second = stand_in.get(first["next"].as_str().unwrap()).json();
    let third = stand_in.get(second["next"].as_str().unwrap()).json();
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
    // A new prediction does not shift the pages.
    stand_in.post("/v1/predictions", &body);
    assert_eq!(
        ids(&stand_in.get(first["next"].as_str().unwrap()).json()),
        ids(&second)
    );
    let back = stand_in.get(third["previous"].as_str().unwrap()).json();
    assert_eq!(ids(&back), ids(&second));
    assert!(first["results"][0].get("logs").is_none());
}

#[test]
fn a_list_is_filtered_by_time_and_source() {
    let stand_in = StandIn::fast();
    let first = stand_in.create(&json!({"prompt": "1"}), &json!({})).json();
    std::thread::sleep(std::time::Duration::from_millis(20));
    let second = stand_in.create(&json!({"prompt": "2"}), &json!({})).json();
    let moment = second["created_at"].as_str().unwrap();
    let after = stand_in
        .get(&format!("/v1/predictions?created_after={moment}"))
        .json();
    assert_eq!(ids(&after), [second["id"].as_str().unwrap()]);
    let before = stand_in
        .get(&format!("/v1/predictions?created_before={moment}"))
        .json();
    assert_eq!(ids(&before), [first["id"].as_str().unwrap()]);
    assert_eq!(
        ids(&stand_in.get("/v1/predictions?source=web").json()),
        [""; 0]
    );
    assert_eq!(
        stand_in.get("/v1/predictions?created_after=soon").status,
        422
    );
    assert_eq!(stand_in.get("/v1/predictions?cursor=soon").status, 400);
}
