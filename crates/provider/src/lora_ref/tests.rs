use proptest::prelude::*;

use super::*;

#[test]
fn every_spelling_has_one_normal_form_and_one_claim_key() {
    let version = "ab".repeat(32);
    let with_version = format!("Ada/face/{version}");
    let hosted = format!("https://replicate.com/Ada/face/versions/{version}");
    let hf = "huggingface.co/Ada/Face/face.safetensors";
    let hf_key = "weights:huggingface.co/ada/face";
    for (text, normal, claim) in [
        ("ada/face", "ada/face", "replicate:ada/face"),
        (
            "https://replicate.com/Ada/face",
            "Ada/face",
            "replicate:ada/face",
        ),
        (&with_version, &with_version, "replicate:ada/face"),
        (&hosted, &with_version, "replicate:ada/face"),
        (hf, hf, hf_key),
        (
            "https://huggingface.co/Ada/Face/face.safetensors",
            hf,
            hf_key,
        ),
        (
            "https://huggingface.co/Ada/Face/resolve/main/face.safetensors",
            hf,
            hf_key,
        ),
        (
            "https://huggingface.co/Ada/Face/blob/main/face.safetensors?download=true",
            hf,
            hf_key,
        ),
        (
            "huggingface.co/ada/face",
            "huggingface.co/ada/face",
            "weights:huggingface.co/ada/face",
        ),
        (
            "https://civitai.com/models/12/a-face?modelVersionId=34",
            "https://civitai.com/models/12?modelVersionId=34",
            "weights:civitai.com/models/12",
        ),
        (
            "https://replicate.delivery/xezq/Abc/trained_model.tar",
            "https://replicate.delivery/xezq/Abc/trained_model.tar",
            "weights:https://replicate.delivery/xezq/abc/trained_model.tar",
        ),
        (
            "https://pbxt.replicate.delivery/trained_model.tar",
            "https://pbxt.replicate.delivery/trained_model.tar",
            "weights:https://pbxt.replicate.delivery/trained_model.tar",
        ),
        (
            "https://files.example/ada.safetensors?sig=S%2F1",
            "https://files.example/ada.safetensors?sig=S%2F1",
            "weights:https://files.example/ada.safetensors",
        ),
        (
            "HTTPS://Files.example:443/Ada.safetensors?sig=2",
            "https://files.example/Ada.safetensors?sig=2",
            "weights:https://files.example/ada.safetensors",
        ),
        (
            "https://notcivitai.com/ada.safetensors",
            "https://notcivitai.com/ada.safetensors",
            "weights:https://notcivitai.com/ada.safetensors",
        ),
        (
            "https://a.b.replicate.delivery/ada.safetensors",
            "https://a.b.replicate.delivery/ada.safetensors",
            "weights:https://a.b.replicate.delivery/ada.safetensors",
        ),
    ] {
        let parsed: LoraRef = text.parse().unwrap_or_else(|_| panic!("{text}"));
        assert_eq!(
            (parsed.as_str(), parsed.claim_key()),
            (normal, claim),
            "{text}"
        );
        assert_eq!(
            parsed.as_str().parse::<LoraRef>().as_ref(),
            Ok(&parsed),
            "{text}"
        );
    }
}

#[test]
fn a_civitai_version_is_claimed_with_its_model() {
    let alias = |text: &str| {
        let parsed: LoraRef = text.parse().unwrap();
        parsed.alias().map(str::to_owned)
    };
    assert_eq!(
        alias("civitai.com/models/12/a-face?modelVersionId=34").as_deref(),
        Some("weights:civitai.com/api/download/models/34")
    );
    for text in ["huggingface.co/ada/face/face.safetensors", "ada/face"] {
        assert_eq!(alias(text), None, "{text}");
    }
}

#[test]
fn hostile_and_incomplete_references_are_refused() {
    let version = "ab".repeat(32);
    for text in [
        "",
        " ",
        "face",
        "/",
        "a/",
        "/b",
        "a/b ",
        " a/b",
        "a/b\n",
        "a//b",
        "a/b/c",
        "a/b:c",
        "../b",
        "a/../b",
        "a/b/latest",
        &format!("a/b:{version}"),
        &format!("a/b/{version}x"),
        "http://replicate.com/a/b",
        "https://replicate.com/a",
        "https://replicate.com.evil.example/a/b",
        "huggingface.co/a",
        "huggingface.co/%61/b",
        "https://huggingface.co/a/b/resolve/main/%63.safetensors",
        "https://HuggingFace.co/%61/b",
        "hf.co/a/b",
        "hf.co/a",
        "https://hf.co/a/b/resolve/main/c.safetensors",
        "https://cdn-lfs.hf.co/a/c.safetensors",
        "https://hf-mirror.com/a/b/resolve/main/c.safetensors",
        "https://civitai.green/c.safetensors",
        "https://www.civitai.com/models/12",
        "civitai.com/models/012",
        "civitai.com/models/12?modelVersionId=034",
        "https://h.example/%61.safetensors",
        "https://h.example/a/%2e%2e/b.safetensors",
        "https://h.example//a.safetensors",
        "https://replicate.com/%61/b",
        "huggingface.co/a/b/c",
        "huggingface.co/a/b/../c.safetensors",
        "https://huggingface.co/a/b/resolve/v2/c.safetensors",
        "https://huggingface.co/a/b/resolve/main/sub/c.safetensors",
        "huggingface.co/a/b/c.ckpt",
        "huggingface.co/a/b/c.safetensors?token=T",
        "huggingface.co/.a/b/c.safetensors",
        "cdn.huggingface.co/a/c.safetensors",
        "https://cdn.huggingface.co/a/c.safetensors",
        "https://replicate.com/a/b?x=1",
        "http://huggingface.co/a/b",
        "https://huggingface.co@evil.example/a/b",
        "civitai.com/models",
        "civitai.com/models/x",
        "civitai.com/models/12",
        "https://civitai.com/api/download/models/34?type=Model&format=SafeTensor",
        "civitai.com/models/1234567890123",
        "civitai.com/models/12?modelVersionId=x",
        "civitai.com/models/12?modelVersionId=34&token=T",
        "civitai.com/api/download/models/x",
        "civitai.com/models/12/../../api",
        "https://h.example/a.tar",
        "https://h.example/a.safetensors#x",
        "https://h.example/a.bin?b=.safetensors",
        "http://h.example/a.safetensors",
        "https://h.example:8443/a.safetensors",
        "https://u:p@h.example/a.safetensors",
        "https://h.example\\@evil.example/a.safetensors",
        "https://127.0.0.1/a.safetensors",
        "https://[::1]/a.safetensors",
        "https://localhost/a.safetensors",
        "https://0x7f.1/a.safetensors",
        "https://h.example./a.safetensors",
        "https://hé.example/a.safetensors",
        "https://h.example/../a.safetensors",
        "https://h.example/a b.safetensors",
        "https://replicate.delivery.evil.example/a.tar",
        "https://a.b.replicate.delivery/a.tar",
        "https://notreplicate.delivery/a.tar",
        "https://replicate.delivery/a.tar?sig=1",
        "data:application/x-tar;base64,AAAA",
        "file:///etc/passwd.safetensors",
        "ftp://h.example/a.safetensors",
        "javascript:alert(1)//.safetensors",
        "${jndi:ldap://x}/y",
        "a/b'; drop table models; --",
    ] {
        assert_eq!(text.parse::<LoraRef>(), Err(LoraRefError), "{text:?}");
    }
}

#[test]
fn a_reference_has_at_most_2048_bytes() {
    let (start, end) = ("https://h.example/", ".safetensors");
    let of_length = |length: usize| {
        let stem = "a".repeat(length - start.len() - end.len());
        format!("{start}{stem}{end}").parse::<LoraRef>()
    };
    assert!(of_length(2_048).is_ok());
    assert_eq!(of_length(2_049), Err(LoraRefError));
}

#[test]
fn debug_masks_the_query() {
    let parsed: LoraRef = "https://h.example/a.safetensors?sig=SECRET"
        .parse()
        .unwrap();
    assert_eq!(
        format!("{parsed:?}"),
        "LoraRef(https://h.example/a.safetensors?*****)"
    );
}

proptest! {
    #[test]
    fn the_normal_form_of_a_normal_form_is_itself(
        text in r"(https://)?(huggingface\.co/|civitai\.com/|replicate\.com/|h\.example/)?[a-zA-Z0-9./?=_\-]{0,24}(\.safetensors)?",
    ) {
        if let Ok(parsed) = text.parse::<LoraRef>() {
            prop_assert_eq!(parsed.as_str().parse::<LoraRef>(), Ok(parsed.clone()));
            prop_assert!(parsed.claim_key().len() > "weights:".len());
        }
    }

    #[test]
    fn no_text_panics(text in "\\PC{0,64}") {
        let _ = text.parse::<LoraRef>();
    }
}
