//! A page as it is run: its text, its files, its commands.

/// A page, in the order of its lines.
#[derive(Debug)]
pub(crate) struct Page {
    pub(crate) blocks: Vec<Block>,
}

/// A piece of a page. A fence and a comment stand as [`Block::Text`] before what they are about.
#[derive(Debug)]
pub(crate) enum Block {
    /// A line that is only read.
    Text(String),
    /// A fenced block that is only read.
    Shown { lines: Vec<String>, language: String },
    /// A fixture that is put into the folder.
    Given { fixture: String, name: String },
    /// A file that the reader writes, after the block that shows it.
    File { name: String, contents: String },
    /// A console.
    Commands(Vec<Command>),
}

/// A command as it is typed: lines that begin with `$ `, and those that go on after a `\`.
#[derive(Debug)]
pub(crate) struct Command {
    pub(crate) typed: Vec<String>,
    pub(crate) status: i32,
}

/// What a comment says about the block after it.
#[derive(Default)]
struct About {
    file: Option<String>,
    status: i32,
}

impl Page {
    /// Reads a page, or says what is wrong with it.
    pub(crate) fn parse(text: &str) -> Result<Self, String> {
        let mut blocks = Vec::new();
        let mut about = About::default();
        let mut lines = (1..).zip(text.lines());
        while let Some((number, line)) = lines.next() {
            blocks.push(Block::Text(line.to_owned()));
            if let Some(comment) = line.strip_prefix("<!-- ").and_then(|l| l.strip_suffix(" -->")) {
                let given =
                    about.take(comment).map_err(|fault| format!("line {number}: {fault}"))?;
                blocks.extend(given);
            } else if let Some(language) = line.strip_prefix("```") {
                let inner = lines.by_ref().map(|(_, line)| line.to_owned());
                let inner: Vec<String> = inner.take_while(|line| line != "```").collect();
                blocks.extend(block(language, inner, std::mem::take(&mut about)));
                blocks.push(Block::Text("```".to_owned()));
            }
        }
        Ok(Self { blocks })
    }
}

impl About {
    /// Takes in a comment; gives the fixture that it names.
    fn take(&mut self, comment: &str) -> Result<Option<Block>, String> {
        match comment.split_once(": ") {
            Some(("given", what)) => {
                let (fixture, name) = what.split_once(" as ").ok_or("write FIXTURE as NAME")?;
                let (fixture, name) = (fixture.to_owned(), name.to_owned());
                return Ok(Some(Block::Given { fixture, name }));
            }
            Some(("file", name)) => self.file = Some(name.to_owned()),
            Some(("exit", status)) => {
                self.status = status.parse().map_err(|_| "an exit status is a number")?;
            }
            // Any other comment is the page's own.
            _ => {}
        }
        Ok(None)
    }
}

impl Command {
    /// What the shell is given.
    pub(crate) fn line(&self) -> String {
        let typed = self.typed.join("\n");
        typed.strip_prefix("$ ").unwrap_or(&typed).to_owned()
    }
}

fn block(language: &str, lines: Vec<String>, about: About) -> Vec<Block> {
    if language == "console" {
        return vec![Block::Commands(commands(&lines, about.status))];
    }
    let contents: String = lines.iter().map(|line| format!("{line}\n")).collect();
    let shown = Block::Shown { lines, language: language.to_owned() };
    let file = about.file.map(|name| Block::File { name, contents });
    std::iter::once(shown).chain(file).collect()
}

fn commands(lines: &[String], status: i32) -> Vec<Command> {
    let mut commands: Vec<Command> = Vec::new();
    let mut goes_on = false;
    for line in lines {
        if line.starts_with("$ ") {
            commands.push(Command { typed: vec![line.clone()], status: 0 });
        } else if let (true, Some(command)) = (goes_on, commands.last_mut()) {
            command.typed.push(line.clone());
        }
        goes_on = line.ends_with('\\') && (goes_on || line.starts_with("$ "));
    }
    if let Some(last) = commands.last_mut() {
        last.status = status;
    }
    commands
}

#[test]
fn a_page_is_read() {
    let page = Page::parse(concat!(
        "Text.\n<!-- given: pem/ca.crt as ca.pem -->\n<!-- file: a.yml -->\n```yaml\na: b\n```\n",
        "<!-- exit: 1 -->\n```console\n$ cat a.yml\na: b\n$ cat \\\n  b.yml\ncat: no\n```\n",
    ))
    .unwrap();
    let files = page.blocks.iter().filter_map(|block| match block {
        Block::File { name, contents } => Some((name.as_str(), contents.as_str())),
        _ => None,
    });
    assert_eq!(files.collect::<Vec<_>>(), [("a.yml", "a: b\n")]);
    let commands = page.blocks.iter().find_map(|block| match block {
        Block::Commands(commands) => Some(commands),
        _ => None,
    });
    let commands = commands.unwrap().iter().map(|c| (c.line(), c.status)).collect::<Vec<_>>();
    let expected = [("cat a.yml".to_owned(), 0), ("cat \\\n  b.yml".to_owned(), 1)];
    assert_eq!(commands, expected);
}
