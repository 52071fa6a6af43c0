//! Hashes of a step's inputs, stored with its outputs to detect changes.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use crate::error::Error;

/// A SHA-256 of files' names and contents.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Fingerprint(String);

impl Fingerprint {
    /// Hashes these files, in this order.
    pub(crate) fn of_files<P: AsRef<Path>>(
        files: impl IntoIterator<Item = P>,
    ) -> Result<Self, Error> {
        let mut hash = Sha256::new();
        for file in files {
            let file = file.as_ref();
            let bytes = fs::read(file).map_err(Error::file("read", file))?;
            hash.update(file.as_os_str().as_encoded_bytes());
            hash.update([0]);
            hash.update(bytes.len().to_le_bytes());
            hash.update(bytes);
        }
        Ok(Self(hex(&hash.finalize())))
    }

    /// Hashes these files and everything in these folders, except names that match `skip`. Missing roots are ignored.
    pub(crate) fn of_trees<P: AsRef<Path>>(
        roots: impl IntoIterator<Item = P>,
        skip: fn(&str) -> bool,
    ) -> Result<Self, Error> {
        let mut files = BTreeSet::new();
        for root in roots {
            collect(root.as_ref(), skip, &mut files)?;
        }
        Self::of_files(files)
    }

    /// Whether the file `stamp` holds this fingerprint.
    pub(crate) fn is_stamped(&self, stamp: &Path) -> bool {
        fs::read_to_string(stamp).is_ok_and(|text| text == self.0)
    }

    /// Writes the fingerprint to the file `stamp`.
    pub(crate) fn stamp(&self, stamp: &Path) -> Result<(), Error> {
        if let Some(folder) = stamp.parent() {
            fs::create_dir_all(folder).map_err(Error::file("create", folder))?;
        }
        fs::write(stamp, &self.0).map_err(Error::file("write", stamp))
    }
}

/// Lower-case hexadecimal digits of `bytes`.
pub(crate) fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write;

    bytes
        .iter()
        .fold(String::with_capacity(2 * bytes.len()), |mut text, byte| {
            // Writing to a string cannot fail.
            let _ = write!(text, "{byte:02x}");
            text
        })
}

fn collect(
    path: &Path,
    skip: fn(&str) -> bool,
    files: &mut BTreeSet<PathBuf>,
) -> Result<(), Error> {
    if path.is_file() {
        files.insert(path.to_owned());
    }
    if !path.is_dir() {
        return Ok(());
    }
    for entry in fs::read_dir(path).map_err(Error::file("list", path))? {
        let entry = entry.map_err(Error::file("list", path))?;
        if !skip(&entry.file_name().to_string_lossy()) {
            collect(&entry.path(), skip, files)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contents_names_and_new_files_change_it() {
        let folder = std::env::temp_dir().join(format!("selfsame-print-{}", std::process::id()));
        fs::create_dir_all(folder.join("skipped")).expect("a folder");
        let print =
            || Fingerprint::of_trees([&folder], |name| name == "skipped").expect("readable");
        fs::write(folder.join("a"), "1").expect("written");
        let first = print();
        fs::write(folder.join("a"), "2").expect("written");
        let second = print();
        fs::write(folder.join("b"), "").expect("written");
        let third = print();
        fs::write(folder.join("skipped/c"), "").expect("written");
        assert_ne!(first, second);
        assert_ne!(second, third);
        assert_eq!(third, print());
        third.stamp(&folder.join("skipped/stamp")).expect("written");
        assert!(third.is_stamped(&folder.join("skipped/stamp")));
        assert!(!first.is_stamped(&folder.join("skipped/stamp")));
        fs::remove_dir_all(folder).expect("removed");
    }
}
