#!/usr/bin/env node
// SPDX-License-Identifier: Apache-2.0
// Token counts by the reference implementation: the tiktoken core, compiled to
// WebAssembly, from the npm package `tiktoken`.
//
//   token_oracle.mjs --install                  install the package, once
//   token_oracle.mjs --check                    exit 0 if it is there
//   token_oracle.mjs --vocab A,B --jsonl FILE   FILE has one JSON string a line;
//                                               prints one array of counts each
//   token_oracle.mjs --vocab A,B FILE...        counts of whole files
//
// The package goes to $XDG_CACHE_HOME/winnow/oracle, never into the source
// tree. Counts are those of encode_ordinary.
import { spawnSync } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { homedir } from "node:os";
import { join } from "node:path";

const cache = join(process.env.XDG_CACHE_HOME || join(homedir(), ".cache"),
                   "winnow", "oracle");
const installed = existsSync(join(cache, "node_modules", "tiktoken"));

function fail(message) {
  console.error(message);
  process.exit(2);
}

function install() {
  mkdirSync(cache, { recursive: true });
  copyFileSync(new URL("package.json", import.meta.url),
               join(cache, "package.json"));
  const result = spawnSync("npm", ["install", "--no-audit", "--no-fund"],
                           { cwd: cache, stdio: "inherit" });
  process.exit(result.status ?? 2);
}

function encoders(names) {
  if (!installed) fail("tiktoken: not installed: run with --install");
  const require = createRequire(join(cache, "package.json"));
  const { get_encoding } = require("tiktoken");
  return names.map((name) => get_encoding(name));
}

async function main(args) {
  let names = ["o200k_base", "cl100k_base"];
  let jsonl = null;
  const files = [];
  while (args.length > 0) {
    const arg = args.shift();
    if (arg === "--install") install();
    else if (arg === "--check") process.exit(installed ? 0 : 1);
    else if (arg === "--vocab") names = args.shift().split(",");
    else if (arg === "--jsonl") jsonl = args.shift();
    else if (arg.startsWith("--")) fail(`unknown option: ${arg}`);
    else files.push(arg);
  }
  const encodings = encoders(names);
  const count = (text) =>
    encodings.map((encoding) => encoding.encode_ordinary(text).length);
  if (jsonl !== null) {
    // Not readline: it takes U+2028 as the end of a line.
    for (const line of readFileSync(jsonl, "utf8").split("\n")) {
      if (line !== "") console.log(JSON.stringify(count(JSON.parse(line))));
    }
  }
  for (const file of files) {
    const counts = count(readFileSync(file, "utf8"));
    console.log(JSON.stringify({ path: file, tokens: Object.fromEntries(
      names.map((name, i) => [name, counts[i]])) }));
  }
}

await main(process.argv.slice(2));
