/** How to ask `stemma serve` from TypeScript, with nothing but `fetch` (Node 20, Deno, Bun, browsers). */

/** What went wrong, as the server says it (RFC 9457). */
export class Problem extends Error {
  constructor(readonly status: number, detail: string, readonly hint: string) {
    super(detail);
  }
}

/** A page of a list. */
export interface Page<T> {
  total: number;
  from: number;
  next: string | null;
  items: T[];
}

/** `[start, end]`: bytes in a report's body, half open. */
export type Range = [number, number];

export type Standing = "corroborated" | "echoed" | "single" | "disputed" | "corrupted" | "updated";

export interface Reading {
  report: string;
  file: string;
  span: Range;
  text: string;
  value: string | null;
  origin: string | null;
  via: string[];
  negated: boolean;
}

export interface Entry {
  id: string;
  claim: string;
  standing: Standing;
  reason: string;
  event: string | null;
  origins: string[];
  readings: Reading[];
}

export interface Finding {
  bearing: "supports" | "qualifies" | "disputes";
  likeness: number;
  entry: Entry;
}

export interface Check {
  outcome: "supported" | "qualified" | "contested" | "disputed" | "unknown";
  words: string;
  findings: Finding[];
}

export interface NewReport {
  text: string;
  name?: string;
  title?: string;
  outlet?: string;
  url?: string;
  published?: string;
}

export interface Job {
  id: number;
  state: "waiting" | "working" | "done" | "failed";
  over: boolean;
  doing: string;
  read: number;
  known: number;
  error: string | null;
}

/** A ledger behind an address. */
export class Stemma {
  constructor(private readonly url: string, private readonly token?: string) {}

  /** One answer; `given` is sent as JSON. */
  async ask<T>(path: string, asked: Record<string, string | number> = {}, given?: unknown): Promise<T> {
    const url = new URL(path.startsWith("/") ? path : `/api/v1/${path}`, this.url);
    for (const [name, value] of Object.entries(asked)) url.searchParams.set(name, String(value));
    const headers = new Headers();
    if (this.token) headers.set("authorization", `Bearer ${this.token}`);
    if (given !== undefined) headers.set("content-type", "application/json");
    const sent = given === undefined ? { headers } : { headers, method: "POST", body: JSON.stringify(given) };
    const answer = await fetch(url, sent);
    const body = await answer.json();
    if (!answer.ok) throw new Problem(answer.status, body.detail, body.hint);
    return body as T;
  }

  /** All items of a list, page by page. */
  async *each<T>(path: string, asked: Record<string, string | number> = {}): AsyncGenerator<T> {
    let page = await this.ask<Page<T>>(path, asked);
    for (;;) {
      yield* page.items;
      if (!page.next) return;
      page = await this.ask<Page<T>>(page.next);
    }
  }

  /** What the ledger has for a sentence. */
  check(sentence: string): Promise<Check> {
    return this.ask<Check>("check", { sentence });
  }

  /** Reads reports into the ledger, and waits until they are joined with the others. */
  async add(reports: NewReport[]): Promise<Job> {
    let job = await this.ask<Job>("jobs", {}, { reports });
    while (!job.over) {
      await new Promise((later) => setTimeout(later, 100));
      job = await this.ask<Job>(`jobs/${job.id}`);
    }
    return job;
  }
}
