//! Errors of input schemas and LoRA references.

/// A model version cannot be served because of its schema. Displays as a sentence for the operator who binds it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SchemaError {
    /// The document does not have the shape of an OpenAPI document or schema; the text says where.
    #[error("The model's schema cannot be read: {0}.")]
    Unreadable(String),
    /// The document has no `components.schemas.Input`.
    #[error("The model's schema has no Input.")]
    NoInput,
    /// The `Input` schema is not an object with properties.
    #[error("The model's Input schema does not describe an object with inputs.")]
    NotAnObject,
    /// An input is missing without which no picture can be made or replayed.
    #[error("The model has no input called \"{0}\".")]
    MissingInput(&'static str),
    /// Neither `lora_weights` nor `replicate_weights`: this is a base model.
    #[error(
        "The model takes no LoRA: it is a base model, and its pictures would look like nobody. Bind a model that was trained on the person."
    )]
    BaseModel,
    /// Both `lora_weights` and `replicate_weights`: it is unclear which holds the person.
    #[error(
        "The model has both \"lora_weights\" and \"replicate_weights\", so it is not certain which LoRA it would use."
    )]
    AmbiguousLora,
    /// The version has a choice of base models without FLUX.1 dev.
    #[error("The model cannot run FLUX.1 dev, for which personal LoRAs are trained.")]
    WrongBase,
    /// The version requires an input for which the product has no value.
    #[error("The model requires an input called \"{0}\", which the studio cannot fill.")]
    RequiredInput(String),
    /// An input has another type than its parameter.
    #[error("The model's input \"{0}\" has the wrong type.")]
    WrongType(&'static str),
    /// An input's range is empty, or has no value in common with the product's.
    #[error("The model's input \"{0}\" has no usable range of values.")]
    EmptyRange(&'static str),
    /// An input's schema refers to a missing schema, or to itself.
    #[error(
        "The schema of the model's input \"{0}\" refers to a schema that is missing, or to itself."
    )]
    UnresolvedReference(&'static str),
}

/// A model's LoRA reference does not match its version.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum WeightsError {
    /// The version carries no LoRA, and none is named.
    #[error(
        "This model needs a reference to the person's own LoRA, and has none: the studio's operator can add it."
    )]
    Missing,
    /// The version carries the person's LoRA, and another is named.
    #[error(
        "This model carries the person's own LoRA and takes no other: the studio's operator can remove it."
    )]
    NotTaken,
}
