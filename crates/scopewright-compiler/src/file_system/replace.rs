//! Replaces a file as one step: whoever looks sees the old contents or the new ones, whole.
#![expect(clippy::disallowed_methods, reason = "writes files for the one place of the compiler that does")]

use std::fs::{File, Metadata, OpenOptions};
use std::io::{self, ErrorKind, Write as _};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

/// How many links are followed to a file; as many as Linux follows.
const LINKS: usize = 40;
/// A file written beside another for longer than this belongs to a process that is gone.
const ABANDONED: Duration = Duration::from_secs(60 * 60);

/// The file that a path names, through symbolic links, also if it is not there yet.
///
/// # Errors
/// If a link can't be read, or they lead in a circle.
pub(super) fn target(path: &Path) -> io::Result<PathBuf> {
    let mut place = path.to_owned();
    for _ in 0..LINKS {
        match std::fs::symlink_metadata(&place) {
            Ok(metadata) if metadata.is_symlink() => {
                let link = std::fs::read_link(&place)?;
                place = place.parent().unwrap_or(Path::new("")).join(link);
            }
            Ok(_) => return Ok(place),
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(place),
            Err(error) => return Err(error),
        }
    }
    Err(io::Error::other("too many symbolic links"))
}

/// Writes a file beside `target`, makes sure that it is on the disk and gives it that name. The mode of a file that is
/// there already is kept. If anything fails, `target` is what it was, and nothing is left beside it.
///
/// # Errors
/// If a step fails, or `target` is there and is no plain file that may be written.
pub(super) fn replace(target: &Path, contents: &[u8]) -> io::Result<()> {
    replace_with(target, |file| file.write_all(contents))
}

/// What [`replace`] does, with contents that `write` writes.
fn replace_with(target: &Path, write: impl FnOnce(&mut File) -> io::Result<()>) -> io::Result<()> {
    let present = present(target)?;
    let folder = target.parent().filter(|folder| !folder.as_os_str().is_empty());
    let folder = folder.unwrap_or(Path::new("."));
    let name = target.file_name().ok_or_else(|| io::Error::other("names no file"))?.to_string_lossy();
    remove_abandoned(folder, &prefix(&name));
    let (mut file, mut beside) = create_beside(folder, &prefix(&name))?;
    write(&mut file)?;
    if let Some(present) = &present {
        keep_owner(&file, present);
        file.set_permissions(present.permissions())?;
    }
    file.sync_all()?;
    drop(file);
    std::fs::rename(&beside.path, target)?;
    beside.has_its_name = true;
    sync_folder(folder);
    Ok(())
}

/// The file that is there, if one is. A file that may not be written is not replaced either.
fn present(target: &Path) -> io::Result<Option<Metadata>> {
    let metadata = match std::fs::metadata(target) {
        Ok(metadata) => metadata,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(error),
    };
    if !metadata.is_file() {
        return Err(io::Error::new(ErrorKind::InvalidInput, "not a plain file"));
    }
    OpenOptions::new().write(true).open(target)?;
    Ok(Some(metadata))
}

/// A file that is removed unless it got its name.
struct Beside {
    path: PathBuf,
    has_its_name: bool,
}

impl Drop for Beside {
    fn drop(&mut self) {
        if !self.has_its_name {
            // What can't be removed is found by its age the next time.
            _ = std::fs::remove_file(&self.path);
        }
    }
}

/// How the names of files beside a file begin. A name may be as long as the file system takes; this one gets longer.
fn prefix(name: &str) -> String {
    let name: String = name.chars().take(40).collect();
    format!(".{name}.scopewright-")
}

/// A new file of a name that no other process and no other thread has.
fn create_beside(folder: &Path, prefix: &str) -> io::Result<(File, Beside)> {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    loop {
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let path = folder.join(format!("{prefix}{}-{number}", std::process::id()));
        match OpenOptions::new().write(true).create_new(true).open(&path) {
            Ok(file) => return Ok((file, Beside { path, has_its_name: false })),
            // Of a process that had the same number and was killed.
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
            Err(error) => return Err(error),
        }
    }
}

/// Removes what a killed process left. That it can't be is no reason not to write.
fn remove_abandoned(folder: &Path, prefix: &str) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    for entry in entries.filter_map(Result::ok) {
        let is_ours = entry.file_name().to_str().is_some_and(|name| name.starts_with(prefix));
        let age = || entry.metadata().ok()?.modified().ok()?.elapsed().ok();
        if is_ours && age().is_some_and(|age| age > ABANDONED) {
            _ = std::fs::remove_file(entry.path());
        }
    }
}

/// Gives a file the owner of another, where this process may: a run as root must not take a user's files away.
#[cfg(unix)]
fn keep_owner(file: &File, of: &Metadata) {
    use std::os::unix::fs::{MetadataExt as _, fchown};
    let is_other = |own: Metadata| (own.uid(), own.gid()) != (of.uid(), of.gid());
    if file.metadata().is_ok_and(is_other) {
        _ = fchown(file, Some(of.uid()), Some(of.gid()));
    }
}

#[cfg(not(unix))]
fn keep_owner(_: &File, _: &Metadata) {}

/// Puts the new name on the disk. Not every file system can; the file itself is there by then.
fn sync_folder(folder: &Path) {
    if let Ok(folder) = File::open(folder) {
        _ = folder.sync_all();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    fn names(folder: &Path) -> Vec<String> {
        let mut names: Vec<String> = fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    }

    #[test]
    fn a_write_that_fails_half_way_changes_nothing_and_leaves_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("api.yaml");
        fs::write(&file, "whole").unwrap();
        let error = replace_with(&file, |file| {
            file.write_all(b"ha")?;
            Err(io::Error::from(ErrorKind::StorageFull))
        })
        .unwrap_err();
        assert_eq!(error.kind(), ErrorKind::StorageFull);
        assert_eq!(fs::read_to_string(&file).unwrap(), "whole");
        assert_eq!(names(folder.path()), ["api.yaml"]);
    }

    #[cfg(unix)]
    #[test]
    fn the_mode_is_kept_and_a_link_stays_a_link() {
        use std::os::unix::fs::{PermissionsExt as _, symlink};
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("real.yaml");
        fs::write(&file, "old").unwrap();
        fs::set_permissions(&file, fs::Permissions::from_mode(0o640)).unwrap();
        let link = folder.path().join("link.yaml");
        symlink("real.yaml", &link).unwrap();
        symlink("nowhere.yaml", folder.path().join("dangling.yaml")).unwrap();
        symlink("circle.yaml", folder.path().join("circle.yaml")).unwrap();
        replace(&target(&link).unwrap(), b"new").unwrap();
        replace(&target(&folder.path().join("dangling.yaml")).unwrap(), b"made").unwrap();
        assert!(target(&folder.path().join("circle.yaml")).is_err());
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
        assert_eq!(fs::read_to_string(&file).unwrap(), "new");
        assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o640);
        assert_eq!(fs::read_to_string(folder.path().join("nowhere.yaml")).unwrap(), "made");
    }

    #[test]
    fn what_is_no_plain_file_is_not_replaced() {
        let folder = tempfile::tempdir().unwrap();
        let inside = folder.path().join("folder");
        fs::create_dir(&inside).unwrap();
        assert_eq!(replace(&inside, b"x").unwrap_err().kind(), ErrorKind::InvalidInput);
        assert_eq!(names(folder.path()), ["folder"]);
    }

    #[test]
    fn writers_at_once_never_mix() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("api.yaml");
        let contents = |letter: u8| vec![letter; 300_000];
        replace(&file, &contents(b'a')).unwrap();
        std::thread::scope(|scope| {
            for letter in [b'a', b'b', b'c'] {
                let file = &file;
                scope.spawn(move || {
                    for _ in 0..20 {
                        replace(file, &contents(letter)).unwrap();
                    }
                });
            }
            for _ in 0..60 {
                let read = fs::read(&file).unwrap();
                assert_eq!(read.len(), 300_000);
                assert!(read.windows(2).all(|pair| pair[0] == pair[1]), "two contents in one file");
            }
        });
        assert_eq!(names(folder.path()), ["api.yaml"]);
    }

    #[test]
    fn what_a_killed_process_left_is_removed_once_it_is_old() {
        let folder = tempfile::tempdir().unwrap();
        let left = |name: &str| folder.path().join(name);
        let old = File::create(left(".api.yaml.scopewright-1-0")).unwrap();
        old.set_modified(std::time::SystemTime::now() - 2 * ABANDONED).unwrap();
        File::create(left(".api.yaml.scopewright-2-0")).unwrap();
        replace(&left("api.yaml"), b"new").unwrap();
        assert_eq!(names(folder.path()), [".api.yaml.scopewright-2-0", "api.yaml"]);
    }
}
