//! The password: from a file or a prompt, never an argument. Nothing asks where there is no terminal.

use std::io::IsTerminal as _;

use zeroize::Zeroizing;

use crate::arguments::Arguments;
use crate::exit::Failure;
use crate::say::own;

/// The password of a worker.
pub fn ask(arguments: &Arguments) -> Result<Zeroizing<String>, Failure> {
    match from_file(arguments)? {
        Some(password) => Ok(password),
        None => prompt("ask_password"),
    }
}

/// A new password; a person types it twice.
pub fn ask_new(arguments: &Arguments) -> Result<Zeroizing<String>, Failure> {
    if let Some(password) = from_file(arguments)? {
        return Ok(password);
    }
    let password = prompt("ask_password")?;
    if *prompt("ask_password_again")? != *password {
        return Err(Failure::bad_input("passwords_differ", Vec::new()));
    }
    Ok(password)
}

fn from_file(arguments: &Arguments) -> Result<Option<Zeroizing<String>>, Failure> {
    let Some(path) = &arguments.password_file else { return Ok(None) };
    let text = std::fs::read_to_string(path).map(Zeroizing::new);
    let text = text.map_err(|_| Failure::bad_input("bad_file", vec![("path", path.display().to_string())]))?;
    Ok(Some(Zeroizing::new(text.lines().next().unwrap_or_default().to_owned())))
}

fn prompt(key: &str) -> Result<Zeroizing<String>, Failure> {
    if !std::io::stdin().is_terminal() {
        return Err(Failure::bad_input("no_password", Vec::new()));
    }
    let typed = rpassword::prompt_password(own(key, &[])).map(Zeroizing::new);
    typed.map_err(|_| Failure::bad_input("no_password", Vec::new()))
}
