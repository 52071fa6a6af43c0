// Gives a studio a history: copies the one generation that a person has made, with its picture, until they have so many
// pictures, each of a generation of its own. It writes the object's tables directly, because asking for so many would take
// an hour.
import { execFileSync } from "node:child_process";
import { Miniflare } from "./runtime.mjs";

const SCRIPT = `
import { DurableObject } from "cloudflare:workers";

const WORDS = {
  colour: ["red", "ochre", "teal", "ivory", "charcoal", "lilac", "mustard"],
  garment: ["coat", "scarf", "blazer", "dress", "jumper", "raincoat", "gown", "shirt", "cardigan", "cape", "hat"],
  city: ["Lisbon", "Porto", "Vienna", "Ghent", "Turin", "Malmö", "Kraków", "Seville", "Riga", "Bergen", "Zadar", "Nantes", "Trieste"],
};
const choice = (words) =>
  \`CASE n % \${words.length} \${words.map((word, index) => \`WHEN \${index} THEN '\${word}'\`).join(" ")} END\`;

export class StudioObject extends DurableObject {
  async fetch(request) {
    const pictures = await request.json();
    const { sql } = this.ctx.storage;
    const columns = (table) => sql.exec("SELECT * FROM " + table + " LIMIT 1").columnNames;
    const copy = (table, values, counted) => {
      const names = columns(table);
      const selected = names.map((name) => values[name] ?? \`template.\${name}\`);
      sql.exec(
        \`WITH RECURSIVE n(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < \${counted})
         INSERT INTO \${table} (\${names}) SELECT \${selected} FROM n,
            (SELECT * FROM \${table} ORDER BY id DESC LIMIT 1) AS template ORDER BY n\`,
      );
    };
    const said = \`'a portrait in a ' || \${choice(WORDS.colour)} || ' ' || \${choice(WORDS.garment)} || ' in ' || \${choice(WORDS.city)}
      || iif(n = 7, ', beside a quokka', '')\`;
    this.ctx.storage.transactionSync(() => {
      copy("generations", {
        id: "'gen_' || printf('%026d', n)",
        provider_id: "'copy-' || n",
        prompt: \`template.prompt || ', ' || \${said}\`,
        request: \`json_set(template.request, '$.text', \${said})\`,
      }, pictures);
      copy("pictures", {
        id: "'pic_' || printf('%026d', n)",
        generation: "'gen_' || printf('%026d', n)",
        created_at: "template.created_at + n * 60000",
      }, pictures);
      sql.exec("UPDATE gallery SET favourite_at = 1 WHERE number % 20 = 0");
      sql.exec("INSERT INTO albums (id, name, created_at) VALUES ('alb_' || printf('%026d', 1), 'Bench', 1)");
      sql.exec("INSERT INTO album_pictures SELECT 'alb_' || printf('%026d', 1), number FROM gallery WHERE number % 10 = 0");
    });
    return new Response(String(sql.exec("SELECT count(*) AS count FROM gallery").one().count));
  }
}

export default { fetch: (request, env) => env.STUDIO.get(env.STUDIO.idFromName(new URL(request.url).pathname.slice(1))).fetch(request) };
`;

// Writes SQLite's logs into its databases. workerd never does, and reads a log whole when its object opens.
const CHECKPOINT = `
import glob, sqlite3, sys
for database in glob.glob(sys.argv[1] + "/do/*/*.sqlite"):
    sqlite3.connect(database).execute("PRAGMA wal_checkpoint(TRUNCATE)")
`;

/** The album with a tenth of the pictures. */
export const ALBUM = `alb_${"1".padStart(26, "0")}`;

/** Fills the studio of `user`, in the storage of a Worker that is not running. */
export async function fill(persist, user, pictures) {
  const miniflare = new Miniflare({
    name: "selfsame",
    compatibilityDate: "2026-04-01",
    modules: true,
    script: SCRIPT,
    cf: false,
    defaultPersistRoot: persist,
    durableObjects: { STUDIO: { className: "StudioObject", useSQLite: true } },
  });
  try {
    const body = JSON.stringify(pictures);
    const answer = await miniflare.dispatchFetch(`http://fill/${user}`, { method: "POST", body });
    const text = await answer.text();
    if (Number(text) <= pictures) throw new Error(`expected ${pictures} pictures, got: ${text.slice(0, 400)}`);
  } finally {
    await miniflare.dispose();
  }
  execFileSync("python3", ["-c", CHECKPOINT, persist]);
}
