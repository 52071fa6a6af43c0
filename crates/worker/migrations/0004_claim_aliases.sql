-- Further names of claimed weights: a Civitai version is claimed by its model's page and by its file's address.
-- An alias belongs to whoever has the claim, and goes with it.

CREATE TABLE claim_aliases (
    alias     TEXT PRIMARY KEY,
    reference TEXT NOT NULL REFERENCES model_claims (reference) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

CREATE INDEX claim_aliases_by_reference ON claim_aliases (reference);
