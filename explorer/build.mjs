// Bundles the page's program and style, and packs the query engine, into kg/exporters/explorer/built/.
import { readFile, readdir, rm, mkdir, writeFile } from "node:fs/promises";
import { createHash } from "node:crypto";
import { gzipSync } from "node:zlib";
import { fileURLToPath } from "node:url";
import path from "node:path";
import esbuild from "esbuild";

const here = path.dirname(fileURLToPath(import.meta.url));
const built = path.join(here, "..", "kg", "exporters", "explorer", "built");
const options = { bundle: true, minify: true, write: false, target: "es2022", format: "iife", charset: "utf8", legalComments: "none", absWorkingDir: here };

/** `import source from "worker:./worker.ts"` gives the bundled program of a worker as text. */
const workers = {
  name: "workers",
  setup(build) {
    build.onResolve({ filter: /^worker:/ }, ({ path: name, resolveDir }) => ({ path: path.join(resolveDir, name.slice("worker:".length)), namespace: "worker" }));
    build.onLoad({ filter: /.*/, namespace: "worker" }, async ({ path: file }) => {
      const { outputFiles } = await esbuild.build({ ...options, entryPoints: [file], define: { "import.meta.url": '""' } });
      return { contents: outputFiles[0].text, loader: "text" };
    });
  },
};

/** The licences of all that is in the bundle, by package. */
async function licences(inputs) {
  const names = new Set(inputs.flatMap((file) => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(file)?.[1] ?? []));
  const parts = [];
  for (const name of [...names].sort()) {
    const folder = path.join(here, "node_modules", name);
    const { version, license } = JSON.parse(await readFile(path.join(folder, "package.json"), "utf8"));
    const file = (await readdir(folder)).find((each) => /^licen[cs]e/i.test(each));
    const text = await readFile(file ? path.join(folder, file) : path.join(here, "licences", `${name}.txt`), "utf8");
    parts.push(`${name} ${version} (${license})\n\n${text.trim()}\n`);
  }
  return parts.join(`\n${"-".repeat(80)}\n\n`);
}

/** Of all that the bundle is made from, so that a test can tell whether it is fresh without building it. */
async function digest() {
  const files = await readdir(path.join(here, "src"), { recursive: true });
  const names = ["build.mjs", "package-lock.json", ...files.filter((name) => /\.(tsx?|css)$/.test(name)).map((name) => `src/${name.replaceAll(path.sep, "/")}`)];
  const hash = createHash("sha256");
  for (const name of names.sort()) hash.update(`${name}\n`).update(await readFile(path.join(here, name)));
  return hash.digest("hex");
}

const program = await esbuild.build({ ...options, entryPoints: ["src/main.tsx"], jsx: "automatic", jsxImportSource: "preact", plugins: [workers], metafile: true });
const style = await esbuild.build({ ...options, entryPoints: ["src/style.css"] });
await rm(built, { recursive: true, force: true });
await mkdir(built, { recursive: true });
await writeFile(path.join(built, "explorer.js"), program.outputFiles[0].text);
await writeFile(path.join(built, "explorer.css"), style.outputFiles[0].text);
await writeFile(path.join(built, "oxigraph.wasm.gz"), gzipSync(await readFile(path.join(here, "node_modules/oxigraph/web_bg.wasm")), { level: 9 }));
await writeFile(path.join(built, "sources.sha256"), `${await digest()}\n`);
await writeFile(path.join(built, "LICENCES.txt"), await licences([...Object.keys(program.metafile.inputs), "node_modules/oxigraph/web.js"]));
