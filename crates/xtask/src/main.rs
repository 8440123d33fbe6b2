//! The commands of this repository: `cargo xtask demo`, `test`, `bench`, `size`, `build`.

mod arguments;
mod bench;
mod build;
mod demo;
mod load;
mod node;
mod order;
mod root;
mod size;
mod step;
mod test;
mod wasm;

use std::process::ExitCode;

use arguments::Command;

fn main() -> ExitCode {
    let mut arguments: Vec<_> = std::env::args_os().collect();
    // cargo starts this program as the runner of wasm tests: see `test::wasm_bindgen_tests`.
    if arguments.get(1).is_some_and(|argument| argument == test::WASM_TEST_RUNNER) {
        arguments.remove(1);
        return exit_code(wasm_bindgen_cli::wasm_bindgen_test_runner::run_cli_with_args(arguments));
    }
    if arguments.get(1).is_some_and(|argument| argument == load::COMMAND) {
        return exit_code(load::run(arguments.get(2..).unwrap_or_default()));
    }
    match Command::parse(arguments.into_iter().skip(1)) {
        Ok(command) => exit_code(run(&command)),
        Err(problem) => {
            eprintln!("{problem}\n\n{}", arguments::USAGE);
            ExitCode::from(2)
        }
    }
}

fn run(command: &Command) -> anyhow::Result<()> {
    match command {
        Command::Bench(bench) => bench::run(bench),
        Command::Build => build::run(),
        Command::Demo => demo::run(),
        Command::Size => size::run(),
        Command::Test { quick } => test::run(*quick),
        Command::Help => {
            println!("{}", arguments::USAGE);
            Ok(())
        }
    }
}

fn exit_code(result: anyhow::Result<()>) -> ExitCode {
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("\nstopped: {error:#}");
            ExitCode::FAILURE
        }
    }
}
