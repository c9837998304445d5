//! What a person chooses for this machine: language, theme, density.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Choices kept in the folder, readable before sign-in: they say nothing of anybody.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct Settings {
    /// `vi` or `en`.
    pub language: String,
    /// `system`, `light` or `dark`.
    pub theme: String,
    /// `compact`, `standard` or `roomy`.
    pub density: String,
    /// Single-letter keys act when no field has focus.
    pub letter_keys: bool,
    /// The rail shows icons only.
    pub rail_collapsed: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            language: "vi".into(),
            theme: "system".into(),
            density: "standard".into(),
            letter_keys: true,
            rail_collapsed: false,
        }
    }
}

/// What the commune has decided for all its machines.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct CommuneSettings {
    /// `first` or `last`: which day computations take where only month or year of birth is known.
    pub assumed_birth: String,
}
