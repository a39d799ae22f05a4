// Bundles src/ into built/ (or the folder given): index.html, page.js, page.css and the licences of
// what is inside. The same sources and lock give the same bytes.
import { build } from "esbuild";
import { copyFile, mkdir, readFile, readdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";

const here = path.dirname(fileURLToPath(import.meta.url));
const out = path.resolve(process.argv[2] ?? path.join(here, "built"));

// The library marks each message with one and the same id; an id must be unique, so it becomes
// an attribute, there and in its style sheet. And its elements are made by src/blocks/jsx.ts.
const unique = {
  name: "unique-ids",
  setup(builder) {
    const runtime = JSON.stringify(path.join(here, "src/blocks/jsx.ts"));
    builder.onLoad({ filter: /slack-blocks-to-jsx[\\/]dist[\\/]index\.mjs$/ }, async (file) => ({
      contents: (await readFile(file.path, "utf8"))
        .replaceAll('id:"slack_blocks_to_jsx"', '"data-slack-blocks":""')
        .replaceAll('from"react/jsx-runtime"', `from${runtime}`),
      loader: "js",
    }));
    builder.onLoad({ filter: /slack-blocks-to-jsx[\\/]dist[\\/]style\.css$/ }, async (file) => ({
      contents: (await readFile(file.path, "utf8")).replaceAll(
        "#slack_blocks_to_jsx",
        "[data-slack-blocks]",
      ),
      loader: "css",
    }));
  },
};

// Addresses in error texts and links of libraries. (Names of XML's languages aren't addresses.)
const address = /https?:\/\/(?!www\.w3\.org\/)[a-z0-9-]+(\.[a-z0-9-]+)+/gi;

async function withoutAddresses(file) {
  await writeFile(file, (await readFile(file, "utf8")).replace(address, ""));
}

function packagesIn(metafile) {
  const found = Object.keys(metafile.inputs).map((input) =>
    /^.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(input)?.[0],
  );
  return [...new Set(found.filter(Boolean))].sort();
}

async function licence(folder) {
  const { name, version, license } = JSON.parse(
    await readFile(path.join(here, folder, "package.json"), "utf8"),
  );
  const file = (await readdir(path.join(here, folder))).sort().find((f) => /^licen[cs]e/i.test(f));
  const text = file ? await readFile(path.join(here, folder, file), "utf8") : license;
  return `${name} ${version} (${license})\n\n${text.trim()}\n`;
}

await mkdir(out, { recursive: true });
const { metafile } = await build({
  absWorkingDir: here,
  entryPoints: { page: "src/main.tsx" },
  outdir: out,
  bundle: true,
  minify: true,
  metafile: true,
  format: "iife",
  target: "es2022",
  charset: "utf8",
  jsx: "automatic",
  legalComments: "none",
  loader: { ".woff2": "dataurl" },
  define: { "process.env.NODE_ENV": '"production"' },
  plugins: [unique],
});
await copyFile(path.join(here, "src/index.html"), path.join(out, "index.html"));
const licences = await Promise.all(packagesIn(metafile).map(licence));
const divider = `\n${"-".repeat(80)}\n\n`;
const intro = "The page's script and style sheet contain these packages.\n";
await writeFile(path.join(out, "licences.txt"), [intro, ...licences].join(divider));
for (const name of ["page.js", "page.css", "licences.txt"]) await withoutAddresses(path.join(out, name));
