//! `cargo xtask types [--check]`: the TypeScript types of everything that crosses the wire or the module's
//! boundary, generated from the Rust types into the browser module's own declarations.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use selfsame_api as api;
use selfsame_assist::{director, import, lint};
use selfsame_prompt::{compose, model, parameters, placement, schema, tokens};
use selfsame_recipe as recipe;
use selfsame_series::{comparisons, shoots, variants};
use ts_rs::{Config, TS, TypeVisitor};

use crate::error::Error;
use crate::process::Program;
use crate::setup;
use crate::workspace::Workspace;

/// What the command takes.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Write nothing; fail when the file is not what would be written.
    #[arg(long)]
    pub(crate) check: bool,
}

const FILE: &str = "crates/wasm/src/types.d.ts";
const HEADER: &str = "// Generated from the Rust types by `cargo xtask types`. Change those.\n";

/// Runs the command.
pub(crate) fn run(workspace: &Workspace, args: &Args) -> Result<(), Error> {
    let declarations = formatted(workspace, &declarations()?)?;
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

/// Formats declarations as `biome.jsonc` says for the page's own TypeScript.
fn formatted(workspace: &Workspace, declarations: &str) -> Result<String, Error> {
    setup::node::packages(workspace, "tests")?;
    let link = workspace.path("tests/node_modules/.bin/biome");
    let biome = fs::canonicalize(&link).map_err(Error::file("find", link))?;
    Program::new(biome)
        .args(["format", "--stdin-file-path=www/types.d.ts"])
        .folder(workspace.root())
        .filter(declarations)
}

fn declarations() -> Result<String, Error> {
    let mut found = Declarations {
        config: Config::new().with_large_int("number"),
        by_name: BTreeMap::new(),
        taken: BTreeSet::new(),
    };
    visit_composing(&mut found);
    visit_api(&mut found);
    if let Some(name) = found.taken.first() {
        return Err(Error::say(format!(
            "two Rust types are called {name} in TypeScript: rename one"
        )));
    }
    let mut text = String::from(HEADER);
    for declaration in found.by_name.values() {
        text.push('\n');
        text.push_str(declaration);
        text.push('\n');
    }
    Ok(text)
}

/// What the browser module takes and gives.
fn visit_composing(found: &mut Declarations) {
    found.visit::<compose::Composition>();
    found.visit::<compose::Preview>();
    found.visit::<schema::InputSchema>();
    found.visit::<schema::ParameterEffect>();
    found.visit::<director::Context>();
    found.visit::<director::PictureDraft>();
    found.visit::<director::DirectorTurn>();
    found.visit::<import::Import>();
    found.visit::<lint::Finding>();
    found.visit::<model::ModelProfile>();
    found.visit::<parameters::Parameters>();
    found.visit::<placement::Built>();
    found.visit::<placement::PromptRequest>();
    found.visit::<recipe::Recipe>();
    found.visit::<comparisons::NewComparison>();
    found.visit::<shoots::NewShoot>();
    found.visit::<shoots::ShootListing>();
    found.visit::<shoots::ShootPlan>();
    found.visit::<shoots::ShootRequest>();
    found.visit::<tokens::TokenCounts>();
    found.visit::<variants::VariantError>();
    found.visit::<variants::VariantRequest>();
    found.visit::<variants::Variants>();
    found.visit::<variants::Wildcard>();
}

/// What crosses the wire.
fn visit_api(found: &mut Declarations) {
    found.visit::<api::AccessLogPage>();
    found.visit::<api::AlbumList>();
    found.visit::<api::AllowanceAccount>();
    found.visit::<api::AllowanceState>();
    found.visit::<api::ArchiveRequest>();
    found.visit::<api::AskForLink>();
    found.visit::<api::AskForMore>();
    found.visit::<api::AuditPage>();
    found.visit::<api::BinPage>();
    found.visit::<api::ChangePictures>();
    found.visit::<api::ChangePreset>();
    found.visit::<api::NameAlbum>();
    found.visit::<api::NewPreset>();
    found.visit::<api::PresetFile>();
    found.visit::<api::PresetList>();
    found.visit::<api::BindModel>();
    found.visit::<api::BoundModel>();
    found.visit::<api::Catalogue>();
    found.visit::<api::ChangeAllowance>();
    found.visit::<api::ConfirmDeletion>();
    found.visit::<api::CreatePerson>();
    found.visit::<api::Deletion>();
    found.visit::<api::ChangeConversation>();
    found.visit::<api::ConversationPage>();
    found.visit::<api::ConversationRecord>();
    found.visit::<api::DraftConflict>();
    found.visit::<api::NewConversation>();
    found.visit::<api::NewTurn>();
    found.visit::<api::EnhancementList>();
    found.visit::<api::ErrorBody>();
    found.visit::<api::Event>();
    found.visit::<api::Numbered<api::Event>>();
    found.visit::<api::Opening>();
    found.visit::<api::GenerationPage>();
    found.visit::<api::PicturePage>();
    found.visit::<api::PictureRecord>();
    found.visit::<api::PicturesChanged>();
    found.visit::<api::GenerationRequest>();
    found.visit::<api::Health>();
    found.visit::<api::Inbox>();
    found.visit::<api::Link>();
    found.visit::<api::LinkRequests>();
    found.visit::<api::Me>();
    found.visit::<api::MintLink>();
    found.visit::<api::ModelBindings>();
    found.visit::<api::ModelList>();
    found.visit::<api::OwnEmail>();
    found.visit::<api::People>();
    found.visit::<api::PersonAccount>();
    found.visit::<api::PutEnhancement>();
    found.visit::<api::Refusal>();
    found.visit::<api::SignInList>();
    found.visit::<api::SeriesPage>();
    found.visit::<api::SeriesPlan>();
    found.visit::<api::SeriesRecord>();
    found.visit::<api::RenameSeries>();
    found.visit::<api::FrameChanges>();
    found.visit::<api::CastVote>();
    found.visit::<api::Preferences>();
    found.visit::<api::SetEmail>();
    found.visit::<api::CreateShareLink>();
    found.visit::<api::ShareLinkList>();
    found.visit::<api::SignIn>();
    found.visit::<api::TransferModel>();
    found.visit::<api::UnbindModel>();
}

/// Every type that has a declaration of its own, with its documentation.
struct Declarations {
    config: Config,
    by_name: BTreeMap<String, String>,
    /// Names that a second type has too.
    taken: BTreeSet<String>,
}

impl TypeVisitor for Declarations {
    fn visit<T: TS + 'static + ?Sized>(&mut self) {
        // Only types with a declaration have a path for it.
        if T::output_path().is_none() {
            T::visit_dependencies(self);
            return;
        }
        let name = T::ident(&self.config);
        let docs = T::docs().unwrap_or_default();
        let declaration = without_links(&format!("{docs}export {}", T::decl(&self.config)));
        if let Some(known) = self.by_name.get(&name) {
            if *known != declaration {
                self.taken.insert(name);
            }
            return;
        }
        self.by_name.insert(name, declaration);
        T::visit_dependencies(self);
    }
}

/// ``[`text`](Self::text)`` and ``[`Warning`]`` as `` `text` `` and `` `Warning` ``.
fn without_links(line: &str) -> String {
    let mut out = String::new();
    let mut rest = line;
    while let Some(start) = rest.find("[`") {
        let Some(length) = rest[start..].find("`]") else {
            break;
        };
        let end = start + length;
        out.push_str(&rest[..start]);
        out.push_str(&rest[start + 1..=end]);
        rest = &rest[end + 2..];
        if let Some(target) = rest.strip_prefix('(') {
            rest = target.split_once(')').map_or(target, |(_, after)| after);
        }
    }
    out + rest
}

#[cfg(test)]
mod tests {
    use super::without_links;

    #[test]
    fn links_to_rust_items_become_code() {
        assert_eq!(
            without_links("a [`text`](Self::text) of [`Span`]s"),
            "a `text` of `Span`s"
        );
    }
}
