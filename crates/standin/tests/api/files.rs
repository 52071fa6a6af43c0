//! Uploaded files.

use std::time::Duration;

use selfsame_standin::{Settings, sign_download};
use serde_json::{Value, json};

use crate::support::{Response, StandIn};

/// The multipart body of an official client, with a name and a type for the content.
pub(crate) const ZIP: &str = "--line\r\n\
    content-disposition: form-data; name=\"content\"; filename=\"ada.zip\"\r\n\
    content-type: application/zip\r\n\r\n\
    PK pictures\r\n\
    --line\r\n\
    content-disposition: form-data; name=\"metadata\"\r\n\
    content-type: application/json\r\n\r\n\
    {\"person\": \"ada\"}\r\n\
    --line--\r\n";

pub(crate) fn upload(stand_in: &StandIn, body: &str) -> Response {
    let headers = [
        ("authorization", "Bearer r8_stand_in_token"),
        ("content-type", "multipart/form-data; boundary=line"),
    ];
    stand_in
        .bare("POST", "/v1/files", &headers, Some(body.into()))
        .unwrap()
}

/// Downloads a file with a valid signature and without a token.
pub(crate) fn download(stand_in: &StandIn, file: &Value) -> Response {
    let id = file["id"].as_str().unwrap();
    let expiry = 4_000_000_000;
    fetch(
        stand_in,
        id,
        "studio",
        expiry,
        &sign_download("studio", id, expiry),
    )
}

fn fetch(stand_in: &StandIn, id: &str, owner: &str, expiry: i64, signature: &str) -> Response {
    let signature: String = url::form_urlencoded::byte_serialize(signature.as_bytes()).collect();
    let path =
        format!("/v1/files/{id}/download?owner={owner}&expiry={expiry}&signature={signature}");
    stand_in.bare("GET", &path, &[], None).unwrap()
}

fn names(list: &Value) -> Vec<&str> {
    let files = list["results"].as_array().unwrap();
    files.iter().map(|f| f["name"].as_str().unwrap()).collect()
}

#[test]
fn a_file_is_uploaded_listed_downloaded_and_deleted() {
    let stand_in = StandIn::fast();
    let created = upload(&stand_in, ZIP);
    assert_eq!(created.status, 201, "{}", created.json());
    let file = created.json();
    assert_eq!(
        (&file["name"], &file["content_type"], &file["size"]),
        (&json!("ada.zip"), &json!("application/zip"), &json!(11))
    );
    assert_eq!(file["metadata"], json!({"person": "ada"}));
    let url = file["urls"]["get"].as_str().unwrap();
    assert_eq!(stand_in.get(url).json(), file);
    upload(&stand_in, &ZIP.replace("ada.zip", "ben.zip"));
    let list = stand_in.get("/v1/files").json();
    assert_eq!(names(&list), ["ben.zip", "ada.zip"]);
    assert_eq!(download(&stand_in, &file).body, b"PK pictures");
    assert_eq!(stand_in.delete(url).status, 204);
    assert_eq!(stand_in.delete(url).status, 404);
    assert_eq!(stand_in.get(url).status, 404);
    assert_eq!(download(&stand_in, &file).status, 404);
    assert_eq!(names(&stand_in.get("/v1/files").json()), ["ben.zip"]);
}

#[test]
fn a_download_needs_a_signature_that_is_valid_now() {
    let stand_in = StandIn::fast();
    let file = upload(&stand_in, ZIP).json();
    let id = file["id"].as_str().unwrap();
    let late = 4_000_000_000;
    let good = sign_download("studio", id, late);
    let status = |owner: &str, expiry: i64, signature: &str| {
        fetch(&stand_in, id, owner, expiry, signature).status
    };
    assert_eq!(status("studio", late, &good), 200);
    assert_eq!(status("studio", late + 1, &good), 404);
    assert_eq!(status("ada", late, &sign_download("ada", id, late)), 404);
    assert_eq!(status("studio", 1, &sign_download("studio", id, 1)), 404);
    assert_eq!(status("studio", late, ""), 404);
    let path = format!("/v1/files/{id}/download");
    assert_eq!(stand_in.get(&path).status, 404);
}

#[test]
fn an_incomplete_upload_is_refused() {
    let stand_in = StandIn::fast();
    for (body, reason) in [
        ("", "multipart"),
        ("--line--\r\n", "content is required"),
        (&ZIP.replace("; filename=\"ada.zip\"", ""), "filename"),
        (&ZIP.replace("ada.zip", &"a".repeat(256)), "filename"),
        (&ZIP.replace("{\"person\": \"ada\"}", "{"), "valid JSON"),
        (&ZIP.replace("{\"person\": \"ada\"}", "[]"), "JSON object"),
    ] {
        let refused = upload(&stand_in, body);
        let detail = refused.json()["detail"].as_str().unwrap().to_owned();
        assert_eq!(refused.status, 400, "{detail}");
        assert!(detail.contains(reason), "{detail}");
    }
    assert_eq!(stand_in.post("/v1/files", &json!({})).status, 400);
    assert!(names(&stand_in.get("/v1/files").json()).is_empty());
}

#[test]
fn a_file_is_removed_after_the_expiry() {
    let stand_in = StandIn::with(Settings {
        expiry: Duration::from_millis(300),
        ..Settings::default()
    });
    let file = upload(&stand_in, ZIP).json();
    assert!(file["expires_at"].as_str() > file["created_at"].as_str());
    let url = file["urls"]["get"].as_str().unwrap();
    stand_in.eventually(|| (stand_in.get(url).status == 404).then_some(()));
    assert!(names(&stand_in.get("/v1/files").json()).is_empty());
}
