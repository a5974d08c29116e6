//! The words after a task's name, taken one option at a time.

use crate::Done;

/// What is left of the command line; options are taken out as they are asked for.
pub struct Args(Vec<String>);

impl Args {
    /// From the words after the task's name.
    pub fn new(words: Vec<String>) -> Args {
        Args(words)
    }

    /// Takes `--name` out; true when it was there.
    pub fn flag(&mut self, name: &str) -> bool {
        let before = self.0.len();
        self.0.retain(|word| word != name);
        self.0.len() < before
    }

    /// Takes `--name VALUE` or `--name=VALUE` out. Fails when the value is missing.
    pub fn value(&mut self, name: &str) -> Done<Option<String>> {
        let glued = format!("{name}=");
        let Some(at) = self.0.iter().position(|word| word == name || word.starts_with(&glued)) else {
            return Ok(None);
        };
        let word = self.0.remove(at);
        if let Some(value) = word.strip_prefix(&glued) {
            return Ok(Some(value.to_owned()));
        }
        if at < self.0.len() {
            return Ok(Some(self.0.remove(at)));
        }
        Err(format!("{name} needs a value"))
    }

    /// Takes `--name N` out. Fails when N is not a whole number.
    pub fn number(&mut self, name: &str) -> Done<Option<u64>> {
        let Some(text) = self.value(name)? else {
            return Ok(None);
        };
        text.parse().map(Some).map_err(|_| format!("{name} takes a whole number, not {text:?}"))
    }

    /// The words that are left, which must not be options: an option nobody asked for is a mistake.
    pub fn words(self) -> Done<Vec<String>> {
        match self.0.iter().find(|word| word.starts_with('-')) {
            Some(option) => Err(format!("unknown option {option}; `cargo x` lists the tasks and theirs")),
            None => Ok(self.0),
        }
    }

    /// Fails when any word is left.
    pub fn none(self) -> Done {
        match self.words()?.first() {
            Some(word) => Err(format!("did not expect {word:?}; `cargo x` lists the tasks and what they take")),
            None => Ok(()),
        }
    }

    /// Everything that is left as it stands, for another program; a leading `--` is dropped.
    pub fn rest(mut self) -> Vec<String> {
        if self.0.first().is_some_and(|word| word == "--") {
            self.0.remove(0);
        }
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn args(line: &str) -> Args {
        Args::new(line.split_whitespace().map(str::to_owned).collect())
    }

    #[test]
    fn options_are_taken_wherever_they_stand() {
        let mut line = args("left --rounds 5 --quick right --seed=9");
        assert!(line.flag("--quick"));
        assert!(!line.flag("--quick"));
        assert_eq!(line.number("--rounds"), Ok(Some(5)));
        assert_eq!(line.number("--seed"), Ok(Some(9)));
        assert_eq!(line.words(), Ok(vec!["left".to_owned(), "right".to_owned()]));
    }

    #[test]
    fn mistakes_are_named() {
        assert!(args("--rounds").number("--rounds").is_err());
        assert!(args("--rounds many").number("--rounds").unwrap_err().contains("many"));
        assert!(args("--quik").words().unwrap_err().contains("--quik"));
        assert!(args("extra").none().unwrap_err().contains("extra"));
    }
}
