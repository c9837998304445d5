//! Every command that a person needs: `run`, `test`, `bench`, `codegen`, `tidy`, `dist`.
//!
//! It compiles first on a bare machine, so it stands on the standard library and `serde_json` alone.
//! It asks nothing: what is missing is installed where that is allowed, and named where it is not.

mod bench;
mod codegen;
mod dist;
mod packages;
mod progress;
mod run;
mod screen;
mod test;
mod tidy;
mod tree;
mod ui;

use progress::Failure;

const USAGE: &str = "\
./x run [--browser]   build, make the sample commune, start a local province and open the program
./x test [--only X]   everything that CI runs (X: rust, ui, browser, window)
./x bench             measures, each beside its reference
./x codegen [--check] TypeScript bindings and docs/commands.md from the list of commands
./x tidy [--freeze]   rules of the house that a machine can check
./x dist              release build and .deb";

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let outcome = match words.split_first() {
        Some((&"run", rest)) => run::run(rest),
        Some((&"bench", rest)) => bench::bench(rest),
        Some((&"dist", rest)) => dist::dist(rest),
        Some((&"test", rest)) => test::test(rest),
        Some((&"codegen", rest)) => codegen::codegen(rest),
        Some((&"tidy", rest)) => tidy::tidy(rest),
        Some((&"help" | &"--help" | &"-h", _)) => {
            println!("{USAGE}");
            Ok(())
        }
        _ => Err(Failure { message: USAGE.to_owned(), code: 2 }),
    };
    if let Err(failure) = outcome {
        eprintln!("{}", failure.message);
        std::process::exit(failure.code);
    }
}
