//! `cargo xtask types [--check]`: the TypeScript types of everything that crosses the wire or the module's
//! boundary, generated from the Rust types into the browser module's own declarations.

mod layout;

use std::collections::BTreeMap;

use selfsame_core::{
    compose, dialect, director, import, lint, model, params, prompt, recipe, shoots, tokens,
    variants, wire,
};
use ts_rs::{Config, TS, TypeVisitor};

use crate::error::Error;
use crate::workspace::Workspace;

/// What the command takes.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Write nothing; fail when the file is not what would be written.
    #[arg(long)]
    pub check: bool,
}

const FILE: &str = "crates/wasm/src/types.d.ts";
const HEADER: &str = "// Generated from the Rust types by `cargo xtask types`. Change those.\n";

/// Runs the command.
pub fn run(workspace: &Workspace, args: &Args) -> Result<(), Error> {
    let declarations = declarations();
    if !args.check {
        return workspace.write(FILE, declarations);
    }
    if workspace.read(FILE)? == declarations {
        Ok(())
    } else {
        Err(Error::say(format!(
            "{FILE} is not what the Rust types say: run `cargo xtask types` and commit it"
        )))
    }
}

fn declarations() -> String {
    let mut found = Declarations {
        config: Config::new().with_large_int("number"),
        by_name: BTreeMap::new(),
    };
    found.visit::<compose::Composition>();
    found.visit::<compose::Preview>();
    found.visit::<dialect::Dialect>();
    found.visit::<dialect::Effect>();
    found.visit::<director::Context>();
    found.visit::<director::Draft>();
    found.visit::<director::Turn>();
    found.visit::<import::Import>();
    found.visit::<lint::Finding>();
    found.visit::<model::ModelProfile>();
    found.visit::<params::Parameters>();
    found.visit::<prompt::Built>();
    found.visit::<prompt::PromptRequest>();
    found.visit::<recipe::Recipe>();
    found.visit::<shoots::ShootListing>();
    found.visit::<shoots::ShootPlan>();
    found.visit::<shoots::ShootRequest>();
    found.visit::<tokens::TokenCounts>();
    found.visit::<variants::VariantError>();
    found.visit::<variants::VariantRequest>();
    found.visit::<variants::Variants>();
    found.visit::<variants::Wildcard>();
    found.visit::<wire::BindModel>();
    found.visit::<wire::BoundModel>();
    found.visit::<wire::CreatePerson>();
    found.visit::<wire::ErrorBody>();
    found.visit::<wire::Event>();
    found.visit::<wire::GenerationPage>();
    found.visit::<wire::GenerationRequest>();
    found.visit::<wire::Health>();
    found.visit::<wire::Link>();
    found.visit::<wire::Me>();
    found.visit::<wire::MintLink>();
    found.visit::<wire::ModelList>();
    found.visit::<wire::People>();
    found.visit::<wire::Refusal>();
    found.visit::<wire::SignIn>();
    let mut text = String::from(HEADER);
    for declaration in found.by_name.values() {
        text.push('\n');
        text.push_str(&layout::laid_out(declaration));
    }
    text
}

/// Every type that has a declaration of its own, with its documentation.
struct Declarations {
    config: Config,
    by_name: BTreeMap<String, String>,
}

impl TypeVisitor for Declarations {
    fn visit<T: TS + 'static + ?Sized>(&mut self) {
        // Only types with a declaration have a path for it.
        if T::output_path().is_none() {
            T::visit_dependencies(self);
            return;
        }
        let name = T::ident(&self.config);
        if self.by_name.contains_key(&name) {
            return;
        }
        let docs = T::docs().unwrap_or_default();
        let declaration = format!("{docs}export {}", T::decl(&self.config));
        self.by_name.insert(name, declaration);
        T::visit_dependencies(self);
    }
}
