// Pictures of every page at two widths, light and dark: `npm run shots -- FOLDER`.

import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { browser, items, served } from "./served.js";

const folder = process.argv[2] ?? "shots";
mkdirSync(folder, { recursive: true });
const site = await served(["harbour", "strait", "flood"]);
const [story] = await items(site.url, "storylines");
const [event] = await items(site.url, "events");
const [entry] = await items(site.url, "entries?standing=corrupted");
const [family] = await items(site.url, "families");
const report = family.descents[0].child;
const beside = family.descents.find((d) => d.parent)?.parent ?? family.reports[0].id;
const pages = {
  stories: "/", storyline: `/storylines/${story.id}`, event: `/events/${event.id}`, entries: "/entries",
  entry: `/entries/${entry.id}`, families: "/families", family: `/families/${family.id}`, reports: "/reports?q=ferry",
  report: `/reports/${report}`, outlets: "/outlets", collate: `/collate?reports=${beside},${report}`,
  table: `/collate?reports=${family.reports.slice(0, 3).map((r) => r.id)}`,
  check: "/check?sentence=Two+people+died+on+the+ferry", add: "/add", words: "/words", nowhere: "/nowhere",
};
const chrome = await browser();
for (const [look, width, colorScheme] of [["wide", 1280, "light"], ["phone", 390, "dark"]]) {
  const page = await chrome.newPage({ viewport: { width, height: 900 }, colorScheme });
  for (const [name, path] of Object.entries(pages)) {
    await page.goto(new URL(path, site.url).href);
    if (name === "report") {
      await page.locator("details.note summary").nth(2).click();
    }
    const height = await page.evaluate(() => document.documentElement.scrollHeight);
    await page.screenshot({ path: join(folder, `${name}-${look}.png`), clip: { x: 0, y: 0, width, height: Math.min(height, 2200) }, fullPage: true });
  }
  await page.close();
}
await chrome.close();
await site.stop();
