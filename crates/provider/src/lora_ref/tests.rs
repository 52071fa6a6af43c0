use proptest::prelude::*;

use super::*;

#[test]
fn every_spelling_has_one_normal_form_and_one_claim() {
    let version = "ab".repeat(32);
    let with_version = format!("Ada/face/{version}");
    let hosted = format!("https://replicate.com/Ada/face/versions/{version}");
    let hf = "huggingface.co/Ada/Face/face.safetensors";
    let hf_key = "weights:huggingface.co/ada/face/face.safetensors";
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
            "civitai.com/models/12",
            "https://civitai.com/models/12",
            "weights:civitai.com/models/12",
        ),
        (
            "https://civitai.com/models/12/a-face?modelVersionId=34",
            "https://civitai.com/models/12?modelVersionId=34",
            "weights:civitai.com/models/12",
        ),
        (
            "https://civitai.com/api/download/models/34?type=Model&format=SafeTensor",
            "https://civitai.com/api/download/models/34?type=Model&format=SafeTensor",
            "weights:civitai.com/api/download/models/34",
        ),
        (
            "https://replicate.delivery/xezq/Abc/trained_model.tar",
            "https://replicate.delivery/xezq/Abc/trained_model.tar",
            "weights:https://replicate.delivery/xezq/abc/trained_model.tar",
        ),
        (
            "https://files.example/ada.safetensors?sig=S%2F1",
            "https://files.example/ada.safetensors?sig=S%2F1",
            "weights:https://files.example/ada.safetensors",
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
        assert_eq!(
            parsed.replicate_model().is_some(),
            claim.starts_with("replicate:")
        );
    }
}

#[test]
fn hostile_and_half_references_are_refused() {
    let version = "ab".repeat(32);
    let long = format!("https://h.example/{}.safetensors", "a".repeat(LONGEST));
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
        "huggingface.co/a/b/c",
        "huggingface.co/a/b/../c.safetensors",
        "https://huggingface.co/a/b/resolve/v2/c.safetensors",
        "https://huggingface.co/a/b/resolve/main/sub/c.safetensors",
        "huggingface.co/a/b/c.ckpt",
        "http://huggingface.co/a/b",
        "https://huggingface.co@evil.example/a/b",
        "civitai.com/models",
        "civitai.com/models/x",
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
        "data:application/x-tar;base64,AAAA",
        "file:///etc/passwd.safetensors",
        "ftp://h.example/a.safetensors",
        "javascript:alert(1)//.safetensors",
        "${jndi:ldap://x}/y",
        "a/b'; drop table models; --",
        &long,
    ] {
        assert_eq!(text.parse::<LoraRef>(), Err(LoraRefError), "{text:?}");
    }
}

#[test]
fn debug_hides_a_signature() {
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
    fn no_text_panics_and_the_normal_form_is_stable(
        text in r"(https://)?(huggingface\.co/|civitai\.com/|replicate\.com/|h\.example/)?[a-zA-Z0-9./?=_\-]{0,24}(\.safetensors)?",
    ) {
        if let Ok(parsed) = text.parse::<LoraRef>() {
            prop_assert_eq!(parsed.as_str().parse::<LoraRef>(), Ok(parsed.clone()));
            prop_assert!(parsed.claim_key().len() > "weights:".len());
        }
    }

    #[test]
    fn no_bytes_panic(text in "\\PC{0,64}") {
        let _ = text.parse::<LoraRef>();
    }
}
