// Paths in this clone.
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
export const wrangler = join(root, "www/node_modules/.bin/wrangler");

/** The stand-in's program. */
export function standInProgram() {
  return built("selfsame-standin");
}

/** The xtask program. */
export function xtaskProgram() {
  return built("xtask");
}

function built(name) {
  const program = join(process.env.CARGO_TARGET_DIR ?? join(root, "target"), "debug", name);
  if (!existsSync(program)) throw new Error(`${program} is missing: run \`cargo xtask test\`, which builds it`);
  return program;
}
