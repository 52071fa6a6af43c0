//! `cargo xtask size`: the gzipped size of what browsers and Cloudflare load, against budgets.

use std::fs;
use std::path::{Path, PathBuf};

use crate::error::Error;
use crate::process::Program;
use crate::workspace::Workspace;

/// A limit on the sum of some files' sizes.
struct Budget {
    what: &'static str,
    kilobytes: u64,
    files: fn(&Workspace) -> Result<Vec<PathBuf>, Error>,
}

const BUDGETS: &[Budget] = &[
    Budget {
        what: "preview module (wasm and glue)",
        kilobytes: 90,
        files: |workspace| {
            Ok(vec![
                workspace.path("www/pkg/selfsame_preview_bg.wasm"),
                workspace.path("www/pkg/selfsame_preview.js"),
            ])
        },
    },
    // About a quarter of it is data: the words of the director, the lint and the photoshoots, the rules about content,
    // and the look-alike characters. The rest is code in some 5,000 small functions; none has more than 2 % of it.
    Budget {
        what: "browser module (wasm and glue)",
        kilobytes: 280,
        files: |workspace| {
            Ok(vec![
                workspace.path("www/pkg/selfsame_wasm_bg.wasm"),
                workspace.path("www/pkg/selfsame_wasm.js"),
            ])
        },
    },
    Budget {
        what: "first-load JavaScript",
        kilobytes: 60,
        files: first_load,
    },
    Budget {
        what: "page, all files but vocabularies",
        kilobytes: 460,
        files: |workspace| {
            let mut files = files_below(&workspace.path("www/dist"))?;
            files.retain(|file| !is_vocabulary(file));
            Ok(files)
        },
    },
    Budget {
        what: "vocabularies, loaded later",
        kilobytes: 340,
        files: |workspace| {
            let mut files = files_below(&workspace.path("www/dist"))?;
            files.retain(|file| is_vocabulary(file));
            Ok(files)
        },
    },
    // Cloudflare takes 3,072 KB of a Worker without a plan. About 300 KB are decoders and scaling for thumbnails and for the
    // check of a LoRA.
    Budget {
        what: "Worker (script and wasm)",
        kilobytes: 1_750,
        files: |workspace| {
            let files = files_below(&workspace.path("crates/worker/build"))?;
            Ok(with_ending(files, &["js", "mjs", "wasm"]))
        },
    },
];

/// Prints every size against its budget; an error when one is exceeded.
pub(crate) fn run(workspace: &Workspace) -> Result<(), Error> {
    let mut over = Vec::new();
    for budget in BUDGETS {
        let mut bytes = 0;
        for file in (budget.files)(workspace)? {
            bytes += gzipped(&file)?;
        }
        let fits = bytes <= budget.kilobytes * 1024;
        println!(
            "{:<32} {:>8} of {:>5} KB gzipped{}",
            budget.what,
            kilobytes(bytes),
            budget.kilobytes,
            if fits { "" } else { "  OVER BUDGET" }
        );
        if !fits {
            over.push(budget.what);
        }
    }
    if over.is_empty() {
        Ok(())
    } else {
        Err(Error::say(format!("over budget: {}", over.join(", "))))
    }
}

/// The number of budgets.
pub(crate) const COUNT: u64 = BUDGETS.len() as u64;

fn kilobytes(bytes: u64) -> String {
    format!("{}.{}", bytes / 1024, bytes % 1024 * 10 / 1024)
}

/// The page's build has already gzipped these; measuring them gzipped again adds a few bytes.
fn is_vocabulary(file: &Path) -> bool {
    file.extension().is_some_and(|ending| ending == "vocab")
}

/// The scripts in `index.html` and their static imports, in the form that esbuild writes.
fn first_load(workspace: &Workspace) -> Result<Vec<PathBuf>, Error> {
    let dist = workspace.path("www/dist");
    let mut queue = quoted_scripts(&workspace.read("www/dist/index.html")?, &dist);
    let mut found: Vec<PathBuf> = Vec::new();
    while let Some(file) = queue.pop() {
        if found.contains(&file) || !file.is_file() {
            continue;
        }
        let text = fs::read_to_string(&file).map_err(Error::file("read", &file))?;
        queue.extend(static_imports(&text, file.parent().unwrap_or(&dist)));
        found.push(file);
    }
    if found.is_empty() {
        return Err(Error::say("www/dist/index.html names no script of its own"));
    }
    Ok(found)
}

fn quoted_scripts(html: &str, dist: &Path) -> Vec<PathBuf> {
    html.split(['"', '\''])
        .filter(|text| is_script(text))
        .map(|text| dist.join(text.trim_start_matches(['.', '/'])))
        .collect()
}

fn is_script(name: &str) -> bool {
    Path::new(name)
        .extension()
        .is_some_and(|ending| ending == "js")
}

/// Paths of the static imports: `from"./x.js"` and `import"./x.js"` in minified output. Dynamic ones, `import("./x.js")`,
/// do not match.
fn static_imports(script: &str, folder: &Path) -> Vec<PathBuf> {
    ["from\"./", "import\"./", "from \"./", "import \"./"]
        .iter()
        .flat_map(|start| script.split(start).skip(1))
        .filter_map(|rest| rest.split('"').next())
        .filter(|name| is_script(name))
        .map(|name| folder.join(name))
        .collect()
}

fn files_below(folder: &Path) -> Result<Vec<PathBuf>, Error> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).map_err(Error::file("list", folder))? {
        let path = entry.map_err(Error::file("list", folder))?.path();
        if path.is_dir() {
            files.extend(files_below(&path)?);
        } else {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}

fn with_ending(files: Vec<PathBuf>, endings: &[&str]) -> Vec<PathBuf> {
    files
        .into_iter()
        .filter(|file| {
            file.extension()
                .is_some_and(|found| endings.iter().any(|ending| found == *ending))
        })
        .collect()
}

/// The size after Node's zlib at its highest level.
fn gzipped(file: &Path) -> Result<u64, Error> {
    let count = "console.log(require('zlib').gzipSync(require('fs').readFileSync(process.argv[1]),{level:9}).length)";
    let text = Program::new("node")
        .args(["-e", count])
        .arg(file)
        .output()?;
    text.trim().parse().map_err(|_| {
        Error::say(format!(
            "cannot measure {}: node printed {text:?}",
            file.display()
        ))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dynamic_imports_are_not_first_load() {
        let script =
            r#"import{a}from"./chunk-A.js";import"./side.js";const w=()=>import("./lazy.js");"#;
        let names: Vec<_> = static_imports(script, Path::new("d"));
        assert_eq!(names, [Path::new("d/chunk-A.js"), Path::new("d/side.js")]);
    }

    #[test]
    fn sizes_are_shown_in_kilobytes() {
        assert_eq!(kilobytes(1536), "1.5");
        assert_eq!(kilobytes(1023), "0.9");
    }
}
