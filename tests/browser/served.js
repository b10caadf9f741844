// A server over stories of the corpus and hostile reports, and a browser to look at it with.
// STEMMA names the binary; CHROMIUM the browser, /usr/bin/chromium if absent.

import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { chromium } from "playwright-core";

const ROOT = resolve(import.meta.dirname, "../..");
const STEMMA = process.env.STEMMA;
if (!STEMMA) throw new Error("STEMMA must name the stemma binary");

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

// Reports that try to be more than text.
const HOSTILE = {
  "script.txt": `<script>document.title = "owned"</script> <img src=x onerror="document.title='owned'">\n\nThe mayor of Tarn said 12 people were hurt in the <b>market</b> fire on Monday. "</p></article>" he said.`,
  "turned.txt": "The \u202etnemnrevog\u202c said on Monday that 40 people had left Tarn after the fire.\n\nZero\u200bwidth and \u2066isolated\u2069 words follow, the office said.",
  "long.txt": `The ministry in Tarn said the fire was out. ${"word ".repeat(1_000_000)}`,
  '"><svg onload=alert(1)>.txt': "A fire in Tarn destroyed 30 stalls on Monday, police said. Police said nobody was missing.",
  "broken.html": "<html><body><p>The fire in Tarn burned for nine hours, the brigade said on Tuesday.<div><table><td>unclosed <a href='javascript:alert(1)'>link</a>",
};

/** Reads reports into a ledger of its own and serves it; `stop` ends both. */
export async function served(stories, { hostile = false, args = [], env = {} } = {}) {
  const folder = mkdtempSync(join(tmpdir(), "stemma-browser-"));
  const ledger = join(folder, "ledger.db");
  const paths = stories.map((story) => join("corpus", story));
  if (hostile) {
    for (const [name, text] of Object.entries(HOSTILE)) {
      const path = join(folder, name.replaceAll("/", "_"));
      writeFileSync(path, text);
      paths.push(path);
    }
  }
  if (paths.length > 0) {
    execFileSync(STEMMA, ["read", ...paths, "--ledger", ledger], { stdio: "ignore", cwd: ROOT });
  }
  const server = spawn(STEMMA, ["serve", "--ledger", ledger, "--listen", "127.0.0.1:0", "--json", ...args], {
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "inherit"],
  });
  let said = "";
  const url = await new Promise((ready, failed) => {
    server.once("exit", (code) => failed(new Error(`the server ended with ${code}: ${said}`)));
    createInterface({ input: server.stdout }).on("line", (line) => {
      said += line;
      const found = /"url":\s*"([^"]+)"/.exec(said);
      if (found) ready(found[1]);
    });
  });
  const stop = async () => {
    server.kill("SIGTERM");
    await new Promise((gone) => server.once("exit", gone));
    rmSync(folder, { recursive: true });
  };
  return { url, folder, ledger, stop, server };
}

/** A browser without a network of its own. */
export function browser() {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
      "--disable-component-update", "--disable-sync"],
  });
}

/** What axe-core finds on a page that is serious or critical. */
export async function troubles(page) {
  await page.evaluate(AXE);
  const found = await page.evaluate(() =>
    globalThis.axe.run({ runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] }));
  return found.violations
    .filter((v) => v.impact === "serious" || v.impact === "critical")
    .map((v) => `${v.id}: ${v.nodes.slice(0, 3).map((n) => n.html).join(" | ")}`);
}

/** Ids of a kind of thing, by the API. */
export async function items(url, path) {
  const answer = await fetch(new URL(`/api/v1/${path}`, url));
  return (await answer.json()).items;
}
