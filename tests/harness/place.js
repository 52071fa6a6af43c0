// Paths in this clone.
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
export const wrangler = join(root, "www/node_modules/.bin/wrangler");

/** The stand-in's program. `cargo xtask test` passes its path; by hand, it is in Cargo's target folder. */
export function standInProgram() {
  return built("SELFSAME_STANDIN", "selfsame-standin");
}

/** The built xtask program. */
export function xtaskProgram() {
  return built("SELFSAME_XTASK", "xtask");
}

function built(variable, name) {
  const target = process.env.CARGO_TARGET_DIR ?? join(root, "target");
  const program = process.env[variable] ?? join(target, "debug", name);
  if (!existsSync(program)) throw new Error(`${program} is missing: run \`cargo xtask test\`, which builds it`);
  return program;
}
