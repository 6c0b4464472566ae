// Writes gzip and brotli copies next to each built file, so that the server need not compress, and
// fails if the first page loads too much JavaScript.
import { readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

const FOLDER = new URL("../../src/sessionary/web/", import.meta.url).pathname;
const INITIAL_LIMIT = 350_000;
const MANIFEST = join(FOLDER, ".vite/manifest.json");

const compressible = /\.(js|css|html|svg|json)$/;
for (const name of readdirSync(FOLDER, { recursive: true })) {
  if (!compressible.test(name) || name.startsWith(".vite")) continue;
  const path = join(FOLDER, name);
  const bytes = readFileSync(path);
  writeFileSync(`${path}.gz`, gzipSync(bytes, { level: 9 }));
  const quality = { [constants.BROTLI_PARAM_QUALITY]: 9 };
  writeFileSync(`${path}.br`, brotliCompressSync(bytes, { params: quality }));
}

const initial = initialFiles(JSON.parse(readFileSync(MANIFEST, "utf8")));
const size = initial.reduce(
  (sum, file) => sum + readFileSync(join(FOLDER, `${file}.gz`)).length,
  0,
);
console.log(
  `JavaScript before the first page: ${(size / 1000).toFixed(1)} kB in ${initial.length} files`,
);
rmSync(join(FOLDER, ".vite"), { recursive: true });
if (size > INITIAL_LIMIT) {
  console.error(
    `over ${INITIAL_LIMIT / 1000} kB: use import() for code that the first page does not need`,
  );
  process.exit(1);
}

/** The entry, the front page and the static imports of both. */
function initialFiles(manifest) {
  const found = new Set();
  const visit = (name) => {
    const chunk = manifest[name];
    if (found.has(chunk.file)) return;
    found.add(chunk.file);
    chunk.imports?.forEach(visit);
  };
  visit("index.html");
  visit("src/features/sessions/list/SessionsPage.tsx");
  return [...found];
}
