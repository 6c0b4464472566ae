// Make calls with the @orq-ai/node of this folder: a line of JSON in, one out.
//
// Steps and answers are those of drive_orq.py: arguments in the terms of the Python client are
// translated to this client's, and its results to wire names.

import { createRequire } from "node:module";
import { join } from "node:path";
import { createInterface } from "node:readline";

const { Orq, HTTPClient } = createRequire(join(process.cwd(), "package.json"))("@orq-ai/node");

const TIMEOUT_MS = 20_000;
const TIMES = new Set(["from", "to", "startedAt", "updatedAt", "reviewedAt"]);
// Names chosen by users are not field names.
const FREE = new Set(["metadata", "group"]);
// This client takes the fields to write as one argument, the Python client as one each.
const WRAPPED = {
  "sessions.update": ["sessionId", "updateThreadRequest"],
  "identities.update": ["id", "updateIdentityRequest"],
  "annotations.create": ["traceId", "spanId", "requestBody"],
  "annotations.delete": ["traceId", "spanId", "requestBody"],
};

for await (const line of createInterface({ input: process.stdin })) {
  console.log(JSON.stringify(await answer(JSON.parse(line))));
}

async function answer(step) {
  const replies = [];
  let outcome;
  try {
    outcome = { ok: (await call(step, replies)) ?? null };
  } catch (error) {
    const { name, statusCode } = error;
    outcome = { error: { class: name, status: statusCode ?? null, message: error.message } };
  }
  return { ...outcome, raw: replies.at(-1) ?? null };
}

async function call(step, replies) {
  const httpClient = new HTTPClient();
  httpClient.addHook("response", async (response) => {
    const text = await response.clone().text();
    replies.push({ status: response.status, body: text ? JSON.parse(text) : null });
  });
  const options = { apiKey: step.key, serverURL: step.server, timeoutMs: TIMEOUT_MS, httpClient };
  const [resource, method] = step.call.split(".");
  const client = new Orq(options)[resource];
  const result = await client[camel(method)](...argumentsOf(step));
  return renamed(result?.result ?? result, resource === "feedback" ? snake : wire);
}

function argumentsOf(step) {
  // Calls of feedback have one argument, which only the Python client names.
  const given = renamed(step.arguments.request ?? step.arguments, camel);
  if (!(step.call in WRAPPED)) return [given];
  const path = WRAPPED[step.call].slice(0, -1);
  const wrapped = WRAPPED[step.call].at(-1);
  const request = Object.fromEntries(path.map((name) => [name, given[name]]));
  const fields = Object.entries(given).filter(([name]) => !path.includes(name));
  return [{ ...request, [wrapped]: Object.fromEntries(fields) }];
}

function renamed(value, rename) {
  if (Array.isArray(value)) return value.map((item) => renamed(item, rename));
  if (value === null || typeof value !== "object" || value instanceof Date) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => {
      const name = rename(key);
      if (rename === camel && TIMES.has(name)) return [name, new Date(inner)];
      return [name, FREE.has(name) && typeof inner === "object" ? inner : renamed(inner, rename)];
    }),
  );
}

function camel(name) {
  return name.replace(/_([a-z]|$)/g, (_, letter) => letter.toUpperCase());
}

function snake(name) {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

function wire(name) {
  return name === "id" ? "_id" : snake(name);
}
