-- Written by hand: full text lies outside the Prisma schema. Words are those of src/ledger/search/tokens.ts.
CREATE TABLE "EntrySearch" (rowid BIGINT NOT NULL PRIMARY KEY, words TEXT NOT NULL);
CREATE INDEX "EntrySearch_words_idx" ON "EntrySearch" USING GIN (string_to_array(words, ' '));
CREATE TABLE "RequestSearch" (rowid BIGINT NOT NULL PRIMARY KEY, words TEXT NOT NULL);
CREATE INDEX "RequestSearch_words_idx" ON "RequestSearch" USING GIN (string_to_array(words, ' '));

-- Which database this is, for the few statements that differ.
CREATE VIEW "Dialect" AS SELECT 'postgresql'::text AS "name";
