//! Comparisons: every cell of a grid, and what is refused.
#![expect(clippy::expect_used, reason = "a test fails by panicking")]

use std::collections::BTreeMap;

use proptest::prelude::*;
use selfsame_primitives::error::ErrorCode;
use selfsame_prompt::parameters::{InputValue, PresetId};
use selfsame_series::comparisons::{Axis, AxisParameter, NewComparison};
use selfsame_series::{Frame, MOST_FRAMES, Place, PlanError};
use serde_json::{Value, json};

const DRAWN: u32 = 77;

fn comparison(axes: &Value) -> NewComparison {
    serde_json::from_value(json!({
        "model": "mdl_00000000000000000000000001",
        "composition": {"text": "reading in a café"},
        "axes": axes,
    }))
    .expect("a request")
}

fn refused(axes: &Value) -> (ErrorCode, Option<String>) {
    let error = comparison(axes)
        .plan(DRAWN, &BTreeMap::new())
        .expect_err("a refusal");
    (error.code(), error.field())
}

fn cells(axes: &Value) -> Vec<Frame> {
    comparison(axes)
        .plan(DRAWN, &BTreeMap::new())
        .expect("a plan")
        .frames
}

#[test]
fn two_axes_make_a_grid_row_by_row() {
    let cells = cells(&json!([
        {"parameter": "preset", "values": ["classic", "likeness"]},
        {"parameter": "steps", "values": [20, 28, 50]},
    ]));
    let found = cells.iter().map(|cell| {
        let Place { row, column } = cell.place.expect("a place");
        let steps = cell.composition.overrides.steps.expect("steps");
        (row, column, cell.composition.preset, steps)
    });
    let (classic, likeness) = (PresetId::Classic, PresetId::Likeness);
    assert!(found.eq([
        (0, 0, classic, 20),
        (0, 1, likeness, 20),
        (1, 0, classic, 28),
        (1, 1, likeness, 28),
        (2, 0, classic, 50),
        (2, 1, likeness, 50),
    ]));
    assert_eq!(cells[4].title, "classic, 50");
}

#[test]
fn every_parameter_sets_its_own_value() {
    let other = "mdl_00000000000000000000000002";
    for (parameter, values, field) in [
        ("preset", json!(["classic", "natural"]), "/preset"),
        ("guidance", json!([2, 3.5]), "/overrides/guidance"),
        ("steps", json!([28, 50]), "/overrides/steps"),
        ("lora_scale", json!([-0.5, 1]), "/overrides/lora_scale"),
        ("placement", json!(["beginning", "natural"]), "/placement"),
        ("quality", json!(["lean", "reference"]), "/quality"),
        ("seed", json!([1, 4_294_967_295_u32]), "/overrides/seed"),
        (
            "enhancement",
            json!(["face-realism", "details"]),
            "/enhancements/0/id",
        ),
    ] {
        let cells = cells(&json!([{"parameter": parameter, "values": values}]));
        let set = cells.iter().map(|cell| {
            let composition = serde_json::to_value(&cell.composition).expect("JSON");
            composition.pointer(field).cloned().expect("a value")
        });
        let expected = values.as_array().expect("a list").iter().cloned();
        assert!(set.eq(expected), "{parameter}");
    }
    let cells = cells(
        &json!([{"parameter": "model", "values": [other, "mdl_00000000000000000000000001"]}]),
    );
    assert_eq!(cells[0].model.as_str(), other);
    let listed = AxisParameter::ALL.len();
    assert_eq!(listed, 10, "a new parameter is missing in this test");
}

#[test]
fn a_scale_belongs_to_the_enhancement_of_its_cell() {
    let scales = json!({"parameter": "enhancement_scale", "values": [0.5, 1]});
    let enhancements = json!({"parameter": "enhancement", "values": ["none", "details"]});
    for axes in [json!([scales, enhancements]), json!([enhancements, scales])] {
        let mut found: Vec<_> = cells(&axes)
            .into_iter()
            .map(|cell| {
                let choice = cell.composition.enhancements.into_iter().next();
                choice.map(|choice| {
                    (
                        choice.id.to_string(),
                        choice.scale.map(|scale| scale * 10.0),
                    )
                })
            })
            .collect();
        found.sort_by(|one, other| one.partial_cmp(other).expect("numbers"));
        let details = |scale| Some(("details".to_owned(), Some(scale)));
        assert_eq!(found, [None, None, details(5.0), details(10.0)], "{axes}");
    }
}

#[test]
fn all_cells_have_one_seed_unless_an_axis_varies_it() {
    let axes = json!([{"parameter": "steps", "values": [20, 28]}]);
    let seeds = |request: &NewComparison| {
        let plan = request.plan(DRAWN, &BTreeMap::new()).expect("a plan");
        let mut seeds: Vec<_> = plan
            .frames
            .iter()
            .map(|cell| cell.composition.overrides.seed)
            .collect();
        seeds.dedup();
        seeds
    };
    let mut request = comparison(&axes);
    assert_eq!(seeds(&request), [Some(u64::from(DRAWN))]);
    request.composition.overrides.seed = Some(5);
    assert_eq!(seeds(&request), [Some(5)]);
    request.seed = Some(6);
    assert_eq!(seeds(&request), [Some(6)]);
    request.axes =
        serde_json::from_value(json!([{"parameter": "seed", "values": [1, 2]}])).expect("axes");
    assert_eq!(seeds(&request), [Some(1), Some(2)]);
}

#[test]
fn axes_that_make_no_grid_are_refused_with_their_field() {
    let steps = |values: Value| json!({"parameter": "steps", "values": values});
    let many: Vec<u32> = (1..=65).collect();
    let eight: Vec<u32> = (1..=8).collect();
    let nine: Vec<u32> = (1..=9).collect();
    let (range, invalid) = (ErrorCode::OutOfRange, ErrorCode::InvalidValue);
    for (axes, code, field) in [
        (json!([]), range, "axes"),
        (
            json!([
                steps(json!([1, 2])),
                steps(json!([1, 2])),
                steps(json!([1, 2]))
            ]),
            range,
            "axes",
        ),
        (
            json!([steps(json!([1, 2])), steps(json!([3, 4]))]),
            invalid,
            "axes[1].parameter",
        ),
        (json!([steps(json!([1]))]), range, "axes[0].values"),
        (json!([steps(json!(many))]), range, "axes"),
        (
            json!([steps(json!(nine)), {"parameter": "seed", "values": eight}]),
            range,
            "axes",
        ),
        (
            json!([steps(json!([1, 2, 1]))]),
            invalid,
            "axes[0].values[2]",
        ),
        (
            json!([steps(json!([1, 2.5]))]),
            invalid,
            "axes[0].values[1]",
        ),
        (
            json!([steps(json!([1, 2])), {"parameter": "preset", "values": ["classic", "loud"]}]),
            invalid,
            "axes[1].values[1]",
        ),
        (
            json!([{"parameter": "model", "values": ["a/b", "c/d"]}]),
            invalid,
            "axes[0].values[0]",
        ),
        (
            json!([{"parameter": "guidance", "values": [true, 1]}]),
            invalid,
            "axes[0].values[0]",
        ),
    ] {
        assert_eq!(refused(&axes), (code, Some(field.to_owned())), "{axes}");
    }
}

#[test]
fn a_comparison_without_a_title_is_named_by_its_axes() {
    let axes = json!([
        {"parameter": "preset", "values": ["classic", "likeness"]},
        {"parameter": "lora_scale", "values": [0.5, 1]},
    ]);
    let mut request = comparison(&axes);
    let title = request.plan(DRAWN, &BTreeMap::new()).expect("a plan").title;
    assert_eq!(title, "Preset: classic, likeness; LoRA scale: 0.5, 1");
    request.title = Some("Which one?".to_owned());
    assert_eq!(
        request.plan(DRAWN, &BTreeMap::new()).expect("a plan").title,
        "Which one?"
    );
    request.title = Some(String::new());
    assert_eq!(request.plan(DRAWN, &BTreeMap::new()), Err(PlanError::Title));
}

#[test]
fn a_comparison_of_models_is_titled_with_their_labels() {
    let [ada, grace] = [
        "mdl_00000000000000000000000001",
        "mdl_00000000000000000000000002",
    ];
    let request = comparison(&json!([{"parameter": "model", "values": [ada, grace]}]));
    let labels = BTreeMap::from([(ada.parse().expect("an id"), "Ada".to_owned())]);
    let plan = request.plan(DRAWN, &labels).expect("a plan");
    assert_eq!(plan.title, format!("Model: Ada, {grace}"));
    let titles = plan.frames.iter().map(|frame| frame.title.as_str());
    assert!(titles.eq(["Ada", grace]));
}

fn axis(parameter: AxisParameter, values: std::ops::Range<i64>) -> Axis {
    Axis {
        parameter,
        values: values.map(InputValue::Integer).collect(),
    }
}

proptest! {
    #[test]
    fn every_pair_of_values_is_one_cell_or_the_grid_is_refused(columns in 0..70_i64, rows in 0..70_i64) {
        let mut request = comparison(&json!([]));
        request.axes = vec![
            axis(AxisParameter::Steps, 1..columns + 1),
            axis(AxisParameter::Seed, 1..rows + 1),
        ];
        let count = usize::try_from(columns * rows).expect("small");
        match request.plan(DRAWN, &BTreeMap::new()) {
            Err(error) => {
                prop_assert!(columns < 2 || rows < 2 || count > MOST_FRAMES, "{}", error);
            }
            Ok(plan) => {
                prop_assert_eq!(plan.frames.len(), count);
                let mut seen = std::collections::BTreeSet::new();
                for cell in &plan.frames {
                    let overrides = &cell.composition.overrides;
                    let place = cell.place.expect("a place");
                    prop_assert_eq!(overrides.steps, Some(place.column + 1));
                    prop_assert_eq!(overrides.seed, Some(u64::from(place.row) + 1));
                    prop_assert_eq!(cell.differs.len(), 2);
                    seen.insert((place.row, place.column));
                }
                prop_assert_eq!(seen.len(), count);
            }
        }
    }

    #[test]
    fn any_axes_are_planned_or_refused(
        axes in prop::collection::vec(
            (0..AxisParameter::ALL.len(), prop::collection::vec(value(), 0..5)),
            0..4,
        ),
    ) {
        let mut request = comparison(&json!([]));
        request.axes = axes
            .into_iter()
            .map(|(parameter, values)| Axis { parameter: AxisParameter::ALL[parameter], values })
            .collect();
        if let Err(error) = request.plan(DRAWN, &BTreeMap::new()) {
            prop_assert!(error.field().is_some_and(|field| field.starts_with("axes")));
            prop_assert!(!error.to_string().is_empty());
        }
    }
}

fn value() -> impl Strategy<Value = InputValue> {
    prop_oneof![
        any::<bool>().prop_map(InputValue::Bool),
        any::<i64>().prop_map(InputValue::Integer),
        any::<f64>().prop_map(InputValue::number),
        "[a-z_]{0,12}".prop_map(InputValue::Text),
        Just(InputValue::text("classic")),
    ]
}
