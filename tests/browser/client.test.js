// What docs/clients/stemma-client.ts does, against a server.

import assert from "node:assert/strict";
import { test } from "node:test";
import { Problem, Stemma } from "./built/stemma-client.js";
import { served } from "./served.js";

test("the client asks, pages through lists and adds", async () => {
  const site = await served(["harbour"]);
  try {
    const ledger = new Stemma(site.url);
    const ids = new Set();
    for await (const entry of ledger.each("entries", { limit: 50 })) ids.add(entry.id);
    assert.equal(ids.size, (await ledger.ask("entries", { limit: 1 })).total);
    assert.equal((await ledger.check("Two people died on the ferry")).outcome, "supported");
    const job = await ledger.add([{ text: "Nine barges broke loose at Ostrel lock on Sunday.", name: "ostrel" }]);
    assert.equal(job.read, 1);
    await assert.rejects(ledger.ask("reports/nothing"), (e) => e instanceof Problem && e.status === 404 && e.hint !== "");
  } finally {
    await site.stop();
  }
});
