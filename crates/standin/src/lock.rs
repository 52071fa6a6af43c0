//! Locking that survives a panic elsewhere: the data behind these mutexes is valid after every statement.

use std::sync::{Mutex, MutexGuard, PoisonError};

/// Locks, and goes on after another holder panicked.
pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
