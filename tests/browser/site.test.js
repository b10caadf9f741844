// What a reader does on the pages of `stemma serve`, in headless Chromium.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { pathToFileURL } from "node:url";
import { browser, items, served, troubles } from "./served.js";

let site, chrome, page;

before(async () => {
  site = await served(["harbour", "strait"], { hostile: true });
  chrome = await browser();
});
after(async () => {
  await chrome?.close();
  await site?.stop();
});

/** A page of its own for one test; whatever the browser refuses or a script fails at fails the test. */
async function opened(path, options = {}) {
  const context = await chrome.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  page = await context.newPage();
  page.wrong = [];
  page.on("pageerror", (e) => page.wrong.push(String(e)));
  page.on("console", (m) => m.type() === "error" && page.wrong.push(m.text()));
  page.on("dialog", (d) => page.wrong.push(`dialog: ${d.message()}`));
  page.on("request", (r) => new URL(r.url()).origin !== new URL(site.url).origin && page.wrong.push(`asks ${r.url()}`));
  await page.goto(new URL(path, site.url).href);
  return page;
}

async function closed() {
  assert.deepEqual(page.wrong, []);
  await page.context().close();
}

const PAGES = async () => {
  const [story] = await items(site.url, "storylines");
  const [event] = await items(site.url, "events");
  const [entry] = await items(site.url, "entries?standing=corrupted");
  const [family] = await items(site.url, "families");
  const [a, b] = [family.descents[0].child, family.descents.find((d) => d.parent)?.parent ?? family.reports[0].id];
  return ["/", "/entries", "/entries?standing=disputed", "/families", "/reports", "/reports?q=ferry", "/outlets", "/check",
    "/check?sentence=Two+people+died+on+the+ferry", "/collate", `/collate?reports=${b},${a}`, "/add", "/words",
    `/storylines/${story.id}`, `/events/${event.id}`, `/entries/${entry.id}`, `/families/${family.id}`, `/reports/${a}`,
    `/collate?reports=${family.reports.slice(0, 3).map((r) => r.id)}`];
};

test("from a story to the words of a report", async () => {
  await opened("/");
  await page.getByRole("heading", { level: 3 }).first().getByRole("link").click();
  await page.waitForURL("**/storylines/*");
  await page.locator(".event h3 a").last().click();
  await page.waitForURL("**/events/*");
  const value = page.locator(".entry .side q a").first();
  const words = (await value.locator("b").count()) ? await value.locator("b").innerText() : await value.innerText();
  await value.click();
  await page.waitForURL("**/reports/*");
  const lit = page.locator(".at:target");
  await lit.waitFor();
  assert.equal((await lit.innerText()).replace(/\s+/g, " ").trim(), words.replace(/\s+/g, " ").trim());
  const ground = await lit.evaluate((e) => getComputedStyle(e).backgroundColor);
  assert.notEqual(ground, "rgba(0, 0, 0, 0)", "the words are lit");
  await closed();
});

test("search finds words, pages and sieves", async () => {
  await opened("/");
  await page.getByRole("searchbox", { name: "Words to find in reports" }).fill("ferry fog");
  await page.keyboard.press("Enter");
  await page.waitForURL("**/reports?q=ferry*");
  assert.match(await page.locator("h1").innerText(), /^\d+ reports? found$/);
  await page.locator(".sieve select").selectOption("corroborated");
  await page.locator(".sieve").getByRole("button", { name: "Find" }).click();
  await page.waitForURL("**standing=corroborated*");
  assert.ok((await page.locator(".found > li").count()) > 0);
  await closed();
});

test("a sentence opens what other tellings say", async () => {
  const [entry] = await items(site.url, "entries?standing=corrupted");
  await opened(`/reports/${entry.readings[0].report}`);
  const sentence = page.locator(".par .s.corrupted").first();
  await sentence.click({ position: { x: 4, y: 6 } });
  const note = page.locator(".par:has(.s.corrupted)").first().locator("details.note[open]").first();
  await note.waitFor();
  assert.match(await note.innerText(), /corrupted/i);
  await sentence.click({ position: { x: 4, y: 6 } });
  assert.equal(await page.locator("details.note[open]").count(), 0);
  await closed();
});

test("reports are laid side by side", async () => {
  const [family] = await items(site.url, "families");
  const d = family.descents.find((d) => d.parent);
  await opened("/collate");
  await page.getByLabel("two reports or more, by id or file name").fill(`${d.parent}, ${d.child}`);
  await page.getByRole("button", { name: "Lay side by side" }).click();
  await page.waitForURL("**/collate?reports=*");
  assert.ok((await page.locator(".collation tbody tr").count()) > 3);
  assert.ok((await page.locator(".differs").count()) > 1);
  await closed();
});

test("a text is added, and shows", async () => {
  await opened("/add");
  await page.getByLabel("the report's words").fill(
    "Seven cranes fell into the Tessel dock on Sunday, the harbour office said.\n\nNobody was hurt, said harbour master Ilse Brand.");
  await page.getByLabel("outlet").fill("Dock Gazette");
  await page.getByLabel("published, as 2025-03-02").fill("2025-03-02");
  await page.getByRole("button", { name: "Read it" }).click();
  await page.waitForURL("**/jobs/*");
  await page.getByText("1 new report").waitFor({ timeout: 30_000 });
  await page.locator(".tellings a").first().click();
  await page.waitForURL("**/reports/*");
  assert.match(await page.locator(".body").innerText(), /Seven cranes/);
  await page.getByRole("link", { name: "Dock Gazette" }).click();
  await page.waitForURL("**/outlets/Dock%20Gazette");
  await closed();
});

test("files are added; the same again adds nothing", async () => {
  for (const said of ["2 new reports", "0 new reports, 2 known already"]) {
    await opened("/add");
    await page.locator("input[type=file]").setInputFiles([
      { name: "a.txt", mimeType: "text/plain", buffer: Buffer.from("A bridge in Orrel closed on Friday after cracks were found, the council said.") },
      { name: "b.jsonl", mimeType: "application/json", buffer: Buffer.from('{"id":"x1","text":"Two lorries collided near Orrel on Friday, police said. Nobody was hurt.","date":"2025-05-02"}\n') },
    ]);
    await page.getByRole("button", { name: "Read them" }).click();
    await page.waitForURL("**/jobs/*");
    await page.getByText(said).waitFor({ timeout: 30_000 });
    await closed();
  }
});

test("hostile reports stay text", async () => {
  const found = await items(site.url, "reports?q=Tarn&limit=50");
  assert.ok(found.length >= 5, `${found.length} found`);
  for (const report of found) {
    await opened(`/reports/${report.id}`);
    assert.notEqual(await page.title(), "owned");
    assert.equal(await page.locator("main :is(script, img, iframe, svg[onload])").count(), 0);
    await closed();
  }
  await opened("/reports?q=Tarn");
  assert.equal(await page.locator("main :is(script, img, iframe)").count(), 0);
  await closed();
  await opened(`/reports?q=${encodeURIComponent('"><script>alert(1)</script>')}`);
  assert.equal(await page.locator("main script").count(), 0);
  await closed();
});

test("everything is reached by keyboard alone", async () => {
  await opened("/");
  await page.keyboard.press("Tab");
  assert.equal(await page.evaluate(() => document.activeElement.textContent), "To the page");
  await page.keyboard.press("Enter");
  assert.equal(await page.evaluate(() => document.activeElement.id), "main");
  for (let i = 0; i < 40; i += 1) {
    await page.keyboard.press("Tab");
    if (await page.evaluate(() => document.activeElement.matches("h3 a"))) break;
  }
  const outline = await page.evaluate(() => getComputedStyle(document.activeElement).outlineStyle);
  assert.equal(outline, "solid", "the focus shows");
  await page.keyboard.press("Enter");
  await page.waitForURL("**/storylines/*");
  const [entry] = await items(site.url, "entries?standing=corrupted");
  await page.goto(new URL(`/reports/${entry.readings[0].report}`, site.url).href);
  await page.locator("details.note summary").first().focus();
  await page.keyboard.press("Enter");
  assert.equal(await page.locator("details.note[open]").count(), 1);
  await closed();
});

test("pages read without scripts", async () => {
  const [entry] = await items(site.url, "entries?standing=corrupted");
  await opened(`/reports/${entry.readings[0].report}`, { javaScriptEnabled: false });
  await page.locator("details.note summary").first().click();
  await page.locator("details.note[open] .sides, details.note[open] .by").first().waitFor();
  await closed();
});

for (const [look, options] of [
  ["wide and light", { colorScheme: "light" }],
  ["on a phone and dark", { colorScheme: "dark", viewport: { width: 390, height: 800 } }],
]) {
  test(`every page is sound, ${look}`, async () => {
    for (const path of await PAGES()) {
      await opened(path, options);
      assert.deepEqual(await troubles(page), [], path);
      const [seen, all] = await page.evaluate(() => [innerWidth, document.documentElement.scrollWidth]);
      assert.ok(all <= seen + 1, `${path} is ${all} wide on ${seen}`);
      const dark = await page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
      assert.equal(dark === "rgb(23, 22, 20)", options.colorScheme === "dark", `${path} ${dark}`);
      await closed();
    }
  });
}

test("a token is asked for, and lets in", async () => {
  const locked = await served(["harbour"], { env: { STEMMA_TOKEN: "correct-horse-battery-staple" } });
  try {
    assert.equal((await fetch(new URL("/api/v1/ledger", locked.url))).status, 401);
    const headers = { authorization: "Bearer correct-horse-battery-staple" };
    assert.equal((await fetch(new URL("/api/v1/ledger", locked.url), { headers })).status, 200);
    const context = await chrome.newContext();
    const tab = await context.newPage();
    await tab.goto(locked.url);
    await tab.getByLabel("token").fill("wrong");
    await tab.getByRole("button", { name: "Enter" }).click();
    await tab.getByText("That is not the token.").waitFor();
    await tab.getByLabel("token").fill("correct-horse-battery-staple");
    await tab.getByRole("button", { name: "Enter" }).click();
    await tab.getByRole("heading", { level: 1, name: /What happened/ }).waitFor();
    await context.close();
  } finally {
    await locked.stop();
  }
});

test("a page of another server can neither read nor write", async () => {
  const rebound = await fetch(site.url, { headers: { host: "evil.example" } }).catch(() => null);
  // Some clients do not let a host be named; the answer to those that do is no.
  if (rebound) assert.ok([200, 421].includes(rebound.status));
  const foreign = await fetch(new URL("/add/text", site.url), {
    method: "POST", headers: { origin: "https://evil.example", "content-type": "application/x-www-form-urlencoded" },
    body: "text=A+lie.",
  });
  assert.equal(foreign.status, 403);
});

test("the page of `stemma page` is sound, wide, on a phone, dark", async () => {
  const out = join(site.folder, "page.html");
  execFileSync(process.env.STEMMA, ["page", "--ledger", site.ledger, "-o", out], { stdio: "ignore" });
  assert.ok(!readFileSync(out, "utf8").includes("<script"));
  for (const options of [{}, { viewport: { width: 390, height: 800 }, colorScheme: "dark" }]) {
    const context = await chrome.newContext(options);
    const tab = await context.newPage();
    await tab.goto(pathToFileURL(out).href);
    assert.deepEqual(await troubles(tab), []);
    const [seen, all] = await tab.evaluate(() => [innerWidth, document.documentElement.scrollWidth]);
    assert.ok(all <= seen + 1, `${all} wide on ${seen}`);
    await context.close();
  }
});
