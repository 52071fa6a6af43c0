//! `data/shoots.toml`: the photoshoots.

use selfsame_tables::{Fault, check_texts, option, slice, text, texts};
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Shoots {
    shoot: Vec<Shoot>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Shoot {
    id: String,
    version: u32,
    title: String,
    aspect_ratio: AspectRatio,
    preset: Preset,
    looks: Vec<Look>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Look {
    title: String,
    wardrobe: Vec<String>,
    setting: String,
    lighting: String,
    camera: String,
    film: String,
    mood: String,
    shots: Vec<Shot>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Shot {
    title: String,
    pose: String,
    setting: Option<String>,
    framing: String,
    expression: Option<String>,
    #[serde(default)]
    props: Vec<String>,
    aspect_ratio: Option<AspectRatio>,
}

/// The variants of the prompt crate's `AspectRatio` that photoshoots use, by the same names.
#[derive(Debug, Clone, Copy, Deserialize)]
enum AspectRatio {
    #[serde(rename = "1:1")]
    Square,
    #[serde(rename = "2:3")]
    Portrait2x3,
    #[serde(rename = "3:4")]
    Portrait3x4,
    #[serde(rename = "4:5")]
    Portrait4x5,
    #[serde(rename = "3:2")]
    Landscape3x2,
}

/// The variants of the prompt crate's `PresetId` that photoshoots use, by the same names.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Preset {
    Likeness,
    Natural,
    Classic,
}

/// `SHOOTS: &[Shoot]`, in the order of the file.
pub(crate) fn shoots(data: &Shoots) -> Result<String, Fault> {
    let ids: Vec<String> = data.shoot.iter().map(|shoot| shoot.id.clone()).collect();
    check_texts("shoot.id", &ids)?;
    let mut rows = Vec::new();
    for (index, shoot) in data.shoot.iter().enumerate() {
        rows.push(shoot.source(&format!("shoot[{index}]"))?);
    }
    Ok(format!("static SHOOTS: &[Shoot] = {};", slice(rows)))
}

impl Shoot {
    fn source(&self, key: &str) -> Result<String, Fault> {
        if self.version == 0 {
            return Err(Fault::new(
                format!("{key}.version"),
                "versions count from 1",
            ));
        }
        let titles: Vec<String> = self
            .looks
            .iter()
            .flat_map(|look| &look.shots)
            .map(|shot| shot.title.clone())
            .collect();
        check_texts(&format!("{key}.looks.shots.title"), &titles)?;
        let mut looks = Vec::new();
        for (index, look) in self.looks.iter().enumerate() {
            looks.push(look.source(&format!("{key}.looks[{index}]"))?);
        }
        Ok(format!(
            "Shoot {{ id: {}, version: {}, title: {}, aspect_ratio: AspectRatio::{:?}, preset: PresetId::{:?}, looks: {} }}",
            text(&self.id),
            self.version,
            text(&self.title),
            self.aspect_ratio,
            self.preset,
            slice(looks)
        ))
    }
}

impl Look {
    fn source(&self, key: &str) -> Result<String, Fault> {
        let Self {
            title,
            wardrobe,
            setting,
            lighting,
            camera,
            film,
            mood,
            shots,
        } = self;
        check_texts(&format!("{key}.wardrobe"), wardrobe)?;
        for (name, phrase) in [
            ("title", title),
            ("setting", setting),
            ("lighting", lighting),
            ("camera", camera),
            ("film", film),
            ("mood", mood),
        ] {
            check_text(&format!("{key}.{name}"), phrase)?;
        }
        let mut rows = Vec::new();
        for (index, shot) in shots.iter().enumerate() {
            rows.push(shot.source(&format!("{key}.shots[{index}]"))?);
        }
        Ok(format!(
            "Look {{ title: {}, wardrobe: {}, setting: {}, lighting: {}, camera: {}, film: {}, mood: {}, shots: {} }}",
            text(title),
            texts(wardrobe),
            text(setting),
            text(lighting),
            text(camera),
            text(film),
            text(mood),
            slice(rows)
        ))
    }
}

impl Shot {
    fn source(&self, key: &str) -> Result<String, Fault> {
        let Self {
            title,
            pose,
            setting,
            framing,
            expression,
            props,
            aspect_ratio,
        } = self;
        let required = [("title", title), ("pose", pose), ("framing", framing)]
            .map(|(name, phrase)| (name, Some(phrase)));
        let optional = [
            ("setting", setting.as_ref()),
            ("expression", expression.as_ref()),
        ];
        for (name, phrase) in required.into_iter().chain(optional) {
            if let Some(phrase) = phrase {
                check_text(&format!("{key}.{name}"), phrase)?;
            }
        }
        Ok(format!(
            "Shot {{ title: {}, pose: {}, setting: {}, framing: {}, expression: {}, props: {}, aspect_ratio: {} }}",
            text(title),
            text(pose),
            option(setting.as_deref().map(text)),
            text(framing),
            option(expression.as_deref().map(text)),
            texts(props),
            option(aspect_ratio.map(|ratio| format!("AspectRatio::{ratio:?}")))
        ))
    }
}

fn check_text(key: &str, phrase: &str) -> Result<(), Fault> {
    if phrase.is_empty() || phrase.trim() != phrase {
        return Err(Fault::new(
            key,
            format!("empty, or white space at an end: {phrase:?}"),
        ));
    }
    Ok(())
}
