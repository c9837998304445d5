//! Keeps the store's key and people's data out of crash dumps.

/// No core dump of this program or its children, and no other process of the same person may read its memory.
///
/// Where the system refuses, the program goes on: it is a second line behind the encrypted store.
#[cfg(unix)]
pub fn forbid_core_dumps() {
    let none = libc::rlimit { rlim_cur: 0, rlim_max: 0 };
    #[expect(unsafe_code, reason = "setrlimit and prctl have no safe form in the standard library")]
    // SAFETY: both calls take plain values and a pointer to a local that outlives them.
    unsafe {
        libc::setrlimit(libc::RLIMIT_CORE, &raw const none);
        #[cfg(target_os = "linux")]
        libc::prctl(libc::PR_SET_DUMPABLE, 0, 0, 0, 0);
    }
}

/// Windows writes no full dump of a program unless its registry asks for one.
#[cfg(not(unix))]
pub fn forbid_core_dumps() {}
