//! What the help of each command ends with: examples of its use, and what else people ask.

pub(super) const START: &str = "\
Examples:
  stemma read corpus/harbour           read a folder of reports, then sum up
  stemma entries --standing disputed   claims whose tellings cannot all hold
  stemma why r03.txt                   what a report was made from, and the evidence
  stemma page -o harbour.html          everything on one page

An ID is the 16 digits that tables and JSON give, any prefix of them that is clear, or a file's name.
Everything read lies in one file, the ledger: ./stemma.db unless --ledger or STEMMA_LEDGER says another.";

pub(super) const READ: &str = "\
Examples:
  stemma read reports/                        a folder and all below it
  stemma read 'crawl/2025-07-*.jsonl'         rows, one report each, however long the file
  stemma read a.txt --published 2025-07-13    a text that does not say when it was published
  stemma read export.csv --map text=Body --map published=Datum
  stemma read crawl.warc.gz feeds.zip inbox/
  curl -s https://example.org/a.html | stemma read -
  stemma read reports/ --ledger july.db --json
  stemma read reports/ --timings              what each step took, and the most memory
  stemma read million.jsonl --memory 6G       reports beyond that are held in the ledger alone

Reads, told by content: text, HTML, MHTML, e-mail, JSON and JSONL, CSV and TSV, Parquet, RSS, Atom and
JSON Feed, WARC; each also inside zip, tar, gz and zst. A report's place in a longer file is its row: rows.jsonl:12.

Columns and fields are known by their usual names (text, body, title, url, date, author, ...). A report that
does not say when it was published has the day of --published, else that on which it was fetched.

Limits: a report 16 MB; a row 32 MB; a file that is held whole (text, page, feed, e-mail, Parquet) 64 MB; lines,
archives and WARC are streamed and may be longer; 4 archives inside each other; unpacked 64 GB and, beyond the first
64 MB, 200 times the file's size; JSON 128 deep, pages 400 deep; 5 minutes without a report.
What goes beyond, and what cannot be read, is noted and passed over.

Reading a report again adds nothing, so a run that was stopped is simply run again.";

pub(super) const FAMILIES: &str = "\
Examples:
  stemma families
  stemma families r03.txt                         the family of one report
  stemma families --format dot | dot -Tsvg        drawn by Graphviz
  stemma families --json | jq '.[] | select(.reports | length > 1)'";

pub(super) const EVENTS: &str = "\
Examples:
  stemma events
  stemma events --json | jq '.[].reports[].file'
  stemma events 3fa2 r07.txt            cards: who, roles, quotes, a brief in words of the reports
  stemma events --since 2025-07-14      what reports published since then add to each event
  stemma events --since r09.txt         the same for that report and those published later

What is added: claims that no older report has, values that differ from theirs, speakers and agencies not heard
before. A copy adds nothing.";

pub(super) const ENTRIES: &str = "\
Examples:
  stemma entries                        all, trouble first
  stemma entries --standing corrupted   where copying did damage
  stemma entries --event 3fa2           of one event
  stemma entries --json | jq '.[] | {claim, standing, origins}'

Standings: corroborated (two or more independent origins), echoed (several reports, one origin), single,
disputed (readings that cannot both hold), corrupted (a copy damaged it), updated (a later telling replaces it).";

pub(super) const TIMELINE: &str = "\
Examples:
  stemma timeline
  stemma timeline --json";

pub(super) const REPORT: &str = "\
Examples:
  stemma report r03.txt
  stemma report 3fa2c1 --json";

pub(super) const COLLATE: &str = "\
Examples:
  stemma collate r01.txt r03.txt
  stemma collate r01.txt r03.txt r04.txt   each against the first
  stemma collate 3fa2 9b1c --json";

pub(super) const PAGE: &str = "\
Examples:
  stemma page                   writes stemma.html
  stemma page -o harbour.html
  stemma page -o - > harbour.html";

pub(super) const WHY: &str = "\
Examples:
  stemma why r03.txt     what the report was made from: aligned sentences, reasons
  stemma why 3fa2c1      the same for any id: a family, an event, a storyline, an entry";

pub(super) const SEARCH: &str = "\
Examples:
  stemma search harbour master
  stemma search '\"passenger ferry\"' radar*    a phrase, and any word that begins so
  stemma search ferry --lang pt --since 2025-07
  stemma search --name 'Ana Ode' --standing disputed   without words: the latest first
  stemma search 渡轮 --json | jq -r '.[].file'

All the words must stand in a report; capitals and accents do not matter.";

pub(super) const CHECK: &str = "\
Examples:
  stemma check 'Two people were killed when the ferry collided with a cargo ship'
  stemma check '19 pessoas ficaram feridas na balsa' --lang pt
  pbpaste | stemma check - --json | jq '.outcome'

Outcomes: supported, qualified (told with a difference, or in part), contested (some say so, others say
otherwise), disputed (what is told cannot hold beside it), unknown. Numbers and dates are held against
each other as intervals. The exit code is 3 if nothing read bears on the sentence, else 0.";

pub(super) const EXPORT: &str = "\
Examples:
  stemma export --format parquet -o tables/        one Parquet file for each table, joined by ids
  stemma export --format csv -o tables/            the same tables as text
  stemma export --format jsonl -o rows/            the rows that --json gives, with their JSON Schemas
  stemma export --format prov -o lineage.jsonld    who was made from whom, in PROV-O
  stemma export --format graphml -o families.graphml

docs/tables.md lists the columns, docs/export.md reads them with DuckDB and pandas.";

pub(super) const DOCTOR: &str = "\
Examples:
  stemma doctor
  stemma doctor --ledger july.db --json
  stemma doctor --rebuild      makes all that is derived anew from the stored reports, then checks

Takes about as long as reading did. Without --rebuild it changes nothing; the exit code is 1 if something
is wrong.";

pub(super) const SERVE: &str = "\
Examples:
  stemma serve --ledger july.db                     then open http://127.0.0.1:7878/
  stemma serve --listen 127.0.0.1:0 --read-only     any free port; nothing can be added
  STEMMA_TOKEN=$(openssl rand -hex 24) stemma serve --listen 0.0.0.0:7878

Pages at /, JSON at /api/v1 (described at /api/v1/openapi.json), MCP at /mcp; docs/serve.md tells of all.

Only this machine is answered unless a token is set: who comes from elsewhere sends it as a bearer token, or enters
it once. It is taken from the environment, so that no list of processes shows it. There is no encryption: beyond a
network that you trust, put a proxy with TLS before it.

New reports are read one work after another while questions are answered. Nothing is fetched. Ctrl-C stops it; what
was reported as read is kept.";

pub(super) const MCP: &str = "\
Examples:
  stemma mcp --ledger july.db
  stemma mcp --ledger july.db --read-only     nothing can be added

Tools: check_claim, story, origins, collate, search, add_reports. An agent's settings name the command:
  {\"mcpServers\": {\"stemma\": {\"command\": \"stemma\", \"args\": [\"mcp\", \"--ledger\", \"/path/july.db\"]}}}

A ledger that is not there is made by the first add_reports. Answers are those of `--json`; docs/mcp.md shows them.
Nothing is fetched. Ends when standard input does.";

pub(super) const COMPLETIONS: &str = "\
Examples:
  stemma completions bash > ~/.local/share/bash-completion/completions/stemma
  stemma completions fish > ~/.config/fish/completions/stemma.fish
  stemma completions man > ~/.local/share/man/man1/stemma.1";
