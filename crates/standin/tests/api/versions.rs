//! Deleting versions.

use serde_json::{Value, json};

use crate::support::StandIn;

#[test]
fn a_deleted_version_is_gone_with_its_predictions_after_a_while() {
    let stand_in = StandIn::fast();
    let ended = stand_in.run(&json!({"prompt": "p"}));
    let id = stand_in.version("studio/ada-selfie-lora");
    let path = format!("/v1/models/studio/ada-selfie-lora/versions/{id}");
    let accepted = stand_in.delete(&path);
    assert_eq!((accepted.status, accepted.body.len()), (202, 0));
    stand_in.eventually(|| (stand_in.get(&path).status == 404).then_some(()));
    let model = stand_in.get("/v1/models/studio/ada-selfie-lora").json();
    assert_eq!(model["latest_version"], Value::Null);
    let gone = [
        ended["urls"]["get"].as_str().unwrap(),
        ended["output"][0].as_str().unwrap(),
    ];
    stand_in
        .eventually(|| (gone.map(|path| stand_in.get(path).status) == [404, 404]).then_some(()));
    let list = stand_in.get("/v1/predictions").json();
    assert_eq!(list["results"], json!([]));
    let create = json!({"version": id, "input": {"prompt": "p"}});
    let refused = stand_in.post("/v1/predictions", &create);
    assert_eq!(refused.status, 422);
    assert_eq!(refused.json()["title"], "Invalid version or not permitted");
}

#[test]
fn only_versions_of_own_private_models_can_be_deleted() {
    let stand_in = StandIn::fast();
    let official = "black-forest-labs/flux-dev-lora";
    let id = stand_in.version(official);
    let delete = |path: String| stand_in.delete(&path).status;
    assert_eq!(delete(format!("/v1/models/{official}/versions/{id}")), 403);
    assert_eq!(
        delete(format!("/v1/models/studio/ada-selfie-lora/versions/{id}")),
        404
    );
    assert_eq!(delete("/v1/models/studio/none/versions/x".to_owned()), 404);
}
