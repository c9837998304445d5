//! The committed TypeScript and reference agree with the list of commands.

use std::path::Path;

#[test]
fn committed_bindings_are_fresh() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    for (name, text) in casework::bindings::typescript() {
        let committed = std::fs::read_to_string(root.join("ui/src/bindings").join(name)).unwrap_or_default();
        assert!(committed == text, "{name} is stale: run ./x codegen");
    }
    let committed = std::fs::read_to_string(root.join("docs/commands.md")).unwrap_or_default();
    assert!(committed == casework::bindings::reference(), "docs/commands.md is stale: run ./x codegen");
}
