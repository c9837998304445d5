//! The TypeScript bindings are those of the present list of commands.

use super::Findings;

/// Stands with the list of commands.
pub fn check(_findings: &mut Findings) {}
