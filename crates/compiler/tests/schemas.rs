//! The JSON Schemas that editors read are those of this compiler.

use std::path::Path;

/// With `UPDATE=1` the files are written instead of compared.
#[test]
fn the_schemas_in_the_rules_directory_are_up_to_date() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../rules/schema");
    let update = std::env::var("UPDATE").is_ok_and(|value| value == "1");
    for (name, schema) in footlight_compiler::schemas() {
        let path = folder.join(name);
        if update {
            std::fs::create_dir_all(&folder).unwrap();
            std::fs::write(&path, &schema).unwrap();
        }
        let written = std::fs::read_to_string(&path).unwrap_or_default();
        assert!(written == schema, "{name} is out of date: run the test again with UPDATE=1");
    }
}
